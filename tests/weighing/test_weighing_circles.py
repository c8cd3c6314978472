"""Circular reporting: outlets that have one thing from one another are one possible origin, and are told of."""

from __future__ import annotations

from dataclasses import replace

from weighing_case import CaseBuilder

from headwater.model import Claim, SourceKind, Weighed

HELD = "Forty miners were held in the quarry without water."
OUTLETS = ("Tarn Post", "Vell Herald", "Osker Daily")


def newsroom(*days: str) -> CaseBuilder:
    """Three outlets with a report each; every one of them may be named as a source too."""
    case = CaseBuilder()
    for name, day in zip(OUTLETS, days or ("2031-05-02",) * 3, strict=True):
        case.report(name, day)
    for name in OUTLETS:
        key = name.split()[0].lower()
        case.origin(key, name, SourceKind.OUTLET, named=True)
        case.carrier(name, name.lower().replace(" ", "-"), source=key)
    return case


def said(weighed: Weighed) -> Claim:
    return next(claim for claim in weighed.claims if "Forty miners" in claim.text)


def test_two_outlets_that_name_one_another_may_be_one_origin_and_are_told_of() -> None:
    case = newsroom()
    case.say("tarn-post", HELD, "vell")
    case.say("vell-herald", HELD, "tarn")
    weighed = case.weighed()
    claim = said(weighed)
    assert (claim.origins_low, claim.origins_high) == (1, 2)
    (circle,) = weighed.circles
    assert (circle.claim, circle.reports) == (claim.id, ("tarn-post", "vell-herald"))
    assert circle.outlets == ("Tarn Post", "Vell Herald")
    assert circle.reason in claim.reasons
    assert [place.report for place in circle.reason.places] == ["tarn-post", "vell-herald"]
    assert [one.explanation for one in weighed.assessments if one.grade == "circular"] == [circle.reason.text]


def test_without_the_way_back_there_is_no_circle() -> None:
    case = newsroom()
    case.origin("cook", "a cook")
    case.say("tarn-post", HELD, "vell")
    case.say("vell-herald", HELD, "cook")
    weighed = case.weighed()
    assert weighed.circles == ()
    assert not [one for one in weighed.assessments if one.grade == "circular"]


def test_a_circle_of_three_is_found_and_counts_once() -> None:
    case = newsroom()
    case.say("tarn-post", HELD, "vell")
    case.say("vell-herald", HELD, "osker")
    case.say("osker-daily", HELD, "tarn")
    weighed = case.weighed()
    (circle,) = weighed.circles
    assert circle.outlets == ("Tarn Post", "Vell Herald", "Osker Daily")
    assert "Vell Herald from Osker Daily" in circle.reason.text
    assert (said(weighed).origins_low, said(weighed).origins_high) == (1, 3)


def test_a_witness_beside_a_circle_still_counts() -> None:
    case = newsroom()
    case.origin("maron", "Ilma Maron", named=True)
    case.say("tarn-post", HELD, "vell")
    case.say("vell-herald", HELD, "tarn")
    case.say("osker-daily", HELD, "maron")
    assert said(case.weighed()).origins_low == 2


def test_what_came_back_to_the_outlet_that_began_is_told_so() -> None:
    case = newsroom("2031-05-01", "2031-05-02", "2031-05-04")
    case.infos[2] = replace(case.infos[2], outlet=case.infos[0].outlet)
    case.carrier("Tarn Post", "tarn-post", "osker-daily", source="tarn")
    case.say("tarn-post", HELD, None)
    case.say("vell-herald", HELD, "tarn")
    case.say("osker-daily", HELD, "vell")
    weighed = case.weighed()
    (circle,) = weighed.circles
    assert "came back to where it began" in circle.reason.text
    assert set(circle.outlets) == {"Tarn Post", "Vell Herald"}
    assert circle.reports == ("tarn-post", "vell-herald", "osker-daily")
    assert said(weighed).origins_low == 1


def test_two_witnesses_that_two_outlets_take_from_one_another_are_no_circle() -> None:
    case = newsroom()
    case.origin("cook", "a cook")
    case.origin("smith", "a smith")
    case.say("tarn-post", HELD, "cook", heard="Vell Herald")
    case.say("vell-herald", HELD, "smith", heard="Tarn Post")
    assert case.weighed().circles == ()
    case = newsroom()
    case.origin("cook", "a cook")
    case.say("tarn-post", HELD, "cook", heard="Vell Herald", utterance="one")
    case.say("vell-herald", HELD, "cook", heard="Tarn Post", utterance="one")
    assert len(case.weighed().circles) == 1


def test_the_order_of_what_is_said_changes_no_circle() -> None:
    def weighed(*turned: int) -> Weighed:
        case = newsroom()
        parts = (("tarn-post", "vell"), ("vell-herald", "tarn"), ("osker-daily", "tarn"))
        for at in turned:
            case.say(parts[at][0], HELD, parts[at][1])
        return case.weighed()

    assert weighed(0, 1, 2).circles == weighed(2, 1, 0).circles != ()
