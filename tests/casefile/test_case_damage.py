from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from make_case import make_case

from headwater.casefile import Verification, custody, read_case, verify, write_case
from headwater.casefile.kinds import KINDS, record_digest
from headwater.errors import HeadwaterError, IntegrityFailure, NewerCase, NotACase, PathMissing
from headwater.model import Verdict

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
LARGER = dict.fromkeys(range(3))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that was written three times, and nobody touched."""
    path = tmp_path_factory.mktemp("whole") / "osk.headwater"
    for minute in LARGER:
        write_case(path, make_case(), now=NOON.replace(minute=minute), agent="Ada", action="traced")
    return path


@pytest.fixture
def case(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "osk.headwater"))


def _by_hand(path: Path, *statements: str) -> None:
    """Change the file as somebody with the sqlite3 program would."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _failed(found: Verification) -> dict[str, list[str]]:
    return {check.name: [damage.where for damage in check.damages] for check in found.having(Verdict.FAILED)}


class Change(NamedTuple):
    what: str
    sql: tuple[str, ...]
    check: str
    where: str  # how the place of one damage begins


_EDIT = "UPDATE {0} SET record = replace(record, '{1}', '{2}') WHERE position = {3}"
_DOUBLE = """INSERT INTO mention (position, made_by, record, sha256)
SELECT 99, made_by, record, sha256 FROM mention WHERE position = 0"""
_CHANGES = (
    Change(
        "a record edited", (_EDIT.format("claim", '"origins_high":1', '"origins_high":3', 0),), "records", "claim 0"
    ),
    Change("a maker renamed", ("UPDATE figure SET made_by = 'me 1' WHERE position = 1",), "records", "figure 1"),
    Change("a digest edited", ("UPDATE link SET sha256 = '0' WHERE position = 1",), "records", "link 1"),
    Change("a record deleted", ("DELETE FROM statement WHERE position = 2",), "records", "statement 3"),
    Change("the last record deleted", ("DELETE FROM citation WHERE position = 2",), "case as recorded", "citation"),
    Change("a table emptied", ("DELETE FROM assessment",), "case as recorded", "assessment"),
    Change(
        "a record doubled",
        (_DOUBLE,),
        "records",
        "mention 99",
    ),
    Change(
        "two records exchanged",
        (
            "UPDATE claim SET position = 9 WHERE position = 0",
            "UPDATE claim SET position = 0 WHERE position = 1",
            "UPDATE claim SET position = 1 WHERE position = 9",
        ),
        "records",
        "claim 0",
    ),
    Change(
        "a byte of an original",
        ("UPDATE original SET data = CAST(x'21' || substr(data, 2) AS BLOB) WHERE position = 1",),
        "originals",
        "original 1",
    ),
    Change("an original cut", ("UPDATE original SET data = substr(data, 1, 9)",), "originals", "original 0"),
    Change("a text altered", ("UPDATE report SET text = replace(text, '4', '7')",), "texts", "report 1"),
    Change(
        "an anchor shifted",
        (_EDIT.format("anchor", '"span":[', '"span":[1', 3),),
        "anchors",
        "anchor 3",
    ),
    Change("an anchor's words", (_EDIT.format("anchor", "Olsenko", "Olsenka", 0),), "anchors", "anchor 0"),
    Change("an anchor deleted", ("DELETE FROM anchor WHERE position = 0",), "anchors", "mention 0"),
    Change("a reference", (_EDIT.format("utterance", "origin-1", "origin-7", 0),), "references", "utterance 0"),
    Change("an original left out", ("DELETE FROM original WHERE position = 0",), "references", "report 0"),
    Change(
        "a reason's place",
        (_EDIT.format("claim", '"places":[["report', '"places":[["rumour', 0),),
        "references",
        "claim 0",
    ),
    Change("a received file", (_EDIT.format("file", "0001.txt", "0009.txt", 1),), "received files", "file 1"),
    Change("set aside hidden", ("DELETE FROM set_aside WHERE position = 1",), "received files", "file 4"),
    Change(
        "a passage hidden",
        (_EDIT.format("report", '{"kind":"headline"', '{"kind":"body"', 0), _EDIT.format("report", ":[0,", ":[5,", 0)),
        "passages",
        "report 0",
    ),
    Change(
        "an event edited",
        ("UPDATE custody SET record = replace(record, 'Ada', 'Eve') WHERE sequence = 2",),
        "custody log",
        "custody 2",
    ),
    Change("an event deleted", ("DELETE FROM custody WHERE sequence = 2",), "custody log", "custody 3"),
    Change(
        "events exchanged",
        (
            "UPDATE custody SET sequence = 9 WHERE sequence = 1",
            "UPDATE custody SET sequence = 1 WHERE sequence = 2",
            "UPDATE custody SET sequence = 2 WHERE sequence = 9",
        ),
        "custody log",
        "custody 1",
    ),
    Change(
        "an event inserted",
        (
            "UPDATE custody SET sequence = 4 WHERE sequence = 3",
            "INSERT INTO custody (sequence, record, sha256) SELECT 3, record, sha256 FROM custody WHERE sequence = 2",
        ),
        "custody log",
        "custody 3",
    ),
    Change("the log emptied", ("DELETE FROM custody",), "custody log", "custody"),
    Change("a table added", ("CREATE TABLE extra (x)",), "schema", "extra"),
    Change("a view replaced", ("DROP VIEW reason", "CREATE VIEW reason AS SELECT 1"), "schema", "reason"),
    Change("a table dropped", ("DROP VIEW every_record", "DROP TABLE pattern"), "schema", "pattern"),
    Change(
        "a trigger planted",
        ("CREATE TRIGGER quiet AFTER INSERT ON custody BEGIN DELETE FROM custody; END",),
        "schema",
        "quiet",
    ),
)


