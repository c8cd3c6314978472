"""Visible characters, marks over a text, and the alignment of two wordings."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from pages_read import words_of

from headwater.dossier.align import Change, aligned, shortened
from headwater.dossier.marking import Mark, pieces
from headwater.dossier.visible import has_unseen, language, mark_name, plain, shown, shown_part
from headwater.model import Span

ANY = st.text(st.characters(codec=None), max_size=60)
TRICKY = st.text(
    st.sampled_from(list("ab <>&\"'\r\n\t\x00\x1b\u200b\u200d\u202e\u2066\ufeff\ud83d\U000e0041👩ي")), max_size=40
)


@given(st.one_of(ANY, TRICKY))
def test_shown_text_reads_back_exactly(text: str) -> None:
    assert words_of(str(shown(text))) == text


@given(TRICKY, st.integers(0, 40), st.integers(0, 40))
def test_parts_read_back_exactly(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert words_of(str(shown_part(text, start, end))) == text[start:end]


@given(st.one_of(ANY, TRICKY))
def test_nothing_unseen_is_left_and_all_of_it_is_utf8(text: str) -> None:
    for out in (str(shown(text)), plain(text)):
        out.encode("utf-8")
        left = {c for c in out if unicodedata.category(c) in {"Cc", "Cf"} and c not in "\n\t\r\u200c\u200d"}
        assert not {c for c in left if not 0x600 <= ord(c) <= 0x8E2 and ord(c) not in {0x110BD, 0x110CD}}


@given(TRICKY)
def test_the_flag_agrees_with_the_marks(text: str) -> None:
    assert has_unseen(text) == ("⟨" in str(shown(text)))


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("a\u202eb", "⟨RLO⟩"),
        ("a\x00b", "⟨NUL⟩"),
        ("a\u200bb", "⟨ZWSP⟩"),
        ("a\U000e0041b", "⟨U+E0041⟩"),
        ("a\rb", "⟨CR⟩"),
    ],
)
def test_known_marks(text: str, marks: str) -> None:
    assert marks in str(shown(text))
    assert plain(text) == f"a{marks}b"
    assert mark_name(text[1]) == marks


def test_joiners_stay_where_a_script_needs_them() -> None:
    assert not has_unseen("می\u200cخواهم 👩\u200d🚒")
    assert has_unseen("pass\u200dword")


def test_a_windows_line_end_is_no_mark() -> None:
    assert not has_unseen("one\r\ntwo")
    assert words_of(str(shown("one\r\ntwo"))) == "one\r\ntwo"


@pytest.mark.parametrize(
    ("code", "kept"), [("en", "en"), ("pt-BR", "pt-BR"), ('en" onload="x', None), ("", None), (None, None)]
)
def test_only_a_language_stands_in_a_lang_attribute(code: str | None, kept: str | None) -> None:
    assert language(code) == kept


def test_500_overlapping_span_sets_read_back_exactly() -> None:
    chance = random.Random(7)
    for _ in range(500):
        text = "".join(chance.choice("ab c<&\r\n\u202e👩é\x00") for _ in range(chance.randint(1, 60)))
        spans = [sorted(chance.sample(range(len(text) + 1), 2)) for _ in range(chance.randint(0, 9))]
        marks = [Mark(Span(a, b), f"S{at}", "statement") for at, (a, b) in enumerate(spans)]
        cut = pieces(len(text), marks, [chance.randint(0, len(text))], [mark.span for mark in marks[:3]])
        fragment = Markup("").join(
            Markup('<span class="m">{}</span>').format(shown_part(text, piece.start, piece.end)) for piece in cut
        )
        assert words_of(str(fragment)) == text
        for mark in marks:
            covered = [piece for piece in cut if mark in piece.marks]
            assert (covered[0].start, covered[-1].end) == mark.span
            assert sum(piece.end - piece.start for piece in covered) == mark.span.length
            assert [piece.start for piece in cut if mark in piece.opens] == [mark.span.start]


def test_the_innermost_mark_comes_first() -> None:
    outer, inner = Mark(Span(0, 9), "S1", "statement"), Mark(Span(3, 5), "S2", "statement")
    (_, middle, _) = pieces(9, [outer, inner])
    assert middle.marks == (inner, outer)


def test_a_mark_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        pieces(4, [Mark(Span(2, 5), "S1", "statement")])
    with pytest.raises(ValueError, match="does not fit"):
        pieces(4, [], (), [Span(4, 4)])


def test_an_empty_text_has_no_pieces() -> None:
    assert pieces(0, []) == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_an_alignment_gives_the_variant_back(fullest: str, variant: str) -> None:
    stretches = aligned(fullest, variant)
    assert "".join(each.text for each in stretches if each.change is not Change.DROPPED) == variant


WORD = st.sampled_from("they told the mothers to pay or bury their sons can't cannot can not honour honor 12".split())


@given(st.lists(WORD, max_size=14), st.lists(WORD, max_size=14))
def test_dropped_and_kept_words_together_are_the_fullest_wording(ours: list[str], theirs: list[str]) -> None:
    fullest, variant = " ".join(theirs), " ".join(ours)
    stretches = aligned(fullest, variant)
    dropped = " ".join(each.text for each in stretches if each.change is Change.DROPPED).split()
    kept = [each for each in stretches if each.change is Change.SAME]
    rest = list(theirs)
    for word in (*dropped, *(word for each in kept for word in each.text.split())):
        rest.remove(word)
    spelt = [each for each in stretches if each.change is Change.SPELT]
    assert bool(rest) == bool(spelt)


@pytest.mark.parametrize(
    ("fullest", "variant", "changes"),
    [
        ("to pay, or to bury", "to pay or bury", [("same", "to pay or "), ("dropped", "to"), ("same", "bury")]),
        ("I can't go", "I cannot go", [("same", "I "), ("spelt", "cannot "), ("same", "go")]),
        ("I can't go", "I can go", [("same", "I "), ("dropped", "can't"), ("added", "can "), ("same", "go")]),
        ("we can not", "we can't", [("same", "we "), ("spelt", "can't")]),
        ("their honour", "their honor", [("same", "their "), ("spelt", "honor")]),
        ("same", "same", [("same", "same")]),
        ("gone", "", [("dropped", "gone")]),
        ("", "new", [("added", "new")]),
        ("", "", []),
    ],
)
def test_known_alignments(fullest: str, variant: str, changes: list[tuple[str, str]]) -> None:
    assert [(each.change.value, each.text) for each in aligned(fullest, variant)] == changes


def test_only_long_gaps_are_shortened() -> None:
    assert shortened("one two three") is None
    assert shortened("a b c d e f g h i") == ("a b c", "g h i")
