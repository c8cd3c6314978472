"""What the tests on Spark share: whether there is one here, how it is set, and how rows of two engines are compared."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from invented_pile import COLUMNS, credit

import headwater
from headwater.engine.cluster import cluster
from headwater.engine.duck import Duck
from headwater.engine.maps import Crediting
from headwater.engine.reuse import ReuseMade, find_reuse
from headwater.engine.stages import Executor, Tell, Work

MEMORY = 2**30
# So many stages has the whole way from reports to spans.
STAGES = 25
# Lists in these columns have no order.
_BAGS = frozenset({"places", "a_masked", "b_masked"})


def missing() -> str:
    """Return what is missing to run Spark here, "" if nothing is."""
    for name in ("pyspark", "pandas"):
        if importlib.util.find_spec(name) is None:
            return f"{name} is not installed: make test-all installs the extra “spark”"
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        return "there is no Java here, which Spark needs"
    return ""


def skip_without_spark() -> None:
    """Skip the test, with the reason, where Spark cannot run."""
    reason = missing()
    if reason:
        pytest.skip(reason)


def settings(**more: str) -> dict[str, str]:
    """Settings for a small pile, with which workers find the package and the helpers of these tests."""
    paths = (Path(headwater.__file__).parents[1], Path(__file__).parent)
    common = {
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(map(str, paths)),
        "spark.sql.shuffle.partitions": "4",
        # Java makes its code quickly rather than well: these runs are short.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    return common | {name.replace("_", "."): value for name, value in more.items()}


def spark(master: str, scratch: Path, **more: str) -> AbstractContextManager[Executor]:
    """Return the executor of `master` for these tests."""
    return cluster(master, memory=MEMORY, scratch=scratch, settings=settings(**more))


def silent(stage: str, done: int, of: int) -> None:
    """Hear of progress and say nothing."""


def trace(
    folder: Path,
    executor: Executor,
    files: Sequence[Path],
    *,
    tell: Tell = silent,
    columns: Sequence[str] = COLUMNS,
    crediting: Crediting | None = credit,
) -> ReuseMade:
    """Go the whole way from the reports in `files` to spans, in `folder`."""
    work = Work(folder, executor, tell)
    work.given("input", files, "the pile")
    return find_reuse(work, columns, credit=crediting)


def by_duck(folder: Path, files: Sequence[Path], *, columns: Sequence[str] = COLUMNS) -> ReuseMade:
    """Go the same way by DuckDB."""
    with Duck(threads=1, memory=MEMORY, spill=folder.with_name("spill")) as duck:
        return trace(folder, duck, files, columns=columns, crediting=credit)


def stages(folder: Path) -> dict[str, Path]:
    """Return the folders of the stages that stand in a folder of work, by name and key."""
    return {path.name: path for path in folder.iterdir()}


def schema(folder: Path) -> list[tuple[str, str]]:
    """Return names and types of the columns of a stage."""
    first = pq.read_schema(min(folder.glob("*.parquet")))
    return [(field.name, str(field.type).replace(" not null", "")) for field in first]


def in_order(folder: Path) -> list[str]:
    """Return the rows of a stage in their order."""
    return [
        repr([sorted(value) if name in _BAGS and isinstance(value, list) else value for name, value in row.items()])
        for file in sorted(folder.glob("*.parquet"))
        for row in pq.read_table(file).to_pylist()
    ]


def assert_alike(one: Path, other: Path) -> None:
    """Every stage of two folders of work has the same key, the same columns and the same rows; spans in one order."""
    assert len(stages(one)) == STAGES
    assert stages(one).keys() == stages(other).keys()
    for name, folder in stages(one).items():
        twin = stages(other)[name]
        assert {path.suffix for path in twin.iterdir()} == {".parquet"}, name
        assert schema(folder) == schema(twin), name
        rows, same = in_order(folder), in_order(twin)
        assert sorted(rows) == sorted(same), name
        if name.startswith("spans-"):
            assert rows
            assert rows == same
