"""From texts to what a person reads of them: how a statement came, what is missing, what goes round."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from headwater import casefile, dossier
from headwater.model import Case
from headwater.pipeline.run import Targets, trace_and_write, trace_reports

REPORTS = {
    "post.txt": """Miners held in quarry

The Vell Herald reported that forty miners were held in the old quarry at Oskby without water.

"They took our boots and counted us twice every night," a baker told Radio Selm.
""",
    "herald.txt": """Forty miners held

Forty miners were held in the old quarry at Oskby without water, according to the Tarn Post.

The road to Oskby was closed for repairs.
""",
    "daily.txt": """What the baker saw

"They took our boots and counted us twice every night," said a baker who had fled.

In a statement, the Oskby Mining Board said that the quarry had been empty since spring.
""",
    "reports.csv": """file,outlet,published
post.txt,Tarn Post,2031-05-03
herald.txt,Vell Herald,2031-05-03
daily.txt,Osker Daily,2031-05-04
""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("oskby")
    for name, text in REPORTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def case(folder: Path) -> Case:
    return trace_reports([folder], workers=1).case


def ways(case: Case, words: str) -> list[tuple[list[str], int]]:
    said = {one.id: one.text for reading in case.readings for one in reading.statements}
    found = [chain for chain in case.traced.chains if words in said[chain.statement]]
    return sorted(([hop.words for hop in chain.hops], chain.distance) for chain in found)


def test_the_baker_came_through_the_radio_into_both_reports(case: Case) -> None:
    found = ways(case, "took our boots")
    assert [hops[1:] for hops, _ in found] == [["Radio Selm", "Tarn Post"], ["Radio Selm", "Osker Daily"]]
    assert all("baker" in hops[0] for hops, _ in found)
    assert [distance for _, distance in found] == [2, 2]


def test_the_radio_and_the_statement_are_to_get_and_the_outlets_of_the_case_are_not(case: Case) -> None:
    assert [one.name for one in case.weighed.missing] == ["Radio Selm", "statement by the Oskby Mining Board"]
    names = {report.id: report.info.name for report in case.received.reports}
    assert {names[report] for report in case.weighed.missing[0].reports} == {"Tarn Post", "Osker Daily"}


def test_two_outlets_that_name_one_another_go_round_and_count_for_one_at_least(case: Case) -> None:
    claims = {claim.id: claim for claim in case.weighed.claims}
    assert case.weighed.circles
    for circle in case.weighed.circles:
        assert set(circle.outlets) == {"Tarn Post", "Vell Herald"}
        assert "forty miners" in claims[circle.claim].text.casefold()
        assert claims[circle.claim].origins_low == 1
        assert circle.reason in claims[circle.claim].reasons


def test_all_of_it_is_kept_checked_and_printed(folder: Path, tmp_path: Path) -> None:
    targets = Targets(tmp_path / "oskby.headwater", tmp_path / "pages", "Oskby")
    run = trace_and_write([folder], targets, now=datetime(2031, 5, 5, tzinfo=UTC), agent="Ada", workers=1)
    assert casefile.read_case(targets.case) == run.case
    assert casefile.verify(targets.case).sound
    index = dossier.render(run.case, title="Oskby")["index.html"].decode()
    assert "Radio Selm" in index
    assert "has this from" in index
