"""What people said about a case: stored at once, never touched by what machines make, seen by verify when changed."""

from __future__ import annotations

import gzip
import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from make_case import make_case

from headwater import casefile
from headwater.casefile import (
    NewDecision,
    NewHandling,
    custody,
    database,
    decide,
    handle,
    read_case,
    read_people,
    verify,
)
from headwater.casefile.keys import MARK, SALT_BYTES, Key
from headwater.casefile.withdraw import withdraw
from headwater.errors import IntegrityFailure, MustBeEncrypted, NewerCase
from headwater.model import (
    Case,
    Consent,
    Place,
    Sensitivity,
    Subject,
    SubjectKind,
    Verb,
)

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
KEY = Key(bytes(range(32)), MARK + bytes([1]) + bytes(range(12)))
OLD = Path(__file__).parent / "old" / "format-1.headwater.gz"


def _write(path: Path, case: Case | None = None, key: Key | None = None, under: int = 0) -> casefile.CaseWritten:
    return casefile.write_case(path, case or make_case(), now=NOON, agent="Ada", action="traced", key=key, under=under)


def _reject(case: Case, number: int = 0, shown: str = "what was shown") -> NewDecision:
    statement = case.readings[number].statements[0]
    place = Place(statement.report, statement.content[0])
    subject = Subject(SubjectKind.STATEMENT, statement.id, (statement.id,), place)
    return NewDecision(Verb.REJECT, (subject,), "", "it is furniture", shown)


def _protect(case: Case) -> NewHandling:
    source = case.traced.sources[0]
    subject = Subject(SubjectKind.SOURCE, source.id, source.mentions)
    names = ("Marit Olsenko", "Olsenko")
    return NewHandling(subject, Consent.INTERNAL, Sensitivity.PROTECTED, names, "Protected source 1", "asked for it")


def test_a_decision_is_stored_with_what_was_shown_and_survives_every_writing(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    case = make_case()
    _write(path, case)
    (first,) = decide(path, [_reject(case)], now=NOON, agent="Ben")
    _write(path, make_case(reports=5))
    second, third = decide(path, [_reject(case, 1), _reject(case, 2)], now=NOON + timedelta(hours=1), agent="Cleo")
    people = read_people(path)
    assert people.decisions == (first, second, third)
    assert dict(people.shown) == dict.fromkeys([first.id, second.id, third.id], "what was shown")
    assert (first.agent, first.time, second.agent) == ("Ben", "2031-05-04T12:00:00Z", "Cleo")
    assert read_case(path) == make_case(reports=5)
    assert verify(path).sound
    events = custody(path)
    assert [event.action for event in events] == ["traced", "decided: reject", "traced", "decided: reject"]
    assert [one.name for one in events[3].inputs] == [second.id, third.id]


def test_it_is_known_how_many_decisions_the_records_do_not_hold_yet(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    case = make_case()
    _write(path, case)
    assert casefile.behind(path) == 0
    decide(path, [_reject(case), _reject(case, 1)], now=NOON, agent="Ben")
    assert casefile.behind(path) == 2
    _write(path, case, under=2)
    assert casefile.behind(path) == 0
    decide(path, [_reject(case)], now=NOON, agent="Ben")
    assert casefile.behind(path) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE decision SET shown = 'something else'",
        "UPDATE decision SET record = replace(record, 'furniture', 'wrong') WHERE position = 1",
        "DELETE FROM decision WHERE position = 1",
        (
            "INSERT INTO decision (position, made_by, record, sha256, shown) "
            "SELECT 2, made_by, record, sha256, shown FROM decision WHERE position = 0"
        ),
    ],
)
def test_a_decision_changed_by_hand_is_found_and_not_read(tmp_path: Path, change: str) -> None:
    path = tmp_path / "osk.headwater"
    case = make_case()
    _write(path, case)
    decide(path, [_reject(case), _reject(case, 1)], now=NOON, agent="Ben")
    assert verify(path).sound
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    connection.close()
    found = [damage for check in verify(path).checks for damage in check.damages]
    assert any(damage.kind == "decision" for damage in found)
    with pytest.raises(IntegrityFailure):
        read_people(path)


def test_names_to_be_protected_do_not_go_into_a_plain_case(tmp_path: Path) -> None:
    case = make_case()
    plain, sealed = tmp_path / "plain.headwater", tmp_path / "sealed.headwater"
    _write(plain, case)
    with pytest.raises(MustBeEncrypted):
        handle(plain, [_protect(case)], now=NOON, agent="Ben")
    assert read_people(plain).handlings == ()
    _write(sealed, case, key=KEY)
    (made,) = handle(sealed, [_protect(case)], now=NOON, agent="Ben", key=KEY)
    assert read_people(sealed, key=KEY).handlings == (made,)
    secret = casefile.pseudonym_secret(sealed, key=KEY)
    assert len(secret) == 32
    handle(sealed, [_protect(case)], now=NOON, agent="Ben", key=KEY)
    assert casefile.pseudonym_secret(sealed, key=KEY) == secret  # pseudonymous ids stay the same for good
    assert verify(sealed, key=KEY).sound
    assert b"Olsenko" not in sealed.read_bytes()
    assert sealed.read_bytes()[:SALT_BYTES] == KEY.salt


