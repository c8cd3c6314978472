"""Stages: what is made from what, kept as folders of Parquet that never change, and resumed after any interruption.

A stage's folder is named by a digest of how it is made and of all it is made from. It appears whole, by one rename, or
not at all; so whatever stands can be used, whenever and by whichever of the executors it was made.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import ClassVar, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine.maps import Mapped

Tell = Callable[[str, int, int], None]
Files = Sequence[Path]
_UNFINISHED = ".unfinished"
# Raised when a step changes what it makes without its words changing, so that nothing older is taken for it.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Query:
    """A stage made by SQL from other stages; `heavy` rows hold the words of whole reports."""

    name: str
    sql: str
    reads: tuple[str, ...]
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """A stage made by a function of rows from one other stage; `settings` tells apart what differs in the function.

    A `passing` one is made only for the next stage of the same call, and not where that stands.
    """

    name: str
    source: str
    work: Mapped
    settings: str
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A small stage that is made here, not by an executor."""

    name: str
    table: pa.Table


class Passing(Protocol):
    """What goes once through the rows of a stage, in their order, and knows the columns it makes."""

    schema: ClassVar[pa.Schema]

    def __call__(self, rows: Callable[[], Iterator[pa.RecordBatch]], tell: Tell) -> Iterable[pa.RecordBatch]:
        """Yield what comes of `rows`, which can be gone through again; tells how many of its rows are done."""
        ...


@dataclass(frozen=True, slots=True)
class Pass:
    """A stage made here, whoever executes the others: by one pass over rows whose order counts."""

    name: str
    source: str
    work: Passing
    settings: str


Stage = Query | Map | Given | Pass


class Executor(Protocol):
    """The one place where stages are executed. Both executors make the same rows."""

    def query(self, stage: Query, inputs: Mapping[str, Files], out: Path, tell: Tell) -> None:
        """Write what the SQL of `stage` answers to Parquet files in the empty folder `out`; names in it are inputs."""

    def map(self, stage: Map, source: Files, out: Path, tell: Tell) -> None:
        """Write what the function of `stage` makes of the rows of `source` to Parquet files in the folder `out`.

        Files that stand in `out` already are of an earlier run that was stopped.
        """


@dataclass(frozen=True, slots=True)
class Made:
    """A stage that stands: its key, its rows, and whether it stood before this work began."""

    name: str
    key: str
    rows: int
    before: bool


class Work:
    """The stages of one piece of work in one folder; makes what is missing. `tell` hears (stage, done, of).

    One at a time in a folder: the caller sees to that.
    """

    def __init__(self, folder: Path, executor: Executor, tell: Tell) -> None:
        self._folder = folder
        self._executor = executor
        self._tell = tell
        self._made: dict[str, Files] = {}
        self._keys: dict[str, str] = {}
        self.stages: list[Made] = []
        folder.mkdir(parents=True, exist_ok=True)

    def given(self, name: str, files: Files, key: str) -> None:
        """Name the Parquet files that are the input of the work; `key` tells their content apart from any other."""
        self._made[name] = files
        self._keys[name] = key

    def make(self, *stages: Stage) -> None:
        """Make each stage, in order, unless it stands already."""
        for stage, following in zip_longest(stages, stages[1:]):
            if isinstance(stage, Map) and stage.passing and following is not None:
                self._keys[stage.name] = self._key(stage)
                if self._place(following).is_dir():
                    continue
            self._make(stage)

    def files(self, name: str) -> Files:
        """Return the Parquet files of a stage, in the order of its rows where they have one."""
        return self._made[name]

    def rows(self, name: str) -> pa.Table:
        """Return all rows of a small stage."""
        return pq.read_table(list(self._made[name]))

    def count(self, name: str) -> int:
        """Return how many rows a stage has."""
        return sum(pq.ParquetFile(file).metadata.num_rows for file in self._made[name])

    def key(self, name: str) -> str:
        """Return what tells the content of a stage apart from any other."""
        return self._keys[name]

    def sweep(self, *kept: str) -> None:
        """Remove every stage with a name that this work has used, of whatever run, but the present ones of `kept`."""
        present = {f"{name}-{self._keys[name]}" for name in kept if name in self._keys}
        for path in self._folder.iterdir():
            if path.is_dir() and path.name not in present and path.name.rpartition("-")[0] in self._keys:
                shutil.rmtree(path)

    def _make(self, stage: Stage) -> None:
        key, out = self._key(stage), self._place(stage)
        before = out.is_dir()
        if not before:
            self._tell(stage.name, 0, 0)
            half = self._begun(out)
            if isinstance(stage, Query):
                clear(half)
                inputs = {name: self._made[name] for name in stage.reads}
                self._executor.query(stage, inputs, half, self._tell)
            elif isinstance(stage, Map):
                self._executor.map(stage, self._made[stage.source], half, self._tell)
            elif isinstance(stage, Pass):
                clear(half)
                self._pass(stage, half / "part-0.parquet")
            else:
                clear(half)
                pq.write_table(stage.table, half / "part-0.parquet")
            settle(half)
            half.rename(out)
            settle(self._folder, files=False)
        self._made[stage.name] = parquet_files(out)
        self._keys[stage.name] = key
        self.stages.append(Made(stage.name, key, self.count(stage.name), before))

    def _place(self, stage: Stage) -> Path:
        return self._folder / f"{stage.name}-{self._key(stage)}"

    def _begun(self, out: Path) -> Path:
        """Return the folder in which `out` is made. What another executor left is divided otherwise: it is removed."""
        half = out.with_name(f"{out.name}.{type(self._executor).__name__.lower()}{_UNFINISHED}")
        for left in self._folder.glob(f"{out.name}*{_UNFINISHED}"):
            if left != half:
                shutil.rmtree(left)
        half.mkdir(exist_ok=True)
        return half

    def _pass(self, stage: Pass, path: Path) -> None:
        def rows() -> Iterator[pa.RecordBatch]:
            for file in self._made[stage.source]:
                yield from pq.ParquetFile(file).iter_batches()

        with pq.ParquetWriter(path, stage.work.schema, compression="zstd", compression_level=1) as writer:
            for batch in stage.work(rows, self._tell):
                writer.write_batch(batch)

    def _key(self, stage: Stage) -> str:
        if isinstance(stage, Query):
            what: Sequence[object] = [stage.sql, [self._keys[name] for name in stage.reads]]
        elif isinstance(stage, Map | Pass):
            schema = stage.work.schema.to_string()
            what = [type(stage.work).__name__, schema, stage.settings, self._keys[stage.source]]
        else:
            what = [stage.table.schema.to_string(), str(stage.table.to_pydict())]
        return sha256(json.dumps([VERSION, stage.name, *what]).encode()).hexdigest()[:16]


def parquet_files(path: Path) -> list[Path]:
    """Return the Parquet files of a folder in the order of their names; what begins with a mark is no part of it."""
    return sorted(file for file in path.glob("*.parquet") if not file.name.startswith(("_", ".")))


def clear(folder: Path) -> None:
    """Remove what a stopped run left in `folder`."""
    for left in folder.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def settle(folder: Path, *, files: bool = True) -> None:
    """Wait until the folder, and the files in it, are on the disk."""
    for path in [*(sorted(folder.iterdir()) if files else ()), folder]:
        if path.is_dir() and os.name == "nt":
            continue  # Windows opens no folder
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
