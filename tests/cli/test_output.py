"""What reaches a terminal is harmless, fits its width and is worded for people."""

from __future__ import annotations

import json
import shlex
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.cli.output import cut, json_line, many, plain, shell_word


@given(st.text())
def test_no_control_character_reaches_a_terminal(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert all(unicodedata.category(c)[0] != "C" or c in "\u200c\u200d" for c in shown)


def test_an_escape_sequence_becomes_visible() -> None:
    assert plain("a\x1b[2Jb\u202ec") == "a\ufffd[2Jb\ufffdc"


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_a_cut_line_fits(text: str, columns: int) -> None:
    assert len(cut(text, columns)) <= columns


def test_a_line_is_cut_at_a_word() -> None:
    assert cut("The river rose in the night", 18) == "The river rose in…"
    assert cut("The river", 18) == "The river"


@given(st.text())
def test_json_on_a_terminal_is_harmless_and_exact(text: str) -> None:
    line = json_line({"text": text})
    assert json.loads(line) == {"text": text}
    assert not any(unicodedata.category(c) == "Cc" for c in line)
    line.encode("utf-8")


@pytest.mark.parametrize(("number", "words"), [(0, "0 reports"), (1, "1 report"), (1200, "1,200 reports")])
def test_counting_words(number: int, words: str) -> None:
    assert many(number, "report") == words


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1))
def test_a_suggested_word_is_one_word_of_the_shell(word: str) -> None:
    assert shlex.split(shell_word(word)) == [word]
