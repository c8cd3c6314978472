"""Everything a case file holds, gathered for verify with what is wrong with each row. Judges and writes nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from headwater.casefile.custody import LogEntry, last_naming, read_log, read_log_in_part
from headwater.casefile.database import cut_short, read_on, schema_differences
from headwater.casefile.kinds import KEPT, KINDS, DigestList, Stamp, StoredOriginal, StoredReport, Table
from headwater.casefile.read import Stored, stored_rows
from headwater.casefile.shelves import Shelf

_PLAIN = "text/plain"


@dataclass(slots=True)
class Evidence:
    """What was found. `opened` is False when SQLite could not open the file.

    `unreadable` has a sentence for each table that could not be read to its end. `plain_texts` are the positions of
    plain text originals by digest, `stamps` stored time-stamps with their replies; `redecoded` says for each report
    made from one (by position) how its original, decoded as recorded, differs from its text, or nothing. `tables`
    holds count and digest of each table as found.
    """

    path: Path
    opened: bool = True
    integrity: list[str] = field(default_factory=list)
    schema: list[tuple[str, str]] = field(default_factory=list)
    rows: dict[str, list[Stored]] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=Shelf)
    unreadable: dict[str, str] = field(default_factory=dict)
    plain_texts: dict[str, int] = field(default_factory=dict)
    redecoded: dict[int, str] = field(default_factory=dict)
    log: list[LogEntry] = field(default_factory=list)
    stamps: list[tuple[Stamp, bytes]] = field(default_factory=list)
    tables: dict[str, tuple[int, str]] = field(default_factory=dict)
    case_digest: str = ""

    def all_records_readable(self) -> bool:
        """True when nothing is missing from the shelf."""
        return not self.unreadable and all(row.record is not None for rows in self.rows.values() for row in rows)


def unopened(path: Path, why: str) -> Evidence:
    """The evidence of a case that SQLite cannot open."""
    tables = dict.fromkeys([*(table.name for table in (*KINDS, *KEPT)), "custody"], "the database cannot be opened")
    return Evidence(path, opened=False, integrity=[why], unreadable=tables)


def gather(path: Path, connection: apsw.Connection) -> Evidence:
    """Read the whole case, table by table; a table that cannot be read does not hide the others."""
    evidence = Evidence(path)
    _look_at_tables(evidence, connection)
    altered = {name for name, _ in evidence.schema}
    if "custody" not in altered:
        _read_log(evidence, connection)
    whole = DigestList()
    for table in (*KINDS, *KEPT):
        evidence.rows[table.name] = []
        if table.name in altered:
            evidence.unreadable[table.name] = "the table is not as Headwater made it"
            continue
        try:
            _take_in(evidence, table, connection, whole if table in KINDS else DigestList())
        except apsw.Error as error:
            evidence.unreadable[table.name] = f"the table cannot be read to its end ({error})"
            read_on(connection)
    evidence.case_digest = whole.hexdigest()
    # Last: it reads every page, and one that does not open spoils the transaction.
    _look_at_pages(evidence, connection)
    return evidence


def _look_at_tables(evidence: Evidence, connection: apsw.Connection) -> None:
    try:
        evidence.schema = schema_differences(connection)
    except apsw.Error as error:
        evidence.integrity = [str(error)]
        read_on(connection)


def _read_log(evidence: Evidence, connection: apsw.Connection) -> None:
    try:
        evidence.log = read_log(connection)
    except apsw.Error as error:
        evidence.unreadable["custody"] = f"the log cannot be read to its end ({error})"
        read_on(connection)
        with contextlib.suppress(apsw.Error):
            evidence.log = read_log_in_part(connection)
        read_on(connection)


def _look_at_pages(evidence: Evidence, connection: apsw.Connection) -> None:
    try:
        found = connection.execute("SELECT CAST(integrity_check AS BLOB) FROM pragma_integrity_check")
        lines = [line.decode("utf-8", "replace") for (line,) in found]
        evidence.integrity += [] if lines == ["ok"] else lines
        evidence.integrity += ["the end of the file is missing"] if cut_short(connection) else []
    except apsw.Error as error:
        evidence.integrity.append(str(error))


def _take_in(evidence: Evidence, kind: Table, connection: apsw.Connection, whole: DigestList) -> None:
    own = DigestList()
    for row in _every_row(evidence, kind, connection):
        own.add(kind.name, row.position, row.digest)
        whole.add(kind.name, row.position, row.digest)
        kept = row._replace(payload=None) if kind.shape is StoredOriginal else row
        evidence.rows[kind.name].append(kept)
        if row.record is not None:
            evidence.shelf.put(kind, row.record, None)
        if isinstance(row.record, StoredOriginal) and row.record.media_type == _PLAIN:
            evidence.plain_texts[row.record.sha256] = row.position
        if isinstance(row.record, Stamp):
            evidence.stamps.append((row.record, row.payload or b""))
        if isinstance(row.record, StoredReport) and row.payload is not None:
            _decode_again(evidence, row, connection)
    evidence.tables[kind.name] = (own.count, own.hexdigest())


def _every_row(evidence: Evidence, table: Table, connection: apsw.Connection) -> Iterator[Stored]:
    """Yield every row; where a page of the database cannot be read, a row without a record for each that stood on it.

    How many there must be is taken from the log: without it, what cannot be read raises an apsw error.
    """
    named = last_naming([entry.event for entry in evidence.log if entry.event], table.name)
    position = 0
    while True:
        try:
            for row in stored_rows(connection, table, first=position):
                yield row
                position = row.position + 1
        except apsw.Error:
            if named is None or named.count is None or position >= named.count:
                raise
            read_on(connection)
            yield _row_in_part(table, connection, position)
            position += 1
        else:
            return


def _row_in_part(table: Table, connection: apsw.Connection, position: int) -> Stored:
    """Return what can be read of a row: the record without what is kept beside it, or nothing."""
    nothing = Stored(position, "", "", None, None, ("the page of the database on which it stands is damaged",), ())
    if table.payload is None:
        return nothing
    try:
        row = next(stored_rows(connection, table, first=position, payload=False))
    except StopIteration:
        return nothing
    except apsw.Error:
        read_on(connection)
        return nothing
    if row.position != position:
        return nothing
    return row._replace(payload_faults=("it cannot be read: a page of the database is damaged",))


def _decode_again(evidence: Evidence, row: Stored, connection: apsw.Connection) -> None:
    """Compare a plain text with its original. Originals are taken in before reports, so their records are known."""
    info = row.record.info
    position = evidence.plain_texts.get(info.sha256)
    if position is not None:
        for (data,) in connection.execute("SELECT data FROM original WHERE position = ?", (position,)):
            evidence.redecoded[row.position] = _difference(data, info.encoding, row.payload or b"")


def _difference(data: bytes, encoding: str, text: bytes) -> str:
    try:
        decoded = data.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        return f"the original cannot be decoded as {encoding} ({error})"
    same = decoded.encode("utf-8", "surrogatepass") == text
    return "" if same else f"the original decoded as {encoding} is not the working text"
