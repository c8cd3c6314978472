"""The reader's interface: languages, passages that are read and that are not, figures, dates and citations in place."""

from __future__ import annotations

import pytest
from reading_cases import divided, reading_of, report_of, said_in

from headwater.model import Certainty, CitationKind, PassageKind, SourceKind
from headwater.reading import UNREAD, reader_for

STORY = """Forty men held in secret prison in Dunmoor

By Ola Fenwick

Forty men are held in a secret prison in Dunmoor, the rights group Openhand said on Friday.

“They hung me from a beam,” a survivor told Radio Tavrin. “I was there for nine days.”

Ilse Marrow, whose son was taken in March, said at least three men had died.

Read more: Governor opens school in Oskel

“Nobody is held in Dunmoor,” the governor's spokesman, Viktor Drane, told Corran Newswire.

The Corran Herald could not independently verify the claims.

A guard outside the prison in Dunmoor. (Picture: Vale Press Agency)
"""


def test_a_whole_report() -> None:
    found = said_in(divided(STORY))
    by = {item.text: item for item in found}
    assert by["They hung me from a beam,"].who == "a survivor"
    assert by["They hung me from a beam,"].told == "Radio Tavrin"
    assert by["I was there for nine days."].who == "a survivor"
    assert by["at least three men had died"].is_by("Ilse Marrow")
    assert any(item.is_by("Openhand") for item in found)
    assert any(item.stance.value == "caveat" and item.is_by("Corran Herald") for item in found)
    assert not any("Oskel" in item.text for item in found)
    assert by["Nobody is held in Dunmoor,"].told == "Corran Newswire"


def test_figures_hang_on_the_statement_that_carries_them() -> None:
    reading = reading_of(divided(STORY))
    mentions = {mention.id: mention.text for mention in reading.mentions}
    dead = [figure for figure in reading.figures if figure.act == "killed"]
    assert [(figure.low, figure.high) for figure in dead] == [(3, None)]
    assert "Ilse Marrow" in mentions[dead[0].source or ""]


def test_citations_name_whom_it_was_told_and_who_took_the_picture() -> None:
    kinds = {(citation.kind, citation.name) for citation in reading_of(divided(STORY)).citations}
    assert (CitationKind.CREDIT, "Vale Press Agency") in kinds
    assert (CitationKind.TOLD, "Corran Newswire") in kinds


@pytest.mark.parametrize("name", ["the Corran Herald", "Radio Tavrin"])
def test_an_outlet_that_was_told_something_is_cited(name: str) -> None:
    reading = reading_of(report_of(f"“It is over,” Marrow told {name}."))
    assert [(citation.kind, citation.name) for citation in reading.citations] == [(CitationKind.TOLD, name)]


def test_a_carrier_is_cited_and_is_of_its_kind() -> None:
    reading = reading_of(report_of("Vale News Agency reported that forty men were held."))
    assert [mention.kind for mention in reading.mentions] == [SourceKind.AGENCY]
    assert CitationKind.REPORTED_BY in {citation.kind for citation in reading.citations}


@pytest.mark.parametrize("language", [None, "en", "EN", "en-GB", "en-US"])
def test_english_and_unknown_languages_are_read(language: str | None) -> None:
    assert reader_for(language) is reader_for("en")
    assert reader_for(language).read(report_of("Marrow said they came.")).statements


@pytest.mark.parametrize("language", ["fr", "ru", "de-DE"])
def test_other_languages_are_said_to_be_unread(language: str) -> None:
    reading = reader_for(language).read(report_of("Marrow said they came."))
    assert not reading.statements
    assert reading.notes
    assert reader_for(language) is UNREAD


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "“", "\ufeff", "12", "said", "“said”", "He said."])
def test_almost_nothing_is_read_without_harm(text: str) -> None:
    reading = reading_of(report_of(text))
    assert reading.report == report_of(text).id


def test_a_byline_is_nobodys_speech() -> None:
    text = "A raid\n\nBy Ola Fenwick, who said she was told\n\nThe raid took place in May, in the north of Dunmoor."
    assert not any(item.is_by("Fenwick") for item in said_in(divided(text)))


def test_a_caption_is_read_but_marked() -> None:
    text = (
        "A raid in Dunmoor\n\nThe raid took place in May, in the north.\n\n"
        "Ilse Marrow said they came at night. (Picture: Vale Press Agency)\n\nThe governor has not spoken of it."
    )
    found = [item for item in said_in(divided(text)) if item.is_by("Ilse Marrow")]
    assert found
    assert {item.statement.passage for item in found} == {PassageKind.CAPTION}


def test_nobody_is_filled_in_by_guessing() -> None:
    text = "The door of the mill broke.\n“They came at night and took every boy.”\nThe rain fell."
    (found,) = said_in(report_of(text))
    assert found.who is None
    assert found.certainty is Certainty.UNCLEAR
