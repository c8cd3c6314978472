"""A cluster: the same SQL and the same functions of rows, executed by Apache Spark over Parquet that all machines see.

Loaded only when Spark is asked for (`engine.cluster`): it needs packages and a Java that the default install has not.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import DataFrame, SparkSession

import headwater
from headwater.engine.maps import Mapped
from headwater.engine.stages import Files, Map, Query, Tell, clear, parquet_files
from headwater.errors import HeadwaterError

LOG = "spark.log"
MEBIBYTE = 2**20
# Of the memory that may be used Java is told this share; the Python beside it holds the rows it works on. Spark does
# not start with less than LEAST.
_SHARE = 0.6
_LEAST = 512 * MEBIBYTE
# Rows that a function is given at once, and bytes of a piece of work: so few that losing a worker costs little.
_ROWS = 2048
_PIECE = 8 * MEBIBYTE
_WAIT = 0.2
_END = 20.0
_UNSORTED = "_written"
# Masters on this machine: then nothing listens on any other address.
_HERE = re.compile(r"local(\[.*\])?|spark://(127\.0\.0\.1|localhost|\[::1\]):\d+")
# How Spark calls the types that the functions of rows make.
_TYPES = {
    pa.int32(): "INT",
    pa.int64(): "BIGINT",
    pa.string(): "STRING",
    pa.float64(): "DOUBLE",
    pa.list_(pa.int32()): "ARRAY<INT>",
}
# What stands in a failure that a person can mend: what to say of it, and what to do.
_KNOWN = (
    (
        r"JAVA_HOME is not set|java: (command )?not found|JAVA_HOME.*not (found|a directory)",
        "Spark needs Java, and there is none on this machine.",
        "Install Java 17 or newer (for example the package openjdk-17-jre-headless), or leave --spark out.",
    ),
    (
        r"UnsupportedClassVersionError",
        "The Java on this machine is too old for Spark.",
        "Install Java 17 or newer, or leave --spark out.",
    ),
    (
        r"No module named '(headwater|pyarrow|pandas|numpy)|Headwater \S+ is at work here and",
        "A worker of the cluster has not the same Headwater as this machine.",
        "Install “headwater[spark]” in the same version for the Python of every worker.",
    ),
    (
        r"OutOfMemoryError|No space left on device|Cannot reserve|Unable to acquire \d+ bytes",
        "There was not enough memory or disk.",
        "Give more with --memory, free disk space, or use more or larger workers.",
    ),
    (
        r"FileNotFoundException|PATH_NOT_FOUND|FAILED_READ_FILE|Mkdirs failed",
        "A worker of the cluster did not find a folder or file of the work.",
        "Keep the work in a folder that every worker sees under the same path.",
    ),
    (
        r"masters are unresponsive|Master must either be|parse Master URL|INVALID_MASTER|stopped SparkContext",
        "There is no Spark master at the address given.",
        "Check the address (for example spark://name:7077, or local[2]) and that the master runs.",
    ),
)

_NOTHING = "Nothing was changed."
_KEPT = "What was finished is kept; the same command goes on from there."
_Failures = (PySparkException, Py4JError, ConnectionError)  # the last when Java itself is gone


class Spark:
    """Executes stages by the Spark `master`: "local[2]", or the address of a cluster ("spark://name:7077").

    Each executor uses about `memory` bytes; what does not fit, and the log of Spark, go to the folder `scratch`. Of a
    cluster the workers must see the folders of the work under the same paths, and have this Headwater in the Python at
    the path `python` (that of this program unless given). `settings` are further ones of Spark, and come first.
    Use as a context manager, so that its processes end. Raises HeadwaterError when Spark cannot be started.
    """

    def __init__(
        self,
        master: str,
        *,
        memory: int,
        scratch: Path,
        python: str = sys.executable,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self._log = scratch / LOG
        conf = SparkConf(loadDefaults=False).setMaster(master).setAppName("Headwater")
        conf.setAll([*(_settings(master, memory, scratch) | dict(settings or {})).items()])
        self._gateway: Any = None
        try:
            with self._log.open("wb") as log:
                self._gateway = launch_gateway(conf, {"stdout": log, "stderr": log})
            with _own_interrupts():
                self._context = SparkContext(conf=conf, gateway=self._gateway)
            self._context.pythonExec = python
            self._session = SparkSession(self._context)
            self._session.sql("CREATE TEMPORARY FUNCTION item(list ARRAY<INT>, n INT) RETURNS INT RETURN list[n]")
        except _Failures as error:
            said = f"{error}\n{self._log.read_text(encoding='utf-8', errors='replace')}"  # asked before Java ends
            self._end()
            raise _told("Spark could not be started", said, self._log, _NOTHING) from error
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Spark:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._session.stop()
        except _Failures:
            pass  # a cluster that is gone cannot be told that we go
        finally:
            self._end()

    def query(self, stage: Query, inputs: Mapping[str, Files], out: Path, tell: Tell) -> None:
        """Write what the SQL answers. Raises HeadwaterError when Spark cannot finish it."""

        def write() -> None:
            for name, files in inputs.items():
                self._read(files).createOrReplaceTempView(name)
            _write(self._session.sql(stage.sql), out, heavy=stage.heavy)

        self._watched(write, stage.name, tell)
        _sort(out)

    def map(self, stage: Map, source: Files, out: Path, tell: Tell) -> None:
        """Write what the function makes, from the beginning: Spark repeats what a lost worker had, not what we had."""
        clear(out)
        columns = ", ".join(f"`{field.name}` {_TYPES[field.type]}" for field in stage.work.schema)

        def write() -> None:
            rows = self._read(source).select(*stage.work.columns)
            _write(rows.mapInArrow(_each(stage.work), columns), out, heavy=False)

        self._watched(write, stage.name, tell)
        _sort(out)

    def _read(self, files: Files) -> DataFrame:
        return self._session.read.parquet(*map(_address, files))

    def _watched(self, work: Callable[[], None], name: str, tell: Tell) -> None:
        """Do `work`, and tell how many of the tasks that are known so far are done. Raises HeadwaterError."""
        seen: dict[int, tuple[int, int]] = {}
        with ThreadPoolExecutor(1) as other:
            running = other.submit(work)
            try:
                while True:
                    try:
                        running.result(timeout=_WAIT)
                    except NotYet:
                        self._count(seen)
                        tell(name, sum(done for done, _ in seen.values()), sum(of for _, of in seen.values()))
                    else:
                        return
            except _Failures as error:
                raise _told(f"Spark could not finish the step {name}", str(error), self._log, _KEPT) from error
            except BaseException:
                self._context.cancelAllJobs()
                raise

    def _count(self, seen: dict[int, tuple[int, int]]) -> None:
        """Note in `seen` how many tasks of each stage of Spark that is at work are done, and of how many."""
        tracker = self._context.statusTracker()
        for number in {*tracker.getActiveStageIds(), *seen}:
            info = tracker.getStageInfo(number)
            if info is not None:
                seen[number] = (info.numCompletedTasks, info.numTasks)

    def _end(self) -> None:
        """End the Java that was started, and let a later Spark of this process start its own."""
        if self._gateway is not None:
            self._gateway.shutdown()
            if self._gateway.proc is not None:
                self._gateway.proc.stdin.close()
                try:
                    self._gateway.proc.wait(_END)
                except subprocess.TimeoutExpired:
                    self._gateway.proc.kill()
            if SparkContext._gateway is self._gateway:
                SparkContext._gateway = None
                SparkContext._jvm = None


@contextmanager
def _own_interrupts() -> Iterator[None]:
    """Leave Ctrl-C to this program: Spark would answer it itself, also when it is long gone."""
    interrupts = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, interrupts)


def _settings(master: str, memory: int, scratch: Path) -> dict[str, str]:
    heap = f"{max(_LEAST, int(memory * _SHARE)) // MEBIBYTE}m"
    found = {
        # As DuckDB does: what overflows is an error, and a moment has no place.
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": _address(scratch / "warehouse"),
        "spark.local.dir": str(scratch.resolve()),
        "spark.executor.memory": heap,
        # Spark joins small partitions together where there is little, and divides lopsided ones.
        "spark.sql.adaptive.enabled": "true",
        "spark.sql.shuffle.partitions": "64",
        "spark.sql.files.maxPartitionBytes": str(_PIECE),
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_ROWS),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if _HERE.fullmatch(master):
        found |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    if master.startswith("local"):
        # Others who use this machine cannot talk to it.
        found |= {"spark.driver.memory": heap, "spark.authenticate": "true"}
    return found


def _address(path: Path) -> str:
    """Return the path as Hadoop reads it, with the marks that would make it a pattern taken literally."""
    return "file://" + re.sub(r"([\\*?\[\]{}])", r"\\\1", path.resolve().as_posix())


def _write(frame: DataFrame, out: Path, *, heavy: bool) -> None:
    """Write the rows to a folder of their own in `out`, named so that nothing takes it for a part."""
    # Rows with whole reports are written in many small groups, so that a function of them is divided among many tasks.
    form = {"compression": "lz4_raw", "parquet.block.size": str(_PIECE)} if heavy else {"compression": "zstd"}
    frame.write.options(**form).parquet("file://" + (out / _UNSORTED).resolve().as_posix())


def _sort(out: Path) -> None:
    """Bring the written files to `out`, named in the order of their rows, without what Spark notes beside them."""
    written = out / _UNSORTED
    # part-<number of the partition>-<an id of the job>.…; the number is not always of the same length.
    files = sorted(parquet_files(written), key=lambda file: int(file.name.split("-")[1]))
    for number, file in enumerate(files):
        file.rename(out / f"part-{number:06d}.parquet")
    shutil.rmtree(written)


def _each(work: Mapped) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return `work` as a function of many batches that refuses to run under any other version of Headwater."""
    version = headwater.__version__

    def each(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        if headwater.__version__ != version:
            raise RuntimeError(f"Headwater {version} is at work here and {headwater.__version__} on a worker.")
        for batch in batches:
            yield from work(batch)

    return each


def _told(what: str, said: str, log: Path, safe: str) -> HeadwaterError:
    """Return the failure of which Spark `said` so much as a sentence, with the cause where it is a known one."""
    for pattern, cause, next_step in _KNOWN:
        if re.search(pattern, said):
            return HeadwaterError(f"{what}. {cause}", safe=safe, next_step=f"{next_step} Spark's own words: {log}.")
    return HeadwaterError(f"{what}: {_reason(said)}", safe=safe, next_step=f"What Spark said of it stands in {log}.")


def _reason(said: str) -> str:
    """Return the line that says most nearly why: the last of a failed function, the innermost cause, or the first."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["no reason was given"]
    for pattern in (r"[A-Z]\w*(Error|Exception): .+", r"Caused by: .+"):
        found = [line for line in lines if re.fullmatch(pattern, line)]
        if found:
            return found[-1]
    return lines[0]
