"""Chains, missing documents and circles on the pages: each mouth opens its passage, and nothing is a second count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_story import Story
from pages_read import Read, read, visible

from headwater.dossier import render
from headwater.model import (
    Case,
    Chain,
    Circle,
    Cited,
    CitedKind,
    Hop,
    HopKind,
    MissingDocument,
    Place,
    Reason,
    Span,
)

NOBODY = Hop(HopKind.SOURCE, "somebody", None, inferred="the report names nobody")


def told() -> tuple[Case, Place, Place]:
    """The invented case; its first claim came from a survivor at the pier through Radio Orlo in every report."""
    story = Story()
    case = story.case()
    here = story.north.place("One survivor")
    there = next(
        Place(each.report, each.content[0]) for each in story.pay if each.report != story.north.statements[0].report
    )
    first = case.weighed.claims[0]
    chains = []
    for number, statement in enumerate(first.statements):
        hops = (
            Hop(HopKind.SOURCE, "One survivor", here, story.sources[0].id),
            Hop(HopKind.OCCASION, "at the pier", here, None, "cited-1"),
            Hop(HopKind.TOLD_TO, "the radio", there, None, "cited-1", "Coast says so" if number else ""),
            Hop(HopKind.REPORT, "this", here),
        )
        chains.append(Chain(f"chain-{number}", statement, hops, 2, at_least=False))
    lone = case.weighed.claims[2 - 1].statements[0]
    chains.append(Chain("chain-lone", lone, (NOBODY, Hop(HopKind.REPORT, "this", here)), 1, at_least=True))
    radio = Cited("cited-1", CitedKind.OUTLET, "Radio Orlo", ("Radio Orlo",), (here,), (), ())
    get = MissingDocument(
        id="missing-1",
        cited="cited-1",
        kind=CitedKind.OUTLET,
        name="Radio Orlo",
        names=("Orlo FM", "Radio Orlo"),
        claims=(first.id, case.weighed.claims[1].id),
        alone=(first.id,),
        reports=first.reports,
        places=(here,),
        another=False,
        sentence="Get the Radio Orlo report: 2 claims rest on it, 1 of them on nothing else.",
    )
    reason = Reason("circular reporting", "North has this from Coast, and Coast from North.", (here, there))
    ring = Circle("circle-1", first.id, ("North", "Coast"), first.reports, reason)
    traced = replace(case.traced, cited=(radio,), chains=tuple(chains))
    weighed = replace(case.weighed, missing=(get,), circles=(ring,))
    return replace(case, traced=traced, weighed=weighed), here, there


@pytest.fixture(scope="module")
def pages() -> dict[str, Read]:
    return {name: read(page) for name, page in render(told()[0], title="Orlo").items()}


def test_a_claim_shows_the_way_it_came_once_for_all_reports_that_share_it(pages: dict[str, Read]) -> None:
    index = pages["index.html"]
    ways = [each for each in index.all("ul") if "ways" in (each.attrs.get("class") or "").split()]
    (way,) = [each for each in ways if "Radio Orlo" in each.text]
    words = " ".join(way.text.split())
    assert words.startswith("One survivor (at the pier) → the radio (Radio Orlo) → ")
    assert words.endswith("2 steps")


def test_each_mouth_opens_its_passage_on_whatever_page(pages: dict[str, Read]) -> None:
    case, here, there = told()
    labels = {report.id: f"R{at}" for at, report in enumerate(case.received.reports, 1)}
    for name, place in (("One survivor", here), ("the radio (Radio Orlo)", there)):
        span: Span = place.span
        target = f"reports/{labels[place.report]}.html"
        hrefs = {
            each.attrs.get("href")
            for each in pages["index.html"].all("a")
            if "hop" in (each.attrs.get("class") or "").split() and each.text == name
        }
        assert f"{target}#at-{span.start}-{span.end}" in hrefs
        assert any(each.attrs.get("id") == f"at-{span.start}-{span.end}" for each in pages[target].elements)


def test_what_is_inferred_is_marked_and_nobody_is_said_once(pages: dict[str, Read]) -> None:
    marked = [
        each
        for page in pages.values()
        for each in page.all("a")
        if "inferred" in (each.attrs.get("class") or "").split()
    ]
    assert {each.attrs.get("title") for each in marked} == {"inferred: Coast says so"}
    said = [" ".join(visible(page).split()) for page in pages.values()]
    assert any("source not clear" in each for each in said)
    assert not any("somebody → this report" in each for each in said)


def test_what_to_get_next_stands_on_the_first_screen_in_its_section_and_at_the_claim(pages: dict[str, Read]) -> None:
    text = " ".join(visible(pages["index.html"]).split())
    assert "What to get next Radio Orlo for 2 claims" in text
    (leads,) = pages["index.html"].with_class("leads")
    assert "Radio Orlo" in leads.text
    assert "Get the Radio Orlo report: 2 claims rest on it, 1 of them on nothing else." in text
    assert "also called “Orlo FM”" in text
    assert text.count("Would settle it") == 2
    assert [each.tag for each in pages["index.html"].elements if each.attrs.get("id") == "D1"] == ["article"]


def test_a_circle_is_named_first_shown_in_its_section_and_flagged_at_the_claim(pages: dict[str, Read]) -> None:
    text = " ".join(visible(pages["index.html"]).split())
    assert "Goes round North → Coast → North: each has it from the next L1 why" in text
    assert "North has this from Coast, and Coast from North." in text
    assert "each has it from the other L1" in text


def test_without_any_it_is_said_once_and_there_is_no_empty_section() -> None:
    page = read(render(Story().case(), title="x")["index.html"])
    _, _, lacking = visible(page).rpartition("Looked for and not found")
    assert "outlets that have a claim from one another" in lacking
    assert "an outlet, agency or paper that is named for a claim and is not in the case" in lacking
    assert not {"circles", "next"} & set(page.ids)
    assert not page.with_class("leads")
