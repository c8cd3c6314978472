"""Reading a case file back, exactly. What does not fit its digest is an error, never repaired. Writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from headwater.casefile.codec import WrongShape, codec
from headwater.casefile.custody import read_log, sound
from headwater.casefile.database import as_bytes, cut_short, damaged, opened, schema_differences
from headwater.casefile.keys import Key
from headwater.casefile.kinds import (
    KINDS,
    DigestList,
    Inconsistent,
    Kind,
    Shelf,
    StoredAnchor,
    StoredOriginal,
    StoredReport,
    assemble,
    record_digest,
)
from headwater.casefile.schema import names
from headwater.model import Case


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


def stored_rows(connection: apsw.Connection, kind: Kind, *, decode: bool = True) -> Iterator[Stored]:
    """Yield every row of a kind, in order, with its faults. apsw errors pass through.

    Without `decode` the record is left out and only its digest and place are checked.

    Everything is fetched as bytes: a damaged row may hold what is not UTF-8, or nothing at all.
    """
    columns = ", ".join(as_bytes(name) for name in ("made_by", "record", "sha256"))
    payload = as_bytes(kind.payload) if kind.payload else "NULL"
    # Names come from the list of kinds.
    query = f"SELECT position, {columns}, {payload} FROM {kind.name} ORDER BY position"  # noqa: S608
    load = codec(kind.shape).load
    for place, row in enumerate(connection.execute(query)):
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
            payload_faults = _payload_faults(record, extra)
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
    return []


def read_case(path: Path, *, key: Key | None = None) -> Case:
    """Return the case in the file `path`, exactly as it was written, originals included.

    Every digest is checked on the way, and the last custody event must name this case. Writes nothing. Raises
    PathMissing, NotACase, NewerCase, Locked, WrongPassphrase, IntegrityFailure.
    """
    try:
        with opened(path, key) as connection:
            if cut_short(connection):
                raise damaged(path, "the end of the file is missing.")
            # A table or view that somebody added harms nobody who reads; verify tells of it.
            differences = [what for name, what in schema_differences(connection) if name in names()]
            if differences:
                raise damaged(path, " ".join(differences))
            events = sound(path, read_log(connection))
            shelf, digest = _shelf(path, connection)
    except apsw.Error as error:
        raise damaged(path, f"{error}.") from error
    if events[-1].case_digest != digest:
        raise damaged(path, "its records are not those that the last custody event names.")
    try:
        return assemble(shelf)
    except (Inconsistent, UnicodeDecodeError) as error:
        raise damaged(path, error) from error


def _shelf(path: Path, connection: apsw.Connection) -> tuple[Shelf, str]:
    shelf = Shelf()
    whole = DigestList()
    for kind in KINDS:
        # Anchors repeat what the records point at: their digests are checked, their content only by verify.
        wanted = kind.shape is not StoredAnchor
        for row in stored_rows(connection, kind, decode=wanted):
            faults = (*row.faults, *row.payload_faults)
            if faults:
                raise damaged(path, f"{kind.name} {row.position}: {'; '.join(faults)}.")
            whole.add(kind.name, row.position, row.digest)
            if wanted:
                shelf.put(kind, row.record, row.payload)
    return shelf, whole.hexdigest()
