"""The page about corpora says what the program does: fields, columns, how big a part is, what is in a folder."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from headwater.engine import corpus, ledger
from headwater.intake.inputs import ENDINGS
from headwater.intake.rows import NAMES
from headwater.model import CorpusReport, Dated

PAGE = (Path(__file__).parents[2] / "docs" / "corpus.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, str]:
    """Return the rows of the table that begins with `heading`: first cell, second cell."""
    table = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return {row[0]: row[1] for row in cells}


def test_the_names_of_the_fields_are_those_that_are_read() -> None:
    written = {field: tuple(re.findall(r"`(\w+)`", names)) for field, names in rows("field").items()}
    assert written == dict(NAMES)


def test_the_columns_are_those_that_are_written() -> None:
    columns = [name for cell in rows("column") for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(columns) == sorted(each.name for each in fields(CorpusReport))
    dated = rows("column")["`published`, `dated`"]
    assert set(re.findall(r"`(\w+)`", dated)) == {each.value for each in Dated if each.value}


def test_every_file_of_a_corpus_and_every_format_is_named() -> None:
    named = " ".join(rows("file"))
    for each in (ledger.MANIFEST, ledger.LEDGER, corpus.REPORTS, corpus.SET_ASIDE):
        assert each in named
    formats = " ".join(rows("format"))
    assert all(f"`{ending}`" in formats for ending in ENDINGS)


def test_the_sizes_are_those_of_the_program() -> None:
    said = rows("file")["`reports/part-NNNNNN.parquet`"]
    assert f"{corpus.PART_BYTES // 2**20} MB or {corpus.PART_REPORTS:,} reports" in said
    assert f"{corpus.GROUP_BYTES // 2**20} MB or {corpus.GROUP_REPORTS:,}" in said
