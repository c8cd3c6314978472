"""Claims from figures: what counts the same thing, and how two numbers stand to one another."""

from __future__ import annotations

import pytest
from weighing_case import CaseBuilder

from headwater.model import Bound, ClaimKind, Comparison, Figure, PassageKind, Relation, SourceKind, Weighed


def two_reports(first: str | None = None, second: str | None = None) -> CaseBuilder:
    case = CaseBuilder()
    case.report("Tarn Post", first)
    case.report("Vell Herald", second)
    return case


def together(weighed: Weighed, *figures: Figure) -> bool:
    return any({one.id for one in figures} <= set(claim.figures) for claim in weighed.claims)


def relation(weighed: Weighed, a: Figure, b: Figure) -> Comparison | None:
    return next((one for one in weighed.comparisons if {one.a, one.b} == {a.id, b.id}), None)


@pytest.mark.parametrize(
    ("unit", "other", "expected"),
    [
        ("herders", "young herders", True),
        ("people", "men", True),
        ("girls", "schoolgirls", True),
        ("men", "activists", False),
        ("men", "women", False),
        ("people", "houses", False),
        ("soldiers", "civilians", False),
    ],
)
def test_only_the_same_people_and_things_are_one_claim(unit: str, other: str, *, expected: bool) -> None:
    case = two_reports()
    a = case.number("tarn-post", f"over 40 {unit}", 41, None, unit=unit, act="detained", bound=Bound.MORE_THAN)
    b = case.number("vell-herald", f"at least 30 {other}", 30, None, unit=other, act="detained", bound=Bound.AT_LEAST)
    assert together(case.weighed(), a, b) == expected


def test_another_act_is_another_claim_and_shown_as_different() -> None:
    case = two_reports()
    a = case.number("tarn-post", "30 men", 30, 30, unit="men", act="detained")
    b = case.number("vell-herald", "30 men", 30, 30, unit="men", act="killed")
    weighed = case.weighed()
    assert not together(weighed, a, b)
    compared = relation(weighed, a, b)
    assert compared is not None
    assert compared.relation is Relation.DIFFERENT
    assert "“detained”" in compared.reason
    assert "“killed”" in compared.reason


def test_ages_are_never_counts() -> None:
    case = two_reports()
    a = case.number("tarn-post", "40 people", 40, 40, act="killed")
    b = case.number("vell-herald", "aged 40", 40, 40, unit="years", act="aged")
    assert not together(case.weighed(), a, b)


@pytest.mark.parametrize(
    ("place", "other_place", "when", "other_when"),
    [("Hessle", "Tarnby", None, None), (None, None, "in 1959", "in 2016"), (None, None, "in May", "in October")],
)
def test_another_place_or_time_is_another_claim(
    place: str | None, other_place: str | None, when: str | None, other_when: str | None
) -> None:
    case = two_reports()
    a = case.number("tarn-post", "7 people", 7, 7, place=place, when=when)
    b = case.number("vell-herald", "7 people", 7, 7, place=other_place, when=other_when)
    assert not together(case.weighed(), a, b)


def test_in_doubt_only_the_same_number_joins() -> None:
    case = two_reports()
    a = case.number("tarn-post", "9 people", 9, 9, unit="people", act="injured")
    b = case.number("vell-herald", "9 workers", 9, 9, unit="workers", act="injured")
    c = case.number("vell-herald", "more than 5 workers", 6, None, unit="workers", act="missing")
    d = case.number("tarn-post", "9 people", 9, 9, unit="people", act="missing")
    weighed = case.weighed()
    assert together(weighed, a, b)
    assert not together(weighed, c, d)


def test_one_report_that_gives_two_numbers_speaks_of_two_things() -> None:
    case = two_reports()
    a = case.number("tarn-post", "21 girls", 21, 21, unit="girls", act="released")
    b = case.number("tarn-post", "82 girls", 82, 82, unit="girls", act="released")
    c = case.number("vell-herald", "21 girls", 21, 21, unit="girls", act="released")
    weighed = case.weighed()
    assert together(weighed, a, c)
    assert not together(weighed, a, b)


def test_the_same_number_and_bound_is_the_same() -> None:
    case = two_reports()
    a = case.number("tarn-post", "over 100 men", 101, None, unit="men", bound=Bound.MORE_THAN)
    b = case.number("vell-herald", "more than 100 men", 101, None, unit="men", bound=Bound.MORE_THAN)
    compared = relation(case.weighed(), a, b)
    assert compared is not None
    assert compared.relation is Relation.SAME
    assert "both count men, killed" in compared.reason


