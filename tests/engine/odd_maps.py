"""Functions of rows that do what the real ones do not: fail, and take their time."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa


@dataclass(frozen=True)
class Failing:
    """Fails at the first batch."""

    columns: ClassVar[tuple[str, ...]] = ("doc",)
    schema: ClassVar[pa.Schema] = pa.schema([("doc", pa.int32())])

    def __call__(self, batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
        raise ValueError(f"{batch.num_rows} rows are too many")


@dataclass(frozen=True)
class Sleeping:
    """Yields the numbers of the reports, after `seconds`."""

    seconds: float
    columns: ClassVar[tuple[str, ...]] = ("doc",)
    schema: ClassVar[pa.Schema] = pa.schema([("doc", pa.int32())])

    def __call__(self, batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
        time.sleep(self.seconds)
        yield batch.select(["doc"])
