from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from make_case import make_case
from sealed import NOON, sealed_case, some_key

from headwater.casefile import (
    Key,
    belongs_to_a_case,
    convert,
    custody,
    disk,
    encrypt,
    is_encrypted,
    keys,
    make_plain,
    read_case,
    verify,
    write_case,
)
from headwater.casefile.lock import sole_writer
from headwater.errors import (
    CannotWrite,
    HeadwaterError,
    IntegrityFailure,
    InUse,
    Locked,
    MustBeEncrypted,
    NewerCase,
    NotACase,
    PathMissing,
    WrongPassphrase,
)
from headwater.model import Case

ONE, TWO = some_key("one"), some_key("two")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "river.headwater"


def _encrypt(path: Path, to: Key, key: Key | None = None) -> None:
    assert not encrypt(path, to, key=key, now=NOON, agent="Bea").kept


def _only(path: Path) -> None:
    assert [each.name for each in path.parent.iterdir() if not belongs_to_a_case(each)] == [path.name]


def test_a_case_goes_through_all_conversions_unchanged(path: Path) -> None:
    case = sealed_case(path, None)
    _encrypt(path, ONE)
    assert read_case(path, key=ONE) == case
    _encrypt(path, TWO, ONE)
    assert read_case(path, key=TWO) == case
    with pytest.raises(WrongPassphrase):
        read_case(path, key=ONE)
    assert verify(path, key=TWO).sound
    assert not make_plain(path, TWO, now=NOON, agent="Cyn").kept
    assert not is_encrypted(path)
    assert read_case(path) == case
    assert verify(path).sound
    events = custody(path)
    assert [event.action for event in events[1:]] == [
        "encrypted the case",
        "changed the passphrase",
        "made the case plain",
    ]
    assert [event.agent for event in events[1:]] == ["Bea", "Bea", "Cyn"]
    assert len({event.case_digest for event in events}) == 1
    _only(path)


