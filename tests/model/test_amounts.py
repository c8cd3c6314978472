"""Numbers in words: their value, their bound, and the words that are no numbers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Bound, amounts, words


def read(text: str) -> list[tuple[float, Bound]]:
    return [(each.value, each.bound) for each in amounts(words(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24 boats", 24),
        ("two dozen boats", 24),
        ("twenty-four boats", 24),
        ("a dozen boats", 12),
        ("half a dozen boats", 6),
        ("three hundred and five boats", 305),
        ("two thousand three hundred boats", 2300),
        ("1,200 boats", 1200),
        ("5.10am", 5.1),
        ("5:10 a.m.", 5.1),
        ("1.5 million people", 1_500_000),
        ("a fine of $5m", 5_000_000),
        ("one person", 1),
        ("one hundred boats", 100),
    ],
)
def test_one_number_is_one_value(text: str, value: float) -> None:
    assert [found for found, _ in read(text)] == [value]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("three boats", Bound.EXACT),
        ("at least three boats", Bound.AT_LEAST),
        ("no fewer than three boats", Bound.AT_LEAST),
        ("three or more boats", Bound.AT_LEAST),
        ("three at least boats", Bound.AT_LEAST),
        ("more than three boats", Bound.MORE_THAN),
        ("no more than three boats", Bound.AT_MOST),
        ("up to three boats", Bound.AT_MOST),
        ("fewer than three boats", Bound.LESS_THAN),
        ("about three boats", Bound.ABOUT),
        ("three or so boats", Bound.ABOUT),
    ],
)
def test_the_words_around_a_number_bound_it(text: str, bound: Bound) -> None:
    assert read(text) == [(3, bound)]
    (found,) = amounts(words(text))
    assert found.span.of(text) == text.removesuffix(" boats")


def test_vague_numbers_keep_a_bound_of_their_own() -> None:
    assert read("dozens of boats") == [(12, Bound.DOZENS)]
    assert read("hundreds of thousands of boats") == [(100_000, Bound.DOZENS)]
    assert read("several hundred boats") == [(100, Bound.DOZENS)]


@pytest.mark.parametrize(
    "text",
    ["no one came", "one another", "the only one", "the 21st boat", "the 1990s", "a B52", "they met 3.2.2031 at noon"],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read(text) == []


def test_numbers_in_a_row_are_several() -> None:
    assert [value for value, _ in read("five six seven")] == [5, 6, 7]
    assert [value for value, _ in read("between 20 and 30 boats")] == [20, 30]


@pytest.mark.parametrize("text", ["a 23-year-old", "23 years old", "aged 23"])
def test_an_age_is_known_as_one(text: str) -> None:
    (found,) = amounts(words(text))
    assert found.age
    assert not found.dated


@pytest.mark.parametrize("text", ["in 2031", "on 4 October", "on October 4"])
def test_a_day_and_a_year_are_known_as_such(text: str) -> None:
    (found,) = amounts(words(text))
    assert found.dated


_WORDS = st.sampled_from("one two twenty hundred and a dozen million at least more than 12 1,000 st or so of".split())


@given(st.lists(_WORDS | st.text(max_size=4), max_size=14).map(" ".join))
def test_numbers_never_overlap_and_lie_in_the_text(text: str) -> None:
    found = amounts(words(text))
    for each in found:
        assert each.span.of(text)
        assert each.value >= 0
    for one, two in pairwise(found):
        assert one.span.end <= two.span.end
        assert one.first < one.last
