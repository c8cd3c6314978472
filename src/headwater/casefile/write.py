"""Writing a case file: whole or not at all. The only module of this room that changes a file."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import apsw

from headwater import __version__
from headwater.casefile.custody import (
    CASE,
    START,
    CustodyEvent,
    CustodyObject,
    read_log,
    sound,
    timestamp,
)
from headwater.casefile.database import damaged, opened
from headwater.casefile.keys import Key, apply
from headwater.casefile.kinds import KINDS, DigestList, Kind, check_readings, rows
from headwater.casefile.lock import sole_writer
from headwater.casefile.schema import APPLICATION_ID, SCHEMA_VERSION, STATEMENTS
from headwater.errors import CannotWrite, InternalError, NotACase, WouldOverwrite
from headwater.model import Case, sha256_bytes, sha256_text

# The file is built under another name that nobody opens, is flushed to the disk as a whole and only then takes its
# name. Until then there is nothing that a journal could save; a change in place needs DELETE and FULL instead.
_BUILDING = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""


@dataclass(frozen=True, slots=True)
class CaseWritten:
    """What was written. `head` is the digest of the last custody event: keep it elsewhere to prove the log later.

    `records` counts the rows of each table; `unchanged` is True when the case before held the same records.
    """

    path: Path
    case_digest: str
    head: str
    events: int
    records: dict[str, int]
    unchanged: bool


def write_case(
    path: Path, case: Case, *, now: datetime, agent: str, action: str, key: Key | None = None
) -> CaseWritten:
    """Write `case` to the file `path`, whole or not at all, and continue the custody log of the case that stood there.

    `now` is an aware time, `agent` who does it, `action` what was done ("traced 5 reports"). Raises CannotWrite
    (no such folder, read-only, disk full, another run is writing it), WouldOverwrite (what stands there is not a
    case), NewerCase, IntegrityFailure (the case that stands there has a damaged log), InternalError (the case
    contradicts itself), ValueError (`now` without a zone).
    """
    time = timestamp(now)
    target = Path(os.path.realpath(path))
    with _explained(target):
        _require_place(target)
        with sole_writer(target):
            earlier = _earlier(target, key)
            partial = target.with_name(f".{target.name}.partial")
            partial.unlink(missing_ok=True)
            try:
                written = _build(partial, target, case, earlier, (time, agent, action), key)
                _flush(partial)
                if earlier:
                    partial.chmod(stat.S_IMODE(target.stat().st_mode))
                partial.replace(target)
                _flush_folder(target.parent)
            finally:
                partial.unlink(missing_ok=True)
    return written


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Turn what the operating system and SQLite say into a sentence for a person."""
    try:
        yield
    except apsw.FullError as error:
        raise _cannot(target, "The disk is full.") from error
    except apsw.Error as error:
        raise _cannot(target, f"The disk or its file system refused it ({error}).") from error
    except UnicodeEncodeError as error:
        raise _cannot(target, "Its name holds characters that cannot be written.") from error
    except OSError as error:
        raise _cannot(target, f"{error.strerror or error}.") from error


def _cannot(target: Path, why: str) -> CannotWrite:
    return CannotWrite(
        f"The case {target} cannot be written. {why}", next_step="Free some space or choose another place with --case."
    )


def _require_place(target: Path) -> None:
    if not target.parent.is_dir():
        raise CannotWrite(f"There is no folder {target.parent}.", next_step="Make it first, or choose another place.")
    if target.is_dir():
        raise CannotWrite(f"{target} is a folder.", next_step="Give the name of a file.")
    # A journal beside the file belongs to the state it has now; under a new file it would be applied to that one.
    for suffix in ("-journal", "-wal"):
        beside = target.with_name(target.name + suffix)
        if beside.exists() and beside.stat().st_size:
            raise CannotWrite(
                f"Another program is changing {target}, or was interrupted while it did ({beside.name} is there).",
                next_step="Close that program, or open and close the case with it once more.",
            )


def _earlier(target: Path, key: Key | None) -> tuple[CustodyEvent, ...]:
    """Return the custody log of the case that stands at the target; nothing when there is none."""
    if not target.exists():
        return ()
    try:
        with opened(target, key) as connection:
            return sound(target, read_log(connection))
    except NotACase as error:
        raise WouldOverwrite(
            f"{target} exists and is not a Headwater case.", next_step="Choose another name with --case."
        ) from error
    except apsw.Error as error:
        raise damaged(target, f"{error}.") from error


