"""Copying a case, byte for byte, as one state of it."""

from __future__ import annotations

import os
from pathlib import Path


def backup(path: Path, to: Path) -> None:
    """Copy (stand-in until the real one is merged)."""
    data = path.read_bytes()
    with os.fdopen(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
