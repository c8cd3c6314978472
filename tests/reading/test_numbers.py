"""Numbers in words and digits: values, bounds, and the numerals that count nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Bound, Span
from headwater.reading.english.number_tokens import tokenise
from headwater.reading.english.number_words import LARGEST, value_at
from headwater.reading.english.numbers import Number, find_numbers

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def numbers(text: str) -> list[Number]:
    whole = Span(0, len(text))
    return find_numbers(text, tokenise(text, whole), whole, [])


def ends(text: str) -> list[tuple[int | None, int | None, Bound]]:
    return [(number.low, number.high, number.bound) for number in numbers(text)]


def value(text: str) -> int | None:
    tokens = tokenise(text, Span(0, len(text)))
    found = value_at(tokens, 0)
    return found.number if found is not None and found.last == len(tokens) else None


def spell(number: int, *, joint: str) -> str:
    """Write a number below a billion in words: the slow twin of the reader."""
    for scale, name in ((10**6, "million"), (1000, "thousand")):
        if number >= scale:
            head, rest = divmod(number, scale)
            return f"{spell(head, joint=joint)} {name}" + (f" {spell(rest, joint=joint)}" if rest else "")
    if number >= 100:
        head, rest = divmod(number, 100)
        return f"{_ONES[head]} hundred" + (f"{joint}{spell(rest, joint=joint)}" if rest else "")
    if number < 20:
        return _ONES[number]
    tens, unit = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[unit]}" if unit else "")


@given(st.integers(min_value=0, max_value=10**9 - 1), st.sampled_from([" ", " and "]))
def test_a_spelled_number_is_read_back(number: int, joint: str) -> None:
    assert value(spell(number, joint=joint)) == number


@given(st.integers(min_value=0, max_value=LARGEST))
def test_a_written_number_is_read_back(number: int) -> None:
    assert value(str(number)) == number
    assert value(f"{number:,}") == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("3.4 million", 3_400_000),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("a hundred", 100),
        ("half a million", 500_000),
        ("twenty one", 21),
        ("1.2m", 1_200_000),
        ("3bn", 3_000_000_000),
        ("hundreds of thousands", 200_000),
        ("tens of thousands", 20_000),
        ("several hundred", 300),
        ("a few dozen", 24),
        ("5.5", None),
        ("a", None),
        ("three four", None),
    ],
)
def test_known_values(words: str, number: int | None) -> None:
    assert value(words) == number


@pytest.mark.parametrize(
    ("words", "low", "high", "bound"),
    [
        ("at least 3", 3, None, Bound.AT_LEAST),
        ("A least four", 4, None, Bound.AT_LEAST),
        ("no fewer than twelve", 12, None, Bound.AT_LEAST),
        ("more than 30", 31, None, Bound.MORE_THAN),
        ("over 30", 31, None, Bound.MORE_THAN),
        ("more than a dozen", 13, None, Bound.MORE_THAN),
        ("up to 20", None, 20, Bound.AT_MOST),
        ("as many as 40", None, 40, Bound.AT_MOST),
        ("no more than 40", None, 40, Bound.AT_MOST),
        ("fewer than 20", None, 19, Bound.LESS_THAN),
        ("nearly 300", None, 299, Bound.LESS_THAN),
        ("almost 300", None, 299, Bound.LESS_THAN),
        ("just under 50", None, 49, Bound.LESS_THAN),
        ("about 100", 100, 100, Bound.ABOUT),
        ("some 86", 86, 86, Bound.ABOUT),
        ("an estimated 1,200", 1200, 1200, Bound.ABOUT),
        ("more than an estimated 100", 101, None, Bound.MORE_THAN),
        ("30 or so", 30, 30, Bound.ABOUT),
        ("20 or more", 20, None, Bound.AT_LEAST),
        ("20-plus", 20, None, Bound.AT_LEAST),
        ("two dozen", 24, 24, Bound.EXACT),
        ("dozens", 24, None, Bound.DOZENS),
        ("scores", 40, None, Bound.DOZENS),
        ("hundreds", 200, None, Bound.DOZENS),
        ("thousands", 2000, None, Bound.DOZENS),
        ("19 to 61", 19, 61, Bound.RANGE),
        ("between 19 and 61", 19, 61, Bound.RANGE),
        ("20-30", 20, 30, Bound.RANGE),
        ("20–30", 20, 30, Bound.RANGE),
        ("three or four", 3, 4, Bound.RANGE),
        ("2 to 3 million", 2_000_000, 3_000_000, Bound.RANGE),
    ],
)
def test_bounds(words: str, low: int | None, high: int | None, bound: Bound) -> None:
    assert ends(words) == [(low, high, bound)]


@pytest.mark.parametrize(
    "text",
    [
        "It began at 10:42am and ended at 4:15 p.m.",
        "It began at 7.25 near the well.",
        "They met at five o'clock, or six in the morning.",
        "Call 020 7946 0000 or +44 20 7946 0000.",
        "See https://news.example/2017/45 or write to a12@news.example.",
        "The 21st witness lives on 53rd Street.",
        "Photo 3/8",
        "The match ended 3-1.",
        "Room 14, Section 28 and No. 1 are closed.",
        "An A320 and a G20 meeting.",
        "After World War Two he joined Radio 4.",
        "One in five said so; 1 in 4 agreed; nine out of ten did not.",
        "Two-thirds of them stayed, one third left.",
        "A 24-hour siege and a three-day march.",
        "The #45 tag by @user99.",
    ],
)
def test_numerals_that_count_nothing(text: str) -> None:
    assert [text[tokenise(text, Span(0, len(text)))[n.core].start :][:12] for n in numbers(text)] == []


def test_a_capital_before_a_counted_plural_is_no_name() -> None:
    assert ends("Rebels Free 26 Boys") == [(26, 26, Bound.EXACT)]
    assert ends("Drowning at Least 9") == [(9, None, Bound.AT_LEAST)]


def test_topics_are_not_estimates() -> None:
    assert ends("They asked about two men") == [(2, 2, Bound.EXACT)]
    assert ends("They arrested about 200 men") == [(200, 200, Bound.ABOUT)]


def test_falling_pairs_and_changes_are_no_range() -> None:
    assert all(bound is not Bound.RANGE for _, _, bound in ends("It fell from 50 to 40 and rose from 10 to 15."))


@given(st.text(alphabet="1 2,.-–/$%aotwnehundred m\n\"'“", max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    for number in numbers(text):
        assert 0 <= number.first <= number.core < number.last
        assert number.low is not None or number.high is not None
        assert number.low is None or number.high is None or number.low <= number.high


@pytest.mark.parametrize("piece", ["1 ", "1-2-", "hundreds of ", "more than at least ", "+((1 22 ", "1:2:3:", "a.b@"])
def test_time_grows_with_length_only(piece: str) -> None:
    started = time.process_time()
    numbers(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 2.0
