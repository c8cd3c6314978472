"""Denials, caveats, the timeline, assessments and the order in which an editor meets the claims."""

from __future__ import annotations

import pytest
from test_weighing_claims import carrying, echo
from weighing_case import CaseBuilder

from headwater.model import SourceKind, Stance, Weighed


def accused() -> CaseBuilder:
    case = CaseBuilder()
    for name in ("Tarn Post", "Vell Herald", "Osker Daily"):
        case.report(name, "2031-05-02")
    case.origin("fisher", "a fisherman")
    case.origin("office", "Governor Orlan Vey", SourceKind.OFFICIAL, named=True)
    for report in ("tarn-post", "vell-herald"):
        case.say(report, "They beat the prisoners with chains every night.", "fisher", utterance="chains")
    case.say("osker-daily", "The prisoners were given bread twice a day.", "fisher", utterance="bread")
    case.say("tarn-post", "The prisoners were given bread twice a day.", "fisher", utterance="bread")
    return case


def denied(weighed: Weighed, words: str) -> tuple[str, ...]:
    return carrying(weighed, words).denied_by


def test_a_denial_stands_beside_the_claim_whose_words_it_takes_up() -> None:
    case = accused()
    no = case.say("tarn-post", "The prisoners never went without bread", "office", stance=Stance.DENIES)
    weighed = case.weighed()
    assert denied(weighed, "given bread") == (no.id,)
    assert denied(weighed, "with chains") == ()


def test_a_denial_of_an_act_stands_beside_claims_of_that_act() -> None:
    case = accused()
    no = case.say("tarn-post", "Nobody was ever beaten here", "office", stance=Stance.DENIES)
    weighed = case.weighed()
    assert denied(weighed, "with chains") == (no.id,)
    assert denied(weighed, "given bread") == ()
    assert any(
        one.rule == "denial, act" and "Orlan Vey" in one.text for one in carrying(weighed, "with chains").reasons
    )


def test_a_general_denial_says_that_it_is_general() -> None:
    case = accused()
    no = case.say("vell-herald", "All these reports are unfounded accusations", "office")
    weighed = case.weighed()
    claim = carrying(weighed, "with chains")
    assert claim.denied_by == (no.id,)
    assert any("a general denial" in one.text for one in claim.reasons)
    assert weighed.summary.denied == 1


def test_a_sweeping_denial_answers_every_harm_told_before_it_not_the_last_words_alone() -> None:
    case = accused()
    no = case.say("vell-herald", "denied all of it", "office", stance=Stance.DENIES)
    weighed = case.weighed()
    assert denied(weighed, "with chains") == (no.id,)
    assert denied(weighed, "given bread") == ()


def test_a_general_denial_answers_only_what_its_own_report_tells_before_it() -> None:
    case = accused()
    case.say("osker-daily", "All these reports are unfounded accusations", "office")
    case.say("osker-daily", "They shot the ferryman on the quay.", "fisher", utterance="quay")
    weighed = case.weighed()
    assert denied(weighed, "with chains") == ()
    assert denied(weighed, "on the quay") == ()


def test_a_denial_of_the_same_side_is_not_denied_by_it() -> None:
    case = accused()
    case.origin("speaker", "a spokesman for Governor Orlan Vey", SourceKind.OFFICIAL)
    first = case.say("tarn-post", "There is no prison in the harbour", "office")
    second = case.say("tarn-post", "rejected the report", "speaker", stance=Stance.DENIES)
    third = case.say("tarn-post", "Nobody is held in a prison in the harbour", "speaker", stance=Stance.DENIES)
    weighed = case.weighed()
    answers = {first.id, second.id, third.id}
    assert [one.text for one in weighed.claims if set(one.statements) & answers and one.denied_by] == []


def test_the_loudest_of_equal_echoes_is_the_one_that_the_headlines_take_up() -> None:
    case = CaseBuilder()
    reports = [
        case.report("Tarn Post", title="Soldiers drowned the lamps of Hessle"),
        case.report("Vell Herald", title="Lamps drowned, says ferryman"),
        case.report("Osker Daily", title="A night in Hessle"),
    ]
    case.origin("ferryman", "a ferryman who got away")
    for report in reports:
        case.say(report, "They ate all of the bread that we had hidden in the cellar.", "ferryman", utterance="bread")
        case.say(report, "They drowned the lamps.", "ferryman", utterance="lamps")
    weighed = case.weighed()
    assert weighed.summary.loudest_echo == weighed.claims[0].id == carrying(weighed, "lamps").id


def test_a_denial_that_names_nothing_answers_what_stands_before_it() -> None:
    case = accused()
    no = case.say("tarn-post", "That is simply not true", "office")
    case.say("tarn-post", "The ferry toll rises next spring.", "fisher")
    weighed = case.weighed()
    assert denied(weighed, "given bread") == (no.id,)
    assert [one.denied_by for one in weighed.claims].count(()) == len(weighed.claims) - 1


def test_a_witness_who_says_no_such_thing_is_not_an_official_denial() -> None:
    case = accused()
    case.say("vell-herald", "There was no evidence against those they beat", "fisher")
    assert all(not one.denied_by for one in case.weighed().claims)


