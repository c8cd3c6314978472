"""A whole case in memory: what was received, read, traced and weighed, and which program made each part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from headwater.model.claims import Weighed
from headwater.model.readings import Attribution, Reading, Statement
from headwater.model.reports import Received
from headwater.model.spans import Anchor, Place, Span
from headwater.model.traces import Traced


@dataclass(frozen=True, slots=True)
class Maker:
    """What made a record: the name of the step and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Makers:
    """The maker of each derived part of a case."""

    intake: Maker
    reading: Maker
    tracing: Maker
    weighing: Maker


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that machines made of a case, as records.

    The reports stand in the order of their arrival; `readings` has one entry a report, in that order. `as_read` are the
    readings as the reader left them, of those reports whose reading was changed afterwards: by what comparing shows
    or by a person.
    """

    received: Received
    readings: tuple[Reading, ...]
    traced: Traced
    weighed: Weighed
    makers: Makers
    as_read: tuple[Reading, ...] = ()

    def before_tracing(self) -> tuple[Reading, ...]:
        """The readings as the reader left them, in the order of the reports."""
        kept = {reading.report: reading for reading in self.as_read}
        return tuple(kept.get(reading.report, reading) for reading in self.readings)


def places(case: Case) -> Iterator[tuple[str, str, Place]]:
    """Yield (record id, role, place) for every place that a derived record points at, in a fixed order."""
    for reading in case.readings:
        yield from _found(reading)
    for reuse in case.traced.reuse:
        yield reuse.id, "a", reuse.a
        yield reuse.id, "b", reuse.b
    for link in case.traced.links:
        yield link.id, "later", link.later
        yield link.id, "earlier", link.earlier


def anchors(case: Case) -> Iterator[tuple[str, str, Anchor]]:
    """Yield (record id, role, anchor) for every place. Raises ValueError when a place does not fit its text."""
    reports = {report.id: report for report in case.received.reports}
    for record, role, place in places(case):
        report = reports[place.report]
        yield record, role, Anchor(place.report, place.span, place.span.of(report.text), report.info.text_sha256)


def _found(reading: Reading) -> Iterator[tuple[str, str, Place]]:
    for mention in reading.mentions:
        yield mention.id, "mention", Place(reading.report, mention.span)
        for span in mention.spans:
            yield mention.id, "named", Place(reading.report, span)
    for statement in reading.statements:
        for role, span in _statement_spans(statement):
            yield statement.id, role, Place(reading.report, span)
    for figure in reading.figures:
        yield figure.id, "figure", Place(reading.report, figure.span)
    for date in reading.dates:
        yield date.id, "date", Place(reading.report, date.span)
    for citation in reading.citations:
        yield citation.id, "citation", Place(reading.report, citation.span)
    for attribution in reading.attributions:
        for role, span in _attribution_spans(attribution):
            yield attribution.id, role, Place(reading.report, span)


def _attribution_spans(attribution: Attribution) -> Iterator[tuple[str, Span]]:
    for span in attribution.content:
        yield "content", span
    for span in attribution.source:
        yield "source", span
    if attribution.cue:
        yield "cue", attribution.cue


def _statement_spans(statement: Statement) -> Iterator[tuple[str, Span]]:
    for span in statement.content:
        yield "content", span
    if statement.source_span:
        yield "source", statement.source_span
    if statement.cue:
        yield "cue", statement.cue
    if statement.told_to:
        yield "told to", statement.told_to.span
    for relay in (*statement.via, *statement.behind):
        yield "relay", relay.span
