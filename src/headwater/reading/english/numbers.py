"""Finds numbers that may count something, with the bound their qualifiers give: "at least 3" is 3 or more.

Reads values and qualifiers; what is counted, and whether anything is, is decided by the figure reader. "nearly" and
"almost" put the number below the one named, "about", "around", "some" and "close to" leave it where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from headwater.model import Bound, Span
from headwater.reading.english.number_blocks import blocked, counts_nothing
from headwater.reading.english.number_tokens import Token, touches, word_at
from headwater.reading.english.number_words import Value, value_at

_PHRASES: tuple[tuple[str, Bound], ...] = (
    ("at least", Bound.AT_LEAST),
    ("a least", Bound.AT_LEAST),
    ("at the very least", Bound.AT_LEAST),
    ("at the least", Bound.AT_LEAST),
    ("a minimum of", Bound.AT_LEAST),
    ("no fewer than", Bound.AT_LEAST),
    ("not fewer than", Bound.AT_LEAST),
    ("no less than", Bound.AT_LEAST),
    ("not less than", Bound.AT_LEAST),
    ("minimum of", Bound.AT_LEAST),
    ("more than", Bound.MORE_THAN),
    ("greater than", Bound.MORE_THAN),
    ("higher than", Bound.MORE_THAN),
    ("over", Bound.MORE_THAN),
    ("above", Bound.MORE_THAN),
    ("exceeding", Bound.MORE_THAN),
    ("in excess of", Bound.MORE_THAN),
    ("upwards of", Bound.MORE_THAN),
    ("upward of", Bound.MORE_THAN),
    ("north of", Bound.MORE_THAN),
    ("up to", Bound.AT_MOST),
    ("as many as", Bound.AT_MOST),
    ("as much as", Bound.AT_MOST),
    ("at most", Bound.AT_MOST),
    ("no more than", Bound.AT_MOST),
    ("not more than", Bound.AT_MOST),
    ("a maximum of", Bound.AT_MOST),
    ("fewer than", Bound.LESS_THAN),
    ("less than", Bound.LESS_THAN),
    ("under", Bound.LESS_THAN),
    ("below", Bound.LESS_THAN),
    ("nearly", Bound.LESS_THAN),
    ("almost", Bound.LESS_THAN),
    ("about", Bound.ABOUT),
    ("around", Bound.ABOUT),
    ("some", Bound.ABOUT),
    ("roughly", Bound.ABOUT),
    ("approximately", Bound.ABOUT),
    ("circa", Bound.ABOUT),
    ("an estimated", Bound.ABOUT),
    ("estimated", Bound.ABOUT),
    ("close to", Bound.ABOUT),
    ("approaching", Bound.ABOUT),
    ("perhaps", Bound.ABOUT),
)
_QUALIFIERS = {tuple(words.split()): bound for words, bound in _PHRASES}
_STRENGTHENERS = frozenset("well just slightly only exactly another further additional nearly".split())
_AFTER = {
    ("or", "more"): Bound.AT_LEAST,
    ("or", "so"): Bound.ABOUT,
    ("or", "fewer"): Bound.AT_MOST,
    ("or", "less"): Bound.AT_MOST,
}
_TALK_ABOUT = frozenset(
    "talk talks talked talking said say says know knew asked ask worried spoke speak speaking concerned think "
    "thinking thought "
    "heard hear told tell tells telling story stories information question questions details report reports "
    "concern concerns "
    "facts article learned read wrote write care something anything nothing statement statements allegations film "
    "book".split()
)
_AGE_LEADS = frozenset("aged ages age".split())


class Number(NamedTuple):
    """A number with its bound. Tokens `first` to `last` hold qualifier and number, `core` is where the number begins.

    `low` and `high` are inclusive, None is open; `value` is the number as named; `single` is True for a plain one.
    """

    first: int
    core: int
    last: int
    low: int | None
    high: int | None
    bound: Bound
    value: Value

    @property
    def single(self) -> bool:
        """True when exactly one is named, so that what is counted stands in the singular."""
        return self.low == 1 == self.high


def find_numbers(text: str, tokens: list[Token], sentence: Span, dates: Sequence[Span]) -> list[Number]:
    """Return the numbers of one sentence in reading order, without those that only name, order or date.

    `dates` are the spans of dates and periods, whose numerals are no counts.
    """
    barred = sorted([*dates, *blocked(text, sentence)])
    out: list[Number] = []
    index = edge = 0
    while index < len(tokens):
        while edge < len(barred) and barred[edge].end <= tokens[index].start:
            edge += 1
        if edge < len(barred) and barred[edge].start < tokens[index].end:
            index += 1
            continue
        value = value_at(tokens, index)
        if value is None:
            index += 1
            continue
        number = _number(tokens, value)
        if number is not None:
            out.append(number)
        index = number.last if number is not None else value.last
    return out


def _number(tokens: list[Token], value: Value) -> Number | None:
    ranged = _range(tokens, value)
    if ranged is not None:
        return ranged
    if counts_nothing(tokens, value) or _ratio_end(tokens, value):
        return None
    first, bound = _qualifier(tokens, value.first)
    last, after = _qualifier_after(tokens, value.last)
    if bound is Bound.EXACT:
        bound = after
    if _talks_about(tokens, first, bound, value):
        first, bound = value.first, Bound.EXACT
    if value.loose and bound in {Bound.EXACT, Bound.AT_LEAST, Bound.ABOUT, Bound.MORE_THAN}:
        return Number(first, value.first, last, value.number, None, Bound.DOZENS, value)
    low, high = _ends(value.number, bound)
    return Number(first, value.first, last, low, high, bound, value)


def _ends(number: int, bound: Bound) -> tuple[int | None, int | None]:
    match bound:
        case Bound.AT_LEAST:
            return number, None
        case Bound.MORE_THAN:
            return number + 1, None
        case Bound.AT_MOST:
            return None, number
        case Bound.LESS_THAN:
            return None, number - 1
        case _:
            return number, number


def _qualifier(tokens: list[Token], core: int) -> tuple[int, Bound]:
    """Read qualifiers leftwards from the number; a direction ("more than") outweighs "an estimated"."""
    first, bound = core, Bound.EXACT
    for _ in range(3):
        if first and word_at(tokens, first - 1) in {"$", "£", "€"}:
            first -= 1
        for length in (4, 3, 2, 1):
            words = tuple(token.word for token in tokens[max(0, first - length) : first])
            found = _QUALIFIERS.get(words) if len(words) == length else None
            if found is not None:
                first -= length
                bound = found if bound in {Bound.EXACT, Bound.ABOUT} else bound
                break
        else:
            if word_at(tokens, first - 1) not in _STRENGTHENERS or first < 1:
                break
            first -= 1
    return first, bound


def _qualifier_after(tokens: list[Token], last: int) -> tuple[int, Bound]:
    pair = (word_at(tokens, last), word_at(tokens, last + 1))
    if pair in _AFTER:
        return last + 2, _AFTER[pair]
    if pair[0] in {"+", "plus"} or pair == ("-", "plus"):
        return last + (2 if pair[0] == "-" else 1), Bound.AT_LEAST
    if pair == ("-", "odd"):
        return last + 2, Bound.ABOUT
    return last, Bound.EXACT


def _talks_about(tokens: list[Token], first: int, bound: Bound, value: Value) -> bool:
    """Tell "asked about two men" (a topic) from "about 200 men" (an estimate)."""
    if bound is not Bound.ABOUT or word_at(tokens, first) not in {"about", "around"}:
        return False
    return value.number < 20 and (word_at(tokens, first - 1) in _TALK_ABOUT or value.number == 1)


def _range(tokens: list[Token], value: Value) -> Number | None:
    """Read "16 to 50", "20-30", "between 16 and 50", "three or four"; None when it is no rising pair."""
    joint = word_at(tokens, value.last)
    lead = value.first - 1
    between = _between(tokens, lead)
    joined = joint in {"to", "or", "-", "–"} or (joint == "and" and between is not None)
    if value.loose or not joined or value.last + 1 >= len(tokens):
        return None
    other = value_at(tokens, value.last + 1)
    if other is None or other.loose or _glued_range(tokens, value, other):
        return None
    low, high = value.number, other.number
    if other.scale > 12 and value.scale == 1 and low < 1000:
        low *= other.scale
    changing = joint == "to" and word_at(tokens, lead) == "from" and word_at(tokens, lead - 1) not in _AGE_LEADS
    if low >= high or changing or (joint == "or" and high > 2 * low + 1):
        return None
    first = between if between is not None else value.first
    if between is None:
        first, _ = _qualifier(tokens, value.first)
    return Number(first, value.first, other.last, low, high, Bound.RANGE, other)


def _between(tokens: list[Token], lead: int) -> int | None:
    """Return the token of "between" in "between 16", "between the ages (of) 16", or None."""
    for index in range(lead, max(lead - 4, -1), -1):
        word = word_at(tokens, index)
        if word == "between":
            return index
        if word not in {"the", "ages", "of", "$", "£", "€"}:
            return None
    return None


def _glued_range(tokens: list[Token], value: Value, other: Value) -> bool:
    """A chain of numerals ("020-7946-0000") or a compound ("2-3-year") is no range."""
    if value.first and touches(tokens, value.first - 1) and word_at(tokens, value.first - 1) in {"-", "–", "/", "."}:
        return True
    return touches(tokens, other.last - 1) and word_at(tokens, other.last)[:1] in {"-", "–", "/"}


def _ratio_end(tokens: list[Token], value: Value) -> bool:
    """The second half of a score or of a falling pair: "5-4", "3–1"."""
    left = word_at(tokens, value.first - 1)
    return (
        left in {"-", "–"}
        and value.first > 1
        and tokens[value.first - 2].is_numeral
        and touches(tokens, value.first - 1)
    )
