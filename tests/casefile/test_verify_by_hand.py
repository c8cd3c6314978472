"""What docs/verify-by-hand.md promises to somebody who has only sqlite3, sha256sum and openssl: every block is run."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent

import pytest
from make_case import make_case
from stamp_authority import authority, reply, root

from headwater import casefile
from headwater.casefile import NewDecision, custody, write_case
from headwater.casefile.checkpoints import append, checkpoint_of
from headwater.casefile.kinds import KEPT
from headwater.casefile.stamps import stamp_of
from headwater.model import Subject, SubjectKind, Verb

_PAGE = Path(__file__).parents[2] / "docs" / "verify-by-hand.md"
_BLOCK = re.compile(r"^( *)```(sql|sh)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_BLOCKS = [(language, dedent(block)) for _, language, block in _BLOCK.findall(_PAGE.read_text("utf-8"))]
_SQL = [block for language, block in _BLOCKS if language == "sql"]
_SHELL = [block for language, block in _BLOCKS if language == "sh"]
_ROOT = root()
_AUTHORITY = authority(_ROOT)

_programs = pytest.mark.skipif(
    not all(shutil.which(name) for name in ("sqlite3", "sha256sum", "bash", "openssl")),
    reason="one of the programs sqlite3, sha256sum, bash and openssl is not here",
)


def _changed(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a decision and a time-stamp of its first event, and beside it its checkpoints."""
    path = tmp_path_factory.mktemp("by_hand") / "osk.headwater"
    noon = datetime(2031, 5, 4, 12, tzinfo=UTC)
    for minute in range(2):
        write_case(path, make_case(), now=noon + timedelta(minutes=minute), agent="Ada", action="traced")
    claim = Subject(SubjectKind.CLAIM, make_case().weighed.claims[0].id)
    casefile.decide(path, [NewDecision(Verb.NOTE, (claim,), "noted")], now=noon + timedelta(minutes=3), agent="Ada")
    for event in custody(path):
        append(path.with_name("kept"), checkpoint_of(event))
    answer = reply(custody(path)[0].digest, _AUTHORITY)
    stamp = stamp_of(custody(path), answer, [_ROOT.pem])
    casefile.add_stamp(path, stamp, answer, now=noon + timedelta(minutes=4), agent="Ada")
    return path


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be harmed."""
    shutil.copy(made.with_name("kept"), tmp_path / "kept")
    return Path(shutil.copy(made, tmp_path / "osk.headwater"))


def _about(blocks: list[str], words: str) -> str:
    (block,) = (one for one in blocks if words in one)
    return block


def _run(commands: str, case: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    place = case.with_name("work")
    place.mkdir(exist_ok=True)
    given: Mapping[str, str] = {**os.environ, "CASE": str(case), "KEPT": str(case.with_name("kept")), **environment}
    words = ["bash", "-e", "-o", "pipefail", "-c", commands]
    return subprocess.run(words, cwd=place, env=given, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "harm"),
    [
        ("FROM custody AS this", "UPDATE custody SET sequence = 9 WHERE sequence = 2"),
        ("FROM custody AS this", "UPDATE custody SET sha256 = '0' WHERE sequence = 1"),
        ("substr(report.text", "UPDATE report SET text = 'x' || text WHERE position = 2"),
        ("FROM file", "DELETE FROM set_aside WHERE position = 0"),
    ],
)
def test_each_check_in_sql_finds_nothing_and_then_the_damage(case: Path, words: str, harm: str) -> None:
    query = _about(_SQL, words)
    with closing(sqlite3.connect(case)) as connection:
        assert connection.execute(query).fetchall() == []
        connection.execute(harm)
        assert connection.execute(query).fetchall() != []


_EDIT = "UPDATE {} SET record = replace(record, '{}', '{}')"


@_programs
@pytest.mark.parametrize(
    ("words", "harm"),
    [
        ("FROM original", "UPDATE original SET data = CAST(x'21' || substr(data, 2) AS BLOB) WHERE position = 1"),
        (".text'", "UPDATE report SET text = text || '!' WHERE position = 0"),
        ("every_record kept", _EDIT.format("claim", '"origins_high":1', '"origins_high":3')),
        ("every_record kept", _EDIT.format("decision", "noted", "found")),
        ("for table", "DELETE FROM decision"),
        ("'custody.'", _EDIT.format("custody", "Ada", "Eve")),
    ],
    ids=["originals", "texts", "records", "decisions", "tables", "custody log"],
)
def test_each_command_says_ok_and_then_where_the_damage_is(case: Path, words: str, harm: str) -> None:
    commands = _about(_SHELL, words)
    good = _run(commands, case)
    assert good.returncode == 0, good.stderr
    assert ": OK" in good.stdout
    assert "FAILED" not in good.stdout
    _changed(case, harm)
    assert ": FAILED" in _run(commands, case).stdout


@_programs
def test_the_digest_of_the_case(case: Path) -> None:
    commands = _about(_SHELL, "every_record ORDER BY kind")
    named = custody(case)[1].case_digest
    assert _run(commands, case).stdout.split() == [named, "-", named]
    _changed(case, "DELETE FROM claim WHERE position = 0")
    found, _, still = _run(commands, case).stdout.split()
    assert found != still == named


@_programs
def test_one_digest_from_a_slip(case: Path) -> None:
    commands = _about(_SHELL, "$DIGEST")
    second = custody(case)[1]
    assert _run(commands, case, DIGEST=second.digest).stdout == f"2|{second.time}|2\n"
    _changed(case, _EDIT.format("custody", "Ada", "Eve"), "UPDATE custody SET sha256 = '0'")
    assert _run(commands, case, DIGEST=second.digest).stdout == ""


@_programs
def test_a_file_of_checkpoints_with_a_torn_line(case: Path) -> None:
    commands = _about(_SHELL, "$KEPT")
    with case.with_name("kept").open("ab") as file:
        file.write(b"4 2031-05-\x00\x00")
    assert _run(commands, case).stdout == "event 1: OK\nevent 2: OK\nevent 3: OK\n"
    _changed(case, "DELETE FROM custody WHERE sequence = 3")
    assert _run(commands, case).stdout == "event 1: OK\nevent 2: OK\nevent 3: FAILED\n"


@_programs
@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE custody SET record = replace(record, 'Ada', 'Eve') WHERE sequence = 1",
        "UPDATE stamp SET reply = CAST(substr(reply, 1, length(reply) - 1) || x'21' AS BLOB)",
        _EDIT.format("stamp", "MII", "MIJ"),
        "UPDATE stamp SET record = json_set(record, '$.sequence', 2)",
    ],
    ids=["event", "reply", "root", "another event"],
)
def test_a_stamp_with_openssl(case: Path, harm: str) -> None:
    commands = _about(_SHELL, "openssl ts")
    good = _run(commands, case)
    assert "Verification: OK" in good.stdout + good.stderr
    shutil.rmtree(case.with_name("work"))
    _changed(case, harm)
    bad = _run(commands, case)
    assert "Verification: OK" not in bad.stdout + bad.stderr
    assert bad.returncode != 0


def test_every_block_is_run_by_a_test_of_this_page() -> None:
    assert (len(_SQL), len(_SHELL)) == (3, 9)


def test_the_page_names_every_table_that_people_fill() -> None:
    named = re.search(r"for table in ([a-z_ ]+);", _about(_SHELL, "for table"))
    assert named
    assert set(named[1].split()) == {table.name for table in KEPT}
