"""Backups: a copy of a case, byte for byte, of one state of it; and the way back.

An encrypted case is copied as it is, sealed, without its passphrase.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from headwater.casefile.checkpoints import beside, read_checkpoints
from headwater.casefile.closing import set_aside_checkpoints
from headwater.casefile.custody import timestamp
from headwater.casefile.database import damaged
from headwater.casefile.disk import copy_still, flush_folder, require_folder, require_settled, still
from headwater.casefile.explaining import explained
from headwater.casefile.keys import Key, is_encrypted
from headwater.casefile.lock import sole_writer
from headwater.casefile.verify import verify
from headwater.errors import HeadwaterError, MustBeEncrypted, PathMissing, WouldOverwrite
from headwater.model import Verdict


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A copy: where it is, its size in bytes and the SHA-256 (hex) of its bytes. `encrypted` as the case is."""

    path: Path
    size: int
    sha256: str
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """A case put back from a backup. `kept` is where the case that stood there is now, or None when there was none.

    `checkpoints` is where the checkpoints are now that stood beside the place: they are of the case that stood there.
    """

    path: Path
    size: int
    sha256: str
    kept: Path | None
    checkpoints: Path | None


def backup(path: Path, to: Path) -> BackedUp:
    """Copy the case at `path` to the new file `to`, byte for byte, while nobody can change it.

    Writes `to` whole or not at all, readable by its owner alone, flushed to the disk and read back. What the bytes
    mean is not checked: that takes the passphrase, and is what `verify` does, on the copy as on the case. Raises
    PathMissing, NotACase, InUse (somebody is writing, or an interrupted change must be undone first), WouldOverwrite,
    CannotWrite.
    """
    source = _real(path)
    encrypted = is_encrypted(source)
    target = Path(os.path.realpath(to))
    with _placing(target) as partial:
        if target.exists():
            raise WouldOverwrite(f"{to} exists already.", next_step="Choose another name; a backup replaces nothing.")
        with still(source) as file:
            digest, size = copy_still(source, file, partial)
        partial.replace(target)
    return BackedUp(target, size, digest, encrypted)


def restore(path: Path, to: Path, *, now: datetime, replace: bool = False, key: Key | None = None) -> Restored:
    """Put the backup at `path` back as the case `to`, after `verify` passed it; `key` opens it when it is encrypted.

    A case that stands there is left alone unless `replace`; then it is kept beside, under a name with the time `now`
    (aware), and its checkpoints with it: of the case that comes back they would be wrong. Whole or not at all.
    Raises PathMissing, NotACase, NewerCase, Locked, WrongPassphrase, InUse, WouldOverwrite, CannotWrite, and
    IntegrityFailure when the backup is not what it was.
    """
    source = _real(path)
    target = Path(os.path.realpath(to))
    if source == target:
        raise WouldOverwrite(f"{path} is both the backup and the case.", next_step="Give two names.")
    sealed = is_encrypted(source)  # that it is a case at all is told before anything is made beside the target
    with _placing(target) as partial:
        if target.exists() and not replace:
            raise WouldOverwrite(
                f"{to} exists already.",
                next_step="Choose another name, or allow it with --replace; the case that stands there is kept beside.",
            )
        if target.exists() and is_encrypted(target) and not sealed:
            raise MustBeEncrypted(
                f"{to} is encrypted, and the backup is a plain file, which anybody who gets it can read.",
                next_step="Restore it under another name, and encrypt that case with `headwater encrypt`.",
            )
        with still(source) as file:
            _require_sound(source, key)
            digest, size = copy_still(source, file, partial)
        kept = _set_beside(target, now) if target.exists() else None
        prove = not kept and _proven_beside(source, target, key)
        checkpoints = None if prove else set_aside_checkpoints(target, timestamp(now), kept)
        partial.replace(target)
    return Restored(target, size, digest, kept, checkpoints)


def _require_sound(source: Path, key: Key | None) -> None:
    result = verify(source, key=key)
    if not result.sound:
        failed = result.having(Verdict.FAILED)[0]
        raise damaged(source, f"{failed.name}: {failed.sentence}")


def _proven_beside(source: Path, target: Path, key: Key | None) -> bool:
    """True when the checkpoints beside `target` are of this very state of the case: they stay, and prove it."""
    try:
        return verify(source, checkpoints=read_checkpoints(beside(target)), key=key).sound
    except HeadwaterError:
        return False


def _real(path: Path) -> Path:
    if not path.exists():
        raise PathMissing(f"There is no file at {path}.", next_step="Check the name and the folder.")
    return Path(os.path.realpath(path))


@contextmanager
def _placing(target: Path) -> Iterator[Path]:
    """Give the name of a file beside `target` that the block makes and puts in its place; nothing of it is left."""
    with explained(target):
        require_folder(target)
        with sole_writer(target):
            require_settled(target)
            partial = target.with_name(f".{target.name}.partial")
            partial.unlink(missing_ok=True)
            try:
                yield partial
                flush_folder(target.parent)
            finally:
                partial.unlink(missing_ok=True)


def _set_beside(target: Path, now: datetime) -> Path:
    """Give the case at `target` a second name that nobody has, so that the next one can take the first."""
    time = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    kept = target.with_name(f"{target.stem}-replaced-{time}{target.suffix}")
    if kept.exists():
        raise WouldOverwrite(f"{kept} exists already.", next_step="Wait a second and try again.")
    try:
        os.link(target, kept)  # at no moment is there no case
    except OSError:
        target.rename(kept)  # a file system without second names, as on most USB sticks
    return kept
