"""What docs/casefile.md promises to somebody who has only sqlite3 and sha256sum."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest
from make_case import make_case

from headwater.casefile import CaseWritten, write_case
from headwater.casefile.kinds import KINDS
from headwater.casefile.schema import _TABLES, APPLICATION_ID, SCHEMA_VERSION, _columns

DOCUMENT = Path(__file__).parents[2] / "docs" / "casefile.md"
_BLOCK = re.compile(r"^( *)```(sql)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_SQL = [dedent(block) for _, language, block in _BLOCK.findall(DOCUMENT.read_text("utf-8")) if language == "sql"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> CaseWritten:
    path = tmp_path_factory.mktemp("documented") / "osk.headwater"
    for minute in range(2):
        now = datetime(2031, 5, 4, 12, minute, tzinfo=UTC)
        last = write_case(path, make_case(), now=now, agent="Ada", action="traced")
    return last


def _rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def _sha256(data: object) -> str:
    assert isinstance(data, bytes | str)
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def _about(words: str) -> str:
    (query,) = (one for one in _SQL if words in one)
    return query


def test_reading(written: CaseWritten) -> None:
    claims = _rows(written.path, _about("origins_low"))
    assert claims[0] == ("They took my brother’s boat and burned the nets", 1, 1, 3)
    said = _rows(written.path, _about("mention.text AS source"))
    assert len(said) == 6
    assert said[0][:3] == ("Velmora Gazette", "Marit Olsenko", "Radio Tarnhill")
    same = _rows(written.path, _about("AS why"))
    assert len(same) == 3
    assert {row[3] for row in same} == {"Both reports carry the same words."}


def test_digests_as_documented_with_the_standard_library_alone(written: CaseWritten) -> None:
    path = written.path
    assert all(_sha256(data) == name for name, data in _rows(path, "SELECT id, data FROM original"))
    assert all(_sha256(text) == name for name, text in _rows(path, "SELECT text_sha256, text FROM report"))
    records = _rows(path, "SELECT kind, position, sha256, hashed FROM every_record ORDER BY kind, position")
    assert all(_sha256(hashed) == sha256 for _, _, sha256, hashed in records)
    lines = "".join(f"{kind} {position} {sha256}\n" for kind, position, sha256, _ in records)
    assert _sha256(lines) == written.case_digest
    (outputs,) = _rows(path, "SELECT outputs FROM custody ORDER BY sequence DESC LIMIT 1")[0]
    named = {one["name"]: one["sha256"] for one in json.loads(str(outputs))}
    assert named.pop("case") == written.case_digest
    assert named == {
        kind.name: _sha256("".join(f"{row[0]} {row[1]} {row[2]}\n" for row in records if row[0] == kind.name))
        for kind in KINDS
    }


def test_the_document_names_every_table_and_the_numbers_of_the_format(written: CaseWritten) -> None:
    text = DOCUMENT.read_text("utf-8")
    tables = {
        str(name) for (name,) in _rows(written.path, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    }
    assert tables == {name for name in tables if f"`{name}`" in text or f"FROM {name}`" in text}
    assert f"`0x{APPLICATION_ID:08x}`" in text
    assert f"number of this format, {SCHEMA_VERSION}." in text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_people_see_leads_into_the_record(written: CaseWritten, kind: object) -> None:
    name = getattr(kind, "name", "")
    for column in _columns(_TABLES[name]):
        found = _rows(written.path, f"SELECT json_type(record, '$.{column.path}') FROM {name}")
        assert any(kind_of is not None for (kind_of,) in found), column


def test_the_file_explains_itself(written: CaseWritten) -> None:
    lines = [str(text) for _, text in _rows(written.path, "SELECT * FROM how_to_read_this_file")]
    assert lines[0].startswith("This is a Headwater case")
    (schema,) = _rows(written.path, "SELECT sql FROM sqlite_schema WHERE name = 'original'")
    assert "-- the bytes as received" in str(schema)
    assert _rows(written.path, "SELECT count(*) FROM passage") == [(6,)]
    assert _rows(written.path, "SELECT count(*) FROM content_span") == [(6,)]
    assert ("link", "link") in _rows(written.path, "SELECT kind, substr(record, 1, 4) FROM reason")
