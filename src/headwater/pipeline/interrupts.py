"""Ctrl-C while something is written that must not be left half told."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def too_late_to_stop() -> Iterator[None]:
    """Pass over a Ctrl-C until the block ends.

    For the moment in which a case changes: the change is soon done, what it leaves beside the case is cleared away,
    and the person is told what was done, not that it was stopped. Only the main thread gets a Ctrl-C.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
