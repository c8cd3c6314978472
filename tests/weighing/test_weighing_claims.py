"""Claims from what was said: what is joined, what stays apart, and the range of each."""

from __future__ import annotations

import dataclasses
import itertools
import random

import pytest
from weighing_case import CaseBuilder

from headwater.model import Claim, ClaimKind, Reading, SourceKind, Stance, Traced, Weighed
from headwater.weighing import MAKER, weigh
from headwater.weighing.acts import acts_in


def carrying(weighed: Weighed, words: str) -> Claim:
    found = [one for one in weighed.claims if words in one.text]
    assert len(found) == 1, [one.text for one in weighed.claims]
    return found[0]


def echo() -> CaseBuilder:
    """Four outlets, one ferryman; one of them has a second witness of its own."""
    case = CaseBuilder()
    reports = [case.report(name) for name in ("Tarn Post", "Vell Herald", "Osker Daily", "Mirren News")]
    case.origin("ferryman", "a ferryman who got away", told_to="Radio Quill")
    case.origin("cook", "a cook from Hessle")
    for report, words in zip(
        reports,
        (
            "They burned every boat on the river before dawn.",
            "They burned every boat on the river",
            "They burned every boat on the river before dawn,",
            "They burned every boat on the river before dawn.",
        ),
        strict=True,
    ):
        case.say(report, words, "ferryman", utterance="boats")
    case.say(reports[3], "Soldiers set fire to our boats while the children slept.", "cook")
    return case


def test_four_reports_of_one_witness_are_one_origin_and_the_loudest_echo() -> None:
    weighed = echo().weighed()
    claim = carrying(weighed, "burned every boat")
    assert (len(claim.reports), claim.origin_range, claim.origins) == (4, "1", ("ferryman",))
    assert claim.statements == tuple(
        f"s-{report}-0" for report in ("tarn-post", "vell-herald", "osker-daily", "mirren-news")
    )
    reason = claim.reasons[0]
    assert reason.rule == "same utterance"
    assert "Tarn Post, Vell Herald, Osker Daily and Mirren News" in reason.text
    assert "told Radio Quill" in reason.text
    assert [place.report for place in reason.places] == list(claim.reports)
    assert weighed.summary.loudest_echo == claim.id == weighed.claims[0].id
    assert (weighed.summary.echo_reports, weighed.summary.echo_origins) == (4, "1")


def test_a_second_witness_in_other_words_is_a_pattern_and_not_a_repetition() -> None:
    weighed = echo().weighed()
    assert carrying(weighed, "set fire").origins == ("cook",)
    (pattern,) = weighed.patterns
    assert (pattern.act, pattern.origins) == ("destruction of homes", ("ferryman", "cook"))
    assert len(pattern.statements) == 4 + 1


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("His legs were blue from the truncheon.", "beating"),
        ("They beat him until he slept.", "beating"),
        ("The wires hung over the street.", None),
        ("The soup burned.", None),
        ("They put wires on his fingers and turned on the electricity.", "electric shock"),
        ("Two boys vanished from the market.", "disappearance"),
    ],
)
def test_acts_are_found_by_their_words(words: str, act: str | None) -> None:
    assert acts_in(words) == (frozenset({act}) if act else frozenset())


def test_tellers_who_may_all_be_one_man_are_no_pattern() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "a man who fled")
    case.origin("b", "a survivor")
    case.say(one, "They torched the granary behind the old mill.", "a")
    case.say(two, "Soldiers burned my house in the night.", "b")
    assert case.weighed().patterns == ()
    case.origin("c", "a woman from Hessle")
    case.say(case.report("Osker Daily"), "We saw the village on fire.", "c")
    (pattern,) = case.weighed().patterns
    assert pattern.origins == ("a", "b", "c")


def test_a_passing_mention_gives_way_to_the_witness_it_may_be() -> None:
    case = echo()
    case.origin("passing", "a man")
    case.origin("nurse", "a nurse from Hessle")
    first = case.say("tarn-post", "How villages burned", "passing")
    case.say("vell-herald", "We could see the barns on fire.", "nurse")
    (pattern,) = case.weighed().patterns
    assert pattern.origins == ("ferryman", "nurse", "cook")
    assert first.id not in pattern.statements