def test_about_a_hundred_and_more_than_a_hundred_are_compatible() -> None:
    case = two_reports()
    a = case.number("tarn-post", "about 100 men", 100, 100, unit="men", bound=Bound.ABOUT)
    b = case.number("vell-herald", "more than 100 men", 101, None, unit="men", bound=Bound.MORE_THAN)
    compared = relation(case.weighed(), a, b)
    assert compared is not None
    assert compared.relation is Relation.COMPATIBLE


def test_a_later_and_larger_count_is_an_update() -> None:
    case = two_reports("2031-05-02", "2031-05-09")
    a = case.number("tarn-post", "at least three men", 3, None, unit="men", bound=Bound.AT_LEAST)
    b = case.number("vell-herald", "more than 30 men", 31, None, unit="men", bound=Bound.MORE_THAN)
    compared = relation(case.weighed(), a, b)
    assert compared is not None
    assert compared.relation is Relation.UPDATE
    assert "2031-05-02" in compared.reason
    assert "2031-05-09" in compared.reason


def test_one_source_that_gave_both_numbers_has_counted_on() -> None:
    case = two_reports()
    case.origin("paper", "Quill Gazette", SourceKind.OUTLET, named=True)
    a = case.number("tarn-post", "three men", 3, 3, unit="men", origin="paper")
    b = case.number("vell-herald", "more than 30 men", 31, None, unit="men", bound=Bound.MORE_THAN, origin="paper")
    compared = relation(case.weighed(), a, b)
    assert compared is not None
    assert compared.relation is Relation.UPDATE
    assert "Quill Gazette gave both numbers" in compared.reason


def test_numbers_that_exclude_one_another_on_one_day_are_in_conflict() -> None:
    case = two_reports("2031-05-02", "2031-05-02")
    a = case.number("tarn-post", "12 men", 12, 12, unit="men")
    b = case.number("vell-herald", "19 men", 19, 19, unit="men")
    weighed = case.weighed()
    compared = relation(weighed, a, b)
    assert compared is not None
    assert compared.relation is Relation.CONFLICT
    assert weighed.summary.contradictions == 1
    claim = next(one for one in weighed.claims if one.kind is ClaimKind.FIGURE)
    assert "12 men" in claim.text
    assert "“19 men”" in claim.text
    assert next(one.grade for one in weighed.assessments if one.method.startswith("Casualty")) == "contested"


def test_a_caption_may_be_older_than_its_story() -> None:
    case = two_reports()
    a = case.number("tarn-post", "40 people", 40, 40, act="injured", passage=PassageKind.CAPTION)
    b = case.number("tarn-post", "more than 50 people", 51, None, act="injured", bound=Bound.MORE_THAN)
    weighed = case.weighed()
    assert together(weighed, a, b)
    compared = relation(weighed, a, b)
    assert compared is not None
    assert compared.relation is Relation.UPDATE


def test_a_named_source_and_repeats_without_one_give_a_range() -> None:
    case = CaseBuilder()
    reports = [case.report(name) for name in ("Tarn Post", "Vell Herald", "Osker Daily", "Mirren News")]
    case.origin("paper", "Quill Gazette", SourceKind.OUTLET, named=True)
    for report in reports:
        named = "paper" if report in reports[:2] else None
        case.number(report, "over 100 men", 101, None, unit="men", act="detained", origin=named)
    (claim,) = case.weighed().claims
    assert (claim.origins, claim.origin_range, len(claim.unattributed)) == (("paper",), "1–3", 2)


def test_copied_narrative_joins_two_unattributed_reports() -> None:
    case = two_reports()
    a = case.number("tarn-post", "over 100 men", 101, None, unit="men", act="detained")
    b = case.number("vell-herald", "over 100 men", 101, None, unit="men", act="detained")
    (claim,) = case.weighed().claims
    assert claim.origin_range == "1–2"
    case.copied(a, b, credit="Skerry")
    (claim,) = case.weighed().claims
    assert claim.origin_range == "1"
    reason = claim.reasons[0]
    assert reason.rule == "agency copy"
    assert "Skerry" in reason.text
    assert [place.span for place in reason.places] == [a.span, b.span]


