"""Withdrawing reports: their content leaves the file, a trace stays in the custody log.

What is removed is overwritten with zeros in the file (secure_delete) and in the journal that SQLite needs meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import apsw

from headwater.casefile import ballast
from headwater.casefile.closing import close
from headwater.casefile.custody import CustodyObject, Said, read_log, sound, timestamp
from headwater.casefile.disk import shred, waits
from headwater.casefile.explaining import explained
from headwater.casefile.keys import Key
from headwater.casefile.kinds import KEPT
from headwater.casefile.lock import sole_writer
from headwater.casefile.migrate import changing
from headwater.casefile.read import stored_rows
from headwater.casefile.records import append_rows, as_row, require_tables, table_object
from headwater.casefile.write import CaseWritten, store
from headwater.errors import CannotWrite, InUse
from headwater.model import Case, Decision, Handling, Subject, SubjectKind

_TABLES = {table.name: table for table in KEPT}
# The journal is kept when the transaction is over, so that it can be overwritten before it is removed.
_KEEP_JOURNAL = "PRAGMA journal_mode = PERSIST"


def withdraw(
    path: Path,
    without: Case,
    reports: Collection[str],
    *,
    why: str,
    now: datetime,
    agent: str,
    key: Key | None = None,
    under: int = 0,
    quoting: Collection[str] = (),
) -> CaseWritten:
    """Store `without`, the case as it is without `reports` (ids), and remove all that the file holds of them.

    The custody log keeps the digests of what went, when, by whom and why. Decisions about them stay as rows, without
    what was shown, the value and the reason; handlings of the reports lose their names, those of sources keep them, so
    that a protected name stays protected in other reports. `quoting` are the ids of further decisions that were shown
    words of the reports, as the one side of a link. On a full disk the ballast is given up and tried once more.
    Raises InUse, CannotWrite, IntegrityFailure and what opening a case raises; then nothing is withdrawn.
    """
    gone = frozenset(reports)
    said = Said(timestamp(now), agent, f"withdrew {len(gone)} report{'' if len(gone) == 1 else 's'}: {why}")
    target = Path(os.path.realpath(path))
    with sole_writer(target):
        try:
            written = _withdraw(target, without, gone, said, key, under, frozenset(quoting))
        except CannotWrite:
            if not ballast.give_up(target):
                raise
            written = _withdraw(target, without, gone, said, key, under, frozenset(quoting))
    close(target, written.event)
    return written


def _withdraw(
    target: Path,
    without: Case,
    gone: frozenset[str],
    said: Said,
    key: Key | None,
    under: int,
    quoting: frozenset[str],
) -> CaseWritten:
    with explained(target):
        try:
            with changing(target, said, key, before=_KEEP_JOURNAL) as connection:
                require_tables(target, connection)
                events = sound(target, read_log(connection))
                trace = (*_traces(connection, gone), *_blank(connection, gone, quoting))
                written = store(connection, target, without, events, said, under, trace)
        finally:
            _shred_journal(target)
        _close_gaps(target, said, key)
    return written


def _traces(connection: apsw.Connection, gone: frozenset[str]) -> list[CustodyObject]:
    found = connection.execute("SELECT id, original FROM report")
    return [CustodyObject(f"withdrawn {name}", sha256) for name, sha256 in found if name in gone]


def _blank(connection: apsw.Connection, gone: frozenset[str], quoting: frozenset[str]) -> list[CustodyObject]:
    """Take the words out of what people said about the reports; return the tables as they are then."""
    of = _members(connection, gone) | quoting
    changed = []
    for name, blank in (("decision", without_words), ("handling", _blank_handling)):
        table = _TABLES[name]
        rows = [
            as_row(table, row.position, blanked, row.made_by)
            for row in list(stored_rows(connection, table))
            if row.record is not None and (blanked := blank(row.record, gone, of)) != row.record
        ]
        if rows:
            append_rows(connection, table, rows)
            changed.append(table_object(connection, table))
    return changed


def _members(connection: apsw.Connection, gone: frozenset[str]) -> frozenset[str]:
    """The ids of everything that stands in the reports."""
    found: set[str] = set()
    for table in ("statement", "mention", "figure"):
        query = f"SELECT id, report FROM {table}"  # noqa: S608 - names of ours
        found.update(str(name) for name, report in connection.execute(query) if report in gone)
    return frozenset(found)


def _about(subjects: Sequence[Subject], gone: frozenset[str], of: frozenset[str]) -> bool:
    """True when any subject is one of the reports or stands in one, in part or as a whole."""
    return any(
        subject.id in gone
        or subject.id in of
        or not of.isdisjoint(subject.members)
        or (subject.place is not None and subject.place.report in gone)
        for subject in subjects
    )


def without_words(decision: Decision, gone: frozenset[str], of: frozenset[str]) -> Decision:
    """Return the decision as it is kept once the reports `gone` (ids) are withdrawn.

    `of` are the ids of what they hold, and of decisions that quote them.
    """
    if decision.withdrawn or not (decision.id in of or _about(decision.subjects, gone, of)):
        return decision
    return replace(decision, value="", why="", withdrawn=True)


def _blank_handling(handling: Handling, gone: frozenset[str], of: frozenset[str]) -> Handling:  # noqa: ARG001 - as above
    subject = handling.subject
    if subject.kind is not SubjectKind.REPORT or subject.id not in gone:
        return handling
    return replace(handling, names=(), note="")


def _shred_journal(target: Path) -> None:
    """Overwrite and remove the journal that the transaction left; one that is still needed is left alone."""
    journal = target.with_name(f"{target.name}-journal")
    if journal.exists() and not waits(journal):
        shred(journal)


def _close_gaps(target: Path, said: Said, key: Key | None) -> None:
    """Write the file anew without its free pages, where there is room; they are zeros already."""
    try:
        with changing(target, said, key, before=_KEEP_JOURNAL) as connection:
            connection.execute("COMMIT")
            connection.execute("VACUUM")
    except (apsw.FullError, InUse):
        return
    finally:
        _shred_journal(target)
