"""One machine: SQL by DuckDB over Parquet, functions of rows by a few processes. Bounded memory, spilled to disk."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYet
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine.maps import Mapped
from headwater.engine.stages import Files, Map, Query, Tell
from headwater.errors import HeadwaterError

MEBIBYTE = 2**20
# Of the memory that may be used DuckDB is told this share: what it counts is less than what it holds.
_SHARE = 0.6
# Rows of a group in the files of a query: what a process takes at once. Rows with the tokens of reports are heavy.
_GROUP = 2048
_WAIT = 0.2


class Duck:
    """Executes stages on this machine with `threads` at once in about `memory` bytes; spills into `spill`.

    Use as a context manager, so that its processes end.
    """

    def __init__(self, *, threads: int, memory: int, spill: Path) -> None:
        self._threads = threads
        self._memory = memory
        self._spill = spill
        self._pool = ProcessPoolExecutor(threads, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)

    def __enter__(self) -> Duck:
        for left in self._spill.glob("duckdb_temp*"):  # what a killed run had spilled, under the names DuckDB gives
            left.unlink()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def query(self, stage: Query, inputs: Mapping[str, Files], out: Path, tell: Tell) -> None:
        """Write what the SQL answers. Raises HeadwaterError when memory or disk do not suffice."""
        with duckdb.connect() as connection:
            connection.execute(f"SET threads = {self._threads}")
            connection.execute(f"SET memory_limit = '{int(self._memory * _SHARE) // MEBIBYTE}MiB'")
            connection.execute(f"SET temp_directory = '{_quoted(self._spill)}'")
            connection.execute("SET preserve_insertion_order = false")
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = true")
            connection.execute("SET enable_progress_bar_print = false")
            connection.execute("CREATE MACRO item(list, n) AS list[n + 1]")
            for name, files in inputs.items():
                paths = ", ".join(f"'{_quoted(file)}'" for file in files)
                connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{paths}])")
            # What holds whole reports is read in many pieces, and numbers of words hardly shrink.
            form = (
                f"COMPRESSION lz4_raw, ROW_GROUP_SIZE {_GROUP}"
                if stage.heavy
                else "COMPRESSION zstd, COMPRESSION_LEVEL 1"
            )
            to = f"(FORMAT parquet, {form})"
            self._watched(
                connection, f"COPY ({stage.sql}) TO '{_quoted(out / 'part-0.parquet')}' {to}", stage.name, tell
            )

    def _watched(self, connection: duckdb.DuckDBPyConnection, sql: str, name: str, tell: Tell) -> None:
        with ThreadPoolExecutor(1) as other:
            running = other.submit(connection.execute, sql)
            try:
                while True:
                    try:
                        running.result(timeout=_WAIT)
                    except NotYet:
                        tell(name, max(0, int(connection.query_progress())), 100)
                    else:
                        return
            except duckdb.OutOfMemoryException as error:
                raise HeadwaterError(
                    f"There was not enough memory or disk for the step {name}.",
                    safe="What was finished is kept; the same command goes on from there.",
                    next_step="Give more with --memory, free disk space, or work on fewer reports.",
                ) from error
            except BaseException:
                connection.interrupt()
                raise

    def map(self, stage: Map, source: Files, out: Path, tell: Tell) -> None:
        """Write one file for each piece of the source; pieces of an earlier run that stand are not made again."""
        pieces = [(file, group) for file in source for group in range(pq.ParquetFile(file).num_row_groups)]
        for left in out.glob("*.part"):
            left.unlink()
        names = {out / f"part-{number:06d}.parquet": piece for number, piece in enumerate(pieces)}
        todo = {path: piece for path, piece in names.items() if not path.exists()}
        done = len(names) - len(todo)
        tell(stage.name, done, len(names))
        if not names:
            pq.write_table(stage.work.schema.empty_table(), out / "part-000000.parquet")
        if self._threads == 1 or len(todo) == 1:
            for path, piece in todo.items():
                _piece(stage.work, *piece, path)
                done += 1
                tell(stage.name, done, len(names))
            return
        try:
            waiting = {self._pool.submit(_piece, stage.work, *piece, path) for path, piece in todo.items()}
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for each in finished:
                    each.result()
                done += len(finished)
                tell(stage.name, done, len(names))
        except BrokenProcessPool as error:
            raise HeadwaterError(
                f"A process of the step {stage.name} was ended from outside, most likely because memory ran out.",
                safe="What was finished is kept; the same command goes on from there.",
                next_step="Close other programs, or run again with fewer --threads.",
            ) from error
        except BaseException:
            for each in waiting:
                each.cancel()
            raise


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _begin() -> None:
    """Make a process one worker of several; Ctrl-C is answered by the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)


def _piece(work: Mapped, file: Path, group: int, path: Path) -> None:
    """Make the file at `path` from one row group, whole or not at all."""
    half = path.with_suffix(".part")
    with pq.ParquetWriter(half, work.schema, compression="lz4") as writer:
        rows = pq.ParquetFile(file).iter_batches(_GROUP, [group], columns=list(work.columns), use_threads=False)
        for batch in rows:
            for made in work(batch):
                writer.write_batch(made)
    half.rename(path)
