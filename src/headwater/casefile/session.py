"""A key for as long as somebody works with a case: the session locks itself when it is not used. Writes nothing."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from headwater.casefile.keys import Key
from headwater.errors import Locked

IDLE_SECONDS = 900.0
_CORRECTED = 60.0  # a clock is set right by less; one that is set back by more would keep a session open


class Session:
    """The key of the case at `path`, until the session is locked.

    It locks itself when `key` was not asked for during `idle_seconds`, by a timer in the background and again at each
    use, so that a computer that slept does not find it open. It is locked as well by `lock`, at the end of a `with`
    block and when the process ends. `key` is None for a case that is not encrypted; such a session locks likewise.
    `clock` returns seconds that also pass while the computer sleeps (`time.time` does; set back, it locks).
    `on_lock` is called once, when the session locks, from whichever thread locks it.
    """

    def __init__(
        self,
        path: Path,
        key: Key | None,
        *,
        clock: Callable[[], float],
        idle_seconds: float = IDLE_SECONDS,
        on_lock: Callable[[], None] | None = None,
    ) -> None:
        self.path = path
        self._held = key
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._on_lock = on_lock
        self._guard = threading.RLock()
        self._locked = False
        self._used = clock()
        self._timer: threading.Timer | None = None
        atexit.register(self.lock)
        self._watch(idle_seconds)

    @property
    def key(self) -> Key | None:
        """The key; asking for it counts as use. Raises Locked."""
        with self._guard:
            if not self.locked:
                self._used = self._clock()
                return self._held
        raise Locked(
            f"{self.path} was locked because nobody used it, or on request.",
            safe="What was saved before is in the case.",
            next_step="Open it again with its passphrase.",
        )

    @property
    def locked(self) -> bool:
        """True when the key is gone. Looking does not count as use, but locks a session that is overdue."""
        with self._guard:
            if not self._locked and not -_CORRECTED <= self._clock() - self._used < self._idle_seconds:
                self.lock()
            return self._locked

    def lock(self) -> None:
        """Wipe the key and let nobody ask for it again. May be called more than once."""
        with self._guard:
            if self._locked:
                return
            self._locked = True
            if self._held:
                self._held.wipe()
            if self._timer:
                self._timer.cancel()
        atexit.unregister(self.lock)
        if self._on_lock:
            self._on_lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.lock()

    def __repr__(self) -> str:
        return f"<Session of {self.path}: {'locked' if self._locked else 'open'}>"

    def _watch(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._guard:
            if not self.locked:
                self._watch(max(self._idle_seconds - (self._clock() - self._used), 0.01))