def test_witnesses_who_share_a_run_of_words_are_no_pattern() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "a miller")
    case.origin("b", "a woman from Hessle")
    case.say(one, "They torched the granary behind the old mill that night", "a")
    case.say(two, "I saw how they torched the granary behind the old mill", "b")
    assert case.weighed().patterns == ()


def test_the_same_words_from_two_named_witnesses_are_one_claim_of_two_origins() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "Ilma Torvald", named=True)
    case.origin("b", "Bero Haskin", named=True)
    case.say(one, "The guards poisoned the well at Hessle farm.", "a")
    case.say(two, "The guards had poisoned the well at Hessle farm", "b")
    claim = carrying(case.weighed(), "poisoned the well")
    assert (claim.origin_range, claim.origins) == ("2", ("a", "b"))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("a man who fled", "a survivor", "1–2"),
        ("a man who fled", "a woman from Hessle", "2"),
        ("a farmer from Hessle", "a farmer from Tarnby", "2"),
        ("a 24-year-old farmer", "a farmer, 61", "2"),
        ("a nurse", "a soldier", "2"),
        ("a ferryman who fled", "a cook", "2"),
        ("a ferryman who fled", "one of the survivors", "1–2"),
    ],
)
def test_unnamed_sources_may_be_one_person_unless_something_speaks_against_it(
    first: str, second: str, expected: str
) -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", first)
    case.origin("b", second)
    case.say(one, "The guards poisoned the well behind the farm.", "a")
    case.say(two, "The guards poisoned the well behind the farm.", "b")
    claim = carrying(case.weighed(), "poisoned the well")
    assert claim.origin_range == expected
    assert any(one.rule == "could be the same person" for one in claim.reasons) == (expected == "1–2")


def test_sources_that_one_report_keeps_apart_are_two_people() -> None:
    case = CaseBuilder()
    one = case.report("Tarn Post")
    case.origin("a", "a survivor")
    case.origin("b", "another survivor")
    case.say(one, "The guards poisoned the well behind the farm.", "a")
    case.say(one, "The guards poisoned the well behind the farm.", "b")
    assert carrying(case.weighed(), "poisoned the well").origin_range == "2"


def test_two_names_for_one_man_in_one_report_may_be_one_man() -> None:
    case = CaseBuilder()
    one = case.report("Tarn Post")
    case.origin("a", "a survivor")
    case.origin("b", "the man")
    case.say(one, "The guards poisoned the well behind the farm.", "a")
    case.say(one, "The guards poisoned the well behind the farm.", "b")
    case.say(one, "They torched the granary.", "a")
    case.say(one, "They burned my house as well.", "b")
    weighed = case.weighed()
    assert carrying(weighed, "poisoned the well").origin_range == "1–2"
    assert weighed.patterns == ()


def test_an_outlet_that_passes_words_on_rests_on_the_speaker() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("paper", "Quill Gazette", SourceKind.OUTLET, named=True)
    case.origin("envoy", "Envoy Sela Marn", SourceKind.OFFICIAL, named=True)
    case.say(one, "The guards poisoned the well behind the farm.", "paper")
    case.say(two, "The guards poisoned the well behind the farm.", "envoy", via="the Quill Gazette")
    claim = carrying(case.weighed(), "poisoned the well")
    assert claim.origin_range == "1–2"
    assert "passes on what Envoy Sela Marn said" in claim.reasons[0].text


def test_many_unnamed_voices_may_still_be_one() -> None:
    case = CaseBuilder()
    for at in range(14):
        report = case.report(f"Paper {chr(65 + at)}")
        case.origin(f"o{at}", "a survivor")
        case.say(report, "The guards poisoned the well behind the farm.", f"o{at}")
    claim = carrying(case.weighed(), "poisoned the well")
    assert claim.origin_range == "1–14"
    assert 0 < len(claim.reasons) <= 60


def test_an_unattributed_repeat_raises_only_the_upper_number() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "Ilma Torvald", named=True)
    case.say(one, "The guards poisoned the well behind the farm.", "a")
    case.say(two, "The guards poisoned the well behind the farm.", None)
    claim = carrying(case.weighed(), "poisoned the well")
    assert (claim.origin_range, claim.unattributed) == ("1–2", ("vell-herald",))
    assert [one.rule for one in claim.reasons] == ["unattributed repeat"]


