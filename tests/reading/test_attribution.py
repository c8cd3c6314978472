"""Who speaks in a quotation by the words beside it: after, before, around, a colon, a signature, or nobody."""

from __future__ import annotations

import pytest
from reading_cases import carrying, divided, only, said, said_in, wrong

from headwater.model import Certainty, Form

Q = "We left before dawn"

BESIDE = [
    (f"“{Q},” Marrow said.", "Marrow", "said"),
    (f"“{Q},” said Marrow.", "Marrow", "said"),
    (f"“{Q}”, said Marrow.", "Marrow", "said"),
    (f"“{Q}” – Marrow said.", "Marrow", "said"),
    (f"“{Q}!” Marrow shouted.", "Marrow", "shouted"),
    (f"“{Q}?” Marrow asked.", "Marrow", "asked"),
    (f"“{Q},” Marrow later told the court.", "Marrow", "told"),
    (f"“{Q},” according to Marrow.", "Marrow", "according to"),
    (f"“{Q},” Ilse Marrow, 34, a teacher, said on Friday.", "Ilse Marrow", "said"),
    (f"“{Q},” said Ilse Marrow, who lost her son.", "Ilse Marrow", "said"),
    (f"“{Q},” the nurse said, weeping.", "nurse", "said"),
    (f"Marrow said: “{Q}.”", "Marrow", "said"),
    (f"Marrow said, “{Q}.”", "Marrow", "said"),
    (f"Marrow said that “{Q}.”", "Marrow", "said"),
    (f"Marrow told the Corran Herald: “{Q}.”", "Marrow", "told"),
    (f"Marrow told the Corran Herald that: “{Q}.”", "Marrow", "told"),
    (f"Marrow added in a letter: “{Q}.”", "Marrow", "added"),
    (f"“{Q},” recalled Ilse Marrow, 34.", "Ilse Marrow", "recalled"),
    (f"Said Marrow: “{Q}.”", "Marrow", "Said"),
    (f"Ilse Marrow: “{Q}.”", "Ilse Marrow", ":"),
    (f"Teacher Ilse Marrow: “{Q}.”", "Ilse Marrow", ":"),
    (f"“{Q}.” — Ilse Marrow", "Ilse Marrow", "—"),
    (f"“{Q}.” – Ilse Marrow, teacher", "Ilse Marrow", "–"),
    (f"“{Q},” read a sign on the door.", "sign", "read"),
    (f"‘{Q},’ Marrow said.", "Marrow", "said"),
    (f'"{Q}," Marrow said.', "Marrow", "said"),
    (f"''{Q},'' Marrow said.", "Marrow", "said"),
    (f"Marrow claimed the reports that “{Q}” were false.", "Marrow", "claimed"),
    (f"Marrow nodded and said: “{Q}.”", "Marrow", "said"),
    (f"Marrow, weeping, said: “{Q}.”", "Marrow", "said"),
    (f"“{Q},” Marrow said — and wept.", "Marrow", "said"),
    (f"In a letter, Marrow writes: “{Q}.”", "Marrow", "writes"),
    (f"“{Q},” reads the letter.", "the letter", "reads"),
    (f"“{Q},” says Marrow’s lawyer.", "Marrow’s lawyer", "says"),
    (f"“{Q},” the 34-year-old said.", "the 34-year-old", "said"),
]


@pytest.mark.parametrize(
    ("text", "who", "cue"),
    [
        *BESIDE,
        (f"“{Q},” Marrow answered.", "Marrow", "answered"),
        (f"“{Q},” another said.", "another", "said"),
        (f"“They said, ‘{Q},’” Marrow recalled.", "Marrow", "recalled"),
        (f"As Marrow put it: “{Q}.”", "Marrow", "put"),
        (f"Not so, says Marrow: “{Q}.”", "Marrow", "says"),
        (f"In the words of Ilse Marrow, “{Q}.”", "Marrow", "words"),
    ],
)  # fmt: skip
def test_the_words_beside_a_quotation_name_its_source(text: str, who: str, cue: str) -> None:
    found = only(text, Q)
    assert found.beside is not None
    assert who.lower() in found.beside.lower()
    assert cue in (found.cue or "")
    assert found.certainty is Certainty.CLEAR


