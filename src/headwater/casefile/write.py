"""Writing what machines made of a case: a new file as a whole, a case that is there in one transaction.

What people said (`people`) is never touched here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import apsw

from headwater.casefile import formats, keys
from headwater.casefile.closing import close, set_aside_checkpoints
from headwater.casefile.custody import (
    CASE,
    DECIDED,
    CustodyEvent,
    CustodyObject,
    Said,
    last_naming,
    next_event,
    read_log,
    sound,
    store_event,
    timestamp,
)
from headwater.casefile.database import BUILDING
from headwater.casefile.disk import flush, flush_folder
from headwater.casefile.explaining import explained
from headwater.casefile.keys import Key
from headwater.casefile.kinds import KEPT
from headwater.casefile.lock import sole_writer
from headwater.casefile.migrate import changing
from headwater.casefile.records import require_tables, store_case, table_object
from headwater.casefile.schema import APPLICATION_ID, SCHEMA_VERSION
from headwater.errors import CannotWrite, NotACase, WouldOverwrite
from headwater.model import Case

_MARKS = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}"
DECISIONS = next(table for table in KEPT if table.name == "decision")


@dataclass(frozen=True, slots=True)
class CaseWritten:
    """What was written. `event` is the last of the custody log: its digest, kept elsewhere, proves the log later.

    `records` counts the rows of each table; `unchanged` is True when the case before held the same records.
    """

    path: Path
    case_digest: str
    event: CustodyEvent
    records: dict[str, int]
    unchanged: bool

    @property
    def head(self) -> str:
        """The digest of the last custody event."""
        return self.event.digest

    @property
    def events(self) -> int:
        """How many events the custody log has."""
        return self.event.sequence


def write_case(
    path: Path, case: Case, *, now: datetime, agent: str, action: str, key: Key | None = None, under: int = 0
) -> CaseWritten:
    """Write `case` to the file `path`, whole or not at all; records of a case that stands there are replaced by these.

    Its custody log is continued, and what people said stays. `now` is an aware time, `agent` who does it, `action` what
    was done ("traced 5 reports"); `under` is how many of its decisions the records were made under. A case of an older
    format is migrated before, with a backup beside it. Raises CannotWrite (no such folder, read-only, disk full),
    InUse, WouldOverwrite (what stands there is not a case), NewerCase, Locked, WrongPassphrase, IntegrityFailure (the
    case that stands there is damaged), InternalError (the case contradicts itself), ValueError (`now` without a zone).
    """
    said = Said(timestamp(now), agent, action)
    target = Path(os.path.realpath(path))
    with explained(target):
        _require_place(target)
        with sole_writer(target):
            written = _change(target, case, said, key, under) if target.exists() else _create(target, case, said, key)
    close(target, written.event)
    return written


def _require_place(target: Path) -> None:
    if not target.parent.is_dir():
        raise CannotWrite(f"There is no folder {target.parent}.", next_step="Make it first, or choose another place.")
    if target.is_dir():
        raise CannotWrite(f"{target} is a folder.", next_step="Give the name of a file.")


def _create(target: Path, case: Case, said: Said, key: Key | None) -> CaseWritten:
    # A journal without its case would be applied to the new one.
    for suffix in ("-journal", "-wal"):
        beside = target.with_name(target.name + suffix)
        if beside.exists() and beside.stat().st_size:
            raise CannotWrite(
                f"{beside.name} is there, but not its case {target.name}.",
                next_step="Put the case back beside it, or remove the journal when the case is gone for good.",
            )
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        written = _build(partial, target, case, said, key)
        set_aside_checkpoints(target, said.time)
        flush(partial)
        partial.replace(target)
        flush_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)
    return written


def _build(partial: Path, target: Path, case: Case, said: Said, key: Key | None) -> CaseWritten:
    # Evidence is for its owner alone unless the owner decides otherwise; SQLite keeps the mode of a file it finds.
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connection = apsw.Connection(str(partial), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        if key is not None:
            keys.apply(target, connection, key)
        connection.execute(BUILDING).fetchall()
        connection.execute(_MARKS).fetchall()
        connection.execute("BEGIN")
        formats.create(connection)
        written = store(connection, target, case, (), said, 0)
        connection.execute("COMMIT")
    finally:
        connection.close(force=True)
    return written


def _change(target: Path, case: Case, said: Said, key: Key | None, under: int) -> CaseWritten:
    try:
        with changing(target, said, key) as connection:
            require_tables(target, connection)
            return store(connection, target, case, sound(target, read_log(connection)), said, under)
    except NotACase as error:
        raise WouldOverwrite(
            f"{target} exists and is not a Headwater case.", next_step="Choose another name with --case."
        ) from error


def store(
    connection: apsw.Connection,
    target: Path,
    case: Case,
    earlier: Sequence[CustodyEvent],
    said: Said,
    under: int,
    further: tuple[CustodyObject, ...] = (),
) -> CaseWritten:
    """Store a case and its event, which names `further` objects too, within the transaction of the connection."""
    before = {sha256 for (sha256,) in connection.execute("SELECT id FROM original")}
    made = store_case(connection, case)
    after = {original.sha256 for original in case.received.originals}
    earlier_case = last_naming(earlier, CASE)
    unchanged = earlier_case is not None and earlier_case.sha256 == made[0].sha256
    decided = table_object(connection, DECISIONS, first=under)
    event = next_event(
        earlier[-1] if earlier else None,
        said,
        "a new case" if not earlier else "the same records as before" if unchanged else "records replaced",
        inputs=tuple(CustodyObject("original", sha256) for sha256 in sorted(after - before)),
        outputs=(
            *made,
            *((CustodyObject(DECIDED, decided.sha256, decided.count),) if under else ()),
            *(CustodyObject("original removed", sha256) for sha256 in sorted(before - after)),
            *further,
        ),
    )
    store_event(connection, event)
    return CaseWritten(
        path=target,
        case_digest=made[0].sha256 or "",
        event=event,
        records={one.name: one.count or 0 for one in made[1:]},
        unchanged=unchanged,
    )
