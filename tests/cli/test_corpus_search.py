"""`corpus stories` and `corpus find`: what is printed, as words and as JSON, and how wrong use is answered."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command_line import headwater

from headwater.casefile import read_case

FERRY = "The ferry Osmer sank off Tarvin harbour while divers searched its hull for passengers"
ROWS = [
    {"id": "r1", "outlet": "Tarvin Post", "published": "2031-05-01", "title": "Ferry sinks", "text": f"{FERRY}. One."},
    {
        "id": "r2",
        "outlet": "Lake News",
        "published": "2031-05-02",
        "title": "",
        "text": f"“{FERRY},” said a diver. Two.",
    },
    {
        "id": "r3",
        "outlet": "Hill Voice",
        "published": "",
        "title": "",
        "text": "Pears in syrup need cardamom and time.",
    },
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "reports.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    return path


def test_stories_are_named_and_written(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "stories.parquet"
    result = headwater("corpus", "stories", table, "--out", out, "--threads", "1")
    assert result.exit_code == 0
    assert "3 reports: 2 in 1 story, 1 alone" in result.stdout
    assert "Ferry sinks" in result.stdout
    assert "2 reports from 2 outlets · 2031-05-01 to 2031-05-02" in result.stdout
    assert [(row["story"], row["id"]) for row in pq.read_table(out).to_pylist()] == [(1, "r1"), (1, "r2")]


def test_stories_as_json(table: Path) -> None:
    told = json.loads(headwater("corpus", "stories", table, "--json", "--threads", "1").stdout)
    assert (told["reports"], told["inside"], told["alone"], told["stories"], told["table"]) == (3, 2, 1, 1, None)
    assert told["shown"][0]["label"] == "Ferry sinks"


def test_places_are_shown_with_the_words_around(table: Path) -> None:
    result = headwater("corpus", "find", table, "divers searched its hull", "--threads", "1")
    assert result.exit_code == 0
    assert "2 places in 2 reports: 2 word for word, 0 like it" in result.stdout
    assert "[divers searched its hull]" in " ".join(result.stdout.split())
    assert result.stdout.index("Tarvin Post") < result.stdout.index("Lake News")
    assert "No report carries" in headwater("corpus", "find", table, "no such thing", "--threads", "1").stdout


def test_a_statement_of_a_case_is_looked_for(table: Path, traced: Path) -> None:
    statement = next(each for reading in read_case(traced).readings for each in reading.statements)
    asked = ("--statement", statement.id, "--case", traced)
    told = json.loads(headwater("corpus", "find", table, *asked, "--json", "--threads", "1").stdout)
    assert told == {"words": statement.text, "places": []}
    wrong = headwater("corpus", "find", table, "--statement", "none", "--case", traced)
    assert wrong.exit_code == 2
    assert "no statement none" in " ".join(wrong.stderr.split())


@pytest.mark.parametrize("words", [(), ("…",), ("a", "--case", "c"), ("a", "--statement", "s", "--case", "c")])
def test_wrong_use_is_told(table: Path, words: tuple[str, ...]) -> None:
    assert headwater("corpus", "find", table, *words).exit_code == 2


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    result = headwater("corpus", "stories", tmp_path / "none.parquet")
    assert result.exit_code == 1
    assert "There is nothing at" in result.stderr


@pytest.fixture
def corpus(table: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "news.corpus"
    assert headwater("corpus", "add", folder, table).exit_code == 0
    return folder


@pytest.mark.parametrize("asked", [("--story", "1"), ("--find", "divers searched its hull")])
def test_a_story_or_what_was_found_opens_as_a_case(corpus: Path, tmp_path: Path, asked: tuple[str, str]) -> None:
    case = tmp_path / "ferry.headwater"
    result = headwater("trace", "--from-corpus", corpus, *asked, "--case", case, "--dossier", tmp_path / "dossier")
    assert result.exit_code == 0, result.output
    assert {report.info.outlet.value for report in read_case(case).received.reports if report.info.outlet} == {
        "Tarvin Post",
        "Lake News",
    }


def test_a_story_that_is_not_there_and_words_that_nobody_has(corpus: Path) -> None:
    result = headwater("trace", "--from-corpus", corpus, "--story", "7")
    assert result.exit_code == 1
    assert "no story 7" in result.stderr
    result = headwater("trace", "--from-corpus", corpus, "--find", "a lighthouse of glass")
    assert result.exit_code == 1
    assert "No report" in result.stderr
    assert headwater("trace", "--from-corpus", corpus, "--find", "…").exit_code == 2


def test_only_one_way_of_choosing_is_taken(corpus: Path) -> None:
    assert headwater("trace", "--from-corpus", corpus).exit_code == 2
    assert headwater("trace", "--from-corpus", corpus, "--story", "1", "--find", "hull").exit_code == 2
    assert headwater("trace", "--story", "1").exit_code == 2


def test_reuse_of_a_corpus_keeps_what_searches_begin_from(corpus: Path, tmp_path: Path) -> None:
    assert headwater("corpus", "find", corpus, "divers searched", "--threads", "1").exit_code == 0
    out = tmp_path / "reuse.parquet"
    result = headwater("corpus", "reuse", corpus, "--out", out, "--threads", "1")
    assert result.exit_code == 0, result.output
    assert "3 reports: 3 compared" in result.stdout
    assert [(row["a_id"], row["b_id"], row["kind"]) for row in pq.read_table(out).to_pylist()] == [
        ("r1", "r2", "quote")
    ]
    kept = {path.name.rpartition("-")[0] for path in (corpus / "work").iterdir()}
    assert {"tokens", "postings"} <= kept
    assert not kept & {"paired", "anchors", "boxes"}


def test_reuse_tells_what_is_wrong(table: Path, tmp_path: Path) -> None:
    assert headwater("corpus", "reuse", tmp_path / "nothing", "--out", tmp_path / "o.parquet").exit_code == 1
    assert headwater("corpus", "reuse", table, "--out", tmp_path).exit_code == 1
    (tmp_path / "text.parquet").write_text("no table")
    result = headwater("corpus", "reuse", tmp_path / "text.parquet", "--out", tmp_path / "o.parquet")
    assert result.exit_code == 1
    assert "no Parquet file" in result.stderr
    assert headwater("corpus", "reuse", table, "--out", tmp_path / "o.parquet", "--memory", "lots").exit_code == 2
