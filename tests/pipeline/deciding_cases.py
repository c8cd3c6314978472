"""The invented reports of the demonstration as a case, and decisions about its records as a person would make them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import headwater
from headwater.model import (
    Case,
    Decision,
    Figure,
    Mention,
    Place,
    Reading,
    Received,
    Statement,
    Subject,
    SubjectKind,
    Verb,
    whole,
)
from headwater.pipeline.remaking import remake
from headwater.pipeline.run import trace_reports
from headwater.reading import RULES

BUNDLED = Path(headwater.__file__).parent / "bundled"


@cache
def bundled() -> Case:
    """Return the case of the bundled reports, read by rules."""
    return trace_reports([BUNDLED], reader=RULES, workers=1).case


def again(case: Case, *decisions: Decision) -> Case:
    """Make the case anew from what was read, under decisions."""
    return made(case.received, case.before_tracing(), case, *decisions)


def made(received: Received, readings: tuple[Reading, ...], like: Case, *decisions: Decision) -> Case:
    """Make a case from reports and readings, by the makers of another one."""
    return remake(received, readings, decisions, reading_maker=like.makers.reading, encode=False)


def decide(verb: Verb, *subjects: Subject, value: str = "", number: int = 1) -> Decision:
    """Return a decision of an invented documenter."""
    return Decision(f"decision-{number}", verb, subjects, value, "", "Ada Lorne", "2026-11-21T10:00:00Z", "0" * 64)


class Records:
    """The records of a case as subjects, founders first."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rank = {report.id: at for at, report in enumerate(case.received.reports)}
        self.places: dict[str, Place] = {}
        self.kinds: dict[str, SubjectKind] = {}
        for reading in case.readings:
            leaves: list[Statement | Mention | Figure] = [*reading.statements, *reading.mentions, *reading.figures]
            for each in leaves:
                self.places[each.id] = place_of(each)
                self.kinds[each.id] = kind_of(each)

    def leaf(self, ident: str) -> Subject:
        """A statement, mention or figure."""
        return Subject(self.kinds[ident], ident, (), self.places[ident])

    def group(self, kind: SubjectKind, ident: str, members: tuple[str, ...]) -> Subject:
        """A group by what it is made of."""
        ordered = sorted(members, key=lambda one: (self.rank[self.places[one].report], self.places[one].span, one))
        return Subject(kind, ident, tuple(ordered), self.places[ordered[0]])

    @property
    def sources(self) -> list[Subject]:
        return [self.group(SubjectKind.SOURCE, one.id, one.mentions) for one in self.case.traced.sources]

    @property
    def utterances(self) -> list[Subject]:
        return [self.group(SubjectKind.UTTERANCE, one.id, one.statements) for one in self.case.traced.utterances]

    @property
    def origins(self) -> list[Subject]:
        return [
            self.group(SubjectKind.ORIGIN, one.id, (*one.statements, *one.figures)) for one in self.case.traced.origins
        ]

    @property
    def claims(self) -> list[Subject]:
        return [
            self.group(SubjectKind.CLAIM, one.id, (*one.statements, *one.figures)) for one in self.case.weighed.claims
        ]

    @property
    def links(self) -> list[Subject]:
        return [Subject(SubjectKind.LINK, one.id, (), one.later) for one in self.case.traced.links]

    @property
    def reuse(self) -> list[Subject]:
        return [Subject(SubjectKind.REUSE, one.id, (), one.a) for one in self.case.traced.reuse]

    def of(self, kind: SubjectKind) -> list[Subject]:
        """All records of one kind."""
        groups = {
            SubjectKind.SOURCE: self.sources,
            SubjectKind.UTTERANCE: self.utterances,
            SubjectKind.ORIGIN: self.origins,
            SubjectKind.CLAIM: self.claims,
            SubjectKind.LINK: self.links,
            SubjectKind.REUSE: self.reuse,
        }
        return groups[kind] if kind in groups else [self.leaf(one) for one, is_ in self.kinds.items() if is_ is kind]


def place_of(each: Statement | Mention | Figure) -> Place:
    """Where it stands."""
    return Place(each.report, whole(each) if isinstance(each, Statement) else each.span)


def kind_of(each: Statement | Mention | Figure) -> SubjectKind:
    """What it is, as a subject."""
    kinds = {Statement: SubjectKind.STATEMENT, Mention: SubjectKind.MENTION, Figure: SubjectKind.FIGURE}
    return kinds[type(each)]


def arrived(case: Case, order: tuple[int, ...]) -> tuple[Received, tuple[Reading, ...]]:
    """Return some reports of a case as they were received, in another order of arrival, and their readings."""
    reports = tuple(case.received.reports[at] for at in order)
    kept = {report.info.sha256 for report in reports}
    originals = tuple(each for each in case.received.originals if each.sha256 in kept)
    readings = case.before_tracing()
    received = Received(tuple(report.info.file for report in reports), originals, reports, ())
    return received, tuple(readings[at] for at in order)
