from __future__ import annotations

import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest
from sealed import NOON, sealed_case, some_key

from headwater.casefile import Key, backup, belongs_to_a_case, disk, keys, read_case, restore, verify, write_case
from headwater.casefile.checkpoints import beside
from headwater.errors import (
    CannotWrite,
    IntegrityFailure,
    InUse,
    Locked,
    MustBeEncrypted,
    NotACase,
    PathMissing,
    WouldOverwrite,
    WrongPassphrase,
)

ONE = some_key()
LATER = datetime(2031, 6, 1, 7, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    return tmp_path / "here" / "river.headwater"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "copy"


def _names(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if not belongs_to_a_case(each))


@pytest.mark.parametrize("key", [None, ONE], ids=["plain", "encrypted"])
def test_a_backup_has_the_same_bytes_and_comes_back(path: Path, copy: Path, key: Key | None) -> None:
    case = sealed_case(path, key)
    whole = path.read_bytes()
    made = backup(path, copy)
    assert copy.read_bytes() == whole == path.read_bytes()
    assert (made.path, made.size, made.encrypted) == (copy.resolve(), len(whole), key is not None)
    assert made.sha256 == disk.file_digest(copy)
    assert verify(copy, key=key).sound
    path.unlink()
    back = restore(copy, path, now=LATER, key=key)
    assert (back.kept, back.sha256) == (None, made.sha256)
    assert path.read_bytes() == whole
    assert read_case(path, key=key) == case
    assert _names(path) == ["river.headwater"]
    assert _names(copy) == ["copy"]
    if sys.platform != "win32":
        assert {stat.S_IMODE(each.stat().st_mode) for each in (path, copy)} == {0o600}


def test_a_backup_replaces_nothing(path: Path, copy: Path) -> None:
    sealed_case(path, None)
    copy.write_text("a letter")
    with pytest.raises(WouldOverwrite):
        backup(path, copy)
    with pytest.raises(WouldOverwrite):
        backup(path, path)
    with pytest.raises(CannotWrite):
        backup(path, copy.parent)
    with pytest.raises(CannotWrite):
        backup(path, copy.parent / "missing" / "copy")
    assert copy.read_text() == "a letter"
    assert _names(copy) == ["copy"]


def test_only_a_case_is_backed_up(path: Path, copy: Path) -> None:
    with pytest.raises(PathMissing):
        backup(path, copy)
    path.write_text("a letter, long enough to be no piece of anything")
    with pytest.raises(NotACase):
        backup(path, copy)
    assert _names(copy) == []


@pytest.mark.parametrize("key", [None, ONE], ids=["plain", "encrypted"])
def test_nobody_commits_while_it_is_copied(
    path: Path, copy: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_case(path, key)
    before = path.read_bytes()
    writer = apsw.Connection(str(path))
    if key:
        keys.apply(path, writer, key)
    copied = disk.copy_still

    def disturbed(source: Path, file: apsw.VFSFile, target: Path) -> tuple[str, int]:
        writer.execute("BEGIN IMMEDIATE; UPDATE report SET made_by = 'somebody'")
        with pytest.raises(apsw.BusyError):
            writer.execute("COMMIT")
        return copied(source, file, target)

    monkeypatch.setattr(sys.modules["headwater.casefile.backup"], "copy_still", disturbed)
    backup(path, copy)
    assert copy.read_bytes() == before
    writer.execute("COMMIT")
    writer.close()
    assert path.read_bytes() != before


def test_a_writer_in_the_middle_of_a_commit_and_a_torn_change_are_told(path: Path, copy: Path) -> None:
    sealed_case(path, None)
    writer = apsw.Connection(str(path))
    writer.pragma("journal_mode", "DELETE")
    writer.execute("BEGIN EXCLUSIVE; UPDATE report SET made_by = 'somebody'")
    with pytest.raises(InUse, match="changing"):
        backup(path, copy)
    journal = path.with_name("river.headwater-journal")
    torn = bytes.fromhex("d9d505f920a163d7") + journal.read_bytes()[8:]  # in force: SQLite would play it back
    writer.execute("ROLLBACK")
    writer.close()
    journal.write_bytes(torn)
    with pytest.raises(InUse, match="interrupted"):
        backup(path, copy)
    assert _names(copy) == []


def test_a_disk_that_does_not_keep_what_was_written_is_told(
    path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_case(path, None)
    monkeypatch.setattr(disk, "file_digest", lambda _: "0" * 64)
    with pytest.raises(CannotWrite, match="not what was read"):
        backup(path, copy)
    assert _names(copy) == []


def test_a_case_is_replaced_only_when_told_and_kept_beside(path: Path, copy: Path) -> None:
    sealed_case(path, None)
    backup(path, copy)
    newer = sealed_case(path, None, reports=5)
    with pytest.raises(WouldOverwrite):
        restore(copy, path, now=LATER)
    assert read_case(path) == newer
    done = restore(copy, path, now=LATER, replace=True)
    assert done.kept == path.with_name("river-replaced-2031-06-01T073000Z.headwater").resolve()
    assert read_case(done.kept) == newer
    assert path.read_bytes() == copy.read_bytes()
    with pytest.raises(WouldOverwrite):
        restore(copy, path, now=LATER, replace=True)
    assert read_case(path)
    assert _names(path) == ["river-replaced-2031-06-01T073000Z.headwater", "river.headwater"]


def test_an_older_copy_comes_back_without_the_checkpoints_of_the_newer_case(path: Path, copy: Path) -> None:
    case = sealed_case(path, None)
    backup(path, copy)
    write_case(path, case, now=LATER, agent="Oda Renn", action="traced again")
    lines = beside(path).read_text("utf-8")
    done = restore(copy, path, now=LATER, replace=True)
    assert verify(path).sound
    assert done.kept
    assert done.checkpoints == beside(done.kept)
    assert done.checkpoints.read_text("utf-8") == lines
    assert verify(done.kept).sound
    path.unlink()
    beside(path).write_text(lines, encoding="utf-8")
    again = restore(copy, path, now=LATER)
    assert again.checkpoints == beside(path).resolve().with_name("river.headwater.checkpoints-until-2031-06-01T073000Z")
    assert verify(path).sound


def test_a_damaged_backup_replaces_nothing(path: Path, copy: Path) -> None:
    case = sealed_case(path, ONE)
    backup(path, copy)
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    with pytest.raises(IntegrityFailure):
        restore(copy, path, now=LATER, replace=True, key=ONE)
    assert read_case(path, key=ONE) == case
    assert _names(path) == ["river.headwater"]


def test_an_encrypted_backup_needs_its_passphrase(path: Path, copy: Path) -> None:
    sealed_case(path, ONE)
    backup(path, copy)
    with pytest.raises(Locked):
        restore(copy, path, now=LATER, replace=True)
    with pytest.raises(WrongPassphrase):
        restore(copy, path, now=LATER, replace=True, key=some_key("two"))
    with pytest.raises(WouldOverwrite):
        restore(path, path, now=NOON, replace=True, key=ONE)
    assert _names(path) == ["river.headwater"]


def test_a_journal_is_never_left_to_another_case(path: Path, copy: Path) -> None:
    sealed_case(path, None)
    backup(path, copy)
    path.with_name("river.headwater-journal").write_bytes(b"of the case that stands there")
    with pytest.raises(CannotWrite, match="headwater-journal"):
        restore(copy, path, now=LATER, replace=True)


def test_twenty_times_there_and_back(path: Path, copy: Path) -> None:
    case = sealed_case(path, ONE)
    for _ in range(20):
        backup(path, copy)
        path.unlink()
        restore(copy, path, now=LATER, key=ONE)
        copy.unlink()
    assert read_case(path, key=ONE) == case


def test_a_plain_backup_does_not_take_the_place_of_an_encrypted_case(path: Path, copy: Path) -> None:
    sealed_case(path, None)
    backup(path, copy)
    path.unlink()
    sealed = sealed_case(path, ONE)
    with pytest.raises(MustBeEncrypted):
        restore(copy, path, now=LATER, replace=True)
    assert read_case(path, key=ONE) == sealed
    other = path.with_name("other.headwater")
    assert restore(copy, other, now=LATER, replace=True).kept is None
