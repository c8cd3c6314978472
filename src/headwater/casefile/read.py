"""Reading a case file back, exactly. What does not fit its digest is an error, never repaired. Writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from headwater.casefile.codec import WrongShape, codec
from headwater.casefile.custody import CASE, DECIDED, CustodyEvent, last_naming, read_log, sound
from headwater.casefile.database import as_bytes, cut_short, damaged, opened
from headwater.casefile.keys import Key
from headwater.casefile.kinds import (
    KEPT,
    KINDS,
    DigestList,
    Stamp,
    StoredAnchor,
    StoredOriginal,
    StoredReport,
    StoredSecret,
    Table,
    record_digest,
)
from headwater.casefile.records import require_tables
from headwater.casefile.shelves import Inconsistent, Shelf, assemble, people
from headwater.model import Case, Decision, People, uncollected


class Stored(NamedTuple):
    """A row as found in a file: the digest as computed, the record when it can be read, and what is wrong with it.

    `payload` are the bytes of an original or of a text; `payload_faults` what is wrong with these.
    """

    position: int
    made_by: str
    digest: str
    record: Any
    payload: bytes | None
    faults: tuple[str, ...]
    payload_faults: tuple[str, ...]


def stored_rows(
    connection: apsw.Connection, kind: Table, *, decode: bool = True, first: int = 0, payload: bool = True
) -> Iterator[Stored]:
    """Yield every row of a table from position `first` on, in order, with its faults. apsw errors pass through.

    Without `decode` the record is left out and only its digest and place are checked; without `payload` what is kept
    beside it is neither read nor checked.

    Everything is fetched as bytes: a damaged row may hold what is not UTF-8, or nothing at all.
    """
    columns = ", ".join(as_bytes(name) for name in ("made_by", "record", "sha256"))
    beside = as_bytes(kind.payload) if kind.payload and payload else "NULL"
    # Names come from the list of kinds.
    query = f"SELECT position, {columns}, {beside} FROM {kind.name} WHERE position >= ? ORDER BY position"  # noqa: S608
    load = codec(kind.shape).load
    for place, row in enumerate(connection.execute(query, (first,)), first):
        position, made_by, data, sha256, extra = row
        digest = record_digest(kind.name, position, made_by, data)
        faults = []
        payload_faults: list[str] = []
        record = None
        if digest.encode() != sha256:
            faults.append("the record does not fit its digest")
        if position != place:
            faults.append(f"it stands at place {place}: a record before it is missing or was added")
        try:
            record = load(data) if decode else None
        except WrongShape as error:
            faults.append(f"the record cannot be read ({error})")
        else:
            payload_faults = [] if extra is None else _payload_faults(record, extra)
        yield Stored(
            position, made_by.decode("utf-8", "replace"), digest, record, extra, tuple(faults), tuple(payload_faults)
        )


def _payload_faults(record: object, payload: bytes) -> list[str]:
    if isinstance(record, StoredOriginal):
        if hashlib.sha256(payload).hexdigest() != record.sha256:
            return ["the bytes do not have the SHA-256 under which they were received"]
        if len(payload) != record.size:
            return [f"{len(payload)} bytes found, {record.size} recorded"]
    if isinstance(record, StoredReport) and hashlib.sha256(payload).hexdigest() != record.info.text_sha256:
        return ["the working text does not have its recorded SHA-256"]
    if isinstance(record, Stamp) and hashlib.sha256(payload).hexdigest() != record.reply_sha256:
        return ["the reply of the authority does not have its recorded SHA-256"]
    if isinstance(record, Decision):
        if record.withdrawn:
            return ["what was shown is there, although it was withdrawn"] if payload else []
        if hashlib.sha256(payload).hexdigest() != record.shown_sha256:
            return ["what was shown does not have its recorded SHA-256"]
    return []


def read_case(path: Path, *, key: Key | None = None) -> Case:
    """Return what machines made of the case in the file `path`, exactly as it was written, originals included.

    Every digest is checked on the way, and the last custody event must name this case. Writes nothing. Raises
    PathMissing, NotACase, NewerCase, Locked, WrongPassphrase, IntegrityFailure.
    """
    return read_both(path, key=key)[0]


@uncollected()
def read_both(path: Path, *, key: Key | None = None) -> tuple[Case, People]:
    """Return the case and what people said about it, of one state of the file. Raises as `read_case` does."""
    with _checked(path, key) as (connection, events):
        shelf, digest = shelf_of(path, connection)
        case_object = last_naming(events, CASE)
        if case_object is None or case_object.sha256 != digest:
            raise damaged(path, "its records are not those that the last custody event names.")
        _put_kept(path, connection, events, shelf)
    try:
        return assemble(shelf), people(shelf)
    except (Inconsistent, UnicodeDecodeError) as error:
        raise damaged(path, error) from error


def read_people(path: Path, *, key: Key | None = None) -> People:
    """Return what people said about the case, every digest checked. Writes nothing. Raises as `read_case` does."""
    return people(_kept_shelf(path, key))


def behind(path: Path, *, key: Key | None = None) -> int:
    """Return how many decisions were stored since the records were made, and are not in them yet."""
    with _checked(path, key) as (connection, events):
        ((count,),) = connection.execute("SELECT count(*) FROM decision")
        computed = next((event for event in reversed(events) if event.case_digest is not None), None)
        under = last_naming((computed,), DECIDED) if computed else None
    return int(count) - ((under.count or 0) if under else 0)


def pseudonym_secret(path: Path, *, key: Key | None = None) -> bytes:
    """Return the random bytes that ids of protected exports are made with; empty when nothing was ever protected."""
    found = _kept_shelf(path, key).of(StoredSecret)
    return bytes.fromhex(found[0].value) if found else b""


def _kept_shelf(path: Path, key: Key | None) -> Shelf:
    shelf = Shelf()
    with _checked(path, key) as (connection, events):
        _put_kept(path, connection, events, shelf)
    return shelf


@contextmanager
def _checked(path: Path, key: Key | None) -> Iterator[tuple[apsw.Connection, tuple[CustodyEvent, ...]]]:
    """Open a case that is whole as far as its length, tables and custody log tell; damage becomes IntegrityFailure."""
    try:
        with opened(path, key) as connection:
            if cut_short(connection):
                raise damaged(path, "the end of the file is missing.")
            require_tables(path, connection)
            yield connection, sound(path, read_log(connection))
    except apsw.Error as error:
        raise damaged(path, f"{error}.") from error


def shelf_of(path: Path, connection: apsw.Connection) -> tuple[Shelf, str]:
    """Return all records that machines made and the digest of the case. Raises IntegrityFailure."""
    shelf = Shelf()
    whole = DigestList()
    for kind in KINDS:
        # Anchors repeat what the records point at: their digests are checked, their content only by verify.
        _put(path, connection, kind, shelf, whole, wanted=kind.shape is not StoredAnchor)
    return shelf, whole.hexdigest()


def _put_kept(path: Path, connection: apsw.Connection, events: tuple[CustodyEvent, ...], shelf: Shelf) -> None:
    for table in KEPT:
        own = DigestList()
        _put(path, connection, table, shelf, own, wanted=True)
        named = last_naming(events, table.name)
        if (named.count, named.sha256) != (own.count, own.hexdigest()) if named else own.count:
            raise damaged(path, f"the table {table.name} is not the one that the custody log names.")


def _put(
    path: Path, connection: apsw.Connection, table: Table, shelf: Shelf, digests: DigestList, *, wanted: bool
) -> None:
    for row in stored_rows(connection, table, decode=wanted):
        faults = (*row.faults, *row.payload_faults)
        if faults:
            raise damaged(path, f"{table.name} {row.position}: {'; '.join(faults)}.")
        digests.add(table.name, row.position, row.digest)
        if wanted:
            shelf.put(table, row.record, row.payload)
