"""Opening several pages at a time, each in its own limited child process; the outcomes keep their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from headwater.intake.html import PageReader
from headwater.intake.limits import Limits

T = TypeVar("T")
Job = Callable[[PageReader], T]
_AHEAD = 4  # jobs handed out for each child: enough that none waits, few enough to be held in memory


def in_order(items: Iterable[T | Job[T]], *, workers: int, limits: Limits) -> Generator[T, None, None]:
    """Yield each item, or what it returns when it is a job for a reader of pages, in the order of `items`.

    Closing it ends the child processes. A job must not raise for what a page holds. The threads only wait: the work
    is done in their child processes.
    """
    readers: SimpleQueue[PageReader] = SimpleQueue()
    every = [PageReader(limits) for _ in range(workers)]
    for reader in every:
        readers.put(reader)

    def done(job: Job[T]) -> T:
        reader = readers.get()
        try:
            return job(reader)
        finally:
            readers.put(reader)

    pool = ThreadPoolExecutor(workers)
    waiting: deque[Future[T] | T] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(done, item) if callable(item) else item)
            if len(waiting) > workers * _AHEAD:
                yield _outcome(waiting.popleft())
        while waiting:
            yield _outcome(waiting.popleft())
    finally:
        pool.shutdown(cancel_futures=True)
        for reader in every:
            reader.close()


def _outcome(item: Future[T] | T) -> T:
    return item.result() if isinstance(item, Future) else item
