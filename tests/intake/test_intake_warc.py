"""Web archives: pages in, everything else by name; damage and harm end in a reason, never in a crash or a loss."""

from __future__ import annotations

import base64
import gzip
import hashlib
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_archive import answer, chunked, page, record

from headwater.intake import Limits
from headwater.intake.answers import page_of
from headwater.intake.pages import Outcome, count_records, read_warc
from headwater.intake.unfit import Unfit
from headwater.intake.warc import Record, read_records
from headwater.model import CorpusAside, CorpusReport, Dated, NoReport, sha256_bytes

LIMITS = Limits(file_bytes=200_000)


def outcomes(folder: Path, data: bytes, *, after: int = 0, workers: int = 1) -> list[Outcome]:
    path = folder / "crawl.warc.gz"
    path.write_bytes(data)
    found = list(read_warc(path, file=path.name, limits=LIMITS, workers=workers, after=after))
    assert after or len(found) == count_records(path)
    return found


def told(outcome: Outcome) -> str:
    return outcome.kind.value if isinstance(outcome, CorpusAside) else type(outcome).__name__


def only_report(found: list[Outcome]) -> CorpusReport:
    (report,) = (each for each in found if isinstance(each, CorpusReport))
    return report


@pytest.mark.parametrize("packed", [False, True])
def test_every_record_has_one_outcome(tmp_path: Path, *, packed: bool) -> None:
    body = page()
    data = b"".join(
        record(block, kind=kind, packed=packed)
        for kind, block in [
            ("warcinfo", b"software: none\r\n"),
            ("request", b"GET / HTTP/1.1\r\n\r\n"),
            ("response", answer(body)),
            ("metadata", b"fetchTimeMs: 3\r\n"),
            ("response", answer(b"gone", status="404 Not Found")),
            ("response", answer(b"%PDF-1.7", kind="application/pdf")),
            ("response", answer(b"  ")),
            ("response", b"no answer at all"),
            ("revisit", b""),
            ("response", answer(b"<p>" + b"x" * 300_000)),
            ("response", answer(b"<html><body></body></html>")),
        ]
    )
    assert [told(each) for each in outcomes(tmp_path, data)] == [
        "NoReport",
        "NoReport",
        "CorpusReport",
        "NoReport",
        "unsupported",
        "unsupported",
        "empty",
        "unreadable",
        "unsupported",
        "too large",
        "no text",
    ]


def test_a_page_brings_its_bytes_its_address_and_what_it_says_of_itself(tmp_path: Path) -> None:
    body = page(published="2031-05-06T09:00:00+00:00")
    report = only_report(outcomes(tmp_path, record(answer(body), url="<https://www.post.example/bridge>")))
    assert (report.original, report.sha256) == (body, sha256_bytes(body))
    assert (report.url, report.outlet) == ("https://www.post.example/bridge", "post.example")
    assert (report.published, report.dated) == ("2031-05-06T09:00:00+00:00", Dated.PAGE)
    assert (report.title, report.language) == ("Bridge closed at Ostrava Bay", "en")
    assert (report.file, report.place, report.media_type) == ("crawl.warc.gz", "record 1", "text/html; charset=utf-8")
    assert "two of its piers" in report.text


def test_the_day_of_the_crawl_is_taken_only_where_the_page_gives_none_and_says_so(tmp_path: Path) -> None:
    report = only_report(outcomes(tmp_path, record(answer(page()), date="2031-05-07T06:00:00Z")))
    assert (report.published, report.dated) == ("2031-05-07T06:00:00Z", Dated.CRAWLED)
    report = only_report(outcomes(tmp_path, record(answer(page()), date="last week")))
    assert (report.published, report.dated) == ("", Dated.UNKNOWN)


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (answer(gzip.compress(page()), Content_Encoding="gzip"), ""),
        (answer(chunked(page()), Transfer_Encoding="chunked"), ""),
        (answer(chunked(gzip.compress(page())), Transfer_Encoding="chunked", Content_Encoding="gzip"), ""),
        (answer(zlib.compress(page()), Content_Encoding="deflate"), ""),
        (answer(bare_deflate(page()), Content_Encoding="deflate"), ""),
        (answer(page(), Transfer_Encoding="chunked", Content_Encoding="gzip"), ""),  # kept unpacked under its old head
        (answer(page(), Content_Encoding="deflate"), ""),
        (answer(page(), Content_Encoding="br"), "packed with br"),
        (answer(gzip.compress(page())[:-20], Content_Encoding="gzip"), "cut short"),
        (answer(gzip.compress(page())[:40] + b"\xff" * 40, Content_Encoding="gzip"), "damaged"),
        (answer(chunked(page())[:-90], Transfer_Encoding="chunked"), "cut short"),
        (answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"), "larger than"),
        (answer(page(), kind="image/png"), "image/png"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html", "does not end"),
        (b"", "no answer"),
    ],
)
def test_what_a_server_sent_is_unpacked_as_it_was_packed(block: bytes, why: str) -> None:
    if why:
        with pytest.raises(Unfit, match=why):
            page_of(block, longest=LIMITS.file_bytes)
    else:
        assert page_of(block, longest=LIMITS.file_bytes).body == page()


def test_the_encoding_that_the_server_gave_is_used(tmp_path: Path) -> None:
    body = page("Żółw").decode().replace("<meta charset='utf-8'>", "").encode("iso8859-2")
    report = only_report(outcomes(tmp_path, record(answer(body, kind="text/html; charset=ISO-8859-2"))))
    assert report.title == "Bridge closed at Żółw"
    assert report.media_type == "text/html; charset=ISO-8859-2"


