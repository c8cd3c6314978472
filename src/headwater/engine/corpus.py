"""A corpus on disk: its reports and what was set aside, as immutable parts of Parquet. Reads no format but its own.

`reports/part-NNNNNN.parquet` has a column for each field of CorpusReport, `set_aside/part-NNNNNN.parquet` one for each
of CorpusAside. A part is written under another name, flushed to the disk and renamed; the ledger then names it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine.ledger import (
    Counts,
    InputLine,
    PartLine,
    append,
    check_corpus,
    entries,
    flush_folder,
    is_corpus,
    trim,
)
from headwater.errors import IntegrityFailure, ReportMissing
from headwater.model import CorpusAside, CorpusReport, Dated, sha256_bytes, sha256_text

__all__ = ["Adding", "Part", "is_corpus", "known_ids", "read_reports", "report_parts"]

REPORTS = "reports"
SET_ASIDE = "set_aside"
# A part closes at the first of these: some seconds of work are lost when a run is killed, and a million reports are
# a hundred files or so.
PART_BYTES = 64 * 1024 * 1024
PART_REPORTS = 20_000
# A group of rows is the least that is read at once; of pages with their originals fewer fit.
GROUP_REPORTS = 2_000
GROUP_BYTES = 16 * 1024 * 1024
_FRESH = ".new"
_COMPRESSION = "zstd"

_REPORT_SCHEMA = pa.schema(
    [
        pa.field(each.name, pa.binary() if each.name == "original" else pa.string(), nullable=each.name == "original")
        for each in fields(CorpusReport)
    ]
)
_ASIDE_SCHEMA = pa.schema([pa.field(each.name, pa.string(), nullable=False) for each in fields(CorpusAside)])


def report_parts(folder: Path) -> list[Path]:
    """Return the parts that hold reports, in the order in which they were added.

    Raises NotACorpus, and IntegrityFailure when one that the ledger names is not there.
    """
    check_corpus(folder)
    return [_present(folder / REPORTS / f"{line.part}.parquet") for line in _part_lines(folder) if line.counts.reports]


def known_ids(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield id and text_sha256 of every report, in their order. Raises as `report_parts` does."""
    for path in report_parts(folder):
        with _opened(path) as part:
            for group in range(part.num_row_groups):
                columns = _group(part, path, group, ["id", "text_sha256"]).columns
                yield from zip(*(column.to_pylist() for column in columns), strict=True)


def read_reports(folder: Path, ids: Iterable[str]) -> list[CorpusReport]:
    """Return the reports with these ids, in the order in which they were added, with their originals.

    Raises NotACorpus, ReportMissing when one of them is not in the corpus, and IntegrityFailure when the words or the
    bytes of one are not those that were added.
    """
    wanted = set(ids)
    found = [report for path in report_parts(folder) for report in _chosen(path, wanted)]
    missing = sorted(wanted - {report.id for report in found})
    if missing:
        named = ", ".join(f"“{each}”" for each in missing[:5]) + (" and others" if len(missing) > 5 else "")
        raise ReportMissing(
            f"{folder} has no report with the id {named}.", next_step="Check the ids; they stand in its column id."
        )
    for report in found:
        _check(report, folder)
    return found


class Adding:
    """A corpus that is being added to. Only one at a time; the caller sees to that.

    Removes what a stopped run left behind when it is made. Raises NotACorpus and IntegrityFailure.
    """

    def __init__(self, folder: Path) -> None:
        check_corpus(folder)
        self.folder = folder
        lines = entries(folder)
        trim(folder)
        self._finished = {line.sha256: line for line in lines if isinstance(line, InputLine)}
        self._parts: dict[str, list[PartLine]] = {}
        for line in lines:
            if isinstance(line, PartLine):
                self._parts.setdefault(line.sha256, []).append(line)
        self._number = sum(len(each) for each in self._parts.values())
        self._remove_leftovers({line.part for each in self._parts.values() for line in each})

    def finished(self, sha256: str) -> Counts | None:
        """Return what became of an input that is finished, or None."""
        line = self._finished.get(sha256)
        return line.counts if line else None

    def done(self, sha256: str) -> tuple[int, Counts]:
        """Return how many units of an input are done, and what became of them."""
        lines = self._parts.get(sha256, [])
        total = Counts()
        for line in lines:
            total = total.plus(line.counts)
        return (lines[-1].upto if lines else 0), total

    def part(self) -> Part:
        """Return a new part to fill."""
        return Part(self.folder, f"part-{self._number + 1:06d}")

    def keep(self, part: Part, *, name: str, sha256: str, counts: Counts, upto: int) -> None:
        """Put a part in place and write its line. Raises IntegrityFailure when it does not hold what it counts."""
        written = part.close()
        if written != (counts.reports, counts.set_aside):
            raise IntegrityFailure(
                f"The part {part.name} holds {written[0]} reports and {written[1]} set aside, not {counts.reports} "
                f"and {counts.set_aside}.",
                next_step="Check the disk, then run the same command again.",
            )
        line = PartLine(name, sha256, part.name, counts, upto)
        append(self.folder, line)
        self._parts.setdefault(sha256, []).append(line)
        self._number += 1

    def finish(self, *, name: str, sha256: str, counts: Counts) -> None:
        """Write that an input is finished."""
        line = InputLine(name, sha256, counts)
        append(self.folder, line)
        self._finished[sha256] = line

    def _remove_leftovers(self, named: set[str]) -> None:
        for room in (REPORTS, SET_ASIDE):
            (self.folder / room).mkdir(exist_ok=True)
            for path in sorted((self.folder / room).iterdir()):
                if path.name.endswith(_FRESH) or (path.suffix == ".parquet" and path.stem not in named):
                    path.unlink()


