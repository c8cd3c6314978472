"""Ballast: some bytes beside a case that can be given up, so that a full disk can still withdraw and delete.

The file `.NAME.ballast` holds nothing; removing it by hand does no harm.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

MEBIBYTE = 1024 * 1024
# What a withdrawal puts aside is at most the size of the case; a larger ballast than this would be in the way.
LEAST, MOST = MEBIBYTE, 32 * MEBIBYTE
_ROOM = 10  # kept only where so many times its size is free


def place_of(case: Path) -> Path:
    """Where the ballast of a case lies."""
    return case.with_name(f".{case.name}.ballast")


def keep(case: Path) -> None:
    """Put ballast beside the case where there is none, or too little, and the disk has room. Never fails."""
    place = place_of(case)
    with contextlib.suppress(OSError):
        size = min(MOST, max(LEAST, case.stat().st_size))
        # A run that was killed leaves a piece; that the case grew a little is no reason to write it anew each time.
        if place.exists() and 2 * place.stat().st_size >= size:
            return
        if shutil.disk_usage(case.parent).free < _ROOM * size:
            return
        descriptor = os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        try:
            # Random bytes: a file system that compresses would give no room to zeros.
            for _ in range(0, size, MEBIBYTE):
                os.write(descriptor, os.urandom(MEBIBYTE))
        finally:
            os.close(descriptor)


def give_up(case: Path) -> bool:
    """Remove the ballast; tell whether there was any."""
    try:
        place_of(case).unlink()
    except OSError:
        return False
    return True