@pytest.mark.parametrize("change", _CHANGES, ids=lambda change: change.what)
def test_every_change_by_hand_is_found_and_located(case: Path, change: Change) -> None:
    _by_hand(case, *change.sql)
    found = verify(case)
    failed = _failed(found)
    assert "database" not in failed  # the control: SQLite itself sees nothing wrong
    assert change.check in failed
    assert any(where == change.where or where.startswith(f"{change.where} ") for where in failed[change.check])
    if change.check != "schema" or change.what == "a table dropped":
        with pytest.raises(IntegrityFailure, match="damaged"):
            read_case(case)


def test_the_control_nothing_changed_nothing_failed(case: Path) -> None:
    _by_hand(case, "UPDATE claim SET record = replace(record, 'no such words', '') WHERE position = 0")
    assert _failed(verify(case)) == {}
    read_case(case)


def test_a_record_changed_together_with_its_digest_shows_in_its_table(case: Path) -> None:
    with closing(sqlite3.connect(case)) as connection:
        record, made_by = connection.execute("SELECT record, made_by FROM claim WHERE position = 0").fetchone()
        changed = record.replace('"origins_high":1', '"origins_high":3')
        sha256 = record_digest("claim", 0, made_by.encode(), changed.encode())
        connection.execute("UPDATE claim SET record = ?, sha256 = ? WHERE position = 0", (changed, sha256))
        connection.commit()
    assert _failed(verify(case)) == {"case as recorded": ["claim"]}
    with pytest.raises(IntegrityFailure, match="last custody event"):
        read_case(case)


def test_a_statement_moved_together_with_its_digest_leaves_its_anchor(case: Path) -> None:
    with closing(sqlite3.connect(case)) as connection:
        record, made_by, start = connection.execute(
            "SELECT record, made_by, record ->> '$.content[0][0]' FROM statement WHERE position = 1"
        ).fetchone()
        changed = record.replace(f'"content":[[{start},', f'"content":[[{start + 1},')
        sha256 = record_digest("statement", 1, made_by.encode(), changed.encode())
        connection.execute("UPDATE statement SET record = ?, sha256 = ? WHERE position = 1", (changed, sha256))
        connection.commit()
    anchors = _failed(verify(case))["anchors"]
    assert len(anchors) == 2
    assert all(where.startswith("statement 1 ") for where in anchors)


def _cut(path: Path) -> None:
    _by_hand(path, "DELETE FROM custody WHERE sequence = 3")


def _rewritten(path: Path) -> None:
    path.unlink()
    for minute in LARGER:
        write_case(path, make_case(), now=NOON.replace(minute=minute), agent="Eve", action="traced")


@pytest.mark.parametrize("attack", [_cut, _rewritten], ids=["cut short", "rewritten"])
def test_a_log_without_its_end_shows_only_against_a_digest_kept_elsewhere(
    case: Path, attack: Callable[[Path], None]
) -> None:
    kept = custody(case)[-1].digest
    assert verify(case, checkpoints=[kept]).sound
    attack(case)
    assert verify(case).sound  # the control: the chain alone does not show it, and verify says so
    last = verify(case).checks[-1]
    assert (last.verdict, "none was given" in last.sentence) == (Verdict.NOT_CHECKED, True)
    assert "log proven from outside" in _failed(verify(case, checkpoints=[kept]))


def test_a_checkpoint_of_an_earlier_event_proves_the_log_up_to_it(case: Path) -> None:
    last = verify(case, checkpoints=[f" {custody(case)[0].digest.upper()}\n"]).checks[-1]
    assert last.verdict is Verdict.PASSED
    assert last.sentence == "The log is proven up to event 1. It does not cover the 2 events after that."


