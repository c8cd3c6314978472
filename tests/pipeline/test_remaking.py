"""A case made under decisions: the same decisions give the same case, none give the one without, whatever they were."""

from __future__ import annotations

from deciding_cases import Records, again, bundled, decide
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater.deciding.verbs import MADE_OF, allowed
from headwater.model import Decision, Subject, SubjectKind, Verb
from headwater.pipeline.remaking import unresolved

_MERGED = (SubjectKind.SOURCE, SubjectKind.UTTERANCE, SubjectKind.ORIGIN, SubjectKind.CLAIM)


def test_no_decision_is_no_change_and_readings_are_kept_raw() -> None:
    case = bundled()
    assert again(case) == case
    completed = {each.report: each for each in case.readings}
    assert case.as_read
    assert all(completed[each.report] != each for each in case.as_read)


@st.composite
def decisions(draw: st.DrawFn) -> list[Decision]:
    """Thirty decisions and more about records of the bundled case, as wild as they are allowed to be."""
    records = Records(bundled())
    out: list[Decision] = []
    for number in range(draw(st.integers(30, 40))):
        verb = draw(st.sampled_from([verb for verb in Verb if verb not in {Verb.UNDO, Verb.REDO}]))
        subjects, value = draw(_about(verb, records))
        if allowed(verb, subjects, value) is None:
            out.append(decide(verb, *subjects, value=value, number=number))
    return out


@st.composite
def _about(draw: st.DrawFn, verb: Verb, records: Records) -> tuple[list[Subject], str]:
    group = draw(st.sampled_from(_MERGED))
    many = records.of(group)
    few = st.lists(st.sampled_from(many), min_size=2, max_size=3, unique=True)
    if verb is Verb.MERGE or (verb is Verb.SPLIT and draw(st.booleans())):
        return draw(few), ""
    if verb is Verb.SPLIT:
        able = [each for each in many if len(each.members) > 1]
        if not able:
            return draw(few), ""
        first = draw(st.sampled_from(able))
        out = draw(st.lists(st.sampled_from(first.members), min_size=1, max_size=2, unique=True))
        return [first, *(records.leaf(one) for one in out if records.kinds[one] in MADE_OF[group])], ""
    statements, claims = records.of(SubjectKind.STATEMENT), records.claims
    if verb is Verb.REATTRIBUTE:
        mention, source = draw(st.sampled_from(records.of(SubjectKind.MENTION))), draw(st.sampled_from(records.sources))
        value = draw(st.sampled_from(("", "Oda Renn", "a woman from the quarry", mention.id, source.id)))
        return [draw(st.sampled_from(statements))], value
    if verb is Verb.RENAME:
        kind = draw(st.sampled_from((SubjectKind.SOURCE, SubjectKind.ORIGIN, SubjectKind.CLAIM)))
        return [draw(st.sampled_from(records.of(kind)))], "A name given by hand"
    if verb is Verb.NOTE:
        return [draw(st.sampled_from(claims))], "To be looked at again"
    pairs = st.tuples(st.sampled_from(claims), st.sampled_from([*claims, *statements])).map(list)
    kinds = (SubjectKind.STATEMENT, SubjectKind.FIGURE, SubjectKind.LINK, SubjectKind.REUSE)
    single = st.sampled_from([each for kind in kinds for each in records.of(kind)]).map(lambda one: [one])
    return draw(st.one_of(pairs, single)), ""


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(decisions())
def test_decisions_are_kept_through_every_run_and_can_all_be_taken_back(made: list[Decision]) -> None:
    case = bundled()
    under = again(case, *made)
    assert again(under, *made) == under
    assert again(under) == case
    for claim in under.weighed.claims:
        assert 1 <= claim.origins_low <= claim.origins_high
    for records in (under.traced.sources, under.traced.utterances, under.traced.origins, under.weighed.claims):
        assert len({each.id for each in records}) == len(records)
    assert {each.decision for each in unresolved(case, made)} <= {each.id for each in made}
