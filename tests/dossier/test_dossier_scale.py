"""Much and little: long lists, crowds of reports that say the same, nothing at all; and the tree a browser builds."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from busy_story import busy_case, crowded
from hypothesis import given
from hypothesis import strategies as st
from invented_story import invented_case
from pages_read import Read, read, visible
from selectolax.lexbor import LexborHTMLParser
from story_texts import HOSTILE

from headwater.dossier import render
from headwater.dossier.book import Book
from headwater.dossier.paging import PAGE, PER_PAGE, REASONS, cut, room
from headwater.dossier.sections import parts
from headwater.model import Case


@pytest.fixture(scope="module")
def case() -> Case:
    return invented_case()


def links_that_lead_nowhere(pages: dict[str, Read]) -> list[tuple[str, str]]:
    return [
        (name, link.attrs["href"] or "")
        for name, page in pages.items()
        for link in page.all("a")
        if not leads(pages, name, link.attrs.get("href") or "")
    ]


def leads(pages: dict[str, Read], name: str, href: str) -> bool:
    target, _, anchor = href.partition("#")
    full = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name
    return full in pages and (not anchor or anchor in pages[full].ids)


def test_long_lists_go_to_pages_of_their_own_and_nothing_is_lost(case: Case) -> None:
    one = case.weighed.claims[0]
    claims = tuple(replace(one, id=f"c-{at}", text=f"claim number {at}") for at in range(450))
    summary = replace(case.weighed.summary, loudest_echo="c-449")
    many = replace(case, weighed=replace(case.weighed, claims=claims, summary=summary))
    pages = {name: read(page) for name, page in render(many, title="x").items()}
    homes = {label: name for name, page in pages.items() for label in page.ids if re.fullmatch(r"C\d+", label)}
    assert len(homes) == 450
    counts = Counter(homes.values())
    assert max(counts.values()) <= PER_PAGE
    first = counts["index.html"]
    assert 0 < first < 450
    assert f"1 to {first} of 450 are on this page" in visible(pages["index.html"])
    assert any((each.attrs.get("href") or "") == f"{homes['C450']}#C450" for each in pages["index.html"].all("a"))
    assert links_that_lead_nowhere(pages) == []


def test_a_small_case_stands_on_one_page(case: Case) -> None:
    assert {name.partition("/")[0] for name in render(case, title="x")} == {"index.html", "reports"}


def test_the_first_page_of_a_large_case_is_light_and_every_reason_stands_somewhere(case: Case) -> None:
    busy = busy_case(case, reports=400, claims=60, each_reasons=70)
    printed = render(busy, title="x")
    assert len(printed["index.html"]) < 1_000_000
    assert max(map(len, printed.values())) < 1_500_000
    pages = {name: read(page) for name, page in printed.items()}
    assert links_that_lead_nowhere(pages) == []
    for name, page in pages.items():
        levels = [int(each.tag[1]) for each in page.elements if re.fullmatch(r"h\d", each.tag)]
        assert levels[0] == 1 == levels.count(1), name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        assert max(Counter(page.ids).values(), default=1) == 1, name
    every = "".join(visible(page) for name, page in pages.items() if name.startswith("reasons/"))
    names = ["Utterance", "Origin", *(f"Claim {at}" for at in range(60))]
    assert [f"{name}, reason {at}." for name in names for at in range(70) if f"{name}, reason {at}." not in every] == []
    assert "all 35 reasons" in visible(pages["index.html"])
    assert "388 more passages" in visible(pages["index.html"]) or "395 more passages" in visible(pages["index.html"])


def test_the_shares_of_all_sections_leave_room_for_the_first_screen(case: Case) -> None:
    every = parts(Book(case))
    assert sum(room(part.name, whole=False) for part in every if part.name != REASONS) < 900_000


@given(sizes=st.lists(st.integers(0, 3 * PAGE), max_size=60), first=st.integers(0, PAGE))
def test_pages_follow_one_another_and_hold_no_more_than_they_may(sizes: list[int], first: int) -> None:
    starts = cut(sizes, first)
    assert starts[0] == 0
    assert list(starts) == sorted(starts)
    pages = [sizes[a:b] for a, b in zip(starts, (*starts[1:], len(sizes)), strict=True)]
    assert [each for page in pages for each in page] == sizes
    assert sum(pages[0]) <= first
    assert all(page and (sum(page) <= PAGE or len(page) == 1) for page in pages[1:])


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
