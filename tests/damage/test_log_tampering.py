"""A log that somebody tampers with, in each of the ways there are, at 200 places each, in real case files.

Without a digest kept elsewhere a chain of digests shows what is done within it and never what is done to its end. That
is the control here: the same attacks without a checkpoint, of which three must pass unnoticed.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import apsw
import pytest

from headwater.casefile import custody, verify, write_case
from headwater.casefile.checkpoints import Checkpoint, beside, checkpoint_of, judge
from headwater.casefile.custody import CustodyEvent, LogEntry, read_log
from headwater.model import Verdict

sys.path.insert(0, str(Path(__file__).parents[1] / "casefile"))

from make_case import make_case
from make_log import NOON, make_log, put

TIMES = 200
EVENTS, EARLIER = 16, 7  # in the log, and of them those at the time of the older copy
SEED = 20310504
LOG_PROVEN = "log proven from outside"


@dataclass(frozen=True)
class Pair:
    """A case and the older copy of it, both with whole logs: that of the copy is how the other one begins."""

    now: Path
    earlier: Path
    log: tuple[CustodyEvent, ...]

    @property
    def kept(self) -> tuple[Checkpoint, ...]:
        """What was kept elsewhere after each event."""
        return tuple(checkpoint_of(event) for event in self.log)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    place = tmp_path_factory.mktemp("tampered")
    earlier, now = place / "earlier.headwater", place / "now.headwater"
    for path, reports in ((earlier, 2), (now, 3)):
        write_case(path, make_case(reports=reports), now=NOON, agent="Ada", action="traced")
    before, after = (custody(path)[-1].outputs for path in (earlier, now))
    log = make_log(EVENTS, outputs=[before] * EARLIER + [after] * (EVENTS - EARLIER))
    for path, events in ((earlier, log[:EARLIER]), (now, log)):
        with closing(apsw.Connection(str(path))) as connection:
            put(connection, events)
        beside(path).unlink()  # of the log that is replaced here
    return Pair(now, earlier, log)


class Tampered(NamedTuple):
    """What an attack leaves: the rows (place, event, the digest that stands beside it), and the file they stand in."""

    rows: list[tuple[int, CustodyEvent, str]]
    file: Path


def _rows(log: Sequence[CustodyEvent]) -> list[tuple[int, CustodyEvent, str]]:
    return [(place, event, event.digest) for place, event in enumerate(log, 1)]


def _edit(pair: Pair, chance: random.Random) -> Tampered:
    rows = _rows(pair.log)
    at = chance.randrange(EVENTS - 1)  # the last event has nothing after it: to write it anew is to rewrite the end
    event = replace(pair.log[at], agent="Eve")
    rows[at] = (at + 1, event, chance.choice([event.digest, pair.log[at].digest]))
    return Tampered(rows, pair.now)


def _delete(pair: Pair, chance: random.Random) -> Tampered:
    at = chance.randrange(EVENTS - 1)  # without the last event the log would be cut short
    rows = _rows(pair.log)
    if chance.random() < 0.5:
        return Tampered(rows[:at] + rows[at + 1 :], pair.now)
    return Tampered(_rows(pair.log[:at] + pair.log[at + 1 :]), pair.now)


def _swap(pair: Pair, chance: random.Random) -> Tampered:
    log = list(pair.log)
    one, other = chance.sample(range(EVENTS), 2)
    log[one], log[other] = log[other], log[one]
    if chance.random() < 0.5:  # with the numbers that the events give themselves
        log[one], log[other] = (replace(log[place], sequence=place + 1) for place in (one, other))
    return Tampered(_rows(log), pair.now)


def _insert(pair: Pair, chance: random.Random) -> Tampered:
    at = chance.randrange(EVENTS)
    added = replace(make_log(at + 1, agent="Eve", since=pair.log[:at])[-1], outputs=pair.log[at].outputs)
    return Tampered(_rows((*pair.log[:at], added, *pair.log[at:])), pair.now)


def _old_log(pair: Pair, chance: random.Random) -> Tampered:
    return Tampered(_rows(pair.log[: chance.randint(1, EARLIER)]), pair.now)


def _truncate(pair: Pair, chance: random.Random) -> Tampered:
    return Tampered(_rows(pair.log[: chance.randrange(EARLIER + 1, EVENTS)]), pair.now)


def _rewrite(pair: Pair, chance: random.Random) -> Tampered:
    since = pair.log[: chance.randrange(EVENTS)]
    length = chance.choice([EVENTS, EVENTS + 4])
    outputs = [*(event.outputs for event in pair.log), *[pair.log[-1].outputs] * 4]
    return Tampered(_rows(make_log(length, agent="Eve", since=since, outputs=outputs)), pair.now)


def _roll_back(pair: Pair, chance: random.Random) -> Tampered:
    return Tampered(_rows(pair.log[: chance.randint(1, EARLIER)]), pair.earlier)


Attack = Callable[[Pair, random.Random], Tampered]
WITHIN: tuple[Attack, ...] = (_edit, _delete, _swap, _insert, _old_log)
AT_THE_END: tuple[Attack, ...] = (_truncate, _rewrite, _roll_back)


@contextmanager
def _in_place(connection: apsw.Connection, tampered: Tampered) -> Iterator[list[LogEntry]]:
    """Leave in the file what an attack leaves, say what reading the log finds, and take it back."""
    connection.execute("BEGIN; DELETE FROM custody")
    try:
        connection.executemany(
            "INSERT INTO custody (sequence, record, sha256) VALUES (?, CAST(? AS TEXT), ?)",
            ((place, event.record, digest) for place, event, digest in tampered.rows),
        )
        yield read_log(connection)
    finally:
        connection.execute("ROLLBACK")


def _shows_by_itself(pair: Pair, tampered: Tampered, entries: Sequence[LogEntry]) -> bool:
    """True when the file contradicts itself: its log, or its log and its records."""
    holds = pair.log[-1 if tampered.file == pair.now else 0].case_digest
    last = entries[-1].event
    return any(entry.faults for entry in entries) or last is None or last.case_digest != holds


def _attacked(pair: Pair, attack: Attack) -> Iterator[tuple[Tampered, list[LogEntry]]]:
    chance = random.Random(SEED)
    with closing(apsw.Connection(str(pair.now))) as now, closing(apsw.Connection(str(pair.earlier))) as earlier:
        for _ in range(TIMES):
            tampered = attack(pair, chance)
            with _in_place(now if tampered.file == pair.now else earlier, tampered) as entries:
                yield tampered, entries


def _name(attack: Attack) -> str:
    return attack.__name__.strip("_")


@pytest.mark.parametrize("attack", [*WITHIN, *AT_THE_END], ids=_name)
def test_every_attack_shows_against_a_checkpoint_and_without_one_only_those_within(pair: Pair, attack: Attack) -> None:
    chance = random.Random(SEED)
    several = [pair.kept[at] for at in sorted(chance.sample(range(EVENTS - 1), 3))]
    against = by_itself = 0
    for tampered, entries in _attacked(pair, attack):
        answers = [judge(entries, kept) for kept in ([pair.kept[-1]], [pair.log[-1].digest], [*several, pair.kept[-1]])]
        against += all(answer.verdict is Verdict.FAILED and answer.damages for answer in answers)
        by_itself += _shows_by_itself(pair, tampered, entries)
    assert against == TIMES
    assert by_itself == (TIMES if attack in WITHIN else 0)


@pytest.mark.parametrize("attack", [*WITHIN, *AT_THE_END], ids=_name)
def test_verify_finds_the_same(pair: Pair, attack: Attack, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    for _ in range(3):
        tampered = attack(pair, chance)
        path = Path(shutil.copy(tampered.file, tmp_path / "osk.headwater"))
        with closing(apsw.Connection(str(path))) as connection:
            connection.execute("DELETE FROM custody")
            connection.executemany(
                "INSERT INTO custody (sequence, record, sha256) VALUES (?, CAST(? AS TEXT), ?)",
                ((place, event.record, digest) for place, event, digest in tampered.rows),
            )
        assert verify(path).sound == (attack in AT_THE_END)
        failed = {check.name for check in verify(path, checkpoints=[pair.log[-1].digest]).having(Verdict.FAILED)}
        assert failed
        assert (failed == {LOG_PROVEN}) == (attack in AT_THE_END)


def test_nothing_is_found_where_nothing_was_done(pair: Pair) -> None:
    for path, kept in ((pair.now, pair.kept), (pair.earlier, pair.kept[:EARLIER])):
        assert verify(path, checkpoints=[kept[-1].digest]).sound
        with closing(apsw.Connection(str(path))) as connection:
            assert judge(read_log(connection), kept).verdict is Verdict.PASSED


def test_what_comes_after_the_last_checkpoint_is_not_covered_and_that_is_said(pair: Pair) -> None:
    chance = random.Random(SEED)
    outputs = [*(event.outputs for event in pair.log), *[pair.log[-1].outputs] * 9]
    with closing(apsw.Connection(str(pair.now))) as connection:
        for _ in range(TIMES):
            at = chance.randrange(1, EVENTS)
            later = chance.randint(1, 9)
            log = make_log(at + later, agent="Eve", since=pair.log[:at], outputs=outputs)
            with _in_place(connection, Tampered(_rows(log), pair.now)) as entries:
                found = judge(entries, [pair.kept[at - 1]])
            many = "1 event" if later == 1 else f"{later} events"
            assert found.verdict is Verdict.PASSED
            assert found.sentence == f"The log is proven up to event {at}. It does not cover the {many} after that."
