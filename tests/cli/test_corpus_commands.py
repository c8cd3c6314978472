"""`corpus add` and `trace --from-corpus` as a person uses them: output, exit codes, the way from bytes to a case."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command_line import REPORTS, headwater, write_reports

from headwater.casefile import read_case
from headwater.engine.corpus import known_ids, read_reports
from headwater.model import Basis, Case, Noted, sha256_text

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Boats gone from Sellmouth</title>
<meta property="og:site_name" content="The Elder Gazette"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Boats gone from Sellmouth</h1>
<p>“They took the boats at dawn and left us the nets,” Oda Renn told Radio Vellmar.</p>
<p>At least 12 boats were seized in Sellmouth, residents said on Monday, and nobody had been told the reason.</p>
</article></body></html>"""
ROWS = [
    {
        "id": f"row/{number}",
        "source_domain": f"{name}.example",
        "date_publish": f"2031-05-0{number} 06:00:00",
        "title": title,
        "authors": ["Ada Orn"],
        "url": f"https://{name}.example/{number}",
        "language": "en",
        "maintext": text,
    }
    for number, name, title, text in [
        (
            1,
            "dogwood",
            "Boats taken",
            "%PDF-1.7 is no way to begin.\r\n\r\n“They took the boats at dawn,” Oda Renn said.\n",
        ),
        (2, "elm", "Boats", "\ufeffTabs\tand “They took the boats at dawn and left us the nets,” Oda Renn said.\x0b\n"),
    ]
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of the reports as files, a page and two rows."""
    folder = write_reports(tmp_path / "reports")
    (folder / "elder.html").write_text(PAGE, encoding="utf-8")
    (folder / "latin.txt").write_bytes("Café closed\n\nNo boat came, said Zoé Lind.\n".encode("cp1252"))
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "rows.parquet")
    done = headwater("corpus", "add", tmp_path / "boats.corpus", folder, tmp_path / "rows.parquet")
    assert done.exit_code == 0, done.output
    return tmp_path / "boats.corpus"


def chosen(corpus: Path) -> str:
    return ",".join(identifier for identifier, _ in known_ids(corpus))


def traced(corpus: Path, *more: str, reports: str = "") -> Case:
    place = corpus.parent
    done = headwater(
        "trace", "--from-corpus", corpus, "--reports", reports or chosen(corpus),
        "--case", place / "c.headwater", "--dossier", place / "d", *more,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return read_case(place / "c.headwater")


def test_what_was_added_is_told(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "reports")
    (tmp_path / "rows.jsonl").write_text("no json\n" + json.dumps({"id": "a", "text": "They took the boats."}) + "\n")
    done = headwater("corpus", "add", tmp_path / "c", folder, tmp_path / "rows.jsonl")
    assert done.exit_code == 4
    assert done.stderr == ""
    assert "rows.jsonl: 2 in, 1 added, 1 set aside" in done.stdout
    assert "reports: 3 in, 3 added, 0 set aside" in done.stdout
    assert "rows.jsonl line 1: It is not JSON" in done.stdout
    assert "(4 reports)" in done.stdout
    again = headwater("corpus", "add", tmp_path / "c", folder)
    assert again.exit_code == 0
    assert "reports: was added before, nothing to do" in again.stdout


def test_a_reason_that_many_rows_share_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("no json\n" + json.dumps({"title": "No text"}) + "\n" + "{}\n" * 1_500)
    done = headwater("corpus", "add", tmp_path / "c", tmp_path / "rows.jsonl")
    assert "Set aside (1,502)" in done.stdout
    assert "rows.jsonl line 1: It is not JSON" in done.stdout
    assert "rows.jsonl line 2 and 1,500 more: It has no text" in done.stdout
    assert done.stdout.count("It has no text") == 1


def test_as_json(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "reports")
    record = json.loads(headwater("corpus", "add", tmp_path / "c", folder, "--json").stdout)
    assert record["inputs"] == [
        {
            "name": "reports",
            "already_added": False,
            "in": 3,
            "added": 3,
            "set_aside": 0,
            "no_report": 0,
            "done_before": 0,
        }
    ]
    assert (record["reports"], record["set_aside"], record["complete"]) == (3, [], True)


def test_errors_are_told_in_sentences_and_in_json(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("mine")
    done = headwater("corpus", "add", tmp_path / "mine", tmp_path / "mine" / "a.txt")
    assert done.exit_code == 1
    assert "is not a corpus" in done.stderr
    done = headwater("corpus", "add", tmp_path / "c", tmp_path / "gone", "--json")
    assert json.loads(done.stdout)["error"]["kind"] == "PathMissing"
    assert headwater("corpus", "ad", "x").exit_code == 2


def test_a_report_of_a_corpus_is_the_report_of_its_file(corpus: Path) -> None:
    case = traced(corpus)
    files = corpus.parent / "reports"
    headwater("trace", files, "--case", corpus.parent / "f.headwater", "--dossier", corpus.parent / "fd")
    by_text = {report.info.text_sha256: report for report in case.received.reports}
    direct = read_case(corpus.parent / "f.headwater").received
    assert len(direct.reports) == len(REPORTS) - 1 + 2
    for report in direct.reports:
        twin = by_text[report.info.text_sha256]
        assert (twin.text, twin.passages, twin.info.encoding) == (report.text, report.passages, report.info.encoding)
        assert (twin.id, twin.info.sha256) == (report.id, report.info.sha256)
        for name in ("title", "author", "url", "language"):
            assert getattr(twin.info, name) == getattr(report.info, name), name
        assert (twin.info.outlet and twin.info.outlet.value) == (report.info.outlet and report.info.outlet.value)
    assert set(direct.originals) <= set(case.received.originals)


def test_the_case_of_a_corpus_keeps_its_texts_its_bytes_and_its_ids(corpus: Path) -> None:
    case = traced(corpus)
    kept = {report.id: report for report in read_reports(corpus, [each for each, _ in known_ids(corpus)])}
    originals = {original.sha256: original for original in case.received.originals}
    assert {report.info.file for report in case.received.reports} == kept.keys()
    for report in case.received.reports:
        there = kept[report.info.file]
        assert report.text == there.text
        assert report.info.text_sha256 == there.text_sha256
        expected = there.text.encode() if there.original is None else there.original
        assert originals[report.info.sha256].data == expected
    assert headwater("verify", corpus.parent / "c.headwater").exit_code == 0
    assert headwater("dossier", corpus.parent / "c.headwater", "--out", corpus.parent / "again").exit_code == 0
    assert (corpus.parent / "d" / "index.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_a_row_says_of_itself_is_known_from_the_corpus(corpus: Path) -> None:
    case = traced(corpus, reports="row/1")
    (report,) = case.received.reports
    assert report.info.outlet == Noted("dogwood.example", Basis.GUESSED, "from the address of the report")
    assert report.info.title == Noted("Boats taken", Basis.GIVEN, "from the corpus")
    assert report.info.published == Noted("2031-05-01 06:00:00", Basis.GIVEN, "from the corpus")
    assert report.info.author == Noted("Ada Orn", Basis.GIVEN, "from the corpus")
    assert report.info.url == Noted("https://dogwood.example/1", Basis.GIVEN, "from the corpus")
    assert report.info.sha256 == sha256_text(ROWS[0]["maintext"])  # type: ignore[arg-type]


def test_ids_may_stand_in_a_file(corpus: Path) -> None:
    listed = corpus.parent / "ids.txt"
    listed.write_text("\ufeffrow/2\r\n\r\n row/1 \nrow/2\n", encoding="utf-8")
    assert {report.info.file for report in traced(corpus, reports=f"@{listed}").received.reports} == {"row/1", "row/2"}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "Missing argument 'PATH...'"),
        (("a.txt", "--reports", "x"), 2, "give --from-corpus"),
        (("a.txt", "--from-corpus", "{corpus}", "--reports", "x"), 2, "not both"),
        (("--from-corpus", "{corpus}"), 2, "needs one of --reports"),
        (("--from-corpus", "{corpus}", "--reports", " , "), 2, "names no report"),
        (("--from-corpus", "{corpus}", "--reports", "@gone.txt"), 1, "cannot be read"),
        (("--from-corpus", "{corpus}", "--reports", "row/1,nobody"), 1, "no report with the id “nobody”"),
        (("--from-corpus", "gone.corpus", "--reports", "row/1"), 1, "is not a Headwater corpus"),
    ],
)
def test_what_does_not_go_together_is_told(corpus: Path, words: tuple[str, ...], code: int, told: str) -> None:
    place = corpus.parent
    done = headwater(
        "trace",
        *(word.format(corpus=corpus) for word in words),
        "--case",
        place / "n.headwater",
        "--dossier",
        place / "n",
    )
    assert done.exit_code == code
    assert told in done.stderr
    assert not (place / "n.headwater").exists()


@pytest.mark.parametrize("words", [["--help"], ["corpus", "--help"], ["trace", "{folder}", "--case", "{case}"]])
def test_what_needs_no_corpus_does_not_wait_for_the_engine(tmp_path: Path, words: list[str]) -> None:
    folder = write_reports(tmp_path / "reports")
    filled = [word.format(folder=folder, case=tmp_path / "c.headwater") for word in words]
    probe = f"import sys, atexit; sys.argv = ['headwater', *{filled!r}]\nfrom headwater.cli import main\n"
    probe += "atexit.register(lambda: print([n for n in ('pyarrow', 'duckdb') if n in sys.modules], file=sys.stderr))\n"
    run = subprocess.run(
        [sys.executable, "-c", probe + "main()"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert run.stderr.strip().splitlines()[-1] == "[]"
