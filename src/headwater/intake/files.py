"""Which files were given: walks folders in a fixed order and reads bytes under a cap. Never looks inside them.

Every file found is counted, with two exceptions that are told in a note: hidden files (a name that starts with a
dot, and what file managers leave behind), and the reports.csv that describes the others.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.errors import PathMissing

REPORTS_CSV = "reports.csv"
_DROPPINGS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Found:
    """One received file: `name` is its path relative to what was given, with forward slashes."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Walk:
    """What lies under the given paths: received files in order of their names, hidden ones by name only.

    `base` is the folder that names are relative to, None when the paths have none in common.
    """

    files: tuple[Found, ...]
    hidden: tuple[str, ...]
    base: Path | None


class CannotRead(Exception):
    """The file system refused a file; the message is the reason for a person."""


class TooLarge(Exception):
    """The file holds more bytes than the cap."""


def walk(paths: Sequence[Path]) -> Walk:
    """List the files at and under `paths`, each once, sorted by name. Raises PathMissing; writes nothing."""
    roots = sorted({Path(os.path.abspath(path)) for path in paths})  # noqa: PTH100 - resolve() would follow links
    for root in roots:
        if not holds(root.exists):
            raise PathMissing(f"There is nothing at {root}.", next_step="Check the path and try again.")
    base = _base(roots)
    files: dict[Path, Found] = {}
    hidden: set[str] = set()
    for root in roots:
        for path, is_hidden in _below(root):
            name = _name(path, base)
            if is_hidden:
                hidden.add(name)
            elif path.name.lower() != REPORTS_CSV:
                files[path] = Found(path, name)
    ordered = sorted(files.values(), key=lambda found: found.name)
    return Walk(tuple(ordered), tuple(sorted(hidden - {found.name for found in ordered})), base)


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


def _below(root: Path) -> Iterator[tuple[Path, bool]]:
    """Yield (path, hidden) for a given file, or for everything below a given folder."""
    if not holds(root.is_dir):
        # A link that a person names is read as what it points to.
        yield (root.resolve() if root.is_symlink() else root), False
        return
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append, followlinks=False):
        here = Path(folder)
        for name in sorted(folders):
            if _is_hidden(name):
                yield here / name, True
            elif holds((here / name).is_symlink):
                yield here / name, False
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in sorted(names):
            yield here / name, _is_hidden(name)
    # A folder that cannot be listed would otherwise be lost without a word.
    yield from ((Path(error.filename), False) for error in closed if error.filename is not None)


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
