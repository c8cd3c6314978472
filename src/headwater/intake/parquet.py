"""Reports in a Parquet file: one row each, batch by batch, so that any number of rows fits into memory.

Only the columns that the table of names knows are read. pyarrow is loaded with this module and with no other of
this room, because loading it takes longer than most commands.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from headwater.intake.limits import MEBIBYTE, Limits
from headwater.intake.rows import KNOWN_NAMES, NAMES, row_report
from headwater.intake.unfit import Unfit
from headwater.model import CorpusAside, CorpusReport, SetAsideKind

ENDING = ".parquet"
_BATCH = 512  # rows of news are 6 kB: a few megabytes at a time
_PAGE_BYTES = 64 * MEBIBYTE  # what one message of the format may ask for; a damaged length asks for gigabytes
_NEEDED = frozenset((*NAMES["id"], *NAMES["text"]))
_DAMAGE = (pa.ArrowException, OSError, ValueError, EOFError, OverflowError)


def count_rows(path: Path) -> int:
    """Return how many outcomes `read_parquet` will yield for a file that is whole: its rows, or 1 if it is damaged."""
    try:
        with _opened(path) as file:
            return int(file.metadata.num_rows)
    except _DAMAGE:
        return 1


def read_parquet(
    path: Path, *, file: str, limits: Limits, after: int = 0
) -> Generator[CorpusReport | CorpusAside, None, None]:
    """Yield one outcome a row beyond the first `after`, in their order; `file` is how the outcomes name it.

    Rows that can no longer be read are each set aside, so that every row has its outcome; a file that is no Parquet
    is one that is set aside.
    """
    try:
        opened = _opened(path)
    except _DAMAGE as error:
        if not after:
            yield CorpusAside(file, "", SetAsideKind.UNREADABLE, f"It cannot be read as Parquet ({_reason(error)}).")
        return
    with opened:
        yield from _rows(opened, file=file, limits=limits, after=after)


def _opened(path: Path) -> pq.ParquetFile:
    return pq.ParquetFile(
        path,
        pre_buffer=False,
        page_checksum_verification=True,
        thrift_string_size_limit=_PAGE_BYTES,
        thrift_container_size_limit=1_000_000,
    )


def _rows(opened: pq.ParquetFile, *, file: str, limits: Limits, after: int) -> Iterator[CorpusReport | CorpusAside]:
    names = [name for name in opened.schema_arrow.names if name.lower() in KNOWN_NAMES]
    first = 0
    for group in range(opened.metadata.num_row_groups):
        end = first + opened.metadata.row_group(group).num_rows
        if end > after:
            batches = opened.iter_batches(_BATCH, row_groups=[group], columns=names, use_threads=False)
            yield from _of_group(batches, first, end, file=file, limits=limits, after=after)
        first = end


def _of_group(
    batches: Iterator[pa.RecordBatch], row: int, end: int, *, file: str, limits: Limits, after: int
) -> Iterator[CorpusReport | CorpusAside]:
    """Yield the outcome of the rows `row` to `end` (from 0, without the last) that are beyond the first `after`."""
    why = "it ends too early"
    while row < end:
        try:
            batch = next(batches, None)
        except _DAMAGE as error:
            why = _reason(error)
            break
        if batch is None:
            break
        batch = batch.slice(0, end - row)
        skip = min(batch.num_rows, max(0, after - row))
        yield from _of_batch(batch.slice(skip), row + skip, file=file, limits=limits)
        row += batch.num_rows
    for lost in range(max(row, after), end):
        yield CorpusAside(
            file, _place(lost), SetAsideKind.UNREADABLE, f"This part of the file could not be read ({why})."
        )


def _of_batch(batch: pa.RecordBatch, first: int, *, file: str, limits: Limits) -> Iterator[CorpusReport | CorpusAside]:
    columns: dict[str, pa.Array] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        columns.setdefault(name.lower(), _plain(column))
    for index in range(batch.num_rows):
        place = _place(first + index)
        try:
            values = {name: _value(column, index, name) for name, column in columns.items()}
            yield row_report(values, file=file, place=place, limits=limits)
        except Unfit as unfit:
            yield CorpusAside(file, place, unfit.kind, str(unfit))


def _plain(column: pa.Array) -> pa.Array:
    """Dates and times as their ISO 8601 strings: those of Arrow reach further than those of Python."""
    try:
        if not pa.types.is_temporal(column.type):
            return column
        return pc.replace_substring_regex(column.cast(pa.string()), r"\.0+(Z?)$", r"\1")
    except _DAMAGE:  # a length of time, for which there is no such string
        return pa.nulls(len(column))


def _value(column: pa.Array, index: int, name: str) -> object:
    """Return one value; of the fields that a report can do without, one that cannot be had is unknown."""
    try:
        return column[index].as_py()
    except _DAMAGE as error:
        if name in _NEEDED:
            raise Unfit(SetAsideKind.UNDECODABLE, f"Its “{name}” cannot be read, or is not UTF-8.") from error
        return None


def _place(row: int) -> str:
    return f"row {row + 1}"


def _reason(error: BaseException) -> str:
    """The first words of what a library says, on one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__
