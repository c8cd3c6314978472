"""Files as the operating system keeps them: flushed, copied under SQLite's own locks, and overwritten.

Knows nothing of what a case holds and needs no key.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from headwater.errors import CannotWrite, InUse

_CHUNK = 1 << 20
# What systems say where a folder cannot be opened or flushed like a file.
_NOT_FLUSHED = frozenset({errno.EACCES, errno.EBADF, errno.EINVAL, errno.EISDIR, errno.ENOTSUP, errno.EPERM})


def require_folder(target: Path) -> None:
    """Raise CannotWrite when `target` cannot become a file: its folder is missing, or it is a folder itself."""
    if not target.parent.is_dir():
        raise CannotWrite(f"There is no folder {target.parent}.", next_step="Make it first, or choose another place.")
    if target.is_dir():
        raise CannotWrite(f"{target} is a folder.", next_step="Give the name of a file.")


def require_settled(target: Path) -> None:
    """Raise CannotWrite when a journal waits beside `target`: it belongs to the state that the file has now."""
    for suffix in ("-journal", "-wal"):
        beside = target.with_name(target.name + suffix)
        if waits(beside):
            raise CannotWrite(
                f"Another program is changing {target}, or was interrupted while it did ({beside.name} is there).",
                next_step="Close that program, or run `headwater verify` on the case, which finishes what was begun.",
            )


def waits(journal: Path) -> bool:
    """True when SQLite would play this journal back.

    One that begins with zero never came into force, or is done with: SQLite leaves it where it is and goes on.
    """
    try:
        with journal.open("rb") as file:
            return file.read(1) not in {b"", b"\0"}
    except FileNotFoundError:
        return False


@contextmanager
def still(path: Path) -> Iterator[apsw.VFSFile]:
    """Hold SQLite's shared lock on the file at `path`: until the end nobody can commit to it. No key is needed.

    What is read through the file that this gives is one state of it. Raises InUse when somebody is committing at this
    moment or an interrupted change waits to be undone; apsw errors pass through. Writes nothing.
    """
    # The same locks as every connection of this process and of others, in SQLite's own bookkeeping: a lock of our own
    # would be dropped, and drop theirs, when one of them closes the file (POSIX).
    file = apsw.VFSFile("", str(path), [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0])
    try:
        try:
            file.xLock(apsw.SQLITE_LOCK_SHARED)
        except apsw.BusyError as error:
            raise InUse(
                f"Another program is changing {path} at this moment.", next_step="Wait until it is done and try again."
            ) from error
        try:
            _require_no_hot_journal(path, file)
            yield file
        finally:
            file.xUnlock(apsw.SQLITE_LOCK_NONE)
    finally:
        file.xClose()


def _require_no_hot_journal(path: Path, file: apsw.VFSFile) -> None:
    # A journal whose writer lives has the reserved lock behind it, and cannot have changed the file under our lock.
    journal = path.with_name(f"{path.name}-journal")
    if waits(journal) and not file.xCheckReservedLock() and waits(journal):
        raise InUse(
            f"The last change of {path} was interrupted ({journal.name} is there).",
            next_step="Run `headwater verify` on the case, which undoes what was begun, and try again.",
        )


def copy_still(source: Path, file: apsw.VFSFile, target: Path) -> tuple[str, int]:
    """Copy the file held by `still` into the new file `target`, for its owner alone; return SHA-256 (hex) and size.

    The bytes are on the disk when this returns, and were read back and compared. Raises CannotWrite when what was
    written is not what was read; OSError passes through.
    """
    digest = hashlib.sha256()
    size = file.xFileSize()
    with open(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as copy:  # noqa: PTH123 - a descriptor
        for start in range(0, size, _CHUNK):
            piece = file.xRead(min(_CHUNK, size - start), start)
            digest.update(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    if target.stat().st_size != size or file_digest(target) != digest.hexdigest():
        raise CannotWrite(
            f"What was written to {target.parent} is not what was read from {source}.",
            safe="The case itself was only read.",
            next_step="Do not trust this disk; make the copy on another one.",
        )
    return digest.hexdigest(), size


def file_digest(path: Path) -> str:
    """Return the SHA-256 (hex) of a file that nobody has open."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Wait until the bytes of a file are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where folders can be flushed: not on Windows, not everywhere.

    OSError passes through when the disk failed.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NOT_FLUSHED:
            raise


def shred(path: Path) -> None:
    """Overwrite a file and remove it. OSError passes through."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        overwrite(descriptor)
    finally:
        os.close(descriptor)
    path.unlink(missing_ok=True)
    flush_folder(path.parent)


def overwrite(descriptor: int) -> None:
    """Write zeros over every byte of an open file and wait until they are on the disk. OSError passes through.

    A solid-state disk, a file system that copies on write, a snapshot or a backup may keep the old bytes elsewhere:
    no program can reach those.
    """
    size = os.fstat(descriptor).st_size
    zeros = bytes(_CHUNK)
    os.lseek(descriptor, 0, os.SEEK_SET)
    while size:
        size -= os.write(descriptor, zeros[:size])
    os.fsync(descriptor)
