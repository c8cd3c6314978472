"""The judge of rewording: sure of retellings and trims, not of neighbours on one topic; and the search among many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tracing_cases import Said, report

from headwater.tracing.matching import Matcher
from headwater.tracing.material import Piece, Weights, prepare
from headwater.tracing.rewording import FEATURES, Cosines, Vectors, features, probability

STORY = (
    "The guards led eleven fishermen from the harbour of Velm before dawn.",
    "Our boats were burned while we watched from the hill.",
    "The mayor of Velm refused to open the granary for the families.",
    "My brother was taken to the salt works and beaten with cables.",
    "Nobody in the ministry has answered our three letters.",
    "They gave us bread once a day and water that tasted of rust.",
)
RETOLD = (
    "Eleven fishermen were led away from Velm harbour by guards before dawn.",
    "They burned our boats and we watched it from the hill.",
    "Velm's mayor would not open the granary to the families.",
    "Guards took his brother to the salt works, where he was beaten with cables.",
    "None of their three letters to the ministry was answered.",
    "Bread came once a day, and water tasting of rust.",
)


def pieces_of(*reports: Sequence[str]) -> tuple[list[Piece], list[Piece], Weights]:
    """Two reports of sentences, each said by somebody, as statements ready for comparing."""
    made = [
        report("\n".join(texts), *(Said(text, None) for text in texts), outlet=str(number))
        for number, texts in enumerate(reports)
    ]
    material = prepare([found for found, _ in made], [reading for _, reading in made])
    one, two = ([piece for piece in material.pieces if piece.statement.report == found.id] for found, _ in made)
    return one, two, material.weights


@pytest.fixture(scope="module")
def told() -> tuple[list[Piece], list[Piece], Weights]:
    return pieces_of(STORY, RETOLD)


def judged(one: str, two: str, *others: str) -> float:
    (a,), (b, *_), weights = pieces_of([one], [two, *STORY, *others])
    return probability(a, b, weights)


def odds(chance: float) -> float:
    return chance / (1 - chance)


def test_a_retelling_is_more_likely_than_every_other_sentence_of_the_story(
    told: tuple[list[Piece], list[Piece], Weights],
) -> None:
    story, retold, weights = told
    for place, piece in enumerate(story):
        chances = [probability(piece, other, weights) for other in retold]
        assert chances.index(max(chances)) == place
        assert max(chance for i, chance in enumerate(chances) if i != place) < 0.3


def test_the_same_words_and_a_trimmed_part_are_nearly_sure() -> None:
    whole = "The guards led eleven fishermen from the harbour of Velm before dawn"
    assert judged(whole, f"{whole}, in the rain.") > 0.9
    assert judged("eleven fishermen from the harbour of Velm", whole) > 0.9


@pytest.mark.parametrize(
    "other",
    [
        "The guards led thirty fishermen from the harbour of Velm before dawn.",
        "The guards never led eleven fishermen from the harbour of Velm before dawn.",
        "The guards led eleven fishermen from the harbour of Ostrel before dawn.",
    ],
)
def test_another_number_name_or_a_denial_makes_it_less_likely(other: str) -> None:
    assert odds(judged(STORY[0], other)) < odds(judged(STORY[0], STORY[0])) / 3


def test_words_that_differ_in_a_letter_still_speak_for_a_rewording() -> None:
    one = "The envoy reached Karamovo with medicine"
    near, far = (
        judged(one, "Medicine came to Karamova with the envoy"),
        judged(one, "Medicine came to Brenn with the envoy"),
    )
    assert near > far + 0.05


def test_vectors_that_agree_raise_the_probability_and_vectors_that_do_not_lower_it() -> None:
    (a,), (b, *_), weights = pieces_of(["They set our boats on fire."], ["Our ships were put to the torch.", *STORY])
    assert (
        probability(a, b, weights, 0.9) > probability(a, b, weights, 0.5) + 0.1 > probability(a, b, weights, 0.1) + 0.1
    )


@given(st.data())
def test_the_order_of_the_two_changes_nothing(data: st.DataObject) -> None:
    words = st.lists(st.sampled_from(" ".join(STORY).replace(".", "").split()), min_size=1, max_size=12).map(" ".join)
    (a,), (b,), weights = pieces_of([data.draw(words)], [data.draw(words)])
    there, back = features(a, b, weights), features(b, a, weights)
    assert there == pytest.approx(back)
    assert len(there) == len(FEATURES)
    assert 0 <= probability(a, b, weights) <= 1
    assert 0 <= probability(a, b, weights, -1.0) <= probability(a, b, weights, 1.0) <= 1


def test_each_text_is_encoded_once_and_only_when_it_is_asked_for(
    told: tuple[list[Piece], list[Piece], Weights],
) -> None:
    story, retold, _ = told
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return np.eye(len(texts), 384, dtype=np.float32)

    cosines = Cosines(encode)
    assert asked == []
    assert cosines.of([(story[0], retold[0]), (story[0], story[0])]) == [0.0, 1.0]
    cosines.of([(retold[0], story[0])])
    assert asked == [STORY[0], RETOLD[0]]


def test_the_right_one_is_found_among_all_and_among_a_few(told: tuple[list[Piece], list[Piece], Weights]) -> None:
    story, retold, _ = told
    matcher = Matcher(retold)
    assert [matcher.best(piece).place for piece in story] == list(range(len(STORY)))
    assert matcher.best(story[0], among=[2, 4]).place in {2, 4}
    assert matcher.nearest(story[3], 1) == [3]
    with pytest.raises(ValueError, match="no statement"):
        matcher.best(story[0], among=[])
    with pytest.raises(ValueError, match="no statement"):
        Matcher([]).best(story[0])


def test_what_stands_beside_decides_between_two_with_the_same_words() -> None:
    said = ("We saw the lights on the ridge.", "Then they came.", "The dogs barked until morning.")
    there = ("A bus stopped at the mill.", "Then they came!", "The miller hid his sons.", *said)
    ask, others, _ = pieces_of(said, there)
    matcher = Matcher(others)
    assert matcher.best(ask[1]).lead == 0
    found = matcher.best(ask[1], ask[0], ask[2])
    assert found.place == 4
    assert found.lead > 0.1


def test_only_what_the_words_leave_in_doubt_is_encoded() -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        rows = np.zeros((len(texts), 384), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0 if "torch" in text or "fire" in text else 1] = 1
        return rows

    sets = ("Their ships were put to the torch.", "Their ships were put to sea.")
    ask, others, _ = pieces_of([STORY[0], "Their ships were set on fire."], [*STORY, *sets])
    matcher = Matcher(others, Cosines(encode))
    assert matcher.best(ask[0]).place == 0
    assert asked == []
    assert matcher.best(ask[1]).place == len(STORY)
    assert asked
