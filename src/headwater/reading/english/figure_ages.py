"""Ages in words: "a 42-year-old man", "aged 16 to 50", "Ama Doe, 30, said", "72 years old". Patterns only.

An age is a figure with the unit "years" (or months, weeks, days) and the act "aged".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from headwater.model import Bound, Span
from headwater.reading.english.number_tokens import tokenise
from headwater.reading.english.number_words import value_at

_N = r"(?:\d{1,3}|[A-Za-z]{3,9}(?:[-‑ ](?:one|two|three|four|five|six|seven|eight|nine))?)"
_TO = r"\s{0,2}(?:-|–|to|and)\s{0,2}"
_COMPOUND = re.compile(
    rf"\b(?P<n>{_N})[-‑ ](?P<unit>year|month|week|day)s?[-‑ ]old(?P<s>s)?\b"
    r"(?!\s(?:war|conflict|insurgency|dispute|crisis|case|ban|rule|law))"
    r"(?P<noun>(?:\s"
    r"(?:male|female|boy|girl|man|woman|mother|father|son|daughter|driver|student|suspect|child|baby|teenager)s?\b){0,2})",
    re.IGNORECASE,
)
_AGED = re.compile(
    rf"\b(?:between\s(?:the\s)?)?(?:aged|ages?(?:\sof)?)\s(?:between\s|from\s)?(?P<low>{_N})(?:{_TO}(?P<high>{_N}))?\b"
    r"(?!\s(?:people|men|women|other))",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"(?<=[a-z]),\s(?P<n>[1-9]\d?|1[01]\d),?(?=[,.;)\s]\s?(?:[a-z\"“‘(]|$|[A-Z]))")
_NAME_BEFORE = re.compile(r"(?:^|[\s“\"‘(])[A-Z][\w'’.-]{1,30}$")
_MONTHISH = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?$|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$"
)
_HINT = re.compile(r"\b(?:aged|ages?|old|olds)\b|,\s[1-9]\d", re.IGNORECASE)


class Age(NamedTuple):
    """One age: its place, its ends (inclusive) and unit, and the words for whose age it is."""

    span: Span
    low: int
    high: int
    bound: Bound
    unit: str
    whom: str | None


def find_ages(text: str, sentence: Span) -> list[Age]:
    """Return the ages of one sentence, sorted and disjoint."""
    if not _HINT.search(text, sentence.start, sentence.end):
        return []
    out: list[Age] = []
    for age in sorted([*_compounds(text, sentence), *_ranges(text, sentence), *_after_names(text, sentence)]):
        if not out or age.span.start >= out[-1].span.end:
            out.append(age)
    return out


def _number(words: str) -> int | None:
    tokens = tokenise(words, Span(0, len(words)))
    value = value_at(tokens, 0) if tokens else None
    if value is None or value.last != len(tokens) or value.loose or not 0 < value.number < 130:
        return None
    return value.number


def _compounds(text: str, sentence: Span) -> Iterator[Age]:
    for match in _COMPOUND.finditer(text, sentence.start, sentence.end):
        words = match["n"]
        number, start = _number(words), match.start()
        if number is None and " " in words:
            number, start = _number(words.split()[-1]), match.start() + words.rindex(" ") + 1
        if number is None:
            continue
        whom = " ".join(match["noun"].lower().split()) or None
        yield Age(Span(start, match.end()), number, number, Bound.EXACT, match["unit"].lower() + "s", whom)


def _ranges(text: str, sentence: Span) -> Iterator[Age]:
    for match in _AGED.finditer(text, sentence.start, sentence.end):
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        if low is None:
            continue
        if high is None or high < low:
            yield Age(Span(match.start(), match.end("low")), low, low, Bound.EXACT, "years", None)
            continue
        bound = Bound.RANGE if high > low else Bound.EXACT
        yield Age(Span(match.start(), match.end()), low, high, bound, "years", None)


def _after_names(text: str, sentence: Span) -> Iterator[Age]:
    """A bare number between commas after a name."""
    for match in _AFTER_NAME.finditer(text, sentence.start, sentence.end):
        before = text[max(sentence.start, match.start() - 32) : match.start()]
        follows = text[match.end() : match.end() + 1]
        closed = match.group().endswith(",") or follows in {"", ",", ".", ")", ";"} or match.end() >= sentence.end
        if closed and _NAME_BEFORE.search(before) and not _MONTHISH.search(before):
            number = int(match["n"])
            name = before.rsplit(" ", 2)[-1].lstrip('“"‘(')
            yield Age(Span(match.start("n"), match.end("n")), number, number, Bound.EXACT, "years", name)