def test_indexes_views_and_computed_columns_are_there_again(path: Path) -> None:
    sealed_case(path, None)
    before = apsw.Connection(str(path)).execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").get
    _encrypt(path, ONE)
    connection = apsw.Connection(str(path))
    keys.apply(path, connection, ONE)
    assert connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").get == before
    assert connection.execute("SELECT id FROM report LIMIT 1").get
    assert connection.pragma("integrity_check") == "ok"
    connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_the_file_keeps_its_mode(path: Path) -> None:
    sealed_case(path, None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    _encrypt(path, ONE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")
def test_the_old_bytes_are_overwritten(path: Path) -> None:
    sealed_case(path, None)
    size = path.stat().st_size
    with path.open("rb") as old:
        _encrypt(path, ONE)
        assert old.read() == bytes(size)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")
def test_a_second_name_of_the_file_is_left_alone_and_told(path: Path) -> None:
    case = sealed_case(path, None)
    beside = path.with_name("kept")
    os.link(path, beside)
    done = encrypt(path, ONE, now=NOON, agent="Bea")
    assert "hard link" in done.kept
    assert read_case(beside) == case


def test_a_case_with_names_to_be_protected_stays_encrypted(path: Path) -> None:
    sealed_case(path, ONE)
    connection = apsw.Connection(str(path))
    keys.apply(path, connection, ONE)
    connection.execute("CREATE TABLE IF NOT EXISTS handling (position INTEGER PRIMARY KEY, made_by, record, sha256)")
    connection.execute(
        "INSERT INTO handling (position, made_by, record, sha256) VALUES (0, 'a person', '{}', 'not looked at')"
    )
    connection.close()
    before = path.read_bytes()
    with pytest.raises(MustBeEncrypted):
        make_plain(path, ONE, now=NOON, agent="Bea")
    assert path.read_bytes() == before
    _encrypt(path, TWO, ONE)
    _only(path)


@pytest.mark.parametrize(
    ("key", "error"), [(None, Locked), (TWO, WrongPassphrase)], ids=["no passphrase", "a wrong one"]
)
def test_the_passphrase_is_changed_by_who_knows_it(path: Path, key: Key | None, error: type[HeadwaterError]) -> None:
    sealed_case(path, ONE)
    before = path.read_bytes()
    with pytest.raises(error):
        encrypt(path, TWO, key=key, now=NOON, agent="Bea")
    assert path.read_bytes() == before
    _only(path)


def test_what_is_no_case_is_left_alone(path: Path) -> None:
    with pytest.raises(PathMissing):
        encrypt(path, ONE, now=NOON, agent="Bea")
    path.write_text("a note")
    with pytest.raises(NotACase):
        encrypt(path, ONE, now=NOON, agent="Bea")
    path.unlink()
    apsw.Connection(str(path)).execute("CREATE TABLE a (b)")
    with pytest.raises(NotACase):
        encrypt(path, ONE, now=NOON, agent="Bea")
    path.unlink()
    sealed_case(path, None)
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", 99)
    connection.close()
    with pytest.raises(NewerCase):
        encrypt(path, ONE, now=NOON, agent="Bea")
    with pytest.raises(NotACase, match="not encrypted"):
        make_plain(path, ONE, now=NOON, agent="Bea")
    _only(path)


def test_a_damaged_case_is_not_converted(path: Path) -> None:
    sealed_case(path, ONE)
    whole = path.read_bytes()
    refused = 0
    for place in range(2000, len(whole), 4 * 4096):
        data = bytearray(whole)
        data[place] ^= 1
        path.write_bytes(data)
        try:
            encrypt(path, TWO, key=ONE, now=NOON, agent="Bea")
        except IntegrityFailure:
            refused += 1
            assert path.read_bytes() == data
        else:
            # An index was hit; it is made anew from the rows.
            assert verify(path, key=TWO).sound
        _only(path)
    assert refused > 5


def test_a_copy_that_lost_a_row_never_takes_the_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_case(path, None)
    before = path.read_bytes()
    copied = convert._copy

    def forgetful(source: apsw.Connection, made: apsw.Connection) -> None:
        copied(source, made)
        made.execute("DELETE FROM statement WHERE position = 0")

    monkeypatch.setattr(convert, "_copy", forgetful)
    with pytest.raises(IntegrityFailure, match="same rows"):
        encrypt(path, ONE, now=NOON, agent="Bea")
    assert path.read_bytes() == before
    _only(path)


def test_a_full_disk_leaves_the_case_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_case(path, None)
    before = path.read_bytes()

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(convert, "flush", full)
    with pytest.raises(CannotWrite, match="No space left"):
        encrypt(path, ONE, now=NOON, agent="Bea")
    assert path.read_bytes() == before
    _only(path)


def test_old_bytes_that_cannot_be_overwritten_are_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = sealed_case(path, None)

    def refused(_: int) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(convert, "overwrite", refused)
    assert "Read-only" in encrypt(path, ONE, now=NOON, agent="Bea").kept
    assert read_case(path, key=ONE) == case


def test_nobody_else_reads_or_writes_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_case(path, None)
    monkeypatch.setattr(convert, "_PATIENCE_MS", 1)
    with ThreadPoolExecutor(1) as other, sole_writer(path.resolve()), pytest.raises(InUse):
        other.submit(encrypt, path, ONE, now=NOON, agent="Bea").result()
    reader = apsw.Connection(str(path))
    reader.execute("BEGIN; SELECT 1 FROM sqlite_schema")
    with pytest.raises(InUse):
        encrypt(path, ONE, now=NOON, agent="Bea")
    reader.close()
    writer = apsw.Connection(str(path))

    def disturbed(partial: Path) -> None:
        with pytest.raises(apsw.BusyError):
            writer.execute("BEGIN IMMEDIATE")
        disk.flush(partial)

    monkeypatch.setattr(convert, "flush", disturbed)
    _encrypt(path, ONE)
    with pytest.raises(apsw.Error):
        writer.execute("BEGIN IMMEDIATE; DELETE FROM statement")
    writer.close()


CANARY = "Quillandra Vesk-Otterbourne"


def _with_canary() -> Case:
    """A case with a name in the text of a report, in a title and in the name of a file."""
    case = make_case()
    first = case.received.reports[0]
    named = replace(first.info, file=f"{CANARY}.txt", files=(f"{CANARY}.txt",))
    files = tuple(f"{CANARY}.txt" if name == first.info.file else name for name in case.received.files)
    reports = (replace(first, info=named), *case.received.reports[1:])
    return replace(case, received=replace(case.received, reports=reports, files=files))


def _scan(folder: Path) -> list[str]:
    forms = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    forms += [part.encode() for part in CANARY.replace("-", " ").split()]
    found = []
    for each in folder.rglob("*"):
        if each.is_file():
            data = each.read_bytes()
            found += [each.name for form in forms if form in data or form.lower() in data.lower()]
    return found


def test_no_canary_in_an_encrypted_case(path: Path) -> None:
    case = _with_canary()
    write_case(path, case, now=NOON, agent="Ada", action=f"received {CANARY}.txt", key=ONE)
    assert read_case(path, key=ONE) == case
    assert _scan(path.parent) == []
    make_plain(path, ONE, now=NOON, agent="Ada")
    assert _scan(path.parent), "the control: the plain case holds it"
    _encrypt(path, ONE)
    assert _scan(path.parent) == []
    with pytest.raises(HeadwaterError) as caught:
        read_case(path, key=TWO)
    assert CANARY not in str(caught.value)


_WRITES = """
import sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from test_convert import ONE, TWO, _with_canary
from sealed import NOON
from headwater.casefile import encrypt, read_case, verify, write_case
key = ONE if Path(sys.argv[1]).name.startswith("sealed") else None
path = Path(sys.argv[1])
write_case(path, _with_canary(), now=NOON, agent="Ada", action="traced", key=key)
write_case(path, _with_canary(), now=NOON, agent="Ada", action="again", key=key)
assert read_case(path, key=key) and verify(path, key=key).sound
if key:
    encrypt(path, TWO, key=key, now=NOON, agent="Ada")
"""


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("name", ["sealed", "the control: plain"])
def test_nothing_readable_is_ever_written_anywhere(tmp_path: Path, name: str) -> None:
    folder, temporary, log = tmp_path / "case", tmp_path / "tmp", tmp_path / "log"
    folder.mkdir()
    temporary.mkdir()
    calls = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,execve"
    watch = ["strace", "-f", "-qq", "-e", f"trace={calls}", "-s", "1000000", "-o", str(log)]
    src = str(Path(__file__).parents[2] / "src")
    python = [sys.executable, "-c", _WRITES, str(folder / f"{name}.headwater"), src, str(Path(__file__).parent)]
    environment = {**os.environ, "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    done = subprocess.run([*watch, *python], env=environment, capture_output=True, text=True, check=False, timeout=300)
    if "PTRACE" in done.stderr or "ptrace" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    written = log.read_text(encoding="utf-8", errors="replace")
    assert "pwrite64(" in written
    words = CANARY.replace("-", " ").split()
    assert any(word in written for word in words) is (name != "sealed")
    assert bool(_scan(tmp_path / "case")) is (name != "sealed")
    assert _scan(temporary) == []
    # No key either, neither as bytes of a file nor among the arguments of a program.
    for key in (ONE, TWO):
        assert key.secret().hex() not in written


def test_overwriting_reaches_the_last_byte(tmp_path: Path) -> None:
    place = tmp_path / "old"
    place.write_bytes(b"x" * 2_500_001)
    descriptor = os.open(place, os.O_RDWR)
    disk.overwrite(descriptor)
    os.close(descriptor)
    assert place.read_bytes() == bytes(2_500_001)