def _build(
    partial: Path,
    target: Path,
    case: Case,
    earlier: tuple[CustodyEvent, ...],
    said: tuple[str, str, str],
    key: Key | None,
) -> CaseWritten:
    # Evidence is for its owner alone unless the owner decides otherwise; SQLite keeps the mode of a file it finds.
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connection = apsw.Connection(str(partial), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        if key:
            apply(partial, connection, key)
        connection.execute(_BUILDING).fetchall()
        connection.execute("BEGIN")
        for statement in STATEMENTS:
            connection.execute(statement)
        made = _insert_records(connection, case)
        event = _event(case, made, earlier, said)
        connection.executemany(
            "INSERT INTO custody (sequence, record, sha256) VALUES (?, CAST(? AS TEXT), ?)",
            ((one.sequence, one.record, one.digest) for one in (*earlier, event)),
        )
        connection.execute("COMMIT")
    finally:
        connection.close(force=True)
    return CaseWritten(
        path=target,
        case_digest=made[0].sha256 or "",
        head=event.digest,
        events=event.sequence,
        records={one.name: one.count or 0 for one in made[1:]},
        unchanged=bool(earlier) and earlier[-1].case_digest == made[0].sha256,
    )


def _insert_records(connection: apsw.Connection, case: Case) -> tuple[CustodyObject, ...]:
    """Insert every record; return the case and each table with count and digest. Raises InternalError."""
    try:
        _require_consistent(case)
        whole = DigestList()
        tables = tuple(_insert_kind(connection, kind, case, whole) for kind in KINDS)
    except (ValueError, KeyError) as error:
        raise InternalError(
            f"The case contradicts itself and was not written: {error}",
            next_step="Please report this; the reports themselves are not the cause.",
        ) from error
    return (CustodyObject(CASE, whole.hexdigest(), whole.count), *tables)


def _require_consistent(case: Case) -> None:
    check_readings(case)
    for original in case.received.originals:
        if sha256_bytes(original.data) != original.sha256:
            raise ValueError(f"the bytes of original {original.sha256} do not have this digest")
    for report in case.received.reports:
        if sha256_text(report.text) != report.info.text_sha256:
            raise ValueError(f"the text of report {report.id} does not have its digest")


def _insert_kind(connection: apsw.Connection, kind: Kind, case: Case, whole: DigestList) -> CustodyObject:
    own = DigestList()
    extra, value = (
        (f", {kind.payload}", ", CAST(? AS TEXT)" if kind.payload == "text" else ", ?") if kind.payload else ("", "")
    )

    def bindings() -> Iterator[tuple[int | str | bytes | None, ...]]:
        for row in rows(kind, case):
            own.add(kind.name, row.position, row.sha256)
            whole.add(kind.name, row.position, row.sha256)
            yield row[:4] if row.payload is None else row

    # Names come from the list of kinds, values are bound.
    connection.executemany(
        f"INSERT INTO {kind.name} (position, made_by, record, sha256{extra}) "  # noqa: S608
        f"VALUES (?, ?, CAST(? AS TEXT), ?{value})",
        bindings(),
    )
    return CustodyObject(kind.name, own.hexdigest(), own.count)


def _event(
    case: Case, made: tuple[CustodyObject, ...], earlier: tuple[CustodyEvent, ...], said: tuple[str, str, str]
) -> CustodyEvent:
    time, agent, action = said
    last = earlier[-1] if earlier else None
    if last is None:
        outcome = "a new case"
    elif last.case_digest == made[0].sha256:
        outcome = "the same records as before"
    else:
        outcome = "records replaced"
    return CustodyEvent(
        sequence=len(earlier) + 1,
        previous=last.digest if last else START,
        time=time,
        clock_set_back=last is not None and time < last.time,
        agent=agent,
        tool=f"headwater {__version__}",
        action=action,
        inputs=_inputs(case),
        outputs=made,
        outcome=outcome,
    )


def _inputs(case: Case) -> tuple[CustodyObject, ...]:
    """Every received file with the digest of its bytes, as far as they could be read."""
    known: dict[str, str | None] = {item.file: item.sha256 for item in case.received.set_aside}
    for report in case.received.reports:
        known |= dict.fromkeys(report.info.files, report.info.sha256)
    return tuple(CustodyObject(file, known.get(file)) for file in case.received.files)


def _flush(partial: Path) -> None:
    """Wait until the bytes are on the disk."""
    with partial.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Wait until the new name is on the disk, where folders can be flushed (not on Windows, not on every network)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
