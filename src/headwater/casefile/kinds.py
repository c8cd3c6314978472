"""The kinds of record in a case file: how a case in memory becomes rows, and rows become the case again.

Pure: no files, no clock. What a row's digest covers is defined here and nowhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from headwater.casefile.codec import codec
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
    Mention,
    MissingDocument,
    Origin,
    Passage,
    Pattern,
    Reading,
    ReportInfo,
    Retelling,
    Reuse,
    SetAside,
    Source,
    Span,
    Statement,
    Summary,
    TimelineEntry,
    Utterance,
    anchors,
)

T = TypeVar("T")
FOUND = ("mentions", "statements", "figures", "dates", "citations", "attributions")  # what one reading holds
STEPS = ("intake", "reading", "tracing", "weighing")


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One received path, relative, with forward slashes."""

    path: str


@dataclass(frozen=True, slots=True)
class IntakeNote:
    """A remark of intake about the whole delivery."""

    text: str


@dataclass(frozen=True, slots=True)
class StoredOriginal:
    """An original without its bytes, which stand in a column of their own so that sha256sum works on them."""

    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report without its working text, which stands in a column of its own; `info.text_sha256` fixes it."""

    info: ReportInfo
    passages: tuple[Passage, ...]

    @property
    def id(self) -> str:
        """The report's id."""
        return self.info.id


@dataclass(frozen=True, slots=True)
class StoredReading:
    """That a report was read, and the reader's notes; what was found stands in the tables of its kinds."""

    report: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredMaker:
    """The maker of one part of the case."""

    step: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class StoredSecret:
    """Random bytes (hex) that never leave the case: pseudonyms and the ids of protected exports are made with them."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stored time-stamp; the bytes of the reply stand beside it, with the SHA-256 `reply_sha256`.

    `sequence` and `digest` are those of the custody event that was stamped; `roots` the certificates that were given
    with the reply (PEM). The rest repeats what the reply says, for people who read the file without Headwater.
    """

    sequence: int
    digest: str
    time: str
    policy: str
    serial: str
    authority: str
    reply_sha256: str
    roots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredAnchor:
    """A place that a record points at, with the exact words found there and the digest of the text."""

    record: str
    role: str
    report: str
    span: Span
    exact: str
    text_sha256: str


class Row(NamedTuple):
    """One row of a record table. `record` is canonical JSON, `sha256` covers kind, position, maker and record."""

    position: int
    made_by: str
    record: bytes
    sha256: str
    payload: bytes | None = None


@dataclass(frozen=True)
class Table:
    """One table of records: its name, the type of its records, and the column kept beside the record, if any."""

    name: str
    shape: type[Any]
    payload: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Kind(Table):
    """A table of what machines made: the step that makes its records and where a case keeps them."""

    step: str | None
    of: Callable[[Case], Iterable[Any]]


def label(maker: Maker) -> str:
    """How a maker is written beside each record: its name and version."""
    return f"{maker.name} {maker.version}"


def record_digest(kind: str, position: int, made_by: bytes, record: bytes) -> str:
    """Return the SHA-256 (hex) of kind, position, maker and record, each on a line of its own, no final newline."""
    return hashlib.sha256(b"%s\n%d\n%s\n%s" % (kind.encode(), position, made_by, record)).hexdigest()


class DigestList:
    """Digest of a list of rows: of the lines "kind position sha256", newline at the end of each."""

    def __init__(self) -> None:
        self.count = 0
        self._state = hashlib.sha256()

    def add(self, kind: str, position: int, sha256: str) -> None:
        """Add the next row. Rows must come sorted by kind, then position."""
        self.count += 1
        self._state.update(f"{kind} {position} {sha256}\n".encode())

    def hexdigest(self) -> str:
        """The digest of what was added so far."""
        return self._state.hexdigest()


def rows(kind: Kind, case: Case) -> Iterator[Row]:
    """Yield the rows of one kind. Raises WrongShape, or ValueError for an anchor that does not fit its text."""
    write = codec(kind.shape).dump
    made_by = _maker_of(kind, case)
    payloads = _payloads(kind, case)
    for position, item in enumerate(kind.of(case)):
        record, maker = write(item), made_by(item)
        sha256 = record_digest(kind.name, position, maker.encode(), record)
        yield Row(position, maker, record, sha256, next(payloads, None))


def case_digest(case: Case) -> str:
    """Return the digest over all records of the case: the same records give the same digest, on every machine."""
    whole = DigestList()
    for kind in KINDS:
        for row in rows(kind, case):
            whole.add(kind.name, row.position, row.sha256)
    return whole.hexdigest()


