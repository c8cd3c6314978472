"""Storing what people say about a case: decisions and handlings, each with its event in the custody log.

Rows are only ever added, in a transaction of their own that is on the disk when the call returns.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import apsw

from headwater import __version__
from headwater.casefile import keys
from headwater.casefile.closing import close
from headwater.casefile.custody import (
    CustodyEvent,
    CustodyObject,
    Said,
    last_event,
    next_event,
    store_event,
    timestamp,
)
from headwater.casefile.explaining import explained
from headwater.casefile.keys import Key
from headwater.casefile.kinds import KEPT, Row, Stamp, StoredSecret, Table
from headwater.casefile.migrate import changing
from headwater.casefile.records import append_rows, as_row, table_object
from headwater.errors import MustBeEncrypted
from headwater.model import Consent, Decision, Handling, People, Sensitivity, Subject, Verb, sha256_text

TABLES = {table.name: table for table in KEPT}
_MADE_BY = f"headwater {__version__}"
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to be stored. `shown` is what the person was shown when deciding, in plain text."""

    verb: Verb
    subjects: tuple[Subject, ...]
    value: str = ""
    why: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class NewHandling:
    """A handling to be stored; see `headwater.model.Handling`."""

    subject: Subject
    consent: Consent
    sensitivity: Sensitivity
    names: tuple[str, ...]
    pseudonym: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored, and the custody event that says so: its digest is on the disk with it."""

    people: People
    event: CustodyEvent


def decide(
    path: Path, new: Sequence[NewDecision], *, now: datetime, agent: str, key: Key | None = None
) -> tuple[Decision, ...]:
    """Store decisions; they are on the disk when this returns. What machines made is not touched.

    Waits for other writers, up to a minute. A case of an older format is migrated before, with a backup beside it.
    Raises InUse, CannotWrite, IntegrityFailure and what opening a case raises.
    """
    time = timestamp(now)
    made = tuple(
        Decision(
            id=f"decision-{os.urandom(8).hex()}",
            verb=each.verb,
            subjects=each.subjects,
            value=each.value,
            why=each.why,
            agent=agent,
            time=time,
            shown_sha256=sha256_text(each.shown),
        )
        for each in new
    )
    shown = tuple((decision.id, each.shown) for decision, each in zip(made, new, strict=True))
    verbs = ", ".join(dict.fromkeys(each.verb.value for each in new))
    store(path, People(made, (), shown), Said(time, agent, f"decided: {verbs}"), key=key)
    return made


def handle(
    path: Path, new: Sequence[NewHandling], *, now: datetime, agent: str, key: Key | None = None
) -> tuple[Handling, ...]:
    """Store how sources and reports are to be handled. Raises MustBeEncrypted (a plain case), and as `decide` does."""
    time = timestamp(now)
    made = tuple(
        Handling(
            id=f"handling-{os.urandom(8).hex()}",
            subject=each.subject,
            consent=each.consent,
            sensitivity=each.sensitivity,
            names=each.names,
            pseudonym=each.pseudonym,
            note=each.note,
            agent=agent,
            time=time,
        )
        for each in new
    )
    store(path, People((), made, ()), Said(time, agent, "said how to handle sources or reports"), key=key)
    return made


def bring(path: Path, brought: People, *, now: datetime, agent: str, key: Key | None = None) -> Stored:
    """Store decisions and handlings that were made in another copy, as they are. Raises as `decide` does."""
    decisions = tuple(replace(decision, brought=True) for decision in brought.decisions)
    said = Said(timestamp(now), agent, "brought decisions from another copy")
    return store(path, replace(brought, decisions=decisions), said, key=key)


def store(path: Path, people: People, said: Said, *, key: Key | None = None) -> Stored:
    """Add these rows and the event that names them, in one transaction. Raises as `decide` does."""
    target = Path(os.path.realpath(path))
    if people.handlings and not keys.is_encrypted(target):
        raise MustBeEncrypted(
            f"{target} is a plain file, which anybody who gets it can read; names to be protected do not belong there.",
            next_step="Encrypt the case first with `headwater encrypt`, then try again.",
        )
    with explained(target), changing(target, said, key) as connection:
        stored = _store(target, connection, people, said)
    close(target, stored.event)
    return stored


def add_stamp(
    path: Path, stamp: Stamp, reply: bytes, *, now: datetime, agent: str, key: Key | None = None
) -> CustodyEvent:
    """Store a time-stamp by somebody else (`stamps.stamp_of`), with the bytes of its reply. Raises as `decide` does."""
    target = Path(os.path.realpath(path))
    said = Said(timestamp(now), agent, f"stored a time-stamp of event {stamp.sequence}")
    table = TABLES["stamp"]
    with explained(target), changing(target, said, key) as connection:
        append_rows(connection, table, _rows(connection, table, [(stamp, reply)]))
        inputs = (CustodyObject("reply", stamp.reply_sha256),)
        outputs = (table_object(connection, table),)
        event = next_event(last_event(target, connection), said, "stored", inputs=inputs, outputs=outputs)
        store_event(connection, event)
    close(target, event)
    return event


def _store(path: Path, connection: apsw.Connection, people: People, said: Said) -> Stored:
    shown = dict(people.shown)
    decided = [(decision, shown.get(decision.id, "").encode("utf-8", "surrogatepass")) for decision in people.decisions]
    added: list[Row] = []
    outputs: list[CustodyObject] = []
    for table, records in (
        (TABLES["decision"], [(each, None if each.withdrawn else data) for each, data in decided]),
        (TABLES["handling"], [(each, None) for each in people.handlings]),
        (TABLES["secret"], _secret_wanted(connection, people)),
    ):
        if records:
            found = _rows(connection, table, records)
            append_rows(connection, table, found)
            added += found
            outputs.append(table_object(connection, table))
    named = [*(each.id for each in people.decisions), *(each.id for each in people.handlings)]
    inputs = tuple(CustodyObject(name, row.sha256) for name, row in zip(named, added, strict=False))
    event = next_event(last_event(path, connection), said, "stored", inputs=inputs, outputs=tuple(outputs))
    store_event(connection, event)
    return Stored(people, event)


def _rows(connection: apsw.Connection, table: Table, records: Sequence[tuple[object, bytes | None]]) -> list[Row]:
    ((first,),) = connection.execute(f"SELECT count(*) FROM {table.name}")  # noqa: S608 - a name of ours
    return [
        as_row(table, position, record, _MADE_BY, payload)
        for position, (record, payload) in enumerate(records, int(first))
    ]


def _secret_wanted(connection: apsw.Connection, people: People) -> list[tuple[object, bytes | None]]:
    """The random bytes that protected exports need, from the first handling on."""
    if not people.handlings or connection.execute("SELECT 1 FROM secret").get is not None:
        return []
    return [(StoredSecret("pseudonyms", os.urandom(_SECRET_BYTES).hex()), None)]
