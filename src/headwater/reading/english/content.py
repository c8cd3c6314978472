"""Which words a cue introduces: where the content of indirect speech begins and where it ends.

Token ranges of one sentence; who spoke and what becomes of the words is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from headwater.reading.english.clauses import begins_clause, counts, verb_follows, whole_clause
from headwater.reading.english.cues import Cue, names_document
from headwater.reading.english.lexicon import DENIAL, HEARER, PRONOUNS, SPEECH
from headwater.reading.english.lexicon_verbs import (
    DETERMINERS,
    PREPOSITIONS,
    TIME_WORDS,
    may_be_finite,
)
from headwater.reading.english.phrases import noun_after
from headwater.reading.english.tokens import Token

SAYS = frozenset(SPEECH.values()) | {"according", "show", "find", "conclude", "put"}
DENIES = frozenset(DENIAL.values())
# Acts done by saying something: with an object and no clause the verb itself is part of the content, for "the
# persecution" alone would not say that it was denied.
ACTS = DENIES | frozenset(
    "urge thank welcome condemn criticise criticize praise demand promise vow pledge threaten accuse confirm "
    "announce describe apologise apologize order call appeal denounce acknowledge admit blame".split()
)
_INFINITIVE = frozenset("claim agree promise vow pledge threaten offer".split())
EVIDENCE = frozenset({"show", "find", "conclude", "put"})
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozens scores hundreds thousands".split()
)
_TAKES_ADVERBIAL = frozenset("say tell add report announce claim believe".split())
_REACH = 14
_LONGEST = 300  # tokens; what runs on for longer is no sentence
_SUBORDINATES = frozenset("while although though as when after before since".split())
_OPENERS = frozenset("but and so yet however meanwhile".split())
_DATELINE = 8
_HANDS = frozenset(HEARER.values())


def content(tokens: Sequence[Token], cue: Cue, cues: Sequence[Cue], *, carries: bool) -> list[tuple[int, int]]:
    """Return the token ranges of what the cue introduces. `carries` is True for a carrier, which gives way."""
    if cue.kind == "according":
        return _around(tokens, cue.first, cue.after_subject, cues, gives_way=carries)
    if cue.inverted:
        return _around(tokens, cue.first, cue.after_subject, cues, gives_way=carries)
    if _introduces_quotation(tokens, cue):
        return []
    if closes_sentence(tokens, cue) and cue.subject:
        return _around(tokens, cue.subject[0], _after_filler(tokens, cue.last), cues, gives_way=carries)
    start = _content_start(tokens, cue)
    if start is not None:
        end = _content_end(tokens, start, cue, cues)
        return [(start, end)] if end > start else []
    if cue.kind == "verb" and cue.subject and cue.base in SAYS - EVIDENCE and _closes(tokens, cue):
        return _around(tokens, cue.subject[0], _after_filler(tokens, cue.last), cues, gives_way=carries)
    return []


def _introduces_quotation(tokens: Sequence[Token], cue: Cue) -> bool:
    """True when a quotation follows the cue at once, after a colon or a comma: its content is the quotation."""
    at = _past_time(tokens, cue.last)
    colon = False
    while at < len(tokens) and tokens[at].text in {",", ":"}:
        colon = colon or tokens[at].text == ":"
        at += 1
    if at >= len(tokens):
        return colon
    quoted = tokens[at].quote is not None
    return quoted and (colon or (tokens[at].is_speech and not verb_follows(tokens, at + 1)))


def _content_start(tokens: Sequence[Token], cue: Cue) -> int | None:
    """Where the content begins after the verb, or None when nothing that could be content follows."""
    at = cue.last
    if cue.base in _HANDS and cue.base != "promise":
        names_hearer = at < len(tokens) and tokens[at].low not in {"that", "how", "why", "whether"}
        phrase = noun_after(tokens, at, len(tokens)) if names_hearer else None
        if phrase and cue.base == "tell":
            at = _past_hearer(tokens, *phrase)
    at = _past_time(tokens, at)
    if at + 2 < len(tokens) and tokens[at].text == ":" and cue.base in SAYS:
        return at + 1
    introduced = _introduced(tokens, at)
    if introduced is not None:
        return introduced
    if at >= len(tokens) or (cue.base in EVIDENCE and not _shows(tokens, at, cue)) or _costs_lives(tokens, cue):
        return None
    first = tokens[at]
    if _gives_number(tokens, at, cue):
        return at
    if cue.base == "call" and first.low not in {"on", "for"} and all(t.quote is None for t in tokens[at:]):
        return None
    if cue.base in ACTS and first.text not in ",.;:" and not _is_time_only(tokens, at):
        return cue.last - 1 if first.low != "to" or cue.base in _INFINITIVE else None
    if first.low == "to" and cue.base in _INFINITIVE:
        return at
    if first.low in PREPOSITIONS and cue.base not in _TAKES_ADVERBIAL and not counts(tokens, at):
        return None
    return at if begins_clause(tokens, at) else None


def _past_time(tokens: Sequence[Token], at: int) -> int:
    """Skip the day of "said on Friday the prison was closed"."""
    while at + 1 < len(tokens):
        if tokens[at].low in TIME_WORDS:
            at += 1
        elif tokens[at].low in {"on", "in", "late", "early"} and tokens[at + 1].low in TIME_WORDS:
            at += 2
        else:
            break
    return at


def _introduced(tokens: Sequence[Token], at: int) -> int | None:
    """Return where the content begins after "that", "how" or the like, looked for up to the next verb or comma."""
    for k in range(at, min(len(tokens), at + _REACH)):
        token = tokens[k]
        if token.text == ",":
            return _after_insertion(tokens, k)
        if token.quote is not None or token.text in ";:":
            return None
        if token.low in {"that", "whether", "how", "why"} and k + 1 < len(tokens):
            return k + 1 if token.low == "that" else k
        if k > at and not token.is_cap and may_be_finite(token.low):
            return None
    return None


def _gives_number(tokens: Sequence[Token], at: int, cue: Cue) -> bool:
    """True for "reported at least 12 men", "put the number of burned houses at seven"."""
    if cue.base == "put":
        return any(t.low in {"number", "figure", "toll", "total", "count", "estimate"} for t in tokens[at : at + 4])
    following = tokens[at : at + 4]
    return cue.base in {"report", "estimate"} and any(t.text[0].isdigit() or t.low in _NUMBER_WORDS for t in following)


def _shows(tokens: Sequence[Token], at: int, cue: Cue) -> bool:
    """True for a document that says something ("figures show ..."), not for "a group found the girl"."""
    if cue.base == "put":
        return _gives_number(tokens, at, cue)
    return cue.subject is not None and names_document(tokens, cue.subject)


def _costs_lives(tokens: Sequence[Token], cue: Cue) -> bool:
    """True for "the floods claimed 30 lives", which claims nothing in words."""
    return cue.base == "claim" and any(t.low in {"lives", "life", "victims"} for t in tokens[cue.last : cue.last + 6])


def _after_insertion(tokens: Sequence[Token], comma: int) -> int | None:
    """Return where the content begins in "reported, citing a broadcast, that ...", or None."""
    for at in range(comma + 1, min(len(tokens) - 2, comma + _REACH)):
        if tokens[at].text == ",":
            return at + 2 if tokens[at + 1].low == "that" else None
    return None


def _past_hearer(tokens: Sequence[Token], start: int, end: int) -> int:
    for at in range(start + 1, end):
        if tokens[at].low in PRONOUNS or tokens[at].low in DETERMINERS - {"the"} or tokens[at].text == ",":
            return at
        if tokens[at].low == "the" and tokens[at - 1].low not in PREPOSITIONS:
            return at
    return end


def _is_time_only(tokens: Sequence[Token], at: int) -> bool:
    return len(tokens) - at <= 2 and not any(t.is_word and len(t.text) > 3 for t in tokens[at:])


def _closes(tokens: Sequence[Token], cue: Cue) -> bool:
    """True when the cue stands after its content: ", the police said in a statement."."""
    if cue.subject is None or cue.subject[0] == 0:
        return False
    before = tokens[cue.subject[0] - 1]
    return before.text == "," or before.text in "–—"


def closes_sentence(tokens: Sequence[Token], cue: Cue) -> bool:
    """True for "..., a group said on Friday, as ...": a whole clause before it, and no content of its own after it."""
    if cue.kind != "verb" or cue.base not in SAYS - EVIDENCE or not _closes(tokens, cue) or cue.subject is None:
        return False
    following = tokens[cue.last].low if cue.last < len(tokens) else "."
    filler = (
        following in {".", ";"}
        or following in TIME_WORDS
        or (following in PREPOSITIONS - {"that"} and not counts(tokens, cue.last))
    )
    return filler and _introduced(tokens, cue.last) is None and verb_follows(tokens, 0, cue.subject[0] - 1)


def _after_filler(tokens: Sequence[Token], at: int) -> int:
    """Skip what follows a closing cue up to a comma or the end: "in a statement", "on Monday"."""
    while at < len(tokens) and tokens[at].text not in ",;" and tokens[at].quote is None:
        at += 1
    return at


def _around(
    tokens: Sequence[Token], first: int, last: int, cues: Sequence[Cue], *, gives_way: bool
) -> list[tuple[int, int]]:
    """Content before a closing cue and, set off by a comma, after it.

    `gives_way` is True for a carrier: when somebody speaks inside what it carries, that one is the source.
    """
    before_end = first
    while before_end and not tokens[before_end - 1].is_word and tokens[before_end - 1].quote is None:
        before_end -= 1
    speaks = any(cue.kind == "verb" and cue.last <= before_end and cue.base in SAYS for cue in cues)
    if gives_way and speaks:
        return []
    parts: list[tuple[int, int]] = []
    begin = _without_opener(tokens, before_end)
    if before_end > begin and (verb_follows(tokens, begin, before_end) or tokens[before_end - 1].quote is not None):
        parts.append((begin, before_end))
    while last < len(tokens) and tokens[last].text not in {",", "–", "—"} and not parts:
        last += 1
    if last < len(tokens) and tokens[last].text in {",", "–", "—"}:
        split = not parts and before_end > begin and verb_follows(tokens, last)
        following = [
            c.first if c.kind == "participle" else min(c.first, (c.subject or (c.first,))[0])
            for c in cues
            if c.first > last
        ]
        end = min([len(tokens), *following])
        while end > last and not tokens[end - 1].is_word and tokens[end - 1].quote is None:
            end -= 1
        if split:
            parts.append((begin, before_end))
        if end > last + 1 and (split or not parts or tokens[last + 1].low in {"and", "but"}):
            parts.append((last + 1, end))
    return parts


def _without_opener(tokens: Sequence[Token], end: int) -> int:
    start = 0
    for at in range(min(end, _DATELINE)):
        if tokens[at].text in {"—", "–", "-"} and all(
            t.text.isupper() or not t.is_word for t in tokens[:at] if t.low != "a"
        ):
            start = at + 1
    while start < end and (
        tokens[start].low in _OPENERS or not (tokens[start].is_word or tokens[start].quote is not None)
    ):
        start += 1
    return start


def _content_end(tokens: Sequence[Token], start: int, cue: Cue, cues: Sequence[Cue]) -> int:
    """The content runs to the sentence's end, or to the next cue of the same speaker or of another clause."""
    longest = min(len(tokens), start + _LONGEST)
    end = next((k for k in range(start, longest) if tokens[k].text == ";"), longest)
    end = next((k for k in range(start + 1, end - 2) if _falls_silent(tokens, k)), end)
    for later in cues:
        if later.first <= max(start, cue.last):
            continue
        begins = _begins(later, start, cue)
        if begins is not None and start < begins <= end and _ends_before(tokens, start, begins, later):
            end = begins
            break
    while (
        end > start
        and not tokens[end - 1].is_word
        and tokens[end - 1].quote is None
        and tokens[end - 1].text not in ")]%"
    ):
        end -= 1
    end = _end_of_subordinate(tokens, start, end, cue)
    while end > start and tokens[end - 1].low in {"and", "but", "while", "although", "as"}:
        end -= 1
    return end


