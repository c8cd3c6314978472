"""Whose text a report is: what credits an agency for the words, and what only looks like it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tracing_cases import report

from headwater.model import Basis, CitationKind, Noted
from headwater.tracing.credits import credit, is_by

AP = "Associated Press"


@pytest.mark.parametrize(
    ("line", "credited"),
    [
        ("NORVIK, Marrania (Longshore) — Rain fell.", "Longshore"),
        ("Copyright 2021 The Associated Press.", AP),
        ("By REUTERS\nRain fell.", "Reuters"),
        ("Rain fell on the quay. — AFP", "Agence France-Presse"),
        ("Rain fell (Picture: Longshore) on Monday.", None),
        ("The minister (left) spoke.", None),
        ("Ilan Torv (Harbour Party) - who lost - went home.", None),
    ],
)
def test_who_is_credited_for_a_text(*, line: str, credited: str | None) -> None:
    item, reading = report(line, cites=[("Longshore", CitationKind.CREDIT)] if "Longshore" in line else ())
    found = credit(item, reading)
    assert (found.agency if found else None) == credited
    assert found is None or (found.span is not None and found.span.of(line).casefold() in line.casefold())


@pytest.mark.parametrize(
    "line",
    [
        "Image copyright AFP Image caption The barge on the reef",
        "Image copyright Reuters",
        "The barge on the reef. Photo by Mara Quist/AP",
        "Enlarge this image Mara Quist/AP",
        "The harbour at dawn (AP Photo) © AP Images",
        "© AP Photo",
        "With additional reporting by Reuters - Reuters",
        "The Associated Press contributed to this report. © AP",
        "Video: the barge — AP",
    ],
)
def test_the_credit_of_a_picture_or_a_part_is_none_for_the_text(line: str) -> None:
    assert credit(*report(f"Rain fell on the quay.\n{line}")) is None


@pytest.mark.parametrize(
    ("author", "credited"),
    [
        ("The Associated Press", AP),
        ("Mara Quist, Associated Press", AP),
        ("Mara Quist and Associated Press", None),
        ("Mara Quist", None),
    ],
)
def test_the_by_line_of_the_page_credits_an_agency_that_wrote_alone(*, author: str, credited: str | None) -> None:
    item, reading = report("Rain fell on the quay.")
    item = replace(item, info=replace(item.info, author=Noted(author, Basis.PAGE)))
    found = credit(item, reading)
    assert (found.agency if found else None) == credited


@pytest.mark.parametrize("outlet", ["Reuters", "the Reuters", "www.reuters.com"])
def test_an_agency_s_own_report_is_its_own(outlet: str) -> None:
    found = credit(*report("Rain fell on the quay.", outlet=outlet))
    assert found is not None
    assert (found.agency, found.own) == ("Reuters", True)


def test_a_paper_with_a_like_name_is_not_the_agency() -> None:
    assert credit(*report("Rain fell on the quay.", outlet="Assembled Press")) is None
    assert is_by(report("Rain fell.", outlet="the Longshore")[0], "Longshore")
    assert not is_by(report("Rain fell.", outlet="Longshore Herald")[0], "Longshore")
