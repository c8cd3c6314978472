"""A disk that loses its power: a file system in which only what was synced is sure to survive.

SQLite writes through a VFS, the rest of the program through `os`. The running program sees real files. Beside them the
disk keeps what would be on the platter: the content of each file at its last sync, the writes after it in sectors of
512 bytes, the names of the folder at its last sync, and the changes of names after it. At a chosen call the power goes:
that call and all after it fail, and a random part of what was not synced survives.

The model follows what SQLite assumes of a Unix file system: a sector is written whole or not at all (its neighbours
are never touched: "power-safe overwrite"), sectors reach the platter in any order until the file is synced, a name is
created, removed or replaced as a whole, and names are sure only after their folder was synced. SQLite's own Unix VFS
syncs the folder at the first sync of a rollback journal that it created, and after a removal that asks for it; both
happen below the interface of a VFS and are modelled here.
"""

from __future__ import annotations

import errno
import os
import random
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
_JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL | apsw.SQLITE_OPEN_WAL
_NAME = "power"


class PowerGone(apsw.IOError):
    """What SQLite is told by a disk without power."""


@dataclass
class _File:
    """One file, whatever its names: the bytes of its last sync and what was done to it since, in order.

    An entry of `pending` is (place, bytes) of one sector or less, or (size, None) for a change of the size.
    """

    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    through_vfs: bool = False

    def sync(self) -> None:
        for place, data in self.pending:
            _apply(self.durable, place, data, b"")
        self.pending.clear()


