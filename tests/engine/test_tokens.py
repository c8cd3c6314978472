"""Tokens: what is a word, what is folded away, and that every token lies where it says it does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.engine.shingles import fingerprints, shingles
from headwater.engine.tokens import tokenise

WORDS = st.lists(st.sampled_from("river dam Ostrel 40 41 the of was a count night".split()), min_size=0, max_size=60)


def words_of(text: str) -> list[str]:
    found = tokenise([text])
    return [text[start:end] for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True)]


def keys_of(text: str) -> list[int]:
    return [int(key) for key in tokenise([text]).keys]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They didn’t say.", ["They", "didn’t", "say"]),
        ("'Quoted' words'", ["Quoted", "words"]),
        ("1,250 of 3.5 per cent, or 7.", ["1,250", "of", "3.5", "per", "cent", "or", "7"]),
        ("co-operate—now", ["co", "operate", "now"]),
        ("東京で", ["東", "京", "で"]),
        ("حقوق الإنسان", ["حقوق", "الإنسان"]),
        ("e\u0301tat", ["e\u0301tat"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_what_is_a_word(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("OSTREL River", "ostrel river"),
        ("didn't", "didn’t"),
        ("état", "e\u0301tat"),
        ("ﬁnal", "final"),
        ("1,250", "1250"),
        ("“Yes” — he said", '"yes" - HE SAID'),
        ("１２", "12"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_what_is_folded_away(one: str, two: str) -> None:
    assert keys_of(one) == keys_of(two)


@pytest.mark.parametrize(("one", "two"), [("40", "41"), ("3.5", "35"), ("dam", "mad"), ("aa", "a a"), ("ab", "ba")])
def test_what_stays_apart(one: str, two: str) -> None:
    assert keys_of(one) != keys_of(two)


@given(st.lists(st.text(max_size=200), max_size=6))
def test_tokens_lie_where_they_say(texts: list[str]) -> None:
    found = tokenise(texts)
    assert found.bounds[0] == 0
    assert found.bounds[-1] == len(found.keys)
    for number, text in enumerate(texts):
        part = slice(found.bounds[number], found.bounds[number + 1])
        starts, ends = found.starts[part].tolist(), found.ends[part].tolist()
        assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5))
def test_a_text_has_the_same_tokens_in_any_company(texts: list[str]) -> None:
    together = tokenise(texts)
    alone = [tokenise([text]) for text in texts]
    assert together.keys.tolist() == [key for each in alone for key in each.keys.tolist()]
    assert together.starts.tolist() == [start for each in alone for start in each.starts.tolist()]


@given(WORDS, WORDS, WORDS, WORDS, WORDS, st.integers(1, 5), st.integers(1, 5))
def test_whoever_shares_a_run_shares_a_fingerprint(
    shared: list[str], a: list[str], b: list[str], c: list[str], d: list[str], size: int, window: int
) -> None:
    texts = [" ".join([*a, *shared, *b]), " ".join([*c, *shared, *d])]
    text, place, fp = fingerprints(tokenise(texts), size=size, window=window)
    sides = [set(fp[text == side].tolist()) for side in (0, 1)]
    if len(shared) >= size + window - 1:
        assert sides[0] & sides[1]
    lengths = np.diff(tokenise(texts).bounds)
    assert all(0 <= at <= lengths[side] - size for side, at in zip(text.tolist(), place.tolist(), strict=True))


def test_a_text_shorter_than_a_window_keeps_its_shingles() -> None:
    text, place, _ = fingerprints(tokenise(["a b c", "one two three four five six seven"]), size=3, window=5)
    assert place[text == 0].tolist() == [0]


def test_the_order_of_words_counts() -> None:
    one, two = (shingles(tokenise([text]).keys, 3).tolist() for text in ("a b c", "b a c"))
    assert one != two
