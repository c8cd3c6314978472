"""Sources handed on: along one quotation, within a paragraph, to a paragraph that only quotes; and where they stop."""

from __future__ import annotations

import pytest
from reading_cases import carrying, divided, said, said_in

from headwater.model import Certainty

LAST = "We hid in the mill until dawn"


def sources(text: str) -> list[tuple[str | None, Certainty]]:
    found = said_in(divided(text)) if "\n\n" in text else said(text)
    return [(item.who, item.certainty) for item in carrying(found, text, LAST)]


@pytest.mark.parametrize(
    "text",
    [
        f"“They came at night,” Marrow said. “{LAST}.”",
        f"“They came at night. {LAST},” Marrow said.",
        f"“They came at night,” Marrow said, “and {LAST}.”",
        f"Marrow said: “They came at night. {LAST}.”",
        f"Marrow said: “They came at night.\n“{LAST}.”",
        f"“They came at night,” Marrow said. “They came again.\n“{LAST}.”",
        f"“They came at night.\n“They came again.\n“{LAST},” Marrow said.",
        f"“They came at night,” Marrow said. “They came again.” “{LAST}.”",
        f"“They came at night,” Marrow said, adding: “{LAST}.”",
        f"“They came at night,” Marrow said. Adding: “{LAST}.”",
        f"\"They came at night,\" Marrow said. \"They came again.\n\"{LAST}.\"",
        f"‘They came at night,’ Marrow said. ‘They came again.\n‘{LAST}.’",
    ],
)  # fmt: skip
def test_along_one_quotation_or_paragraph_it_is_the_same_speaker(text: str) -> None:
    assert [who for who, _ in sources(text)] == ["Marrow"]


@pytest.mark.parametrize(
    "text",
    [
        f"“They came at night,” Marrow said.\n“{LAST}.”",
        f"Marrow described the night.\n“{LAST}.”",
        f"Marrow described the night. “{LAST}.”",
        f"Marrow said they came at night. “{LAST}.”",
    ],
)
def test_a_paragraph_that_only_quotes_has_the_speaker_before_but_not_for_certain(text: str) -> None:
    assert sources(text) == [("Marrow", Certainty.LIKELY)]


@pytest.mark.parametrize(
    "text",
    [
        f"“{LAST}.”\nMarrow said they came at night.",
        f"“{LAST}.”\n“They came at night,” Marrow said.",
        f"“They came,” Marrow said.\nThe mill stood.\nThe rain fell.\nThe road was shut.\n“{LAST}.”",
        f"‘They came at night’, says Marrow\n\nThe mill burned in May, the town's papers show.\n\n“{LAST}.”",
        f"“{LAST}.”",
    ],
)
def test_nothing_is_handed_on_backwards_or_from_afar_or_from_a_headline(text: str) -> None:
    assert all(certainty is not Certainty.CLEAR for _, certainty in sources(text))
    assert all(who is None for who, _ in sources(text))


@pytest.mark.parametrize(
    ("text", "not_by"),
    [
        (f"“They came,” Marrow said.\nColonel Hesk said nobody came.\n“{LAST}.”", "Marrow"),
        (f"“They came,” Marrow said. Hesk shook his head. “{LAST}.”", "nobody"),
    ],
)  # fmt: skip
def test_the_nearest_speaker_is_handed_on(text: str, not_by: str) -> None:
    found = sources(text)
    if not_by == "nobody":
        assert all(certainty is not Certainty.CLEAR for _, certainty in found)
    assert all(who != not_by for who, _ in found)


def test_told_to_is_handed_on_with_the_source() -> None:
    text = f"“They came at night,” Marrow told Radio Tavrin. “They came again.\n“{LAST}.”"
    (found,) = carrying(said(text), text, LAST)
    assert found.told == "Radio Tavrin"


def test_a_cue_stands_with_the_piece_it_is_printed_beside() -> None:
    text = "“They came at night. They came again,” Marrow said."
    assert [item.who for item in said(text)] == ["Marrow", "Marrow"]
    assert [item.cue for item in said(text)].count("said") == 1
