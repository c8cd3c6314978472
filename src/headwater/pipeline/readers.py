"""Reading many reports: one after another, or spread over processes when there are many. Never looks at words.

Every report is read on its own, so the readings are the same for any number of processes; they come back in the
order of the reports.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass

from headwater.errors import HeadwaterError
from headwater.model import Reading, Report, Span
from headwater.pipeline.outcomes import Tick, Trouble, described
from headwater.reading import reader_for

MANY = 60  # below this the start of the processes (0.5 s each, spawned) costs more than they save
_BATCH = 8  # small enough that Ctrl-C is answered at once and the last batch keeps nobody waiting


@dataclass(frozen=True, slots=True)
class Read:
    """The readings, one a report in their order, and the reports on which the reader failed."""

    readings: tuple[Reading, ...]
    troubles: tuple[Trouble, ...]


def read_all(reports: Sequence[Report], *, workers: int | None = None, tick: Tick) -> Read:
    """Read every report; `workers` processes, or as many as make sense when None.

    A report on which the reader fails keeps an empty reading with a note and becomes a Trouble.
    Raises HeadwaterError when a reading process dies.
    """
    count = workers if workers is not None else sensible_workers(len(reports))
    done: list[tuple[Reading, Trouble | None]] = []
    for batch in _parallel(reports, count) if count > 1 else _serial(reports):
        done += batch
        tick(len(done), len(reports), reports[len(done) - 1].info.file)
    return Read(tuple(reading for reading, _ in done), tuple(trouble for _, trouble in done if trouble))


def sensible_workers(reports: int) -> int:
    """Return how many processes to read with: one for a few reports, else one a processor, eight at most."""
    return 1 if reports <= MANY else max(1, min(os.cpu_count() or 1, 8))


def _serial(reports: Sequence[Report]) -> Iterator[list[tuple[Reading, Trouble | None]]]:
    for report in reports:
        yield [_read_one(report)]


def _parallel(reports: Sequence[Report], workers: int) -> Iterator[list[tuple[Reading, Trouble | None]]]:
    batches = [reports[at : at + _BATCH] for at in range(0, len(reports), _BATCH)]
    # Spawned, not forked: the same on every system, and safe beside the threads of the libraries.
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        with _interrupts_held():
            read = pool.map(_read_batch, batches)
        yield from read
    except BrokenProcessPool as error:
        raise HeadwaterError(
            "A reading process was ended from outside, most likely because memory ran out.",
            next_step="Close other programs, or run again with --workers 1.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start processes that never see Ctrl-C: it reaches the whole group, and this process answers for all.

    They inherit the mask for good; here a Ctrl-C that came meanwhile is answered as soon as they are started. The mask
    alone does not hold it back: the system may hand the signal to another thread, such as the one that draws the
    progress, and Python then interrupts this one halfway through a start.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
        if came and callable(handler):
            handler(came[0], None)


def _read_batch(reports: Sequence[Report]) -> list[tuple[Reading, Trouble | None]]:
    return [_read_one(report) for report in reports]


def _read_one(report: Report) -> tuple[Reading, Trouble | None]:
    language = report.info.language.value if report.info.language else None
    try:
        reading = reader_for(language).read(report)
        _check_fits(report, reading)
    except HeadwaterError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect on one report must not lose the others; it is recorded
        what = f"The reader failed on this report with {described(error)}; nothing was read from it."
        return Reading(report=report.id, notes=(what,)), Trouble(report.info.file, what, traceback.format_exc())
    return reading, None


def _check_fits(report: Report, reading: Reading) -> None:
    if reading.report != report.id:
        raise ValueError("the reading belongs to another report")
    spans: list[Span] = [figure.span for figure in reading.figures]
    spans += [date.span for date in reading.dates]
    spans += [citation.span for citation in reading.citations]
    for mention in reading.mentions:
        spans += [mention.span, *mention.spans]
    for statement in reading.statements:
        spans += [*statement.content, *(relay.span for relay in (*statement.via, *statement.behind))]
        spans += [span for span in (statement.source_span, statement.cue) if span]
        if statement.told_to:
            spans.append(statement.told_to.span)
    for span in spans:
        span.of(report.text)