def _maker_of(kind: Kind, case: Case) -> Callable[[Any], str]:
    labels = {step: label(getattr(case.makers, step)) for step in STEPS}
    if kind.shape is StoredMaker:
        return lambda maker: f"{maker.name} {maker.version}"
    if kind.step is not None:
        made_by = labels[kind.step]
        return lambda _: made_by
    across = {reuse.id for reuse in case.traced.reuse} | {link.id for link in case.traced.links}
    return lambda anchor: labels["tracing" if anchor.record in across else "reading"]


def _payloads(kind: Kind, case: Case) -> Iterator[bytes]:
    if kind.shape is StoredOriginal:
        return (original.data for original in case.received.originals)
    if kind.shape is StoredReport:
        return (report.text.encode("utf-8", "surrogatepass") for report in case.received.reports)
    return iter(())


def _found(name: str) -> Callable[[Case], Iterable[Any]]:
    return lambda case: (record for reading in case.readings for record in getattr(reading, name))


def _anchors(case: Case) -> Iterator[StoredAnchor]:
    for record, role, anchor in anchors(case):
        yield StoredAnchor(record, role, *anchor)


def _makers(case: Case) -> Iterator[StoredMaker]:
    for step in STEPS:
        maker: Maker = getattr(case.makers, step)
        yield StoredMaker(step, maker.name, maker.version)


# Sorted by name: the order in which the case digest takes them.
KINDS = tuple(
    sorted(
        (
            Kind("anchor", StoredAnchor, None, _anchors),
            Kind("as_read", Reading, "reading", lambda case: case.as_read),
            Kind("assessment", Assessment, "weighing", lambda case: case.weighed.assessments),
            Kind("attribution", Attribution, "reading", _found("attributions")),
            Kind("chain", Chain, "tracing", lambda case: case.traced.chains),
            Kind("circle", Circle, "weighing", lambda case: case.weighed.circles),
            Kind("citation", Citation, "reading", _found("citations")),
            Kind("cited", Cited, "tracing", lambda case: case.traced.cited),
            Kind("claim", Claim, "weighing", lambda case: case.weighed.claims),
            Kind("comparison", Comparison, "weighing", lambda case: case.weighed.comparisons),
            Kind("date_mention", DateMention, "reading", _found("dates")),
            Kind("divergence", Divergence, "tracing", lambda case: case.traced.divergences),
            Kind("figure", Figure, "reading", _found("figures")),
            Kind("file", ReceivedFile, "intake", lambda case: map(ReceivedFile, case.received.files)),
            Kind("intake_note", IntakeNote, "intake", lambda case: map(IntakeNote, case.received.notes)),
            Kind("link", Link, "tracing", lambda case: case.traced.links),
            Kind("maker", StoredMaker, None, _makers),
            Kind("mention", Mention, "reading", _found("mentions")),
            Kind("missing", MissingDocument, "weighing", lambda case: case.weighed.missing),
            Kind("origin", Origin, "tracing", lambda case: case.traced.origins),
            Kind(
                "original",
                StoredOriginal,
                "intake",
                lambda case: (StoredOriginal(o.sha256, o.media_type, o.size) for o in case.received.originals),
                payload="data",
            ),
            Kind("pattern", Pattern, "weighing", lambda case: case.weighed.patterns),
            Kind(
                "reading",
                StoredReading,
                "reading",
                lambda case: (StoredReading(reading.report, reading.notes) for reading in case.readings),
            ),
            Kind(
                "report",
                StoredReport,
                "intake",
                lambda case: (StoredReport(report.info, report.passages) for report in case.received.reports),
                payload="text",
            ),
            Kind("retelling", Retelling, "weighing", lambda case: case.weighed.retellings),
            Kind("reuse", Reuse, "tracing", lambda case: case.traced.reuse),
            Kind("set_aside", SetAside, "intake", lambda case: case.received.set_aside),
            Kind("source", Source, "tracing", lambda case: case.traced.sources),
            Kind("statement", Statement, "reading", _found("statements")),
            Kind("summary", Summary, "weighing", lambda case: (case.weighed.summary,)),
            Kind("timeline", TimelineEntry, "weighing", lambda case: case.weighed.timeline),
            Kind("utterance", Utterance, "tracing", lambda case: case.traced.utterances),
        ),
        key=lambda kind: kind.name,
    )
)

# What people said and what proves the case: kept when everything that machines made is made again.
KEPT = (
    Table("decision", Decision, payload="shown"),
    Table("handling", Handling),
    Table("secret", StoredSecret),
    Table("stamp", Stamp, payload="reply"),
)
