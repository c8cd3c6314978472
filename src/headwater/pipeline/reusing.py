"""Shared wording of a table of reports, or of a corpus: from the reports to a table of spans and a record of the run.

Work that was stopped lies in a folder of its own and is gone on with by the same call.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from headwater import __version__
from headwater.casefile.lock import sole_writer
from headwater.engine.cluster import cluster
from headwater.engine.corpus import report_parts
from headwater.engine.duck import Duck
from headwater.engine.reuse import SCHEMA, SPANS, ReuseMade, find_reuse
from headwater.engine.stages import Executor, Work
from headwater.errors import BadReports, CannotWrite, PathMissing, Stopped, WouldOverwrite
from headwater.pipeline.outcomes import Progress, Silent, Step
from headwater.pipeline.stage_progress import StageProgress
from headwater.tracing.credits import agency_of

RECORD = ".run.json"
# What later work on the same corpus begins from; all else is removed when the work is done.
LASTING = ("named", "doubles", "numbers", "reports", "tokens", "copies", "kept", "words", "common", "known", "postings")
GROUPED = ("telling", "grouped", "members", "ranked", "stories", "names")
WORK = ".work"
DEFAULT_MEMORY = 3 * 2**30
_BLOCK = 2**20
_GROUP = 100_000
# Each worker of this machine holds some hundreds of megabytes: fewer of them where less is given.
_FOR_A_WORKER = 768 * 2**20


@dataclass(frozen=True, slots=True)
class Means:
    """What to work with: bytes of memory, threads of this machine (None: as many as help), or a Spark master."""

    memory: int = DEFAULT_MEMORY
    threads: int | None = None
    spark: str | None = None

    @property
    def workers(self) -> int:
        """How many threads and processes are used on this machine."""
        return self.threads or max(1, min(os.cpu_count() or 1, self.memory // _FOR_A_WORKER))


@dataclass(frozen=True, slots=True)
class Reused:
    """What came of it, where the spans and the record of the run are, and the seconds of each stage made now."""

    made: ReuseMade
    out: Path
    record: Path
    seconds: Mapping[str, float]


def reuse(source: Path, out: Path, *, means: Means, progress: Progress | None = None) -> Reused:
    """Write the spans of shared wording among the reports at `source` to `out`, and the record of the run beside it.

    `source` is a corpus, whose work is kept for later searches, or a Parquet file. Raises PathMissing, BadReports,
    CannotWrite, InUse, Stopped and what reading the corpus and the executor raise. An earlier table at `out` stays
    until the new one is whole.
    """
    check_out(out)
    files, folder = reports_at(source, work=out.with_name(out.name + WORK))
    columns = columns_of(files)
    telling = StageProgress(progress or Silent(), Step.COMPARING)
    with sole_writer(folder), stoppable(telling), executor(means, folder) as engine:
        work = Work(folder, engine, telling)
        digests = [file_digest(path) for path in files]
        work.given("input", files, input_key(digests))
        made = find_reuse(work, columns, credit=agency_of)
        telling.end()
        write_table(work.files(SPANS), out, SCHEMA)
        inputs = [{"file": path.name, "sha256": digest} for path, digest in zip(files, digests, strict=True)]
        record = {
            "made_by": f"headwater {__version__}",
            "input": inputs,
            "output": {"file": out.name, "sha256": file_digest(out)},
            "executed_by": means.spark or f"this machine, {means.workers} at once, {means.memory} bytes",
            **told(made),
            "stages": [{**asdict(stage), "seconds": telling.seconds.get(stage.name, 0.0)} for stage in work.stages],
        }
        path = out.with_name(out.name + RECORD)
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        work.sweep(*LASTING)
    if folder.parent != source:
        shutil.rmtree(folder)
    return Reused(made, out, path, telling.seconds)


def reports_at(source: Path, *, work: Path) -> tuple[Sequence[Path], Path]:
    """Return the Parquet files of the reports at `source`, and the folder to work in: that of a corpus, else `work`.

    Raises PathMissing, BadReports for a corpus without a report, and what reading a corpus raises.
    """
    if source.is_file():
        return [source], work
    if source.is_dir():
        parts = report_parts(source)
        if not parts:
            raise BadReports(f"{source} holds no report yet.", next_step="Add some with “headwater corpus add”.")
        return parts, source / "work"
    raise PathMissing(f"There is nothing at {source}.", next_step="Check the path and try again.")


def check_out(out: Path) -> None:
    """Raise WouldOverwrite or CannotWrite when no table can be written at `out`."""
    if out.is_dir():
        raise WouldOverwrite(f"{out} is a folder.", next_step=f"Name a file, for example {out / 'reuse.parquet'}.")
    if not out.absolute().parent.is_dir():
        raise CannotWrite(f"The folder {out.parent} does not exist.", next_step="Create it, or name another place.")


def told(made: ReuseMade) -> dict[str, object]:
    """Return in plain values what came of the reports: in = compared + set aside."""
    return {
        "reports": made.reports,
        "set_aside": {"without a word": made.empty, "copy of another report": made.copies},
        "pairs_aligned": made.pairs,
        "spans": {kind.value: number for kind, number in made.spans.items()},
    }


def columns_of(files: Sequence[Path]) -> list[str]:
    """Return the names of the columns of Parquet files. Raises BadReports when one is none."""
    try:
        return [str(name) for name in pq.ParquetFile(files[0]).schema_arrow.names]
    except (pa.ArrowInvalid, OSError) as error:
        raise BadReports(
            f"{files[0]} is no Parquet file, or it is damaged.",
            next_step="Collect other formats with “headwater corpus add” first.",
        ) from error


def input_key(digests: Sequence[str]) -> str:
    """Return what tells the content of some files apart from any other: the same for all work on a collection."""
    return " ".join(digests)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    whole = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


@contextmanager
def executor(means: Means, folder: Path) -> Iterator[Executor]:
    """Yield what executes the stages: this machine, or a Spark master when one is named."""
    with ExitStack() as stack:
        if means.spark is None:
            yield stack.enter_context(Duck(threads=means.workers, memory=means.memory, spill=folder / "spill"))
        else:
            yield stack.enter_context(cluster(means.spark, memory=means.memory, scratch=folder / "spill"))


@contextmanager
def stoppable(telling: StageProgress) -> Iterator[None]:
    """Turn Ctrl-C into Stopped, and leave no step open."""
    try:
        yield
    except KeyboardInterrupt as interrupt:
        raise Stopped(
            "Stopped before the work was finished.",
            safe="The reports were only read; every finished stage is kept.",
            next_step="Run the same command again: it goes on from there.",
        ) from interrupt
    except OSError as error:
        raise CannotWrite(
            f"The work could not be written or read: {error.strerror or error}.",
            safe="The reports were only read; every finished stage is kept.",
            next_step="Check the free space, then run the same command again: it goes on from there.",
        ) from error
    finally:
        telling.end()


def _written(
    writer: pq.ParquetWriter, waiting: Sequence[pa.RecordBatch], schema: pa.Schema, *, least: int
) -> list[pa.RecordBatch]:
    """Write what is waiting in groups of one size while there are `least` rows; return what is left."""
    table = pa.Table.from_batches(waiting, schema)
    while table.num_rows >= least:
        writer.write_table(table.slice(0, _GROUP).combine_chunks(), row_group_size=_GROUP)
        table = table.slice(_GROUP)
    return [*table.to_batches()]


def write_table(parts: Sequence[Path], out: Path, schema: pa.Schema) -> None:
    """Write the rows of `parts`, in their order, as one file, whole or not at all."""
    half = out.with_name(f".{out.name}.new")
    try:
        # Gathered into groups of one size: the same rows are the same bytes, whoever made them in whatever parts.
        with pq.ParquetWriter(half, schema, compression="zstd") as writer:
            waiting: list[pa.RecordBatch] = []
            for part in parts:
                for batch in pq.ParquetFile(part).iter_batches(columns=schema.names):
                    waiting.append(batch.cast(schema))
                    if sum(each.num_rows for each in waiting) >= _GROUP:
                        waiting = _written(writer, waiting, schema, least=_GROUP)
            _written(writer, waiting, schema, least=1)
        half.replace(out)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise CannotWrite(
            f"The table {out} cannot be written: {error.strerror or error}.",
            safe="A table that stood there is unchanged; every finished stage is kept.",
            next_step="Check the free space and the rights of the folder, then run the same command again.",
        ) from error
