"""Who speaks in each quotation: cue and source by position, or inherited from the quotation before.

Positions only; who "he" is, is answered elsewhere. A quotation that ends in a full stop never takes its source from the
words after it, and nothing is filled by guessing: without evidence the source stays None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from headwater.model import Certainty, Span
from headwater.reading.english.clauses import begins_clause
from headwater.reading.english.cues import Cue, find_cues
from headwater.reading.english.lexicon import SPEECH
from headwater.reading.english.lexicon_verbs import may_be_finite
from headwater.reading.english.naming import is_outlet
from headwater.reading.english.phrases import is_adverb, noun_after, subject_before
from headwater.reading.english.quotations import Quotation
from headwater.reading.english.tokens import Sentence, Token
from headwater.reading.english.told import occasion_in, relay, told_to

_FRAGMENT_WORDS = 3
_LOOSE_REACH = 30
_SIGNATURE = 10
_HE_OR_SHE = frozenset({"he", "she", "they"})
_BREAKS = frozenset({";", "–", "—", "―", "--"})
_RELATIVE = frozenset({"who", "whom", "which", "whose", "that", "where"})
_TURNS = frozenset("while but although whereas though".split())
_SPEAKS = frozenset(SPEECH.values())
_CARRIES = frozenset("report according write publish quote cite".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a report says about who spoke: places of the source's and the cue's words, told-to, relays, certainty.

    `source` is None when no words name it. `how` names the rule. `rival` are the words of another source who may be
    meant; `probability` is set where the trained reader named the source.
    """

    source: Span | None
    cue: Span | None
    base: str
    how: str
    told: Span | None = None
    via: Span | None = None
    certainty: Certainty = Certainty.CLEAR
    rival: Span | None = None
    probability: float | None = None


@dataclass(slots=True)
class Reading:
    """The sentences of a text with their cues: what attribution looks at."""

    text: str
    quotes: list[Quotation]
    sentences: list[Sentence]
    cues: list[list[Cue]]


def prepare(text: str, quotes: list[Quotation], sentences: list[Sentence]) -> Reading:
    """Find the cues of all sentences."""
    return Reading(text, quotes, sentences, [find_cues(s.tokens) for s in sentences])


def attribute(reading: Reading) -> dict[int, Attribution]:
    """Return the attribution of each quotation (by its index) that the words beside it give."""
    direct: dict[int, Attribution] = {}
    for index, sentence in enumerate(reading.sentences):
        for at, token in enumerate(sentence.tokens):
            if token.quote is not None:
                found = _beside(reading, index, at)
                if found:
                    direct[token.quote] = found
    return direct


def _beside(reading: Reading, index: int, at: int) -> Attribution | None:
    """Look for the source in the quotation's own sentence, or right after a quotation that asks or exclaims."""
    tokens = reading.sentences[index].tokens
    cues = reading.cues[index]
    opens = not any(t.is_word or t.quote is not None for t in tokens[:at])
    rules = [_after, _signed, _before_adjacent, _before_loose, _closing]
    if not opens:
        rules = [_before_adjacent, _after, _signed, _before_loose, _colon]
    for rule in rules:
        found = rule(reading, index, at, cues)
        if found and found.how == "after" and not opens:
            return _of_two(reading, index, found, _before_loose(reading, index, at, cues))
        if found:
            return found
    return _next_sentence(reading, index, at)


def _of_two(reading: Reading, index: int, after: Attribution, before: Attribution | None) -> Attribution:
    """Choose between a cue before the quotation and one after it.

    In "while police claim he “posed a threat”, his family says he was unarmed" the cue after the quotation has a
    content of its own: the quotation belongs to the cue before. In "X claimed they were “...”, according to Y", X
    speaks and Y carries it.
    """
    if before is None or before.source is None:
        return after
    if _has_own_content(reading, index, after):
        return before
    outlet = after.source is not None and is_outlet(after.source.of(reading.text))
    if (after.base in _CARRIES or outlet) and before.base in _SPEAKS:
        return replace(before, via=before.via or after.source)
    return after