@pytest.mark.parametrize(
    ("words", "denies"),
    [
        ("There were no beatings in the camp", True),
        ("Nobody was ever beaten", True),
        ("We will not rest until those who beat them stand trial", False),
        ("If they do not beat the drum the feast cannot start", False),
    ],
)
def test_an_official_who_says_that_an_act_did_not_happen_denies_it(words: str, *, denies: bool) -> None:
    case = accused()
    case.say("tarn-post", words, "office")
    assert bool(denied(case.weighed(), "with chains")) == denies


def test_a_denial_in_another_case_of_reports_answers_nothing_here() -> None:
    case = accused()
    other = case.report("Far Courier")
    case.say(other, "Nobody was ever beaten here", "office", stance=Stance.DENIES)
    assert denied(case.weighed(), "with chains") == ()


def test_one_denial_in_three_wordings_is_one_claim_on_one_or_two_occasions() -> None:
    case = accused()
    case.origin("again", "Governor Orlan Vey", SourceKind.OFFICIAL, told_to="Skerry", named=True, source="office")
    wordings = (
        ("tarn-post", "You cannot beat fishermen who were simply never brought to the fort", "office"),
        ("vell-herald", "you can't strike fishermen that weren't ever brought to the fort", "office"),
        ("osker-daily", "It is impossible to beat fishermen who are not in the fort", "again"),
    )
    for report, words, origin in wordings:
        case.say(report, words, origin, stance=Stance.DENIES)
    claim = carrying(case.weighed(), "You cannot beat")
    assert (len(claim.reports), claim.origin_range) == (3, "1–2")


def test_a_caveat_qualifies_what_its_own_report_carries() -> None:
    case = accused()
    caveat = case.say("vell-herald", "The Herald could not verify this account", None, stance=Stance.CAVEAT)
    weighed = case.weighed()
    assert carrying(weighed, "with chains").caveats == (caveat.id,)
    assert carrying(weighed, "given bread").caveats == ()


def test_the_order_puts_echoes_first_and_the_long_tail_last() -> None:
    case = echo()
    case.origin("office", "Governor Orlan Vey", SourceKind.OFFICIAL, named=True)
    case.say("tarn-post", "The harvest festival takes place on the common as always.", "office")
    case.say("vell-herald", "The ferry toll rises next spring.", "ferryman", utterance="toll")
    case.say("osker-daily", "The ferry toll rises next spring.", "ferryman", utterance="toll")
    weighed = case.weighed()
    texts = [one.text for one in weighed.claims]
    assert "burned every boat" in texts[0]
    assert "ferry toll" in texts[1]
    assert "harvest festival" in texts[2]
    assert weighed.summary.claims == len(texts) == 4
    assert weighed.summary.claims_single_origin == 4


def test_a_long_testimony_does_not_hide_the_other_echoes() -> None:
    case = CaseBuilder()
    reports = [case.report(name) for name in ("Tarn Post", "Vell Herald", "Osker Daily", "Mirren News")]
    case.origin("ferryman", "a ferryman who got away")
    case.origin("cook", "a cook from Hessle")
    for detail in ("oars", "nets", "sails", "ropes", "lamps"):
        for report in reports:
            case.say(report, f"They carried the {detail} away from every boat.", "ferryman", utterance=detail)
    for report in reports[:3]:
        case.say(report, "The soup kitchen stood empty for nine days.", "cook", utterance="soup")
    origins = [one.origins[0] for one in case.weighed().claims]
    assert origins == ["ferryman"] * 3 + ["cook"] + ["ferryman"] * 2


def test_grades_are_of_named_methods_and_never_confirmed() -> None:
    case = accused()
    case.origin("b", "Ilma Torvald", named=True)
    case.origin("c", "Bero Haskin", named=True)
    case.say("tarn-post", "The quarry road was mined in March.", "b")
    case.say("vell-herald", "The quarry road was mined in March.", "c")
    weighed = case.weighed()
    claim = carrying(weighed, "quarry road")
    grades = {one.method.split(":")[0]: one.grade for one in weighed.assessments if one.claim == claim.id}
    assert grades["Iraq Body Count"] == "two or more independent origins"
    assert "fair" in grades.values()
    weak = carrying(weighed, "with chains")
    assert {one.grade for one in weighed.assessments if one.claim == weak.id} == {"provisional", "weak"}
    assert not {one.grade for one in weighed.assessments} & {"confirmed", "discounted"}


def test_the_timeline_places_publications_and_dated_passages() -> None:
    case = accused()
    case.number("tarn-post", "12 prisoners", 12, 12)
    case.date("tarn-post", "on Monday", "2031-04-28", "2031-04-28")
    case.date("tarn-post", "long ago", None, "2030-12-31")
    case.date("tarn-post", "one day", None, None)
    case.date("vell-herald", "last week", "2031-04-20", "2031-04-26", resolved=False)
    entries = case.weighed().timeline
    assert [one.publication for one in entries] == [False, True, True, True]
    assert entries[0].what == "on Monday: 12 prisoners (killed)"
    assert [one.what for one in entries[1:]] == ["Tarn Post", "Vell Herald", "Osker Daily"]
