"""Invented reports of a corpus, and corpora made of them without any reader of formats."""

from __future__ import annotations

from pathlib import Path

from headwater.engine import ledger
from headwater.engine.corpus import Adding
from headwater.model import CorpusAside, CorpusReport, Dated, SetAsideKind, sha256_bytes, sha256_text


def report(number: int, *, text: str = "", original: bytes | None = None) -> CorpusReport:
    """Return an invented report with an id of its own."""
    words = text or f"Report {number} from the ferry at Sundby: nobody was let across, the ferryman said.\n"
    return CorpusReport(
        id=f"r{number}",
        outlet="The Sundby Post",
        published="2031-05-07",
        dated=Dated.GIVEN,
        title=f"No ferry, day {number}",
        url="",
        authors="",
        language="en",
        text=words,
        text_sha256=sha256_text(words),
        file="ferry.parquet",
        place=f"row {number}",
        sha256=sha256_text(words) if original is None else sha256_bytes(original),
        media_type="text/plain" if original is None else "text/html",
        original=original,
    )


def aside(number: int) -> CorpusAside:
    """Return something set aside."""
    return CorpusAside("ferry.parquet", f"row {number}", SetAsideKind.EMPTY, "Its text is empty.")


def opened(folder: Path) -> Adding:
    """Return the corpus at `folder`, made when it is not there, ready to be added to."""
    folder.mkdir(parents=True, exist_ok=True)
    ledger.create(folder)
    return Adding(folder)


def keep(corpus: Adding, *items: CorpusReport | CorpusAside, sha256: str = "ab", upto: int | None = None) -> None:
    """Add one part of these."""
    reports = [each for each in items if isinstance(each, CorpusReport)]
    counts = ledger.Counts(len(items), len(reports), len(items) - len(reports), 0)
    before, _ = corpus.done(sha256)
    with corpus.part() as part:
        for each in items:
            part.add(each) if isinstance(each, CorpusReport) else part.put_aside(each)
        corpus.keep(
            part, name="ferry", sha256=sha256, counts=counts, upto=before + len(items) if upto is None else upto
        )
