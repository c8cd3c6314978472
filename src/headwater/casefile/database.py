"""Opening case files: the one place that talks to SQLite about files, keys, settings and what can go wrong with them.

A reader gets a connection that can only read, a writer one transaction that is on the disk when it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import apsw

from headwater.casefile import keys
from headwater.casefile.disk import shred, waits
from headwater.casefile.formats import in_memory
from headwater.casefile.keys import Key
from headwater.casefile.schema import APPLICATION_ID, SCHEMA_VERSION, names
from headwater.errors import CannotWrite, IntegrityFailure, InUse, NewerCase, NotACase, PathMissing

_HEADER = 100
_VERSION_AT = 60
_APPLICATION_AT = 68
READ_PATIENCE_MS = 5_000
# A decision waits for whoever is reading a large case to its end rather than be refused.
WRITE_PATIENCE_MS = 60_000

# A case may come from anybody: no memory map (a truncated file would kill the process), no trust in functions
# called by the schema, cells checked before they are used. What SQLite puts aside while it works stays in memory.
CAREFUL = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
"""
_READING = "PRAGMA query_only = ON"
# A new file is built under another name that nobody opens, is flushed to the disk as a whole and only then takes its
# name. Until then there is nothing that a journal could save.
BUILDING = """
PRAGMA temp_store = MEMORY;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
"""
# EXTRA, not FULL: in the mode DELETE a commit is complete when the journal is removed, and only EXTRA flushes the
# folder after that. With FULL a power cut can bring the journal back, which undoes an acknowledged commit.
WRITING = """
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = EXTRA;
PRAGMA secure_delete = ON;
"""


class OlderFormat(Exception):
    """A case of an older format was to be changed; it is migrated before."""


@contextmanager
def opened(path: Path, key: Key | None = None) -> Iterator[apsw.Connection]:
    """Open the case at `path` for reading; what is read is one state of it, whoever else has it open.

    A case of an older format is read as this one (in memory; the file stays as it is). Writes nothing, but lets SQLite
    finish what an interrupted writer left. Raises PathMissing, NotACase, NewerCase, InUse, Locked, WrongPassphrase;
    apsw errors pass through.
    """
    connection = _reading(path, key)
    try:
        version = cast("int", connection.pragma("user_version"))
        if version < SCHEMA_VERSION:
            older, connection = connection, in_memory(connection)
            older.close(force=True)
        yield connection
    finally:
        connection.close(force=True)


def _reading(path: Path, key: Key | None) -> apsw.Connection:
    connection = _connection(path, key, apsw.SQLITE_OPEN_READONLY)
    try:
        try:
            _begin_reading(path, connection)
        except apsw.ReadOnlyError:
            # A writer was killed or lost its power: its journal stands beside the case and must be played back first.
            connection.close(force=True)
            _settle(path, key)
            connection = _connection(path, key, apsw.SQLITE_OPEN_READONLY)
            _begin_reading(path, connection)
        _require_version(path, cast("int", connection.pragma("user_version")))
    except BaseException:
        connection.close(force=True)
        raise
    return connection


def _begin_reading(path: Path, connection: apsw.Connection) -> None:
    connection.execute(CAREFUL).fetchall()
    connection.execute(_READING).fetchall()
    connection.set_busy_timeout(READ_PATIENCE_MS)
    try:
        # The first query takes the shared lock; until the end nobody can change what is read.
        connection.execute("BEGIN").fetchall()
        connection.execute("SELECT 1 FROM sqlite_schema").fetchall()
    except apsw.BusyError as error:
        raise InUse(
            f"Another program is changing {path} at this moment.", next_step="Wait until it is done and try again."
        ) from error


def read_on(connection: apsw.Connection) -> None:
    """End a read transaction that an error may have spoilt and begin the next; apsw errors pass through.

    In an encrypted case a page that does not open spoils the whole transaction, also for what can be read.
    """
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    connection.execute("BEGIN")
    connection.execute("SELECT 1 FROM sqlite_schema").fetchall()


def _settle(path: Path, key: Key | None) -> None:
    """Let SQLite undo what an interrupted writer had begun."""
    try:
        with writable(path, key, older=True):
            pass
    except (apsw.ReadOnlyError, apsw.CantOpenError) as error:
        raise CannotWrite(
            f"The last change of {path} was interrupted, and it cannot be undone in a place that cannot be written.",
            safe="The case as it was before that change is whole; nothing was touched.",
            next_step=f"Copy the case together with {path.name}-journal to a place that can be written and try again.",
        ) from error


