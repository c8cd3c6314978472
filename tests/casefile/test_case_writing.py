from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from make_case import make_case

from headwater.casefile import belongs_to_a_case, custody, database, read_case, verify, write, write_case
from headwater.casefile.lock import sole_writer
from headwater.errors import CannotWrite, InUse, WouldOverwrite

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
HERE = str(Path(__file__).parent)


def _write(path: Path, reports: int = 3) -> None:
    write_case(path, make_case(reports=reports), now=NOON, agent="Ada", action="traced")


def _left(folder: Path) -> list[str]:
    """What lies in a folder beside ballast, which comes and goes with the free space."""
    return [file.name for file in folder.iterdir() if not belongs_to_a_case(file)]


def _run(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(path)],
        env={**os.environ, "PYTHONPATH": HERE},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


_WRITER = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from make_case import make_case
from headwater.casefile import records, write, write_case

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(function, calls=1):
    left = [calls]
    def wrapped(*args, **named):
        answer = function(*args, **named)
        left[0] -= 1
        return answer if left[0] else die()
    return wrapped

{killer}
NOW = datetime(2031, 5, 4, 13, tzinfo=UTC)
write_case(Path(sys.argv[1]), make_case(reports=5), now=NOW, agent="Ada", action="more")
"""
_MOMENTS = {
    "before the first byte": "write.store_case = die",
    "after the first table": "records.store_table = after(records.store_table)",
    "in the middle of the records": "records.store_table = after(records.store_table, 17)",
    "before the custody event": "write.next_event = die",
    "before the commit": "write.store_event = after(write.store_event)",
    "after the commit": "write.close = die",
}


@pytest.mark.parametrize("killer", _MOMENTS.values(), ids=_MOMENTS.keys())
def test_a_killed_run_leaves_the_old_case_or_the_new_one_and_stops_nobody(tmp_path: Path, killer: str) -> None:
    path = tmp_path / "osk.headwater"
    _write(path)
    killed = _run(_WRITER.format(killer=killer), path)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    committed = "close" in killer
    assert read_case(path) == make_case(reports=5 if committed else 3)
    assert len(custody(path)) == (2 if committed else 1)
    _write(path, reports=4)
    assert read_case(path) == make_case(reports=4)
    assert verify(path).sound
    assert _left(tmp_path) == ["osk.headwater"]


_BIRTH = {
    "before the first byte": "write._build = die",
    "in the middle of the records": "records.store_table = after(records.store_table, 17)",
    "before the flush": "write.flush = die",
    "after the flush": "write.flush = after(write.flush)",
    "after taking the name": "write.flush_folder = die",
}


@pytest.mark.parametrize("killer", _BIRTH.values(), ids=_BIRTH.keys())
def test_a_new_case_is_there_whole_or_not_at_all(tmp_path: Path, killer: str) -> None:
    path = tmp_path / "osk.headwater"
    killed = _run(_WRITER.format(killer=killer), path)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert path.exists() == ("folder" in killer)
    _write(path, reports=4)
    assert read_case(path) == make_case(reports=4)
    assert _left(tmp_path) == ["osk.headwater"]


def test_the_control_a_run_that_is_not_killed_replaces_the_case(tmp_path: Path) -> None:
    _write(tmp_path / "osk.headwater")
    assert _run(_WRITER.format(killer=""), tmp_path / "osk.headwater").returncode == 0
    assert read_case(tmp_path / "osk.headwater") == make_case(reports=5)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError], ids=["stopped by a person", "a defect"])
@pytest.mark.parametrize("place", ["store_case", "next_event", "store_event", "flush", "flush_folder"])
def test_whatever_stops_it_nothing_partial_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException], place: str
) -> None:
    path = tmp_path / "osk.headwater"
    is_new = "flush" in place
    if not is_new:
        _write(path)

    def stopped(*_: object, **__: object) -> None:
        raise stop

    monkeypatch.setattr(write, place, stopped)
    with pytest.raises(stop):
        _write(path, reports=5)
    monkeypatch.undo()
    if place == "flush":
        assert _left(tmp_path) == []
    else:
        assert read_case(path) == make_case(reports=5 if is_new else 3)
        assert _left(tmp_path) == ["osk.headwater"]


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut after `os.replace` must find whole pages under the name: seen as the order of the calls."""
    done: list[str] = []
    flush, replace = os.fsync, Path.replace

    def flushed(descriptor: int) -> None:
        done.append(
            "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else f"file of {os.fstat(descriptor).st_size}"
        )
        flush(descriptor)

    def replaced(self: Path, target: Path) -> Path:
        done.append("name")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", replaced)
    _write(tmp_path / "osk.headwater")
    assert done[:3] == [f"file of {(tmp_path / 'osk.headwater').stat().st_size}", "name", "folder"]


