"""Numerals and number words to values: "2.6 million", "twenty-five", "two dozen", "hundreds of thousands".

Values only; qualifiers ("at least") and what is counted live elsewhere.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from headwater.reading.english.number_tokens import Token, touches, word_at

_SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_LOOSE = {
    "dozens": 24,
    "scores": 40,
    "tens": 20,
    "hundreds": 200,
    "thousands": 2000,
    "millions": 2 * 10**6,
    "billions": 2 * 10**9,
}
_SOME = {"several": 3, "few": 2, "many": 2}
LARGEST = 10**15
_STARTS = frozenset({*_SMALL, *_TENS, *SCALES, *_LOOSE, *_SOME, "a", "an", "half"})
_LONGEST_NUMERAL = 24  # a longer run of digits is damage or a code, and Python refuses to read thousands of them


class Value(NamedTuple):
    """A number as written: tokens `first` up to `last` (excluded). `loose` is a lower bound only ("dozens").

    `scale` is the scale word it ends with ("million" in "2 to 3 million"), 1 without one; `several` marks the bare
    word "several", the loosest of all.
    """

    first: int
    last: int
    number: int
    loose: bool = False
    scale: int = 1
    several: bool = False


def value_at(tokens: list[Token], index: int) -> Value | None:
    """Return the number that starts at token `index`, or None. A value that is not whole is None."""
    token = tokens[index]
    if token.word not in _STARTS and not token.is_numeral and "-" not in token.word:
        return None
    if token.is_numeral:
        return _numeral(tokens, index)
    word = token.word
    if word in _LOOSE:
        return _loose(tokens, index)
    if word in _SOME:
        return _some(tokens, index)
    if word in {"a", "an", "half"}:
        return _article(tokens, index)
    return _spelled(tokens, index)


def _numeral(tokens: list[Token], index: int) -> Value | None:
    if len(tokens[index].word) > _LONGEST_NUMERAL:
        return None
    number = Fraction(tokens[index].word.replace(",", ""))
    last, scale = index + 1, 1
    following = word_at(tokens, last)
    if following in _SUFFIXES and touches(tokens, index):
        scale, last = _SUFFIXES[following], last + 1
    else:
        if following == "-" and word_at(tokens, last + 1) in SCALES:
            last += 1
        while word_at(tokens, last) in SCALES and scale < LARGEST:
            scale, last = scale * SCALES[tokens[last].word], last + 1
    return _whole(index, last, number * scale, scale)


def _whole(first: int, last: int, number: Fraction, scale: int) -> Value | None:
    if number.denominator != 1 or number > LARGEST:
        return None
    return Value(first, last, int(number), scale=scale)


def _loose(tokens: list[Token], index: int) -> Value:
    """Read "hundreds of thousands" as 200,000: twice the product of what follows the first word."""
    word = tokens[index].word
    number, last = _LOOSE[word], index + 1
    while word_at(tokens, last) == "of" and word_at(tokens, last + 1) in _LOOSE and number < LARGEST:
        number *= _LOOSE[tokens[last + 1].word] // 2
        last += 2
    return Value(index, last, number, loose=True)


def _some(tokens: list[Token], index: int) -> Value | None:
    """Read "several hundred" as at least three hundred, "several" alone as at least three; "few" needs a scale."""
    word, following = tokens[index].word, word_at(tokens, index + 1)
    if following in SCALES:
        return Value(index, index + 2, _SOME[word] * SCALES[following], loose=True, scale=SCALES[following])
    return Value(index, index + 1, _SOME[word], loose=True, several=True) if word == "several" else None


def _article(tokens: list[Token], index: int) -> Value | None:
    word, following, third = tokens[index].word, word_at(tokens, index + 1), word_at(tokens, index + 2)
    if word == "half" and following in {"a", "an"} and third in SCALES:
        return Value(index, index + 3, SCALES[third] // 2, scale=SCALES[third])
    if word == "half":
        return None
    if following == "few" and third in SCALES:
        return Value(index, index + 3, 2 * SCALES[third], loose=True, scale=SCALES[third])
    if following in SCALES:
        rest = _spelled(tokens, index + 1, started=1)
        return rest and rest._replace(first=index)
    return None


def _spelled(tokens: list[Token], index: int, *, started: int = 0) -> Value | None:
    """Add up number words from `index` on; `started` is the one of "a hundred"."""
    total, current, last, scale, room = 0, started, index, 1, 0 if started else 1000
    while last < len(tokens):
        word = tokens[last].word
        small = _part(word)
        if small is not None and small < room:
            current, room = current + small, 10 if word in _TENS else 0
            last += 1
        elif word in SCALES and current and total + current * SCALES[word] <= LARGEST and SCALES[word] != scale:
            scale = SCALES[word]
            if scale == 100:
                current, room = current * 100, 100
            else:
                total, current, room = total + current * scale, 0, 1000 if scale > 12 else 0
            last += 1
        elif word == "and" and room in {100, 1000} and last > index and _small_follows(tokens, last + 1, room):
            last += 1
        else:
            break
    return Value(index, last, total + current, scale=scale) if last > index else None


def _small_follows(tokens: list[Token], index: int, room: int) -> bool:
    small = _part(word_at(tokens, index))
    following = word_at(tokens, index + 1)
    return (
        small is not None and 0 < small < min(room, 100) and (following in SCALES or following not in {"and", "more"})
    )


def _part(word: str) -> int | None:
    if word in _SMALL:
        return _SMALL[word]
    if word in _TENS:
        return _TENS[word]
    tens, _, unit = word.partition("-")
    if tens in _TENS and 0 < _SMALL.get(unit, 0) < 10:
        return _TENS[tens] + _SMALL[unit]
    return None
