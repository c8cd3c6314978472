"""Putting records into the tables of a case: only rows that differ are written. Part of somebody's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import apsw

from headwater.casefile.codec import codec
from headwater.casefile.custody import CASE, CustodyObject
from headwater.casefile.database import as_bytes, damaged, schema_differences
from headwater.casefile.kinds import KINDS, DigestList, Row, Table, record_digest, rows
from headwater.casefile.schema import names
from headwater.casefile.shelves import check_readings
from headwater.errors import InternalError
from headwater.model import Case, sha256_bytes, sha256_text

_BLOCK = 5_000  # rows compared at a time: what is held in memory


def require_tables(path: Path, connection: apsw.Connection) -> None:
    """Raise IntegrityFailure when a table of the case is not as Headwater made it."""
    # A table or view that somebody added harms nobody; verify tells of it.
    differences = [what for name, what in schema_differences(connection) if name in names()]
    if differences:
        raise damaged(path, " ".join(differences))


def store_case(connection: apsw.Connection, case: Case) -> tuple[CustodyObject, ...]:
    """Make the tables hold exactly the records of `case`; return the case and each table with count and digest.

    Raises InternalError when the case contradicts itself.
    """
    try:
        _require_consistent(case)
        whole = DigestList()
        tables = tuple(store_table(connection, kind, rows(kind, case), whole) for kind in KINDS)
    except (ValueError, KeyError) as error:
        raise InternalError(
            f"The case contradicts itself and was not written: {error}",
            next_step="Please report this; the reports themselves are not the cause.",
        ) from error
    return (CustodyObject(CASE, whole.hexdigest(), whole.count), *tables)


def store_table(connection: apsw.Connection, table: Table, found: Iterable[Row], *lists: DigestList) -> CustodyObject:
    """Make one table hold exactly these rows, which count from 0; each is also added to `lists`."""
    own = DigestList()
    left = iter(found)
    while block := list(islice(left, _BLOCK)):
        for row in block:
            for each in (own, *lists):
                each.add(table.name, row.position, row.sha256)
        before = _stored(connection, table, block[0].position, block[-1].position)
        _put(connection, table, (row for row in block if before.get(row.position) != row[1:4]))
    connection.execute(f"DELETE FROM {table.name} WHERE position >= ?", (own.count,))  # noqa: S608 - a name of ours
    return CustodyObject(table.name, own.hexdigest(), own.count)


def append_rows(connection: apsw.Connection, table: Table, found: Iterable[Row]) -> None:
    """Add rows to a table."""
    _put(connection, table, found)


def as_row(table: Table, position: int, record: object, made_by: str, payload: bytes | None = None) -> Row:
    """Return the row that a record makes. Raises WrongShape when it would not come back."""
    data = codec(table.shape).dump(record)
    return Row(position, made_by, data, record_digest(table.name, position, made_by.encode(), data), payload)


def table_object(connection: apsw.Connection, table: Table, *, first: int | None = None) -> CustodyObject:
    """Return count and digest of a table as it stands; of its `first` rows when given."""
    own = DigestList()
    limit = -1 if first is None else first
    query = f"SELECT position, {as_bytes('sha256')} FROM {table.name} ORDER BY position LIMIT ?"  # noqa: S608
    for position, sha256 in connection.execute(query, (limit,)):
        own.add(table.name, position, sha256.decode("utf-8", "replace"))
    return CustodyObject(table.name, own.hexdigest(), own.count)


def _stored(connection: apsw.Connection, table: Table, first: int, last: int) -> dict[int, tuple[str, bytes, str]]:
    columns = ", ".join(as_bytes(name) for name in ("made_by", "record", "sha256"))
    query = f"SELECT position, {columns} FROM {table.name} WHERE position BETWEEN ? AND ?"  # noqa: S608
    return {
        position: (made_by.decode("utf-8", "replace"), record, sha256.decode("utf-8", "replace"))
        for position, made_by, record, sha256 in connection.execute(query, (first, last))
    }


def _put(connection: apsw.Connection, table: Table, found: Iterable[Row]) -> None:
    extra, value = "", ""
    if table.payload is not None:
        extra = f", {table.payload}"
        value = ", ?" if table.payload in {"data", "reply"} else ", CAST(? AS TEXT)"

    def bindings() -> Iterator[tuple[int | str | bytes | None, ...]]:
        for row in found:
            yield row[:4] if table.payload is None else row

    # Names come from the list of tables, values are bound.
    connection.executemany(
        f"INSERT OR REPLACE INTO {table.name} (position, made_by, record, sha256{extra}) "  # noqa: S608
        f"VALUES (?, ?, CAST(? AS TEXT), ?{value})",
        bindings(),
    )


def _require_consistent(case: Case) -> None:
    check_readings(case)
    for original in case.received.originals:
        if sha256_bytes(original.data) != original.sha256:
            raise ValueError(f"the bytes of original {original.sha256} do not have this digest")
    for report in case.received.reports:
        if sha256_text(report.text) != report.info.text_sha256:
            raise ValueError(f"the text of report {report.id} does not have its digest")