def test_one_speaker_on_two_occasions_is_one_or_two() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "Minister Orlan Vey", SourceKind.OFFICIAL, named=True, told_to="the Skerry agency")
    case.origin("b", "Minister Orlan Vey", SourceKind.OFFICIAL, named=True, told_to="Radio Quill", source="a")
    case.say(one, "The bridge at Hessle was closed for repairs.", "a")
    case.say(two, "The bridge at Hessle was closed for repairs.", "b")
    claim = carrying(case.weighed(), "closed for repairs")
    assert claim.origin_range == "1–2"
    assert claim.reasons[0].rule == "same speaker, two occasions"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Sela Marn, a spokeswoman for the governor", "the regional government", "1–2"),
        ("a spokesman for Governor Orlan Vey", "Orlan Vey", "1–2"),
        ("a police officer", "an army general", "2"),
    ],
)
def test_voices_of_one_office_may_be_one(first: str, second: str, expected: str) -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", first, SourceKind.OFFICIAL, named=first[0].isupper())
    case.origin("b", second, SourceKind.OFFICIAL, named=second[0].isupper())
    case.say(one, "The bridge at Hessle was closed for repairs.", "a")
    case.say(two, "The bridge at Hessle was closed for repairs.", "b")
    assert carrying(case.weighed(), "closed for repairs").origin_range == expected


def test_an_origin_that_relies_on_another_lowers_the_lower_number() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("paper", "Quill Gazette", SourceKind.OUTLET, named=True)
    case.origin("envoy", "Envoy Sela Marn", SourceKind.OFFICIAL, named=True)
    case.say(one, "The guards poisoned the well behind the farm.", "paper")
    case.say(two, "The guards poisoned the well behind the farm.", "envoy", behind="the Quill Gazette")
    claim = carrying(case.weighed(), "poisoned the well")
    assert claim.origin_range == "1–2"
    assert claim.reasons[0].rule == "rests on another origin"


@pytest.mark.parametrize(
    "other",
    [
        "The guards poisoned 4 wells behind the farm.",
        "The guards never poisoned the well behind the farm.",
        "The guards may have poisoned the well behind the farm.",
        "The soldiers repaired the well behind the mill.",
    ],
)
def test_other_numbers_polarity_or_certainty_stay_another_claim(other: str) -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "Ilma Torvald", named=True)
    case.origin("b", "Bero Haskin", named=True)
    case.say(one, "The guards poisoned the well behind the farm.", "a")
    case.say(two, other, "b")
    assert len(case.weighed().claims) == 2


def test_who_did_it_to_whom_is_not_turned_round() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "Ilma Torvald", named=True)
    case.origin("b", "Bero Haskin", named=True)
    case.say(one, "Herders attacked farmers near Hessle", "a")
    case.say(two, "Farmers attacked herders near Hessle", "b")
    assert len(case.weighed().claims) == 2


def test_the_contrary_of_a_claim_contradicts_it_both_ways() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "Ilma Torvald", named=True)
    case.origin("b", "Bero Haskin", named=True)
    case.say(one, "The guards poisoned the well behind the farm.", "a")
    case.say(two, "The guards did not poison the well behind the farm.", "b")
    weighed = case.weighed()
    yes, no = carrying(weighed, "guards poisoned"), carrying(weighed, "did not")
    assert (yes.contradicts, no.contradicts) == ((no.id,), (yes.id,))
    assert weighed.summary.contradictions == 1
    assert {one.grade for one in weighed.assessments if one.method.startswith("Casualty")} == {"contested"}


def test_a_quotation_cut_before_its_not_is_no_contradiction() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "Ilma Torvald", named=True)
    case.origin("b", "Bero Haskin", named=True)
    case.say(one, "No, the guards poisoned the well behind the farm that night", "a")
    case.say(two, "the guards poisoned the well behind the farm", "b")
    assert all(not claim.contradicts for claim in case.weighed().claims)


