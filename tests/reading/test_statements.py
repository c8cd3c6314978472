"""Statements put together: places, forms, certainty, reasons; posts, signed words and pull-quotes."""

from __future__ import annotations

import pytest
from reading_cases import carrying, divided, only, reading_of, report_of, said, said_in, wrong

from headwater.model import Certainty, Form, PassageKind, Span


def test_content_is_what_was_said_without_its_marks() -> None:
    text = "“They came at night,” Marrow said."
    (found,) = said(text)
    assert found.statement.content == (Span(1, text.index("”")),)
    assert found.text == "They came at night,"


def test_a_clause_around_a_quotation_is_one_statement_in_two_places() -> None:
    text = "Marrow said the men “came at night like thieves” and took her son."
    places = [span for item in said(text) for span in item.statement.content]
    assert len(places) == len(set(places))
    assert {item.who for item in said(text)} == {"Marrow"}
    joined = " ".join(item.text for item in said(text))
    assert "came at night like thieves" in joined
    assert "took her son" in joined


@pytest.mark.parametrize(
    ("text", "words", "form", "certainty"),
    [
        ("“They came at night,” Marrow said.", "They came", Form.DIRECT, Certainty.CLEAR),
        ("Marrow said they “came like thieves at night”.", "came like", Form.MIXED, Certainty.CLEAR),
        ("Marrow said they came at night.", "they came", Form.INDIRECT, Certainty.CLEAR),
        ("They reportedly came at night.", "They reportedly", Form.INDIRECT, Certainty.UNCLEAR),
        ("The door broke.\n“They came at night and took him.”", "They came", Form.DIRECT, Certainty.UNCLEAR),
    ],
)
def test_form_and_certainty(text: str, words: str, form: Form, certainty: Certainty) -> None:
    found = only(text, words)
    assert (found.form, found.certainty) == (form, certainty)
    assert found.statement.reasons


def test_every_statement_gives_its_reason() -> None:
    text = "“They came,” Marrow said.\n“They took my son from me.”\nHesk denied it. The men are reportedly dead."
    assert all(item.statement.reasons and all(item.statement.reasons) for item in said(text))


def test_a_pull_quote_has_likely_the_speaker_of_the_same_words() -> None:
    text = (
        "A raid in Dunmoor is remembered\n\n"
        "“They took every boy in the street,” Ilse Marrow said on Monday.\n\n"
        "The town has not forgotten the night of the raid.\n\n"
        "“They took every boy in the street”\n\n"
        "The governor has not spoken of the raid in Dunmoor."
    )
    found = [item for item in said_in(divided(text)) if item.text.startswith("They took every boy")]
    assert [item.who for item in found] == ["Ilse Marrow", "Ilse Marrow"]
    assert [item.certainty for item in found] == [Certainty.CLEAR, Certainty.LIKELY]


@pytest.mark.parametrize(
    ("text", "words", "passage"),
    [
        ("‘They came at night’, says Marrow\n\nThe raid took place in May, in the north.", "They came", "headline"),
        ("A raid\n\nMarrow said they came at night.", "they came", "body"),
    ],
)
def test_the_passage_is_kept(text: str, words: str, passage: str) -> None:
    found = carrying(said_in(divided(text)), text, words)
    assert found
    assert found[0].statement.passage is PassageKind(passage)


def test_ids_hang_on_places_alone() -> None:
    text = "“They came at night,” Marrow said. She said they left."
    first = [statement.id for statement in reading_of(report_of(text)).statements]
    assert first == [statement.id for statement in reading_of(report_of(text)).statements]
    assert len(set(first)) == len(first)
    other = [statement.id for statement in reading_of(report_of(text + " ")).statements]
    assert not set(first) & set(other)


def test_words_repeated_in_a_report_are_statements_of_their_own() -> None:
    text = "“Never again,” Marrow said.\n“Never again,” Hesk said."
    found = said(text)
    assert [item.who for item in found] == ["Marrow", "Hesk"]
    assert found[0].statement.id != found[1].statement.id


@pytest.mark.parametrize(
    ("text", "words", "outer"),
    [
        wrong("statements: a quotation inside a quotation is never a statement with `inside` set",
              "“The guard told me, ‘You will die here,’ and he laughed,” Marrow said.", "You will die here", "Marrow"),
    ],
)  # fmt: skip
def test_a_quotation_inside_a_quotation_says_in_which_it_stands(text: str, words: str, outer: str) -> None:
    inner = [item for item in said(text) if item.text.startswith(words)]
    assert len(inner) == 1
    holder = next(item for item in said(text) if item.statement.id == inner[0].statement.inside)
    assert holder.is_by(outer)
    assert not inner[0].is_by(outer)


@pytest.mark.parametrize("words", ["Yes,", "No, never,", "Not a chance,"])
def test_short_answers_are_statements(words: str) -> None:
    (found,) = said(f"“{words}” Marrow said.")
    assert found.text == words
    assert found.who == "Marrow"


@pytest.mark.parametrize(
    "text",
    ["The road is shut. — Ilse Marrow @ilse", "The road is shut — @ilse", "The road is shut. - @ilse Marrow (press)"],
)
def test_a_post_whose_handle_stands_in_an_odd_place_is_read_without_harm(text: str) -> None:
    assert not [each for each in said(text) if each.text == text]


def test_words_that_only_begin_like_an_aside_still_name_somebody() -> None:
    text = "As I think many do.\n\nMay, speaking on a visit to Dunmoor, said the statement showed the way."
    assert all(each.mention is None or each.mention.text for each in said(text))
