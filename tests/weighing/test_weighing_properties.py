"""What must hold of every weighed case, whatever was read and traced."""

from __future__ import annotations

import dataclasses
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from weighing_case import CaseBuilder

from headwater.model import Bearing, Bound, Relation, SourceKind, Stance, Weighed
from headwater.weighing import weigh

_OUTLETS = ("Tarn Post", "Vell Herald", "Osker Daily", "Mirren News")
_TEXTS = (
    "The guards poisoned the well behind the farm.",
    "The guards did not poison the well behind the farm.",
    "They burned every boat on the river before dawn.",
    "There is no such prison in the province",
    "They beat the prisoners with chains every night.",
    "could not be independently verified",
    "It is not true",
)
_SOURCES = (
    ("a man who fled", SourceKind.WITNESS, False),
    ("another survivor", SourceKind.WITNESS, False),
    ("Governor Orlan Vey", SourceKind.OFFICIAL, True),
    ("a spokesman for Orlan Vey", SourceKind.OFFICIAL, False),
    ("Quill Gazette", SourceKind.OUTLET, True),
    ("the newspaper", SourceKind.OUTLET, False),
)
_report = st.integers(0, len(_OUTLETS) - 1)
_origin = st.one_of(st.none(), st.integers(0, len(_SOURCES) - 1))
_said = st.tuples(
    _report,
    st.integers(0, len(_TEXTS) - 1),
    _origin,
    st.sampled_from(list(Stance)),
    st.sampled_from(["", "Quill Gazette"]),
)
_counted = st.tuples(
    _report,
    st.sampled_from([3, 12, 30, 101]),
    st.sampled_from(["people", "men", "activists", "houses"]),
    st.sampled_from(["killed", "detained", "aged", None]),
    st.sampled_from([Bound.EXACT, Bound.ABOUT, Bound.AT_LEAST]),
    _origin,
)


@st.composite
def cases(draw: st.DrawFn) -> CaseBuilder:
    case = CaseBuilder()
    reports = [case.report(name, f"2031-05-0{at + 1}") for at, name in enumerate(_OUTLETS)]
    for at, (name, kind, named) in enumerate(_SOURCES):
        case.origin(f"o{at}", name, kind, named=named)
    for report, text, origin, stance, behind in draw(st.lists(_said, max_size=14)):
        key = None if origin is None else f"o{origin}"
        words = _TEXTS[text]
        case.say(reports[report], words, key, utterance=f"{text}-{key}", stance=stance, behind=behind or None)
    for report, number, unit, act, bound, origin in draw(st.lists(_counted, max_size=10)):
        high = None if bound is Bound.AT_LEAST else number
        key = None if origin is None else f"o{origin}"
        words = f"{bound} {number} {unit}"
        figure = case.number(reports[report], words, number, high, unit=unit, act=act, bound=bound, origin=key)
        if case.figures[reports[0]]:
            case.copied(case.figures[reports[0]][0], figure)
    return case


def check(case: CaseBuilder, weighed: Weighed) -> None:
    reports = {info.id for info in case.infos}
    statements = {one.id for found in case.statements.values() for one in found}
    claims = {claim.id: claim for claim in weighed.claims}
    assert len(claims) == len(weighed.claims) == weighed.summary.claims
    for claim in weighed.claims:
        assert 1 <= claim.origins_low <= claim.origins_high
        assert len(claim.origins) <= claim.origins_high <= len(claim.origins) + len(claim.unattributed)
        assert set(claim.reports) <= reports
        assert set(claim.unattributed) <= set(claim.reports)
        assert set(claim.denied_by) | set(claim.caveats) <= statements
        assert not set(claim.denied_by) & set(claim.statements)
        assert all(claim.id in claims[other].contradicts for other in claim.contradicts)
        assert all(place.report in reports for reason in claim.reasons for place in reason.places)
        assert all(reason.text.endswith((".", "”", ")")) for reason in claim.reasons)
        if claim.origins_low < claim.origins_high:
            assert any(reason.bearing is Bearing.MAY_JOIN for reason in claim.reasons)
        if len(claim.reports) > 1 and claim.origins_high == 1:
            assert any(reason.bearing is Bearing.JOINS for reason in claim.reasons)
    home = {figure: claim.id for claim in weighed.claims for figure in claim.figures}
    for one in weighed.comparisons:
        assert (home[one.a] == home[one.b]) == (one.relation is not Relation.DIFFERENT)
    for pattern in weighed.patterns:
        assert len(set(pattern.origins)) == len(pattern.origins) >= 2
        assert set(pattern.statements) <= statements
        assert 1 <= pattern.origins_low <= pattern.origins_high <= len(pattern.origins)
        if pattern.origins_low < len(pattern.origins):
            assert pattern.reasons


@settings(max_examples=60, deadline=None)
@given(cases())
def test_every_case_keeps_the_promises(case: CaseBuilder) -> None:
    check(case, case.weighed())


@settings(max_examples=25, deadline=None)
@given(cases())
def test_the_order_of_the_traces_does_not_matter(case: CaseBuilder) -> None:
    traced = case.traced()
    turned = dataclasses.replace(
        traced,
        sources=traced.sources[::-1],
        utterances=traced.utterances[::-1],
        origins=traced.origins[::-1],
        reuse=traced.reuse[::-1],
    )
    first, second = (weigh(case.infos, case.readings(), one, set_aside=()) for one in (traced, turned))
    assert first == second


@settings(max_examples=25, deadline=None)
@given(cases())
def test_one_more_repeat_without_a_source_never_raises_the_lower_number(case: CaseBuilder) -> None:
    case.say("tarn-post", "The mill wheel has not turned since harvest.", "o0", utterance="wheel")
    before = next(one for one in case.weighed().claims if "mill wheel" in one.text)
    case.say("vell-herald", "The mill wheel has not turned since harvest.", None, utterance="repeat")
    after = next(one for one in case.weighed().claims if "mill wheel" in one.text)
    assert (before.origins_low, before.origins_high) == (1, 1)
    assert (after.origins_low, after.origins_high) == (1, 2)


def test_the_promises_are_checked_on_cases_that_have_something_in_them() -> None:
    case = CaseBuilder()
    for name in _OUTLETS:
        case.report(name)
    for at, (name, kind, named) in enumerate(_SOURCES):
        case.origin(f"o{at}", name, kind, named=named)
    for at, text in itertools.product(range(4), range(len(_TEXTS))):
        case.say(case.infos[at].id, _TEXTS[text], f"o{(at + text) % len(_SOURCES)}")
    case.origin("nurse", "a woman from Hessle")
    case.origin("smith", "another man")
    case.say("tarn-post", "We were whipped in the barn.", "nurse")
    case.say("vell-herald", "I saw two boys kicked until dawn.", "smith")
    weighed = case.weighed()
    check(case, weighed)
    assert any(claim.contradicts for claim in weighed.claims)
    assert any(claim.denied_by for claim in weighed.claims)
    assert weighed.patterns
