"""What a corpus holds: reports as they were collected, by the million, before any of them is read. No files here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headwater.model.words import SetAsideKind


class Dated(StrEnum):
    """How the day of a collected report is known."""

    UNKNOWN = ""
    GIVEN = "given"  # its row, or a reports.csv, says it
    PAGE = "page"  # the page says it of itself
    GUESSED = "guessed"  # derived from the words by a rule
    CRAWLED = "crawled"  # nothing says it; the web archive fetched the page then, so it is no later


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """One report of a corpus. Empty strings are unknown; `published` is an ISO 8601 date or date-time as found.

    `file` and `place` say where it came from ("news.parquet", "row 17"; no place for a file that is the report).
    `sha256` is of the bytes received: `original`, or the text in UTF-8 where a row's text is itself the original and
    `original` is None. `media_type` is of those bytes, with the encoding that a server gave. `text_sha256` is of
    the text, and all offsets into it are code points.
    """

    id: str
    outlet: str
    published: str
    dated: Dated
    title: str
    url: str
    authors: str
    language: str
    text: str
    text_sha256: str
    file: str
    place: str
    sha256: str
    media_type: str
    original: bytes | None = None


@dataclass(frozen=True, slots=True)
class CorpusAside:
    """A row, record or file that became no report of a corpus, and why."""

    file: str
    place: str
    kind: SetAsideKind
    why: str


@dataclass(frozen=True, slots=True)
class NoReport:
    """What nobody could take for a report: a request, or a note of the crawler, in a web archive."""

    file: str
    place: str
