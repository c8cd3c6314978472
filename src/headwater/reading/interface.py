"""What every reader implements, the built-in ones and those of other packages, and the reader that reads nothing.

docs/readers.md says in full what a reader promises; `faults` in the module beside this one checks what can be checked.
"""

from __future__ import annotations

from typing import Protocol

from headwater.model import Maker, Reading, Report


class Reader(Protocol):
    """Reads one report at a time.

    `read` is a pure function of the report: the same report gives the same reading, on every machine and in every
    order, without a network, the clock or chance, and it does not write. Spans are code points of `report.text`, ids
    are made by `make_id` from the report's id and places, and a source is the id of a mention of the same reading.
    """

    @property
    def maker(self) -> Maker:
        """Name and version of what made the reading; a new version whenever a reading may differ."""

    def read(self, report: Report) -> Reading:
        """Return what the report says. Raises nothing for any text."""


class Unread:
    """Stands in where no reader exists for the language: an empty reading that says so."""

    maker = Maker("reading.none", "1")

    def read(self, report: Report) -> Reading:
        """Return a reading with nothing but the note that the report was not read."""
        language = report.info.language.value if report.info.language else "unknown"
        return Reading(report.id, notes=(f"Not read: no reader for the language “{language}”.",))
