"""The bundled reports are what they are said to be: many, short, in unlike voices, and addressed to nobody real."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fill_gold import NotInReport, filled, place

BUNDLED = Path(str(files("headwater") / "bundled"))
REPORTS = sorted(path for path in BUNDLED.iterdir() if path.suffix in {".txt", ".html"})
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in REPORTS}


def rows() -> list[dict[str, str]]:
    with (BUNDLED / "reports.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_there_are_ten_reports_and_one_is_a_page() -> None:
    assert Counter(path.suffix for path in REPORTS) == {".txt": 9, ".html": 1}
    assert {path.name for path in BUNDLED.iterdir() if path.is_file()} == {*TEXTS, "reports.csv"}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_report_is_as_long_as_short_news(name: str) -> None:
    assert 250 <= len(re.sub(r"<script.*?</script>|<[^>]+>", " ", TEXTS[name], flags=re.DOTALL).split()) <= 600


def test_voices_differ_in_print() -> None:
    openings = {
        name: max(("“", "‘", '"', "'"), key=lambda mark: text.count(f" {mark}") + text.count(f"\n{mark}"))
        for name, text in TEXTS.items()
        if name.endswith(".txt")
    }
    assert set(openings.values()) == {"“", "‘", '"', "'"}


@pytest.mark.parametrize("name", ["02_averlight.txt", "03_pellworth_herald.txt"])
def test_a_quotation_runs_over_paragraphs_without_being_closed(name: str) -> None:
    paragraphs = TEXTS[name].split("\n\n")
    unclosed = [each for each in paragraphs if re.search("[“‘][^“”‘’]*$", each)]
    assert unclosed
    assert all(paragraphs[paragraphs.index(each) + 1].startswith(("“", "‘")) for each in unclosed)


def test_list_leaves_one_report_unknown_and_one_to_its_page() -> None:
    listed = {row["file"] for row in rows()}
    assert set(TEXTS) - listed == {"04_northquay_today.html", "10_register.txt"}
    assert listed <= set(TEXTS)
    for row in rows():
        assert row["title"] == TEXTS[row["file"]].splitlines()[0]


def test_no_address_leads_anywhere() -> None:
    addresses = [row["url"] for row in rows()]
    addresses += re.findall(r"https?://[^\s\"<>]+", "\n".join(TEXTS.values()))
    for address in addresses:
        host = urlsplit(address).hostname or ""
        assert host.endswith(".example") or host == "schema.org", address


def test_words_that_do_not_stand_there_are_refused() -> None:
    assert place("one two one", "one", 1) == (8, 11)
    with pytest.raises(NotInReport):
        place("one two one", "one", 2)
    gold = json.loads((Path(__file__).parent / "gold.json").read_text(encoding="utf-8"))
    spoiled = {name: text.replace("burned", "burnt") for name, text in TEXTS.items() if name.endswith(".txt")}
    with pytest.raises(NotInReport):
        filled(gold, spoiled)
