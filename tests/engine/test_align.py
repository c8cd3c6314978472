"""Alignment: which stretches of two texts are one passage, and that a pair's answer depends on nothing but the pair."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.engine.align import Box, align
from headwater.engine.quoted import quoted, within
from headwater.engine.seeds import Pair
from headwater.engine.tokens import token_keys, tokenise
from headwater.engine.weights import FULL, Weights, counted

NONE = Weights(np.zeros(0, np.int32), np.zeros(0, np.int64))
PLAIN = counted(np.zeros(0, np.int32), np.zeros(0, np.int64), 5)


def text_of(seed: int, words: int) -> list[str]:
    chance = random.Random(seed)
    return [f"w{chance.randrange(10**9)}" for _ in range(words)]


def pair_of(a: list[str], b: list[str]) -> Pair:
    return Pair(token_keys(tokenise([" ".join(a)])), token_keys(tokenise([" ".join(b)])))


def boxes(a: list[str], b: list[str], weights: Weights = NONE) -> list[Box]:
    return aligned([pair_of(a, b)], weights)[0]


def aligned(pairs: list[Pair], weights: Weights = NONE) -> list[list[Box]]:
    return list(align(pairs, weights.of(np.concatenate([pair.a for pair in pairs]))))


PASSAGE = text_of(1, 60)
BEFORE, BEHIND, ELSE, MORE = text_of(2, 90), text_of(3, 90), text_of(4, 300), text_of(5, 300)


def only(found: list[Box]) -> Box:
    assert len(found) == 1, found
    return found[0]


def test_a_passage_is_found_to_the_word() -> None:
    box = only(boxes([*BEFORE, *PASSAGE, *BEHIND], [*ELSE, *PASSAGE, *MORE]))
    assert box[:5] == (90, 150, 300, 360, 60)


def test_texts_that_share_nothing_have_no_box() -> None:
    assert boxes(BEFORE + ELSE, BEHIND + MORE) == []


@pytest.mark.parametrize("share", [0.05, 0.15, 0.3])
def test_an_edited_passage_is_one_box(share: float) -> None:
    chance = random.Random(9)
    edited = [word if chance.random() > share else f"x{number}" for number, word in enumerate(PASSAGE)]
    box = only(boxes([*BEFORE, *PASSAGE, *BEHIND], [*ELSE, *edited, *MORE]))
    assert box.a_start in range(90, 96)
    assert box.a_end in range(144, 151)


def test_a_passage_whose_halves_changed_places_is_one_box() -> None:
    box = only(boxes([*BEFORE, *PASSAGE, *BEHIND], [*ELSE, *PASSAGE[30:], *PASSAGE[:30], *MORE]))
    assert box[:5] == (90, 150, 300, 360, 60)


def test_a_passage_with_a_sentence_left_out_is_one_box() -> None:
    box = only(boxes([*BEFORE, *PASSAGE[:20], *ELSE[:100], *PASSAGE[20:], *BEHIND], [*MORE, *PASSAGE]))
    assert box[:5] == (90, 250, 300, 360, 60)


def test_two_passages_far_apart_are_two_boxes_in_whatever_order() -> None:
    two = text_of(6, 50)
    found = boxes([*PASSAGE, *ELSE, *two], [*BEHIND, *two, *MORE, *PASSAGE])
    assert [box.shared for box in found] == [60, 50]
    assert found[0].b_start > found[1].b_end


def test_a_passage_that_one_text_says_twice_is_one_box() -> None:
    assert len(boxes([*PASSAGE, *ELSE, *PASSAGE], [*BEHIND, *PASSAGE, *MORE])) == 1


def test_a_number_that_differs_is_seen() -> None:
    changed = [*PASSAGE[:30], "41", *PASSAGE[31:]]
    assert only(boxes([*BEFORE, *PASSAGE], [*ELSE, *changed])).shared == 59


def test_everyday_words_alone_are_nothing() -> None:
    everyday = "it is not that there was".split()
    assert boxes([*BEFORE, *everyday, *BEHIND], [*ELSE, *everyday, *MORE], PLAIN) == []
    assert boxes([*BEFORE, *everyday, *BEHIND], [*ELSE, *everyday, *MORE], NONE) != []


@given(st.integers(0, 10**6), st.integers(1, 4))
def test_a_pair_is_answered_alike_in_any_company(seed: int, company: int) -> None:
    chance = random.Random(seed)
    vocabulary = [f"v{number}" for number in range(30)]
    pairs = [
        pair_of([chance.choice(vocabulary) for _ in range(60)], [chance.choice(vocabulary) for _ in range(60)])
        for _ in range(company)
    ]
    alone = [aligned([pair])[0] for pair in pairs]
    assert aligned(pairs) == alone
    for pair, found in zip(pairs, alone, strict=True):
        for box in found:
            assert 0 <= box.a_start < box.a_end <= len(pair.a)
            assert 0 <= box.b_start < box.b_end <= len(pair.b)
            assert box.shared <= min(box.a_end - box.a_start, box.b_end - box.b_start)


def test_weights_are_found_whatever_their_keys() -> None:
    keys = np.array([-(2**31), -70_000, -1, 0, 1, 65_536, 2**31 - 1], np.int32)
    weights = Weights(keys, np.arange(len(keys)))
    assert weights.of(keys).tolist() == list(range(len(keys)))
    assert weights.of(np.array([2, -2, 70_000], np.int32)).tolist() == [FULL] * 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said “no food for us” then.", "no food for us"),
        ('He said "no food for us" then.', "no food for us"),
        ("Er sagte „kein Brot“ dann.", "kein Brot"),
        ("Il dit « pas de pain » alors.", "pas de pain"),
        ("She wrote 'they took him at night' there.", "they took him at night"),
        ("It isn't the men's fault.", ""),
        ("An open “mark ends with its line\nnot here", "mark ends with its line"),
        ("Odd.\nThey took the bridge — Ilan Torv (@ilantorv) May 3\nMore", "They took the bridge Ilan Torv ilantorv"),
    ],
)
def test_what_stands_in_quotation_marks(text: str, words: str) -> None:
    tokens = tokenise([text])
    edges = quoted(text, tokens.starts)
    inside = [
        text[start:end]
        for number, (start, end) in enumerate(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))
        if within(edges, number, number + 1)
    ]
    assert " ".join(inside) == words
