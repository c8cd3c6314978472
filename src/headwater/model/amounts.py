"""Numbers in folded words: what they amount to, with the words that make them a bound, an age or a day.

English. "two dozen" and "24" are one amount; "one" counts where it is no pronoun. No meaning beyond the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.model.folding import Word
from headwater.model.spans import Span
from headwater.model.words import Bound

_SMALL = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        start=1,
    )
}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9}
_VAGUE = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 10**3, "millions": 10**6}
_SEVERAL = frozenset({"several", "few"})
_HUNDRED = 100
# "no one", "another one", "one another", "the one who": no number.
_PRONOUN_AFTER = frozenset("no any every some each this that another the only which".split())
_PRONOUN_BEFORE = frozenset({"another", "day", "time"})
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:[.:]\d+)?$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_MONTHS = frozenset(
    "january february march april june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec".split()
)

# Longest first: "no more than" is not "more than".
_BEFORE: tuple[tuple[tuple[str, ...], Bound], ...] = tuple(
    (tuple(words.split()), bound)
    for words, bound in (
        ("no fewer than", Bound.AT_LEAST),
        ("no less than", Bound.AT_LEAST),
        ("not less than", Bound.AT_LEAST),
        ("no more than", Bound.AT_MOST),
        ("not more than", Bound.AT_MOST),
        ("in excess of", Bound.MORE_THAN),
        ("as many as", Bound.AT_MOST),
        ("as few as", Bound.AT_LEAST),
        ("at least", Bound.AT_LEAST),
        ("at most", Bound.AT_MOST),
        ("more than", Bound.MORE_THAN),
        ("upwards of", Bound.MORE_THAN),
        ("fewer than", Bound.LESS_THAN),
        ("less than", Bound.LESS_THAN),
        ("up to", Bound.AT_MOST),
        ("close to", Bound.ABOUT),
        ("an estimated", Bound.ABOUT),
        ("over", Bound.MORE_THAN),
        ("above", Bound.MORE_THAN),
        ("under", Bound.LESS_THAN),
        ("about", Bound.ABOUT),
        ("around", Bound.ABOUT),
        ("roughly", Bound.ABOUT),
        ("approximately", Bound.ABOUT),
        ("some", Bound.ABOUT),
        ("nearly", Bound.ABOUT),
        ("almost", Bound.ABOUT),
        ("estimated", Bound.ABOUT),
    )
)
# Also after the next word: "two weeks at least".
_AFTER: tuple[tuple[tuple[str, ...], Bound], ...] = (
    (("or", "more"), Bound.AT_LEAST),
    (("or", "so"), Bound.ABOUT),
    (("at", "least"), Bound.AT_LEAST),
    (("at", "most"), Bound.AT_MOST),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: `value` with its bound. `first` to `last` (excluded) are the words it takes up, bound words included.

    `span` is the place of these words in their text. `age` is True for "23-year-old" and "aged 23", `dated` for a
    year or the day of a month.
    """

    first: int
    last: int
    span: Span
    value: float
    bound: Bound
    age: bool = False
    dated: bool = False


def amounts(found: Sequence[Word]) -> list[Amount]:
    """Return the numbers among folded words, in order; ordinals, decades and codes ("B52") are none."""
    out: list[Amount] = []
    at = 0
    while at < len(found):
        read = _digits(found, at) if found[at].key[0].isdigit() else _spelled(found, at)
        if read is None:
            at += 1
            continue
        value, stop, vague = read
        out.append(_amount(found, at, stop, value, vague=vague))
        at = max(stop, out[-1].last)
    return out


def _amount(found: Sequence[Word], at: int, stop: int, value: float, *, vague: bool) -> Amount:
    first, last, bound = at, stop, Bound.DOZENS if vague else Bound.EXACT
    before = next((each for each in _BEFORE if _keys(found, at - len(each[0]), at) == each[0]), None)
    after = next((each for each in _AFTER if _keys(found, stop, stop + len(each[0])) == each[0]), None)
    beyond = next((each for each in _AFTER if _keys(found, stop + 1, stop + 1 + len(each[0])) == each[0]), None)
    if before:
        first, bound = at - len(before[0]), before[1]
    if after:
        last, bound = stop + len(after[0]), after[1]
    elif beyond and not before:
        bound = beyond[1]
    age = False
    if _keys(found, stop, stop + 2) in {("year", "old"), ("years", "old")}:
        age, last = True, stop + 2
    elif _key(found, first - 1) == "aged":
        age, first = True, first - 1
    return Amount(
        first, last, Span(found[first].start, found[last - 1].end), value, bound, age, _dated(found, at, stop, value)
    )


