"""What stays behind: of an encrypted case in any file, of withdrawn reports in the file of the case or beside it.

Invented words are looked for as bytes, also in the middle of a change, also in files that have no name any more. The
controls are the same work on a plain case, and a withdrawal that does not overwrite.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from attacked import AGENT, KINDS_OF_CASE, NOON, SEED, decide, write
from make_case import make_case
from nursery import Nursery
from power import Disk, powered

from headwater import casefile
from headwater.casefile import database
from headwater.casefile.keys import Key
from headwater.model import Case

WORDS = [b"Marit Olsenko", b"burned the nets", b"Osk Daily", b"reason 1", b"residents said", b"Boats burned"]
GONE = [
    b"Osk Daily, 3",
    b"at least 6 boats",
    b"Northwater Wire, 4",
    b"reports/0003",
    b"reports/0004",
    b"shown why gone",
]
LARGE, SMALL = 5, 3
_KILLS = 25
# The room exports the function under the name of its module.
WITHDRAWING = sys.modules["headwater.casefile.withdraw"]


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder, and every file of this process that was unlinked while open."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
    for link in Path("/proc/self/fd").glob("*") if Path("/proc/self/fd").is_dir() else ():
        try:
            name = str(link.readlink())
            if name.endswith(" (deleted)") and link.stat().st_size:
                yield name, link.read_bytes()
        except OSError:
            continue


def _found(folder: Path, words: list[bytes]) -> Counter[str]:
    return Counter(
        f"{word.decode()} in {name}" for name, data in _files(folder) for word in words for _ in range(data.count(word))
    )


class _Looking(Disk):
    """A disk that looks for words at every call that reaches it, all around."""

    def __init__(self, folder: Path, around: Path) -> None:
        super().__init__(folder, random.Random(SEED))
        self.around = around
        self.found: Counter[str] = Counter()
        self.journals = 0

    def call(self) -> None:
        super().call()
        if self.calls % 5 == 0:
            self.found += _found(self.around, WORDS)
            self.journals += any(self.folder.glob("*-journal"))


@pytest.mark.parametrize("kind", KINDS_OF_CASE)
def test_no_word_of_an_encrypted_case_is_in_any_file_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    key = KINDS_OF_CASE[kind]
    for name in ("TMPDIR", "SQLITE_TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    folder = tmp_path / "case"
    folder.mkdir()
    case = folder / "osk.headwater"
    disk = _Looking(folder, tmp_path)
    with powered(disk):
        write(case, make_case(), key)
        for number in range(3):
            decide(case, f"reason {number}", key, minute=1 + number)
        write(case, make_case(reports=5), key, minute=9)
        _withdraw(case, key)
    casefile.verify(case, key=key)
    casefile.read_case(case, key=key)
    found = disk.found + _found(tmp_path, WORDS)
    assert disk.journals > 10
    if key:
        assert found == Counter()
        assert _found(tmp_path, [key.secret(), key.secret().hex().encode()]) == Counter()
    else:
        # The control: the same look finds them in a plain case, and in its journal.
        assert {where.rpartition(" in ")[2] for where in found} >= {"osk.headwater", "osk.headwater-journal"}


def _gone() -> tuple[Case, set[str]]:
    """The case without the withdrawn reports, and their ids."""
    without = make_case(reports=SMALL)
    ids = {report.id for report in make_case(reports=LARGE).received.reports}
    return without, ids - {report.id for report in without.received.reports}


def _withdraw(case: Path, key: Key | None) -> None:
    without, ids = _gone()
    now = NOON + timedelta(minutes=30)
    casefile.withdraw(case, without, ids, why="a court ordered it", now=now, agent=AGENT, key=key)


def _larger(case: Path) -> None:
    """A plain case that had several states, so that words of the reports stand on pages that were moved and freed."""
    for minute, reports in enumerate((2, LARGE, LARGE - 1, LARGE)):
        write(case, make_case(reports=reports), None, minute=minute)
    decide(case, "reason 1", None, minute=5)


def test_nothing_of_withdrawn_reports_is_in_the_raw_file_or_beside_it(tmp_path: Path) -> None:
    case = tmp_path / "osk.headwater"
    _larger(case)
    assert sum(_found(tmp_path, GONE).values()) > 10
    _withdraw(case, None)
    assert _found(tmp_path, GONE) == Counter()
    assert {path.name for path in tmp_path.iterdir()} <= {
        case.name,
        f".{case.name}.ballast",
        f"{case.name}.checkpoints",
    }
    assert casefile.read_case(case) == _gone()[0]
    assert casefile.verify(case).sound


def test_overwriting_alone_is_enough_where_there_is_no_room_to_write_the_file_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tmp_path / "osk.headwater"
    _larger(case)
    monkeypatch.setattr(WITHDRAWING, "_close_gaps", lambda *_: None)
    _withdraw(case, None)
    assert _found(tmp_path, GONE) == Counter()


def test_the_control_without_overwriting_the_words_are_still_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tmp_path / "osk.headwater"
    monkeypatch.setattr(database, "WRITING", database.WRITING.replace("secure_delete = ON", "secure_delete = OFF"))
    monkeypatch.setattr(WITHDRAWING, "_close_gaps", lambda *_: None)
    _larger(case)
    _withdraw(case, None)
    assert sum(_found(tmp_path, GONE).values()) > 5


def test_killed_while_withdrawing(tmp_path: Path) -> None:
    """Afterwards the reports are there whole, or gone; then nothing of them is left once the case was opened again."""
    without, _ = _gone()
    chance = random.Random(f"{SEED} withdrawing")
    tally: Counter[str] = Counter()
    with Nursery() as nursery:
        for number in range(_KILLS + 1):
            folder = tmp_path / f"{number}"
            folder.mkdir()
            case = folder / "osk.headwater"
            _larger(case)
            if number == 0:
                ended = nursery.do("withdrawal", case)
                assert ended.code == 0
                calls = ended.calls
                continue
            assert nursery.do("withdrawal", case, calls=chance.randint(1, calls)).killed
            found = casefile.read_case(case)
            assert casefile.verify(case).sound
            if found == without:
                tally["withdrawn"] += 1
                tally["words left"] += bool(_found(folder, GONE))
            else:
                tally["as before"] += 1
                assert found == make_case(reports=LARGE)
            assert nursery.do("withdrawal", case).code == 0
            assert casefile.read_case(case) == without
            assert casefile.verify(case).sound
            assert _found(folder, GONE) == Counter()
    print(dict(tally))  # noqa: T201
    assert tally["words left"] == 0
