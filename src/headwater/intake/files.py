"""Which files were given: walks folders in a fixed order and reads bytes under a cap. Never looks inside them.

Every file found is counted, with three exceptions: hidden files (a name that starts with a dot, and what file
managers leave behind) and what Headwater itself wrote are told in a note; the reports.csv describes the others.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from headwater.errors import PathMissing

REPORTS_CSV = "reports.csv"
_DROPPINGS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_NAMED_IN_A_NOTE = 5


@dataclass(frozen=True, slots=True)
class Ours:
    """What Headwater wrote and therefore never reads as a report.

    `targets` (resolved) are the places that this run writes. They are passed over without a word, so that a second
    run over the same folder receives the same and makes the same case. `wrote` recognises other cases and dossiers,
    file or folder; these are told in a note. `beside` recognises what only serves a case and lies beside it; it is
    passed over without a word.
    """

    targets: frozenset[Path] = frozenset()
    wrote: Callable[[Path], bool] = lambda _: False
    beside: Callable[[Path], bool] = lambda _: False

    def is_target(self, path: Path) -> bool:
        """True for a place that this run writes."""
        # The names first: to resolve each of many files costs more than all the rest of the walk.
        return any(path.name == target.name for target in self.targets) and path.resolve() in self.targets


NOTHING_OURS = Ours()


@dataclass(frozen=True, slots=True)
class Found:
    """One received file: `name` is its path relative to what was given, with forward slashes."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Walk:
    """What lies under the given paths: received files in order of their names, the others by name only.

    `hidden` were not looked at, `written` are cases and dossiers that Headwater wrote at another time, `targets` those
    that it writes now. `base` is the folder that names are relative to, None when the paths have none in common.
    """

    files: tuple[Found, ...]
    hidden: tuple[str, ...]
    written: tuple[str, ...]
    targets: tuple[str, ...]
    base: Path | None

    def notes(self) -> list[str]:
        """Return what a person must be told of the files that were passed over."""
        told = (("Not looked at, because hidden", self.hidden), ("Not read, because Headwater wrote it", self.written))
        return [f"{why}: {len(names)} ({_some(names)})." for why, names in told if names]


class CannotRead(Exception):
    """The file system refused a file; the message is the reason for a person."""


class TooLarge(Exception):
    """The file holds more bytes than the cap."""


def walk(paths: Sequence[Path], *, ours: Ours = NOTHING_OURS) -> Walk:
    """List the files at and under `paths`, each once, sorted by name. Raises PathMissing; writes nothing."""
    roots = sorted({Path(os.path.abspath(path)) for path in paths})  # noqa: PTH100 - resolve() would follow links
    for root in roots:
        if not holds(root.exists):
            raise PathMissing(f"There is nothing at {root}.", next_step="Check the path and try again.")
    base = _base(roots)
    files: dict[Path, Found] = {}
    passed: dict[_Lot, set[str]] = {lot: set() for lot in _Lot}
    for root in roots:
        for path, lot in _below(root, ours):
            name = _name(path, base)
            if lot is not _Lot.READ:
                passed[lot].add(name)
            elif path.name.lower() != REPORTS_CSV:
                files[path] = Found(path, name)
    ordered = sorted(files.values(), key=lambda found: found.name)
    hidden = passed[_Lot.HIDDEN] - {found.name for found in ordered}
    return Walk(
        files=tuple(ordered),
        hidden=tuple(sorted(hidden)),
        written=tuple(sorted(passed[_Lot.WRITTEN])),
        targets=tuple(sorted(passed[_Lot.TARGET])),
        base=base,
    )


def read_bytes(path: Path, *, at_most: int) -> bytes:
    """Return the bytes of a regular file. Raises CannotRead, or TooLarge beyond `at_most` bytes."""
    try:
        if path.is_symlink():
            raise CannotRead("It is a link to another place; links are not followed.")
        if path.is_dir():
            raise CannotRead("It is a folder that the system would not open.")
        if not stat.S_ISREG(path.stat().st_mode):
            raise CannotRead("It is not an ordinary file.")
        with path.open("rb") as file:
            data = file.read(at_most + 1)
    except OSError as error:
        raise CannotRead(f"The system would not open it ({error.strerror or 'no reason given'}).") from error
    if len(data) > at_most:
        raise TooLarge
    return data


def holds(check: Callable[[], bool]) -> bool:
    """The answer of a question to the file system; False where it refuses to answer (rights, impossible names)."""
    try:
        return check()
    except (OSError, ValueError):
        return False


def folders_above(path: Path, base: Path | None) -> Iterator[Path]:
    """Yield the folder of a file and those around it, up to `base`: where a reports.csv may describe it."""
    yield path.parent
    if base is not None and path.parent.is_relative_to(base):
        for folder in path.parent.parents:
            if not folder.is_relative_to(base):
                return
            yield folder


class _Lot(Enum):
    """What becomes of something that lies under the given paths."""

    READ = auto()
    HIDDEN = auto()
    WRITTEN = auto()
    TARGET = auto()


def _below(root: Path, ours: Ours) -> Iterator[tuple[Path, _Lot]]:
    """Yield a given file, or everything below a given folder, with its lot."""
    own = _own(root, ours)
    if own is not None:
        yield root, own
        return
    if not holds(root.is_dir):
        # A link that a person names is read as what it points to.
        yield (root.resolve() if root.is_symlink() else root), _Lot.READ
        return
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append, followlinks=False):
        here = Path(folder)
        entered = []
        for name in sorted(folders):
            lot = _lot(here / name, ours)
            if lot is not _Lot.READ or holds((here / name).is_symlink):
                yield here / name, lot
            else:
                entered.append(name)
        folders[:] = entered
        for name in sorted(names):
            yield here / name, _lot(here / name, ours)
    # A folder that cannot be listed would otherwise be lost without a word.
    yield from ((Path(error.filename), _Lot.READ) for error in closed if error.filename is not None)


def _lot(path: Path, ours: Ours) -> _Lot:
    if ours.beside(path):
        return _Lot.TARGET
    if _is_hidden(path.name):
        return _Lot.HIDDEN
    return _own(path, ours) or _Lot.READ


def _own(path: Path, ours: Ours) -> _Lot | None:
    if holds(lambda: ours.is_target(path)):
        return _Lot.TARGET
    return _Lot.WRITTEN if holds(lambda: ours.wrote(path)) else None


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED_IN_A_NOTE]) + (", …" if len(names) > _NAMED_IN_A_NOTE else "")


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.lower() in _DROPPINGS


def _base(roots: Sequence[Path]) -> Path | None:
    """The folder that names are relative to, or None when the paths have no folder in common."""
    if len(roots) == 1:
        return roots[0] if roots[0].is_dir() else roots[0].parent
    try:
        return Path(os.path.commonpath([root if root.is_dir() else root.parent for root in roots]))
    except ValueError:  # different drives
        return None


def _name(path: Path, base: Path | None) -> str:
    if base is not None and path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return path.as_posix() if base is None else path.name
