"""Which of two passages is the later one: what each sign weighs, and that what contradicts stays visible."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tracing_cases import Said, pile, report

from headwater.model import CitationKind, Form, Link, LinkKind, Reading, Report, Traced
from headwater.tracing.direction import DIRECTED_FROM, gap_between

PASSAGE = "The barge carrying forty harvest workers drifted onto the reef below the lighthouse shortly after midnight."
ELSE_A = "The council of Norvik debated the price of bread and adjourned without a vote on Monday evening."
ELSE_B = "Skaters gathered on the frozen canal while brass bands rehearsed for the spring carnival."
WORDS = "They chained the fishermen together and made them kneel in the snow until the morning bell."


def only(traced: Traced, kind: LinkKind) -> Link:
    (found,) = [link for link in traced.links if link.kind is kind]
    return found


def weights(link: Link) -> dict[str, float]:
    return {item.name: item.weight for item in link.evidence}


def copied(day_a: str | None, day_b: str | None, *, first: str = "", second: str = "") -> tuple[Link, Report, Report]:
    a = report(f"{ELSE_A} {PASSAGE} {first}".strip(), outlet="Harbour Post", day=day_a)
    b = report(f"{ELSE_B} {PASSAGE} {second}".strip(), outlet="Valley Times", day=day_b)
    (link,) = pile(a, b).traced().links
    return link, a[0], b[0]


def test_a_later_day_is_weak_and_a_longer_gap_weighs_more() -> None:
    found = [copied("2021-03-01", day)[0] for day in ("2021-03-02", "2021-03-04", "2021-03-20")]
    seen = [weights(link)["dates"] for link in found]
    assert 0 < seen[0] < seen[1] <= seen[2] <= 0.5
    assert "1 day after Harbour Post" in found[0].evidence[0].text


def test_minutes_apart_do_not_tell() -> None:
    link, *_ = copied("2021-03-01T08:00:00+00:00", "2021-03-01T08:40:00+00:00")
    assert not link.directed
    assert 0 < weights(link)["dates"] < DIRECTED_FROM


def test_nothing_known_is_undirected_and_says_nothing() -> None:
    link, *_ = copied(None, None)
    assert not link.directed
    assert link.evidence == ()


def test_who_credits_the_agency_is_later_than_the_agency_whatever_the_days() -> None:
    own = report(f"{ELSE_A} {PASSAGE}", outlet="Reuters", day="2021-03-03")
    printed = report(f"{ELSE_B} {PASSAGE}\nCopyright 2021 Reuters", outlet="Valley Times", day="2021-03-02")
    link = only(pile(own, printed).traced(), LinkKind.AGENCY_COPY)
    assert link.directed
    assert (link.later.report, link.earlier.report) == (printed[0].id, own[0].id)
    assert weights(link)["agency credit"] > 0
    assert weights(link)["dates"] < 0
    credited = next(item for item in link.evidence if item.name == "agency credit")
    assert [place.span.of(printed[0].text) for place in credited.places] == ["Reuters"]


def cited(day_citing: str | None, *, near: bool = True) -> tuple[Link, Report, Report]:
    first = report(f"{ELSE_A} “{WORDS}”", Said(WORDS, "a survivor"), outlet="Harbour Post", day="2021-03-05")
    gap = "" if near else "Nothing else was on the agenda of that long and windy evening in the old town hall. " * 8
    text = f"Rain fell, the Harbour Post reports. {gap}“{WORDS}”"
    second = report(
        text,
        Said(WORDS, "a survivor"),
        outlet="Valley Times",
        day=day_citing,
        cites=[("the Harbour Post", CitationKind.REPORTED_BY)],
    )
    return only(pile(first, second).traced(), LinkKind.QUOTE_VARIANT), first[0], second[0]


def test_a_citation_directs_without_dates_and_opens_on_its_words() -> None:
    link, first, second = cited(None)
    assert link.directed
    assert (link.later.report, link.earlier.report) == (second.id, first.id)
    (item,) = link.evidence
    assert item.places[0].span.of(second.text) == "the Harbour Post"
    assert "beside this passage" in item.text


def test_a_citation_far_from_the_passage_weighs_less() -> None:
    assert weights(cited(None)[0])["citation"] > weights(cited(None, near=False)[0])["citation"]


def test_dates_against_a_citation_stay_visible() -> None:
    link, _, second = cited("2021-03-04")
    assert {name: weight > 0 for name, weight in weights(link).items()} in (
        {"citation": True, "dates": False},
        {"citation": False, "dates": True},
    )
    assert link.later.report == second.id or not link.directed


def test_a_citation_link_is_told_by_the_citation_itself_and_shows_dates_against_it() -> None:
    first = report(f"{ELSE_A} “{WORDS}”", Said(WORDS, "a survivor"), outlet="Harbour Post", day="2021-03-25")
    second = report(
        f"Rain fell, the Harbour Post reports. “{WORDS}”",
        Said(WORDS, "a survivor"),
        outlet="Valley Times",
        day="2021-03-04",
        cites=[("the Harbour Post", CitationKind.REPORTED_BY)],
    )
    link = only(pile(first, second).traced(), LinkKind.CITATION)
    assert link.later.report == second[0].id
    assert not link.directed
    assert weights(link)["dates"] < 0 < weights(link)["citation"]


def test_a_report_of_a_later_day_that_shares_nothing_is_not_what_is_cited() -> None:
    first = report(ELSE_A, outlet="Harbour Post", day="2021-03-25")
    second = report(
        f"{ELSE_B} So the Harbour Post reports.",
        outlet="Valley Times",
        day="2021-03-04",
        cites=[("the Harbour Post", CitationKind.REPORTED_BY)],
    )
    assert pile(first, second).traced().links == ()


def test_a_marked_cut_is_shown_as_a_weak_sign() -> None:
    whole = "They chained the fishermen together at the old mill gate and made them kneel in the snow until morning."
    trimmed = "They chained the fishermen together … and made them kneel in the snow until morning."
    a = report(f"{ELSE_A} “{whole}”", Said(whole, "a survivor"), outlet="Harbour Post")
    b = report(f"{ELSE_B} “{trimmed}”", Said(trimmed, "a survivor"), outlet="Valley Times")
    link = only(pile(a, b).traced(), LinkKind.QUOTE_VARIANT)
    assert not link.directed
    assert 0 < abs(weights(link)["marked cut"]) < DIRECTED_FROM
    assert "Valley Times leaves out 5 words of Harbour Post and marks the gap." in link.evidence[0].text


def test_words_that_only_one_has_are_shown_and_do_not_tell() -> None:
    whole = "They chained the fishermen together at the old mill gate and made them kneel in the snow until morning."
    trimmed = "They chained the fishermen together and made them kneel in the snow until morning."
    a = report(f"{ELSE_A} “{whole}”", Said(whole, "a survivor"), outlet="Harbour Post")
    b = report(f"{ELSE_B} “{trimmed}”", Said(trimmed, "a survivor"), outlet="Valley Times")
    link = only(pile(a, b).traced(), LinkKind.QUOTE_VARIANT)
    assert not link.directed
    assert weights(link) == {"shorter": 0.0}
    assert "cut here, or added there" in link.evidence[0].text


@pytest.mark.parametrize(
    ("one", "two", "gap"),
    [
        ("2021-03-01", "2021-03-03", timedelta(days=2)),
        ("2021-03-03", "2021-03-01", timedelta(days=-2)),
        ("2021-03-01", "2021-03-01", None),
        ("2021-03-01T08:00:00", "2021-03-01T09:30:00", timedelta(minutes=90)),
        ("2021-03-01T08:00:00+02:00", "2021-03-01T06:30:00+00:00", timedelta(minutes=30)),
        ("2021-03-01T08:00:00", "2021-03-01T09:30:00+00:00", None),
        ("2021-03", "2021-03-09", None),
        ("2021-03", "2021-05-02", timedelta(days=32)),
        ("2020", "2021-03-09", timedelta(days=68)),
        ("2021-12", "2022", timedelta(days=1)),
        ("some day", "2021-03-09", None),
    ],
)
def test_how_far_apart(*, one: str, two: str, gap: timedelta | None) -> None:
    assert gap_between(one, two) == gap


MOMENTS = st.one_of(
    st.dates().map(lambda day: day.isoformat()), st.datetimes().map(lambda at: at.isoformat(timespec="minutes"))
)


@given(one=MOMENTS, two=MOMENTS)
def test_a_gap_turned_round_is_the_same_gap(one: str, two: str) -> None:
    back = gap_between(two, one)
    assert gap_between(one, two) == (None if back is None else -back)


def told(text: str, outlet: str) -> tuple[Report, Reading]:
    return report(
        text,
        Said("he was tired", "Ilan Torv", form=Form.INDIRECT),
        outlet=outlet,
        cites=[("the Harbour Post", CitationKind.TOLD)],
    )


def test_an_outlet_that_names_itself_cites_none_of_its_own_reports() -> None:
    a = told(f"{ELSE_A} {PASSAGE} Ilan Torv told the Harbour Post that he was tired.", "Harbour Post")
    b = report(f"{ELSE_B} {PASSAGE}", outlet="Harbour Post")
    assert only(pile(a, b).traced(), LinkKind.NARRATIVE_COPY).evidence == ()


def test_an_outlet_that_names_itself_is_no_citation_of_the_other() -> None:
    a = told(f"{ELSE_A} {PASSAGE} Ilan Torv told the Harbour Post that he was tired.", "Harbour Post")
    b = report(f"{ELSE_B} {PASSAGE}", outlet="Valley Times")
    link = only(pile(a, b).traced(), LinkKind.NARRATIVE_COPY)
    assert link.evidence == ()
