"""Spark on one machine makes what DuckDB makes, row for row, and fails in sentences."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import invented_pile
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from odd_maps import Failing, Sleeping
from spark_here import (
    MEMORY,
    assert_alike,
    by_duck,
    in_order,
    silent,
    skip_without_spark,
    spark,
    stages,
    trace,
)

import headwater
from headwater.engine.duck import Duck
from headwater.engine.find import find
from headwater.engine.settings import CROWD
from headwater.engine.stages import Executor, Map, Query, Work
from headwater.engine.stories import find_stories
from headwater.errors import HeadwaterError
from headwater.model import ReuseKind

pytestmark = pytest.mark.spark

NEWS = Path(__file__).parents[3] / "shared" / "corpora" / "news-37k" / "news.parquet"
REAL = 400
# What a file system allows and Hadoop takes for a pattern or an escape.
ODD_NAME = "work [1] {a,b} 50%20 ü'"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    skip_without_spark()
    with spark("local[2]", tmp_path_factory.mktemp("scratch")) as executor:
        yield executor


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented pile, traced by DuckDB."""
    folder = tmp_path_factory.mktemp("duck")
    by_duck(folder / "work", invented_pile.write(folder / "in"))
    return folder


def test_the_pile_has_everything_that_is_compared(duck: Path) -> None:
    found = {name.partition("-")[0]: in_order(path) for name, path in stages(duck / "work").items()}
    assert {name for name, rows in found.items() if not rows} == {"doubles"}
    assert any(df > CROWD for file in duck.glob("work/anchors-*/*") for df in pq.read_table(file)["df"].to_pylist())
    kinds = Counter(kind for file in duck.glob("work/spans-*/*") for kind in pq.read_table(file)["kind"].to_pylist())
    assert set(kinds) == {kind.value for kind in ReuseKind}


