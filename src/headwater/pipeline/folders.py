"""Writing a folder of files as a whole: it appears complete or not at all, and nothing of a person's is replaced.

A folder that Headwater wrote carries a list of its files with their digests. Only a folder whose content is exactly
that list is replaced: a file added or changed by hand stops the writing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from headwater.errors import CannotWrite, WouldOverwrite
from headwater.model import sha256_bytes

MARKER = ".headwater-dossier"
_FIRST_LINE = "headwater-dossier/1"
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # written by file managers while looking


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (relative names with forward slashes) as `folder`, replacing one that Headwater wrote.

    Written beside the target first and then renamed, so that a stop at any moment leaves the old folder or the new
    one. Raises WouldOverwrite as `check_replaceable` does, CannotWrite when the file system refuses, ValueError for
    a name that leads out of the folder.
    """
    check_replaceable(folder)
    fresh = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    stale = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    try:
        _fill(fresh, files)
        if folder.exists():
            folder.rename(stale)
        fresh.rename(folder)
    except OSError as error:
        raise CannotWrite(
            f"The folder {folder} cannot be written: {error.strerror or error}.",
            safe="A dossier that stood there is unchanged.",
            next_step="Check the free space and the rights of the folder above it, or choose another place.",
        ) from error
    finally:
        if stale.exists() and not folder.exists():
            stale.rename(folder)
        for leftover in (fresh, stale):
            shutil.rmtree(leftover, ignore_errors=True)


def is_dossier(folder: Path) -> bool:
    """True for a folder that carries the list of a dossier, also when somebody has changed something in it."""
    return (folder / MARKER).is_file()


def check_replaceable(folder: Path) -> None:
    """Raise WouldOverwrite unless `folder` is absent, empty, or exactly what Headwater wrote there."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise _refusal(folder, "is not a folder")
    present = {name: path for name, path in _files(folder) if path.name not in _LITTER}
    if not present and not any(folder.iterdir()):
        return
    listed = _listed(folder)
    if listed is None:
        raise _refusal(folder, "was not made by Headwater")
    strange = sorted(name for name in present if name != MARKER and name not in listed)
    if strange:
        raise _refusal(folder, f"holds a file that Headwater did not write ({strange[0]})")
    changed = sorted(n for n, path in present.items() if n in listed and sha256_bytes(path.read_bytes()) != listed[n])
    if changed:
        raise _refusal(folder, f"holds a file that was changed by hand ({changed[0]})")


def _refusal(folder: Path, why: str) -> WouldOverwrite:
    return WouldOverwrite(
        f"{folder} {why}, so it is not replaced.",
        next_step="Choose another folder, or move this one away.",
    )


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix(), path


def _listed(folder: Path) -> dict[str, str] | None:
    try:
        lines = (folder / MARKER).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    if not lines or lines[0] != _FIRST_LINE:
        return None
    pairs = (line.partition("  ") for line in lines[1:])
    return {name: digest for digest, _, name in pairs}


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    listing = [_FIRST_LINE, *(f"{sha256_bytes(files[name])}  {name}" for name in sorted(files))]
    for name, data in (*sorted(files.items()), (MARKER, ("\n".join(listing) + "\n").encode())):
        inner = PurePosixPath(name)
        if inner.is_absolute() or ".." in inner.parts or not inner.parts:
            raise ValueError(f"the name {name!r} leads out of the folder")
        path = folder.joinpath(*inner.parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
