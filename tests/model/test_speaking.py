"""How records are spoken of: to whom it was said, headings without loose ends, denials that read as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import as_heading, says_no, told_words, with_name


@pytest.mark.parametrize(
    ("told", "spoken"),
    [
        ("Radio Selm", ("told to", "Radio Selm")),
        ("to reporters", ("told to", "reporters")),
        ("At a press conference", ("said", "at a press conference")),
        ("In an interview with Radio Selm", ("said", "in an interview with Radio Selm")),
        ("outside the harbour office", ("said", "outside the harbour office")),
        ("an announcement", ("said", "in an announcement")),
        ("a video message", ("said", "in a video message")),
        ("the News Agency", ("told to", "the News Agency")),
        ("Twitter", ("said", "on Twitter")),
        ("@marnoffice", ("said", "on Twitter (@marnoffice)")),
        ("“The Morning Hour”", ("said", "on “The Morning Hour”")),
        ("testimony", ("said", "in testimony")),
        ("in", ("told to", "in")),
        ("Inland Post", ("told to", "Inland Post")),
    ],
)
def test_a_listener_is_told_and_an_occasion_is_where_it_was_said(told: str, spoken: tuple[str, str]) -> None:
    assert told_words(told) == spoken


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("They left the harbour,", "They left the harbour"),
        ("They say, ‘Go, or we will,’", "They say, ‘Go, or we will’"),
        ("We do it ourselves.’", "We do it ourselves."),
        ("the fishers’", "the fishers’"),
        ('they called it "the tide"', 'they called it "the tide"'),
        ('gone."', "gone."),
        ("“Go,” he said", "“Go,” he said"),
        (",", ","),
        (", “", ","),
        ("", ""),
    ],
)
def test_a_heading_ends_where_its_words_end(text: str, heading: str) -> None:
    assert as_heading(text) == heading


@given(st.text(alphabet="ab ,.'’‘“”\"»«é", max_size=30))
def test_a_heading_loses_no_word_and_is_stable(text: str) -> None:
    heading = as_heading(text)
    assert [each for each in heading if each.isalpha()] == [each for each in text if each.isalpha()]
    assert as_heading(heading) == heading
    assert len(heading) <= len(text)


def test_a_denial_that_only_its_cue_makes_one_does_not_read_as_one() -> None:
    assert says_no("There is no camp at the quay")
    assert says_no("rejected the report")
    assert says_no("We don’t hold anybody")
    assert not says_no("there is a camp at the quay")


def test_a_carrier_without_its_name_is_given_it() -> None:
    assert with_name("the channel", "Radio Selm") == "the channel (Radio Selm)"
    assert with_name("the channel", None) == "the channel"
    assert with_name("Selm News", "Radio Selm") == "Selm News"
