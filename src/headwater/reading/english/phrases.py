"""Where the words that name a source begin and end, left and right of a cue. Indices are positions in a token list."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.reading.english.lexicon import BETWEEN_ADVERBS, PRONOUNS
from headwater.reading.english.lexicon_people import (
    DOCUMENT,
    EXPERT,
    MEDIA,
    OFFICIAL,
    ORGANISATION,
    PLURAL,
    SPOKES,
    TITLES,
    WITNESS,
)
from headwater.reading.english.lexicon_verbs import (
    AUXILIARY,
    DETERMINERS,
    PREPOSITIONS,
    PRESENT,
    SUBORDINATORS,
    TIME_WORDS,
    may_be_finite,
)
from headwater.reading.english.tokens import Token

PEOPLE = OFFICIAL | ORGANISATION | WITNESS | EXPERT | DOCUMENT | MEDIA | SPOKES | TITLES
_OPENERS = frozenset(
    "but and so yet or nor however meanwhile also still then now earlier later separately instead indeed "
    "moreover nevertheless nonetheless otherwise elsewhere additionally furthermore today yesterday".split()
)
_KEPT_PREPOSITIONS = frozenset("of for from with".split())
_ALSO_PREPOSITION = frozenset({"as", "since", "before", "after", "once"})
_SPOKE = frozenset("said says say told tells added adds claimed claims".split())
_CLAUSAL = AUXILIARY | frozenset("said says told wants added went came took gave made got saw knew felt began".split())
# After "who" these begin a clause of somebody else: "the girls who officials said had fled".
_OTHERS = (DETERMINERS | frozenset(PRONOUNS) | PLURAL | PEOPLE) - {"all", "both"}
_NOUNS_IN_LY = frozenset(
    "family assembly ally rally supply reply bully july italy daily weekly monthly quarterly elderly anomaly homily "
    "fly sly monopoly butterfly belly jelly lily folly".split()
)
_DASHES = frozenset("–—-")
_MAX_TOKENS = 40
_NAMES = frozenset("called named known dubbed nicknamed".split())  # "the village called Tarn" is one noun


def is_adverb(token: Token) -> bool:
    """True for a word that may stand between a subject and its verb."""
    return token.low in BETWEEN_ADVERBS or (token.low.endswith("ly") and token.low not in _NOUNS_IN_LY)


def subject_before(tokens: Sequence[Token], verb: int, floor: int = 0) -> tuple[int, int] | None:
    """Return (first, last + 1) of the subject of the verb at `verb`, looking left no further than `floor`.

    None when no subject stands there (a participle, an imperative, a verb right after a quotation).
    """
    end = verb
    while end > floor and _between(tokens, end - 1):
        end -= 1
    if end <= floor or tokens[end - 1].low in {"and", "but", "then"}:
        return None
    last = tokens[end - 1]
    if last.low in {"who", "which"}:
        return _antecedent(tokens, end - 1, floor)
    if last.low in PRONOUNS and last.low not in {"another", "him", "her", "them"}:
        return end - 1, end
    if last.text in ",)" or last.text in _DASHES:
        return _subject_with_insertion(tokens, end, floor)
    if not last.is_word and last.quote is None:
        return None
    start = _walk_left(tokens, end, floor)
    return _tidy(tokens, start, end)


def _between(tokens: Sequence[Token], at: int) -> bool:
    """True for what may stand between subject and verb: adverbs and times ("X on Monday said"), not parts of names."""
    token = tokens[at]
    if is_adverb(token) and not (token.is_cap and at and tokens[at - 1].is_cap):
        return True
    if token.low in TIME_WORDS:
        return not (token.low == "today" and token.is_cap)
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return token.low in {"on", "in", "at", "late", "early"} and following in TIME_WORDS


def _antecedent(tokens: Sequence[Token], who: int, floor: int) -> tuple[int, int] | None:
    end = who
    while end > floor and tokens[end - 1].text == ",":
        end -= 1
    return _tidy(tokens, _object_of(tokens, _walk_left(tokens, end, floor), end), end) if end > floor else None


def _object_of(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the noun right before a "who" begins: "Guards feared Tomas Reld, who ..." is about Tomas Reld alone.

    A participle belongs to its noun ("the man detained in Oskel, who ..."): only a verb with a noun behind it cuts.
    """
    for at in range(end - 2, start - 1, -1):
        following = tokens[at + 1]
        noun = following.is_cap or following.low in DETERMINERS
        verb = not tokens[at].is_cap and may_be_finite(tokens[at].low) and tokens[at].low not in _NAMES
        if verb and noun and following.low not in TIME_WORDS:
            return at + 1
    return start


