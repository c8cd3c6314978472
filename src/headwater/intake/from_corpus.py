"""Reports of a corpus to reports of a case, through the same code as files: same bytes, same text, same places.

What the corpus says of a report outranks what can be read or guessed again, but a value that comes out the same keeps
the better account of where it is from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from headwater.errors import IntegrityFailure
from headwater.intake.copies import collapse
from headwater.intake.html import Page, PageReader, PageRefused, claimed_encoding
from headwater.intake.limits import Limits
from headwater.intake.original import PAGE_TYPE, TEXT_TYPE, Candidate, candidate_of
from headwater.intake.text import Decoded, NotText, Undecodable, decode
from headwater.model import Basis, CorpusReport, Dated, Noted, Original, Received

_FIRST = ("url", "title")
_GUESSED_IN_ROWS = frozenset({"outlet", "language"})  # from the address and from the words, where the row has none
_NOTE = "from the corpus"
_CRAWLED = "the day on which the page was fetched; it gives none itself"


def receive_reports(
    reports: Sequence[CorpusReport], *, limits: Limits, on_progress: Callable[[int, int, str], None] | None = None
) -> Received:
    """Return the chosen reports of a corpus as if they had been received as files, each called by its id there.

    The originals are the bytes that the corpus kept, else the text in UTF-8. The text is that of the corpus. Raises
    IntegrityFailure when a plain text is not what its bytes say. Writes nothing.
    """
    ordered = sorted(reports, key=lambda report: report.id)
    candidates: list[Candidate] = []
    with PageReader(limits) as pages:
        for number, report in enumerate(ordered, start=1):
            candidates.append(_candidate(report, pages))
            if on_progress:
                on_progress(number, len(ordered), report.id)
    made = collapse(candidates)
    originals = {candidate.original.sha256: candidate.original for candidate in candidates}
    return Received(
        files=tuple(report.id for report in ordered),
        originals=tuple(originals.values()),
        reports=made.new,
        set_aside=tuple(sorted(made.copies, key=lambda item: item.file)),
        notes=tuple(note for candidate in candidates for note in candidate.notes),
    )


def _candidate(report: CorpusReport, pages: PageReader) -> Candidate:
    kind, _, charset = report.media_type.partition("; charset=")
    if report.original is None:
        original = Original(report.sha256, TEXT_TYPE, report.text.encode("utf-8"))
        decoded, page = Decoded(report.text, "utf-8"), Page(report.text)
    else:
        original = Original(report.sha256, kind, report.original)
        decoded, page = _read_again(report, original, charset, pages)
    told = _told(report)
    # The title parts the text and the address serves the guess of the outlet, so these two are settled first.
    if report.original is None:
        given = {name: noted for name, noted in told.items() if name not in _GUESSED_IN_ROWS}
    else:
        plain = candidate_of(original, decoded, page, name=report.file, given={})
        given = _settled(plain, told, _FIRST)
    found = candidate_of(original, decoded, page, name=report.file, given=given)
    known: dict[str, Any] = {**given, **_settled(found, told, told.keys() - given.keys())}
    info = replace(found.info, file=report.id, files=(report.id,), **known)
    notes = tuple(f"{report.id}{note.removeprefix(report.file)}" for note in found.notes)
    return replace(found, info=info, notes=notes)


def _settled(found: Candidate, told: Mapping[str, Noted], names: Iterable[str]) -> dict[str, Noted]:
    """What the corpus says of these fields; where the report itself gives the same, as it is known from there."""
    own = {name: getattr(found.info, name) for name in names}
    return {
        name: own[name] if own[name] and " ".join(own[name].value.split()) == told[name].value else told[name]
        for name in own
        if name in told
    }


def _read_again(report: CorpusReport, original: Original, charset: str, pages: PageReader) -> tuple[Decoded, Page]:
    """Decode and open the bytes once more; a page that this version reads in other words keeps the text it had."""
    is_page = original.media_type == PAGE_TYPE
    claim = (charset or claimed_encoding(original.data)) if is_page else None
    try:
        decoded = decode(original.data, declared=claim, mend=is_page)
        page = pages.read(decoded.text) if is_page else Page(decoded.text)
    except (NotText, Undecodable, PageRefused) as error:
        decoded, page = Decoded("", "utf-8", f"the original could not be read again ({error})"), Page("")
    if page.text == report.text:
        return decoded, page
    if not is_page:
        raise IntegrityFailure(
            f"The text of the report “{report.id}” is not what its original says.",
            next_step="Restore the corpus from a copy, or collect it anew from its inputs.",
        )
    note = "the text is the one in the corpus; this version of Headwater reads the page differently"
    return decoded, Page(report.text, page.known, notes=(*page.notes, note))


def _told(report: CorpusReport) -> dict[str, Noted]:
    """What the corpus says of a report. A row of data says it itself; what was read in a page or guessed says so."""
    values = {
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "author": report.authors,
        "language": report.language,
    }
    told = {name: Noted(value, Basis.GIVEN, _NOTE) for name, value in values.items() if value}
    if report.published:
        crawled = report.dated is Dated.CRAWLED
        basis = Basis.GUESSED if crawled or report.dated is Dated.GUESSED else Basis.GIVEN
        told["published"] = Noted(report.published, basis, _CRAWLED if crawled else _NOTE)
    return told
