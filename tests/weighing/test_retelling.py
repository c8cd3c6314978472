"""The table of a retold testimony: what is compared with what, what each cell says, and what stays quiet."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from weighing_case import CaseBuilder

from headwater.model import (
    ChangeKind,
    Divergence,
    Place,
    Reason,
    Rendering,
    Retelling,
    Span,
    Statement,
    Traced,
    Weighed,
    make_id,
)
from headwater.weighing import weigh

LEFT = "The captain may have slept when the ferry left Sellick"
RIGHT = "The captain slept when the ferry left Sellick"
BLACK = "The water was black with oil"


DAYS = ("2034-02-03", "2034-02-04", "2034-02-05")


def group(*, days: tuple[str | None, ...] = DAYS) -> tuple[CaseBuilder, list[str]]:
    """Three reports and one witness."""
    case = CaseBuilder()
    reports = [case.report(f"Outlet {number}", day) for number, day in enumerate(days)]
    case.origin("o", "a passenger", told_to="Radio Selm")
    return case, reports


def table(weighed: Weighed) -> Retelling:
    (found,) = weighed.retellings
    return found


def cells(weighed: Weighed, row: int = 0) -> dict[str, Rendering]:
    return {each.report: each.rendering for each in table(weighed).details[row].retold}


def test_each_report_is_set_beside_the_earliest_and_absence_is_quiet() -> None:
    case, (a, b, c) = group()
    case.say(a, LEFT, "o", utterance="left")
    case.say(a, BLACK, "o", utterance="black")
    said = case.say(b, RIGHT, "o", utterance="left")
    case.say(b, BLACK, "o", utterance="black")
    case.say(c, LEFT, "o", utterance="left")
    weighed = case.weighed()
    assert cells(weighed) == {a: Rendering.REFERENCE, b: Rendering.HARDENED, c: Rendering.KEPT}
    assert cells(weighed, 1) == {a: Rendering.REFERENCE, b: Rendering.KEPT}
    (change,) = table(weighed).details[0].retold[1].changes
    assert (change.kind, change.effect) == (ChangeKind.HEDGE, Rendering.HARDENED)
    start = said.content[0].start
    assert change.here == Place(b, Span(start + RIGHT.index("slept"), start + RIGHT.index(" when")))
    assert change.there.report == a
    assert (weighed.summary.details_changed, weighed.summary.details_hardened) == (0, 1)


def test_who_came_first_decides_the_direction_not_the_order_of_the_files() -> None:
    case, (a, b, _) = group(days=("2034-02-05", "2034-02-03", None))
    case.say(a, LEFT, "o", utterance="left")
    case.say(b, RIGHT, "o", utterance="left")
    assert cells(case.weighed()) == {b: Rendering.REFERENCE, a: Rendering.SOFTENED}


def test_without_days_the_fullest_rendering_is_the_reference() -> None:
    case, (a, b, _) = group(days=(None, None, None))
    case.say(a, "The captain slept", "o", utterance="left")
    case.say(b, RIGHT, "o", utterance="left")
    case.say(a, BLACK, "o", utterance="black")
    case.say(b, BLACK, "o", utterance="black")
    assert cells(case.weighed()) == {b: Rendering.REFERENCE, a: Rendering.TRIMMED}


def test_where_nothing_changed_there_is_no_alarm() -> None:
    case, (a, b, c) = group()
    for report, words in ((a, LEFT), (b, LEFT.upper()), (c, "The captain may have slept when the ferry left")):
        case.say(report, words, "o", utterance="left")
        case.say(report, BLACK, "o", utterance="black")
    weighed = case.weighed()
    assert cells(weighed) == {a: Rendering.REFERENCE, b: Rendering.KEPT, c: Rendering.TRIMMED}
    summary = weighed.summary
    assert (summary.details_changed, summary.details_hardened, summary.details_softened) == (0, 0, 0)


def test_what_one_report_alone_has_is_only_there() -> None:
    case, (a, b, _) = group()
    for report in (a, b):
        case.say(report, LEFT, "o", utterance="left")
        case.say(report, BLACK, "o", utterance="black")
    case.say(b, "It burned in our eyes", "o")
    assert cells(case.weighed(), 2) == {b: Rendering.ONLY}


@pytest.mark.parametrize("shared", [0, 1])
def test_little_in_common_and_nothing_changed_needs_no_table(shared: int) -> None:
    case, (a, b, _) = group()
    for number in range(3):
        case.say(a, f"{BLACK} {number}", "o")
        case.say(b, f"{LEFT} {number}", "o")
    for report in (a, b)[: 2 * shared]:
        case.say(report, BLACK, "o", utterance="black")
    assert case.weighed().retellings == ()


def test_a_report_that_prints_the_words_twice_is_compared_once() -> None:
    case, (a, b, _) = group()
    case.say(b, "captain slept when ferry left", "o", utterance="left")
    body = case.say(b, LEFT, "o", utterance="left")
    case.say(b, BLACK, "o", utterance="black")
    case.say(a, LEFT, "o", utterance="left")
    case.say(a, BLACK, "o", utterance="black")
    retold = table(case.weighed()).details[0].retold
    assert [(each.report, each.rendering) for each in retold] == [(a, Rendering.REFERENCE), (b, Rendering.KEPT)]
    assert retold[1].statements == (body.id,)


def test_a_sentence_cut_in_two_is_compared_whole_and_its_words_are_found_in_the_right_half() -> None:
    case, (a, b, _) = group()
    case.say(a, "They locked the cabins and three men burned the nets of the harbour", "o", utterance="u")
    case.say(b, "They locked the cabins", "o", utterance="u")
    half = case.say(b, "five men burned the nets of the harbour", "o", utterance="u")
    (detail,) = table(case.weighed()).details
    (change,) = detail.retold[1].changes
    assert (change.kind, change.here.span.start) == (ChangeKind.NUMBER, half.content[0].start)
    assert change.here.span.length == len("five men")


def apart(case: CaseBuilder, a: Statement, b: Statement, *kinds: ChangeKind) -> Traced:
    traced = case.traced()
    places = (Place(a.report, a.content[0]), Place(b.report, b.content[0]))
    found = Divergence(make_id("divergence", a.id, b.id), a.id, b.id, kinds, Reason("near rendering", "", places))
    return replace(traced, divergences=(found,))


def test_utterances_that_diverge_are_one_row() -> None:
    case, (a, b, c) = group()
    first = case.say(a, "They locked three of the lower cabins", "o")
    second = case.say(b, "They locked five of the lower cabins", "o", utterance="five")
    case.say(c, "They locked five of the lower cabins", "o", utterance="five")
    weighed = weigh(case.infos, case.readings(), apart(case, first, second, ChangeKind.NUMBER), set_aside=())
    assert cells(weighed) == {a: Rendering.REFERENCE, b: Rendering.CHANGED, c: Rendering.CHANGED}
    assert len(table(weighed).details[0].utterances) == 2
    assert weighed.summary.details_changed == 1
    assert case.weighed().retellings == ()


def test_a_negation_alarms_only_where_tracing_says_that_one_denies_the_other() -> None:
    case, (a, b, _) = group()
    first = case.say(a, "They had shown us the lifeboats of the ferry", "o", utterance="u")
    second = case.say(b, "They had not shown us the lifeboats of the ferry", "o", utterance="v")
    weighed = weigh(case.infos, case.readings(), apart(case, first, second, ChangeKind.NEGATION), set_aside=())
    assert cells(weighed) == {a: Rendering.REFERENCE, b: Rendering.CHANGED}
    joined, (a, b, _) = group()
    joined.say(a, "They had shown us the lifeboats of the ferry", "o", utterance="u")
    joined.say(b, "They had not shown us the lifeboats of the ferry", "o", utterance="u")
    assert joined.weighed().retellings == ()


def test_details_stand_in_the_order_of_telling() -> None:
    case, (a, b, _) = group()
    for words in ("one ferry", "two piers", "three lanterns"):
        case.say(a, f"There was {words} by the river", "o", utterance=words)
    for words in ("one ferry", "a bell", "three lanterns"):
        case.say(b, f"There was {words} by the river", "o", utterance=words)
    assert [each.utterances for each in table(case.weighed()).details] == [
        ("u-one ferry",),
        ("u-a bell",),
        ("u-two piers",),
        ("u-three lanterns",),
    ]


def test_the_gravest_stand_first_and_the_order_of_records_changes_nothing() -> None:
    case, (a, b, _) = group()
    case.origin("p", "a mate", told_to="Radio Selm")
    for report in (a, b):
        case.say(report, BLACK, "o", utterance="black")
        case.say(report, "Nobody rang the bell of the ferry", "o", utterance="bell")
    case.say(a, LEFT, "p", utterance="left")
    case.say(b, RIGHT, "p", utterance="left")
    weighed = case.weighed()
    assert [each.origin for each in weighed.retellings] == ["p", "o"]
    traced = case.traced()
    shuffled = list(traced.utterances)
    random.Random(4).shuffle(shuffled)
    again = weigh(case.infos, case.readings(), replace(traced, utterances=tuple(shuffled)), set_aside=())
    assert again.retellings == weighed.retellings
