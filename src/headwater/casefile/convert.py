"""A case written anew under another key, or under none: encrypted, given another passphrase, or made plain.

The new file is built beside the old one, compared with it row by row, and takes its name in one step. Only then the
old bytes are overwritten, as far as the medium allows. Knows tables and rows, never what a record means.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import apsw

from headwater.casefile.closing import close
from headwater.casefile.custody import CustodyEvent, Said, last_event, next_event, store_event, timestamp
from headwater.casefile.database import BUILDING, CAREFUL, damaged
from headwater.casefile.disk import flush, flush_folder, overwrite, require_settled
from headwater.casefile.explaining import explained
from headwater.casefile.keys import Key, apply, is_encrypted, require
from headwater.casefile.lock import sole_writer
from headwater.casefile.schema import APPLICATION_ID, SCHEMA_VERSION
from headwater.errors import InUse, MustBeEncrypted, NewerCase, NotACase

_PATIENCE_MS = 5_000
_ORDINARY = 0  # of a column in table_xinfo; computed and hidden ones have other numbers


@dataclass(frozen=True, slots=True)
class Converted:
    """A case written anew. `rows` counts what was copied.

    `kept` says why the old bytes were not overwritten, or is empty when they were.
    """

    path: Path
    rows: int
    kept: str


def encrypt(path: Path, to: Key, *, now: datetime, agent: str, key: Key | None = None) -> Converted:
    """Encrypt the case at `path` under the key `to`; an encrypted one, which `key` opens, gets another passphrase.

    `now` (aware) and `agent`, who does it, go into the custody log. The old bytes are overwritten with zeros where
    that is possible; a solid-state disk, a snapshot, a backup or a synchronised folder may keep them. Raises
    PathMissing, NotACase, NewerCase, Locked, WrongPassphrase, InUse, CannotWrite, IntegrityFailure; whatever is
    raised, the case is as it was.
    """
    action = "changed the passphrase" if is_encrypted(path) else "encrypted the case"
    return _rewritten(path, key, to, Said(timestamp(now), agent, action))


def make_plain(path: Path, key: Key, *, now: datetime, agent: str) -> Converted:
    """Write the encrypted case at `path` as one that everybody can read who has the file.

    Raises MustBeEncrypted when somebody's name in it is to be protected, and what `encrypt` raises.
    """
    if not is_encrypted(path):
        raise NotACase(f"{path} is not encrypted.", next_step="There is nothing to do.")
    return _rewritten(path, key, None, Said(timestamp(now), agent, "made the case plain"))


def _rewritten(path: Path, key: Key | None, to: Key | None, said: Said) -> Converted:
    target = Path(os.path.realpath(path))
    with explained(target), sole_writer(target), ExitStack() as stack:
        # Opened before SQLite has the file and closed after: closing it drops the locks of this process (POSIX).
        old = _for_overwriting(target, stack)
        source = stack.enter_context(_alone(target, key))
        if to is None:
            _require_nobody_protected(path, source)
        partial = target.with_name(f".{target.name}.partial")
        partial.unlink(missing_ok=True)
        try:
            rows, event = _build(target, source, partial, to, said)
            flush(partial)
            partial.chmod(stat.S_IMODE(target.stat().st_mode))
            partial.replace(target)
            flush_folder(target.parent)
        finally:
            partial.unlink(missing_ok=True)
        kept = _overwritten(old)
    close(target, event)
    return Converted(target, rows, kept)


def _require_nobody_protected(path: Path, connection: apsw.Connection) -> None:
    asked = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'handling'"
    if connection.execute(asked).get and connection.execute("SELECT 1 FROM handling LIMIT 1").get:
        raise MustBeEncrypted(
            f"{path} holds names that are to be protected, so it stays encrypted.",
            next_step="To give it to somebody, print a dossier or write an export: those names are left out there.",
        )


def _for_overwriting(target: Path, stack: ExitStack) -> int | None:
    if sys.platform == "win32":
        return None  # an open file cannot be replaced there
    descriptor = os.open(target, os.O_RDWR)
    stack.callback(os.close, descriptor)
    return descriptor


def _overwritten(old: int | None) -> str:
    if old is None:
        return "this system does not let a program write to a file that was replaced"
    if os.fstat(old).st_nlink:
        return "the old file has a second name (a hard link), perhaps as a backup"
    try:
        overwrite(old)
    except OSError as error:
        return f"the disk refused it ({error.strerror or error})"
    return ""


@contextmanager
def _alone(target: Path, key: Key | None) -> Iterator[apsw.Connection]:
    """Open a case so that until the end nobody else reads or writes it: what they wrote would be lost with the file."""
    encrypted = is_encrypted(target)
    connection = apsw.Connection(str(target), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        if encrypted:
            apply(target, connection, require(target, key))
        connection.set_busy_timeout(_PATIENCE_MS)
        try:
            connection.execute(CAREFUL).fetchall()
            connection.execute("BEGIN EXCLUSIVE")
        except apsw.BusyError as error:
            raise InUse(
                f"Another program has {target} open at this moment.", next_step="Close it there and try again."
            ) from error
        _require_known(target, connection)
        yield connection
    except UnicodeDecodeError as error:
        raise damaged(target, "a text in it is not UTF-8.") from error
    finally:
        connection.close(force=True)


def _require_known(target: Path, connection: apsw.Connection) -> None:
    if connection.pragma("application_id") != APPLICATION_ID:
        raise NotACase(f"{target} is not a Headwater case.", next_step="Give a .headwater file.")
    version = connection.pragma("user_version")
    if version > SCHEMA_VERSION:
        raise NewerCase(
            f"{target} was written by a newer version of Headwater (format {version}; this one reads "
            f"{SCHEMA_VERSION}).",
            next_step="Install the newer version and try again.",
        )
    require_settled(target)


def _build(
    target: Path,
    source: apsw.Connection,
    partial: Path,
    to: Key | None,
    said: Said,
) -> tuple[int, CustodyEvent]:
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with _writing(partial, to) as made:
        made.execute("BEGIN")
        _copy(source, made)
        made.execute("COMMIT")
    with _writing(partial, to) as made:
        rows, digest = _content(made)
        if (rows, digest) != _content(source):
            raise damaged(target, "its copy does not hold the same rows.")
        made.execute("BEGIN")
        event = _enter(target, made, said)
        made.execute("COMMIT")
    return rows, event


def _enter(target: Path, made: apsw.Connection, said: Said) -> CustodyEvent:
    """Add the event to the custody log of the new file. What the event before named is still there, unchanged."""
    last = last_event(target, made)
    event = next_event(last, said, "the same records, written anew", outputs=last.outputs)
    store_event(made, event)
    return event


@contextmanager
def _writing(partial: Path, to: Key | None) -> Iterator[apsw.Connection]:
    connection = apsw.Connection(str(partial), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        if to:
            apply(partial, connection, to)
        connection.execute(BUILDING).fetchall()
        yield connection
    finally:
        connection.close(force=True)


def _copy(source: apsw.Connection, made: apsw.Connection) -> None:
    """Make every table, fill it, and only then make what hangs on tables: indexes, views and triggers."""
    for name in ("application_id", "user_version"):
        made.pragma(name, source.pragma(name))
    objects = _objects(source)
    for kind, _, sql in objects:
        if kind == "table":
            made.execute(sql)
    for kind, name, _ in objects:
        if kind == "table":
            columns = _columns(source, name)
            marks = ", ".join("?" for _ in columns.split(", "))
            made.executemany(
                f"INSERT INTO {_quoted(name)} ({columns}) VALUES ({marks})",  # noqa: S608 - names of the schema, quoted
                _rows(source, name),
            )
    for kind, _, sql in objects:
        if kind != "table":
            made.execute(sql)


def _content(connection: apsw.Connection) -> tuple[int, str]:
    """Return how many rows a database holds, and a digest of its schema and of every value in every row."""
    digest = hashlib.sha256()
    count = 0
    for kind, name, sql in sorted(_objects(connection)):
        digest.update(repr((kind, name, sql)).encode())
        if kind == "table":
            for row in _rows(connection, name):
                digest.update(repr(row).encode("utf-8", "surrogatepass"))
                count += 1
    return count, digest.hexdigest()


def _objects(connection: apsw.Connection) -> list[tuple[str, str, str]]:
    """Return type, name and SQL of everything that was made by a statement."""
    query = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    return list(connection.execute(query))


def _rows(connection: apsw.Connection, table: str) -> apsw.Cursor:
    # By place, so that two files give their rows in the same order whatever index SQLite would rather walk.
    return connection.execute(f"SELECT {_columns(connection, table)} FROM {_quoted(table)} ORDER BY rowid")  # noqa: S608


def _columns(connection: apsw.Connection, table: str) -> str:
    found = connection.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = ?", (table, _ORDINARY))
    return ", ".join(_quoted(name) for (name,) in found)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
