"""The folder of a corpus: what is written comes back, damage is told, and a kill at any moment loses nothing."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from corpora import aside, keep, opened, report

from headwater.engine import corpus, ledger
from headwater.engine.corpus import is_corpus, known_ids, read_reports, report_parts
from headwater.errors import IntegrityFailure, NotACorpus, ReportMissing, WouldOverwrite
from headwater.model import CorpusReport


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_is_added_comes_back_as_it_was(tmp_path: Path) -> None:
    page = report(3, original=b"<p>\xff any bytes \x00</p>")
    odd = report(4, text="\ufeffTabs\tand\r\nlines, é and 漢, \U0001f6a2 and a \x00 sign")
    keep(opened(tmp_path), report(1), aside(2), page)
    keep(opened(tmp_path), odd)
    assert [each.name for each in report_parts(tmp_path)] == ["part-000001.parquet", "part-000002.parquet"]
    assert read_reports(tmp_path, ["r4", "r3", "r1"]) == [report(1), page, odd]
    assert read_reports(tmp_path, ["r3"]) == [page]
    assert list(known_ids(tmp_path)) == [(each.id, each.text_sha256) for each in (report(1), page, odd)]


def test_the_columns_are_the_fields_in_utf_8_and_only_the_original_may_be_null(tmp_path: Path) -> None:
    keep(opened(tmp_path), report(1), aside(2))
    (part,) = report_parts(tmp_path)
    schema = pq.read_schema(part)
    assert schema.names == [each.name for each in fields(CorpusReport)]
    assert {(str(each.type), each.nullable) for each in schema if each.name != "original"} == {("string", False)}
    assert (str(schema.field("original").type), schema.field("original").nullable) == ("binary", True)
    assert pq.ParquetFile(part).metadata.row_group(0).column(0).compression == "ZSTD"
    rows = pq.read_table(tmp_path / "set_aside" / "part-000001.parquet").to_pylist()
    assert rows == [{"file": "ferry.parquet", "place": "row 2", "kind": "empty", "why": "Its text is empty."}]


def test_nothing_is_written_where_there_is_nothing_to_write(tmp_path: Path) -> None:
    made = opened(tmp_path)
    keep(made, aside(1))
    keep(made, report(2))
    assert names(tmp_path) == {
        "corpus.json",
        "added.jsonl",
        "set_aside/part-000001.parquet",
        "reports/part-000002.parquet",
    }


def test_groups_of_rows_are_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "GROUP_REPORTS", 3)
    monkeypatch.setattr(corpus, "GROUP_BYTES", 1_000)
    keep(opened(tmp_path), *(report(n) for n in range(7)), report(8, original=bytes(2_000)), report(9))
    metadata = pq.ParquetFile(report_parts(tmp_path)[0]).metadata
    assert [metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)] == [3, 3, 2, 1]


def test_a_part_says_when_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "PART_REPORTS", 3)
    monkeypatch.setattr(corpus, "PART_BYTES", 5_000)
    made = opened(tmp_path)
    with made.part() as part:
        for number in range(3):
            assert not part.full
            part.add(report(number))
        assert part.full
    with made.part() as part:
        part.add(report(1, original=bytes(5_000)))
        assert part.full
    with made.part() as part:
        for number in range(3):
            part.put_aside(aside(number))
        assert part.full


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        keep(opened(tmp_path / name), report(1), aside(2), report(3, original=b"<p>x</p>"))
    assert [(tmp_path / "a" / name).read_bytes() for name in sorted(names(tmp_path / "a"))] == [
        (tmp_path / "b" / name).read_bytes() for name in sorted(names(tmp_path / "b"))
    ]


def test_leftovers_of_a_kill_are_removed_and_what_is_named_stays(tmp_path: Path) -> None:
    keep(opened(tmp_path), report(1), aside(2))
    kept = names(tmp_path)
    for left in ("reports/part-000002.parquet", "set_aside/part-000002.parquet", "reports/.part-000002.parquet.new"):
        (tmp_path / left).write_bytes(b"half a part")
    keep(opened(tmp_path), report(3))
    assert names(tmp_path) == kept | {"reports/part-000002.parquet"}
    assert [each.id for each in read_reports(tmp_path, ["r1", "r3"])] == ["r1", "r3"]


def test_a_part_that_is_left_before_it_is_closed_is_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "GROUP_REPORTS", 1)
    made = opened(tmp_path)

    def stopped() -> None:
        with made.part() as part:
            part.add(report(1))
            part.put_aside(aside(2))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert names(tmp_path) == {"corpus.json"}


def test_a_ledger_cut_at_any_byte_of_its_last_line_is_that_of_the_parts_before(tmp_path: Path) -> None:
    made = opened(tmp_path)
    keep(made, report(1))
    before = (tmp_path / "added.jsonl").read_bytes()
    keep(made, report(2))
    whole = (tmp_path / "added.jsonl").read_bytes()
    part = (tmp_path / "reports" / "part-000002.parquet").read_bytes()
    for cut in range(len(before), len(whole)):
        (tmp_path / "added.jsonl").write_bytes(whole[:cut])
        (tmp_path / "reports" / "part-000002.parquet").write_bytes(part)
        assert [each for each, _ in known_ids(tmp_path)] == ["r1"]
        again = opened(tmp_path)
        assert again.done("ab")[0] == 1
        assert names(tmp_path) == {"corpus.json", "added.jsonl", "reports/part-000001.parquet"}
        keep(again, report(2))
        assert (tmp_path / "added.jsonl").read_bytes() == whole
        assert (tmp_path / "reports" / "part-000002.parquet").read_bytes() == part


def test_the_ledger_remembers_how_far_an_input_is_and_that_it_is_finished(tmp_path: Path) -> None:
    made = opened(tmp_path)
    keep(made, report(1), aside(2), sha256="one")
    keep(made, report(3), sha256="two")
    keep(made, report(4), sha256="one", upto=5)
    made.finish(name="ferry", sha256="two", counts=ledger.Counts(1, 1, 0, 0))
    for each in (made, opened(tmp_path)):
        assert each.done("one") == (5, ledger.Counts(3, 2, 1, 0))
        assert each.done("three") == (0, ledger.Counts())
        assert each.finished("two") == ledger.Counts(1, 1, 0, 0)
        assert each.finished("one") is None


def test_a_ledger_line_that_is_not_ours_is_an_error_and_nothing_is_removed(tmp_path: Path) -> None:
    keep(opened(tmp_path), report(1))
    path = tmp_path / "added.jsonl"
    good = json.loads(path.read_bytes())
    for bad in (
        b"no json\n",
        b"[]\n",
        b"{}\n",
        json.dumps({**good, "counts": {"taken": 1, "more": 2}}).encode() + b"\n",
    ):
        path.write_bytes(bad)
        with pytest.raises(IntegrityFailure, match="ledger"):
            opened(tmp_path)
        assert (tmp_path / "reports" / "part-000001.parquet").exists()


def test_a_part_that_is_missing_or_damaged_is_an_error(tmp_path: Path) -> None:
    keep(opened(tmp_path), *(report(number) for number in range(50)))
    (path,) = report_parts(tmp_path)
    whole = path.read_bytes()
    for data in (
        whole[: len(whole) // 2],
        b"",
        whole[: len(whole) // 4] + b"\xff" * 40 + whole[len(whole) // 4 + 40 :],
    ):
        path.write_bytes(data)
        with pytest.raises(IntegrityFailure):
            read_reports(tmp_path, [f"r{number}" for number in range(50)])
    path.unlink()
    with pytest.raises(IntegrityFailure, match="missing"):
        report_parts(tmp_path)


def test_no_damaged_byte_of_a_part_gives_another_report(tmp_path: Path) -> None:
    reports = [report(number) for number in range(3)]
    keep(opened(tmp_path), *reports)
    (path,) = report_parts(tmp_path)
    whole = path.read_bytes()
    data = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    told = 0
    for at in range(4, data, 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x11]) + whole[at + 1 :])
        try:
            assert read_reports(tmp_path, ["r0", "r1", "r2"]) == reports
        except (IntegrityFailure, ReportMissing):
            told += 1
    assert told > data // 6  # the rest are sizes and least and greatest values, which nobody asked for


def test_words_or_bytes_that_are_not_those_that_were_added_are_an_error(tmp_path: Path) -> None:
    keep(opened(tmp_path), report(1, original=b"<p>x</p>"))
    (path,) = report_parts(tmp_path)
    for name, value in (("text", "Other words."), ("original", b"<p>y</p>")):
        table = pq.read_table(path)
        kept = path.read_bytes()
        column = table.schema.get_field_index(name)
        field = table.schema.field(column)
        pq.write_table(table.set_column(column, field, [[value]]), path)
        with pytest.raises(IntegrityFailure, match="not what was added"):
            read_reports(tmp_path, ["r1"])
        path.write_bytes(kept)


def test_a_report_that_is_not_there_is_named(tmp_path: Path) -> None:
    keep(opened(tmp_path), report(1))
    with pytest.raises(ReportMissing, match="“r7”"):
        read_reports(tmp_path, ["r1", "r7"])


def test_a_folder_of_something_else_stays_as_it_is(tmp_path: Path) -> None:
    assert not is_corpus(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(WouldOverwrite):
        ledger.create(tmp_path)
    with pytest.raises(NotACorpus):
        report_parts(tmp_path)
    assert names(tmp_path) == {"notes.txt"}
    (tmp_path / "corpus.json").write_text('{"format": "something else"}')
    assert not is_corpus(tmp_path)
    with pytest.raises(NotACorpus):
        ledger.create(tmp_path)


def test_a_corpus_of_another_version_is_told_apart(tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / "corpus.json").write_text('{"format": "headwater-corpus", "version": 2}')
    assert is_corpus(tmp_path)
    with pytest.raises(NotACorpus, match="version 2"):
        report_parts(tmp_path)