@contextmanager
def writable(path: Path, key: Key | None = None, *, older: bool = False, before: str = "") -> Iterator[apsw.Connection]:
    """Open the case at `path` for one change: all of it is on the disk when the block ends, or none of it.

    Waits up to a minute for other writers and readers. Raises what `opened` raises, and OlderFormat for a case
    of an older format unless `older` says that this is expected; apsw errors pass through. `before` is executed before
    the transaction begins.
    """
    connection = _connection(path, key, apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.set_busy_timeout(WRITE_PATIENCE_MS)
        connection.execute(CAREFUL).fetchall()
        connection.execute(WRITING).fetchall()
        connection.execute(before).fetchall()
        connection.execute("BEGIN IMMEDIATE")
        _shred_what_was_left(path)
        version = cast("int", connection.pragma("user_version"))
        _require_version(path, version)
        if version < SCHEMA_VERSION and not older:
            raise OlderFormat(version)
        yield connection
        if connection.in_transaction:
            connection.execute("COMMIT")
    except apsw.BusyError as error:
        raise InUse(
            f"Another program has been using {path} for {WRITE_PATIENCE_MS // 1000} seconds.",
            next_step="Wait until it is done and try again.",
        ) from error
    except apsw.ReadOnlyError as error:
        if getattr(error, "extendedresult", 0) != apsw.SQLITE_READONLY_DBMOVED:
            raise
        raise InUse(
            f"{path} was replaced by another file while this change waited for it.",
            next_step="Look at the case as it is now and try again.",
        ) from error
    finally:
        # Closing in the middle of a transaction undoes it.
        connection.close(force=True)


def _shred_what_was_left(path: Path) -> None:
    """Overwrite a journal that is done with: a withdrawal that was killed leaves the withdrawn words in it.

    To be called when the right to write is held and nothing is written yet: then no journal is in use.
    """
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists() and not waits(journal):
        shred(journal)


def _connection(path: Path, key: Key | None, flags: int) -> apsw.Connection:
    """Return a connection whose file is a case and that has its key, before SQLite parses anything."""
    try:
        if not path.exists():
            raise PathMissing(f"There is no file at {path}.", next_step="Check the name and the folder.")
        if not path.is_file():
            raise _not_readable(path)
        connection = apsw.Connection(str(path), flags=flags)
    except (apsw.CantOpenError, UnicodeEncodeError, OSError) as error:
        raise _not_readable(path) from error
    try:
        _require_case(path, connection, key)
    except BaseException:
        connection.close(force=True)
        raise
    return connection


def _not_readable(path: Path) -> NotACase:
    return NotACase(f"{path} cannot be read as a file.", next_step="Check the name and its permissions.")


def _require_case(path: Path, connection: apsw.Connection, key: Key | None) -> None:
    """Look at the first 100 bytes; give the connection its key.

    They are read through SQLite: opening and closing the file beside it would drop the locks that this process holds
    on it (POSIX).
    """
    try:
        whole, header = connection.read("main", 0, 0, _HEADER)
    except apsw.IOError as error:
        raise _not_readable(path) from error
    if whole and keys.is_encrypted_header(header):
        keys.require(path, key)
        keys.apply(path, connection, cast("Key", key))
        return
    application = int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4])
    version = int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4])
    if not whole or not keys.is_plain_header(header) or application != APPLICATION_ID or version < 1:
        raise NotACase(
            f"{path} is not a Headwater case, or only a piece of one.",
            next_step="Give the .headwater file that `headwater trace` wrote, or a backup of it.",
        )
    if key is not None:
        raise NotACase(
            f"{path} is not encrypted, although a key was given.",
            next_step="Somebody may have put another file in its place: look before you open it without a passphrase.",
        )
    _require_version(path, version)


def _require_version(path: Path, version: int) -> None:
    if version > SCHEMA_VERSION:
        raise NewerCase(
            f"{path} was written by a newer version of Headwater (format {version}; this one reads {SCHEMA_VERSION}).",
            next_step="Install the newer version and try again.",
        )


def cut_short(connection: apsw.Connection) -> bool:
    """Tell whether the file ends before its last page does: SQLite reads zeros there and may not complain."""
    if not connection.filename:
        return False  # in memory
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
