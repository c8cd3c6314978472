"""The power goes at any call, 500 times: what was acknowledged is there afterwards, and the file is whole.

The controls are the same writers with other settings of SQLite. OFF must lose and corrupt. FULL must lose too: a commit
in the mode DELETE is the removal of the journal, and only EXTRA makes that sure before it is said to be done.
"""

from __future__ import annotations

import gzip
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest
from attacked import AGENT, KEY, KINDS_OF_CASE, NOON, OLD, SEED, decide, reasons, write
from make_case import make_case
from power import Disk, powered
from works import withdrawal

from headwater import casefile
from headwater.casefile import database
from headwater.casefile.custody import Said, timestamp
from headwater.casefile.keys import Key
from headwater.casefile.migrate import bring_up_to_date
from headwater.errors import HeadwaterError, PathMissing

State = tuple[str, tuple[str, ...], int] | None


@dataclass(frozen=True)
class Work:
    """Steps that each end in an acknowledgement, and what the case is before them.

    `backup` is the name of the file that the first step leaves beside the case.
    """

    key: Key | None
    before: Callable[[Path], object]
    steps: Sequence[Callable[[Path], object]]
    backup: str = ""

    def state(self, case: Path) -> State:
        """What can be known again of a case; None when there is none. Raises HeadwaterError for a damaged one."""
        try:
            digest = casefile.case_digest(casefile.read_case(case, key=self.key))
        except PathMissing:
            return None
        events = len(casefile.custody(case, key=self.key))
        return digest, tuple(reasons(case, self.key)), events


def _decisions(key: Key | None) -> Work:
    return Work(
        key,
        lambda case: write(case, make_case(), key),
        [lambda case, number=number: decide(case, f"reason {number}", key, minute=number) for number in range(4)],  # type: ignore[misc]
    )


def _records(key: Key | None) -> Work:
    """A case is created, changed in place to a larger and to a smaller one, and decided about."""
    sizes = [2, 4, 3]
    steps: list[Callable[[Path], object]] = [
        lambda case, minute=minute, size=size: write(case, make_case(reports=size), key, minute=minute)  # type: ignore[misc]
        for minute, size in enumerate(sizes)
    ]
    return Work(key, lambda _: None, [*steps, lambda case: decide(case, "last", key, minute=9)])


def _migration() -> Work:
    """A case of the oldest format is migrated, which every writer does first, and decided about."""
    said = Said(timestamp(NOON), AGENT, "decided")
    return Work(
        None,
        lambda case: case.write_bytes(gzip.decompress(OLD.read_bytes())),
        [
            lambda case: bring_up_to_date(case, said, None),
            lambda case: decide(case, "after", None, minute=1),
        ],
        backup="osk.format-1.headwater",
    )


def _is_kept(backup: Path) -> bool:
    """A case of the oldest format is only changed when its backup is on the disk."""
    return backup.exists() and casefile.verify(backup).sound and len(casefile.custody(backup)) == 1


def _withdrawal() -> Work:
    """Reports are withdrawn from a case with decisions, and it is decided about the rest."""

    def before(case: Path) -> None:
        write(case, make_case(reports=5), None)
        decide(case, "before", None, minute=1)

    return Work(None, before, [withdrawal, lambda case: decide(case, "after", None, minute=40)])


WORKS: dict[str, tuple[Callable[[], Work], int]] = {
    "decide, plain": (lambda: _decisions(None), 170),
    "decide, encrypted": (lambda: _decisions(KEY), 170),
    "records, plain": (lambda: _records(None), 50),
    "records, encrypted": (lambda: _records(KEY), 50),
    "migrate": (_migration, 30),
    "withdraw": (_withdrawal, 30),
}