def _apply(content: bytearray, place: int, data: bytes | None, rubbish: bytes) -> None:
    """Write or cut; what a write leaves between the old end and its place is zeros, or `rubbish` over and over."""
    end = place if data is None else place + len(data)
    if data is None and len(content) > place:
        del content[place:]
    gap = (place if data is not None else end) - len(content)
    if gap > 0:
        content += (rubbish * (gap // len(rubbish) + 1))[:gap] if rubbish else bytes(gap)
    if data is not None:
        content[place:end] = data


class Disk:
    """The folder `folder`, which lies on a disk whose power goes at the call number `cut_at` (from 1; never if None).

    `calls` counts what reached the disk; `gone` is True from the cut on.
    """

    def __init__(self, folder: Path, chance: random.Random, cut_at: int | None = None) -> None:
        self.folder = folder.resolve()
        self.chance = chance
        self.cut_at = cut_at
        self.calls = 0
        self.gone = False
        self._names: dict[str, _File] = {}
        self._durable_names: dict[str, _File] = {}
        self._changes: list[dict[str, _File | None]] = []
        for path in sorted(path for path in self.folder.iterdir() if path.is_file()):
            file = _File(bytearray(path.read_bytes()))
            self._names[path.name] = self._durable_names[path.name] = file

    def call(self) -> None:
        """Count a call that reaches the disk. Raises PowerGone from the cut on."""
        if not self.gone:
            self.calls += 1
            if self.calls == self.cut_at:
                self.cut()
        if self.gone:
            raise PowerGone("the power is gone")

    def cut(self) -> None:
        """The power goes now."""
        self._look_around()
        for name, file in self._names.items():
            self._catch_up(name, file)
        self.gone = True

    def holds(self, name: str | None) -> bool:
        """Tell whether this is a name in the folder."""
        return name is not None and os.path.dirname(os.path.realpath(name)) == str(self.folder)  # noqa: PTH120

    def holds_inode(self, found: os.stat_result) -> bool:
        """Tell whether this is the folder or a file in it."""
        places = [self.folder, *(path for path in self.folder.iterdir() if path.is_file())]
        return any(os.path.samestat(path.stat(), found) for path in places)

    def file(self, name: str) -> _File:
        """The file of this name, which may have been created a moment ago."""
        short = os.path.basename(name)  # noqa: PTH119
        if short not in self._names:
            self._names[short] = _File()
            self._changes.append({short: self._names[short]})
        return self._names[short]

    def wrote(self, file: _File, place: int, data: bytes) -> None:
        """Take a write, in pieces that do not cross a sector."""
        file.through_vfs = True
        start = 0
        while start < len(data):
            end = min(len(data), start + SECTOR - (place + start) % SECTOR)
            file.pending.append((place + start, data[start:end]))
            start = end

    def removed(self, name: str) -> None:
        """Take the removal of a name."""
        short = os.path.basename(name)  # noqa: PTH119
        if self._names.pop(short, None):
            self._changes.append({short: None})

    def renamed(self, old: str, new: str) -> None:
        """Take a rename, which replaces what had the new name."""
        short, other = os.path.basename(old), os.path.basename(new)  # noqa: PTH119
        file = self.file(old)
        del self._names[short]
        self._names[other] = file
        self._changes.append({short: None, other: file})

    def sync_folder(self) -> None:
        """From now on all names are sure."""
        self._look_around()
        for change in self._changes:
            _rename(self._durable_names, change)
        self._changes.clear()

    def sync_inode(self, number: int) -> None:
        """Sync the file that has this number now: the program syncs it through a descriptor."""
        self._look_around()
        for name, file in self._names.items():
            if (self.folder / name).stat().st_ino == number:
                self._catch_up(name, file)
                file.sync()

    def reboot(self, folder: Path) -> None:
        """Write what survived into the empty `folder`: of all that is not sure, a random part."""
        if not self.gone:
            self.cut()
        share = self.chance.choice([0.0, 0.2, 0.5, 0.8, 1.0])
        survivors = dict(self._durable_names)
        lost: set[str] = set()
        for change in self._changes:
            # Changes of one name happen in order; those of different names in any.
            if lost.isdisjoint(change) and self.chance.random() < share:
                _rename(survivors, change)
            else:
                lost.update(change)
        for name, file in sorted(survivors.items()):
            (folder / name).write_bytes(self._survived(file))

    def _survived(self, file: _File) -> bytes:
        share = self.chance.choice([0.0, 0.2, 0.5, 0.8, 1.0])
        rubbish = self.chance.choice([b"", self.chance.randbytes(61)])
        content = bytearray(file.durable)
        for place, data in file.pending:
            if self.chance.random() < share:
                _apply(content, place, data, rubbish)
        return bytes(content)

    def _look_around(self) -> None:
        """Notice what came and went without the VFS and without the calls that are watched."""
        there = {path.name for path in self.folder.iterdir() if path.is_file()}
        for name in sorted(self._names.keys() - there):
            self.removed(name)
        for name in sorted(there - self._names.keys()):
            self.file(name)

    def _catch_up(self, name: str, file: _File) -> None:
        """What was written without the VFS is the difference to the last sync."""
        path = self.folder / name
        if file.through_vfs or not path.exists():
            return
        now = path.read_bytes()
        file.pending = []
        if len(now) < len(file.durable):
            file.pending.append((len(now), None))
        for place in range(0, len(now), SECTOR):
            if now[place : place + SECTOR] != file.durable[place : place + SECTOR]:
                file.pending.append((place, now[place : place + SECTOR]))


def _rename(names: dict[str, _File], change: dict[str, _File | None]) -> None:
    for name, file in change.items():
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


class _PowerFile(apsw.VFSFile):
    """A file of the Unix VFS whose writes and syncs are told to the disk."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._disk = disk
        disk.call()
        super().__init__("unix", name, flags)
        self._file = disk.file(path) if disk.holds(path) else _File()
        # SQLite syncs the folder at the first sync of a journal that it opened with leave to create it.
        self._folder_too = bool(flags[0] & apsw.SQLITE_OPEN_CREATE and flags[0] & _JOURNALS)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if not self._disk.gone:
            # The write under which the power goes may reach the platter in part.
            self._disk.wrote(self._file, offset, bytes(data))
        self._disk.call()
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.call()
        self._file.through_vfs = True
        self._file.pending.append((newsize, None))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802
        # The real disk is not waited for: nothing of it will be lost.
        self._disk.call()
        self._file.sync()
        if self._folder_too:
            self._disk.call()
            self._disk.sync_folder()
            self._folder_too = False

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        if self._disk.gone:
            raise PowerGone("the power is gone")
        data: bytes = super().xRead(amount, offset)
        return data


class _PowerVFS(apsw.VFS):
    """The Unix VFS with the disk that is in use at the moment below it, if any."""

    def __init__(self) -> None:
        super().__init__(_NAME, "unix")
        self.disk: Disk | None = None

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _PowerFile(self.disk, name, flags) if self.disk else apsw.VFSFile("unix", name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802
        disk = self.disk if self.disk and self.disk.holds(filename) else None
        if disk is None:
            super().xDelete(filename, syncdir)
            return
        disk.call()
        super().xDelete(filename, False)  # noqa: FBT003
        disk.removed(filename)
        if syncdir:
            disk.call()
            disk.sync_folder()


_vfs: _PowerVFS | None = None


def _installed() -> _PowerVFS:
    """Register the VFS once, and below the encrypting one, which is made for it when it is first asked for."""
    global _vfs  # noqa: PLW0603 a VFS is a thing of the whole process
    if _vfs is None:
        _vfs = _PowerVFS()
        apsw.Connection(":memory:", vfs=f"multipleciphers-{_NAME}").close()
    return _vfs


@contextmanager
def powered(disk: Disk) -> Iterator[None]:
    """While this lasts, what SQLite and `os` do in the folder of `disk` is done to it.

    Product code needs to know nothing of it: the VFS is the default one, and the calls of `os` that change names or
    sync are watched.
    """
    vfs = _installed()
    before = apsw.vfs_names()[0]
    apsw.set_default_vfs(f"multipleciphers-{_NAME}")
    vfs.disk = disk
    genuine = {name: getattr(os, name) for name in ("fsync", "replace", "rename", "unlink", "remove", "open")}
    try:
        for name, watched in _Watched(disk, genuine).by_name().items():
            setattr(os, name, watched)
        yield
    finally:
        for name, function in genuine.items():
            setattr(os, name, function)
        vfs.disk = None
        apsw.set_default_vfs(before)


class _Watched:
    """The calls of `os` that change names or sync, with the disk below them."""

    def __init__(self, disk: Disk, genuine: dict[str, Callable[..., Any]]) -> None:
        self._disk = disk
        self._genuine = genuine

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """Return what stands for each call."""
        return {
            "fsync": self._sync,
            "replace": self._rename,
            "rename": self._rename,
            "unlink": self._remove,
            "remove": self._remove,
            "open": self._open,
        }

    def _call(self) -> None:
        try:
            self._disk.call()
        except PowerGone as error:
            raise OSError(errno.EIO, os.strerror(errno.EIO)) from error

    def _sync(self, descriptor: int) -> None:
        found = os.fstat(descriptor)
        if not self._disk.holds_inode(found):
            self._genuine["fsync"](descriptor)
            return
        self._call()
        if not stat.S_ISDIR(found.st_mode):
            self._disk.sync_inode(found.st_ino)
        else:
            self._disk.sync_folder()

    def _rename(self, old: Any, new: Any, **rest: Any) -> None:
        ours = self._disk.holds(os.fspath(new))
        if ours:
            self._call()
        self._genuine["replace"](old, new, **rest)
        if ours:
            self._disk.renamed(os.fspath(old), os.fspath(new))

    def _remove(self, path: Any, **rest: Any) -> None:
        ours = self._disk.holds(os.fspath(path))
        if ours:
            self._call()
        self._genuine["unlink"](path, **rest)
        if ours:
            self._disk.removed(os.fspath(path))

    def _open(self, path: Any, flags: int, mode: int = 0o777, **rest: Any) -> int:
        ours = self._disk.holds(os.fspath(path)) and bool(flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR))
        if ours:
            self._call()
        descriptor: int = self._genuine["open"](path, flags, mode, **rest)
        if ours and flags & os.O_CREAT:
            self._disk.file(os.fspath(path))
        return descriptor
