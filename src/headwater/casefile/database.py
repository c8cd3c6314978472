"""Opening case files: the one place that talks to SQLite about files, settings and what can go wrong with them.

Whoever opens a case gets a connection that can only read; an encrypted case will be unlocked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import apsw

from headwater.casefile import keys
from headwater.casefile.keys import Key
from headwater.casefile.schema import APPLICATION_ID, SCHEMA_VERSION, names
from headwater.errors import IntegrityFailure, InUse, NewerCase, NotACase, PathMissing

_HEADER = 100
_VERSION_AT = 60
_APPLICATION_AT = 68
_PATIENCE_MS = 5_000

# A case may come from anybody: no memory map (a truncated file would kill the process), no trust in functions
# called by the schema, cells checked before they are used.
_READING = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA query_only = ON;
"""


@contextmanager
def opened(path: Path, key: Key | None = None) -> Iterator[apsw.Connection]:
    """Open the case at `path` for reading; what is read is one state of it, whoever else has it open.

    Raises PathMissing, NotACase, NewerCase, InUse, Locked, WrongPassphrase; apsw errors pass through.
    """
    connection = _connection(path)
    try:
        _require_case(path, connection, key)
        connection.execute(_READING).fetchall()
        connection.set_busy_timeout(_PATIENCE_MS)
        try:
            # The first query takes the shared lock; until the end nobody can change what is read.
            connection.execute("BEGIN").fetchall()
            connection.execute("SELECT 1 FROM sqlite_schema").fetchall()
        except apsw.BusyError as error:
            raise InUse(
                f"Another program is changing {path} at this moment.", next_step="Wait until it is done and try again."
            ) from error
        yield connection
    finally:
        connection.close(force=True)


def _connection(path: Path) -> apsw.Connection:
    try:
        if not path.exists():
            raise PathMissing(f"There is no file at {path}.", next_step="Check the name and the folder.")
        if not path.is_file():
            raise _not_readable(path)
        return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    except (apsw.CantOpenError, UnicodeEncodeError, OSError) as error:
        raise _not_readable(path) from error


def _not_readable(path: Path) -> NotACase:
    return NotACase(f"{path} cannot be read as a file.", next_step="Check the name and its permissions.")


def _require_case(path: Path, connection: apsw.Connection, key: Key | None) -> None:
    """Look at the first 100 bytes, before SQLite parses anything.

    They are read through SQLite: opening and closing the file beside it would drop the locks that this process holds
    on it (POSIX).
    """
    try:
        whole, header = connection.read("main", 0, 0, _HEADER)
    except apsw.IOError as error:
        raise _not_readable(path) from error
    if whole and keys.is_encrypted_header(header):
        keys.apply(path, connection, keys.require(path, key))
        whole, header = connection.read("main", 0, 0, _HEADER)
    application = int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4])
    version = int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4])
    if not whole or not keys.is_plain_header(header) or application != APPLICATION_ID or version < 1:
        raise NotACase(
            f"{path} is not a Headwater case, or only a piece of one.",
            next_step="Give the .headwater file that `headwater trace` wrote, or a backup of it.",
        )
    if version > SCHEMA_VERSION:
        raise NewerCase(
            f"{path} was written by a newer version of Headwater (format {version}; this one reads {SCHEMA_VERSION}).",
            next_step="Install the newer version and try again.",
        )


def cut_short(connection: apsw.Connection) -> bool:
    """Tell whether the file ends before its last page does: SQLite reads zeros there and may not complain."""
    ((length,),) = connection.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    whole, _ = connection.read("main", 0, cast("int", length) - 1, 1)
    return not whole


def schema_differences(connection: apsw.Connection) -> list[tuple[str, str]]:
    """Return (name, sentence) for every table, index or view that is not as Headwater made it."""
    expected = names()
    found: dict[str, str] = {}
    query = f"SELECT {as_bytes('name')}, {as_bytes('sql')} FROM sqlite_schema WHERE sql IS NOT NULL"  # noqa: S608
    for name, sql in connection.execute(query):
        found[name.decode("utf-8", "replace")] = sql.decode("utf-8", "replace")
    differences = []
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            differences.append((name, f"{name} is missing."))
        elif name not in expected:
            differences.append((name, f"{name} was added by hand."))
        elif expected[name] != found[name]:
            differences.append((name, f"{name} is not defined as Headwater defines it."))
    return differences


def as_bytes(column: str) -> str:
    """Return SQL for the bytes of a column, empty where a damaged row has none."""
    return f"coalesce(CAST({column} AS BLOB), x'')"


def damaged(path: Path, what: object) -> IntegrityFailure:
    """The error for a case whose content does not agree with itself."""
    return IntegrityFailure(
        f"The case {path} is damaged or was changed by hand: {what}",
        safe="The file was left as it is.",
        next_step="Run `headwater verify` on it to see every damage, and use a backup.",
    )
