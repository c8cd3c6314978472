"""What each decision does to a case: to what it is about, with its reason, and to the counts that follow."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from deciding_cases import Records, again, bundled, decide, made

from headwater.model import BY_PERSON, Case, Claim, Reason, SourceKind, Subject, SubjectKind, Verb
from headwater.pipeline.remaking import unresolved

CASE = bundled()
RECORDS = Records(CASE)


def homes(case: Case, kind: SubjectKind) -> dict[str, str]:
    """The group of each statement, mention and figure."""
    return {one: each.id for each in Records(case).of(kind) for one in each.members}


def by_people(reasons: tuple[Reason, ...]) -> list[str]:
    return [each.text for each in reasons if each.rule == BY_PERSON]


def reasons_of(case: Case) -> dict[str, tuple[Reason, ...]]:
    """The reasons of each group."""
    out = {one.id: one.reasons for one in case.traced.sources}
    out |= {one.id: one.reasons for one in case.traced.utterances}
    out |= {one.id: one.reasons for one in case.traced.origins}
    return out | {one.id: one.reasons for one in case.weighed.claims}


def claim_of(case: Case, member: str) -> Claim:
    return next(one for one in case.weighed.claims if member in (*one.statements, *one.figures))


@pytest.mark.parametrize(
    "kind", [SubjectKind.SOURCE, SubjectKind.UTTERANCE, SubjectKind.ORIGIN, SubjectKind.CLAIM], ids=str
)
def test_what_is_merged_is_one_and_says_so(kind: SubjectKind) -> None:
    every = [each for each in RECORDS.of(kind) if RECORDS.kinds[each.members[0]] is not SubjectKind.FIGURE]
    for one, two in list(combinations(every, 2))[:: max(1, len(every) * (len(every) - 1) // 12)]:
        case = again(CASE, decide(Verb.MERGE, one, two))
        home = homes(case, kind)
        assert len({home[each] for each in (*one.members, *two.members)}) == 1
        older = min((one, two), key=_spot)
        assert home[one.members[0]] == older.id, "the older founder's id stays"
        assert any("decision-1" in text for text in by_people(reasons_of(case)[older.id]))


def _spot(subject: Subject) -> tuple[int, int]:
    place = RECORDS.places[subject.members[0]]
    return RECORDS.rank[place.report], place.span.start


@pytest.mark.parametrize(
    "kind", [SubjectKind.SOURCE, SubjectKind.UTTERANCE, SubjectKind.ORIGIN, SubjectKind.CLAIM], ids=str
)
def test_what_is_taken_out_of_a_group_is_no_longer_in_it(kind: SubjectKind) -> None:
    able = [each for each in RECORDS.of(kind) if len(each.members) > 1]
    for one in able[:4]:
        out = one.members[-1]
        case = again(CASE, decide(Verb.SPLIT, one, RECORDS.leaf(out)))
        home = homes(case, kind)
        assert all(home[each] != home[out] for each in one.members[:-1])
        assert home[one.members[0]] == one.id


def test_merged_and_then_kept_apart_is_apart_again() -> None:
    one, two = RECORDS.claims[0], next(each for each in RECORDS.claims[1:] if _words(each) is _words(RECORDS.claims[0]))
    case = again(CASE, decide(Verb.MERGE, one, two, number=1), decide(Verb.SPLIT, one, two, number=2))
    home = homes(case, SubjectKind.CLAIM)
    assert {home[each] for each in one.members}.isdisjoint(home[each] for each in two.members)


def _words(subject: Subject) -> bool:
    return RECORDS.kinds[subject.members[0]] is SubjectKind.STATEMENT


def test_origins_called_independent_count_singly_in_the_lower_number_too() -> None:
    origins = {each.id: each for each in RECORDS.origins}
    raised = 0
    for claim in CASE.weighed.claims:
        if claim.origins_low == 1 < claim.origins_high and len(claim.origins) > 1:
            case = again(CASE, decide(Verb.SPLIT, *(origins[each] for each in claim.origins)))
            now = claim_of(case, (*claim.statements, *claim.figures)[0])
            assert len(claim.origins) <= now.origins_low <= now.origins_high
            assert by_people(now.reasons)
            raised += 1
    assert raised


def test_sources_that_are_merged_are_one_voice() -> None:
    sources = {each.id: each for each in RECORDS.sources}
    of_origin = {each.id: each.source for each in CASE.traced.origins}
    lowered = 0
    for claim in CASE.weighed.claims:
        found = {of_origin[each] for each in claim.origins} - {None}
        if claim.origins_low > 1 and len(found) > 1:
            case = again(CASE, decide(Verb.MERGE, *(sources[each] for each in sorted(filter(None, found)))))
            now = claim_of(case, (*claim.statements, *claim.figures)[0])
            assert now.origins_low <= claim.origins_low
            lowered += now.origins_low < claim.origins_low
    assert lowered


def test_a_rejected_statement_is_left_out_and_its_figures_stand_for_themselves() -> None:
    figure = next(each for reading in CASE.readings for each in reading.figures if each.statement)
    said = RECORDS.leaf(figure.statement or "")
    case = again(CASE, decide(Verb.REJECT, said))
    assert said.id not in {one.id for reading in case.readings for one in reading.statements}
    now = next(each for reading in case.readings for each in reading.figures if each.id == figure.id)
    assert (now.statement, now.source) == (None, None)
    assert said.place is not None
    assert said.place.report in {each.report for each in case.as_read}


def test_half_of_a_quotation_that_only_tracing_parts_is_left_out_alone() -> None:
    raw = {one.id for reading in CASE.before_tracing() for one in reading.statements}
    first, second = [one.id for reading in CASE.readings for one in reading.statements if one.id not in raw][:2]
    reject = decide(Verb.REJECT, RECORDS.leaf(first))
    case = again(CASE, reject)
    left = {one.id for reading in case.readings for one in reading.statements}
    assert (first in left, second in left) == (False, True)
    assert unresolved(case, [reject]) == ()
    given = again(CASE, decide(Verb.REATTRIBUTE, RECORDS.leaf(second), value="Maud Ferrin"))
    now = next(one for reading in given.readings for one in reading.statements if one.id == second)
    assert now.source in homes(given, SubjectKind.SOURCE)


def test_a_statement_given_to_somebody_is_theirs_and_says_so() -> None:
    said = next(one for reading in CASE.readings for one in reading.statements if one.source and one.source_span)
    case = again(CASE, decide(Verb.REATTRIBUTE, RECORDS.leaf(said.id), value="Maud Ferrin"))
    now = next(one for reading in case.readings for one in reading.statements if one.id == said.id)
    source = next(one for one in case.traced.sources if now.source in one.mentions)
    assert (source.name, source.kind) == ("Maud Ferrin", SourceKind.UNKNOWN)
    assert any("Maud Ferrin" in why and "decision-1" in why for why in now.reasons)
    nobody = again(CASE, decide(Verb.REATTRIBUTE, RECORDS.leaf(said.id)))
    now = next(one for reading in nobody.readings for one in reading.statements if one.id == said.id)
    assert (now.source, now.source_span) == (None, None)


def test_a_statement_given_to_a_source_of_another_report_joins_it() -> None:
    said = CASE.readings[0].statements[0]
    source = next(
        each for each in RECORDS.sources if all(RECORDS.places[one].report != said.report for one in each.members)
    )
    case = again(CASE, decide(Verb.REATTRIBUTE, RECORDS.leaf(said.id), value=source.id))
    now = next(one for reading in case.readings for one in reading.statements if one.id == said.id)
    home = homes(case, SubjectKind.SOURCE)
    assert home[now.source or ""] == home[source.members[0]]


def test_a_denial_that_is_none_is_gone_with_its_other_renderings() -> None:
    claims = {each.id: each for each in RECORDS.claims}
    claim = next(one for one in CASE.weighed.claims if one.denied_by)
    made_ = [
        decide(Verb.REJECT, claims[claim.id], RECORDS.leaf(one), number=at) for at, one in enumerate(claim.denied_by)
    ]
    now = claim_of(again(CASE, *made_), (*claim.statements, *claim.figures)[0])
    assert now.denied_by == ()
    assert by_people(now.reasons)
    back = [*made_, *(replace(one, id=f"{one.id}-back", verb=Verb.CONFIRM) for one in made_)]
    assert again(CASE, *back) == CASE


@pytest.mark.parametrize("kind", [SubjectKind.LINK, SubjectKind.REUSE], ids=str)
def test_a_rejected_tie_is_not_there(kind: SubjectKind) -> None:
    for subject in RECORDS.of(kind)[:6]:
        case = again(CASE, decide(Verb.REJECT, subject))
        assert subject.id not in {each.id for each in case.traced.links}
        assert subject.id not in {each.id for each in case.traced.reuse}


def test_a_new_name_is_shown_and_counts_as_before() -> None:
    source, claim = RECORDS.sources[0], RECORDS.claims[0]
    case = again(
        CASE,
        decide(Verb.RENAME, source, value="Witness A", number=1),
        decide(Verb.RENAME, claim, value="What the first claim says", number=2),
    )
    renamed = next(one for one in case.traced.sources if one.id == source.id)
    assert renamed.name == "Witness A"
    assert all(re.match(r"Witness A( \(|$)", one.name) for one in case.traced.origins if one.source == source.id)
    assert next(one for one in case.weighed.claims if one.id == claim.id).text == "What the first claim says"
    before = [(one.id, one.origins_low, one.origins_high) for one in CASE.weighed.claims]
    assert [(one.id, one.origins_low, one.origins_high) for one in case.weighed.claims] == before


def test_what_is_not_found_any_more_is_said() -> None:
    report = CASE.readings[0].report
    left = tuple(one for one in CASE.received.reports if one.id != report)
    received = replace(
        CASE.received,
        reports=left,
        files=tuple(one.info.file for one in left),
        set_aside=(),
    )
    readings = tuple(one for one in CASE.before_tracing() if one.report != report)
    gone = decide(Verb.REJECT, RECORDS.leaf(CASE.readings[0].statements[0].id))
    case = made(received, readings, CASE, gone)
    assert [one.decision for one in unresolved(case, [gone])] == ["decision-1"]