@pytest.mark.parametrize("pages", [1, 40, 90, 120, 150])
def test_a_full_disk_is_told_and_leaves_the_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    path = tmp_path / "osk.headwater"
    _write(path)
    before = path.read_bytes()
    monkeypatch.setattr(database, "WRITING", f"{database.WRITING}; PRAGMA max_page_count = {pages}")
    with pytest.raises(CannotWrite, match="The disk is full"):
        _write(path, reports=200)
    assert path.read_bytes() == before
    assert _left(tmp_path) == ["osk.headwater"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["open", "fsync"])
def test_what_the_system_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, call: str) -> None:
    def refused(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, refused)
    with pytest.raises(CannotWrite, match=os.strerror(code)) as told:
        _write(tmp_path / "osk.headwater")
    assert told.value.safe == "Nothing was changed."
    assert [file.suffix for file in tmp_path.iterdir()] == []


def test_a_file_that_grows_too_large_for_the_system_is_told(tmp_path: Path) -> None:
    limited = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
"""
    done = _run(_WRITER.format(killer=limited), tmp_path / "osk.headwater")
    assert "CannotWrite: The case" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_places_where_no_case_can_be(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="There is no folder"):
        _write(tmp_path / "none" / "osk.headwater")
    with pytest.raises(CannotWrite, match="is a folder"):
        _write(tmp_path)
    with pytest.raises(CannotWrite, match="too long"):
        _write(tmp_path / ("o" * 300))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"my notes", b"SQLite format 3\0" + b"\0" * 200], ids=["empty", "text", "db"])
def test_what_is_not_a_case_is_not_overwritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "osk.headwater"
    path.write_bytes(content)
    with pytest.raises(WouldOverwrite, match="not a Headwater case"):
        _write(path)
    assert path.read_bytes() == content
    assert _left(tmp_path) == ["osk.headwater"]


def test_a_journal_without_its_case_is_never_left_to_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "osk.headwater-journal").write_bytes(b"an interrupted change")
    with pytest.raises(CannotWrite, match=r"osk\.headwater-journal is there"):
        _write(tmp_path / "osk.headwater")


def test_a_case_is_for_its_owner_unless_the_owner_decides_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    _write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    _write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_to_a_case_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    path = tmp_path / "there" / "osk.headwater"
    _write(path)
    link = tmp_path / "link.headwater"
    link.symlink_to(path)
    _write(link, reports=4)
    assert link.is_symlink()
    assert len(custody(path)) == 2


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    with sole_writer(path):
        told = _run(_WRITER.format(killer=""), path)
        _write(path)  # who holds the right may write
    assert "Another run of Headwater is writing" in told.stderr
    _write(path)
    assert _left(tmp_path) == ["osk.headwater"]


_COLLEAGUE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from make_case import make_case
from headwater.casefile import write_case
from headwater.errors import InUse

NOW = datetime(2031, 5, 4, tzinfo=UTC)
written = 0
while written < 5:
    try:
        write_case(Path(sys.argv[1]), make_case(), now=NOW, agent=sys.argv[2], action="traced")
        written += 1
    except InUse:
        pass
"""


def test_no_event_is_lost_when_several_write_and_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    _write(path)
    people = [
        subprocess.Popen([sys.executable, "-c", _COLLEAGUE, str(path), name], env={**os.environ, "PYTHONPATH": HERE})
        for name in ("Ada", "Ben", "Cleo")
    ]
    while any(person.poll() is None for person in people):
        assert read_case(path) == make_case()
    assert [person.returncode for person in people] == [0, 0, 0]
    agents = [event.agent for event in custody(path)]
    assert len(agents) == 16
    assert {name: agents[1:].count(name) for name in ("Ada", "Ben", "Cleo")} == {"Ada": 5, "Ben": 5, "Cleo": 5}
    assert verify(path).sound


def test_a_case_that_another_program_is_changing_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "osk.headwater"
    _write(path)
    monkeypatch.setattr(database, "READ_PATIENCE_MS", 10)
    monkeypatch.setattr(database, "WRITE_PATIENCE_MS", 10)
    # Another process: locks of one process do not stand in its own way.
    code = (
        "import sqlite3, sys; other = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "other.execute('BEGIN EXCLUSIVE'); print('taken', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "taken\n"
        for reader in (read_case, verify, custody):
            with pytest.raises(InUse, match="Another program is changing"):
                reader(path)
        with pytest.raises(InUse):
            _write(path)
    assert read_case(path) == make_case()


def test_reading_does_not_drop_the_locks_of_this_process(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    _write(path)
    code = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN EXCLUSIVE')"
    with database.opened(path):
        read_case(path)
        refused = _run(code, path)
    assert "database is locked" in refused.stderr
    assert _run(code, path).returncode == 0