def _without(gone: str) -> Case:
    """A smaller case in which no report `gone` is left; its records need not be what tracing would make."""
    smaller = make_case(reports=2)
    assert gone not in {report.id for report in smaller.received.reports}
    return smaller


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_a_withdrawn_report_leaves_its_digest_and_nothing_else(tmp_path: Path, key: Key | None) -> None:
    path = tmp_path / "osk.headwater"
    case = make_case(reports=3)
    report = case.received.reports[2]
    _write(path, case, key=key)
    shown = "It said: They took my brother’s boat, as told in the third report."
    decide(path, [_reject(case, 0), _reject(case, 2, shown)], now=NOON, agent="Ben", key=key)
    words = report.text.encode()[:40]
    assert key is not None or words in path.read_bytes()
    withdraw(path, _without(report.id), [report.id], why="consent withdrawn", now=NOON, agent="Ben", key=key, under=2)
    assert verify(path, key=key).sound
    kept, blanked = read_people(path, key=key).decisions
    assert (kept.withdrawn, kept.why) == (False, "it is furniture")
    assert (blanked.withdrawn, blanked.value, blanked.why) == (True, "", "")
    assert [name for name, _ in read_people(path, key=key).shown] == [kept.id]
    last = custody(path, key=key)[-1]
    assert last.action == "withdrew 1 report: consent withdrawn"
    assert (f"withdrawn {report.id}", report.info.sha256) in {(one.name, one.sha256) for one in last.outputs}
    everything = b"".join(
        file.read_bytes() for file in tmp_path.iterdir() if file.suffix not in {".ballast", ".checkpoints"}
    )
    for canary in (words, shown.encode()[:30], b"third report", report.info.file.encode()):
        assert canary not in everything
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix not in {".ballast", ".checkpoints"}) == [
        "osk.headwater"
    ]


def test_the_control_without_secure_deletion_the_words_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WRITING", "PRAGMA secure_delete = OFF")
    monkeypatch.setattr(sys.modules[withdraw.__module__], "_close_gaps", lambda *_: None)
    path = tmp_path / "osk.headwater"
    case = make_case(reports=3)
    report = case.received.reports[2]
    _write(path, case)
    withdraw(path, _without(report.id), [report.id], why="", now=NOON, agent="Ben")
    assert report.text.encode()[:40] in path.read_bytes()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "older.headwater"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    return path


def test_a_case_of_the_first_format_is_read_as_it_stands(older: Path) -> None:
    before = older.read_bytes()
    case = read_case(older)
    assert [report.info.file for report in case.received.reports] == ["a.txt", "b.txt"]
    assert read_people(older).decisions == ()
    assert verify(older).sound
    assert older.read_bytes() == before


def test_a_case_of_the_first_format_is_migrated_with_a_backup_before_it_is_changed(older: Path) -> None:
    before, case = older.read_bytes(), read_case(older)
    decide(older, [_reject(case)], now=NOON, agent="Ben")
    assert (older.parent / "older.format-1.headwater").read_bytes() == before
    assert verify(older).sound
    assert read_case(older).received == case.received
    assert [event.action for event in custody(older)] == [
        "traced 2 reports",
        "migrated from format 1 to 2",
        "decided: reject",
    ]
    assert len(read_people(older).decisions) == 1


def test_the_migration_keeps_readings_without_what_only_comparing_showed(older: Path) -> None:
    """What the reader itself found is needed to trace anew; repeats were added by tracing."""
    case = read_case(older)
    decide(older, [_reject(case)], now=NOON, agent="Ben")
    for reading in read_case(older).before_tracing():
        assert all(statement.repeats is None for statement in reading.statements)


def test_a_damaged_older_case_is_not_migrated(older: Path) -> None:
    case = read_case(older)
    with sqlite3.connect(older) as connection:
        connection.execute("UPDATE report SET text = text || '!'")
    connection.close()
    with pytest.raises(IntegrityFailure):
        decide(older, [_reject(case)], now=NOON, agent="Ben")
    with sqlite3.connect(older) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()


def test_a_newer_case_is_not_decided_about(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    case = make_case()
    _write(path, case)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 3")
    connection.close()
    with pytest.raises(NewerCase):
        decide(path, [_reject(case)], now=NOON, agent="Ben")


def test_only_changed_rows_are_written_again(tmp_path: Path) -> None:
    """An original of many megabytes is not written anew because somebody decided something."""
    path = tmp_path / "osk.headwater"
    case = make_case()
    _write(path, case)
    changed = replace(case, weighed=replace(case.weighed, patterns=()))
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE seen (kind TEXT)")
        for table in ("original", "report", "statement", "pattern"):
            for change in ("INSERT", "DELETE"):
                connection.execute(
                    f"CREATE TRIGGER {table}_{change} AFTER {change} ON {table} "
                    f"BEGIN INSERT INTO seen VALUES ('{table}'); END"
                )
    connection.close()
    _write(path, changed)
    with sqlite3.connect(path) as connection:
        assert {kind for (kind,) in connection.execute("SELECT kind FROM seen")} == {"pattern"}
    connection.close()


def test_a_journal_that_a_killed_withdrawal_left_is_overwritten_by_the_next_change(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    case = make_case()
    _write(path, case)
    journal = path.with_name("osk.headwater-journal")
    journal.write_bytes(bytes(512) + b"words that were withdrawn" * 100)
    with journal.open("rb") as left:
        decide(path, [_reject(case)], now=NOON, agent="Ben")
        assert not left.read().strip(b"\0")
    assert not journal.exists()
    assert verify(path).sound