def test_a_damaged_log_is_neither_continued_nor_overwritten(case: Path) -> None:
    _by_hand(case, "UPDATE custody SET record = replace(record, 'Ada', 'Eve') WHERE sequence = 1")
    before = case.read_bytes()
    with pytest.raises(IntegrityFailure, match="event 1 of the custody log"):
        write_case(case, make_case(), now=NOON, agent="Ada", action="traced")
    with pytest.raises(IntegrityFailure, match="was edited"):
        custody(case)
    assert case.read_bytes() == before


def _content(path: Path) -> object:
    """All that a reader could be told by the file, read by another SQLite than ours; None when it cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            tables = [f"SELECT position, made_by, record, sha256 FROM {kind.name} ORDER BY 1" for kind in KINDS]
            tables += [f"SELECT {kind.payload} FROM {kind.name} ORDER BY position" for kind in KINDS if kind.payload]
            tables += ["SELECT sequence, record, sha256 FROM custody ORDER BY 1", "SELECT name, sql FROM sqlite_schema"]
            tables += ["PRAGMA user_version", "PRAGMA application_id"]
            return [connection.execute(query).fetchall() for query in tables]
    except (sqlite3.Error, UnicodeDecodeError):  # the second from a message that quotes the damage
        return None


def test_every_flipped_bit_that_changes_what_is_read_is_found(whole: Path, tmp_path: Path) -> None:
    before = _content(whole)
    data = whole.read_bytes()
    chance = random.Random(20310504)
    path = tmp_path / "flipped.headwater"
    changed = silent = 0
    for _ in range(300):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        after = _content(path)
        if after == before:
            continue
        changed += 1
        try:
            found = verify(path)
        except (NotACase, NewerCase):
            continue
        failed = _failed(found)
        assert failed, f"bit {bit} of byte {at}"
        assert all(failed.values())
        silent += "database" not in failed
        with pytest.raises(HeadwaterError):
            read_case(path)
    assert changed > 80
    assert silent > changed / 2  # the control: SQLite's own check is blind to most of them


def test_pages_of_rubbish_are_described_and_never_raise(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    chance = random.Random(20310505)
    path = tmp_path / "rubbish.headwater"
    described = 0
    for _ in range(60):
        length = chance.choice([8, 60, 4096, 20_000])
        at = chance.randrange(100, len(data) - length)
        path.write_bytes(data[:at] + chance.randbytes(length) + data[at + length :])
        found = verify(path)
        described += not found.sound
        assert all(damage.what for check in found.checks for damage in check.damages)
    assert described > 30


def test_a_file_cut_anywhere_is_never_half_a_case(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    path = tmp_path / "cut.headwater"
    for length in (0, 1, 99, 100, 4096, 5000, len(data) // 2, len(data) - 4096, len(data) - 1):
        path.write_bytes(data[:length])
        with pytest.raises((NotACase, IntegrityFailure)):
            read_case(path)
        if length < 100:
            with pytest.raises(NotACase, match="piece"):
                verify(path)
        else:
            assert not verify(path).sound


def test_nothing_passes_that_could_not_be_read(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.headwater"
    path.write_bytes(whole.read_bytes()[: len(whole.read_bytes()) // 2])
    assert verify(path).having(Verdict.PASSED) == ()


def test_what_looks_at_a_table_of_another_shape_does_not_pass(case: Path) -> None:
    _by_hand(case, "ALTER TABLE report ADD COLUMN remark TEXT")
    found = {check.name: check.verdict for check in verify(case).checks}
    assert found["schema"] is Verdict.FAILED
    assert found["passages"] is Verdict.NOT_CHECKED
    assert found["references"] is Verdict.FAILED
    assert found["originals"] is Verdict.PASSED


def test_files_that_are_no_cases_are_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        read_case(tmp_path / "none.headwater")
    with pytest.raises(NotACase):
        verify(tmp_path)
    _by_hand(tmp_path / "other.db", "CREATE TABLE x (y)")
    for reader in (read_case, verify, custody):
        with pytest.raises(NotACase, match="not a Headwater case"):
            reader(tmp_path / "other.db")


def test_a_case_of_a_newer_version_is_refused_politely(case: Path) -> None:
    _by_hand(case, "PRAGMA user_version = 3")
    for reader in (read_case, verify, custody):
        with pytest.raises(NewerCase, match="newer version of Headwater"):
            reader(case)
    with pytest.raises(NewerCase):
        write_case(case, make_case(), now=NOON, agent="Ada", action="traced")
