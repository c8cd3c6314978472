"""The terminal says what the first screen of the dossier shows, in the same order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headwater.cli.demo import copy_bundled
from headwater.cli.summary import summary_lines
from headwater.dossier import render
from headwater.model import Case, Circle, Reason
from headwater.pipeline.run import trace_reports

HEADS = ("The loudest echo", "Figures that several reports give", "Denied", "The same act, from different sources")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("bundled")
    copy_bundled(folder)
    return trace_reports([folder], workers=1).case


def test_the_terminal_and_the_first_screen_keep_one_order(case: Case) -> None:
    lines = list(summary_lines(case, ()))
    page = render(case, title="x")["index.html"].decode()
    told = [line.partition("  ")[0] for line in lines]
    for heads, places in ((HEADS, [told.index(each) for each in HEADS]), (HEADS, [page.index(each) for each in HEADS])):
        assert places == sorted(places), heads
    assert told.index("What else is alleged") > told.index(HEADS[-1])
    assert page.index("What else is alleged") > page.index(HEADS[-1])


def test_no_line_is_wider_than_the_terminal(case: Case) -> None:
    assert max(len(line) for text in summary_lines(case, ()) for line in text.splitlines()) <= 88


def test_a_figure_keeps_its_largest_version(case: Case) -> None:
    text = "\n".join(summary_lines(case, ()))
    assert "“Twelve men”" in text
    assert "“34 MEN”" in text
    assert "told to to" not in text


def test_what_goes_round_what_changed_and_what_to_get_next_are_a_line_each(case: Case) -> None:
    text = " ".join("\n".join(summary_lines(case, ())).split())
    assert (
        "What to get next: Kestrane TV (20 claims); Longline (14 claims); Menevar Press Bureau (3 claims); 1 more"
        in text
    )
    assert "Changed on the way" not in text
    assert "Goes round" not in text
    claim = case.weighed.claims[0]
    circle = Circle("circle-1", claim.id, ("North", "Coast"), claim.reports[:2], Reason("circle", "Round."))
    summary = replace(case.weighed.summary, details_changed=2, details_hardened=1)
    worse = replace(case, weighed=replace(case.weighed, circles=(circle,), summary=summary, missing=()))
    told = " ".join("\n".join(summary_lines(worse, ())).split())
    assert "Goes round: North → Coast → North Changed on the way: 2 details changed, 1 hardened" in told
    assert "What to get next" not in told
