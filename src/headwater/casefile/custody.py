"""The custody log: what was done with a case, each event chained to the one before. Events are only ever added.

No clock: whoever writes an event says when it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from headwater import __version__
from headwater.casefile.codec import WrongShape, codec
from headwater.casefile.database import as_bytes, damaged, opened, read_on
from headwater.casefile.keys import Key

START = "0" * 64
_COLUMNS = f"{as_bytes('record')}, {as_bytes('sha256')}"
CASE = "case"
DECIDED = "decided"  # names, among the outputs of an event, the decisions that the records were made under


@dataclass(frozen=True, slots=True)
class CustodyObject:
    """Something an event took in or made. `sha256` is None when its bytes could not be read; `count` its records."""

    name: str
    sha256: str | None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """One entry of the log.

    `sequence` counts from 1; `previous` is the digest of the event before (zeros at the first); `time` is UTC,
    ISO 8601 to the second. `clock_set_back` is True when the event before claims a later time: order is told by
    the sequence, never by the clock. `outputs` name what was made or changed, the case and its tables, with their
    digests. No event names a file or a person in a report: the log cannot be changed when these must be withdrawn.
    """

    sequence: int
    previous: str
    time: str
    clock_set_back: bool
    agent: str
    tool: str
    action: str
    inputs: tuple[CustodyObject, ...]
    outputs: tuple[CustodyObject, ...]
    outcome: str

    @property
    def record(self) -> bytes:
        """The event as it is stored and hashed: canonical JSON."""
        return codec(CustodyEvent).dump(self)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the stored event; the next event carries it."""
        return hashlib.sha256(self.record).hexdigest()

    @property
    def case_digest(self) -> str | None:
        """The digest of the case after this event, or None when the event names none."""
        return next((made.sha256 for made in self.outputs if made.name == CASE), None)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An event as found in a file, with everything that is wrong with it."""

    sequence: int
    event: CustodyEvent | None
    digest: str
    faults: tuple[str, ...]


def timestamp(now: datetime) -> str:
    """Return an aware time as ISO 8601 in UTC, to the second. Raises ValueError for a time without a zone."""
    if now.tzinfo is None:
        raise ValueError("a custody event needs a time with a time zone")
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_log(connection: apsw.Connection) -> list[LogEntry]:
    """Return every entry of the log with its faults. apsw errors pass through."""
    query = f"SELECT sequence, {_COLUMNS} FROM custody ORDER BY sequence"  # noqa: S608
    entries: list[LogEntry] = []
    for sequence, record, stored in connection.execute(query):
        entries.append(_entry(entries, sequence, record, stored))
    return entries


def read_log_in_part(connection: apsw.Connection) -> list[LogEntry]:
    """Return the entries of a damaged log, those that cannot be read as such.

    The connection is one for reading. apsw errors pass through when not even the newest entry can be found.
    """
    ((last,),) = connection.execute("SELECT max(sequence) FROM custody")
    entries: list[LogEntry] = []
    for sequence in range(1, int(last or 0) + 1):
        try:
            row = connection.execute(f"SELECT {_COLUMNS} FROM custody WHERE sequence = ?", (sequence,)).fetchone()  # noqa: S608
        except apsw.Error:
            read_on(connection)
            entries.append(LogEntry(sequence, None, "", ("the page of the database on which it stands is damaged",)))
        else:
            if row is not None:
                entries.append(_entry(entries, sequence, *row))
    return entries


def _entry(before: Sequence[LogEntry], sequence: int, record: bytes, stored: bytes) -> LogEntry:
    digest = hashlib.sha256(record).hexdigest()
    faults = []
    if digest.encode() != stored:
        faults.append("its words do not fit its digest: the event was edited")
    event = None
    try:
        event = codec(CustodyEvent).load(record)
    except WrongShape as error:
        faults.append(f"it cannot be read ({error})")
    if sequence != len(before) + 1:
        faults.append(f"it stands at place {len(before) + 1}: an event before it is missing or was added")
    if event and event.sequence != sequence:
        faults.append(f"it says of itself that it is event {event.sequence}: events were exchanged")
    unread = bool(before) and not before[-1].digest
    if event and not unread and event.previous != (before[-1].digest if before else START):
        faults.append("it does not continue the event before it: an event was edited, removed, added or exchanged")
    return LogEntry(sequence, event, digest, tuple(faults))


def sound(path: Path, entries: Sequence[LogEntry]) -> tuple[CustodyEvent, ...]:
    """Return the events of a log. Raises IntegrityFailure when it is empty or anything is wrong with it."""
    events = []
    for entry in entries:
        if entry.faults or entry.event is None:
            raise damaged(path, f"event {entry.sequence} of the custody log: {'; '.join(entry.faults)}.")
        events.append(entry.event)
    if not events:
        raise damaged(path, "the custody log is empty.")
    return tuple(events)


@dataclass(frozen=True, slots=True)
class Said:
    """Who did what, and when (`timestamp`): what the caller knows of an event."""

    time: str
    agent: str
    action: str


def next_event(
    last: CustodyEvent | None,
    said: Said,
    outcome: str,
    *,
    inputs: tuple[CustodyObject, ...] = (),
    outputs: tuple[CustodyObject, ...] = (),
) -> CustodyEvent:
    """Return the event that follows `last`, or begins a log."""
    return CustodyEvent(
        sequence=last.sequence + 1 if last else 1,
        previous=last.digest if last else START,
        time=said.time,
        clock_set_back=last is not None and said.time < last.time,
        agent=said.agent,
        tool=f"headwater {__version__}",
        action=said.action,
        inputs=inputs,
        outputs=outputs,
        outcome=outcome,
    )


def store_event(connection: apsw.Connection, event: CustodyEvent) -> None:
    """Add the event to the log, within the transaction of what it tells."""
    connection.execute(
        "INSERT INTO custody (sequence, record, sha256) VALUES (?, CAST(? AS TEXT), ?)",
        (event.sequence, event.record, event.digest),
    )


def last_event(path: Path, connection: apsw.Connection) -> CustodyEvent:
    """Return the last event of a log without reading the ones before. Raises IntegrityFailure when it is not sound."""
    query = f"SELECT sequence, {_COLUMNS} FROM custody ORDER BY sequence DESC LIMIT 1"  # noqa: S608
    for sequence, record, stored in connection.execute(query):
        if hashlib.sha256(record).hexdigest().encode() == stored:
            try:
                event = codec(CustodyEvent).load(record)
            except WrongShape:
                break
            if event.sequence == sequence:
                return event
    raise damaged(path, "the last event of the custody log cannot be read or was edited.")


def last_naming(events: Sequence[CustodyEvent], name: str) -> CustodyObject | None:
    """Return what the last event that names the object `name` among its outputs says of it."""
    return next((made for event in reversed(events) for made in event.outputs if made.name == name), None)


def custody(path: Path, *, key: Key | None = None) -> tuple[CustodyEvent, ...]:
    """Return the custody log of the case at `path`, oldest event first.

    Raises what `opened` raises, and IntegrityFailure when the log is not whole.
    """
    try:
        with opened(path, key) as connection:
            return sound(path, read_log(connection))
    except apsw.Error as error:
        raise damaged(path, f"{error}.") from error
