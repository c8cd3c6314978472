"""Files and records of a web archive to reports of a corpus, in the one way in which bytes become reports.

One outcome for every file and every record, in their order.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from functools import partial
from pathlib import Path

from headwater.intake.answers import Answered, page_of
from headwater.intake.dates import is_iso
from headwater.intake.files import Found
from headwater.intake.html import PageReader
from headwater.intake.limits import MEBIBYTE, Limits
from headwater.intake.listings import Listings
from headwater.intake.original import PAGE_TYPE, Candidate, open_file, read_original
from headwater.intake.row_files import JSON_ENDING, object_report
from headwater.intake.rows import made_id, whole
from headwater.intake.side_by_side import Job, in_order
from headwater.intake.unfit import Unfit
from headwater.intake.warc import Record, read_records
from headwater.model import (
    Basis,
    CorpusAside,
    CorpusReport,
    Dated,
    NoReport,
    Noted,
    Original,
    SetAside,
    SetAsideKind,
    sha256_bytes,
)

Outcome = CorpusReport | CorpusAside | NoReport
_ANSWER = "response"
_ABOUT = frozenset({"warcinfo", "request", "metadata"})
_DATED = {Basis.GIVEN: Dated.GIVEN, Basis.PAGE: Dated.PAGE, Basis.GUESSED: Dated.GUESSED}
_ADDRESS = ("http://", "https://")


def read_files(
    files: Sequence[Found], listings: Listings, *, limits: Limits, workers: int, after: int = 0
) -> Generator[Outcome, None, None]:
    """Yield one outcome a file beyond the first `after`: texts, pages, and news-please files of one report each."""
    return in_order((_file(file, listings, limits) for file in files[after:]), workers=workers, limits=limits)


def read_warc(path: Path, *, file: str, limits: Limits, workers: int, after: int = 0) -> Generator[Outcome, None, None]:
    """Yield one outcome a record beyond the first `after`. Raises PathMissing.

    Pages are taken from answers with status 200; the day of the crawl is taken where the page gives none, and marked.
    A file that cannot be read on is set aside from the record where that shows.
    """
    records = read_records(path, longest=limits.file_bytes, after=after)
    return in_order((_record(each, file, limits) for each in records), workers=workers, limits=limits)


def count_records(path: Path) -> int:
    """Return how many outcomes `read_warc` will yield. Raises PathMissing."""
    return sum(1 for _ in read_records(path, longest=0, blocks=False))


def _file(file: Found, listings: Listings, limits: Limits) -> Outcome | Job[Outcome]:
    is_json = file.path.suffix.lower() == JSON_ENDING
    opened = open_file(file, limits, more=frozenset({JSON_ENDING}))
    if isinstance(opened, SetAside):
        return CorpusAside(file.name, "", opened.kind, opened.why)
    if is_json:
        try:
            return object_report(opened.data, file=file.name, place="", limits=limits)
        except Unfit as unfit:
            return CorpusAside(file.name, "", unfit.kind, str(unfit))
    return partial(_read, opened, name=file.name, given=listings.given(file), place="", charset=None, crawled="")


def _record(record: Record | Unfit, file: str, limits: Limits) -> Outcome | Job[Outcome]:
    if isinstance(record, Unfit):
        return CorpusAside(file, "", record.kind, str(record))
    place = f"record {record.number}"
    if record.kind in _ABOUT:
        return NoReport(file, place)
    try:
        page = _answered(record, limits)
    except Unfit as unfit:
        return CorpusAside(file, place, unfit.kind, str(unfit))
    url = record.fields.get("warc-target-uri", "").strip("<> ")
    given = {"url": Noted(url, Basis.GIVEN, "the web archive")} if url.lower().startswith(_ADDRESS) else {}
    original = Original(sha256_bytes(page.body), PAGE_TYPE, page.body)
    crawled = record.fields.get("warc-date", "")
    return partial(_read, original, name=file, given=given, place=place, charset=page.charset, crawled=crawled)


def _answered(record: Record, limits: Limits) -> Answered:
    if record.kind != _ANSWER:
        kind = record.kind[:40] or "no kind"
        raise Unfit(SetAsideKind.UNSUPPORTED, f"It is a record of {kind}, not an answer with a page.")
    if record.block is None:
        why = f"It is larger than {limits.file_bytes / MEBIBYTE:g} MB, the most that is read of one record."
        raise Unfit(SetAsideKind.TOO_LARGE, why)
    if record.damaged:
        raise Unfit(SetAsideKind.UNREADABLE, "It is damaged: it does not agree with its own digest.")
    if record.fields.get("warc-truncated"):
        raise Unfit(SetAsideKind.UNREADABLE, "The crawler kept only a part of the page.")
    return page_of(record.block, longest=limits.file_bytes)


def _read(
    original: Original,
    pages: PageReader,
    *,
    name: str,
    given: Mapping[str, Noted],
    place: str,
    charset: str | None,
    crawled: str,
) -> Outcome:
    read = read_original(original, name=name, given=given, pages=pages, charset=charset)
    if isinstance(read, SetAside):
        return CorpusAside(name, place, read.kind, read.why)
    if not whole(read.text):
        why = "Its text holds half of a character (a lone surrogate)."
        return CorpusAside(name, place, SetAsideKind.UNDECODABLE, why)
    return _collected(read, name=name, place=place, charset=charset, crawled=crawled)


def _collected(read: Candidate, *, name: str, place: str, charset: str | None, crawled: str) -> CorpusReport:
    info = read.info
    published, dated = (info.published.value, _DATED[info.published.basis]) if info.published else ("", Dated.UNKNOWN)
    if not published and is_iso(crawled):
        published, dated = crawled, Dated.CRAWLED
    outlet, url = _value(info.outlet), _value(info.url)
    return CorpusReport(
        id=made_id(outlet, url, info.text_sha256),
        outlet=outlet,
        published=published,
        dated=dated,
        title=_value(info.title),
        url=url,
        authors=_value(info.author),
        language=_value(info.language),
        text=read.text,
        text_sha256=info.text_sha256,
        file=name,
        place=place,
        sha256=info.sha256,
        media_type=f"{read.original.media_type}; charset={charset}" if charset else read.original.media_type,
        original=read.original.data,
    )


def _value(noted: Noted | None) -> str:
    return " ".join(noted.value.encode("utf-8", "replace").decode("utf-8").split()) if noted else ""
