"""To whom, where and on what occasion something was said, and through whom it reached the report."""

from __future__ import annotations

import pytest
from reading_cases import only, said, wrong

TOLD = [
    ("“It is over,” Vask told the Corran Herald.", "the Corran Herald"),
    ("“It is over,” Vask told the Corran Herald by phone from Dunmoor on Friday.", "the Corran Herald"),
    ("“It is over,” Vask told Radio Tavrin in an interview.", "Radio Tavrin"),
    ("“It is over,” Vask told Radio Tavrin on Monday.", "Radio Tavrin"),
    ("“It is over,” Vask told reporters in Dunmoor.", "reporters in Dunmoor"),
    ("“It is over,” Vask told parliament on Friday.", "parliament"),
    ("“It is over,” Vask told the court.", "the court"),
    ("“It is over,” he told Norvik 24.", "Norvik 24"),
    ("Vask told Radio Tavrin: “It is over.”", "Radio Tavrin"),
    ("Vask told Radio Tavrin that “it is over”.", "Radio Tavrin"),
    ("In an interview with Radio Tavrin, Vask said: “It is over.”", "In an interview with Radio Tavrin"),
    ("“It is over,” Vask said in an interview with Radio Tavrin.", "in an interview with Radio Tavrin"),
    ("“It is over,” Vask said during a press conference.", "during a press conference"),
    ("“It is over,” the ministry said in a statement.", "in a statement"),
    ("“It is over,” the ministry said in a statement to the Corran Herald.", "in a statement to the Corran Herald"),
    ("Vask wrote on Facebook: “It is over.”", "on Facebook"),
    ("“It is over,” Vask wrote on Twitter.", "on Twitter"),
    ("“It is over,” Vask wrote in a letter to Openhand.", "in a letter to Openhand"),
    ("Speaking to reporters in Dunmoor, Vask said: “It is over.”", "Speaking to reporters"),
    ("Testifying before Parliament, Vask said: “It is over.”", "Testifying before Parliament"),
    ("“It is over,” Vask said by telephone.", "by telephone"),
    ("“It is over,” said Vask in a post on Telegram.", "in a post on Telegram"),
    ("Vask issued a statement saying: “It is over.”", "a statement"),
    ("“It is over,” Vask wrote in an op-ed for the Corran Herald.", "in an op-ed for the Corran Herald"),
    ("“It is over,” Vask said on QBC's “The Morning Hour”.", "QBC's “The Morning Hour”"),
    ("“It is over,” Vask said Monday on “Meet the Valley”.", "“Meet the Valley”"),
    ("“It is over,” Vask said in remarks at the River House.", "in remarks at the River House"),
    ("“It is over,” Vask said on the Senate floor.", "on the Senate floor"),
    ("“It is over,” the ministry said on its website.", "on its website"),
    ("“It is over,” Vask said via email.", "via email"),
    ("It is over, according to a new biography of Vask by Ilse Marrow.", "a new biography"),
    ("The Red Column posted a video in August saying it is over.", "a video"),
    ("The Red Column released an audio message claiming it is over.", "an audio message"),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_told_to(text: str, told: str) -> None:
    words = "it is over" if "it is over" in text else "It is over"
    found = only(text, words)
    assert found.told == told
    place = found.statement.told_to
    assert place is not None
    assert " ".join(place.span.of(text).split()) == told


@pytest.mark.parametrize(
    "text",
    [
        "“It is over,” Vask said.",
        "“It is over,” Vask told her.",
        "“It is over,” Vask said, according to police.",
        wrong("told._occasion: a place inside a relative clause is no occasion",
              "Vask, who was not in court, said “it is over” for him."),
        "“It is over,” Vask said on Friday.",
        "“It is over,” said the Corran Herald.",
        "“I told the Corran Herald in an interview,” Vask said.",
    ],
)  # fmt: skip
def test_nothing_is_told_to_anybody(text: str) -> None:
    assert only(text, "t is over" if "t is over" in text else "I told the Corran").told is None


@pytest.mark.parametrize(
    ("text", "words", "via"),
    [
        ("“It is over,” Vask said, according to a translation by the Corran Herald.", "It is over", "Corran Herald"),
        ("“It is over,” Vask said, according to Corran Wire.", "It is over", "Corran Wire"),
        ("Vask was quoted by Corran Wire as saying: “It is over.”", "It is over", "Corran Wire"),
        ("“It is over,” Vask said, as reported by Radio Tavrin.", "It is over", "Radio Tavrin"),
        ("Corran Wire reported that Vask had said it was over.", "it was over", "Corran Wire"),
        ("“You have no rights,” the guard told her, according to Ilse Marrow.", "You have no rights", "Ilse Marrow"),
        ("“It is over,” Vask said, according to police.", "It is over", "police"),
        ("“It is over,” Vask told Radio Tavrin, Northquay Herald reports.", "It is over", "Northquay Herald"),
        ("According to Ilse Marrow, the colonel said: “You have no rights.”", "You have no rights", "Ilse Marrow"),
        ("“You have no rights,” the guard said, Ilse Marrow recalled.", "You have no rights", "Ilse Marrow"),
        wrong("cues: 'X quoted Y as saying' makes X the source",
              "“It is over,” Corran Wire quoted Vask as saying.", "It is over", "Corran Wire"),
        ("“It is over,” Vask was quoted as saying by Corran Wire.", "It is over", "Corran Wire"),
    ],
)  # fmt: skip
def test_through_whom(text: str, words: str, via: str) -> None:
    found = only(text, words)
    assert any(via in name for name in found.via)
    assert not found.is_by(via)


@pytest.mark.parametrize(
    ("text", "words", "who", "behind"),
    [
        ("Petra Lunn said rights groups report that forty men are held.", "forty men", "Lunn", "rights groups"),
        ("“Rights groups report that forty men are held,” said Petra Lunn.", "forty men", "Lunn", "Rights groups"),
        ("“According to our sources, forty men are held,” said Petra Lunn.", "forty men", "Lunn", "our sources"),
        ("Rights groups report that forty men are held, said Petra Lunn.", "forty men", "Lunn", "Rights groups"),
        ("Vask confessed that he had thrown it, the police said.", "he had thrown it", "police", "Vask"),
    ],
)  # fmt: skip
def test_whom_the_source_relies_on(text: str, words: str, who: str, behind: str) -> None:
    found = only(text, words)
    assert found.is_by(who)
    assert behind in found.behind


@pytest.mark.parametrize(
    "text",
    [
        "“It is over,” Vask said on QBC's “The Morning Hour”.",
        "“It is over,” Vask said in the film “A River of Salt”.",
        "“It is over,” Vask wrote in the book titled “The Long Night”.",
    ],
)
def test_the_title_of_a_programme_or_a_book_is_nobody_s_words(text: str) -> None:
    assert [each.text for each in said(text)] == ["It is over,"]


def test_a_short_cry_in_capitals_is_still_said() -> None:
    assert "Free Dunmoor Now" in [each.text.rstrip("!") for each in said("The crowd shouted: “Free Dunmoor Now!”")]
