"""What tells which passage is later, and what a claim's count hangs on, as an editor reads it."""

from __future__ import annotations

from dataclasses import replace

from invented_story import invented_case
from pages_read import read, visible

from headwater.dossier import render
from headwater.model import Bearing, Case, Reason


def page(case: Case) -> str:
    return " ".join(visible(read(render(case, title="Case")["index.html"])).split())


def test_the_signs_of_a_direction_stand_with_their_weights_and_what_contradicts_too() -> None:
    text = page(invented_case())
    assert "Later because" in text
    assert "The copy names the wire beside this passage. strong, +0.6" in text
    assert "The wire was published 1 day after the copy. weak, −0.3" in text
    assert "does not tell" in text


def test_an_undirected_link_says_so() -> None:
    case = invented_case()
    (link,) = case.traced.links
    text = page(replace(case, traced=replace(case.traced, links=(replace(link, directed=False),))))
    assert "Which is later is not told" in text
    assert "Later because" not in text


def test_whose_copy_it_is_and_where_that_stands() -> None:
    case = invented_case()
    (reuse,) = case.traced.reuse
    third = next(one for one in case.received.reports if one.id not in {reuse.a.report, reuse.b.report})
    shown = replace(reuse, credit_in=third.id)
    text = page(replace(case, traced=replace(case.traced, reuse=(shown,))))
    assert f"Neither credits anybody; {third.info.called} has it too and credits Meridian Wire." in text
    own = replace(reuse, credit_in=reuse.a.report)
    assert "Meridian Wire is credited." in page(replace(case, traced=replace(case.traced, reuse=(own,), links=())))


def test_wording_on_which_a_link_rests_is_not_shown_twice() -> None:
    case = invented_case()
    (first,), (link,) = case.traced.reuse, case.traced.links
    reuse = replace(first, credit_in=first.a.report)
    linked = replace(link, later=reuse.a, earlier=reuse.b)
    twice = page(replace(case, traced=replace(case.traced, reuse=(reuse,), links=(linked,))))
    alone = page(replace(case, traced=replace(case.traced, reuse=(reuse,), links=())))
    note = f"{reuse.words} words in a row are the same or nearly so."
    assert (twice.count(note), alone.count(note)) == (0, 1)


def test_reasons_are_grouped_by_what_they_do_to_the_count() -> None:
    case = invented_case()
    reasons = tuple(Reason(f"rule {one.value}", f"Text {one.value}.", (), one) for one in Bearing)
    first = replace(case.weighed.claims[0], reasons=reasons)
    text = page(replace(case, weighed=replace(case.weighed, claims=(first, *case.weighed.claims[1:]))))
    for heading, bearing in (
        ("Counted as one because", Bearing.JOINS),
        ("Could be fewer if", Bearing.MAY_JOIN),
        ("Could be more if", Bearing.MAY_PART),
        ("Set beside it because", Bearing.BESIDE),
    ):
        assert f"{heading} 1 rule {bearing.value} Text {bearing.value}." in text


def test_a_pattern_says_how_many_of_its_tellers_are_independent() -> None:
    case = invented_case()
    (pattern,) = case.weighed.patterns
    two = replace(case, weighed=replace(case.weighed, patterns=(replace(pattern, origins_low=2),)))
    assert "they may all go back to one" in page(case)
    assert "nothing in the reports ties any two of them together" in page(two)
