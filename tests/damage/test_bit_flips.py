"""Bit rot: one bit of the file is another. What changes what is read is found, and where it is.

A flip is harmless when everything that the file tells, table by table, is still the same: proven by comparing it. The
control is SQLite's own check, which does not see most of them in a plain case.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import apsw
import pytest
from attacked import KINDS_OF_CASE, SEED, Content, attacked_case, content

from headwater import casefile
from headwater.casefile.keys import Key
from headwater.errors import HeadwaterError
from headwater.model import Verdict

FLIPS = 1_000  # of each kind of case
# A record that is lost is missed by those that name it: anchors, statements, claims. A lost report by nearly all.
_CONSEQUENCES = 4
NOT_A_TABLE = {"user_version", "application_id", "sqlite_schema"}


def _damages(path: Path, key: Key | None) -> set[tuple[str, int | None]] | None:
    """(table, position) of every damage found; None when the file as a whole is refused."""
    try:
        found = casefile.verify(path, key=key)
    except HeadwaterError:
        return None
    return {(one.kind, one.position) for check in found.having(Verdict.FAILED) for one in check.damages}


def _is_located(before: Content, after: Content, damages: set[tuple[str, int | None]]) -> str | None:
    """None when each changed row is named, or its table where it cannot be read to its end; else what is not."""
    kinds = {kind for kind, _ in damages}
    if after.get("sqlite_schema") != before["sqlite_schema"]:
        return None if kinds & {"database", *_definitions(before)} else "no definition is named"
    for table, rows in before.items():
        now = after.get(table)
        if now == rows or rows is None or table in NOT_A_TABLE:
            continue
        if now is None:
            if table not in kinds:
                return f"{table}, which cannot be read, is not named"
            continue
        changed = {place for place in rows.keys() | now.keys() if rows.get(place) != now.get(place)}
        for place in changed & rows.keys() & now.keys():
            if (table, place) not in damages:
                return f"{table} {place!r} is not named"
        if table not in kinds:
            return f"{table} is not named"
    return None


@pytest.mark.parametrize("key", KINDS_OF_CASE.values(), ids=KINDS_OF_CASE)
def test_every_flip_that_changes_what_is_read_is_found_and_located(tmp_path: Path, key: Key | None) -> None:
    whole, flipped = tmp_path / "osk.headwater", tmp_path / "flipped.headwater"
    attacked_case(whole, key)
    before = content(whole, key)
    case, people = casefile.read_case(whole, key=key), casefile.read_people(whole, key=key)
    assert before
    assert _damages(whole, key) == set()
    data = whole.read_bytes()
    chance = random.Random(SEED)
    tally: Counter[str] = Counter()
    for _ in range(FLIPS):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        where = f"bit {bit} of byte {at}, seed {SEED}"
        flipped.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        after = content(flipped, key)
        damages = _damages(flipped, key)
        read = _read(flipped, key)
        # Whatever happened: nobody is told anything else than what was written.
        assert read in (None, (case, people)), where
        if after == before:
            tally["harmless"] += 1
            continue
        tally["changed"] += 1
        tally["silent for SQLite"] += _sqlite_is_silent(flipped, key)
        assert damages is None or damages, where
        assert read is None or _only_beside(before, after), where
        if damages is None:
            tally["refused as a whole"] += 1
        else:
            assert (fault := _is_located(before, after, damages)) is None, f"{where}: {fault}"
            tables = {kind for kind, _ in damages if after.get(kind) == before.get(kind)} & before.keys()
            tally["located to the row"] += any(at is not None for _, at in damages)
            tally["many whole tables named as well"] += len(tables) > _CONSEQUENCES
    print(dict(tally))  # noqa: T201
    assert tally["changed"] > FLIPS / 5
    assert tally["many whole tables named as well"] < tally["changed"] / 4
    assert tally["located to the row"] > tally["changed"] / 2
    if key is None:
        assert tally["silent for SQLite"] > tally["changed"] / 2  # the control


def _definitions(before: Content) -> set[object]:
    rows = before["sqlite_schema"]
    assert rows
    return set(rows)


def _only_beside(before: Content, after: Content) -> bool:
    """True when only the definition of something that is not read differs: a view, or the text of a definition."""
    return {table for table in before if before[table] != after.get(table)} <= {"sqlite_schema"}


def _read(path: Path, key: Key | None) -> object:
    try:
        return casefile.read_case(path, key=key), casefile.read_people(path, key=key)
    except HeadwaterError:
        return None


def _sqlite_is_silent(path: Path, key: Key | None) -> bool:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        if key:
            casefile.keys.apply(path, connection, key)
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (apsw.Error, HeadwaterError, UnicodeDecodeError):
        return False
    finally:
        connection.close(force=True)