def _has_own_content(reading: Reading, index: int, found: Attribution) -> bool:
    tokens = reading.sentences[index].tokens
    cue = next((c for c in reading.cues[index] if found.cue and tokens[c.first].start == found.cue.start), None)
    if cue is None or cue.inverted or cue.last >= len(tokens):
        return False
    return tokens[cue.last].low == "that" or begins_clause(tokens, cue.last)


def _looks_right(reading: Reading, tokens: Sequence[Token], at: int) -> bool:
    """True when the quotation leaves its sentence open: it ends in a comma, or asks, or a comma follows the mark."""
    content = _last_words(reading, tokens[at])
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return False
    if following.text in {",", "–", "—", "-", "―"}:
        return True
    return content[-1] in ",?!—–-…" or content.endswith("...") or (content[-1] not in ".;" and not following.is_cap)


def _last_words(reading: Reading, token: Token) -> str:
    """Return the quotation without the closing marks of quotations inside it, which hide its last stop."""
    content = reading.quotes[token.quote or 0].span.of(reading.text)
    return content.rstrip("’”'\"») ") or content


def _after(reading: Reading, index: int, at: int, cues: list[Cue]) -> Attribution | None:
    tokens = reading.sentences[index].tokens
    if not _looks_right(reading, tokens, at):
        return None
    start = at + 1
    while start < len(tokens) and tokens[start].text in {",", "–", "—", "-", "―"}:
        start += 1
    stop = next((k for k in range(start, len(tokens)) if tokens[k].quote is not None), len(tokens))
    for cue in cues:
        if cue.first < start or cue.first >= stop:
            continue
        if cue.kind == "participle":
            continue
        if cue.subject is None:
            return None
        if in_who_clause(tokens, cue) and any(c.first > cue.first and c.first < stop and c.subject for c in cues):
            continue
        begins = cue.first if cue.inverted else min(cue.first, cue.subject[0])
        if begins == start or _only_adverbs(tokens, start, begins):
            return _made(reading, index, cue, "after")
        if cue.kind == "according" and cue.first - start < 12 and not _has_verb(tokens, start, cue.first):
            return _made(reading, index, cue, "after")
        return None
    return None


def _closing(reading: Reading, index: int, at: int, cues: list[Cue]) -> Attribution | None:
    """The cue closes the whole sentence: "“You pushed people to the limit” to raise the price, she said."."""
    tokens = reading.sentences[index].tokens
    for cue in cues:
        if cue.first < at or cue.kind != "verb" or cue.subject is None or cue.inverted:
            continue
        begins = cue.subject[0]
        if (
            tokens[begins - 1].text == ","
            and begins > at + 1
            and not any(t.quote is not None for t in tokens[at + 1 : begins])
        ):
            return _made(reading, index, cue, "clause")
    return None


def _signed(reading: Reading, index: int, at: int, cues: list[Cue]) -> Attribution | None:
    """“...” ― Jane Doe: a quotation signed with a name after a dash, at the end of its line."""
    tokens = reading.sentences[index].tokens
    rest = tokens[at + 1 :]
    following = reading.sentences[index + 1] if index + 1 < len(reading.sentences) else None
    if not rest and following and following.line == reading.sentences[index].line:
        rest, cues = following.tokens, reading.cues[index + 1]
    if len(rest) < 2 or rest[0].text not in {"–", "—", "―", "-"} or cues:
        return None
    names = [t for t in rest[1:] if t.is_word]
    others = [t for t in rest[1:] if not t.is_word and t.text not in {".", ",", "(", ")", "-"}]
    if not names or others or not names[0].is_cap or len(names) > _SIGNATURE or _has_verb(names, 0, len(names)):
        return None
    return Attribution(Span(names[0].start, names[-1].end), Span(rest[0].start, rest[0].end), "―", "signed")


def in_who_clause(tokens: Sequence[Token], cue: Cue) -> bool:
    """True for the verb of "an officer who asked not to be named": the main verb of the sentence comes later."""
    at = cue.first
    while at and is_adverb(tokens[at - 1]):
        at -= 1
    return at > 0 and tokens[at - 1].low in {"who", "which", "that"}


def _only_adverbs(tokens: Sequence[Token], start: int, end: int) -> bool:
    return 0 < end - start <= 3 and all(
        t.low.endswith("ly") or t.low in {"also", "then", "later"} for t in tokens[start:end]
    )


