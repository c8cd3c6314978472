"""Stages: made once, whole or not at all, and gone on with after a kill at any moment."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from reused_reports import filler, sentences, write

from headwater.engine.duck import Duck
from headwater.engine.stages import Given, Pass, Query, Tell, Work

KILLS = 6


def work_in(folder: Path, duck: Duck, told: list[str]) -> Work:
    return Work(folder / "work", duck, lambda stage, *_: told.append(stage))


def test_a_stage_that_stands_is_not_made_again_and_a_changed_one_is(tmp_path: Path) -> None:
    numbers = Given("numbers", pa.table({"n": [3, 1, 2]}))
    sums = Query("sums", "SELECT CAST(SUM(n) AS BIGINT) AS s FROM numbers", ("numbers",))
    with Duck(threads=1, memory=2**30, spill=tmp_path / "spill") as duck:
        told: list[str] = []
        first = work_in(tmp_path, duck, told)
        first.make(numbers, sums)
        assert first.rows("sums").to_pylist() == [{"s": 6}]
        told.clear()
        again = work_in(tmp_path, duck, told)
        again.make(numbers, sums)
        assert told == []
        assert [made.before for made in again.stages] == [True, True]
        changed = work_in(tmp_path, duck, told)
        changed.make(Given("numbers", pa.table({"n": [3, 1, 3]})), sums)
        assert changed.rows("sums").to_pylist() == [{"s": 7}]


class _Sums:
    """Adds up what came so far, over two passes."""

    schema: ClassVar[pa.Schema] = pa.schema([("s", pa.int64())])

    def __call__(self, rows: Callable[[], Iterator[pa.RecordBatch]], tell: Tell) -> Iterator[pa.RecordBatch]:
        tell("sums", 0, 1)
        base = sum(batch.num_rows for batch in rows())
        for batch in rows():
            numbers = batch.column("n").to_pylist()
            yield pa.record_batch([pa.array([base + sum(numbers)])], schema=self.schema)


def test_a_pass_goes_through_a_stage_and_is_made_once(tmp_path: Path) -> None:
    with Duck(threads=1, memory=2**30, spill=tmp_path / "spill") as duck:
        for before in (False, True):
            work = work_in(tmp_path, duck, [])
            work.make(Given("numbers", pa.table({"n": [3, 1, 2]})), Pass("sums", "numbers", _Sums(), "plain"))
            assert work.rows("sums").to_pylist() == [{"s": 9}]
            assert work.stages[-1].before is before
        work.make(Pass("sums", "numbers", _Sums(), "other"))
        assert not work.stages[-1].before


def test_what_a_stopped_run_left_is_no_stage(tmp_path: Path) -> None:
    numbers = Given("numbers", pa.table({"n": [1]}))
    with Duck(threads=1, memory=2**30, spill=tmp_path / "spill") as duck:
        work = work_in(tmp_path, duck, [])
        work.make(numbers)
        made = work.files("numbers")[0].parent
        half = made.rename(made.with_name(made.name + ".unfinished"))
        (half / "part-0.parquet").write_bytes(b"half of a file")
        again = work_in(tmp_path, duck, [])
        again.make(numbers)
        assert again.rows("numbers").to_pylist() == [{"n": 1}]
        assert not half.exists()


def test_sweeping_keeps_what_is_named(tmp_path: Path) -> None:
    with Duck(threads=1, memory=2**30, spill=tmp_path / "spill") as duck:
        work = work_in(tmp_path, duck, [])
        work.make(Given("kept", pa.table({"n": [1]})), Given("gone", pa.table({"n": [2]})))
        work.sweep("kept")
        assert [path.name.split("-")[0] for path in (tmp_path / "work").iterdir()] == ["kept"]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = sentences(900, 4)
    rows = [
        filler(f"r{each}", f"O{each % 7}", f"2031-01-{each % 9 + 1:02}", each, *copied[: each % 5])
        for each in range(300)
    ]
    return write(rows, tmp_path_factory.mktemp("reports") / "in.parquet")


def command(table: Path, out: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "headwater",
        "corpus",
        "reuse",
        str(table),
        "--out",
        str(out),
        "--threads",
        "2",
        "--json",
    ]


def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(table: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    started = time.perf_counter()
    subprocess.run(command(table, whole), check=True, capture_output=True)
    lasted = time.perf_counter() - started
    stopped = went_on = 0
    for kill in range(KILLS):
        out = tmp_path / f"out{kill}.parquet"
        process = subprocess.Popen(
            command(table, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(lasted * (kill + 1) / (KILLS + 1))
        os.killpg(process.pid, signal.SIGKILL)
        stopped += process.wait() != 0
        assert not out.exists() or out.read_bytes() == whole.read_bytes()
        told = json.loads(subprocess.run(command(table, out), check=True, capture_output=True, text=True).stdout)
        went_on += any(stage not in told["seconds"] for stage in ("reports", "tokens"))
        assert hashlib.sha256(out.read_bytes()).digest() == hashlib.sha256(whole.read_bytes()).digest()
        assert not out.with_name(out.name + ".work").exists()
    assert stopped >= KILLS // 2
    assert went_on


def test_the_record_tells_what_was_done(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "reuse.parquet"
    subprocess.run(command(table, out), check=True, capture_output=True)
    record = json.loads((tmp_path / "reuse.parquet.run.json").read_text(encoding="utf-8"))
    assert record["input"][0]["sha256"] == hashlib.sha256(table.read_bytes()).hexdigest()
    assert record["output"]["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert record["reports"] == 300
    assert sum(record["spans"].values()) == pq.ParquetFile(out).metadata.num_rows
    assert {"reports", "tokens", "candidates", "boxes", "spans"} <= {stage["name"] for stage in record["stages"]}