@pytest.mark.parametrize(
    "text",
    [
        f"Marrow wept. “{Q}.” Hesk said nothing had happened.",
        f"Marrow looked at Hesk. “{Q}.”",
        f"“{Q}.” Hesk left the room.",
        f"The door closed. “{Q}.” The lights went out.",
        f"“{Q}.”\nHesk said nothing had happened.",
    ],
)
def test_nobody_is_named_for_certain_by_what_stands_near(text: str) -> None:
    for found in carrying(said(text), text, Q):
        assert found.certainty is not Certainty.CLEAR
        assert not found.is_by("Hesk")


@pytest.mark.parametrize(
    "text",
    [
        "The “so-called” camp stood empty.",
        "The ‘camp’ stood empty.",
        "It was a “normal” day in Dunmoor.",
        "Her song “The Long Road Home” is played in Dunmoor.",
        "The film “A Winter in Dunmoor” opens on Friday.",
        "He is known as “the Butcher”.",
        "The operation, named “Clean Hands”, began in May.",
        "“Clean Hands” began in May.",
        "The guards called the cell “the fridge”.",
        "The charge of “hooliganism” was dropped.",
    ],
)
def test_scare_quotes_titles_and_names_are_not_direct_speech(text: str) -> None:
    assert [found.text for found in said(text) if found.form is not Form.INDIRECT] == []


@pytest.mark.parametrize(
    ("text", "words", "form"),
    [
        ("Marrow said: “They came at night.”", "They came at night", Form.DIRECT),
        ("Marrow said they “came at night like thieves”.", "came at night like thieves", Form.MIXED),
        ("The court said the cell “did not meet the law”.", "did not meet the law", Form.MIXED),
        ("Marrow said they came at night.", "they came at night", Form.INDIRECT),
        ("Marrow said they came “at night”.", "they came “at night”", Form.INDIRECT),
    ],
)
def test_form(text: str, words: str, form: Form) -> None:
    assert only(text, words).form is form


def test_a_quotation_in_pieces_has_one_source_and_each_its_own_place() -> None:
    text = "“They came at night,” Marrow said, “and took my son.”"
    first, second = said(text)
    assert (first.text, second.text) == ("They came at night,", "and took my son.")
    assert first.who == second.who == "Marrow"


def test_sentences_of_one_quotation_share_it() -> None:
    text = "“They came at night. They took my son. I ran,” Marrow said."
    found = said(text)
    assert [item.text for item in found] == ["They came at night.", "They took my son.", "I ran,"]
    assert len({item.statement.quotation for item in found}) == 1
    assert {item.who for item in found} == {"Marrow"}


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("‘We left before dawn’, says survivor\n\nA woman spoke in Dunmoor on Friday about the raid.", Q, "survivor"),
        ("Survivor: ‘We left before dawn’\n\nA woman spoke in Dunmoor on Friday about the raid.", Q, "Survivor"),
        ("Marrow says forty men are held\n\nShe spoke in Dunmoor on Friday about the raid.", "forty men", "Marrow"),
        ("Forty men held in prison, says Openhand\n\nIt spoke in Dunmoor on Friday.", "Forty men", "Openhand"),
        wrong("attribution: a headline that quotes and, after a colon, tells who spoke",
              "‘We left before dawn’: survivor tells of raid\n\nShe spoke on Friday.", Q, "survivor"),
        wrong("attribution: a name and a colon before words without marks",
              "Police: Forty men held in prison\n\nOfficers spoke in Dunmoor on Friday.", "Forty men", "Police"),
        wrong("attribution: a name and a colon before words without marks",
              "Openhand: Forty men held in prison\n\nIt spoke in Dunmoor on Friday.", "Forty men", "Openhand"),
    ],
)  # fmt: skip
def test_headlines(text: str, words: str, who: str) -> None:
    found = carrying(said_in(divided(text)), text, words)
    assert found
    assert found[0].is_by(who)


