"""Asking for Spark where its packages are not installed is answered in a sentence, and nothing of it loads unasked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from odd_maps import Sleeping
from spark_here import silent

from headwater.engine.cluster import cluster
from headwater.engine.duck import Duck
from headwater.engine.stages import Map, Work
from headwater.errors import HeadwaterError


@pytest.mark.parametrize("name", ["pyspark", "py4j", "pandas"])
def test_a_missing_package_is_named_with_what_installs_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("pyspark", "py4j", "pandas"):
        monkeypatch.setitem(sys.modules, other, type(sys)(other))
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(HeadwaterError, match=f"needs the package {name}") as caught:
        cluster("local[1]", memory=2**30, scratch=tmp_path)
    assert "pip install headwater[spark]" in caught.value.next_step
    assert not list(tmp_path.iterdir())


def test_what_another_executor_left_of_a_stage_is_no_part_of_it(tmp_path: Path) -> None:
    source = tmp_path / "source.parquet"
    pq.write_table(pa.table({"doc": pa.array(range(10), pa.int32())}), source)
    stage = Map("made", "source", Sleeping(0), "")
    with Duck(threads=1, memory=2**28, spill=tmp_path) as duck:
        first = Work(tmp_path / "work", duck, silent)
        first.given("source", [source], "ten")
        first.make(stage)
        (made,) = (tmp_path / "work").iterdir()
        left = made.with_name(f"{made.name}.spark.unfinished")
        made.rename(left)  # a stop between two files: some stand, cut up as nobody else would
        pq.write_table(pa.table({"doc": pa.array([0], pa.int32())}), left / "part-000000.parquet")
        again = Work(tmp_path / "work", duck, silent)
        again.given("source", [source], "ten")
        again.make(stage)
    assert again.rows("made")["doc"].to_pylist() == [*range(10)]
    assert [path.name for path in (tmp_path / "work").iterdir()] == [made.name]


def test_the_engine_loads_without_spark() -> None:
    check = "import sys, headwater.engine.cluster; sys.exit(bool({'pyspark', 'py4j', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
