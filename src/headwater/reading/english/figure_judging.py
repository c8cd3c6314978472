"""Small judgements about one figure: what is no count, whose act fits, which tokens are a part of a whole.

Pure functions over tokens and units; they keep nothing and read no text.
"""

from __future__ import annotations

from headwater.model import Bound, Span
from headwater.reading.english.figure_acts import ACTS, Way
from headwater.reading.english.figure_units import Unit, unit_at
from headwater.reading.english.figure_words import (
    AGENT_ENDINGS,
    JOINTS,
    MEASURES,
    MONEY,
    NO_AGENTS,
    NO_HEADS,
    SUFFERED,
    names_people,
)
from headwater.reading.english.number_tokens import Token, touches, word_at
from headwater.reading.english.number_words import Value
from headwater.reading.english.numbers import Number


def nones(tokens: list[Token]) -> list[Number]:
    """Read "no passengers" and "no injuries" as none; other things that are not there are no figures."""
    out = []
    for at, token in enumerate(tokens):
        if token.word != "no":
            continue
        unit = unit_at(tokens, at + 1, single=False)
        if unit is not None and unit.words.split()[-1:] and unit.words.split()[-1] in NO_HEADS:
            out.append(Number(at, at, at + 1, 0, 0, Bound.EXACT, Value(at, at + 1, 0)))
    return out


def titled(tokens: list[Token]) -> bool:
    """True for a headline in title case, where a capital says nothing."""
    words = [token for token in tokens if token.is_word]
    return 2 * sum(token.capital for token in words) >= len(words)


def inside(tokens: list[Token], spans: tuple[Span, ...]) -> frozenset[int]:
    """Return the tokens that lie in one of the sorted spans."""
    out, at = set(), 0
    for span in spans:
        while at < len(tokens) and tokens[at].start < span.end:
            if tokens[at].end > span.start:
                out.add(at)
            at += 1
    return frozenset(out)


def fixed_unit(tokens: list[Token], number: Number) -> tuple[int, int, str] | None:
    """Money, shares and measures: the unit stands in a sign or a short form."""
    before, after = word_at(tokens, number.core - 1), word_at(tokens, number.last)
    if before in MONEY:
        first = number.core - 1
        if word_at(tokens, first - 1) in {"us", "a", "c", "nz", "hk"} and touches(tokens, first - 1):
            first -= 1
        return min(first, number.first), number.last, MONEY[before]
    if after == "%" or after == "percent":
        return number.first, number.last + 1, "per cent"
    if after == "per" and word_at(tokens, number.last + 1) == "cent":
        return number.first, number.last + 2, "per cent"
    if after in MEASURES:
        return number.first, number.last + 1, after
    return None


def number_of(tokens: list[Token], first: int) -> str | None:
    """Return what "the number of burned houses rose to seven" counts, or None without those words close before."""
    for at in range(first - 2, max(first - 10, -1), -1):
        if word_at(tokens, at) == "number" and word_at(tokens, at + 1) == "of":
            unit = unit_at(tokens, at + 2, single=False)
            return unit.words if unit is not None and unit.words and unit.last < first else None
    return None


def those(tokens: list[Token], unit: Unit | None) -> str | None:
    """Return the act of "of those detained"."""
    if unit is None or unit.whole is None or word_at(tokens, unit.first + 1) != "those":
        return None
    act = ACTS.get(word_at(tokens, unit.last - 1))
    return act.name if act is not None else None


def fits(act: str | None, head: str) -> bool:
    """Nobody arrests two degrees: acts that only people suffer need a noun for people."""
    return act not in SUFFERED or names_people(head) or (head.endswith(AGENT_ENDINGS) and head not in NO_AGENTS)


def harmed(word: str) -> bool:
    """True for a participle or state that says an act of the noun it stands before."""
    return word in ACTS and ACTS[word].way in {Way.PAST, Way.STATE}


def is_whole(tokens: list[Token], number: Number) -> bool:
    """True for the 200 of "21 of the more than 200 girls"."""
    at = number.first - 1
    while at >= 0 and tokens[at].word in {"the", "these", "those", "their", "original"}:
        at -= 1
    return at < number.first - 1 and word_at(tokens, at) == "of"


def like_a_year(number: Number, tokens: list[Token]) -> bool:
    """Four digits without a comma and without a bound: "the 1995 filings"."""
    return (
        number.last == number.core + 1 and tokens[number.core].word.isdecimal() and 1900 <= number.value.number < 2100
    )


def premodifying(unit: Unit, act: str | None) -> bool:
    """True when the act stands only in the phrase itself: "one of the wounded farmers" counts nothing."""
    return act in {ACTS[word].name for word in unit.premodifiers.split() if harmed(word)}


def joined(tokens: list[Token], previous: int, first: int) -> bool:
    """True when nothing but a joint ("and", "including") stands between two figures."""
    between = {token.word for token in tokens[previous:first]}
    return bool(between) and between <= JOINTS and first - previous <= 4
