"""The disk fills up at 50 sizes: a clean sentence, the earlier state whole without repair, work goes on with space.

Below SQLite a quota on all files of the folder says that there is no room; where file systems can be mounted, real ones
of 26 sizes say it too.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest
from attacked import KINDS_OF_CASE, SEED, decide, reasons, write
from make_case import make_case
from works import withdrawal

from headwater import casefile
from headwater.casefile import ballast
from headwater.casefile.keys import Key
from headwater.errors import CannotWrite

SIZES = 50
# Up to where single decisions fail, up to where more records fail, and up to where all has room.
_SIZES = [20_000, 200_000, 600_000]
_NAME = "quota"


class _QuotaFile(apsw.VFSFile):
    def __init__(self, quota: _Quota, name: Any, flags: list[int]) -> None:
        self._quota = quota
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        grows = offset + len(data) - self.xFileSize()
        if self._quota.room is not None and grows > 0 and grows > self._quota.room():
            raise apsw.FullError("no room")
        super().xWrite(data, offset)


class _Quota(apsw.VFS):
    def __init__(self) -> None:
        super().__init__(_NAME, "unix")
        self.room: Callable[[], int] | None = None

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _QuotaFile(self, name, flags)


@pytest.fixture(scope="module")
def quota() -> Iterator[_Quota]:
    vfs = _Quota()
    apsw.Connection(":memory:", vfs=f"multipleciphers-{_NAME}").close()
    before = apsw.vfs_names()[0]
    apsw.set_default_vfs(f"multipleciphers-{_NAME}")
    yield vfs
    apsw.set_default_vfs(before)


def _used(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


@contextmanager
def _full_after(quota: _Quota, folder: Path, more: int) -> Iterator[None]:
    """While this lasts all files of the folder may together grow by so many bytes."""
    limit = _used(folder) + more
    quota.room = lambda: limit - _used(folder)
    try:
        yield
    finally:
        quota.room = None


def _fill(case: Path, key: Key | None, first: int) -> tuple[int, str, CannotWrite | None]:
    """Decide, and replace records by more, until it is refused; return decisions made, what was refused and how."""
    made = first
    try:
        for _ in range(3):
            decide(case, f"reason {made}", key, minute=made)
            made += 1
        write(case, make_case(reports=6), key, minute=30)
        decide(case, f"reason {made}", key, minute=31)
        made += 1
    except CannotWrite as error:
        return made, "a decision" if made < first + 3 else "more records", error
    return made, "nothing", None


@pytest.mark.parametrize("kind", KINDS_OF_CASE)
def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path, quota: _Quota, kind: str) -> None:
    key = KINDS_OF_CASE[kind]
    chance = random.Random(f"{SEED} full {kind}")
    tally: Counter[str] = Counter()
    for number in range(SIZES // 2):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        case = folder / "osk.headwater"
        write(case, make_case(), key)
        decide(case, "reason 0", key)
        with _full_after(quota, folder, chance.randrange(chance.choice(_SIZES))):
            made, refused, error = _fill(case, key, 1)
            assert error is None or ("The disk is full" in error.what and error.safe == "Nothing was changed.")
            tally[f"refused: {refused}"] += 1
            # While the disk is still full: everything that was acknowledged is there, and whole.
            assert reasons(case, key) == [f"reason {n}" for n in range(made)]
            larger = refused == "nothing"
            digests = [event.case_digest for event in casefile.custody(case, key=key) if event.case_digest]
            assert len(digests) == 1 + larger
            assert casefile.verify(case, key=key).sound
            assert casefile.read_case(case, key=key) == make_case(reports=6 if larger else 3)
        again, _, error = _fill(case, key, made)
        assert error is None
        assert reasons(case, key) == [f"reason {n}" for n in range(again)]
        assert casefile.verify(case, key=key).sound
        assert not [path.name for path in folder.iterdir() if path.name.endswith(("-journal", ".partial"))]
    print(dict(tally))  # noqa: T201
    assert min(tally["refused: a decision"], tally["refused: more records"]) > 2


def test_on_a_full_disk_the_ballast_lets_reports_be_withdrawn(tmp_path: Path, quota: _Quota) -> None:
    case = tmp_path / "osk.headwater"
    write(case, make_case(reports=5), None)
    assert ballast.place_of(case).stat().st_size >= case.stat().st_size
    with _full_after(quota, tmp_path, 0):
        with pytest.raises(CannotWrite, match="full"):
            decide(case, "no room", None)
        withdrawal(case)
        assert casefile.read_case(case) == make_case(reports=3)
        assert casefile.verify(case).sound


def test_the_control_without_the_ballast_nothing_can_be_withdrawn_from_a_full_disk(
    tmp_path: Path, quota: _Quota
) -> None:
    case = tmp_path / "osk.headwater"
    write(case, make_case(reports=5), None)
    assert ballast.give_up(case)
    with _full_after(quota, tmp_path, 0):
        with pytest.raises(CannotWrite, match="full"):
            withdrawal(case)
        assert casefile.read_case(case) == make_case(reports=5)
        assert casefile.verify(case).sound


_FILLING = """
import json, subprocess, sys
from pathlib import Path
from attacked import decide, reasons, write
from make_case import make_case
from headwater import casefile
from headwater.errors import CannotWrite

place = Path(sys.argv[1])

def mount(*words):
    subprocess.run(["mount", *words, str(place)], check=True)

for size in range(280, 410, 5):
    mount("-t", "tmpfs", "-o", f"size={size}k", "tmpfs")
    case = place / "osk.headwater"
    told, made, refused = [], 0, None
    try:
        write(case, make_case(), None)
        for made in range(40):
            decide(case, f"reason {made}", None, minute=made)
            told.append(f"reason {made}")
    except CannotWrite as error:
        refused = error.what
    kept = reasons(case, None) if case.exists() else None
    sound = casefile.verify(case).sound if case.exists() else None
    mount("-o", "remount,size=64m")
    write(case, make_case(reports=5), None, minute=50)
    decide(case, "after", None, minute=51)
    print(json.dumps([told, kept, sound, refused, casefile.verify(case).sound, reasons(case, None)[-1]]), flush=True)
    subprocess.run(["umount", str(place)], check=True)
"""


def test_a_real_file_system_that_is_full(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    apart = ["unshare", "--user", "--map-root-user", "--mount"]
    allowed = shutil.which("unshare") and subprocess.run(
        [*apart, "mount", "-t", "tmpfs", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not allowed or allowed.returncode:
        pytest.skip("a file system of a given size cannot be mounted here")
    done = subprocess.run(
        [*apart, sys.executable, "-c", _FILLING, str(place)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    tally: Counter[str] = Counter()
    for line in done.stdout.splitlines():
        told, kept, sound, refused, sound_after, last = json.loads(line)
        if kept is None:
            tally["no case"] += 1
            assert told == []
        else:
            tally["full while deciding" if refused else "never full"] += 1
            assert kept == told
            assert sound
        assert refused is None or "The disk is full" in refused
        assert sound_after
        assert last == "after"
    print(dict(tally))  # noqa: T201
    assert min(tally["no case"], tally["full while deciding"]) > 2