def _falls_silent(tokens: Sequence[Token], at: int) -> bool:
    """True at the comma of ", but did not say where": the report's own words about what was left out."""
    words = [t.low for t in tokens[at : at + 4]]
    return words[:2] == [",", "but"] and words[2] in {"did", "would", "could", "declined", "refused", "gave"}


def _begins(later: Cue, start: int, cue: Cue) -> int | None:
    """Where the clause of a later cue begins; None for a verb whose subject is the content's own."""
    if later.kind == "participle" or later.inverted or not later.subject or later.kind == "according":
        return later.first
    if later.subject[0] > start:
        return later.subject[0]
    return later.first if later.subject[1] <= cue.last or later.subject == cue.subject else None


def _ends_before(tokens: Sequence[Token], start: int, begins: int, later: Cue) -> bool:
    """True when the content stops where the later cue's clause begins."""
    if later.kind == "according":
        return True
    before = tokens[begins - 1]
    ends_quoted = before.quote is not None and before.text.rstrip("\"'”’»")[-1:] == ","
    if before.low in {"and", "but"}:
        comma = begins >= 2 and tokens[begins - 2].text == ","
        return comma or (later.base in SAYS and verb_follows(tokens, start, begins - 1))
    return ends_quoted or before.text in {",", "–", "—"} or before.low in {"while", "although"}


def _end_of_subordinate(tokens: Sequence[Token], start: int, end: int, cue: Cue) -> int:
    """Return where the main clause begins after a first clause: "While X confirmed that A, she would not say more"."""
    if cue.subject is None or cue.subject[0] == 0 or tokens[cue.subject[0] - 1].low not in _SUBORDINATES:
        return end
    for at in range(start + 1, end - 1):
        if tokens[at].text == "," and whole_clause(tokens, at + 1, end):
            return at
    return end
