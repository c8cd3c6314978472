"""Caveats, refusals to answer and denials: what a report says it could not check, and who would not speak."""

from __future__ import annotations

import pytest
from reading_cases import said, wrong

from headwater.model import Stance

CAVEATS = [
    ("The Corran Herald could not independently verify the claims.", "The Corran Herald"),
    ("The Corran Herald has not been able to verify the claims independently.", "The Corran Herald"),
    ("Radio Tavrin was unable to confirm the reports.", "Radio Tavrin"),
    ("The claims could not be independently verified.", None),
    wrong("asides.standing_alone: 'It' is taken for a source", "It was not possible to verify the claims.", None),
    ("Openhand said it could not verify the number.", "Openhand"),
    ("The footage has not been independently verified.", None),
    ("But the claims could not be independently verified.", None),
    ("The Corran Herald cannot confirm the authenticity of the video.", "The Corran Herald"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who"), CAVEATS)
def test_a_caveat_stands_for_itself(text: str, who: str | None) -> None:
    found = [item for item in said(text) if item.stance is Stance.CAVEAT]
    assert len(found) == 1
    assert found[0].who == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The ministry declined to comment.", "The ministry"),
        ("Strel refused to comment on Friday.", "Strel"),
        ("The governor's office did not respond to a request for comment.", "The governor's office"),
        ("Strel did not reply to questions from the Corran Herald.", "Strel"),
        ("Strel could not be reached for comment.", "Strel"),
        ("The ministry has not yet responded.", "The ministry"),
        ("Marrow refused to say who had beaten her.", "Marrow"),
        ("Strel would not comment.", "Strel"),
        ("Strel was not available for comment.", "Strel"),
        ("“No comment,” Strel said.", "Strel"),
    ],
)  # fmt: skip
def test_a_refusal_names_who_would_not_speak(text: str, who: str) -> None:
    found = [item for item in said(text) if item.stance is Stance.DECLINES]
    assert [item.who for item in found] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Voters did not respond to letters seeking to confirm their address.",
        "Voters who did not confirm their address lost their vote.",
        "The guards did not answer her cries.",
        "The mill could not be reached by road.",
        "The guards would not open the door.",
    ],
)  # fmt: skip
def test_what_others_did_not_answer_is_no_refusal_and_no_caveat(text: str) -> None:
    assert not [item for item in said(text) if item.stance in {Stance.DECLINES, Stance.CAVEAT}]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Strel denied the claims.", "Strel"),
        ("Strel has denied that anyone was held.", "Strel"),
        ("Strel rejected the report as “fiction”.", "Strel"),
        ("Strel dismissed the allegations.", "Strel"),
        ("“There is no such prison,” said Strel.", "Strel"),
        ("“These are lies, and nothing of the sort happened,” Strel said.", "Strel"),
        ("Strel said the reports were false.", "Strel"),
        ("The allegations are untrue, the ministry said.", "the ministry"),
        ("“Absurd accusations,” said Strel.", "Strel"),
        ("Denying the claims, Strel said: “We hold nobody in Dunmoor.”", "Strel"),
    ],
)
def test_a_denial_is_told_from_an_assertion(text: str, who: str) -> None:
    found = [item for item in said(text) if item.stance is Stance.DENIES]
    assert found
    assert {item.who for item in found} == {who}


@pytest.mark.parametrize(
    "text",
    [
        "Marrow said the governor's denial was expected by 40 families.",
        "“They told us to deny everything,” Marrow said.",
        "Marrow said she had been denied water.",
        "“They denied us water,” Marrow said.",
        "Marrow confirmed that her son was taken.",
        "Marrow said the guards refused to open the door.",
    ],
)  # fmt: skip
def test_what_only_speaks_of_denying_is_not_a_denial(text: str) -> None:
    found = said(text)
    assert found
    assert all(item.stance is Stance.ASSERTS for item in found)
