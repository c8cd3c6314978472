"""Reading: one report in, its statements, figures, dates and citations out. Never looks at other reports.

`Reader` is the interface that every reader implements, the rules here and a trained one alike; `reader_for` picks the
reader of a language. A report in a language without a reader is kept, shown, and said to be unread.
"""

from __future__ import annotations

from typing import Protocol

from headwater.model import Maker, Reading, Report
from headwater.reading.english.reader import EnglishRules


class Reader(Protocol):
    """Reads one report at a time. `read` is a pure function of the report: same report, same reading."""

    @property
    def maker(self) -> Maker:
        """Name and version of what made the reading."""

    def read(self, report: Report) -> Reading:
        """Return what the report says. Raises nothing for any text; writes nothing."""


class Unread:
    """Stands in where no reader exists for the language: an empty reading that says so."""

    maker = Maker("reading.none", "1")

    def read(self, report: Report) -> Reading:
        """Return a reading with nothing but the note that the report was not read."""
        language = report.info.language.value if report.info.language else "unknown"
        return Reading(report.id, notes=(f"Not read: no reader for the language “{language}”.",))


ENGLISH = EnglishRules()
MAKER = ENGLISH.maker


def reader_for(language: str | None) -> Reader:
    """Return the reader of a language (two-letter code); unknown languages are tried as English."""
    return ENGLISH if language is None or language.lower().split("-")[0] == "en" else Unread()


__all__ = ["MAKER", "Reader", "Unread", "reader_for"]
