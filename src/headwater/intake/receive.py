"""Bytes to reports: reads every given file, gives each exactly one outcome, and collapses what is there twice.

Writes nothing, fetches nothing, and does not look at the meaning of a report. The rule of counting, checked on
every run: files = reports + set aside. A byte-identical copy stands in its report's `files` and is also set aside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from unicodedata import normalize

from headwater.errors import BadReportsCsv, NothingToRead
from headwater.intake.files import (
    NOTHING_OURS,
    REPORTS_CSV,
    CannotRead,
    Found,
    Ours,
    TooLarge,
    Walk,
    folders_above,
    holds,
    read_bytes,
    walk,
)
from headwater.intake.guesses import (
    domain_of,
    guess_author,
    guess_language,
    guess_outlet,
    guess_published,
    guess_title,
    guess_url,
)
from headwater.intake.html import Page, PageReader, PageRefused, claimed_encoding
from headwater.intake.limits import FORMATS_READ, MEBIBYTE, PAGE_ENDINGS, TEXT_ENDINGS, Limits
from headwater.intake.passages import divide
from headwater.intake.reports_csv import Listing, read_listing
from headwater.intake.text import Decoded, NotText, Undecodable, decode
from headwater.model import (
    Completeness,
    Maker,
    Noted,
    Original,
    Passage,
    Received,
    Report,
    ReportInfo,
    SetAside,
    SetAsideKind,
    digest,
    make_id,
    sha256_bytes,
    sha256_text,
)

MAKER = Maker("headwater.intake", "1")
Progress = Callable[[int, int, str], None]
_NAMED_IN_A_NOTE = 5
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file that could be read, before duplicates are collapsed; `info.id` is still empty."""

    info: ReportInfo
    original: Original
    text: str
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class _Desk:
    """What has been received so far. Private to one run of `receive`."""

    limits: Limits
    pages: PageReader
    listings: dict[Path, Listing]
    candidates: list[_Candidate]
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
    with ExitStack() as stack:
        pages = stack.enter_context(PageReader(limits))
        desk = _Desk(limits, pages, {}, [], [], {}, [])
        _listings(desk, found)
        for number, file in enumerate(found.files):
            _take(desk, file, number)
            if on_progress:
                on_progress(number + 1, len(found.files), file.name)
        if pages.unlimited:
            desk.notes.append("This system cannot limit the memory of the process that opens pages, only its time.")
    reports = _collapse(desk)
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
    ending = file.path.suffix.lower()
    if number >= desk.limits.files:
        _put_aside(
            desk, file, SetAsideKind.TOO_LARGE, f"More than {desk.limits.files} files were given; it is beyond that."
        )
        return
    if ending not in TEXT_ENDINGS | PAGE_ENDINGS and not file.path.is_symlink() and holds(file.path.is_file):
        what = f"Files that end in {ending}" if ending else "Files without an ending"
        _put_aside(desk, file, SetAsideKind.UNSUPPORTED, f"{what} are not read yet; {FORMATS_READ} are.")
        return
    data = _bytes(desk, file)
    if data is None:
        return
    sha256 = sha256_bytes(data)
    if not data.strip():
        why = "The file is empty." if not data else "The file holds nothing but white space."
        _put_aside(desk, file, SetAsideKind.EMPTY, why, sha256)
        return
    is_page = ending in PAGE_ENDINGS
    original = Original(sha256, "text/html" if is_page else "text/plain", data)
    desk.originals.setdefault(sha256, original)
    try:
        candidate = _read(desk, file, original, is_page=is_page)
    except NotText as error:
        desk.originals[sha256] = replace(original, media_type="application/octet-stream")
        _put_aside(desk, file, SetAsideKind.BINARY, str(error), sha256)
    except Undecodable as error:
        _put_aside(desk, file, SetAsideKind.UNDECODABLE, str(error), sha256)
    except PageRefused as error:
        _put_aside(desk, file, error.kind, str(error), sha256)
    else:
        desk.candidates.append(candidate)


def _bytes(desk: _Desk, file: Found) -> bytes | None:
    limits = desk.limits
    try:
        data = read_bytes(file.path, at_most=limits.file_bytes)
    except CannotRead as error:
        _put_aside(desk, file, SetAsideKind.UNREADABLE, str(error))
        return None
    except TooLarge:
        most = limits.file_bytes / MEBIBYTE
        _put_aside(
            desk, file, SetAsideKind.TOO_LARGE, f"It is larger than {most:g} MB, the most that is read of one file."
        )
        return None
    if desk.total_bytes + len(data) > limits.total_bytes:
        most = limits.total_bytes / MEBIBYTE
        _put_aside(
            desk, file, SetAsideKind.TOO_LARGE, f"The files before it fill the {most:g} MB that are read at once."
        )
        return None
    desk.total_bytes += len(data)
    return data


def _put_aside(desk: _Desk, file: Found, kind: SetAsideKind, why: str, sha256: str | None = None) -> None:
    desk.set_aside.append(SetAside(file.name, kind, why, sha256))


