"""Reading many reports: one after another, or spread over processes when there are many. Never looks at words.

Every report is read on its own, so the readings are the same for any number of processes; they come back in the
order of the reports, and only a few of them are held at a time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice

from headwater.errors import HeadwaterError
from headwater.model import Maker, Reading, Report
from headwater.pipeline.outcomes import Tick, Trouble, described
from headwater.reading import UNREAD, faults, known, reader_for, use_threads

MANY = 60  # below this the start of the processes (0.5 s each, spawned) costs more than they save
FAILED = "The reader failed on this report"
_BATCH = 8  # small enough that Ctrl-C is answered at once and the last batch keeps nobody waiting
_AND = " + "
_AHEAD = 4  # batches handed out for each process: enough that none waits for work


@dataclass(frozen=True, slots=True)
class ReadOne:
    """The reading of one report with what made it, and what went wrong or None."""

    report: Report
    reading: Reading
    maker: Maker
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class Read:
    """The readings, one a report in their order, the reports on which the reader failed, and what made the readings."""

    readings: tuple[Reading, ...]
    troubles: tuple[Trouble, ...]
    maker: Maker


_Answer = tuple[Reading, Maker, Trouble | None]


def read_all(reports: Sequence[Report], *, workers: int | None = None, reader: str | None = None, tick: Tick) -> Read:
    """Read every report; `workers` processes, or as many as make sense when None. `reader` is the one a person chose.

    A report on which the reader fails keeps an empty reading with a note and becomes a Trouble.
    Raises ReaderUnusable as `reader_for` does, and HeadwaterError when a reading process dies.
    """
    count = workers if workers is not None else sensible_workers(len(reports))
    done: list[ReadOne] = []
    with closing(read_each(reports, workers=count, reader=reader)) as answers:
        for one in answers:
            done.append(one)
            tick(len(done), len(reports), one.report.info.file)
    troubles = tuple(one.trouble for one in done if one.trouble)
    maker = joined_maker({one.maker for one in done}) or reader_for(None, reader).maker
    return Read(tuple(one.reading for one in done), troubles, maker)


def read_each(reports: Iterable[Report], *, workers: int, reader: str | None = None) -> Generator[ReadOne, None, None]:
    """Yield what `read_all` gathers, one report at a time, taking no more reports than are being read.

    Close it when it is left early, so that the processes end.
    """
    waiting: deque[Report] = deque()

    def noted() -> Iterator[Report]:
        for report in reports:
            waiting.append(report)
            yield report

    with closing(_parallel(noted(), workers, reader) if workers > 1 else _serial(noted(), reader)) as answers:
        for reading, maker, trouble in answers:
            yield ReadOne(waiting.popleft(), reading, maker, trouble)


def check_reader(reader: str | None) -> None:
    """Raise ReaderUnusable when the reader that a person chose is not there or cannot be loaded."""
    if reader is not None:
        known(reader)


def sensible_workers(reports: int) -> int:
    """Return how many processes to read with: one for a few reports, else one a processor, eight at most."""
    return 1 if reports <= MANY else max(1, min(os.cpu_count() or 1, 8))


def joined_maker(makers: Iterable[Maker]) -> Maker | None:
    """Return one maker for all readings, or None when nothing was read: a case names one a step.

    Several readers may have read a mixed pile. That no reader read a report stands in its notes, so that "none" is
    named only where nothing else was.
    """
    single = {each for maker in makers for each in _single(maker)}
    found = sorted(single - {UNREAD.maker}, key=lambda maker: (maker.name, maker.version))
    if not found:
        return None
    return Maker(_AND.join(maker.name for maker in found), _AND.join(maker.version for maker in found))


def _single(maker: Maker) -> list[Maker]:
    names, versions = maker.name.split(_AND), maker.version.split(_AND)
    if len(names) != len(versions):
        return [maker]  # a reader of somebody else, which is called so
    return [Maker(*each) for each in zip(names, versions, strict=True)]


def _serial(reports: Iterable[Report], reader: str | None) -> Generator[_Answer, None, None]:
    for report in reports:
        yield _read_one(report, reader)


def _parallel(reports: Iterator[Report], workers: int, reader: str | None) -> Generator[_Answer, None, None]:
    # Spawned, not forked: the same on every system, and safe beside the threads of the libraries. One thread for each:
    # the processes share the processors already.
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=use_threads, initargs=(1,)
    )
    handed_out: deque[Future[list[_Answer]]] = deque()
    try:
        while True:
            while len(handed_out) < workers * _AHEAD and (batch := list(islice(reports, _BATCH))):
                with _interrupts_held():
                    handed_out.append(pool.submit(_read_batch, batch, reader))
            if not handed_out:
                return
            yield from handed_out.popleft().result()
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


def _read_batch(reports: Sequence[Report], reader: str | None) -> list[_Answer]:
    return [_read_one(report, reader) for report in reports]


def _read_one(report: Report, named: str | None) -> _Answer:
    reader = reader_for(report.info.language.value if report.info.language else None, named)
    try:
        reading = reader.read(report)
        fault = next(faults(report, reading), None)
    except HeadwaterError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect on one report must not lose the others; it is recorded
        return _failed(report, reader.maker, f"{FAILED} with {described(error)}", traceback.format_exc())
    return _failed(report, reader.maker, f"{FAILED}: {fault}") if fault else (reading, reader.maker, None)


def _failed(report: Report, maker: Maker, why: str, trace: str = "") -> _Answer:
    what = f"{why}; nothing was read from it."
    return Reading(report=report.id, notes=(what,)), maker, Trouble(report.info.file, what, trace)
