"""Indirect speech: its content, its cue in every position, its source; what is one statement and what is two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reading_cases import said, wrong

from headwater.model import Certainty, Form


def stated(text: str) -> list[tuple[str, str | None]]:
    """The indirect statements of a text: words and the words beside them that name the source."""
    return [(item.text, item.beside) for item in said(text) if item.form is Form.INDIRECT]


POSITIONS = [
    ("Marrow said they came at night.", [("they came at night", "Marrow")]),
    ("Marrow said that they came at night.", [("they came at night", "Marrow")]),
    ("Marrow said on Friday that they came at night.", [("they came at night", "Marrow")]),
    ("Marrow told Radio Tavrin that they came at night.", [("they came at night", "Marrow")]),
    ("Marrow told Radio Tavrin they came at night.", [("they came at night", "Marrow")]),
    ("They came at night, Marrow said.", [("They came at night", "Marrow")]),
    ("Marrow, who fled last year, said they came at night.", [("they came at night", "Marrow, who fled last year")]),
    (
        "Marrow, who said he was ill, announced that they came at night.",
        [("he was ill", "Marrow"), ("they came at night", "Marrow, who said he was ill")],
    ),
    ("They came at night, said Marrow.", [("They came at night", "Marrow")]),
    ("They came at night, according to Marrow.", [("They came at night", "Marrow")]),
    ("They came at night, according to Marrow, a teacher.", [("They came at night", "Marrow, a teacher")]),
    ("According to Marrow, they came at night.", [("they came at night", "Marrow")]),
    ("According to the ministry, three rebels died.", [("three rebels died", "the ministry")]),
    ("According to Openhand, 40 men were held.", [("40 men were held", "Openhand")]),
    ("They came at night, Marrow told Radio Tavrin on Friday.", [("They came at night", "Marrow")]),
    ("They came at night, the ministry said in a statement.", [("They came at night", "the ministry")]),
    ("On Friday, the ministry said the prison was closed.", [("the prison was closed", "the ministry")]),
    ("The report says that the prison is closed.", [("the prison is closed", "The report")]),
    ("The report found that forty men were held.", [("forty men were held", "The report")]),
    ("Marrow claims her son is alive.", [("her son is alive", "Marrow")]),
    ("Marrow insists that her son is alive.", [("her son is alive", "Marrow")]),
    ("Marrow recalled how guards had beaten her.", [("how guards had beaten her", "Marrow")]),
    ("Marrow described how guards beat her.", [("how guards beat her", "Marrow")]),
    ("Strel urged the police to act.", [("urged the police to act", "Strel")]),
    ("Residents said at least 40 people had died.", [("at least 40 people had died", "Residents")]),
    ("Marrow, 34, said soldiers came at night.", [("soldiers came at night", "Marrow, 34")]),
    ("Marrow says the cell was “a grave”.", [("the cell was “a grave”", "Marrow")]),
    ("DUNMOOR (Corran Wire) — Marrow said they came at night.", [("they came at night", "Marrow")]),
]

WRONG = [
    ("According to residents, soldiers burned the village.", [("soldiers burned the village", "residents")]),
    ("According to police, the man shot his brother.", [("the man shot his brother", "police")]),
    ("Marrow, who lost her son, said they came at night.", [("they came at night", "Marrow, who lost her son")]),
    wrong("indirect._around: the subject before a parenthetical cue is lost",
          "Forty men, according to Openhand, are held there.", [("Forty men ... are held there", "Openhand")]),
    wrong("indirect._around: the subject before a parenthetical cue is lost",
          "Soldiers, Marrow said, came at night.", [("Soldiers ... came at night", "Marrow")]),
    wrong("indirect._around: what follows the cue is taken into the content",
          "The prison, the ministry said on Friday, was closed.", [("The prison ... was closed", "the ministry")]),
    ("Marrow says it was full; Hesk says it was empty.", [("it was full", "Marrow"), ("it was empty", "Hesk")]),
    wrong("indirect._content_end: a reporting verb inside the content cuts it",
          "Marrow said the men, Fenn and Tarn, had laughed.", [("the men, Fenn and Tarn, had laughed", "Marrow")]),
    wrong("indirect._around: the place of the statement is read as its content",
          "“We left,” Hesk said in a statement, adding the mill was “like an oven.”", []),
    ("According to her, the mill burned for a day.", [("the mill burned for a day", "her")]),
    ("Marrow went on to say they came at night.", [("they came at night", "Marrow")]),
    ("Lunn said rights groups report that forty are held.",
          [("rights groups report that forty are held", "Lunn")]),
    ("Marrow says: They came at night.", [("They came at night", "Marrow")]),
    wrong("indirect: 'denied being' swallows the assertion of 'saying'",
          "Marrow denied being paid, saying she had lost a tooth.",
          [("denied being paid", "Marrow"), ("she had lost a tooth", "Marrow")]),
    ("The ministry said on Friday the prison was closed.", [("the prison was closed", "The ministry")]),
    ("His family said he was forced to say so.", [("he was forced to say so", "His family")]),
    wrong("cues: a hearer and a noun without 'that' run together",
          "Marrow told reporters soldiers came at night.", [("soldiers came at night", "Marrow")]),
    wrong("indirect: 'told of' is no cue", "Neighbours told of men hung from trees.",
          [("men hung from trees", "Neighbours")]),
    ("Officials said forty men were held, but did not say where.", [("forty men were held", "Officials")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*POSITIONS, *WRONG])
def test_content_and_source(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officials said forty men were held and three had died.", ["forty men were held", "three had died"]),
        ("Officials said that forty men were held and that three had died.", ["forty men were held", "three had died"]),
        ("Marrow said guards beat her and she lost a tooth.", ["guards beat her", "she lost a tooth"]),
        ("Marrow said they came at night and left at dawn.", ["they came at night and left at dawn"]),
        ("Marrow said they came with dogs and guns.", ["they came with dogs and guns"]),
        ("They came at night, Marrow said, and took her son.", ["They came at night", "took her son"]),
    ],
)
def test_whole_clauses_joined_by_and_are_statements_of_their_own(text: str, expected: list[str]) -> None:
    assert [words for words, _ in stated(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marrow said she was beaten, while Hesk said she fell.", [("she was beaten", "Marrow"), ("she fell", "Hesk")]),
        ("Marrow said she was beaten, but Hesk said she fell.", [("she was beaten", "Marrow"), ("she fell", "Hesk")]),
        ("Marrow said she was beaten and Hesk said she fell.",
              [("she was beaten", "Marrow"), ("she fell", "Hesk")]),
        wrong("indirect: 'Marrow said A, Hesk that B' runs together",
              "Marrow said she was beaten, Hesk that she fell down.", [("she was beaten", "Marrow")]),
        ("While Marrow said she was beaten, Hesk said she fell.", [("she was beaten", "Marrow"), ("she fell", "Hesk")]),
        ("Marrow said she was beaten, adding that she fell.", [("she was beaten", "Marrow"), ("she fell", "Marrow")]),
    ],
)  # fmt: skip
def test_two_cues_in_one_sentence(text: str, expected: list[tuple[str, str]]) -> None:
    found = stated(text)
    for words, who in expected:
        assert any(words == said_words and who == said_by for said_words, said_by in found), found


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers came at night and took her son.",
        "Marrow is a teacher in Dunmoor.",
        "The floods claimed 30 lives.",
        "The report was published on Friday.",
        "The group found the girl in a ditch.",
        "It shows nothing new.",
        "Marrow did not say where her son was.",
        "I say the time has come.",
        "The law states are bound by it.",
        "Marrow was told to leave the town.",
    ],
)
def test_narrative_is_nobodys_statement(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Forty men are reportedly held in Dunmoor.", "Forty men are reportedly held in Dunmoor"),
        ("It is claimed that forty men are held.", "forty men are held"),
        ("Forty men are held, it is claimed.", "Forty men are held"),
        ("The men are said to be dead.", "The men are said to be dead"),
        ("The men were allegedly beaten with pipes.", "The men were allegedly beaten with pipes"),
    ],
)
def test_hearsay_names_nobody(text: str, words: str) -> None:
    (found,) = said(text)
    assert found.text == words
    assert found.who is None
    assert found.certainty is Certainty.UNCLEAR


@pytest.mark.xfail(strict=True, reason="asides.unnamed: 'Unconfirmed reports say' is read twice")
def test_unconfirmed_reports_are_nobody() -> None:
    (found,) = said("Unconfirmed reports say forty men are held.")
    assert found.certainty is Certainty.UNCLEAR


def test_what_is_quoted_and_a_statement_already_is_not_said_twice() -> None:
    text = "Marrow said they came at night and that they “took every boy in the street”."
    found = said(text)
    places = sorted(span for item in found for span in item.statement.content)
    assert all(a.end <= b.start for a, b in pairwise(places))
    assert {item.who for item in found} == {"Marrow"}
