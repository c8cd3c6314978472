"""A quotation that one report prints as one sentence and another one as two."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tracing_cases import Pile, Said, pile, report, together

from headwater.model import Form
from headwater.tracing import trace

FIRST, SECOND = "They burned the orchards for two days.", "They fetched the elders and the old miller from the chapel."
ONE = "They burned the orchards for two days then they fetched the elders and old miller from the chapel."
WHO = "a beekeeper who fled"
TWO = report(
    f"A beekeeper who fled spoke. {FIRST} {SECOND} Rain fell.",
    Said(FIRST, WHO, quotation="q"),
    Said(SECOND, WHO, quotation="q"),
    outlet="Harbour Post",
)


def texts(found: Pile) -> list[list[str]]:
    _, readings = trace(found.reports, found.readings)
    return [[each.text for each in reading.statements] for reading in readings]


def test_it_is_parted_where_the_other_report_ends_a_sentence() -> None:
    whole = report(f"Snow lay. {ONE}", Said(ONE, WHO), outlet="Valley Times")
    case = pile(TWO, whole)
    traced, readings = trace(case.reports, case.readings)
    first, second = readings[1].statements
    assert (first.text, second.text) == (ONE[: ONE.index(" then")], ONE[ONE.index("then") :])
    assert [each.content[0].of(whole[0].text) for each in (first, second)] == [first.text, second.text]
    assert first.quotation == second.quotation is not None
    assert "Harbour Post" in first.reasons[-1]
    assert together(traced, readings) == [{FIRST, first.text}, {SECOND, second.text}]


@pytest.mark.parametrize(
    ("other", "form"),
    [
        ("They burned the orchards for two days then nobody dared to go down to the river.", Form.DIRECT),
        ("They burned the orchards for two days. No more.", Form.DIRECT),
        (ONE, Form.INDIRECT),
    ],
    ids=["another second half", "too short a rest", "a retelling"],
)
def test_nothing_else_is_parted(other: str, form: Form) -> None:
    assert texts(pile(TWO, report(f"Snow lay. {other}", Said(other, WHO, form), outlet="Valley Times")))[1] == [other]


def test_two_sentences_of_two_people_part_nothing() -> None:
    other = report(f"{FIRST} {SECOND}", Said(FIRST, WHO), Said(SECOND, "the miller of Dunmoor"), outlet="Harbour Post")
    assert texts(pile(other, report(ONE, Said(ONE, WHO), outlet="Valley Times")))[1] == [ONE]


def test_a_figure_goes_with_its_part() -> None:
    whole = report(f"Snow lay. {ONE}", Said(ONE, WHO), figures=[("two days", 2, 2, WHO)], outlet="Valley Times")
    statement, figure = whole[1].statements[0], whole[1].figures[0]
    read = replace(whole[1], figures=(replace(figure, statement=statement.id),))
    _, readings = trace([TWO[0], whole[0]], [TWO[1], read])
    assert readings[1].figures[0].statement == readings[1].statements[0].id
