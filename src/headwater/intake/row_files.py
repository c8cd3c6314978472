"""Rows that are JSON: JSONL files for a corpus, one report a line, and news-please files, one report each."""

from __future__ import annotations

from collections.abc import Generator
from itertools import islice
from pathlib import Path

from headwater.intake.jsonl import parsed_object, raw_lines
from headwater.intake.limits import Limits
from headwater.intake.rows import KNOWN_NAMES, NAMES, row_report
from headwater.intake.unfit import Unfit
from headwater.model import CorpusAside, CorpusReport, SetAsideKind

JSON_ENDING = ".json"


def read_jsonl(
    path: Path, *, file: str, limits: Limits, after: int = 0
) -> Generator[CorpusReport | CorpusAside, None, None]:
    """Yield one outcome a line beyond the first `after`, in their order. Raises PathMissing.

    A file that cannot be read on is set aside from the line where that shows. `file` is how the outcomes name it.
    """
    for number, line in enumerate(islice(raw_lines(path, limits.file_bytes), after, None), start=after + 1):
        place = f"line {number}"
        try:
            if isinstance(line, Unfit):
                raise line
            yield object_report(line, file=file, place=place, limits=limits)
        except Unfit as unfit:
            yield CorpusAside(file, place, unfit.kind, str(unfit))


def object_report(data: bytes, *, file: str, place: str, limits: Limits) -> CorpusReport:
    """Return the report of one JSON object, as a line or as a file of its own. Raises Unfit."""
    found = parsed_object(data.removeprefix(b"\xef\xbb\xbf"))
    values: dict[str, object] = {}
    for key, value in found.items():
        name = key.lower()
        if name in KNOWN_NAMES:
            values.setdefault(name, value)
    if not place and not values.keys() & set(NAMES["text"]):
        raise Unfit(SetAsideKind.UNSUPPORTED, "It is JSON, but not a report with a text.")
    return row_report(values, file=file, place=place, limits=limits)
