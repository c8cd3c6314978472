"""The same words given to two named people: two origins as the reports have it, one if either report is mistaken."""

from __future__ import annotations

import dataclasses

from weighing_case import CaseBuilder

from headwater.model import Bearing, Claim, Place, Reason, Span
from headwater.weighing import weigh

WORDS = "They burned every boat on the river before dawn."


def claim(*, noted: bool) -> tuple[Claim, Reason]:
    case = CaseBuilder()
    first, second = case.report("Tarn Post"), case.report("Vell Herald")
    case.origin("lorne", "Ada Lorne", named=True)
    case.origin("brandt", "Tomas Brandt", named=True)
    case.say(first, WORDS, "lorne", utterance="one")
    case.say(second, WORDS, "brandt", utterance="other")
    reason = Reason("same words, two sources", "Two names.", (Place(first, Span(0, 9)), Place(second, Span(0, 9))))
    traced = case.traced()
    if noted:
        said = tuple(dataclasses.replace(one, reasons=(reason,)) for one in traced.utterances)
        traced = dataclasses.replace(traced, utterances=said)
    (found,) = weigh(case.infos, case.readings(), traced, set_aside=()).claims
    return found, reason


def test_two_names_for_the_same_words_may_be_one_and_the_claim_says_why() -> None:
    found, reason = claim(noted=True)
    assert found.origin_range == "1–2"
    assert [(one.rule, one.bearing) for one in found.reasons] == [(reason.rule, Bearing.MAY_JOIN)]


def test_without_that_note_two_named_people_are_two_origins() -> None:
    found, reason = claim(noted=False)
    assert found.origin_range == "2"
    assert reason.rule not in {one.rule for one in found.reasons}
