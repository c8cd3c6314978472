"""Circular reporting (METHOD R11): outlets that have one and the same thing from one another, found claim by claim.

An outlet is tied to the one that its report names for the claim; a circle is a strongly connected part of these ties.
It is named and flagged, never taken out of the claim: which of them had it first the reports do not show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from headwater.model import Bearing, Circle, Hop, HopKind, Place, Reason, SourceKind, make_id
from headwater.weighing.bounds import circles
from headwater.weighing.pile import Pile

RULE = "circular reporting"
_CARRIERS = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})


class Carried(NamedTuple):
    """One statement or figure of a claim, and the report it stands in."""

    record: str
    report: str


class _Tie(NamedTuple):
    """A report that has something from an outlet of the case: `end` is whom both have it from, None if nobody else."""

    record: str
    report: str
    outlet: str
    cited: str
    end: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle among those that carry one claim: the records by which it closes, and why."""

    records: tuple[str, ...]
    outlets: tuple[str, ...]
    reports: tuple[str, ...]
    reason: Reason


def rings(pile: Pile, carried: Iterable[Carried]) -> tuple[Ring, ...]:
    """Return the circles among those that carry a claim, each set of outlets once, in the order of the case."""
    every = list(carried)
    ties = [tie for each in every for tie in _ties(pile, each)]
    # Two outlets that cite one another for two different people are no circle: each end is looked at by itself.
    ends: list[str | None] = [None, *sorted({tie.end for tie in ties if tie.end})]
    found: dict[frozenset[str], Ring] = {}
    for end in ends:
        usable = [tie for tie in ties if tie.end is None or tie.end == end]
        for outlets in _parts(usable):
            inside = [tie for tie in usable if tie.outlet in outlets and tie.cited in outlets]
            found.setdefault(outlets, _ring(pile, every, inside))
    return tuple(sorted(found.values(), key=lambda ring: [pile.rank[report] for report in ring.reports]))


def as_circle(claim: str, ring: Ring) -> Circle:
    """Return the record of a ring in a claim."""
    return Circle(make_id("circle", claim, *ring.records), claim, ring.outlets, ring.reports, ring.reason)


def _outlet(pile: Pile, report: str) -> str:
    info = pile.infos[report]
    return info.outlet.value.casefold() if info.outlet else report


def _ties(pile: Pile, each: Carried) -> Iterator[_Tie]:
    """What the report itself says it has from an outlet of the case; what others say of that is their tie."""
    hops = pile.hops.get(each.record, ())
    own = _outlet(pile, each.report)
    for hop in hops:
        if hop.cited is None or hop.kind is HopKind.OCCASION or hop.place is None or hop.place.report != each.report:
            continue
        for cited in dict.fromkeys(_outlet(pile, report) for report in pile.cited[hop.cited].reports):
            if cited != own:
                yield _Tie(each.record, each.report, own, cited, _end(pile, hops[0]), hop.place)


def _end(pile: Pile, first: Hop) -> str | None:
    source = pile.sources.get(first.source or "")
    return None if source is None or source.kind in _CARRIERS else source.id


def _parts(ties: Sequence[_Tie]) -> Iterator[frozenset[str]]:
    names = sorted({name for tie in ties for name in (tie.outlet, tie.cited)})
    at = {name: number for number, name in enumerate(names)}
    onward: list[list[int]] = [[] for _ in names]
    for tie in ties:
        onward[at[tie.outlet]].append(at[tie.cited])
    members: dict[int, list[str]] = defaultdict(list)
    for name, part in zip(names, circles(onward), strict=True):
        members[part].append(name)
    yield from (frozenset(found) for found in members.values() if len(found) > 1)


def _ring(pile: Pile, every: Sequence[Carried], ties: Sequence[_Tie]) -> Ring:
    by_pair: dict[tuple[str, str], _Tie] = {}
    for tie in sorted(ties, key=lambda tie: (pile.rank[tie.report], tie.place.span)):
        by_pair.setdefault((tie.outlet, tie.cited), tie)
    round_ = _shortest(by_pair)
    steps = [by_pair[pair] for pair in zip(round_, (*round_[1:], round_[0]), strict=True)]
    outlets = {tie.outlet for tie in ties}
    reports = pile.ordered(each.report for each in every if _outlet(pile, each.report) in outlets)
    return Ring(
        records=tuple(dict.fromkeys(tie.record for tie in ties)),
        outlets=tuple(pile.name(step.report) for step in steps),
        reports=reports,
        reason=Reason(RULE, _text(pile, steps, every), tuple(step.place for step in steps), Bearing.MAY_JOIN),
    )


def _shortest(by_pair: Mapping[tuple[str, str], _Tie]) -> tuple[str, ...]:
    """The shortest way round that begins at the first outlet: breadth first, ties in alphabetical order."""
    onward: dict[str, list[str]] = defaultdict(list)
    for outlet, cited in sorted(by_pair):
        onward[outlet].append(cited)
    start = next(iter(by_pair))[0]
    before: dict[str, str] = {}
    queue = [start]
    for outlet in queue:
        for cited in onward[outlet]:
            if cited == start:
                back = [outlet]
                while back[-1] != start:
                    back.append(before[back[-1]])
                return tuple(reversed(back))
            if cited not in before:
                before[cited] = outlet
                queue.append(cited)
    raise ValueError("the ties are not those of one circle")


def _text(pile: Pile, steps: Sequence[_Tie], every: Sequence[Carried]) -> str:
    names = [pile.name(step.report) for step in steps]
    back = _came_back(pile, steps, every)
    if back is not None:
        return back
    if len(names) == 2:
        return (
            f"{names[0]} has this from {names[1]}, and {names[1]} from {names[0]}: one may be all there is, "
            "and neither shows where it began."
        )
    way = ", ".join(f"{a} from {b}" for a, b in pairwise(names[1:]))
    return f"{names[0]} has this from {names[1]}, {way}, and {names[-1]} from {names[0]}: nobody shows where it began."


def _came_back(pile: Pile, steps: Sequence[_Tie], every: Sequence[Carried]) -> str | None:
    """The sentence for an outlet that first says it of its own, and later cites for it those who cite it."""
    citing = {step.report for step in steps}
    for at, last in enumerate(steps):
        other = steps[(at + 1) % len(steps)]
        begun = [each.report for each in every if each.report not in citing]
        days = pile.infos[last.report].day, pile.infos[other.report].day
        first = [
            day
            for report in begun
            if _outlet(pile, report) == last.outlet and (day := pile.infos[report].day) is not None
        ]
        if first and days[0] and days[1] and min(first) <= days[1] < days[0]:
            name = pile.name(last.report)
            return (
                f"{name} carried this first, {pile.name(other.report)} cites it afterwards, and {name} then has it "
                f"from {pile.name(other.report)}: it came back to where it began."
            )
    return None
