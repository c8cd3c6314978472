"""Custody logs of invented events, of any length, and what is found when such a log is read from a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta

import apsw

from headwater.casefile.custody import START, CustodyEvent, CustodyObject, LogEntry, read_log, timestamp
from headwater.casefile.schema import STATEMENTS

Outputs = tuple[CustodyObject, ...]
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
_CUSTODY = next(sql for sql in STATEMENTS if sql.startswith("CREATE TABLE custody"))


def make_log(
    length: int, *, agent: str = "Ada", since: Sequence[CustodyEvent] = (), outputs: Sequence[Outputs] = ()
) -> tuple[CustodyEvent, ...]:
    """Return a whole log of `length` events; it continues `since`. The outputs of its events may be given."""
    log = list(since)
    for sequence in range(len(log) + 1, length + 1):
        made = hashlib.sha256(f"{agent} {sequence}".encode()).hexdigest()
        log.append(
            CustodyEvent(
                sequence=sequence,
                previous=log[-1].digest if log else START,
                time=timestamp(NOON + timedelta(minutes=sequence)),
                clock_set_back=False,
                agent=agent,
                tool="headwater 0.0.1",
                action=f"traced {sequence} reports",
                inputs=(CustodyObject("a.txt", made),),
                outputs=outputs[sequence - 1] if outputs else (CustodyObject("case", made, sequence),),
                outcome="records replaced",
            )
        )
    return tuple(log)


def put(connection: apsw.Connection, log: Sequence[CustodyEvent]) -> None:
    """Put these events, in this order, in place of the log of a case, as whoever can write the file can."""
    connection.execute("DELETE FROM custody")
    connection.executemany(
        "INSERT INTO custody (sequence, record, sha256) VALUES (?, CAST(? AS TEXT), ?)",
        ((place, event.record, event.digest) for place, event in enumerate(log, 1)),
    )


def entries_of(log: Sequence[CustodyEvent]) -> list[LogEntry]:
    """Return what reading this log finds; the events stand in the places where they are listed."""
    with closing(apsw.Connection(":memory:")) as connection:
        connection.execute(_CUSTODY)
        put(connection, log)
        return read_log(connection)
