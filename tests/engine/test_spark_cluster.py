"""A Spark master with two workers makes what DuckDB makes, row for row, also when one of the workers is killed."""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import invented_pile
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from spark_here import assert_alike, by_duck, skip_without_spark, spark, trace
from standalone import WORKERS, Standalone, kill, standalone

pytestmark = pytest.mark.spark

TASKS = 8
_PATIENCE = 90.0


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standalone]:
    skip_without_spark()
    with standalone(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented pile, traced by DuckDB."""
    folder = tmp_path_factory.mktemp("duck")
    by_duck(folder / "work", invented_pile.write(folder / "in"))
    return folder


def executors(executor: Any) -> int:
    """How many executors there are, without the program itself."""
    return len(executor._context.statusTracker().getExecutorInfos()) - 1


def until(what: str, found: Any) -> None:
    end = time.monotonic() + _PATIENCE
    while not found():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def test_two_workers_make_the_rows_that_duckdb_makes(cluster: Standalone, duck: Path, tmp_path: Path) -> None:
    with spark(cluster.address, tmp_path / "scratch") as executor:
        until("two executors", lambda: executors(executor) == WORKERS)
        trace(tmp_path / "work", executor, sorted(duck.glob("in/*")))
    assert_alike(duck / "work", tmp_path / "work")


class Killer(threading.Thread):
    """Waits until the tasks of the stage are under way on both workers and some are done, then kills one worker."""

    def __init__(self, cluster: Standalone, notes: Path, executor: Any) -> None:
        super().__init__(daemon=True)
        self._cluster = cluster
        self._notes = notes
        self._executor = executor
        self._held = importlib.import_module("slow_credit")
        self.lost: set[int] = set()
        self.before = 0

    def run(self) -> None:
        try:
            until("a task held by each worker", lambda: len(self._holding()) == WORKERS)
            self.before = executors(self._executor)
            victim = self._holding()[max(self._holding())]
            self.lost = {task for task, worker in self._holding().items() if worker is victim}
            kill(victim)
        finally:
            (self._notes / self._held.GO).touch()

    def _holding(self) -> dict[int, Any]:
        """The tasks that wait, each with the worker on which it does."""
        noted = {int(path.name[:-2]): int(path.read_text()) for path in self._notes.glob("*-0")}
        return {
            task: self._cluster.worker_of(process) for task, process in noted.items() if task >= self._held.HELD_FROM
        }


def test_a_worker_killed_at_work_costs_a_retry_not_the_result(cluster: Standalone, duck: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    # The numbered reports stand already, in as many files as there shall be tasks.
    whole = next(duck.glob("work/reports-*"))
    parts = tmp_path / "work" / whole.name
    parts.mkdir(parents=True)
    table = pa.concat_tables(pq.read_table(file) for file in whole.iterdir())
    for number in range(TASKS):
        pq.write_table(table.take(list(range(number, len(table), TASKS))), parts / f"part-{number}.parquet")
    held = importlib.import_module("slow_credit").Held(notes)
    # Opening a file is said to cost a whole piece of work, so that each is one.
    with spark(cluster.address, tmp_path / "scratch", spark_sql_files_openCostInBytes="8388608") as executor:
        until("two executors", lambda: executors(executor) == WORKERS)
        killer = Killer(cluster, notes, executor)
        killer.start()
        trace(tmp_path / "work", executor, sorted(duck.glob("in/*")), crediting=held)
        killer.join()
        assert killer.before == WORKERS
        assert executors(executor) == WORKERS - 1
    attempts = {path.name for path in notes.glob("*-*")}
    assert {f"{task}-0" for task in range(TASKS)} <= attempts
    assert killer.lost
    assert {f"{task}-1" for task in killer.lost} <= attempts
    assert_alike(duck / "work", tmp_path / "work")
