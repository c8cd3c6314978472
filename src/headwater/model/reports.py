"""What was received: originals, reports with their working text and passages, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.model.ids import make_id, sha256_text
from headwater.model.spans import Span
from headwater.model.words import Basis, Completeness, PassageKind, SetAsideKind


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes as received. Equality is equality of content (`sha256`, hex)."""

    sha256: str
    media_type: str
    data: bytes

    @property
    def size(self) -> int:
        """Number of bytes."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Noted:
    """A piece of metadata with how it is known; `note` says where it was read or how it was guessed."""

    value: str
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the working text of one kind. Passages are sorted, disjoint and cover every non-space character."""

    span: Span
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """What is known about a report without its words.

    `published` is an ISO 8601 date or date-time as written, `language` a two-letter code. None means unknown.
    `files` are all received paths (relative, forward slashes) that hold this report, the first one first.
    `text_sha256` fixes the working text; `missing` quotes the start of what a second parser saw and the
    working text lacks.
    """

    id: str
    file: str
    files: tuple[str, ...]
    sha256: str
    text_sha256: str
    encoding: str
    outlet: Noted | None = None
    title: Noted | None = None
    published: Noted | None = None
    author: Noted | None = None
    url: Noted | None = None
    language: Noted | None = None
    completeness: Completeness = Completeness.NOT_CHECKED
    missing: str = ""

    @property
    def name(self) -> str:
        """The outlet if known, else the file: how a person recognises the report."""
        return self.outlet.value if self.outlet else self.file

    @property
    def called(self) -> str:
        """The outlet, else the title, else the file: how a page calls a report when its outlet is not known."""
        return self.outlet.value if self.outlet else self.title.value if self.title else self.file

    @property
    def day(self) -> str | None:
        """The publication day (YYYY-MM-DD) when it is known that far, else None."""
        return self.published.value[:10] if self.published and len(self.published.value) >= len("2000-01-01") else None


@dataclass(frozen=True, slots=True)
class Report:
    """One document by one outlet: its metadata, its working text and the passages of that text."""

    info: ReportInfo
    text: str
    passages: tuple[Passage, ...]

    @property
    def id(self) -> str:
        """The report's id."""
        return self.info.id


def plain_report(text: str, *, name: str = "", language: Noted | None = None) -> Report:
    """Return the report that a bare text makes: all of it is one passage of body, and nothing else is known of it.

    `name` tells it from another report of the same text.
    """
    sha256 = sha256_text(text)
    info = ReportInfo(
        id=make_id("report", sha256, name),
        file=name,
        files=(name,),
        sha256=sha256,
        text_sha256=sha256,
        encoding="utf-8",
        language=language,
    )
    return Report(info, text, (Passage(Span(0, len(text)), PassageKind.BODY),) if text.strip() else ())


@dataclass(frozen=True, slots=True)
class SetAside:
    """A received file that is not a report of its own: shown with its reason, never dropped silently.

    `sha256` is None when the bytes could not be read; `duplicate_of` is the id of the report that carries it.
    """

    file: str
    kind: SetAsideKind
    why: str
    sha256: str | None = None
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """The outcome of intake. Every file of `files` is in exactly one report's `files` or in `set_aside`."""

    files: tuple[str, ...]
    originals: tuple[Original, ...]
    reports: tuple[Report, ...]
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...] = ()
