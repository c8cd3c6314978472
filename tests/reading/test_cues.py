"""The words that attribute: which verb, whose, and which words only look like one."""

from __future__ import annotations

import pytest
from reading_cases import wrong

from headwater.model import Span
from headwater.reading.english.cues import Cue, find_cues, hearsay, is_denial
from headwater.reading.english.quotations import find_quotations
from headwater.reading.english.tokens import Token, sentences_of

from headwater.model import PassageKind  # isort: skip


def tokens(text: str) -> tuple[Token, ...]:
    line = Span(0, len(text))
    (sentence,) = sentences_of(text, line, 0, PassageKind.BODY, find_quotations(text, [line]))
    return sentence.tokens


def words(text: str, found: Cue) -> tuple[str, str | None]:
    here = tokens(text)
    cue = text[here[found.first].start : here[found.last - 1].end]
    if found.subject is None:
        return cue, None
    return cue, text[here[found.subject[0]].start : here[found.subject[1] - 1].end]


def cues(text: str) -> list[tuple[str, str | None]]:
    return [words(text, cue) for cue in find_cues(tokens(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marrow said it was over.", [("said", "Marrow")]),
        ("“It is over,” Marrow said.", [("said", "Marrow")]),
        ("“It is over,” said Marrow.", [("said", "Marrow")]),
        ("“It is over,” she added.", [("added", "she")]),
        ("“It is over,” says Ilse Marrow, a teacher.", [("says", "Ilse Marrow, a teacher")]),
        ("According to Marrow, it is over.", [("According to", "Marrow")]),
        ("It is over, according to the ministry.", [("according to", "the ministry")]),
        ("The ministry has said it is over.", [("has said", "The ministry")]),
        ("Marrow, 34, a teacher from Dunmoor, said it was over.", [("said", "Marrow, 34, a teacher from Dunmoor")]),
        ("On Friday, the ministry said it was over.", [("said", "the ministry")]),
        ("But Marrow said it was over.", [("said", "Marrow")]),
        ("Marrow (a teacher) said it was over.", [("said", "Marrow (a teacher)")]),
        ("A man who fled the town said it was over.", [("said", "A man who fled the town")]),
        ("Marrow and her sister said it was over.", [("said", "Marrow and her sister")]),
        ("“It is over,” Marrow said on Friday, adding that he left.", [("said", "Marrow"), ("adding", None)]),
        ("The report said it was over.", [("said", "The report")]),
        ("“It is over,” insisted the governor.", [("insisted", "the governor")]),
        ("“It is over,” a spokesman for the ministry said.", [("said", "a spokesman for the ministry")]),
        ("“It is over,” one of them said.", [("said", "one of them")]),
        ("“It is over,” Marrow answered.", [("answered", "Marrow")]),
        wrong("phrases: 'another' alone names nobody", "“It is over,” another said.", [("said", "another")]),
        ("“It is over,” said the mayor, Oren Vask.", [("said", "the mayor, Oren Vask")]),
        ("“It is over,” said Marrow and her sister Nell.", [("said", "Marrow and her sister Nell")]),
        ("Northquay Today reported that it was over.", [("reported", "Northquay Today")]),
        ("Marrow, who lost her son, said they came at night.", [("said", "Marrow, who lost her son")]),
        ("Major Vask, who ran the prison, said Reld died in May.", [("said", "Major Vask, who ran the prison")]),
    ],
)  # fmt: skip
def test_who_says(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert cues(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The report was long.",
        "The claims were serious.",
        "The alleged attack took place in May.",
        "A statement was expected.",
        "Marrow is expected to speak on Friday.",
        "The recently published book is long.",
        "Marrow did not say who it was.",
        "He has not denied it.",
        "The minister is said to be ill.",
        "Marrow was told to leave.",
        "It shows nothing.",
        "The Say Group met.",
        "He is known as Jory.",
        wrong("cues._is_noun: 'appeals' before 'court'", "The federal appeals court ruled on Friday."),
        "The new emissions rules on mills face a test.",
        "A bill on tax rules is an open question.",
    ],
)
def test_words_that_only_look_like_a_cue(text: str) -> None:
    assert [cue for cue in cues(text) if cue[1] is not None] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Forty men are reportedly held.", "reportedly"),
        ("The men were allegedly beaten.", "allegedly"),
        ("It is claimed that forty men are held.", "It is claimed"),
        ("It has been claimed that forty men are held.", "It has been claimed"),
        ("Forty men are held, it is claimed.", "it is claimed"),
        ("The men are said to be dead.", "are said"),
        ("The men are believed to be dead.", "are believed"),
        ("Marrow said so.", None),
        ("The men are dead.", None),
        ("It has been claimed forty men are held.", "It has been claimed"),
        ("There were reports that forty men were held.", "There were reports"),
        ("The men are widely rumoured to be dead.", "are widely rumoured"),
    ],
)  # fmt: skip
def test_hearsay(text: str, expected: str | None) -> None:
    here = tokens(text)
    found = hearsay(here)
    assert (text[here[found[0]].start : here[found[1] - 1].end] if found else None) == expected


@pytest.mark.parametrize("verb", ["deny", "reject", "refute", "dismiss"])
def test_verbs_of_denial(verb: str) -> None:
    assert is_denial(verb)
    assert not is_denial("say")
