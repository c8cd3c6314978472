"""Which reports.csv describes which received file: finds them, and answers what they say of one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from unicodedata import normalize

from headwater.errors import BadReportsCsv
from headwater.intake.files import REPORTS_CSV, CannotRead, Found, TooLarge, Walk, folders_above, holds, read_bytes
from headwater.intake.reports_csv import Listing, read_listing
from headwater.model import Noted, sha256_bytes


@dataclass(frozen=True, slots=True)
class Listings:
    """The reports.csv files of the folders around received files, with their digests, and what was odd about them."""

    by_folder: Mapping[Path, Listing]
    digests: Mapping[str, str]
    notes: tuple[str, ...]

    def given(self, file: Found) -> dict[str, Noted]:
        """What the listings of the folders around a file say of it; the nearest folder has the last word."""
        given: dict[str, Noted] = {}
        for folder in sorted(self.by_folder):
            if file.path.is_relative_to(folder):
                given.update(self.by_folder[folder].rows.get(_key(file.path.relative_to(folder)), {}))
        return given


def read_listings(found: Walk, *, file_bytes: int) -> Listings:
    """Read the reports.csv of every folder that holds received files; a note tells of rows without a file.

    Raises BadReportsCsv, also for one larger than `file_bytes`.
    """
    by_folder: dict[Path, Listing] = {}
    digests: dict[str, str] = {}
    notes: list[str] = []
    for folder in sorted({folder for file in found.files for folder in folders_above(file.path, found.base)}):
        path = _listing_in(folder)
        if path is None:
            continue
        name = path.relative_to(found.base).as_posix() if found.base else path.name
        try:
            data = read_bytes(path, at_most=file_bytes)
        except (CannotRead, TooLarge) as error:
            why = str(error) or "It is too large."
            raise BadReportsCsv(f"{name} cannot be read. {why}", next_step="Mend it or take it away.") from error
        listing = read_listing(data, name=name)
        digests[name] = sha256_bytes(data)
        by_folder[folder] = Listing({_key(row): noted for row, noted in listing.rows.items()})
        received = {_key(file.path.relative_to(folder)) for file in found.files if file.path.is_relative_to(folder)}
        absent = [row for row in listing.rows if _key(row) not in received and not _lies_in(folder, row)]
        notes.extend((*listing.notes, *(f"{name} describes “{row}”, which is not there." for row in absent)))
    return Listings(by_folder, digests, tuple(notes))


def _lies_in(folder: Path, row: str) -> bool:
    """True when a row names a file of the folder that was not given; a row cannot point anywhere else."""
    named = PurePath(row)
    return not named.is_absolute() and ".." not in named.parts and holds((folder / named).exists)


def _listing_in(folder: Path) -> Path | None:
    exact = folder / REPORTS_CSV
    if holds(exact.is_file):
        return exact
    others = sorted(path for path in folder.glob("[Rr][Ee][Pp][Oo][Rr][Tt][Ss].[Cc][Ss][Vv]") if holds(path.is_file))
    return others[0] if others else None


def _key(name: str | PurePath) -> str:
    """File names compare in one Unicode form: macOS writes them decomposed, spreadsheets do not."""
    return normalize("NFC", name if isinstance(name, str) else name.as_posix())
