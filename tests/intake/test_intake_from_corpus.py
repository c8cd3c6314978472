"""From a corpus back to reports of a case: the same text and bytes, and an honest account of how each is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from web_archive import answer, page, record

from headwater.errors import IntegrityFailure
from headwater.intake import Limits
from headwater.intake.from_corpus import receive_reports
from headwater.intake.pages import read_warc
from headwater.intake.rows import row_report
from headwater.model import Basis, CorpusReport, Dated, Received, sha256_bytes, sha256_text

LIMITS = Limits()


def crawled(folder: Path, body: bytes, kind: str = "text/html; charset=utf-8") -> CorpusReport:
    path = folder / "crawl.warc"
    path.write_bytes(record(answer(body, kind=kind), url="https://www.post.example/bridge"))
    (report,) = read_warc(path, file=path.name, limits=LIMITS, workers=1)
    assert isinstance(report, CorpusReport)
    return report


def received(*reports: CorpusReport) -> Received:
    return receive_reports(reports, limits=LIMITS)


def test_a_page_comes_back_with_its_bytes_and_what_it_says_of_itself(tmp_path: Path) -> None:
    there = crawled(tmp_path, page(published="2031-05-06"))
    again = received(there)
    (report,) = again.reports
    assert (report.text, report.info.text_sha256) == (there.text, there.text_sha256)
    assert [(each.data, each.media_type) for each in again.originals] == [(there.original, "text/html")]
    assert report.info.published
    assert report.info.published.basis is Basis.PAGE
    assert report.info.title
    assert report.info.title.basis is Basis.PAGE
    assert report.info.url
    assert (report.info.url.value, report.info.url.note) == (there.url, "from the corpus")
    assert report.info.outlet
    assert report.info.outlet.note == "from the address of the report"
    assert again.notes == ()


def test_a_day_that_is_only_that_of_the_crawl_is_a_guess_and_says_so(tmp_path: Path) -> None:
    (report,) = received(crawled(tmp_path, page())).reports
    assert report.info.published
    assert (report.info.published.value, report.info.published.basis) == ("2031-05-07T06:00:00Z", Basis.GUESSED)
    assert "fetched" in report.info.published.note


def test_the_encoding_that_only_the_server_gave_is_used_again(tmp_path: Path) -> None:
    body = page("Żółw").decode().replace("<meta charset='utf-8'>", "").encode("iso8859-2")
    there = crawled(tmp_path, body, "text/html; charset=ISO-8859-2")
    again = received(there)
    assert again.reports[0].text == there.text
    assert again.reports[0].info.encoding == "iso8859-2"
    assert again.notes == ()


def test_a_page_that_is_read_differently_now_keeps_the_text_of_the_corpus(tmp_path: Path) -> None:
    there = crawled(tmp_path, page())
    text = there.text.replace("carts", "carriages")
    again = received(replace(there, text=text, text_sha256=sha256_text(text)))
    (report,) = again.reports
    assert (report.text, report.info.text_sha256) == (text, sha256_text(text))
    assert [note.partition(":")[0] for note in again.notes] == [there.id]
    assert "the text is the one in the corpus" in again.notes[0]
    covered = " ".join(passage.span.of(text) for passage in report.passages)
    assert covered.split() == text.split()


def test_a_page_that_cannot_be_opened_any_more_keeps_the_text_of_the_corpus(tmp_path: Path) -> None:
    there = crawled(tmp_path, page())
    again = received(replace(there, original=b"\x89PNG", sha256=sha256_bytes(b"\x89PNG")))
    assert again.reports[0].text == there.text
    assert any("could not be read again" in note for note in again.notes)


def test_a_plain_text_must_be_what_its_bytes_say() -> None:
    row = row_report({"text": "Nobody was let across."}, file="a", place="", limits=LIMITS)
    there = replace(row, original=b"Nobody was let across.")
    assert received(there).reports[0].text == there.text
    with pytest.raises(IntegrityFailure, match="not what its original says"):
        received(replace(there, original=b"Everybody was let across.", sha256=sha256_bytes(b"Everybody.")))


@pytest.mark.parametrize(
    "text", ["%PDF-1.4 words", "PK\x03\x04 words", "a\x00b\x00c\x00d\x00e\x00f\x00", "\ufeffa\r\nb\x85c"]
)
def test_the_text_of_a_row_is_kept_whatever_it_looks_like(text: str) -> None:
    row = row_report({"text": text, "id": "x"}, file="a.parquet", place="row 1", limits=LIMITS)
    again = received(row)
    (report,) = again.reports
    assert report.text == text
    assert again.originals[0].data.decode(report.info.encoding) == text
    assert (report.info.file, report.info.published, row.dated) == ("x", None, Dated.UNKNOWN)


def test_the_same_words_from_one_outlet_are_one_report_and_from_two_outlets_two() -> None:
    rows = [
        row_report({"text": "Nobody was let across.", "id": name, "outlet": outlet}, file="a", place="", limits=LIMITS)
        for name, outlet in (("1", "The Elm"), ("2", "The Elm"), ("3", "The Oak"))
    ]
    again = received(*rows)
    assert sorted(report.info.file for report in again.reports) == ["1", "3"]
    assert [aside.file for aside in again.set_aside] == ["2"]
    assert again.files == ("1", "2", "3")