def _has_verb(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(may_be_finite(t.low) for t in tokens[start:end] if not t.is_cap)


def _before_adjacent(reading: Reading, index: int, at: int, cues: list[Cue]) -> Attribution | None:
    """The cue leads straight into the quotation: "X said:", "X told Y that", "X, adding", "X added in a statement:"."""
    tokens = reading.sentences[index].tokens
    for cue in reversed([c for c in cues if c.first < at and not in_who_clause(tokens, c)]):
        gap = tokens[cue.after_subject : at]
        if any(t.quote is not None for t in gap):
            return None
        leads = not gap or gap[-1].text in {":", ","} or gap[-1].low in {"that", "as", "how"}
        if leads and not _has_verb(gap, 0, len(gap)):
            return _made(reading, index, _outermost(tokens, cues, cue), "before")
        if cue.kind == "according" and gap and gap[0].text == ",":
            return _made(reading, index, cue, "before")
        break
    return None


def _outermost(tokens: Sequence[Token], cues: Sequence[Cue], cue: Cue) -> Cue:
    """Return the cue that reports the given one: of "X said the driver told him that ...", it is X who speaks here."""
    for earlier in reversed([c for c in cues if c.first < cue.first and c.kind == "verb" and c.base in _SPEAKS]):
        if earlier.inverted or cue.kind == "participle":
            break
        begins = cue.subject[0] if cue.subject else cue.first
        between = tokens[earlier.last : begins]
        if any(t.low in _TURNS or t.text in _BREAKS or t.quote is not None for t in between):
            break
        if cue.last < len(tokens) and tokens[cue.last].text in {",", ":"}:
            break
        if any(t.text == "," and n.low in {"and", "he", "she", "they"} for t, n in pairwise(between)):
            break
        cue = earlier
    return cue


def _before_loose(reading: Reading, index: int, at: int, cues: list[Cue]) -> Attribution | None:
    """The quotation stands inside the clause that a cue introduces: "X claimed the reports were “...”"."""
    tokens = reading.sentences[index].tokens
    for cue in reversed([c for c in cues if c.first < at]):
        if at - cue.last > _LOOSE_REACH or any(t.text == ";" for t in tokens[cue.last : at]):
            continue
        return _made(reading, index, _outermost(tokens, cues, cue), "clause")
    return None


def _colon(reading: Reading, index: int, at: int, cues: list[Cue]) -> Attribution | None:
    """Read a name and a colon: "Mayor Jane Doe: “...”"."""
    tokens = reading.sentences[index].tokens
    if at == 0 or tokens[at - 1].text not in {":", "―", "—", "–"} or cues:
        return None
    subject = subject_before(tokens, at - 1, 0)
    if subject is None or not any(t.is_cap for t in tokens[subject[0] : subject[1]]):
        return None
    if _has_verb(tokens, subject[0], subject[1]) or subject[1] - subject[0] > 12:
        return None
    first, last = tokens[subject[0]], tokens[subject[1] - 1]
    return Attribution(Span(first.start, last.end), Span(tokens[at - 1].start, tokens[at - 1].end), ":", "colon")


def _next_sentence(reading: Reading, index: int, at: int) -> Attribution | None:
    """Read "“Why?” Smith asked.", which the sentence splitter parts and the words do not."""
    tokens = reading.sentences[index].tokens
    if at != len(tokens) - 1 or index + 1 >= len(reading.sentences):
        return None
    content = _last_words(reading, tokens[at])
    following = reading.sentences[index + 1]
    if content[-1] not in "?!" or following.line != reading.sentences[index].line:
        return None
    cues = reading.cues[index + 1]
    if not cues or cues[0].subject is None or cues[0].kind != "verb":
        return None
    begins = min(cues[0].first, cues[0].subject[0])
    return _made(reading, index + 1, cues[0], "after") if begins == 0 and len(following.tokens) <= 14 else None


def _made(reading: Reading, index: int, cue: Cue, how: str) -> Attribution | None:
    sentence = reading.sentences[index]
    tokens = sentence.tokens
    subject = cue.subject or main_subject(tokens, cue.first, reading.cues[index])
    source = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end) if subject else None
    if source is None and cue.kind != "participle":
        return None
    told = told_to(reading.text, tokens, cue, sentence.span)
    if told is None and subject and tokens[subject[0]].low in _HE_OR_SHE and index:
        told = _occasion_before(reading, index)
    via = relay(reading.text, tokens, sentence.span, cue) or carried_by(tokens, reading.cues[index], cue)
    place = Span(tokens[cue.first].start, tokens[cue.last - 1].end)
    return Attribution(source, place, cue.base, how, told, via)


