"""From text to table: a witness whose words drift is seen, one whose words only read otherwise is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from retold_reports import DRIFTING, FAITHFUL, Group, write

from headwater.exchange import case_json
from headwater.model import Case
from headwater.pipeline.run import trace_reports


def traced(folder: Path, group: Group) -> Case:
    return trace_reports([write(folder, group)], workers=1).case


@pytest.fixture(scope="module")
def drifting(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return traced(tmp_path_factory.mktemp("drifting") / "reports", DRIFTING)


def changes(case: Case) -> set[tuple[str, str, str, str]]:
    texts = {report.id: report.text for report in case.received.reports}
    return {
        (
            change.effect.value,
            change.kind.value,
            change.here.span.of(texts[change.here.report]),
            change.there.span.of(texts[change.there.report]),
        )
        for retelling in case.weighed.retellings
        for detail in retelling.details
        for each in detail.retold
        for change in each.changes
    }


def test_every_drift_is_found_and_nothing_else(drifting: Case) -> None:
    assert changes(drifting) == {
        ("hardened", "hedge", "had been drinking", "may have been drinking"),
        ("changed", "number", "five of the lower cabins", "three of the lower cabins"),
        ("hardened", "bound", "Forty people", "About forty people"),
        ("softened", "hedge", "Allegedly about forty", "About forty"),
        ("changed", "age", "9-year-old", "12-year-old"),
        ("changed", "negation", "They had shown", "Nobody had shown"),
        ("changed", "name", "Ostwick", "Sellick"),
    }
    summary = drifting.weighed.summary
    assert (summary.details_changed, summary.details_hardened, summary.details_softened) == (4, 2, 0)


def test_what_was_added_stands_in_one_report_only(drifting: Case) -> None:
    words = {each.id: each.text for reading in drifting.readings for each in reading.statements}
    (retelling,) = drifting.weighed.retellings
    alone = [words[one] for each in retelling.details if len(each.retold) == 1 for one in each.retold[0].statements]
    assert alone == ["It burned in our eyes."]


def test_the_control_gives_no_alarm(tmp_path: Path) -> None:
    case = traced(tmp_path / "reports", FAITHFUL)
    assert case.weighed.retellings
    assert changes(case) == set()
    assert case.traced.divergences == ()


def test_without_days_the_same_drift_is_found(tmp_path: Path) -> None:
    case = traced(tmp_path / "reports", tuple((outlet, "", text) for outlet, _, text in DRIFTING))
    assert {kind for _, kind, _, _ in changes(case)} == {"hedge", "number", "bound", "age", "negation", "name"}


def test_the_export_carries_the_table(drifting: Case) -> None:
    data: Any = case_json(drifting)
    (row,) = data["retellings"]
    assert row["reports"] == [report.id for report in drifting.received.reports]
    shown = [each["rendering"] for detail in row["details"] for each in detail["retold"]]
    assert shown.count("changed") == 4
    assert shown.count("hardened") == 2
    assert len(data["divergences"]) == len(drifting.traced.divergences) == 4