def _subject_with_insertion(tokens: Sequence[Token], end: int, floor: int) -> tuple[int, int] | None:
    """A comma or bracket stands before the verb: the subject runs back over the insertion to the clause's start."""
    stop = end
    while stop > floor and not tokens[stop - 1].is_word and tokens[stop - 1].text != ")":
        stop -= 1
    first = clause_start(tokens, end - 1, floor)
    later = [_past_conjunction(tokens, k + 1) for k in range(first, stop - 1) if tokens[k].text == ","]
    later = [k for k in later if k < stop and _may_begin_noun(tokens[k])]
    for start in [first, *later]:
        if stop - start <= _MAX_TOKENS and _is_noun_until_comma(tokens, start, stop):
            return _tidy(tokens, start, stop)
    return None


def _past_conjunction(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if tokens[at].low in {"and", "but"} else at


def _is_noun_until_comma(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """True when no finite verb stands between `start` and the next comma, outside a relative clause."""
    head = start
    while head < stop and tokens[head].text != ",":
        head += 1
    relative = next((k for k in range(start, head) if tokens[k].low in {"who", "whose", "which", "that"}), head)
    return stop > start and not any(may_be_finite(t.low) for t in tokens[start:relative] if not t.is_cap)


def clause_start(tokens: Sequence[Token], before: int, floor: int = 0) -> int:
    """Return the first token of the clause that holds `before`, after an introductory phrase set off by a comma."""
    start = floor
    for at in range(before - 1, floor - 1, -1):
        if tokens[at].text in ";:" or tokens[at].quote is not None:
            start = at + 1
            break
    while start < before and (tokens[start].low in _OPENERS or tokens[start].text == ","):
        start += 1
    if start < before and _introduces(tokens[start]):
        for at in range(start, before):
            if tokens[at].text == "," and at + 1 < before and _may_begin_noun(tokens[at + 1]):
                return at + 1
    return start


def _introduces(token: Token) -> bool:
    low = token.low
    return (
        low in PREPOSITIONS
        or low in SUBORDINATORS
        or low in TIME_WORDS
        or low.endswith(("ing", "ed"))
        or low == "asked"
    )


def _may_begin_noun(token: Token) -> bool:
    low = token.low
    if low in PREPOSITIONS or low in SUBORDINATORS or low in {"and", "or", "but"}:
        return False
    return token.is_cap or low in DETERMINERS or low in PRONOUNS or low in PEOPLE


def _walk_left(tokens: Sequence[Token], end: int, floor: int) -> int:
    start = end
    while start > floor and end - start < _MAX_TOKENS:
        token = tokens[start - 1]
        if token.is_speech:
            break
        if not token.is_word and token.quote is None and token.text not in "()/'’&":
            break
        if _subordinates(tokens, start - 1, floor):
            break
        if token.low in _SPOKE and start < end and not token.is_cap and not _in_relative(tokens, start - 1, floor):
            break
        if token.low in {"and", "but", "or"} and not _joins_nouns(tokens, start - 1, floor):
            break
        if not token.is_cap and start < end and token.low in AUXILIARY:
            break
        start -= 1
    return start


def _subordinates(tokens: Sequence[Token], at: int, floor: int) -> bool:
    """True for a word that begins the clause the subject stands in: "that", "while", "just days after", "what"."""
    low = tokens[at].low
    if low in {"what", "here's", "what's"}:
        return True
    if low in _ALSO_PREPOSITION:
        before = tokens[floor:at]
        if any(t.low in {"who", "whose", "which"} for t in before):
            return False
        return any(not t.is_cap and may_be_finite(t.low) for t in before if t.quote is None)
    return low in SUBORDINATORS and not _is_relative(tokens, at)


def _is_relative(tokens: Sequence[Token], at: int) -> bool:
    """True for the "who" of "a man who fled": the noun before it is still part of the subject."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if tokens[at].low == "whose":
        return at > 0
    if tokens[at].low == "who":
        return at > 0 and not (tokens[at + 1].is_cap or following in _OTHERS)
    return tokens[at].low in {"that", "which"} and may_be_finite(following)


def _in_relative(tokens: Sequence[Token], at: int, floor: int) -> bool:
    """True when a "who" stands shortly before, so that the verb at `at` belongs to the relative clause."""
    return any(tokens[k].low in {"who", "which"} for k in range(max(floor, at - 4), at))


def _joins_nouns(tokens: Sequence[Token], conjunction: int, floor: int) -> bool:
    """True when no verb stands between the clause's start and the conjunction: it joins two subjects."""
    for at in range(conjunction - 1, floor - 1, -1):
        token = tokens[at]
        if token.text in ",;:" or token.quote is not None:
            break
        if not token.is_cap and may_be_finite(token.low):
            return False
    return tokens[conjunction].low != "but"


def _tidy(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """Strip openers and an introductory phrase; refuse what cannot name anybody."""
    while start < end and (
        tokens[start].low in _OPENERS
        or tokens[start].text in {",", "-", "–", "—", "(", ")", "/"}
        or (is_adverb(tokens[start]) and not tokens[start].is_cap)
    ):
        start += 1
    if start < end and tokens[start].low in PREPOSITIONS | {"as", "while", "when", "although", "though"}:
        start = _after_preposition(tokens, start, end)
    while start < end and (tokens[start].low in TIME_WORDS and end - start > 1):
        start += 1
    if start >= end or not any(t.is_word for t in tokens[start:end]):
        return None
    if end - start == 1 and (tokens[start].low in DETERMINERS - {"one", "some", "many", "both", "others", "another"}):
        return None
    if tokens[start].low.endswith("ing") and not tokens[start].is_cap and end - start > 1:
        start += 1
    if _is_verb(tokens[start]) or not _may_name(tokens[start:end]):
        return None
    return start, end


def _is_verb(token: Token) -> bool:
    """True for a first word that cannot begin a name: "contesting the claims", "comes from a ruling", "who's"."""
    if token.is_cap or token.titled:
        return False
    return token.low.startswith(("who", "what")) or token.low.endswith("ing") or token.low in AUXILIARY | PRESENT


def _may_name(tokens: Sequence[Token]) -> bool:
    """True when the words can name somebody: a capital, a determiner, a pronoun, or a word for people and bodies."""
    return any(
        t.is_cap or t.titled or t.low in DETERMINERS or t.low in PRONOUNS or t.low in PEOPLE or t.low.endswith("s")
        for t in tokens
    )


def _after_preposition(tokens: Sequence[Token], start: int, end: int) -> int:
    """Skip "In Abuja" of "In Abuja officials said": the subject begins at the next noun that can start one."""
    for at in range(start + 2, end):
        if tokens[at].low in DETERMINERS or (tokens[at].low in PEOPLE and not tokens[at - 1].is_cap):
            return at
    return start + 1


def noun_after(tokens: Sequence[Token], start: int, ceiling: int, *, opens: bool = False) -> tuple[int, int] | None:
    """Return (first, last + 1) of the noun phrase that begins at `start`: "said NOUN", "according to NOUN".

    `opens` is True where a clause follows the phrase after a comma ("According to residents, soldiers came"): then an
    apposition must be closed by a comma of its own and hold no finite verb.
    """
    while start < ceiling and tokens[start].text in {",", ":"}:
        start += 1
    at = start
    relative = False
    while at < ceiling and at - start < _MAX_TOKENS:
        token = tokens[at]
        if token.quote is not None:
            break
        if token.is_word:
            relative = relative or token.low in {"who", "whose"}
            if not relative and _stops_noun(tokens, at, start):
                break
        elif token.text == ",":
            after = _apposition_end(tokens, at, ceiling, named=any(t.is_cap for t in tokens[start:at]))
            if after is None or (opens and not _closed_apposition(tokens, at, after)):
                break
            at = after
            continue
        elif token.text not in "()/'’&@" or (token.text == "(" and not _closes_soon(tokens, at)):
            break
        at += 1
    end = at
    while end > start and not tokens[end - 1].is_word and tokens[end - 1].text != ")":
        end -= 1
    return (start, end) if end > start else None


def _closed_apposition(tokens: Sequence[Token], comma: int, end: int) -> bool:
    if end >= len(tokens) or tokens[end].text != ",":
        return False
    return not any(not t.is_cap and may_be_finite(t.low) for t in _before_relative(tokens[comma + 1 : end]))


def _closes_soon(tokens: Sequence[Token], at: int) -> bool:
    """True for a bracket of a few words ("(RAIB)"), not for a credit ("(Picture: Name)")."""
    inside = [t.text for t in tokens[at + 1 : at + 7]]
    return ")" in inside and ":" not in inside[: inside.index(")")]


def _stops_noun(tokens: Sequence[Token], at: int, start: int) -> bool:
    token = tokens[at]
    low = token.low
    if at == start:
        return low in PREPOSITIONS or low in SUBORDINATORS
    previous = tokens[at - 1]
    if low in _KEPT_PREPOSITIONS:
        return False
    if low in {"at", "in"}:
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        named = following is not None and (following.is_cap or following.low in {"the", "intelligence"})
        return not (named and previous.low in PEOPLE and not previous.low.startswith("said"))
    if low in PREPOSITIONS or low in SUBORDINATORS:
        return low not in {"who", "whose"}
    if low == "and":
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        return following is None or not (following.is_cap or following.low in PEOPLE | {"his", "her", "their"})
    if low in {"but", "or", "also", "according"} or (
        low in TIME_WORDS and low != "may" and previous.low not in DETERMINERS
    ):
        return True
    return not token.is_cap and low in AUXILIARY


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """True for one to four capitalised words up to a comma, a quotation or the end: "the mayor, Oren Vask"."""
    stop = at
    while stop < len(tokens) and tokens[stop].is_cap and stop - at < 5:
        stop += 1
    ends = stop >= len(tokens) or tokens[stop].text in ",.;:" or tokens[stop].quote is not None
    return 0 < stop - at <= 4 and (ends or tokens[stop].low in PREPOSITIONS)


def _makes_clause(token: Token, first: Token) -> bool:
    """A verb after "a", "the" may be a participle ("a group formed in 2002"); after a bare noun it makes a clause."""
    if first.low in {"a", "an", "the", "one", "his", "her", "their"}:
        return token.low in _CLAUSAL
    return may_be_finite(token.low)


def _before_relative(tokens: Sequence[Token]) -> Sequence[Token]:
    stop = next((k for k, t in enumerate(tokens) if t.low in {"who", "whose", "which", "that"}), len(tokens))
    return tokens[:stop]


def _apposition_end(tokens: Sequence[Token], comma: int, ceiling: int, *, named: bool) -> int | None:
    """Return the index after an apposition that follows the comma, or None when another clause follows."""
    at = comma + 1
    if at >= ceiling or tokens[at].quote is not None:
        return None
    first = tokens[at]
    describes = (
        first.low in {"a", "an", "the", "one", "who", "whose", "his", "her", "their", "of", "aged"}
        or (first.text[0].isdigit() and len(first.text) <= 3)
        or first.low in PEOPLE
        or (not named and _is_name(tokens, at))
    )
    if not describes:
        return None
    while at < ceiling and at - comma < 30:
        token = tokens[at]
        if token.text in ",;:" or token.quote is not None or token.text in _DASHES:
            break
        if token.low in {"but", "while", "after", "when", "told"}:
            break
        at += 1
    while at > comma + 1 and not tokens[at - 1].is_word:
        at -= 1
    relative = first.low in {"who", "whose"}
    inside = _before_relative(tokens[comma + 1 : at])
    if not relative and any(not t.is_cap and _makes_clause(t, first) for t in inside):
        return None
    return at if at > comma + 1 else None