class Part:
    """One part that is being filled. A context manager: left before `close`, it is thrown away."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._reports = _Sheet(folder / REPORTS / f"{name}.parquet", _REPORT_SCHEMA)
        self._set_aside = _Sheet(folder / SET_ASIDE / f"{name}.parquet", _ASIDE_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._reports.discard()
        self._set_aside.discard()

    @property
    def full(self) -> bool:
        """True when it should be closed."""
        return self._reports.bytes >= PART_BYTES or max(self._reports.rows, self._set_aside.rows) >= PART_REPORTS

    @property
    def empty(self) -> bool:
        """True when nothing was put into it."""
        return not self._reports.rows and not self._set_aside.rows

    def add(self, report: CorpusReport) -> None:
        """Add a report."""
        size = len(report.text.encode("utf-8")) + len(report.original or b"")
        self._reports.add([getattr(report, name) for name in _REPORT_SCHEMA.names], size)

    def put_aside(self, aside: CorpusAside) -> None:
        """Add what was set aside."""
        self._set_aside.add([aside.file, aside.place, aside.kind.value, aside.why], len(aside.why))

    def close(self) -> tuple[int, int]:
        """Put it in place, and return how many reports and set asides the files now hold."""
        return self._reports.close(), self._set_aside.close()


class _Sheet:
    """One Parquet file that is being written, group by group; nothing is written where there is nothing to write."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.rows = 0
        self.bytes = 0
        self._path = path
        self._fresh = path.with_name(f".{path.name}{_FRESH}")
        self._schema = schema
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[Sequence[object]] = []
        self._waiting_bytes = 0

    def add(self, row: Sequence[object], size: int) -> None:
        self._waiting.append(row)
        self._waiting_bytes += size
        self.rows += 1
        self.bytes += size
        if len(self._waiting) >= GROUP_REPORTS or self._waiting_bytes >= GROUP_BYTES:
            self._write_group()

    def close(self) -> int:
        if not self.rows:
            return 0
        self._write_group()
        self._end()
        with self._fresh.open("rb+") as file:
            os.fsync(file.fileno())
        with pq.ParquetFile(self._fresh) as written:
            rows = int(written.metadata.num_rows)
        self._fresh.replace(self._path)
        flush_folder(self._path.parent)
        return rows

    def discard(self) -> None:
        self._end()
        self._fresh.unlink(missing_ok=True)

    def _end(self) -> None:
        writer, self._writer = self._writer, None
        if writer:
            writer.close()

    def _write_group(self) -> None:
        if not self._waiting:
            return
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._fresh, self._schema, compression=_COMPRESSION, write_page_checksum=True
            )
        columns = [
            pa.array(values, field.type)
            for values, field in zip(zip(*self._waiting, strict=True), self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema), row_group_size=GROUP_REPORTS)
        self._waiting, self._waiting_bytes = [], 0


def _part_lines(folder: Path) -> list[PartLine]:
    return [line for line in entries(folder) if isinstance(line, PartLine)]


def _present(path: Path) -> Path:
    if not path.is_file():
        raise IntegrityFailure(
            f"The part {path} of the corpus is missing.",
            next_step="Restore it from a copy, or collect the corpus anew from its inputs.",
        )
    return path


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, pre_buffer=False, page_checksum_verification=True)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path) from error


def _group(part: pq.ParquetFile, path: Path, group: int, columns: list[str]) -> pa.Table:
    try:
        return part.read_row_group(group, columns=columns)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path) from error


def _chosen(path: Path, wanted: set[str]) -> Iterator[CorpusReport]:
    with _opened(path) as part:
        for group in range(part.num_row_groups):
            ids = _group(part, path, group, ["id"]).column("id").to_pylist()
            rows = [row for row, each in enumerate(ids) if each in wanted]
            if rows:
                for row in _group(part, path, group, _REPORT_SCHEMA.names).take(rows).to_pylist():
                    yield CorpusReport(**{**row, "dated": Dated(row["dated"])})


def _check(report: CorpusReport, folder: Path) -> None:
    bytes_digest = sha256_text(report.text) if report.original is None else sha256_bytes(report.original)
    if sha256_text(report.text) != report.text_sha256 or bytes_digest != report.sha256:
        raise IntegrityFailure(
            f"The report “{report.id}” of {folder} is not what was added: its digest does not agree.",
            next_step="Restore the corpus from a copy, or collect it anew from its inputs.",
        )


def _damaged(path: Path) -> IntegrityFailure:
    return IntegrityFailure(
        f"The part {path} of the corpus is damaged.",
        next_step="Restore it from a copy, or collect the corpus anew from its inputs.",
    )
