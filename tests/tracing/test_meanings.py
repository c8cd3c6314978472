"""Retellings in other words: words propose, sentence vectors confirm, and only under one source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from tracing_cases import Said, pile, report, together

from headwater.model import Form, Stance
from headwater.reading import vectors
from headwater.tracing import trace
from headwater.tracing.rewording import Vectors

HELD = "The quarrymen were being kept by the Marranian Department of River Security"
KEPT = "the freed quarrymen were with Marrania's secret river agency"
WHO = "Ilan Torv"
FILLER = " The market opened late. Rain is expected at the weekend. The council meets again next month."


class Encoder:
    """Gives all texts one vector, or vectors at right angles, and remembers what it was asked."""

    def __init__(self, *, near: bool) -> None:
        self.near = near
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row, 0 if self.near else len(self.asked)] = 1.0
            self.asked.append(text)
        return rows


def joined(
    a: Said, b: Said, encoder: Encoder | None, days: tuple[str, str] = ("2021-03-01", "2021-03-02")
) -> list[set[str]]:
    case = pile(
        report(f"One. {a.words}.{FILLER}", a, outlet="Harbour Post", day=days[0]),
        report(f"Two. {b.words}.{FILLER}", b, outlet="Valley Times", day=days[1]),
    )
    traced, readings = trace(case.reports, case.readings, encode=encoder)
    return together(traced, readings)


def told(words: str, who: str = WHO, form: Form = Form.INDIRECT, stance: Stance = Stance.ASSERTS) -> Said:
    return Said(words, who, form, stance=stance)


def test_a_retelling_in_other_words_joins_where_words_and_meaning_agree_and_says_so() -> None:
    assert not joined(told(HELD), told(KEPT), None)
    assert joined(told(HELD), told(KEPT), Encoder(near=True)) == [{HELD, KEPT}]
    assert not joined(told(HELD), told(KEPT), Encoder(near=False))


def test_its_reason_opens_on_both_and_tells_how_near_they_are() -> None:
    case = pile(
        report(f"One. {HELD}.{FILLER}", told(HELD), outlet="Harbour Post"),
        report(f"Two. {KEPT}.{FILLER}", told(KEPT), outlet="Valley Times"),
    )
    traced, _ = trace(case.reports, case.readings, encode=Encoder(near=True))
    (reason,) = traced.utterances[0].reasons
    assert reason.rule == "retold in other words"
    assert "1.00 of 1" in reason.text
    assert {place.report for place in reason.places} == {each.id for each in case.reports}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (told(HELD), told(KEPT, "Ada Lorne")),
        (told(HELD, form=Form.DIRECT), told(KEPT, form=Form.DIRECT)),
        (told(f"{HELD} for 40 days"), told(f"{KEPT} for 12 days")),
        (told(HELD), told(KEPT, stance=Stance.DENIES)),
        (told(HELD), told("The price of bread in the river towns has doubled since harvest")),
    ],
    ids=["two people", "two quotations", "two numbers", "one is denied", "nothing in common"],
)
def test_the_encoder_joins_nothing_else(a: Said, b: Said) -> None:
    assert not joined(a, b, Encoder(near=True))


def test_what_was_said_weeks_apart_is_not_one_act() -> None:
    assert not joined(told(HELD), told(KEPT), Encoder(near=True), days=("2021-03-01", "2021-04-20"))


def test_the_encoder_is_asked_only_where_words_leave_doubt() -> None:
    encoder = Encoder(near=True)
    joined(told(HELD), told(HELD), encoder)
    joined(told(HELD), told("The price of bread in the river towns has doubled since harvest"), encoder)
    assert encoder.asked == []


def test_the_encoder_that_ships_finds_it_too() -> None:
    a, b = told(HELD), told(KEPT)
    case = pile(
        report(f"One. {HELD}.{FILLER}", a, outlet="Harbour Post"),
        report(f"Two. {KEPT}.{FILLER}", b, outlet="Valley Times"),
    )
    traced, readings = trace(case.reports, case.readings, encode=vectors)
    assert together(traced, readings) == [{HELD, KEPT}]
