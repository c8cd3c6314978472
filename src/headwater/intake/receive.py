"""Bytes to reports: reads every given file, gives each exactly one outcome, and collapses what is there twice.

Writes nothing, fetches nothing, and does not look at the meaning of a report. The rule of counting, checked on
every run: files = reports + set aside. A byte-identical copy stands in its report's `files` and is also set aside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from headwater.errors import NothingToRead
from headwater.intake.files import NOTHING_OURS, Found, Ours, walk
from headwater.intake.guesses import domain_of
from headwater.intake.html import PageReader
from headwater.intake.limits import FORMATS_READ, MEBIBYTE, Limits
from headwater.intake.listings import Listings, read_listings
from headwater.intake.original import Candidate, open_file, read_original
from headwater.model import (
    Maker,
    Noted,
    Original,
    Received,
    Report,
    SetAside,
    SetAsideKind,
    digest,
    make_id,
)

MAKER = Maker("headwater.intake", "1")
Progress = Callable[[int, int, str], None]
_NAMED_IN_A_NOTE = 5
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(slots=True)
class _Desk:
    """What has been received so far. Private to one run of `receive`."""

    limits: Limits
    pages: PageReader
    listings: Listings
    candidates: list[Candidate]
    set_aside: list[SetAside]
    originals: dict[str, Original]
    notes: list[str]
    total_bytes: int = 0


def receive(
    paths: Sequence[Path],
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    ours: Ours = NOTHING_OURS,
    on_progress: Progress | None = None,
) -> Received:
    """Read the files at and under `paths` into reports. Offsets are code points of each report's `text`.

    What `ours` recognises as written by Headwater is no report and is passed over.
    `on_progress` is called with (files done, files in all, name of the file) after each file. A report's id is
    made from its bytes; where two outlets carry the same bytes, the ids of all but the first also hold the outlet.
    Originals are kept for every file of a format that is read, also when no report could be made of it.

    Raises PathMissing, NothingToRead (with the reasons when every file was set aside) and BadReportsCsv. Writes
    nothing.
    """
    found = walk(paths, ours=ours)
    listings = read_listings(found, file_bytes=limits.file_bytes)
    with ExitStack() as stack:
        pages = stack.enter_context(PageReader(limits))
        desk = _Desk(limits, pages, listings, [], [], {}, list(listings.notes))
        for number, file in enumerate(found.files):
            _take(desk, file, number)
            if on_progress:
                on_progress(number + 1, len(found.files), file.name)
        if pages.unlimited:
            desk.notes.append("This system cannot limit the memory of the process that opens pages, only its time.")
    reports, copies = collapse(desk.candidates)
    desk.set_aside += copies
    if not reports:
        raise _nothing(desk.set_aside, (*found.written, *found.targets))
    return Received(
        files=tuple(file.name for file in found.files),
        originals=tuple(desk.originals[key] for key in sorted(desk.originals)),
        reports=tuple(reports),
        set_aside=tuple(sorted(desk.set_aside, key=lambda item: item.file)),
        notes=(*found.notes(), *desk.notes),
    )


def _take(desk: _Desk, file: Found, number: int) -> None:
    """Give one file its outcome: a candidate or an entry in `set_aside`."""
    if number >= desk.limits.files:
        why = f"More than {desk.limits.files} files were given; it is beyond that."
        desk.set_aside.append(SetAside(file.name, SetAsideKind.TOO_LARGE, why))
        return
    original = open_file(file, desk.limits)
    if isinstance(original, SetAside):
        desk.set_aside.append(original)
        return
    if desk.total_bytes + original.size > desk.limits.total_bytes:
        why = f"The files before it fill the {desk.limits.total_bytes / MEBIBYTE:g} MB that are read at once."
        desk.set_aside.append(SetAside(file.name, SetAsideKind.TOO_LARGE, why))
        return
    desk.total_bytes += original.size
    desk.originals.setdefault(original.sha256, original)
    read = read_original(original, name=file.name, given=desk.listings.given(file), pages=desk.pages)
    if isinstance(read, Candidate):
        desk.notes.extend(read.notes)
        desk.candidates.append(read)
        return
    if read.kind is SetAsideKind.BINARY:
        desk.originals[original.sha256] = replace(original, media_type="application/octet-stream")
    desk.set_aside.append(read)


def collapse(candidates: Sequence[Candidate]) -> tuple[list[Report], list[SetAside]]:
    """Return one report a group of same bytes or same words, apart where different outlets carry them, and the copies.

    The reports are in the order of their files.
    """
    groups: dict[str, list[Candidate]] = {}
    by_bytes: dict[str, str] = {}
    for candidate in candidates:
        group = by_bytes.setdefault(candidate.info.sha256, _words_key(candidate.text))
        groups.setdefault(group, []).append(candidate)
    reports: dict[str, Report] = {}
    set_aside: list[SetAside] = []
    for members in groups.values():
        for first, copies in _by_outlet(members):
            report = _report(first, copies, taken=reports.keys())
            reports[report.id] = report
            set_aside.extend(_duplicate(copy, report) for copy in copies)
    return sorted(reports.values(), key=lambda report: report.info.file), set_aside


def _by_outlet(members: Sequence[Candidate]) -> list[tuple[Candidate, list[Candidate]]]:
    """Group same reports by outlet; one whose outlet is unknown is a copy of the first whose outlet is known."""
    outlets: dict[str | None, list[Candidate]] = {}
    for candidate in members:
        outlets.setdefault(_outlet_key(candidate.info.outlet), []).append(candidate)
    unknown = outlets.pop(None, [])
    groups = list(outlets.values()) or [[]]
    groups[0].extend(unknown)
    return [(group[0], group[1:]) for group in groups]


def _outlet_key(outlet: Noted | None) -> str | None:
    if outlet is None:
        return None
    return (domain_of(outlet.value) or outlet.value).casefold().removeprefix("www.").strip()


def _report(first: Candidate, copies: Iterable[Candidate], *, taken: Container[str]) -> Report:
    info = first.info
    identifier = make_id("report", info.sha256)
    if identifier in taken:
        identifier = make_id("report", info.sha256, info.outlet.value if info.outlet else None, info.text_sha256)
    same = (copy.info.file for copy in copies if copy.info.sha256 == info.sha256)
    return Report(replace(info, id=identifier, files=(info.file, *same)), first.text, first.passages)


def _duplicate(copy: Candidate, report: Report) -> SetAside:
    same_bytes = copy.info.sha256 == report.info.sha256
    what = "It is byte for byte the same file as" if same_bytes else "It holds the same words as"
    return SetAside(
        copy.info.file, SetAsideKind.DUPLICATE, f"{what} {report.info.file}.", copy.info.sha256, duplicate_of=report.id
    )


def _words_key(text: str) -> str:
    """What two files share when they hold the same words, whatever their spaces, quotation marks and letter case."""
    words = _NO_WORD.sub(" ", normalize("NFC", text).casefold()).strip()
    return digest("words", words) if words else digest("text", text)


def _nothing(set_aside: Sequence[SetAside], written: Sequence[str]) -> NothingToRead:
    if not set_aside:
        what = f"Headwater wrote {written[0]} itself and does not read it as a report." if written else ""
        return NothingToRead(
            what or "There is no file there.", next_step=f"Give files or a folder with {FORMATS_READ} files."
        )
    reasons = " ".join(f"{item.file}: {item.why}" for item in set_aside[:_NAMED_IN_A_NOTE])
    more = f" And {len(set_aside) - _NAMED_IN_A_NOTE} more." if len(set_aside) > _NAMED_IN_A_NOTE else ""
    return NothingToRead(
        f"No file there can be read as a report. {reasons}{more}",
        next_step=f"Give files or a folder with {FORMATS_READ} files.",
    )