def _read(desk: _Desk, file: Found, original: Original, *, is_page: bool) -> _Candidate:
    """Decode, extract and divide one file. Raises NotText, Undecodable and PageRefused."""
    claim = claimed_encoding(original.data) if is_page else None
    decoded = decode(original.data, declared=claim, mend=is_page)
    given = _given(desk, file)
    page = desk.pages.read(decoded.text) if is_page else Page(decoded.text)
    if not page.text.strip().strip("\ufeff").strip():
        raise PageRefused(
            "The file holds nothing but white space.", SetAsideKind.NO_TEXT if is_page else SetAsideKind.EMPTY
        )
    desk.notes.extend(f"{file.name}: {note}." for note in (decoded.note, *page.notes) if note)
    title = given.get("title") or page.known.get("title")
    passages = divide(page.text, title=title.value if title else None, hints=dict(page.hints))
    known = {**_guesses(file.name, page, passages, {**page.known, **given}), **page.known, **given}
    info = ReportInfo(
        id="",
        file=file.name,
        files=(file.name,),
        sha256=original.sha256,
        text_sha256=sha256_text(page.text),
        encoding=decoded.encoding,
        completeness=page.completeness if is_page else _whole(decoded),
        missing=page.missing,
        **known,
    )
    return _Candidate(info, original, page.text, passages)


def _whole(decoded: Decoded) -> Completeness:
    """A text file is its own text: complete, unless its encoding was guessed."""
    return Completeness.NOT_CHECKED if decoded.note else Completeness.COMPLETE


def _guesses(file: str, page: Page, passages: Sequence[Passage], known: Mapping[str, Noted]) -> dict[str, Noted]:
    """Guess what is not known. An address that is known serves the guess of the outlet."""
    url = known.get("url") or guess_url(page.text)
    guessed = {
        "url": url,
        "outlet": guess_outlet(file, page.text, url=url.value if url else None),
        "title": guess_title(page.text, passages),
        "published": guess_published(page.text, passages),
        "author": guess_author(page.text, passages),
        "language": guess_language(page.text),
    }
    return {name: noted for name, noted in guessed.items() if noted}


def _listings(desk: _Desk, found: Walk) -> None:
    """Read the reports.csv of every folder that holds received files, and tell of rows without a file."""
    folders = sorted({folder for file in found.files for folder in folders_above(file.path, found.base)})
    for folder in folders:
        path = _listing_in(folder)
        if path is None:
            continue
        name = path.relative_to(found.base).as_posix() if found.base else path.name
        try:
            data = read_bytes(path, at_most=desk.limits.file_bytes)
        except (CannotRead, TooLarge) as error:
            why = str(error) or "It is too large."
            raise BadReportsCsv(f"{name} cannot be read. {why}", next_step="Mend it or take it away.") from error
        listing = read_listing(data, name=name)
        desk.listings[folder] = Listing({_key(row): noted for row, noted in listing.rows.items()})
        received = {_key(file.path.relative_to(folder)) for file in found.files if file.path.is_relative_to(folder)}
        absent = [row for row in listing.rows if _key(row) not in received and not _lies_in(folder, row)]
        desk.notes.extend((*listing.notes, *(f"{name} describes “{row}”, which is not there." for row in absent)))


def _lies_in(folder: Path, row: str) -> bool:
    """True when a row names a file of the folder that was not given; a row cannot point anywhere else."""
    named = PurePath(row)
    return not named.is_absolute() and ".." not in named.parts and holds((folder / named).exists)


def _given(desk: _Desk, file: Found) -> dict[str, Noted]:
    """What the listings of the folders around a file say of it; the nearest folder has the last word."""
    given: dict[str, Noted] = {}
    for folder in sorted(desk.listings):
        if file.path.is_relative_to(folder):
            given.update(desk.listings[folder].rows.get(_key(file.path.relative_to(folder)), {}))
    return given


def _listing_in(folder: Path) -> Path | None:
    exact = folder / REPORTS_CSV
    if holds(exact.is_file):
        return exact
    others = sorted(path for path in folder.glob("[Rr][Ee][Pp][Oo][Rr][Tt][Ss].[Cc][Ss][Vv]") if holds(path.is_file))
    return others[0] if others else None


def _key(name: str | PurePath) -> str:
    """File names compare in one Unicode form: macOS writes them decomposed, spreadsheets do not."""
    return normalize("NFC", name if isinstance(name, str) else name.as_posix())


def _collapse(desk: _Desk) -> list[Report]:
    """One report a group of same bytes or same words, apart where different outlets carry them."""
    groups: dict[str, list[_Candidate]] = {}
    by_bytes: dict[str, str] = {}
    for candidate in desk.candidates:
        group = by_bytes.setdefault(candidate.info.sha256, _words_key(candidate.text))
        groups.setdefault(group, []).append(candidate)
    reports: dict[str, Report] = {}
    for members in groups.values():
        for first, copies in _by_outlet(members):
            report = _report(first, copies, taken=reports.keys())
            reports[report.id] = report
            desk.set_aside.extend(_duplicate(copy, report) for copy in copies)
    return sorted(reports.values(), key=lambda report: report.info.file)


def _by_outlet(members: Sequence[_Candidate]) -> list[tuple[_Candidate, list[_Candidate]]]:
    """Group same reports by outlet; one whose outlet is unknown is a copy of the first whose outlet is known."""
    outlets: dict[str | None, list[_Candidate]] = {}
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


def _report(first: _Candidate, copies: Iterable[_Candidate], *, taken: Container[str]) -> Report:
    info = first.info
    identifier = make_id("report", info.sha256)
    if identifier in taken:
        identifier = make_id("report", info.sha256, info.outlet.value if info.outlet else None, info.text_sha256)
    same = (copy.info.file for copy in copies if copy.info.sha256 == info.sha256)
    return Report(replace(info, id=identifier, files=(info.file, *same)), first.text, first.passages)


def _duplicate(copy: _Candidate, report: Report) -> SetAside:
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
