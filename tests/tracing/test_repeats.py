"""Words that one report attributes and another one prints as its own."""

from __future__ import annotations

import pytest
from tracing_cases import Pile, Said, pile, report

from headwater.model import Certainty, Form, SourceKind, Statement
from headwater.tracing import trace

SAID = "two freight barges collided near the Ostra lock before dawn, injuring one deckhand"
OWN = "Two freight barges collided near the Ostra lock early Tuesday before dawn, injuring one deckhand"
AFTER = "The harbour stayed shut until noon."
ATTRIBUTED = report(
    f"Officials say {SAID}. The lock is ninety years old.",
    Said(SAID, "Officials", Form.INDIRECT, SourceKind.OFFICIAL),
    outlet="Vellmar Post",
)


def repeats(found: Pile) -> list[Statement]:
    _, readings = trace(found.reports, found.readings)
    return [each for reading in readings for each in reading.statements if each.repeats]


def test_a_sentence_that_repeats_what_another_report_attributes_becomes_a_statement_without_a_source() -> None:
    bare = report(f"{OWN}. {AFTER}", outlet="Harbour Mail")
    (found,) = repeats(pile(ATTRIBUTED, bare))
    assert found.text == OWN
    assert found.content[0].of(bare[0].text) == OWN
    assert found.repeats == ATTRIBUTED[1].statements[0].id
    assert (found.source, found.cue, found.form, found.certainty) == (None, None, Form.INDIRECT, Certainty.UNCLEAR)
    assert "Officials" in found.reasons[0]
    assert "Vellmar Post" in found.reasons[0]


def test_it_is_one_utterance_with_what_it_repeats_and_its_source_is_shown_as_inferred() -> None:
    bare = report(f"{OWN}. {AFTER}", outlet="Harbour Mail")
    both = pile(ATTRIBUTED, bare)
    traced, _ = trace(both.reports, both.readings)
    (utterance,) = traced.utterances
    assert len(utterance.statements) == 2
    (origin,) = traced.origins
    assert set(origin.reports) == {ATTRIBUTED[0].id, bare[0].id}
    assert "source inferred" in {reason.rule for reason in origin.reasons}


@pytest.mark.parametrize(
    "other",
    [
        "Three freight barges collided near the Ostra lock before dawn, injuring nine deckhands.",
        "Nobody saw how two freight barges collided near the Ostra lock; the mayor wants a new lock by spring.",
        "Two barges met in the morning near the lock.",
    ],
    ids=["other numbers", "another sentence about it", "few words"],
)
def test_a_sentence_that_only_tells_of_the_same_thing_is_no_repeat(other: str) -> None:
    assert not repeats(pile(ATTRIBUTED, report(f"{other} {AFTER}", outlet="Harbour Mail")))


def test_a_report_that_attributes_the_words_elsewhere_in_its_text_has_lost_no_attribution() -> None:
    again = "two freight barges collided near the Ostra lock before dawn and injured one deckhand"
    text = f"{OWN}. {AFTER} The lock master said {again}."
    open_about_it = report(
        text, Said(again, "The lock master", Form.INDIRECT, SourceKind.OFFICIAL), outlet="Harbour Mail"
    )
    assert not repeats(pile(ATTRIBUTED, open_about_it))


def test_furniture_and_what_nobody_is_named_for_are_left_alone() -> None:
    nobody = report(f"{SAID.capitalize()}. The lock is ninety years old.", outlet="Vellmar Post")
    assert not repeats(pile(nobody, report(f"{OWN}. {AFTER}", outlet="Harbour Mail")))
    furniture = report(f"{AFTER}\n{OWN}.", outlet="Harbour Mail", furniture=f"{OWN}.")
    assert not repeats(pile(ATTRIBUTED, furniture))


def test_the_readings_come_back_in_the_order_of_the_reports_with_nothing_lost() -> None:
    bare = report(f"{OWN}. {AFTER}", outlet="Harbour Mail")
    both = pile(bare, ATTRIBUTED)
    _, completed = trace(both.reports, list(reversed(both.readings)))
    assert [each.report for each in completed] == [each.id for each in both.reports]
    assert ATTRIBUTED[1] in completed