def test_a_packed_body_cannot_ask_for_more_memory_than_its_cap() -> None:
    block = answer(chunked(gzip.compress(bytes(100_000_000))), Transfer_Encoding="chunked", Content_Encoding="gzip")
    tracemalloc.start()
    with pytest.raises(Unfit, match="larger than"):
        page_of(block, longest=LIMITS.file_bytes)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000


def test_a_line_without_end_or_a_length_without_bytes_asks_for_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "harm.warc.gz"
    tracemalloc.start()
    for data in (
        gzip.compress(b"WARC/1.0\r\nX: " + b"a" * 50_000_000),
        gzip.compress(b"WARC/1.0\r\n" + b"X: y\r\n" * 1_000_000),
        gzip.compress(b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n" + bytes(50_000_000)),
    ):
        path.write_bytes(data)
        del data
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        assert [type(each) for each in read_records(path, longest=1_000)] == [Unfit]
        assert tracemalloc.get_traced_memory()[1] - before < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_cut_anywhere_gives_its_whole_records_and_then_a_reason(tmp_path: Path, *, packed: bool) -> None:
    members = [record(b"GET /%d\r\n\r\n" % number, kind="request", packed=packed) for number in range(3)]
    data, path = b"".join(members), tmp_path / "cut.warc"
    ends = [len(b"".join(members[:number])) for number in range(4)]
    for cut in range(len(data) + 1):
        path.write_bytes(data[:cut])
        found = list(read_records(path, longest=1_000))
        records = [each for each in found if isinstance(each, Record)]
        # The empty lines after a record belong to it, but where nothing is packed it is whole without them.
        assert len(records) == sum(end - (0 if packed else 4) <= cut for end in ends[1:])
        if cut in ends:
            assert len(records) == len(found)
        assert [each.number for each in records] == list(range(1, len(records) + 1))
        assert all(isinstance(each, Unfit) for each in found[len(records) :])
        assert len(found) - len(records) <= 1


def test_a_damaged_byte_in_a_packed_archive_is_never_passed_over(tmp_path: Path) -> None:
    members = [record(answer(page(f"Place {number}")), packed=True) for number in range(3)]
    data = bytearray(b"".join(members))
    data[len(members[0]) + len(members[1]) // 2] ^= 0xFF
    found = outcomes(tmp_path, bytes(data))
    assert [told(each) for each in found] == ["CorpusReport", "unreadable"]
    assert isinstance(found[1], CorpusAside)
    assert "From here on" in found[1].why


def test_a_record_that_does_not_agree_with_its_digest_is_set_aside(tmp_path: Path) -> None:
    block = answer(page())
    for digest in (hashlib.sha1(block).digest(), hashlib.sha256(block).digest()):
        name = "sha1" if len(digest) == 20 else "sha256"
        for written in (base64.b32encode(digest).decode(), digest.hex()):
            good, other = f"{name}:{written}", f"{name}:{written[::-1]}"
            assert told(outcomes(tmp_path, record(block, WARC_Block_Digest=good))[0]) == "CorpusReport"
            assert told(outcomes(tmp_path, record(block, WARC_Block_Digest=other))[0]) == "unreadable"
    assert told(outcomes(tmp_path, record(block, WARC_Block_Digest="shake_128:00"))[0]) == "CorpusReport"


def test_a_page_of_which_only_a_part_was_kept_is_set_aside(tmp_path: Path) -> None:
    assert told(outcomes(tmp_path, record(answer(page()), WARC_Truncated="length"))[0]) == "unreadable"


@pytest.mark.parametrize(
    "tail",
    [b"rubbish", b"WARC/1.0\r\nContent-Length: -4\r\n\r\n", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", b"WARC/1.0"],
)
def test_what_is_no_record_ends_the_file_with_a_reason(tmp_path: Path, tail: bytes) -> None:
    found = outcomes(tmp_path, record(b"", kind="request") + tail)
    assert [told(each) for each in found] == ["NoReport", "unreadable"]


def test_an_archive_packed_as_a_whole_is_read_as_well(tmp_path: Path) -> None:
    data = b"".join(record(answer(page(f"Place {number}"))) for number in range(3))
    assert [told(each) for each in outcomes(tmp_path, gzip.compress(data))] == ["CorpusReport"] * 3


def test_reading_goes_on_after_any_record_and_beside_each_other_in_order(tmp_path: Path) -> None:
    data = b"".join(record(answer(page(f"Place {number}")), packed=True) for number in range(5)) + b"rubbish"
    whole = outcomes(tmp_path, data)
    assert len(whole) == 6
    for after in range(8):
        assert outcomes(tmp_path, data, after=after, workers=3) == whole[after:]


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), packed=st.booleans(), at=st.integers(0, 200))
def test_any_bytes_give_outcomes_and_no_crash(
    tmp_path_factory: pytest.TempPathFactory, *, data: bytes, packed: bool, at: int
) -> None:
    good = record(b"HTTP/1.1 404 Gone\r\n\r\n", packed=packed)
    path = tmp_path_factory.mktemp("any") / "any.warc"
    path.write_bytes(good[:at] + data + good[at:])
    found = list(read_warc(path, file="any", limits=LIMITS, workers=1))
    assert len(found) == count_records(path)
    assert all(isinstance(each, CorpusAside | NoReport) for each in found)
