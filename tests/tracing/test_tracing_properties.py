"""What holds for every pile: order of input does not matter, spans fit, nothing is lost, candidates miss nothing."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from tracing_cases import Pile, Said, pile, report

from headwater.model import Form, Place, Traced
from headwater.tracing import MAKER, trace
from headwater.tracing.candidates import candidates
from headwater.tracing.material import prepare
from headwater.tracing.similarity import overlap

SENTENCES = (
    "They chained the fishermen together and made them kneel in the snow.",
    "They chained fishermen together, and made them kneel in snow.",
    "The governor ordered forty men held in the granary.",
    "The governor never ordered forty men held in the granary.",
    "forty men were held in the granary by order of the governor",
    "Nobody was shot at the bridge.",
    "We heard three shots near the bridge after midnight.",
    "three shots were heard after midnight",
    "Bread is dear and the mill is closed.",
    "The mill is closed.",
    "My brother never came back from the quarry.",
    "her brother had not come back from the quarry",
)
PEOPLE = ("Orla Vesmin", "Vesmin", "Ilan Torv", "a survivor", "a guard", "the Coastal Police", "MHRO", None)
OUTLETS = ("Harbour Post", "Valley Times", "Norvik Echo", None)
DAYS = ("2021-03-01", "2021-03-02", "2021-03-02T10:00:00+00:00", None)
NEWS = ("A ferry sank.", "A comet crossed the northern sky before sunrise and was seen from the marsh.", "Rain fell.")


@st.composite
def piles(draw: st.DrawFn) -> Pile:
    """Between none and six reports, each with a few of the sentences said by some of the people."""
    items = []
    for number in range(draw(st.integers(0, 6))):
        picked = draw(st.lists(st.sampled_from(SENTENCES), max_size=5, unique=True))
        who = [draw(st.sampled_from(PEOPLE)) for _ in picked]
        told = draw(st.sampled_from(("Nord Press", "reporters", None)))
        text = f"Number {number}. {draw(st.sampled_from(NEWS))} Said to Nord Press and reporters. " + " ".join(picked)
        said = [
            Said(words, name, form=draw(st.sampled_from(Form)), told=told if name else None)
            for words, name in zip(picked, who, strict=True)
        ]
        items.append(report(text, *said, outlet=draw(st.sampled_from(OUTLETS)), day=draw(st.sampled_from(DAYS))))
    return pile(*items)


def every_place(traced: Traced) -> list[Place]:
    reasons = [
        *(reason for source in traced.sources for reason in source.reasons),
        *(reason for utterance in traced.utterances for reason in utterance.reasons),
        *(reason for origin in traced.origins for reason in origin.reasons),
        *(link.reason for link in traced.links),
    ]
    return [
        *(place for reason in reasons for place in reason.places),
        *(place for item in traced.reuse for place in (item.a, item.b)),
        *(place for link in traced.links for place in (link.later, link.earlier)),
    ]


@settings(max_examples=60, deadline=None)
@given(piles(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(case: Pile, chance: random.Random) -> None:
    reports, readings = list(case.reports), list(case.readings)
    chance.shuffle(reports)
    chance.shuffle(readings)
    assert trace(reports, readings)[0] == case.traced()


@settings(max_examples=60, deadline=None)
@given(piles())
def test_every_span_fits_and_every_record_has_one_home(case: Pile) -> None:
    traced = case.traced()
    texts = {item.id: item.text for item in case.reports}
    assert all(place.span.of(texts[place.report]) for place in every_place(traced))
    statements = sorted(s.id for reading in case.readings for s in reading.statements)
    assert sorted(s for utterance in traced.utterances for s in utterance.statements) == statements
    mentions = sorted(m.id for reading in case.readings for m in reading.mentions)
    assert sorted(m for source in traced.sources for m in source.mentions) == mentions
    placed = [s for origin in traced.origins for s in origin.statements]
    assert len(placed) == len(set(placed))
    named = {s.id for reading in case.readings for s in reading.statements if s.source}
    assert named <= set(placed)


@settings(max_examples=60, deadline=None)
@given(piles())
def test_ids_are_unique_and_origins_are_known(case: Pile) -> None:
    traced = case.traced()
    for records in (traced.sources, traced.utterances, traced.origins, traced.reuse, traced.links):
        ids = [record.id for record in records]
        assert len(ids) == len(set(ids))
    known = {origin.id for origin in traced.origins}
    assert {utterance.origin for utterance in traced.utterances} - {None} <= known
    sources = {source.id for source in traced.sources}
    assert {origin.source for origin in traced.origins} <= sources


@settings(max_examples=40, deadline=None)
@given(piles(), st.sampled_from((0.3, 0.5, 0.8)))
def test_candidates_lose_no_pair_that_comparing_all_with_all_would_find(case: Pile, share: float) -> None:
    material = prepare(case.reports, case.readings)
    pieces = material.pieces
    slow = {
        (a, b)
        for a, b in combinations(range(len(pieces)), 2)
        if overlap(pieces[a], pieces[b], material.weights)[0] >= share
    }
    fast = list(candidates(pieces, material.weights, share=share))
    assert len(fast) == len(set(fast))
    assert slow <= set(fast)


def test_progress_is_told_step_by_step() -> None:
    heard: list[tuple[int, int, str]] = []
    trace([], [], on_progress=lambda done, total, what: heard.append((done, total, what)))
    assert [done for done, _, _ in heard] == list(range(heard[0][1] + 1))
    assert all(what for _, _, what in heard)
    assert MAKER.name


def test_a_report_without_a_reading_is_traced_as_silent() -> None:
    item, _ = report("Rain fell.")
    assert trace([item], [])[0].utterances == ()
