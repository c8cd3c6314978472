"""Processes are killed (SIGKILL, the whole group) at 300 moments of their work, and the work is then done again.

Half of the moments are times, half are calls that reach the disk. What was acknowledged is there, the case that comes
of doing it again is the one that an undisturbed run makes, its log is sound, and nothing that harms lies beside it.
The control is a writer that writes in place without a journal.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import pytest
from attacked import KINDS_OF_CASE, OLD, SEED, reasons, write
from command_line import write_reports
from make_case import make_case
from nursery import Nursery

from headwater import casefile
from headwater.casefile.keys import Key
from headwater.errors import HeadwaterError

# Together 300. Tracing and adding are dear (half a second a kill with what follows), so that they have small shares.
DECIDING, REPLACING, MIGRATING, ADDING, TRACING = 150, 60, 50, 20, 20
_TOLD = "told.txt"


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as warm:
        yield warm


class Moment(TypedDict, total=False):
    """One of both."""

    seconds: float
    calls: int


def _moment(chance: random.Random, number: int, whole: tuple[float, int]) -> Moment:
    """The moment of a kill within a work that takes so many seconds and calls."""
    seconds, calls = whole
    return {"seconds": chance.uniform(0, seconds)} if number % 2 else {"calls": chance.randint(1, calls)}


def _until(tally: Counter[str], kills: int) -> Iterator[int]:
    """Number the runs until so many were killed: a moment can lie after the end of a run."""
    for number in range(3 * kills):
        if tally["killed"] == kills:
            return
        yield number
    raise AssertionError(f"of {3 * kills} runs only {tally['killed']} were killed")


def _told(told: Path) -> list[str]:
    return told.read_text().splitlines() if told.exists() else []


def _left(case: Path) -> set[str]:
    """What lies beside the case and harms."""
    ours = {case.name, f".{case.name}.ballast", f"{case.name}.checkpoints", "dossier"}
    return {path.name for path in case.parent.iterdir() if not _is_harmless(path)} - ours


def _is_harmless(path: Path) -> bool:
    """The lock of a dead process is empty and taken over; a list of checkpoints just begun names no case."""
    if path.name.endswith(".lock"):
        return path.stat().st_size == 0
    return path.name.endswith(".checkpoints.partial") and not re.search(rb"[0-9a-f]{64}", path.read_bytes())


def _places(tmp_path: Path, number: int | str) -> tuple[Path, Path]:
    folder = tmp_path / f"{number}"
    folder.mkdir()
    return folder / "osk.headwater", tmp_path / f"{number} {_TOLD}"


@pytest.mark.parametrize("key", KINDS_OF_CASE.values(), ids=KINDS_OF_CASE)
def test_killed_while_deciding(tmp_path: Path, nursery: Nursery, key: Key | None) -> None:
    wanted = [f"reason {number}" for number in range(6)]
    whole = None
    chance = random.Random(f"{SEED} deciding {key}")
    tally: Counter[str] = Counter()
    for number in _until(tally, DECIDING // 2):
        case, told = _places(tmp_path, number)
        write(case, make_case(), key)
        job = {"told": str(told), "encrypted": key is not None}
        if whole is None:
            done = nursery.do("decisions", case, {**job, "first": 0, "count": len(wanted)})
            assert (done.code, reasons(case, key)) == (0, wanted)
            whole = (done.seconds, done.calls)
            continue
        ended = nursery.do(
            "decisions", case, {**job, "first": 0, "count": len(wanted)}, **_moment(chance, number, whole)
        )
        kept, acknowledged = reasons(case, key), _told(told)
        tally["killed"] += ended.killed
        tally["decided before"] += len(kept)
        assert kept == wanted[: len(kept)]
        assert len(acknowledged) <= len(kept) <= len(acknowledged) + 1
        assert casefile.verify(case, key=key).sound
        done = nursery.do("decisions", case, {**job, "first": len(kept), "count": len(wanted) - len(kept)})
        assert done.code == 0
        assert reasons(case, key) == wanted
        assert casefile.verify(case, key=key).sound
        assert casefile.read_case(case, key=key) == make_case()
        assert _left(case) == set()
    print(dict(tally))  # noqa: T201


@pytest.mark.parametrize("key", KINDS_OF_CASE.values(), ids=KINDS_OF_CASE)
def test_killed_while_records_are_replaced(tmp_path: Path, nursery: Nursery, key: Key | None) -> None:
    """What `add` and `withdraw` do to the file: the same case with more reports, and with fewer."""
    sizes = [5, 2]
    digests = [casefile.case_digest(make_case(reports=size)) for size in (3, *sizes)]
    whole = None
    chance = random.Random(f"{SEED} replacing {key}")
    tally: Counter[str] = Counter()
    for number in _until(tally, REPLACING // 2):
        case, told = _places(tmp_path, number)
        write(case, make_case(reports=3), key)
        job = {"told": str(told), "encrypted": key is not None}
        if whole is None:
            done = nursery.do("records", case, {**job, "sizes": sizes})
            assert done.code == 0
            whole = (done.seconds, done.calls)
            continue
        ended = nursery.do("records", case, {**job, "sizes": sizes}, **_moment(chance, number, whole))
        tally["killed"] += ended.killed
        now = digests.index(casefile.case_digest(casefile.read_case(case, key=key)))
        tally[f"at {now}"] += 1
        assert len(_told(told)) <= now <= len(_told(told)) + 1
        assert casefile.verify(case, key=key).sound
        assert nursery.do("records", case, {**job, "sizes": sizes[now:]}).code == 0
        assert casefile.case_digest(casefile.read_case(case, key=key)) == digests[-1]
        assert [event.case_digest for event in casefile.custody(case, key=key)] == digests
        assert casefile.verify(case, key=key).sound
        assert _left(case) == set()
    print(dict(tally))  # noqa: T201


def test_the_control_a_writer_without_a_journal_leaves_damaged_cases(tmp_path: Path, nursery: Nursery) -> None:
    chance = random.Random(f"{SEED} control")
    tally: Counter[str] = Counter()
    whole = None
    for number in range(25):
        case, told = _places(tmp_path, number)
        write(case, make_case(reports=3), None)
        job = {"told": str(told), "encrypted": False, "sizes": [5, 2]}
        if whole is None:
            done = nursery.do("records_without_a_journal", case, job)
            whole = (done.seconds, done.calls)
            continue
        nursery.do("records_without_a_journal", case, job, calls=chance.randint(1, whole[1]))
        tally["damaged"] += not _is_sound(case)
    print(dict(tally))  # noqa: T201
    assert tally["damaged"] > 5


def _is_sound(case: Path) -> bool:
    try:
        return casefile.verify(case).sound
    except HeadwaterError:
        return False


def test_killed_while_migrating(tmp_path: Path, nursery: Nursery) -> None:
    old = gzip.decompress(OLD.read_bytes())
    (tmp_path / "old.headwater").write_bytes(old)
    before = casefile.read_case(tmp_path / "old.headwater")
    whole = None
    chance = random.Random(f"{SEED} migrating")
    tally: Counter[str] = Counter()
    for number in _until(tally, MIGRATING):
        case, told = _places(tmp_path, number)
        case.write_bytes(old)
        if whole is None:
            done = nursery.do("migration", case, {"told": str(told)})
            assert done.code == 0
            whole = (done.seconds, done.calls)
            continue
        ended = nursery.do("migration", case, {"told": str(told)}, **_moment(chance, number, whole))
        tally["killed"] += ended.killed
        tally["migrated"] += len(casefile.custody(case)) > 1
        assert casefile.read_case(case) == before
        assert casefile.verify(case).sound
        assert len(_told(told)) <= len(reasons(case, None))
        if len(casefile.custody(case)) > 1:
            assert (case.parent / "osk.format-1.headwater").read_bytes() == old
        if not reasons(case, None):
            assert nursery.do("migration", case, {"told": str(told)}).code == 0
        assert reasons(case, None) == ["after"]
        assert casefile.read_case(case) == before
        assert casefile.verify(case).sound
        backups = {name for name in _left(case) if name.startswith("osk.format-1")}
        assert _left(case) == backups
        assert {(case.parent / name).read_bytes() == old for name in backups} == {True}
    print(dict(tally))  # noqa: T201


def test_killed_while_tracing(tmp_path: Path, nursery: Nursery) -> None:
    reports = write_reports(tmp_path / "reports")
    case, told = _places(tmp_path, "whole")
    done = nursery.do("traced", case, {"told": str(told), "reports": str(reports), "workers": 1})
    assert done.code == 0
    wanted = casefile.custody(case)[-1].case_digest
    whole = (done.seconds, done.calls)
    pages = _pages(case)
    chance = random.Random(f"{SEED} tracing")
    tally: Counter[str] = Counter()
    for number in _until(tally, TRACING):
        case, told = _places(tmp_path, number)
        # Every sixth run reads with two processes, which die with it.
        job = {"told": str(told), "reports": str(reports), "workers": 2 if number % 6 == 0 else 1}
        ended = nursery.do("traced", case, job, **_moment(chance, number, whole))
        tally["killed"] += ended.killed
        tally["with a case"] += case.exists()
        if case.exists():
            assert casefile.custody(case)[-1].case_digest == wanted
            assert casefile.verify(case).sound
        else:
            assert _told(told) == []
        assert nursery.do("traced", case, {**job, "workers": 1}).code == 0
        assert {event.case_digest for event in casefile.custody(case)} == {wanted}
        assert casefile.verify(case).sound
        assert _pages(case) == pages
        assert _left(case) == set()
    print(dict(tally))  # noqa: T201


def test_killed_while_adding(tmp_path: Path, nursery: Nursery) -> None:
    """Two reports are traced, then all three are given to `add`, which reads the one that is new."""
    reports = write_reports(tmp_path / "reports")
    first = tmp_path / "first"
    first.mkdir()
    for name in ("ash.txt", "birch.txt"):
        (first / name).write_bytes((reports / name).read_bytes())
    start, told = _places(tmp_path, "start")
    assert nursery.do("traced", start, {"told": str(told), "reports": str(first), "workers": 1}).code == 0
    before = start.read_bytes()
    start_digest = casefile.custody(start)[-1].case_digest
    whole, told = _places(tmp_path, "whole")
    whole.write_bytes(before)
    done = nursery.do("added", whole, {"told": str(told), "reports": str(reports)})
    assert done.code == 0
    wanted = casefile.custody(whole)[-1].case_digest
    assert wanted != start_digest
    chance = random.Random(f"{SEED} adding")
    tally: Counter[str] = Counter()
    for number in _until(tally, ADDING):
        case, told = _places(tmp_path, number)
        case.write_bytes(before)
        job = {"told": str(told), "reports": str(reports)}
        moment = _moment(chance, number, (done.seconds, done.calls))
        tally["killed"] += nursery.do("added", case, job, **moment).killed
        now = casefile.custody(case)[-1].case_digest
        tally["added"] += now == wanted
        assert now in (start_digest, wanted)
        assert now == wanted or not _told(told)
        assert casefile.verify(case).sound
        assert nursery.do("added", case, job).code == 0
        assert casefile.custody(case)[-1].case_digest == wanted
        assert casefile.case_digest(casefile.read_case(case)) == wanted
        assert casefile.verify(case).sound
        assert _left(case) == set()
    print(dict(tally))  # noqa: T201


def _pages(case: Path) -> dict[str, bytes]:
    dossier = case.parent / "dossier"
    return {str(path.relative_to(dossier)): path.read_bytes() for path in dossier.rglob("*") if path.is_file()}
