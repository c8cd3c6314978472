"""What was given to be collected, as inputs: each file of many reports by itself, all other files of a folder together.

An input is known by the digest of its bytes, can be counted, and gives one outcome for each of its units (row, line,
record or file) from any unit on. Loads pyarrow; import it from here and not from the room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from headwater.intake import parquet, warc
from headwater.intake.files import CannotRead, Found, Ours, TooLarge, Walk, holds, read_bytes, walk
from headwater.intake.jsonl import ENDINGS as JSONL_ENDINGS
from headwater.intake.jsonl import count_lines
from headwater.intake.limits import Limits
from headwater.intake.listings import Listings, read_listings
from headwater.intake.pages import Outcome, count_records, read_files, read_warc
from headwater.intake.row_files import read_jsonl
from headwater.model import CorpusAside, SetAsideKind, digest, sha256_bytes

ENDINGS = (parquet.ENDING, *JSONL_ENDINGS, *warc.ENDINGS)


Outcomes = Generator[Outcome, None, None]


class Input(Protocol):
    """Something that holds reports. `name` is how a person knows it."""

    @property
    def name(self) -> str:
        """The file, or the folder, as it was given."""

    def sha256(self) -> str:
        """Return the digest of all its bytes, read through once: the same for the same input on every machine."""

    def count(self) -> int:
        """Return how many units it has; each will have one outcome."""

    def read(self, after: int) -> Outcomes:
        """Yield the outcome of each unit beyond the first `after`, in their order."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs: single files by name, then those of each folder, by name; and notes of what was passed over."""

    inputs: tuple[Input, ...]
    notes: tuple[str, ...]


def inputs_at(paths: Sequence[Path], *, limits: Limits, ours: Ours, workers: int) -> Inputs:
    """Return the inputs at and under `paths`. Raises PathMissing and BadReportsCsv; writes nothing.

    `workers` is how many pages are opened at a time. Files of a kind that is not read are units as well, so that each
    is set aside by name.
    """
    folders = [path for path in paths if holds(path.is_dir)]
    loose = [path for path in paths if path not in folders]
    inputs: list[Input] = []
    notes: list[str] = []
    for given, name in [*((loose, "") for _ in loose[:1]), *(([folder], folder.absolute().name) for folder in folders)]:
        found = walk(given, ours=ours)
        notes += found.notes()
        inputs += _inputs_of(found, name, limits=limits, workers=workers, notes=notes)
    return Inputs(tuple(inputs), tuple(notes))


def _inputs_of(found: Walk, name: str, *, limits: Limits, workers: int, notes: list[str]) -> Iterator[Input]:
    alone = {file: _holds_many(file.path) for file in found.files}
    together = tuple(file for file in found.files if not alone[file])
    for file in (file for file in found.files if alone[file]):
        yield _Collection(file, limits, workers)
    if together:
        listings = read_listings(found, file_bytes=limits.file_bytes)
        notes += listings.notes
        title = name or (together[0].name if len(together) == 1 else f"{together[0].name} and {len(together) - 1} more")
        yield _Files(title, together, listings, limits, workers)


def _holds_many(path: Path) -> bool:
    return path.name.lower().endswith(ENDINGS) and not path.is_symlink() and holds(path.is_file)


@dataclass(frozen=True, slots=True)
class _Collection:
    """One file of many reports."""

    file: Found
    limits: Limits
    workers: int

    @property
    def name(self) -> str:
        return self.file.name

    def sha256(self) -> str:
        try:
            with self.file.path.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError:
            return digest("unreadable", self.name)

    def count(self) -> int:
        return _count(self.file.path, self.limits) if self._opens() else 1

    def read(self, after: int) -> Outcomes:
        if self._opens():
            return self._read(after)
        aside = CorpusAside(self.name, "", SetAsideKind.UNREADABLE, "The system would not open it.")
        return (each for each in (aside,)[after:])

    def _read(self, after: int) -> Outcomes:
        path, limits = self.file.path, self.limits
        if _ends(path, (parquet.ENDING,)):
            return parquet.read_parquet(path, file=self.name, limits=limits, after=after)
        if _ends(path, JSONL_ENDINGS):
            return read_jsonl(path, file=self.name, limits=limits, after=after)
        return read_warc(path, file=self.name, limits=limits, workers=self.workers, after=after)

    def _opens(self) -> bool:
        try:
            with self.file.path.open("rb"):
                return True
        except OSError:
            return False


def _count(path: Path, limits: Limits) -> int:
    if _ends(path, (parquet.ENDING,)):
        return parquet.count_rows(path)
    return count_lines(path, limits=limits) if _ends(path, JSONL_ENDINGS) else count_records(path)


def _ends(path: Path, endings: tuple[str, ...]) -> bool:
    return path.name.lower().endswith(endings)


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a folder that hold one report each, or none."""

    name: str
    files: tuple[Found, ...]
    listings: Listings
    limits: Limits
    workers: int

    def sha256(self) -> str:
        listed = [part for name in sorted(self.listings.digests) for part in (name, self.listings.digests[name])]
        every = [part for file in self.files for part in (file.name, self._digest(file))]
        return digest("files", *listed, *every)

    def _digest(self, file: Found) -> str:
        try:
            return sha256_bytes(read_bytes(file.path, at_most=self.limits.file_bytes))
        except CannotRead:
            return "unreadable"
        except TooLarge:
            return "too large"

    def count(self) -> int:
        return len(self.files)

    def read(self, after: int) -> Outcomes:
        return read_files(self.files, self.listings, limits=self.limits, workers=self.workers, after=after)
