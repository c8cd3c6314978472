"""Bringing a case of an older format up to date: a backup first, then one transaction, then an event in its log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import apsw

from headwater.casefile.backup import backup
from headwater.casefile.custody import CASE, CustodyObject, Said, next_event, read_log, sound, store_event
from headwater.casefile.database import OlderFormat, damaged, writable
from headwater.casefile.formats import lift
from headwater.casefile.keys import Key
from headwater.casefile.kinds import KINDS, DigestList, Row
from headwater.casefile.read import shelf_of
from headwater.casefile.records import as_row, store_table, table_object
from headwater.casefile.schema import SCHEMA_VERSION
from headwater.casefile.shelves import readings
from headwater.model import Reading


@contextmanager
def changing(path: Path, said: Said, key: Key | None, *, before: str = "") -> Iterator[apsw.Connection]:
    """Open the case at `path` for one change as `writable` does, migrated before when its format is older.

    `before` is executed before the transaction begins.
    """
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(writable(path, key, before=before))
        except OlderFormat:
            bring_up_to_date(path, said, key)
            connection = stack.enter_context(writable(path, key, before=before))
        yield connection


def bring_up_to_date(path: Path, said: Said, key: Key | None) -> Path | None:
    """Migrate the case at `path` when its format is older; return the backup made before, or None when it is not older.

    The case is checked whole before: what is damaged is not migrated. Killed at any moment the case is in the old
    format or in the new one. Raises what `writable` raises, IntegrityFailure, CannotWrite.
    """
    with writable(path, key, older=True) as connection:
        version = cast("int", connection.pragma("user_version"))
    if version == SCHEMA_VERSION:
        return None
    kept = _free_name(path, version)
    backup(path, kept)
    with writable(path, key, older=True) as connection:
        if connection.pragma("user_version") == SCHEMA_VERSION:
            return kept  # somebody else was quicker
        _migrate(path, connection, replace(said, action=f"migrated from format {version} to {SCHEMA_VERSION}"))
    return kept


def _free_name(path: Path, version: int) -> Path:
    stem = path.name.removesuffix(path.suffix)
    number = 1
    while True:
        again = "" if number == 1 else f"-{number}"
        place = path.with_name(f"{stem}.format-{version}{again}{path.suffix}")
        if not place.exists():
            return place
        number += 1


def _migrate(path: Path, connection: apsw.Connection, said: Said) -> None:
    lift(connection)
    events = sound(path, read_log(connection))
    shelf, digest = shelf_of(path, connection)
    if events[-1].case_digest != digest:
        raise damaged(path, "its records are not those that the last custody event names.")
    kind = next(kind for kind in KINDS if kind.shape is Reading)
    changed = [_without_repeats(reading) for reading in readings(shelf) if any(s.repeats for s in reading.statements)]
    made_by = _made_by(connection)
    found = (as_row(kind, position, reading, made_by) for position, reading in enumerate(changed))
    store_table(connection, kind, cast("Iterator[Row]", found))
    store_event(
        connection, next_event(events[-1], said, "the same records, in the new format", outputs=_tables(connection))
    )


def _without_repeats(reading: Reading) -> Reading:
    """The reading as the reader left it, as far as an older case still knows: without what only comparing shows."""
    return replace(reading, statements=tuple(one for one in reading.statements if one.repeats is None))


def _made_by(connection: apsw.Connection) -> str:
    found = connection.execute("SELECT made_by FROM reading LIMIT 1").get
    return cast("str", found or "")


def _tables(connection: apsw.Connection) -> tuple[CustodyObject, ...]:
    whole = DigestList()
    tables = []
    for kind in KINDS:
        tables.append(table_object(connection, kind))
        for position, sha256 in connection.execute(f"SELECT position, sha256 FROM {kind.name} ORDER BY position"):  # noqa: S608
            whole.add(kind.name, position, sha256)
    return (CustodyObject(CASE, whole.hexdigest(), whole.count), *tables)
