"""Bytes to reports: reads every given file, gives each exactly one outcome, and collapses what is there twice.

Writes nothing, fetches nothing, and does not look at the meaning of a report. The rule of counting, checked on
every run: files = reports + set aside. A byte-identical copy stands in its report's `files` and is also set aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from headwater.errors import NothingToRead
from headwater.intake.copies import Held, collapse
from headwater.intake.files import NOTHING_OURS, Found, Ours, Walk, walk
from headwater.intake.html import PageReader
from headwater.intake.limits import FORMATS_READ, MEBIBYTE, Limits
from headwater.intake.listings import Listings, read_listings
from headwater.intake.original import Candidate, open_file, read_original
from headwater.model import Maker, Noted, Original, Received, SetAside, SetAsideKind

MAKER = Maker("headwater.intake", "1")
Progress = Callable[[int, int, str], None]
_NAMED_IN_A_NOTE = 5
_FIELDS = {"url": "address", "published": "day of publication"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of one delivery to a case.

    `received` is all that the case holds now: what it held, in its order, then what is new. `new` are the ids of the
    new reports, `already` the files that were there already and are not kept a second time, `not_used` a sentence for
    each thing that was given to a report which is there already.
    """

    received: Received
    new: tuple[str, ...]
    already: tuple[str, ...]
    not_used: tuple[str, ...]


@dataclass(slots=True)
class _Desk:
    """What has been received so far. Private to one delivery."""

    limits: Limits
    pages: PageReader
    listings: Listings
    held: Held
    delivered: frozenset[str]
    files: list[str] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    originals: dict[str, Original] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    given: dict[str, Mapping[str, Noted]] = field(default_factory=dict)
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
    return deliver(paths, Received((), (), (), ()), limits=limits, ours=ours, on_progress=on_progress).received


def deliver(
    paths: Sequence[Path],
    earlier: Received,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    ours: Ours = NOTHING_OURS,
    on_progress: Progress | None = None,
) -> Delivery:
    """Do what `receive` does for a case that holds `earlier` already; the reports that it holds keep id and text.

    A file that is in the case with the same name and bytes is not taken again; one whose name is used there for other
    bytes gets a new name. A new file with the bytes or the words of a report of the case is set aside as its
    duplicate, by the rules that hold within one delivery. Raises as `receive` does.
    """
    found = walk(paths, ours=ours)
    listings = read_listings(found, file_bytes=limits.file_bytes)
    held = Held.of(earlier)
    with ExitStack() as stack:
        pages = stack.enter_context(PageReader(limits))
        desk = _Desk(limits, pages, listings, held, frozenset(file.name for file in found.files))
        desk.notes += listings.notes
        for number, file in enumerate(found.files):
            _take(desk, file, number)
            if on_progress:
                on_progress(number + 1, len(found.files), file.name)
        if pages.unlimited:
            desk.notes.append("This system cannot limit the memory of the process that opens pages, only its time.")
    return _delivery(desk, earlier, found)


def _delivery(desk: _Desk, earlier: Received, found: Walk) -> Delivery:
    made = collapse(desk.candidates, desk.held)
    if not (made.new or made.changed or made.copies or desk.already):
        raise _nothing(desk.set_aside, (*found.written, *found.targets))
    known = {original.sha256 for original in earlier.originals}
    set_aside = (*desk.set_aside, *made.copies)
    received = Received(
        files=(*earlier.files, *desk.files),
        originals=(*earlier.originals, *(each for key, each in desk.originals.items() if key not in known)),
        reports=(*(made.changed.get(report.id, report) for report in earlier.reports), *made.new),
        set_aside=(*earlier.set_aside, *sorted(set_aside, key=lambda item: item.file)),
        notes=tuple(dict.fromkeys((*earlier.notes, *found.notes(), *desk.notes))),
    )
    return Delivery(
        received, tuple(report.id for report in made.new), tuple(desk.already), tuple(_not_used(desk, received))
    )


def _take(desk: _Desk, file: Found, number: int) -> None:
    """Give one file its outcome: a candidate, an entry in `set_aside`, or that it is there already."""
    if number >= desk.limits.files:
        why = f"More than {desk.limits.files} files were given; it is beyond that."
        _set_aside(desk, file, SetAside(file.name, SetAsideKind.TOO_LARGE, why))
        return
    original = open_file(file, desk.limits)
    if isinstance(original, SetAside):
        _set_aside(desk, file, original)
        return
    name = _place(desk, file, original.sha256)
    if name is None:
        return
    if desk.total_bytes + original.size > desk.limits.total_bytes:
        why = f"The files before it fill the {desk.limits.total_bytes / MEBIBYTE:g} MB that are read at once."
        desk.set_aside.append(SetAside(name, SetAsideKind.TOO_LARGE, why))
        return
    desk.total_bytes += original.size
    desk.originals.setdefault(original.sha256, original)
    # Under the name it came with: the guess of the outlet reads it.
    read = read_original(original, name=file.name, given=desk.listings.given(file), pages=desk.pages)
    if isinstance(read, Candidate):
        read = replace(
            read,
            info=replace(read.info, file=name, files=(name,)),
            notes=tuple(f"{name}{note.removeprefix(file.name)}" for note in read.notes),
        )
        desk.notes.extend(read.notes)
        desk.candidates.append(read)
        return
    if read.kind is SetAsideKind.BINARY:
        desk.originals[original.sha256] = replace(original, media_type="application/octet-stream")
    desk.set_aside.append(replace(read, file=name))


def _set_aside(desk: _Desk, file: Found, outcome: SetAside) -> None:
    name = _place(desk, file, outcome.sha256)
    if name is not None:
        desk.set_aside.append(replace(outcome, file=name))


def _place(desk: _Desk, file: Found, sha256: str | None) -> str | None:
    """Return the name under which the file is kept and count it, or None when it is there already."""
    name = desk.held.place(file.name, sha256, delivered=desk.delivered)
    desk.given[name or file.name] = desk.listings.given(file)
    if name is None:
        desk.already.append(file.name)
        return None
    desk.files.append(name)
    if name != file.name:
        desk.notes.append(f"“{file.name}” is called “{name}” in the case, which had another file of that name.")
    return name


def _not_used(desk: _Desk, received: Received) -> Iterator[str]:
    """Say what reports.csv gives to a report that was in the case before and that the case does not have so."""
    earlier = {report.id for report in desk.held.reports}
    by_file = {file: report for report in received.reports for file in report.info.files}
    by_id = {report.id: report for report in received.reports}
    copies = {aside.file: aside.duplicate_of for aside in received.set_aside if aside.duplicate_of}
    for file, given in desk.given.items():
        report = by_file.get(file) or by_id.get(copies.get(file, ""))
        if report is None or report.id not in earlier:
            continue
        for name, noted in given.items():
            has = getattr(report.info, name)
            if has is None or has.value != noted.value:
                yield (
                    f"reports.csv gives “{noted.value}” as the {_FIELDS.get(name, name)} of {file}; that was not used, "
                    f"because the report is in the case already."
                )


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
