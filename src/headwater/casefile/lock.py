"""One writer at a time for one case. The lock belongs to the operating system: it ends with its process."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headwater.errors import InUse

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_held: set[tuple[int, Path]] = set()


@contextmanager
def sole_writer(target: Path) -> Iterator[None]:
    """Hold the right to write the case `target`. Raises InUse when another process or thread holds it.

    Who holds it may ask again within. Writes an empty file beside the case and removes it; one that a killed process
    left behind is taken over.
    """
    place = target.with_name(f".{target.name}.lock")
    mine = (threading.get_ident(), Path(os.path.realpath(place)))
    if mine in _held:
        yield
        return
    descriptor = _taken(place, target)
    _held.add(mine)
    try:
        yield
    finally:
        _held.discard(mine)
        # Removed while it is held: whoever opened the same file meanwhile notices below and opens a new one.
        # Windows refuses to remove an open file; there the empty file stays and does no harm.
        with contextlib.suppress(PermissionError, FileNotFoundError):
            place.unlink()
        os.close(descriptor)


def _taken(place: Path, target: Path) -> int:
    while True:
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor)
        except (BlockingIOError, PermissionError) as error:
            os.close(descriptor)
            raise InUse(
                f"Another run of Headwater is writing {target} at this moment.",
                next_step="Wait until it is done and try again.",
            ) from error
        except BaseException:
            os.close(descriptor)
            raise
        if _is_still(place, descriptor):
            return descriptor
        os.close(descriptor)


def _is_still(place: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(place.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
