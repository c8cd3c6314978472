"""The ledger of a corpus: which parts are in place and which inputs are finished. Knows nothing of what parts hold.

A corpus is a folder: `corpus.json` says that it is one, `added.jsonl` is the ledger, `reports/` and `set_aside/` hold
the parts. A line is appended, and flushed to the disk, only when its part is in place; so a part that no line names
is what a stopped run left behind, and a line that does not end is one that was never written.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from headwater.errors import IntegrityFailure, NotACorpus, WouldOverwrite

MANIFEST = "corpus.json"
LEDGER = "added.jsonl"
FORMAT = "headwater-corpus"
VERSION = 1
_FRESH = ".new"


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of units of an input: `taken` = `reports` + `set_aside` + `no_report`."""

    taken: int = 0
    reports: int = 0
    set_aside: int = 0
    no_report: int = 0

    def plus(self, other: Counts) -> Counts:
        """Return the sum."""
        return Counts(
            self.taken + other.taken,
            self.reports + other.reports,
            self.set_aside + other.set_aside,
            self.no_report + other.no_report,
        )


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part that is in place: the input it is of, what it counts, and `upto`, how many units of the input are done."""

    input: str
    sha256: str
    part: str
    counts: Counts
    upto: int


@dataclass(frozen=True, slots=True)
class InputLine:
    """An input that is finished, and what became of all of it."""

    input: str
    sha256: str
    counts: Counts


Entry = PartLine | InputLine


def is_corpus(path: Path) -> bool:
    """True for a folder that says it is a corpus, of whatever version."""
    with contextlib.suppress(NotACorpus):
        return bool(_manifest(path))
    return False


def check_corpus(folder: Path) -> None:
    """Raise NotACorpus unless `folder` is a corpus that this version can read."""
    version = _manifest(folder).get("version")
    if version != VERSION:
        raise NotACorpus(
            f"{folder} is a corpus of version {version}; this version of Headwater reads version {VERSION}.",
            next_step="Use the version of Headwater that wrote it.",
        )


def check_place(folder: Path) -> None:
    """Raise WouldOverwrite when `folder` holds something that is not a corpus, NotACorpus for one not to be read."""
    if (folder / MANIFEST).exists():
        check_corpus(folder)
    elif folder.exists() and (not folder.is_dir() or any(not each.name.startswith(".") for each in folder.iterdir())):
        raise WouldOverwrite(
            f"{folder} is there and is not a corpus, so nothing is added to it.",
            next_step="Name a folder that does not exist yet, or is empty, or is a corpus.",
        )


def create(folder: Path) -> None:
    """Make the folder `folder` a corpus unless it is one. Raises as `check_place` does."""
    check_place(folder)
    if not (folder / MANIFEST).exists():
        put_in_place(folder / MANIFEST, json.dumps({"format": FORMAT, "version": VERSION}).encode() + b"\n")


def entries(folder: Path) -> list[Entry]:
    """Return the whole lines of the ledger, in their order. Raises IntegrityFailure when one cannot be understood."""
    return [_entry(line, folder) for line in _whole_lines(folder)]


def trim(folder: Path) -> None:
    """Take away a last line that does not end, which a stopped run began to write."""
    end = sum(len(line) for line in _whole_lines(folder))
    path = folder / LEDGER
    if path.exists() and path.stat().st_size > end:
        with path.open("rb+") as file:
            file.truncate(end)
            os.fsync(file.fileno())


def append(folder: Path, entry: Entry) -> None:
    """Write one line at the end of a ledger that was trimmed, and flush it to the disk."""
    kind = "part" if isinstance(entry, PartLine) else "input"
    line = json.dumps({"kind": kind, **asdict(entry)}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    path = folder / LEDGER
    is_new = not path.exists()
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        flush_folder(folder)


def put_in_place(path: Path, data: bytes) -> None:
    """Write a small file whole or not at all."""
    fresh = path.with_name(f".{path.name}{_FRESH}")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system lets a folder be flushed (not on Windows)."""
    with contextlib.suppress(PermissionError, IsADirectoryError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotACorpus(
            f"{folder} is not a Headwater corpus.", next_step="Make one with: headwater corpus add CORPUS INPUT..."
        )
    return told


def _whole_lines(folder: Path) -> Iterator[bytes]:
    with contextlib.suppress(FileNotFoundError), (folder / LEDGER).open("rb") as file:
        yield from (line for line in file if line.endswith(b"\n"))


def _entry(line: bytes, folder: Path) -> Entry:
    try:
        told = json.loads(line)
        counts = Counts(**told["counts"])
        if told["kind"] == "input":
            return InputLine(str(told["input"]), str(told["sha256"]), counts)
        return PartLine(str(told["input"]), str(told["sha256"]), str(told["part"]), counts, int(told["upto"]))
    except (ValueError, KeyError, TypeError) as error:
        raise IntegrityFailure(
            f"The ledger {folder / LEDGER} holds a line that is not one of Headwater's.",
            next_step="Restore it from a copy, or collect the corpus anew from its inputs.",
        ) from error
