"""The section on retellings, its line on the first screen, and passages side by side."""

from __future__ import annotations

import posixpath
from dataclasses import replace

import pytest
from invented_story import invented_case
from pages_read import Read, read, visible
from retold_story import retold_case

from headwater.dossier import render
from headwater.dossier.align import Change as Marked
from headwater.dossier.sides import LONGEST, only_same, side_by_side


@pytest.fixture(scope="module")
def pages() -> dict[str, Read]:
    return {name: read(page) for name, page in render(retold_case(), title="x").items()}


def test_what_changed_is_said_in_a_word_with_the_words_of_both_sides(pages: dict[str, Read]) -> None:
    text = visible(pages["index.html"])
    section = text[text.index("How one testimony was retold") :]
    assert "1 detail hardened" in section
    assert "hardened doubt “pay or bury” where R1 has “pay, or to bury”" in section
    assert "not here" in section
    assert "Told in one of these reports only" in section


def test_each_cell_opens_its_passage(pages: dict[str, Read]) -> None:
    (table,) = pages["index.html"].with_class("retold")
    assert "aria-label" in table.attrs
    turns = pages["index.html"].with_class("turn")
    assert {"“pay or bury”", "“pay, or to bury”"} <= {each.text for each in turns}
    links = [*turns, *pages["index.html"].with_class("quietly"), *pages["index.html"].with_class("flag")]
    for link in (each for each in links if each.tag == "a"):
        target, _, anchor = (link.attrs["href"] or "").partition("#")
        assert anchor in pages[posixpath.normpath(target)].ids


def test_the_first_screen_says_that_something_changed_on_the_way(pages: dict[str, Read]) -> None:
    (line,) = pages["index.html"].with_class("drift")
    said = " ".join(line.text.split())
    assert said.startswith("Changed on the way 1 detail hardened: ")
    assert "“pay or bury” in R2 where R1 has “pay, or to bury”" in said


def test_where_nothing_changed_the_first_screen_is_silent_and_the_table_says_so() -> None:
    page = read(render(retold_case(grave=False), title="x")["index.html"])
    assert page.with_class("drift") == []
    assert page.with_class("beside") == []
    assert "No number, name, doubt or bound changed in what they share." in visible(page)


def test_a_case_without_a_retelling_has_no_such_section() -> None:
    assert "retellings" not in read(render(invented_case(), title="x")["index.html"]).ids


def test_more_reports_than_fit_are_listed_detail_by_detail() -> None:
    page = read(render(retold_case(copies=4), title="x")["index.html"])
    (table,) = page.with_class("retold")
    assert "cards" in (table.attrs["class"] or "")
    assert "not here" in table.text
    heads = [each for each in page.all("th") if each.attrs.get("scope") == "col" and each.text in {"Detail", "Reports"}]
    assert {each.text for each in heads} >= {"Detail", "Reports"}


def test_a_long_table_shows_what_changed_first_and_folds_the_rest() -> None:
    case = retold_case()
    (table,) = case.weighed.retellings
    changed, lone, kept = table.details
    long = replace(table, details=(*[kept] * 14, changed, lone))
    page = read(render(replace(case, weighed=replace(case.weighed, retellings=(long,))), title="x")["index.html"])
    shown, folded = page.with_class("retold")
    assert "hardened" in shown.text
    assert "hardened" not in folded.text
    assert "14 more details kept, trimmed or reworded" in visible(page)


def test_two_passages_stand_side_by_side_with_the_words_of_one_side_marked() -> None:
    one, two = "They told us to pay, or to bury them", "They told us to pay or bury them"
    left, right = side_by_side(one, two)
    assert "".join(each.text for each in left) == one
    assert "".join(each.text for each in right) == two
    assert [each.text.strip() for each in left if each.change is Marked.ADDED] == ["to"]
    assert [each.text for each in right if each.change is Marked.ADDED] == []
    assert not only_same((left, right))
    assert only_same(side_by_side(one, one))


def test_passages_that_would_take_long_to_compare_are_printed_plainly() -> None:
    assert side_by_side("word " * LONGEST, "word") == ()
    assert side_by_side("word", "other") != ()


def test_a_reason_of_shared_wording_marks_what_differs_and_any_other_does_not() -> None:
    case = invented_case()
    shared = read(render(case, title="x")["index.html"])
    utterance, *others = case.traced.utterances
    (reason,) = utterance.reasons
    plain = replace(utterance, reasons=(replace(reason, rule="told-to inferred"),))
    origins = tuple(replace(each, reasons=()) for each in case.traced.origins)
    claims = tuple(replace(each, reasons=()) for each in case.weighed.claims)
    bare = replace(
        case,
        traced=replace(case.traced, utterances=(plain, *others), origins=origins),
        weighed=replace(case.weighed, claims=claims),
    )
    marked = [each for each in shared.all("blockquote") if "bury" in each.text]
    assert marked
    assert "Marked words stand only on their side." in visible(shared)
    assert "Marked words stand only on their side." not in visible(read(render(bare, title="x")["index.html"]))
    assert "The same words in " in visible(shared)


def test_hundreds_of_reports_with_the_same_words_take_a_line_not_a_table() -> None:
    case = retold_case()
    (table,) = case.weighed.retellings
    first, *_, kept = table.details[0].retold
    many = replace(table, details=(replace(table.details[0], retold=(first, *[kept] * 400)), *table.details[1:]))
    few = replace(table, details=(replace(table.details[0], retold=(first, kept)), *table.details[1:]))
    wide = tuple(replace(each, reports=tuple(report.id for report in case.received.reports)) for each in (many, few))
    sizes = [
        len(render(replace(case, weighed=replace(case.weighed, retellings=(each,))), title="x")["index.html"])
        for each in wide
    ]
    assert sizes[0] - sizes[1] < 1000
