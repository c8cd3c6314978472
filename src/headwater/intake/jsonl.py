"""Reports in a JSONL file: one object a line with "id" and "text", plain or gzipped. Line by line, in constant memory.

The text of a line is taken exactly as it is, all of it as body: places that are found in it are places of that text.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Any

from headwater.errors import PathMissing
from headwater.intake.guesses import guess_language
from headwater.intake.limits import MEBIBYTE, Limits
from headwater.intake.unfit import Unfit
from headwater.model import Report, SetAside, SetAsideKind, plain_report

ENDINGS = (".jsonl", ".jsonl.gz")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a report, the id that it goes by, as it stands there, and where it stands."""

    id: str | int
    report: Report
    place: str


def is_jsonl(path: Path) -> bool:
    """True for a file whose name says that it is JSONL."""
    return path.name.lower().endswith(ENDINGS)


def count_lines(path: Path, *, limits: Limits) -> int:
    """Return how many outcomes `read_lines` will yield. Raises PathMissing."""
    return sum(1 for _ in raw_lines(path, limits.file_bytes))


def read_lines(path: Path, *, limits: Limits) -> Iterator[Line | SetAside]:
    """Yield one outcome a line, in their order: a report, or why it is none. Raises PathMissing.

    A file that cannot be read on is set aside from the line where that shows.
    """
    for number, line in enumerate(raw_lines(path, limits.file_bytes), start=1):
        place = f"{path} line {number}"
        try:
            if isinstance(line, Unfit):
                raise line
            yield _report(line, place)
        except Unfit as unfit:
            yield SetAside(place, unfit.kind, str(unfit))


def _report(line: bytes, place: str) -> Line:
    found = parsed_object(line)
    name, text = found.get("id"), found.get("text")
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise Unfit(SetAsideKind.UNREADABLE, "Its “id” is missing, or neither a string nor a whole number.")
    if not isinstance(text, str):
        raise Unfit(SetAsideKind.UNREADABLE, "Its “text” is missing or no string.")
    return Line(name, plain_report(text, name=str(name), language=guess_language(text)), place)


def parsed_object(data: bytes) -> dict[str, Any]:
    """Return the JSON object that stands in `data`. Raises Unfit."""
    if not data.strip():
        raise Unfit(SetAsideKind.EMPTY, "The line is empty.")
    try:
        found = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unfit(SetAsideKind.UNDECODABLE, f"It is not UTF-8: byte {error.start + 1} does not fit.") from error
    except json.JSONDecodeError as error:
        raise Unfit(SetAsideKind.UNREADABLE, f"It is not JSON: {error.msg} at character {error.pos + 1}.") from error
    except (ValueError, RecursionError) as error:
        raise Unfit(SetAsideKind.UNREADABLE, "It is JSON beyond what can be read.") from error
    if not isinstance(found, dict):
        raise Unfit(SetAsideKind.UNREADABLE, "It is no object with “id” and “text”.")
    return found


def raw_lines(path: Path, longest: int) -> Iterator[bytes | Unfit]:
    """Yield the lines of a file, unpacked; in place of one that cannot be had, why. Raises PathMissing.

    A line longer than `longest` bytes is passed over; where the file cannot be read on, that is the last.
    """
    try:
        with path.open("rb") as raw:
            packed = path.name.lower().endswith(".gz")
            yield from _split(gzip.GzipFile(fileobj=raw, mode="rb") if packed else raw, longest)
    except FileNotFoundError as error:
        raise PathMissing(f"There is nothing at {path}.", next_step="Check the path and try again.") from error
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or "it is cut short or damaged"
        yield Unfit(SetAsideKind.UNREADABLE, f"From here on the file could not be read ({why}).")


def _split(file: BufferedIOBase, longest: int) -> Iterator[bytes | Unfit]:
    first = True
    while line := file.readline(longest + 1):
        if len(line) <= longest:
            yield line.removeprefix(_MARK) if first else line
        else:
            while line and not line.endswith(b"\n"):
                line = file.readline(longest)
            why = f"It is longer than {longest / MEBIBYTE:g} MB, the most that is read of one line."
            yield Unfit(SetAsideKind.TOO_LARGE, why)
        first = False
