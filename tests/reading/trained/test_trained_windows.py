"""A text as the model sees it: pieces that fit the text, letter shapes, quotation state, windows that lose nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.model import Passage, PassageKind, Span
from headwater.reading.english.quotations import find_quotations
from headwater.reading.english.tokens import lines_of
from headwater.reading.trained.weights import reader_weights
from headwater.reading.trained.windows import CLS, SEP, WIDTH, Pieces, pieces_of, row_of, windows_of

SMALL, CAPITAL, CAPITALS, MIXED, DIGITS, OTHER = range(6)
OUTSIDE, INSIDE, FEW, MARK = range(4)


def pieces(text: str) -> Pieces:
    body = Passage(Span(0, len(text)), PassageKind.BODY)
    lines = [line for line, _ in lines_of(text, [body], frozenset({PassageKind.BODY}))]
    return pieces_of(reader_weights().tokenizer, text, lines, find_quotations(text, lines))


def seen(text: str) -> list[tuple[str, int, int]]:
    found = pieces(text)
    rows = zip(found.start, found.end, found.shape, found.state, strict=True)
    return [(text[start:end], int(shape), int(state)) for start, end, shape, state in rows]


def test_shapes_of_letters() -> None:
    assert [(word, shape) for word, shape, _ in seen("Mira saw 12 UN men on a McBus.")][:4] == [
        ("Mira", CAPITAL),
        ("saw", SMALL),
        ("12", DIGITS),
        ("UN", CAPITALS),
    ]


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "«»"])
def test_the_state_of_a_quotation_is_the_same_for_all_marks(marks: str) -> None:
    text = f"She said {marks[0]}they came at night with dogs{marks[1]} to her."
    found = pieces(text)
    assert [state for _, _, state in seen(text)] == [0, 0, MARK, *[INSIDE] * 6, MARK, 0, 0, 0]
    straight = pieces('She said "they came at night with dogs" to her.')
    assert found.ids.tolist() == straight.ids.tolist()


def test_a_quoted_word_or_two_is_told_from_speech() -> None:
    assert FEW in {state for _, _, state in seen("He called it “pure invention” again.")}


def test_a_break_stands_between_lines() -> None:
    found = pieces("First line.\n\nSecond line.")
    assert found.ids.tolist().count(SEP) == 1
    at = found.ids.tolist().index(SEP)
    assert found.start[at] == found.end[at] == len("First line.\n\n")


def test_letters_beyond_the_table_and_marks_that_are_two_units_elsewhere() -> None:
    text = "Ж said 😀 “нет” and 𝔸 wept."
    assert "".join(word for word, _, _ in seen(text)) == text.replace(" ", "")
    assert [state for word, _, state in seen(text) if word in "нет"] == [FEW] * sum(
        word in "нет" for word, _, _ in seen(text)
    )


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300), st.integers(24, WIDTH))
def test_every_piece_is_in_exactly_one_window(text: str, width: int) -> None:
    found = pieces(text * 3)
    windows = windows_of(found, width)
    assert [at for window in windows for at in range(*window)] == list(range(len(found.ids)))
    assert all(0 < window.last - window.first < width for window in windows)
    assert (np.diff(found.start) >= 0).all()


def test_windows_end_at_a_line_or_a_sentence() -> None:
    text = "\n".join(f"Line {number} says that somebody came at night. And left." for number in range(80))
    found = pieces(text)
    for window in windows_of(found)[:-1]:
        assert found.ids[window.last - 1] == SEP
    run_on = text.replace("\n", " ")
    joined = pieces(run_on)
    for window in windows_of(joined)[:-1]:
        assert run_on[joined.start[window.last - 1]] == "."


def test_a_row_is_a_window_opened_by_a_mark() -> None:
    found = pieces("\n".join(f"Somebody, number {number}, said that they came." for number in range(60)))
    for window in windows_of(found):
        row = row_of(found, window)
        assert all(values.shape == (1, 1 + window.last - window.first) for values in row.values())
        assert row["ids"][0, 0] == CLS
        assert row["ids"][0, 1:].tolist() == found.ids[window.first : window.last].tolist()