def test_a_headline_that_says_of_whom_somebody_is_accused_gives_him_no_words() -> None:
    text = "Colonel Hesk accused of torture\n\nA woman spoke in Dunmoor on Friday about the raid."
    assert not any(found.is_by("Hesk") for found in said_in(divided(text)))


def test_an_embedded_post_is_speech_of_its_author() -> None:
    text = "The governor wrote on Friday.\nNobody is held in Dunmoor. — Anton Strel (@strel) May 3, 2031\nHe left."
    found = only(text, "Nobody is held in Dunmoor")
    assert found.is_by("Anton Strel")
    assert found.form is Form.DIRECT
    assert found.told == "@strel"


def test_a_caption_that_sets_a_name_beside_words_is_not_certain() -> None:
    text = (
        "Families search in Dunmoor\n\nThe search goes on, the families say.\n\n"
        "Ilse Marrow “We left before dawn” (Picture: Corran Wire)\n\nThe governor has not spoken."
    )
    for found in carrying(said_in(divided(text)), text, Q):
        assert found.certainty is not Certainty.CLEAR


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"“{Q}.” — Anton Strel (@strel) May 3, 2031", "Anton Strel"),
        wrong("attribution._signed: a signature on the next line is not read",
              f"“{Q}.”\n— Anton Strel, governor\nThe mill burned in May.", "Anton Strel"),
        wrong("statements._post: a post signed on the next line is not read",
              f"{Q}.\n— Anton Strel (@strel) May 3, 2031\nThe mill burned in May.", "Anton Strel"),
        (f"Anton Strel (@strel) tweeted on Friday: {Q}.", "Anton Strel"),
        wrong("attribution: a transcript without marks is not read",
              f"MARROW: {Q}.\nJUDGE: Who was with you?", "MARROW"),
    ],
)  # fmt: skip
def test_posts_signatures_and_transcripts(text: str, who: str) -> None:
    found = carrying(said(text), text, Q)
    assert found
    assert found[0].is_by(who)


@pytest.mark.xfail(strict=True, reason="attribution._signed: the handle and the day stand in the name")
def test_a_signature_is_a_name_without_handle_and_day() -> None:
    assert only(f"“{Q}.” — Anton Strel (@strel) May 3, 2031", Q).who == "Anton Strel"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"“{Q},” said Jory (not his real name).", "Jory"),
        (f"“{Q},” a man who gave his name only as Jory said.", "Jory"),
        (f"“{Q},” said one man, who gave his name as Jory.", "Jory"),
        (f"“{Q},” the woman, whose name is withheld, said.", "the woman"),
        wrong("cues: a name in quotation marks is no source", f"“{Q},” said “Jory”, whose name was changed.", "Jory"),
        wrong("cues: a name in quotation marks is no source", f"“{Q},” “Jory” told Radio Tavrin.", "Jory"),
        (f"“{Q},” J. said.", "J."),
    ],
)
def test_protected_people_are_named_as_the_report_names_them(text: str, who: str) -> None:
    found = carrying(said(text), text, Q)
    assert found
    assert found[0].is_by(who)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"“{Q},” an officer told Radio Tavrin on condition of anonymity.", "Radio Tavrin"),
        (f"“{Q},” an officer who asked not to be named told Radio Tavrin.", "Radio Tavrin"),
        wrong("cues: the verb of the relative clause is taken for the cue",
              f"“{Q},” a man who said he feared for his life told Radio Tavrin.", "Radio Tavrin"),
    ],
)  # fmt: skip
def test_the_main_verb_is_the_cue(text: str, told: str) -> None:
    found = only(text, Q)
    assert found.cue == "told"
    assert found.told == told
