"""Much and little: long lists, crowds of reports that say the same, nothing at all; and the tree a browser builds."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import replace

import pytest
from invented_story import invented_case
from pages_read import read, visible
from selectolax.lexbor import LexborHTMLParser
from story_texts import HOSTILE

from headwater.dossier import render
from headwater.model import Case, Stance


@pytest.fixture(scope="module")
def case() -> Case:
    return invented_case()


def test_long_lists_go_to_pages_of_their_own_and_nothing_is_lost(case: Case) -> None:
    one = case.weighed.claims[0]
    claims = tuple(replace(one, id=f"c-{at}", text=f"claim number {at}") for at in range(450))
    summary = replace(case.weighed.summary, loudest_echo="c-449")
    many = replace(case, weighed=replace(case.weighed, claims=claims, summary=summary))
    pages = {name: read(page) for name, page in render(many, title="x").items()}
    homes = {label: name for name, page in pages.items() for label in page.ids if re.fullmatch(r"C\d+", label)}
    assert Counter(homes.values()) == {"index.html": 200, "claims/2.html": 200, "claims/3.html": 50}
    assert "1 to 200 of 450 are on this page" in visible(pages["index.html"])
    assert any((each.attrs.get("href") or "") == "claims/3.html#C450" for each in pages["index.html"].all("a"))
    for name, page in pages.items():
        for link in page.all("a"):
            target, _, anchor = (link.attrs.get("href") or "").partition("#")
            full = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name
            assert not anchor or anchor in pages[full].ids


def test_an_empty_case_still_says_so(case: Case) -> None:
    empty = replace(
        case,
        received=replace(case.received, reports=(), originals=()),
        readings=(),
        traced=replace(case.traced, sources=(), utterances=(), origins=(), reuse=(), links=()),
        weighed=replace(
            case.weighed,
            claims=(),
            comparisons=(),
            patterns=(),
            assessments=(),
            timeline=(),
            summary=replace(case.weighed.summary, reports=0, origins=0, loudest_echo=None),
        ),
    )
    empty = replace(empty, received=replace(empty.received, set_aside=empty.received.set_aside[:1]))
    text = visible(read(render(empty, title="Nothing")["index.html"]))
    assert "0 reports. 0 origins behind what they say." in text
    assert "That is not agreement." in text


def test_many_renderings_with_the_same_words_share_a_row(case: Case) -> None:
    first = case.readings[0]
    copies = tuple(replace(first.statements[1], id=f"s-copy-{at}") for at in range(14))
    reading = replace(first, statements=(*first.statements, *copies))
    crowd = replace(case.traced.utterances[1], statements=(first.statements[1].id, *(each.id for each in copies)))
    utterances = (case.traced.utterances[0], crowd, *case.traced.utterances[2:])
    many = replace(case, readings=(reading, *case.readings[1:]), traced=replace(case.traced, utterances=utterances))
    page = read(render(many, title="x")["index.html"])
    assert len(page.with_class("variant")) == 4 + 1 + 2 + 4
    assert "14 more with these words" in visible(page)


def crowded(case: Case, number: int) -> Case:
    """The case with the third report received again and again under other ids, each carrying the same denial."""
    twin, reading = case.received.reports[2], case.readings[2]
    denial = next(each for each in reading.statements if each.stance is Stance.DENIES)
    ids = [f"r-copy-{at}" for at in range(number)]
    reports = tuple(replace(twin, info=replace(twin.info, id=each)) for each in ids)
    said = {each: replace(denial, id=f"s-{each}", report=each, source=None) for each in ids}
    readings = tuple(replace(reading, report=each, mentions=(), statements=(said[each],), figures=()) for each in ids)
    more = tuple(each.id for each in said.values())
    crowd = [
        replace(u, statements=(*u.statements, *more)) if denial.id in u.statements else u
        for u in case.traced.utterances
    ]
    origins = tuple(
        replace(o, reports=(*o.reports, *ids), told_to_in=(*o.told_to_in, *ids), statements=(*o.statements, *more))
        if denial.id in o.statements
        else o
        for o in case.traced.origins
    )
    claims = tuple(
        replace(c, denied_by=(*c.denied_by, *more)) if c.denied_by else replace(c, reports=(*c.reports, *ids))
        for c in case.weighed.claims
    )
    return replace(
        case,
        received=replace(case.received, reports=(*case.received.reports, *reports)),
        readings=(*case.readings, *readings),
        traced=replace(case.traced, utterances=tuple(crowd), origins=origins),
        weighed=replace(case.weighed, claims=claims),
    )


@pytest.mark.parametrize("number", [0, 40])
def test_a_browser_builds_the_tree_that_was_written(case: Case, number: int) -> None:
    """A block inside a paragraph would close it: HTML as browsers parse it must give exactly the written elements."""
    for name, page in render(crowded(case, number), title=HOSTILE).items():
        body = LexborHTMLParser(page.decode()).body
        assert body is not None
        built = Counter(node.tag for node in body.traverse(include_text=False) if node.tag != "-comment")
        written = Counter(each.tag for each in read(page).elements)
        for outside in ("html", "head", "meta", "title", "style"):
            written.pop(outside, None)
        svg_titles = sum(each.tag == "title" for each in read(page).elements) - 1
        assert built.pop("title", 0) == svg_titles
        assert built == written, name
