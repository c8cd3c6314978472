"""What a reason does to a claim's range: joins, may join, may part; and how far the tellers of a pattern are apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from weighing_case import CaseBuilder

from headwater.model import Bearing, Claim, Place, Reason, SourceKind, Span, Weighed
from headwater.weighing import weigh

WORDS = "They burned every boat on the river before dawn."


def only(weighed: Weighed) -> Claim:
    (claim,) = weighed.claims
    return claim


def rules(claim: Claim, bearing: Bearing) -> list[str]:
    return [one.rule for one in claim.reasons if one.bearing is bearing]


def echoed(*, named: bool, inferred: bool, kind: SourceKind = SourceKind.WITNESS) -> Weighed:
    case = CaseBuilder()
    reports = [case.report(name) for name in ("Tarn Post", "Vell Herald", "Osker Daily")]
    case.origin("ferryman", "Ilma Torvald" if named else "a ferryman", kind, told_to="Radio Quill", named=named)
    for report in reports:
        case.say(report, WORDS, "ferryman", utterance="boats")
    traced = case.traced()
    (origin,) = traced.origins
    places = tuple(Place(report, Span(0, 9)) for report in reports[1:])
    reason = Reason("told-to inferred", "Tarn Post says it was said to Radio Quill.", places)
    changed = replace(origin, told_to_in=tuple(reports[: 1 if inferred else 3]), reasons=(reason,) if inferred else ())
    return weigh(case.infos, case.readings(), replace(traced, origins=(changed,)), set_aside=())


def test_an_unnamed_voice_joined_by_words_may_be_more_than_one() -> None:
    claim = only(echoed(named=False, inferred=False))
    assert (claim.origin_range, rules(claim, Bearing.JOINS)) == ("1", ["same utterance"])
    (doubt,) = [one for one in claim.reasons if one.bearing is Bearing.MAY_PART]
    assert doubt.rule == "one person by wording"
    assert [place.report for place in doubt.places] == list(claim.reports)


@pytest.mark.parametrize("kind", [SourceKind.OFFICIAL, SourceKind.DOCUMENT])
def test_an_office_and_a_named_witness_are_not_doubted_so(kind: SourceKind) -> None:
    assert rules(only(echoed(named=True, inferred=False)), Bearing.MAY_PART) == []
    assert rules(only(echoed(named=False, inferred=False, kind=kind)), Bearing.MAY_PART) == []


def test_an_inferred_occasion_may_be_another_one() -> None:
    claim = only(echoed(named=True, inferred=True))
    (doubt,) = [one for one in claim.reasons if one.bearing is Bearing.MAY_PART]
    assert doubt.rule == "told on another occasion"
    assert "where it was said (Radio Quill) stands only in Tarn Post" in doubt.text
    assert {place.report for place in doubt.places} == {"vell-herald", "osker-daily"}


def test_words_that_somebody_is_given_by_wording_may_be_another_s() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("ferryman", "Ilma Torvald", named=True)
    case.say(one, WORDS, "ferryman", utterance="boats")
    vague = case.say(two, WORDS, "ferryman", utterance="boats")
    traced = case.traced()
    reason = Reason("source inferred", "Vell Herald names nobody.", (Place(two, vague.content[0]),))
    traced = replace(traced, origins=(replace(traced.origins[0], reasons=(reason,)),))
    claim = only(weigh(case.infos, case.readings(), traced, set_aside=()))
    (doubt,) = [each for each in claim.reasons if each.bearing is Bearing.MAY_PART]
    assert (doubt.rule, [place.report for place in doubt.places]) == ("source by wording", [two])


def copied(credit: str | None) -> Claim:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    found = [case.number(report, "41 boatmen", 41, 41, unit="boatmen") for report in (one, two)]
    case.copied(found[0], found[1], credit)
    return only(case.weighed())


def test_a_copy_that_nothing_but_wording_shows_may_part_and_an_agency_s_does_not() -> None:
    claim, credited = copied(None), copied("Longshore")
    assert (claim.origin_range, credited.origin_range) == ("1", "1")
    assert rules(claim, Bearing.JOINS) == ["narrative copy"]
    assert rules(claim, Bearing.MAY_PART) == ["wording alone"]
    assert (rules(credited, Bearing.JOINS), rules(credited, Bearing.MAY_PART)) == (["agency copy"], [])


def test_what_may_be_one_lowers_and_what_stands_beside_does_not_count() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "a man")
    case.origin("b", "a survivor")
    case.say(one, WORDS, "a", utterance="a")
    case.say(two, WORDS, "b", utterance="b")
    claim = only(case.weighed())
    assert (claim.origin_range, rules(claim, Bearing.MAY_JOIN)) == ("1–2", ["could be the same person"])


def tellers(behind: str | None = None) -> Weighed:
    case = CaseBuilder()
    case.origin("a", "Ilma Torvald, a miller", named=True)
    case.origin("b", "Bero Haskin, a cook", named=True)
    case.say(case.report("Tarn Post"), "They torched the granary behind the old mill.", "a")
    case.say(case.report("Vell Herald"), "Soldiers burned my house in the night.", "b", behind=behind)
    return case.weighed()


def test_a_pattern_says_how_many_of_its_tellers_are_independent_at_least() -> None:
    (apart,) = tellers().patterns
    assert (apart.origins, apart.origins_low, apart.origins_high, apart.reasons) == (("a", "b"), 2, 2, ())
    (resting,) = tellers(behind="Torvald").patterns
    assert (resting.origins, resting.origins_low, resting.origins_high) == (("a", "b"), 1, 2)
    assert [(one.rule, one.bearing) for one in resting.reasons] == [("rests on another origin", Bearing.MAY_JOIN)]


def test_a_third_teller_who_may_be_either_of_two_leaves_two() -> None:
    case = CaseBuilder()
    for key, name, words in (
        ("a", "a miller from Hessle", "They torched the granary behind the old mill."),
        ("b", "a woman from Orsk", "We saw the village on fire."),
        ("c", "a survivor", "Soldiers burned my house in the night."),
    ):
        case.origin(key, name)
        case.say(case.report(f"Paper {key}"), words, key)
    (pattern,) = case.weighed().patterns
    assert (len(pattern.origins), pattern.origins_low, pattern.origins_high) == (3, 2, 3)
    assert {one.rule for one in pattern.reasons} == {"could be the same person"}