@pytest.mark.parametrize(("named", "expected"), [(False, "1"), (True, "2")])
def test_a_copied_passage_is_one_origin_unless_two_names_stand_for_it(*, named: bool, expected: str) -> None:
    case = two_reports()
    case.origin("a", "the coast guard", SourceKind.ORGANISATION, named=True)
    case.origin("b", "rescuers" if not named else "Harbour Mission", SourceKind.ORGANISATION, named=named, plural=True)
    a = case.number("tarn-post", "over 100 men", 101, None, unit="men", act="rescued", origin="a")
    b = case.number("vell-herald", "over 100 men", 101, None, unit="men", act="rescued", origin="b")
    case.copied(a, b)
    (claim,) = case.weighed().claims
    assert claim.origin_range == expected


def test_the_outlet_that_others_name_is_its_own_origin() -> None:
    case = two_reports()
    quill = case.report("Quill Gazette")
    case.origin("paper", "the Quill Gazette", SourceKind.OUTLET, named=True)
    case.number("tarn-post", "over 100 men", 101, None, unit="men", act="detained", origin="paper")
    case.number(quill, "over 100 men", 101, None, unit="men", act="detained")
    (claim,) = case.weighed().claims
    assert claim.origin_range == "1"
    assert claim.reasons[0].rule == "own report"


def test_unrelated_happenings_in_a_large_case_are_not_counted_together() -> None:
    case = CaseBuilder()
    figures = []
    for at in range(15):
        place, mayor = ("Hessle", "Ilma Torvald") if at < 2 else (f"Town{chr(97 + at)}", f"Mayor{chr(97 + at)} Haskin")
        report = case.report(f"Paper {chr(65 + at)}")
        case.origin(f"o{at}", mayor, named=True)
        case.say(report, f"Nobody in {place} slept.", f"o{at}")
        figures.append(case.number(report, "7 people", 7, 7))
    weighed = case.weighed()
    assert together(weighed, figures[0], figures[1])
    assert not together(weighed, figures[0], figures[5])


def test_in_a_large_case_a_share_is_not_compared_by_its_number_alone() -> None:
    case = CaseBuilder()
    for at in range(15):
        case.report(f"Paper {chr(65 + at)}")
    for report in ("paper-a", "paper-b"):
        case.origin(f"o-{report}", "Mayor Ilma Torvald", named=True)
        case.say(report, "Nobody in Hessle slept.", f"o-{report}")
    a = case.number("paper-a", "40 per cent", 40, 40, unit="per cent", act=None)
    b = case.number("paper-b", "40 per cent", 40, 40, unit="per cent", act=None)
    c = case.number("paper-a", "12 tankers", 12, 12, unit="tankers", act="destroyed")
    d = case.number("paper-b", "12 tankers", 12, 12, unit="tankers", act="destroyed")
    weighed = case.weighed()
    assert not together(weighed, a, b)
    assert together(weighed, c, d)


def test_a_part_is_not_a_version_of_the_whole() -> None:
    case = two_reports()
    whole = case.number("tarn-post", "more than 50 people", 51, None, act="injured", bound=Bound.MORE_THAN)
    part = case.number("vell-herald", "three of them", 3, 3, act="injured")
    assert not together(case.weighed(), whole, part)


def test_acts_read_loosely_join_only_on_one_number_for_one_thing() -> None:
    case = two_reports()
    a = case.number("tarn-post", "21 schoolgirls", 21, 21, unit="schoolgirls", act="released")
    b = case.number("vell-herald", "the 21 girls", 21, 21, unit="girls", act="handed")
    c = case.number("vell-herald", "30 girls", 30, 30, unit="girls", act="sung")
    weighed = case.weighed()
    assert together(weighed, a, b)
    assert not together(weighed, a, c)


def test_two_ages_are_two_people() -> None:
    case = two_reports()
    a = case.number("tarn-post", "a 24-year-old", 24, 24, unit="years", act="aged")
    b = case.number("vell-herald", "61-year-old", 61, 61, unit="years", act="aged")
    weighed = case.weighed()
    assert not together(weighed, a, b)
    assert weighed.comparisons == ()


def test_a_round_number_with_a_bound_does_not_outweigh_another_act() -> None:
    case = two_reports()
    a = case.number("tarn-post", "more than 100 men", 101, None, unit="men", act="detained", bound=Bound.MORE_THAN)
    b = case.number("vell-herald", "more than 100 men", 101, None, unit="men", act="released", bound=Bound.MORE_THAN)
    c = case.number("tarn-post", "143 girls", 143, 143, unit="girls", act="abducted")
    d = case.number("vell-herald", "143 girls", 143, 143, unit="girls", act="released")
    e = case.number("vell-herald", "143 girls", 143, 143, unit="girls", act="killed")
    weighed = case.weighed()
    assert not together(weighed, a, b)
    assert together(weighed, c, d)
    assert not together(weighed, c, e)
