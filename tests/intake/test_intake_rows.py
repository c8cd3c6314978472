"""Rows of Parquet, JSONL and news-please files: names, values, damage; one outcome a row, from any row on."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.intake import Limits, count_lines
from headwater.intake.parquet import count_rows, read_parquet
from headwater.intake.row_files import object_report, read_jsonl
from headwater.intake.rows import NAMES, row_report
from headwater.intake.unfit import Unfit
from headwater.model import CorpusAside, CorpusReport, Dated, sha256_text

TEXT = "The harbour of Vellmar was closed for the third day, and the fishermen said that they had not been told why."
LIMITS = Limits(file_bytes=100_000)


def row(**values: object) -> CorpusReport:
    return row_report(values, file="rows", place="row 1", limits=LIMITS)


def told(outcome: CorpusReport | CorpusAside) -> str:
    return outcome.kind.value if isinstance(outcome, CorpusAside) else outcome.id


@pytest.mark.parametrize("field", [field for field in NAMES if field not in {"text", "id"}])
def test_every_name_of_the_table_is_read(field: str) -> None:
    value = "2031-05-07" if field == "published" else "https://a.example/x" if field == "url" else "en"
    for name in NAMES[field]:
        assert getattr(row(text=TEXT, **{name: value}), field) == value


def test_a_row_is_taken_as_it_stands_and_only_what_it_lacks_is_guessed() -> None:
    report = row(maintext=f"\ufeff  {TEXT}\r\n", url="https://www.mail.example/1", authors=["A. Orn", "B. Lind", None])
    assert report.text == f"\ufeff  {TEXT}\r\n"
    assert report.sha256 == report.text_sha256 == sha256_text(report.text)
    assert report.original is None
    assert (report.outlet, report.language, report.authors) == ("mail.example", "en", "A. Orn, B. Lind")
    assert (report.published, report.dated, report.title) == ("", Dated.UNKNOWN, "")


def test_what_a_row_says_outranks_what_could_be_guessed() -> None:
    report = row(text=TEXT, outlet=" The Mail ", url="https://post.example/1", language="cy", source="other")
    assert (report.outlet, report.language) == ("The Mail", "cy")


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("2031-05-07", "2031-05-07"),
        ("2031-05-07 06:30:00", "2031-05-07 06:30:00"),
        ("2031-05-07T06:30:00Z", "2031-05-07T06:30:00Z"),
        ("7 May 2031", "2031-05-07"),
        ("03/04/2031", ""),
        ("soon", ""),
        (None, ""),
    ],
)
def test_a_day_is_kept_as_found_or_unknown(written: str | None, known: str) -> None:
    report = row(text=TEXT, date=written)
    assert (report.published, report.dated) == (known, Dated.GIVEN if known else Dated.UNKNOWN)


def test_a_made_id_is_that_of_outlet_address_and_text() -> None:
    same = {row(text=TEXT, outlet="The Mail", title=title).id for title in ("a", "b")}
    others = {row(text=TEXT).id, row(text=TEXT + " ", outlet="The Mail").id, row(text=TEXT, url="https://a.example").id}
    assert len(same) == 1
    assert len(same | others) == 4


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, "unreadable"),
        ({"text": None, "title": "x"}, "unreadable"),
        ({"text": 7}, "unreadable"),
        ({"text": " \n\ufeff "}, "empty"),
        ({"text": "half \ud800"}, "undecodable"),
        ({"text": "x" * 100_001}, "too large"),
        ({"text": TEXT, "id": True}, "unreadable"),
        ({"text": TEXT, "id": 1.5}, "unreadable"),
        ({"text": TEXT, "id": "a\nb"}, "unreadable"),
        ({"text": TEXT, "id": "a" * 1_001}, "unreadable"),
    ],
)
def test_a_row_that_is_no_report_says_why(values: dict[str, object], kind: str) -> None:
    with pytest.raises(Unfit) as unfit:
        row(**values)
    assert unfit.value.kind.value == kind
    assert str(unfit.value)


def test_fields_that_are_no_words_are_unknown_and_halves_of_characters_are_marked() -> None:
    report = row(text=TEXT, outlet={"name": "x"}, title=True, url=b"x", language=["en", 3], authors="\ud800 Orn")
    assert (report.outlet, report.title, report.url, report.language) == ("", "", "", "en, 3")
    assert report.authors == "? Orn"


def write_parquet(path: Path, rows: list[dict[str, object]], *, group: int = 3) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=group)
    return path


def parquet(path: Path, after: int = 0) -> list[CorpusReport | CorpusAside]:
    return list(read_parquet(path, file=path.name, limits=LIMITS, after=after))


def test_parquet_gives_one_outcome_a_row_from_any_row_on(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"ID": number, "Text": f"{TEXT} {number}"} for number in range(8)]
    rows[4]["Text"] = None
    path = write_parquet(tmp_path / "a.parquet", rows)
    whole = parquet(path)
    assert [told(each) for each in whole] == ["0", "1", "2", "3", "unreadable", "5", "6", "7"]
    assert [each.place for each in whole] == [f"row {number}" for number in range(1, 9)]
    assert count_rows(path) == 8
    for after in range(10):
        assert parquet(path, after) == whole[after:]


def test_rows_without_any_column_that_is_known_are_each_set_aside_for_that(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", [{"x": number} for number in range(5)])
    found = parquet(path)
    assert [told(each) for each in found] == ["unreadable"] * 5
    assert all(isinstance(each, CorpusAside) and "It has no text" in each.why for each in found)


def test_days_and_times_of_parquet_are_written_in_iso(tmp_path: Path) -> None:
    moment = datetime(2031, 5, 7, 6, 30, tzinfo=UTC)
    columns = {
        "text": pa.array([TEXT]),
        "date_publish": pa.array([None], pa.duration("s")),
        "published_at": pa.array([moment], pa.timestamp("ns", "UTC")),
        "date": pa.array([date(2031, 5, 6)]),
    }
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    (report,) = parquet(tmp_path / "a.parquet")
    assert isinstance(report, CorpusReport)
    assert report.published == "2031-05-07 06:30:00Z"
    assert datetime.fromisoformat(report.published) == moment


def test_text_that_is_not_utf_8_costs_its_row_and_other_fields_only_themselves(tmp_path: Path) -> None:
    broken = pa.array([b"\xff\xfe", TEXT.encode()]).cast(pa.string(), safe=False)
    table = pa.table(
        {"id": ["a", "b"], "text": broken, "title": pa.array([b"ok", b"\xff"]).cast(pa.string(), safe=False)}
    )
    pq.write_table(table, tmp_path / "a.parquet")
    first, second = parquet(tmp_path / "a.parquet")
    assert told(first) == "undecodable"
    assert isinstance(second, CorpusReport)
    assert second.title == ""


@pytest.mark.parametrize("data", [b"", b"PAR1", b"not parquet at all", b"PAR1" + bytes(50) + b"PAR1"])
def test_a_file_that_is_no_parquet_is_set_aside_once(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    assert [told(each) for each in parquet(path)] == ["unreadable"]
    assert count_rows(path) == 1
    assert parquet(path, after=1) == []


def test_damage_in_one_part_of_a_parquet_file_leaves_every_row_its_outcome(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": f"r{number}", "text": f"{TEXT} {number * 7919}" * 40} for number in range(9)
    ]
    path = write_parquet(tmp_path / "a.parquet", rows)
    column = pq.ParquetFile(path).metadata.row_group(1).column(1)
    data = bytearray(path.read_bytes())
    start = column.dictionary_page_offset or column.data_page_offset
    data[start : start + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    path.write_bytes(data)
    whole = parquet(path)
    assert [told(each) for each in whole] == ["r0", "r1", "r2", *["unreadable"] * 3, "r6", "r7", "r8"]
    for after in range(10):
        assert parquet(path, after) == whole[after:]


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_no_damage_of_a_parquet_file_is_a_crash_or_a_lost_row(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.parquet"
    write_parquet(path, [{"id": f"r{number}", "text": f"{TEXT} {number}"} for number in range(5)], group=2)
    whole = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        del whole[at:]
    else:
        whole[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(whole)
    assert len(parquet(path)) == count_rows(path)


def jsonl(path: Path, after: int = 0) -> list[CorpusReport | CorpusAside]:
    return list(read_jsonl(path, file=path.name, limits=LIMITS, after=after))


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_jsonl_gives_one_outcome_a_line_from_any_line_on(tmp_path: Path, name: str) -> None:
    lines = [
        json.dumps({"id": "one", "text": TEXT}).encode(),
        b"",
        b"no json",
        b"[1]",
        b'{"id": "two", "maintext": "\xff"}',
        b'{"title": "no text"}',
        b"[" * 99_000,
        json.dumps({"maintext": TEXT, "date_publish": "2031-05-07 06:30:00", "source_domain": "a.example"}).encode(),
        b'{"id": "cut", "text": "',
    ]
    data = b"\xef\xbb\xbf" + b"\n".join(lines)
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    whole = jsonl(path)
    assert [told(each) for each in whole[:7]] == [
        "one",
        "empty",
        "unreadable",
        "unreadable",
        "undecodable",
        "unreadable",
        "unreadable",
    ]
    assert isinstance(whole[7], CorpusReport)
    assert (whole[7].outlet, whole[7].published) == ("a.example", "2031-05-07 06:30:00")
    assert told(whole[8]) == "unreadable"
    assert [each.place for each in whole] == [f"line {number}" for number in range(1, 10)]
    assert len(whole) == count_lines(path, limits=LIMITS)
    for after in range(11):
        assert jsonl(path, after) == whole[after:]


def test_a_jsonl_file_that_is_cut_or_damaged_says_from_where(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    packed = gzip.compress("".join(json.dumps({"text": f"{TEXT} {n * 7919}"}) + "\n" for n in range(400)).encode())
    for data in (packed[: len(packed) // 2], packed[:-4], b"\x1f\x8b rubbish"):
        path.write_bytes(data)
        found = jsonl(path)
        assert told(found[-1]) == "unreadable"
        assert len(found) == count_lines(path, limits=LIMITS)


def test_a_news_please_file_is_one_report() -> None:
    told_by = {
        "authors": ["Ada Orn"],
        "date_publish": "2031-05-07 06:30:00",
        "language": "en",
        "maintext": TEXT,
        "source_domain": "www.mail.example",
        "title": "Harbour closed",
        "url": "https://www.mail.example/harbour",
    }
    report = object_report(json.dumps(told_by).encode(), file="harbour.json", place="", limits=LIMITS)
    assert (report.text, report.title, report.authors, report.place) == (TEXT, "Harbour closed", "Ada Orn", "")
    with pytest.raises(Unfit, match="not a report"):
        object_report(b'{"name": "a package"}', file="package.json", place="", limits=LIMITS)
