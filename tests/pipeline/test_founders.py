"""Ids of groups: given by founders, unique, named by every record that means them, and kept while the case grows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from deciding_cases import Records, arrived, bundled, made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater import tracing, weighing
from headwater.casefile.references import id_of, references
from headwater.model import Case, Traced, Weighed
from headwater.pipeline.naming import named

_DERIVED = {
    "source": "sources",
    "utterance": "utterances",
    "origin": "origins",
    "cited": "cited",
    "claim": "claims",
}


def groups(case: Case) -> dict[str, dict[str, tuple[str, ...]]]:
    """The members of each group, by kind and id."""
    return {
        "source": {one.id: one.mentions for one in case.traced.sources},
        "utterance": {one.id: one.statements for one in case.traced.utterances},
        "origin": {one.id: (*one.statements, *one.figures) for one in case.traced.origins},
        "claim": {one.id: (*one.statements, *one.figures) for one in case.weighed.claims},
    }


def every_record(traced: Traced, weighed: Weighed) -> Iterable[object]:
    """All groups and what is derived from them."""
    for made_by in (traced, weighed):
        for field in made_by.__dataclass_fields__:
            value = getattr(made_by, field)
            yield from value if isinstance(value, tuple) else (value,)


@st.composite
def growing(draw: st.DrawFn) -> tuple[tuple[int, ...], int]:
    """An order of arrival, and how many reports of it are there at first."""
    order = draw(st.permutations(range(len(bundled().received.reports))))
    return tuple(order), draw(st.integers(1, len(order) - 1))


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(growing())
def test_a_group_with_the_same_founder_keeps_its_id_when_reports_are_added(case: tuple[tuple[int, ...], int]) -> None:
    order, first = case
    small = made(*arrived(bundled(), order[:first]), bundled())
    large = made(*arrived(bundled(), order), bundled())
    before, after = Records(small), Records(large)
    for kind, found in groups(small).items():
        now = groups(large)[kind]
        home = {one: ident for ident, members in now.items() for one in members}
        for ident, members in found.items():
            first_of_all = min(members, key=lambda one: _spot(before, one))
            founder = before.places[first_of_all]
            # By its place: a quotation may have been parted since, and its first part begins where it began.
            same = [
                home[one]
                for one, place in after.places.items()
                if one in home
                and after.kinds[one] is before.kinds[first_of_all]
                and (place.report, place.span.start) == (founder.report, founder.span.start)
            ]
            heads = {each for each in same if _begins(after, now[each], founder)}
            assert not heads or ident in heads


def _begins(records: Records, members: Iterable[str], founder: object) -> bool:
    first = records.places[min(members, key=lambda one: _spot(records, one))]
    return (first.report, first.span.start) == (founder.report, founder.span.start)  # type: ignore[attr-defined]


def _spot(records: Records, ident: str) -> tuple[int, int]:
    place = records.places[ident]
    return records.rank[place.report], place.span.start


@settings(deadline=None, max_examples=4, suppress_health_check=list(HealthCheck))
@given(growing())
def test_no_id_stands_twice_and_every_reference_finds_its_record(case: tuple[tuple[int, ...], int]) -> None:
    grown = made(*arrived(bundled(), case[0]), bundled())
    records = [one for one in every_record(grown.traced, grown.weighed) if id_of(one)]
    assert max(Counter(map(id_of, records)).values()) == 1
    known = {id_of(one) for one in records}
    for one in every_record(grown.traced, grown.weighed):
        for reference in references(one):
            if reference.target in {*_DERIVED}:
                assert reference.id in known, (one, reference)


def test_naming_changes_ids_and_nothing_else() -> None:
    case = bundled()
    reports = case.received.reports
    traced, readings = tracing.trace(reports, case.before_tracing())
    weighed = weighing.weigh([one.info for one in reports], readings, traced, set_aside=case.received.set_aside)
    new_traced, new_weighed = named([one.id for one in reports], readings, traced, weighed)
    assert [one.mentions for one in new_traced.sources] == [one.mentions for one in traced.sources]
    assert [one.statements for one in new_traced.utterances] == [one.statements for one in traced.utterances]
    assert [one.reasons for one in new_traced.origins] == [one.reasons for one in traced.origins]
    assert [one.text for one in new_weighed.claims] == [one.text for one in weighed.claims]
    assert [one.name for one in new_weighed.missing] == [one.name for one in weighed.missing]
    assert {one.id for one in new_traced.utterances}.isdisjoint(one.id for one in traced.utterances)
    # Once more from the new ids: the names depend on founders, and not on what the groups were called.
    assert named([one.id for one in reports], readings, new_traced, new_weighed) == (new_traced, new_weighed)
