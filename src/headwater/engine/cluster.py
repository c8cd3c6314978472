"""The way to Spark: loads it only when it is asked for, and says what is missing where it is not installed."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from headwater.engine.stages import Executor
from headwater.errors import HeadwaterError

# What the extra brings and the default install has not. pandas is not ours: Spark asks for it.
_NEEDED = ("pyspark", "py4j", "pandas")


def cluster(
    master: str, *, memory: int, scratch: Path, settings: Mapping[str, str] | None = None
) -> AbstractContextManager[Executor]:
    """Return an executor of the Spark `master` (see `engine.spark.Spark`), to be used as a context manager.

    Raises HeadwaterError when the packages of the extra, or Java, are missing, or the master does not answer.
    """
    for name in _NEEDED:
        try:
            importlib.import_module(name)
        except ImportError as error:
            raise HeadwaterError(
                f"Work on a Spark cluster needs the package {name}, which is not installed.",
                next_step="Install it with “pip install headwater[spark]”, or leave --spark out.",
            ) from error
    spark = importlib.import_module("headwater.engine.spark")
    executor: AbstractContextManager[Executor] = spark.Spark(master, memory=memory, scratch=scratch, settings=settings)
    return executor
