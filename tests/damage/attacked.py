"""What the attacks have in common: an invented case with decisions, how it is read, and where they strike."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
from make_case import make_case

from headwater import casefile
from headwater.casefile import keys
from headwater.casefile.keys import Key
from headwater.model import Case, Subject, SubjectKind, Verb

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
AGENT = "Ada"
SALT = keys.MARK + bytes([keys.NEWEST]) + bytes(range(12))
KEY = Key(bytes(range(32)), SALT)
"""A key as it would be made from a passphrase, without the second that the making takes."""

OLD = Path(__file__).parent.parent / "casefile" / "old" / "format-1.headwater.gz"
"""A case of the oldest format, as its version wrote it."""

KINDS_OF_CASE = {"plain": None, "encrypted": KEY}
SEED = int(os.environ.get("HEADWATER_DAMAGE_SEED", "20310504"))
"""Where the attacks strike; HEADWATER_DAMAGE_SEED makes them strike elsewhere."""


def write(path: Path, case: Case, key: Key | None, *, minute: int = 0) -> casefile.CaseWritten:
    """Write a case at a time of its own."""
    now = NOON + timedelta(minutes=minute)
    return casefile.write_case(path, case, now=now, agent=AGENT, action=f"traced {minute}", key=key)


def decide(path: Path, why: str, key: Key | None, *, minute: int = 0, agent: str = AGENT) -> None:
    """Decide one thing about the first claim, for the reason `why`, by which it is known again."""
    claim = Subject(SubjectKind.CLAIM, make_case().weighed.claims[0].id)
    said = casefile.NewDecision(Verb.NOTE, (claim,), f"noted {why}", why, f"shown {why} " + "Osk " * 60)
    casefile.decide(path, [said], now=NOON + timedelta(minutes=minute), agent=agent, key=key)


def reasons(path: Path, key: Key | None) -> list[str]:
    """The reasons of all decisions, in their order."""
    return [one.why for one in casefile.read_people(path, key=key).decisions]


def attacked_case(path: Path, key: Key | None, *, reports: int = 3, decisions: int = 5) -> None:
    """Write the case that is attacked: one that was larger before, so that it has unused pages; with decisions."""
    write(path, make_case(reports=reports + 1), key)
    write(path, make_case(reports=reports), key, minute=1)
    for number in range(decisions):
        decide(path, f"reason {number}", key, minute=2 + number)


Content = dict[str, dict[object, tuple[object, ...]] | None]


def content(path: Path, key: Key | None) -> Content:
    """Everything that the file tells, read with SQLite alone: each table by its first column, None if unreadable.

    The tables of SQLite itself and the two numbers of the header are among it.
    """
    found: Content = {}
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        if key:
            keys.apply(path, connection, key)
        for pragma in ("user_version", "application_id"):
            found[pragma] = _rows(connection, f"PRAGMA {pragma}")
        found["sqlite_schema"] = _rows(connection, "SELECT name, CAST(sql AS BLOB) FROM sqlite_schema")
        for table in sorted(str(name) for name in _tables(connection)):
            found[table] = _rows(connection, _everything(connection, table))
    except Exception:  # noqa: BLE001 a damaged file is anything
        found = {}
    finally:
        connection.close(force=True)
    return found


def _tables(connection: apsw.Connection) -> list[Any]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]


def _everything(connection: apsw.Connection, table: str) -> str:
    columns = [name for _, name, *_ in connection.execute(f'PRAGMA table_info("{table}")')]
    casts = ", ".join(f'typeof("{name}"), CAST("{name}" AS BLOB)' for name in columns)
    return f'SELECT "{columns[0]}", {casts} FROM "{table}"'


def _rows(connection: apsw.Connection, query: str) -> dict[object, tuple[object, ...]] | None:
    try:
        return {row[0]: row for row in connection.execute(query)}
    except Exception:  # noqa: BLE001 a damaged table is anything
        return None
