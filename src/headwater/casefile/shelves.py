"""Records by kind, and how they make up a case again. Pure: no files, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar, cast

from headwater.casefile.kinds import (
    FOUND,
    KEPT,
    KINDS,
    STEPS,
    IntakeNote,
    ReceivedFile,
    StoredMaker,
    StoredOriginal,
    StoredReading,
    StoredReport,
    Table,
)
from headwater.model import (
    Assessment,
    Attribution,
    Case,
    Chain,
    Circle,
    Citation,
    Cited,
    Claim,
    Comparison,
    DateMention,
    Decision,
    Divergence,
    Figure,
    Handling,
    Link,
    Maker,
    Makers,
    Mention,
    MissingDocument,
    Origin,
    Original,
    Pattern,
    People,
    Reading,
    Received,
    Report,
    Retelling,
    Reuse,
    SetAside,
    Source,
    Statement,
    Summary,
    TimelineEntry,
    Traced,
    Utterance,
    Weighed,
)

T = TypeVar("T")


class Inconsistent(ValueError):
    """The case contradicts itself and cannot be written so that it would come back the same."""


class Shelf:
    """Records by type, with the payloads of originals and reports beside them: what a case is put together from."""

    def __init__(self) -> None:
        self._records: dict[type[Any], list[Any]] = {table.shape: [] for table in (*KINDS, *KEPT)}
        self._payloads: dict[type[Any], list[bytes]] = {
            table.shape: [] for table in (*KINDS, *KEPT) if table.payload is not None
        }

    def put(self, kind: Table, record: object, payload: bytes | None) -> None:
        """Add the next record of a kind."""
        self._records[kind.shape].append(record)
        if payload is not None:
            self._payloads[kind.shape].append(payload)

    def of(self, shape: type[T]) -> tuple[T, ...]:
        """All records of one type, in order."""
        return cast("tuple[T, ...]", tuple(self._records[shape]))

    def with_payload(self, shape: type[T]) -> Iterator[tuple[T, bytes]]:
        """All records of one type, each with the bytes kept beside it."""
        return zip(self.of(shape), self._payloads[shape], strict=True)


def assemble(shelf: Shelf) -> Case:
    """Return the case that the records make up. Raises Inconsistent when a part is missing or stands twice."""
    summaries = shelf.of(Summary)
    makers = {maker.step: Maker(maker.name, maker.version) for maker in shelf.of(StoredMaker)}
    if len(summaries) != 1 or tuple(sorted(makers)) != STEPS:
        raise Inconsistent("The case has no complete list of makers and one summary.")
    return Case(
        received=_received(shelf),
        readings=readings(shelf),
        traced=traced(shelf),
        weighed=Weighed(
            claims=shelf.of(Claim),
            comparisons=shelf.of(Comparison),
            patterns=shelf.of(Pattern),
            assessments=shelf.of(Assessment),
            timeline=shelf.of(TimelineEntry),
            summary=summaries[0],
            missing=shelf.of(MissingDocument),
            circles=shelf.of(Circle),
            retellings=shelf.of(Retelling),
        ),
        makers=Makers(**makers),
        as_read=shelf.of(Reading),
    )


def people(shelf: Shelf) -> People:
    """Return what people said about the case. Raises UnicodeDecodeError for shown words that are not UTF-8."""
    shown = (
        (decision.id, data.decode("utf-8", "surrogatepass"))
        for decision, data in shelf.with_payload(Decision)
        if not decision.withdrawn
    )
    return People(shelf.of(Decision), shelf.of(Handling), tuple(shown))


def readings(shelf: Shelf) -> tuple[Reading, ...]:
    """Return one reading a report, each with what was found in that report, in order."""
    mentions = _by_report(shelf.of(Mention))
    statements = _by_report(shelf.of(Statement))
    figures = _by_report(shelf.of(Figure))
    attributions = _by_report(shelf.of(Attribution))
    dates = _by_report(shelf.of(DateMention))
    citations = _by_report(shelf.of(Citation))
    return tuple(
        Reading(
            report=reading.report,
            mentions=tuple(mentions.get(reading.report, ())),
            statements=tuple(statements.get(reading.report, ())),
            figures=tuple(figures.get(reading.report, ())),
            dates=tuple(dates.get(reading.report, ())),
            citations=tuple(citations.get(reading.report, ())),
            notes=reading.notes,
            attributions=tuple(attributions.get(reading.report, ())),
        )
        for reading in shelf.of(StoredReading)
    )


def traced(shelf: Shelf) -> Traced:
    """Return the outcome of tracing."""
    kinds = (Source, Utterance, Origin, Reuse, Link, Cited, Chain, Divergence)
    return Traced(*(cast("Any", shelf.of(kind)) for kind in kinds))


def check_readings(case: Case) -> None:
    """Raise Inconsistent when a report was read twice or something found stands under another report."""
    seen: set[str] = set()
    for reading in case.readings:
        if reading.report in seen:
            raise Inconsistent(f"Report {reading.report} was read twice.")
        seen.add(reading.report)
        found: Iterator[Any] = chain.from_iterable(getattr(reading, name) for name in FOUND)
        for record in found:
            if record.report != reading.report:
                raise Inconsistent(f"{record.id} stands under report {reading.report}, and names {record.report}.")


def _received(shelf: Shelf) -> Received:
    return Received(
        files=tuple(file.path for file in shelf.of(ReceivedFile)),
        originals=tuple(
            Original(item.sha256, item.media_type, data) for item, data in shelf.with_payload(StoredOriginal)
        ),
        reports=tuple(
            Report(item.info, data.decode("utf-8", "surrogatepass"), item.passages)
            for item, data in shelf.with_payload(StoredReport)
        ),
        set_aside=shelf.of(SetAside),
        notes=tuple(note.text for note in shelf.of(IntakeNote)),
    )


def _by_report(records: Iterable[T]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for record in records:
        groups.setdefault(cast("Any", record).report, []).append(record)
    return groups
