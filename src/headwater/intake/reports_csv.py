"""The reports.csv that a person may put beside the reports: what each file is. Never rewrites what they wrote.

Columns, any of them, in any order: file, outlet, url, published, title, author, language.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headwater.errors import BadReportsCsv
from headwater.intake.dates import day_of, is_iso
from headwater.intake.text import NotText, Undecodable, decode
from headwater.model import Basis, Noted

FIELDS = ("outlet", "url", "published", "title", "author", "language")
_ALIASES = {"filename": "file", "date": "published", "source": "outlet", "publisher": "outlet", "lang": "language"}
_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "russian": "ru", "ukrainian": "uk", "arabic": "ar", "chinese": "zh", "turkish": "tr",
}  # fmt: skip
_LANGUAGE = re.compile(r"^([a-z]{2})(?:[-_][a-z0-9]{2,8})*$")
_LONGEST_FIELD = 100_000


@dataclass(frozen=True, slots=True)
class Listing:
    """What one reports.csv says. `rows` maps a file, as written with forward slashes, to its noted fields."""

    rows: Mapping[str, Mapping[str, Noted]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_listing(data: bytes, *, name: str) -> Listing:
    """Understand the bytes of one reports.csv; `name` is its path for messages.

    Raises BadReportsCsv; writes nothing.
    """
    try:
        text = decode(data).text.removeprefix("\ufeff")
    except (NotText, Undecodable) as error:
        raise _bad(name, str(error)) from error
    table = _table(text, name)
    if not table:
        raise _bad(name, "It is empty.")
    (_, header), *body = table
    columns = [_ALIASES.get(title, title) for title in (cell.strip().lower() for cell in header)]
    _check_columns(columns, name)
    notes = [
        f"{name}: the column “{title}” is not one Headwater knows; it was not used."
        for title in columns
        if title and title not in {"file", *FIELDS}
    ]
    rows: dict[str, Mapping[str, Noted]] = {}
    for line, cells in body:
        file, noted = _row(columns, cells, name=name, line=line, notes=notes)
        if rows.setdefault(file, noted) != noted:
            raise _bad(name, f"Line {line} describes “{file}” a second time, and differently.")
    return Listing(rows, tuple(notes))


def _table(text: str, name: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of the line on which it ends."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count) if first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
            if any(len(cell) > _LONGEST_FIELD for cell in row):
                raise _bad(name, f"Line {reader.line_num} holds a cell of more than {_LONGEST_FIELD} characters.")
    except csv.Error as error:
        raise _bad(name, f"Line {reader.line_num} cannot be read ({error}).") from error
    return rows


def _check_columns(columns: Sequence[str], name: str) -> None:
    if "file" not in columns:
        raise _bad(name, "It has no column called “file”.")
    twice = sorted({title for title in columns if title and columns.count(title) > 1})
    if twice:
        raise _bad(name, f"The column “{twice[0]}” stands in it more than once.")


def _row(
    columns: Sequence[str], cells: Sequence[str], *, name: str, line: int, notes: list[str]
) -> tuple[str, dict[str, Noted]]:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise _bad(name, f"Line {line} has {len(cells)} cells, the first line only {len(columns)}.")
    values = {title: cell.strip() for title, cell in zip(columns, cells, strict=False)}
    file = values.get("file", "").replace("\\", "/").removeprefix("./")
    if not file:
        raise _bad(name, f"Line {line} names no file.")
    noted: dict[str, Noted] = {}
    for title in FIELDS:
        value = values.get(title, "")
        given = _given(title, value)
        if given:
            noted[title] = given
        elif value:
            notes.append(f"{name}, line {line}: “{value}” is not a {_KINDS[title]}; it was not used.")
    return file, noted


_KINDS = {
    "published": "date Headwater can read (write it as 2017-05-04)",
    "language": "language (write it as a two-letter code, en)",
}


def _given(title: str, value: str) -> Noted | None:
    if not value:
        return None
    note = "reports.csv"
    if title == "published" and not is_iso(value):
        day = day_of(value)
        return Noted(day, Basis.GIVEN, f"{note}, written “{value}”") if day else None
    if title == "language":
        low = value.lower()
        code = _LANGUAGE.match(low)
        known = code.group(1) if code else _LANGUAGES.get(low)
        return Noted(known, Basis.GIVEN, note) if known else None
    return Noted(value, Basis.GIVEN, note)


def _bad(name: str, what: str) -> BadReportsCsv:
    return BadReportsCsv(
        f"{name} cannot be understood. {what}",
        next_step="Its first line names the columns (file, outlet, url, published, title, author, language), each "
        "further line describes one report. Mend it, or take it out of the folder and run again.",
    )