def carried_by(tokens: Sequence[Token], cues: Sequence[Cue], cue: Cue) -> Span | None:
    """Return who passes on what the cue's subject said: "X said ..., Y recalled", "According to Y, X said", or None."""
    subject = cue.carrier
    if subject is None and cue.kind != "participle":
        # Only the first and the last cue of a sentence can speak for the whole of it.
        for other in (cues[0], cues[-1]):
            if other is cue or other.subject is None or other.subject == cue.subject:
                continue
            opens = other.kind == "according" and other.after_subject <= cue.first and other.first <= 1
            closes = other.first >= cue.after_subject and _closes_all(tokens, other)
            if opens or closes:
                subject = other.subject
    return Span(tokens[subject[0]].start, tokens[subject[1] - 1].end) if subject else None


def _closes_all(tokens: Sequence[Token], cue: Cue) -> bool:
    """True for a cue at the sentence's end, after a comma, with no content of its own: "..., police said."."""
    begins = cue.first if cue.inverted or cue.subject is None else min(cue.first, cue.subject[0])
    before = tokens[begins - 1] if begins else None
    if before is None or not (
        before.text in {",", "–", "—"} or (before.is_speech and before.text.rstrip("’”'\"»")[-1] == ",")
    ):
        return False
    rest = tokens[cue.after_subject :]
    return not any(t.quote is not None or (not t.is_cap and may_be_finite(t.low)) for t in rest)


def _occasion_before(reading: Reading, index: int) -> Span | None:
    """The sentence before names the occasion of "he": "X brought it to parliament. “...,” he said."."""
    before, here = reading.sentences[index - 1], reading.sentences[index]
    quotes = any(t.quote is not None for t in before.tokens)
    if quotes or here.line - before.line > 1 or any(c.subject and c.kind == "verb" for c in reading.cues[index - 1]):
        return None
    return occasion_in(reading.text, before.span)


def main_subject(tokens: Sequence[Token], before: int, cues: Sequence[Cue]) -> tuple[int, int] | None:
    """Return the subject of the clause that a participle belongs to: "X denied it, claiming ..."."""
    for cue in reversed(cues):
        if cue.first < before and cue.subject and cue.kind in {"verb", "according"}:
            return cue.subject
    for at in range(before):
        if not tokens[at].is_cap and may_be_finite(tokens[at].low):
            subject = subject_before(tokens, at, 0)
            if subject:
                return subject
    return next((cue.subject for cue in cues if cue.first > before and cue.subject and cue.kind == "verb"), None)


def subject_of(sentence: Sentence) -> Span | None:
    """Return the words of the sentence's grammatical subject: of its first finite verb outside quotations, or None."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.quote is None and not token.is_cap and may_be_finite(token.low):
            subject = subject_before(tokens, at, 0)
            if subject and not (subject[0] and tokens[subject[0] - 1].low in _RELATIVE):
                return Span(tokens[subject[0]].start, tokens[subject[1] - 1].end)
            if subject is None and at:
                return None
    return None


def tweet_author(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the author of an embedded post: "... — Jane Doe (@jane) May 3, 2017", as (first, last + 1)."""
    for at in range(len(tokens) - 1, -1, -1):
        if tokens[at].text in {"—", "–", "-", "―"} and any(t.text.startswith("@") for t in tokens[at + 1 :]):
            phrase = noun_after(tokens, at + 1, len(tokens))
            if phrase:
                end = next((k for k in range(phrase[0], phrase[1]) if tokens[k].text == "("), phrase[1])
                return (phrase[0], end) if end > phrase[0] else None
    return None


def is_fragment(content: str) -> bool:
    """True for a quoted word or two, which stays part of the clause around it."""
    return len(content.split()) < _FRAGMENT_WORDS