def test_one_outlet_that_repeats_itself_is_no_echo() -> None:
    case = CaseBuilder()
    case.origin("a", "a miller")
    for at in range(4):
        case.report("Tarn Post")
        case.infos[-1] = dataclasses.replace(case.infos[-1], id=f"tarn-{at}")
        case.say(f"tarn-{at}", "The mill wheel has not turned since harvest.", "a", utterance="wheel")
    weighed = case.weighed()
    assert len(carrying(weighed, "mill wheel").reports) == 4
    assert weighed.summary.loudest_echo is None


def test_names_of_one_outlet_are_one_cited_source() -> None:
    case = CaseBuilder()
    one, two = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("a", "Quill Gazette", SourceKind.OUTLET, named=True)
    case.origin("b", "the weekly Quill Gazette", SourceKind.OUTLET, named=True)
    case.origin("c", "the newspaper", SourceKind.OUTLET)
    case.say(one, "The guards poisoned the well behind the farm.", "a")
    case.say(two, "The guards poisoned the well behind the farm.", "b")
    claim = carrying(case.weighed(), "poisoned the well")
    assert claim.origin_range == "1"
    case.say(one, "The guards poisoned the well behind the farm!", "c")
    claim = carrying(case.weighed(), "poisoned the well")
    assert claim.origin_range == "1–2"
    assert {one.rule for one in claim.reasons} == {"same source", "could be the same source"}


def test_declining_and_caveats_are_no_claims() -> None:
    case = echo()
    case.origin("office", "the governor's office", SourceKind.OFFICIAL)
    case.say("tarn-post", "declined to comment", "office", stance=Stance.DECLINES)
    case.say("tarn-post", "The paper could not independently verify the account", None, stance=Stance.CAVEAT)
    weighed = case.weighed()
    assert all("comment" not in one.text and "verify" not in one.text for one in weighed.claims)
    assert len(carrying(weighed, "burned every boat").caveats) == 1


def test_the_order_of_what_was_traced_changes_nothing() -> None:
    case = echo()
    case.number("vell-herald", "at least 12 boats", 12, None, unit="boats", act="destroyed")
    case.number("tarn-post", "12 boats", 12, 12, unit="boats", act="destroyed")
    traced = case.traced()
    expected = weigh(case.infos, case.readings(), traced, set_aside=())
    chance = random.Random(3)
    for _ in range(5):
        parts = {
            name: tuple(chance.sample(getattr(traced, name), len(getattr(traced, name))))
            for name in ("sources", "utterances", "origins", "reuse")
        }
        shuffled = Traced(**parts, links=traced.links)
        assert weigh(case.infos, case.readings(), shuffled, set_aside=()) == expected


def test_every_statement_and_figure_is_in_exactly_one_claim_of_its_kind() -> None:
    case = echo()
    case.number("vell-herald", "at least 12 boats", 12, None, unit="boats", act="destroyed")
    weighed = case.weighed()
    statements = [one for claim in weighed.claims for one in claim.statements]
    figures = [one for claim in weighed.claims for one in claim.figures]
    assert sorted(statements) == sorted(one.id for reading in case.readings() for one in reading.statements)
    assert figures == ["f-vell-herald-36"]
    assert len({claim.id for claim in weighed.claims}) == len(weighed.claims)
    for claim in weighed.claims:
        assert 1 <= claim.origins_low <= claim.origins_high <= len(claim.origins) + len(claim.unattributed)
        assert claim.kind is (ClaimKind.FIGURE if claim.figures else ClaimKind.SAID)


def test_an_empty_case_has_nothing_to_weigh() -> None:
    weighed = weigh([], [], Traced(), set_aside=())
    assert weighed.claims == ()
    assert weighed.summary.loudest_echo is None
    assert MAKER.name == "headwater weighing"


def test_a_reading_of_no_report_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the case: ghost"):
        weigh([], [Reading("ghost")], Traced(), set_aside=())


def test_records_that_point_nowhere_are_survived() -> None:
    case = echo()
    traced = case.traced()
    damaged = dataclasses.replace(
        traced,
        sources=(),
        utterances=tuple(dataclasses.replace(one, statements=(*one.statements, "s-lost")) for one in traced.utterances),
    )
    weighed = weigh(case.infos, case.readings(), damaged, set_aside=())
    assert all(claim.origins_low >= 1 for claim in weighed.claims)
    assert "s-lost" not in itertools.chain.from_iterable(claim.statements for claim in weighed.claims)