def _one_cut(work: Work, place: Path, states: Sequence[State], chance: random.Random, cut_at: int | None) -> str:
    """Do the work until the power goes; say what was found after the reboot."""
    live, after = place / "live", place / "after"
    for folder in (live, after):
        folder.mkdir(parents=True)
    case = live / "osk.headwater"
    work.before(case)
    disk = Disk(live, chance, cut_at)
    done = 0
    with powered(disk):
        for step in work.steps:
            try:
                step(case)
            except (HeadwaterError, apsw.Error, OSError):
                assert disk.gone
            if disk.gone:
                break
            done += 1
    disk.reboot(after)
    return _found(work, after / case.name, states, done)


def _found(work: Work, case: Path, states: Sequence[State], done: int) -> str:
    try:
        found = work.state(case)
        whole = found is None or casefile.verify(case, key=work.key).sound
    except (HeadwaterError, apsw.Error):
        return "corrupt"
    if found in states[:done]:
        return "lost"  # verify may tell of it too, by a checkpoint that lies beside the case
    if not whole or found not in states:
        return "corrupt"
    at = states.index(found)
    if at and work.backup and not _is_kept(case.with_name(work.backup)):
        return "no backup"
    if at > done + 1:
        return "too much"
    # Work goes on, whatever lies beside the case; an empty lock of a dead process hinders nobody.
    try:
        for step in work.steps[at:]:
            step(case)
    except HeadwaterError:
        return "stuck"
    # The beginning of a file of checkpoints is taken over by the next change, if there is one.
    litter = ("-journal", f"{case.name}.partial") if at == len(work.steps) else ("-journal", ".partial")
    left = sorted(path.name for path in case.parent.iterdir() if path.name.endswith(litter))
    if work.state(case) != states[-1] or left:
        return "stuck"
    return "kept" if at == done else "kept, not yet said"


def _states(work: Work, place: Path) -> tuple[list[State], int]:
    """The states of the work without a cut, and how many calls reach the disk."""
    place.mkdir()
    case = place / "osk.headwater"
    work.before(case)
    states = [work.state(case)]
    disk = Disk(place, random.Random(SEED))
    for step in work.steps:
        with powered(disk):
            step(case)
        states.append(work.state(case))
    return states, disk.calls


def _cuts(work: Work, place: Path, cuts: int, seed: str) -> Counter[str]:
    states, calls = _states(work, place / "whole")
    assert len(set(states)) == len(states)
    chance = random.Random(seed)
    tally: Counter[str] = Counter()
    for number in range(cuts):
        cut_at = chance.randint(1, calls + 1)
        tally[_one_cut(work, place / str(number), states, random.Random(f"{seed} {number}"), cut_at)] += 1
    print(f"\n{cuts} cuts in {calls} calls, seed {seed!r}: {dict(tally)}")  # noqa: T201
    return tally


@pytest.mark.parametrize("name", WORKS)
def test_nothing_acknowledged_is_lost_and_no_file_is_corrupt(tmp_path: Path, name: str) -> None:
    work, cuts = WORKS[name]
    tally = _cuts(work(), tmp_path, cuts, f"{SEED} {name}")
    assert set(tally) <= {"kept", "kept, not yet said"}
    assert sum(tally.values()) == cuts


@pytest.mark.parametrize("key", KINDS_OF_CASE.values(), ids=KINDS_OF_CASE)
def test_the_control_without_syncs_acknowledged_decisions_are_lost_and_files_are_corrupt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: Key | None
) -> None:
    monkeypatch.setattr(database, "WRITING", database.WRITING.replace("EXTRA", "OFF"))
    tally = _cuts(_decisions(key), tmp_path, 60, f"{SEED} off")
    assert tally["corrupt"] > 5
    assert tally["lost"] + tally["corrupt"] > 15


@pytest.mark.parametrize("key", KINDS_OF_CASE.values(), ids=KINDS_OF_CASE)
def test_the_control_full_loses_acknowledged_decisions_because_a_removed_journal_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: Key | None
) -> None:
    monkeypatch.setattr(database, "WRITING", database.WRITING.replace("EXTRA", "FULL"))
    tally = _cuts(_decisions(key), tmp_path, 60, f"{SEED} full")
    assert tally["lost"] > 5
    assert tally["corrupt"] == 0