def _dated(found: Sequence[Word], at: int, stop: int, value: float) -> bool:
    written = found[at].key
    year = stop == at + 1 and written.isdigit() and len(written) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR
    return year or (written[0].isdigit() and bool({_key(found, at - 1), _key(found, stop)} & _MONTHS))


def _digits(found: Sequence[Word], at: int) -> tuple[float, int, bool] | None:
    word = found[at]
    if not _DIGITS.match(word.key) or (at and found[at - 1].end == word.start):
        return None
    value = float(word.key.replace(",", "").replace(":", "."))
    follows = found[at + 1] if at + 1 < len(found) else None
    if follows is None:
        return value, at + 1, False
    if follows.start == word.end:
        if follows.key in _ORDINAL or follows.key == "s":
            return None
        if follows.key in _SHORT_SCALES:
            return value * _SHORT_SCALES[follows.key], at + 2, False
    if follows.key in _SCALES:
        return value * _SCALES[follows.key], at + 2, False
    return value, at + 1, False


def _spelled(found: Sequence[Word], at: int) -> tuple[float, int, bool] | None:
    key = _key(found, at)
    if key in _VAGUE and (key != "scores" or _key(found, at + 1) == "of"):
        return _vague(found, at)
    if key in _SEVERAL and _key(found, at + 1) in _SCALES:
        return float(_SCALES[_key(found, at + 1)]), at + 2, True
    if key == "half" and _key(found, at + 1) == "a" and _key(found, at + 2) in _SCALES:
        return _SCALES[_key(found, at + 2)] / 2, at + 3, False
    if key in {"a", "an"} and _key(found, at + 1) not in _SCALES:
        return None
    if key == "one" and _is_pronoun(found, at):
        return None
    total, part, stop = 0.0, 1.0 if key in {"a", "an"} else 0.0, at + (key in {"a", "an"})
    while (key := _key(found, stop)) in _SMALL or key in _TENS or key in _SCALES or _joins(found, stop, part):
        if key in _SCALES:
            part = max(part, 1.0) * _SCALES[key]
            if _SCALES[key] > _HUNDRED:
                total, part = total + part, 0.0
        elif key != "and":
            if part and not _fits(part, _SMALL.get(key) or _TENS[key]):
                break
            part += _SMALL.get(key) or _TENS[key]
        stop += 1
    return (total + part, stop, False) if total + part else None


def _fits(part: float, more: float) -> bool:
    """True when a number word goes on the one before it: "twenty" "one", "hundred" "twelve"; not "five" "six"."""
    return part % _HUNDRED == 0 or (part % 10 == 0 and more < 10)


def _joins(found: Sequence[Word], at: int, part: float) -> bool:
    """True for the "and" of "two hundred and five"."""
    follows = _key(found, at + 1)
    return (
        _key(found, at) == "and"
        and part >= _HUNDRED
        and part % _HUNDRED == 0
        and (follows in _SMALL or follows in _TENS)
    )


def _vague(found: Sequence[Word], at: int) -> tuple[float, int, bool]:
    value, stop = float(_VAGUE[_key(found, at)]), at + 1
    if _key(found, stop) == "of" and _key(found, stop + 1) in _VAGUE:
        value, stop = value * _VAGUE[_key(found, stop + 1)], stop + 2
    return value, stop, True


def _is_pronoun(found: Sequence[Word], at: int) -> bool:
    if _key(found, at + 1) in _SCALES:
        return False
    return _key(found, at - 1) in _PRONOUN_AFTER or _key(found, at + 1) in _PRONOUN_BEFORE


def _key(found: Sequence[Word], at: int) -> str:
    return found[at].key if 0 <= at < len(found) else ""


def _keys(found: Sequence[Word], start: int, stop: int) -> tuple[str, ...]:
    return tuple(word.key for word in found[start:stop]) if start >= 0 else ()