def test_every_stage_has_the_rows_that_duckdb_makes(local: Executor, duck: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    work = tmp_path / ODD_NAME
    trace(work, local, sorted(duck.glob("in/*")), tell=lambda *heard: told.append(heard))
    assert_alike(duck / "work", work)
    assert any(0 <= done <= of and of > 0 for _, done, of in told)
    assert all(done <= of for _, done, of in told)


def test_each_engine_goes_on_from_the_stages_of_the_other(local: Executor, duck: Path, tmp_path: Path) -> None:
    files = sorted(duck.glob("in/*"))
    shutil.copytree(duck / "work", tmp_path / "work")
    for name in ("boxes", "recurring", "typed", "spans"):
        shutil.rmtree(next(tmp_path.glob(f"work/{name}-*")))
    trace(tmp_path / "work", local, files)
    assert_alike(duck / "work", tmp_path / "work")
    for name in ("candidates", "paired", "spans"):
        shutil.rmtree(next(tmp_path.glob(f"work/{name}-*")))
    by_duck(tmp_path / "work", files)
    assert_alike(duck / "work", tmp_path / "work")


def test_stories_and_places_are_those_that_duckdb_finds(local: Executor, duck: Path, tmp_path: Path) -> None:
    files = sorted(duck.glob("in/*"))
    asked = " ".join(str(pq.read_table(files[0])["text"][0]).split()[4:16])
    answers = []
    with Duck(threads=1, memory=MEMORY, spill=tmp_path / "spill") as here:
        for name, executor in (("duck", here), ("spark", local)):
            work = Work(tmp_path / name, executor, silent)
            work.given("input", files, "the pile")
            made = find_stories(work, invented_pile.COLUMNS)
            places = find(work, invented_pile.COLUMNS, [asked]).to_pylist()
            answers.append((made, work.rows("stories").to_pylist(), places))
    assert answers[0] == answers[1]
    assert answers[0][0].stories
    assert answers[0][2]


@pytest.mark.corpora
def test_real_reports_come_out_the_same(local: Executor, tmp_path: Path) -> None:
    if not NEWS.is_file():
        pytest.skip("there is no folder of test corpora beside the project")
    table = pq.read_table(NEWS)
    columns = [name for name in invented_pile.COLUMNS if name in table.schema.names]
    slice_file = tmp_path / "real.parquet"
    pq.write_table(table.slice(0, REAL).select(columns), slice_file)
    by_duck(tmp_path / "duck", [slice_file], columns=columns)
    trace(tmp_path / "spark", local, [slice_file], columns=columns)
    assert_alike(tmp_path / "duck", tmp_path / "spark")


def test_rows_in_order_stay_so_over_several_files(local: Executor, tmp_path: Path) -> None:
    many = tmp_path / "many.parquet"
    some = np.random.default_rng(3).integers(0, 2**60, 500_000)
    pq.write_table(pa.table({"n": some}), many)
    work = Work(tmp_path / "work", local, silent)
    work.given("many", [many], "many")
    work.make(Query("sorted", "SELECT n FROM many ORDER BY n", ("many",)))
    assert len(work.files("sorted")) > 1
    found = np.concatenate([pq.read_table(file)["n"].to_numpy() for file in work.files("sorted")])
    assert (found == np.sort(some)).all()


def test_a_function_that_fails_is_told_and_leaves_no_stage(local: Executor, tmp_path: Path) -> None:
    source = tmp_path / "source.parquet"
    pq.write_table(pa.table({"doc": pa.array(range(10), pa.int32())}), source)
    work = Work(tmp_path / "work", local, silent)
    work.given("source", [source], "ten")
    with pytest.raises(HeadwaterError, match="could not finish the step made") as caught:
        work.make(Map("made", "source", Failing(), ""))
    assert "10 rows are too many" in str(caught.value)
    assert "spark.log" in caught.value.next_step
    work.make(Map("made", "source", Sleeping(0), ""))  # what was left of the first attempt is no part of it
    assert work.rows("made")["doc"].to_pylist() == [*range(10)]


def test_what_a_killed_run_left_of_a_stage_is_no_part_of_it(local: Executor, tmp_path: Path) -> None:
    source = tmp_path / "source.parquet"
    pq.write_table(pa.table({"doc": pa.array(range(10), pa.int32())}), source)
    for _ in range(2):
        work = Work(tmp_path / "work", local, silent)
        work.given("source", [source], "ten")
        work.make(Map("made", "source", Sleeping(0), ""))
        assert work.rows("made")["doc"].to_pylist() == [*range(10)]
        (made,) = (tmp_path / "work").iterdir()
        left = made.rename(made.with_name(f"{made.name}.spark.unfinished"))
        (left / "_written").mkdir()
        pq.write_table(pa.table({"doc": pa.array([0], pa.int32())}), left / "part-000007.parquet")


def test_a_worker_with_another_headwater_refuses(
    local: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source.parquet"
    pq.write_table(pa.table({"doc": pa.array(range(10), pa.int32())}), source)
    work = Work(tmp_path / "work", local, silent)
    work.given("source", [source], "ten")
    monkeypatch.setattr(headwater, "__version__", "99.0")
    with pytest.raises(HeadwaterError, match="has not the same Headwater") as caught:
        work.make(Map("made", "source", Sleeping(0), ""))
    assert "every worker" in caught.value.next_step


def test_sql_that_fails_is_told(local: Executor, tmp_path: Path) -> None:
    source = tmp_path / "source.parquet"
    pq.write_table(pa.table({"doc": pa.array([2**31 - 1], pa.int32())}), source)
    work = Work(tmp_path / "work", local, silent)
    work.given("source", [source], "one")
    for number, sql in enumerate(("SELECT nothing FROM source", "SELECT doc * 2 AS twice FROM source")):
        with pytest.raises(HeadwaterError, match="could not finish the step"):
            work.make(Query(f"made{number}", sql, ("source",)))


def test_an_interruption_ends_the_work_of_spark(local: Executor, tmp_path: Path) -> None:
    source = tmp_path / "source.parquet"
    pq.write_table(pa.table({"doc": pa.array(range(10), pa.int32())}), source)

    def interrupt(*heard: object) -> None:
        if heard[2]:
            raise KeyboardInterrupt

    work = Work(tmp_path / "work", local, interrupt)
    work.given("source", [source], "ten")
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        work.make(Map("made", "source", Sleeping(60), ""))
    assert time.monotonic() - began < 45  # it does not wait for what it ended
    again = Work(tmp_path / "work", local, silent)
    again.given("source", [source], "ten")
    again.make(Map("made", "source", Sleeping(0), ""))
    assert again.count("made") == 10
