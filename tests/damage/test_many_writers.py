"""Four processes make 300 decisions each about one file: all 1,200 are kept, also when a writer is killed meanwhile.

The control is a store that reads, changes and replaces its file without a lock: it loses some, and nobody is told.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from attacked import KINDS_OF_CASE, reasons, write
from make_case import make_case

from headwater import casefile

WRITERS = 4
EACH = 300

_WRITER = """
import sys
from pathlib import Path
from attacked import KEY, decide
case, name, encrypted, count = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "encrypted", int(sys.argv[4])
sys.stdin.readline()
for number in range(count):
    decide(case, f"{name} {number}", KEY if encrypted else None, agent=name)
    print(number, flush=True)
"""
_NAIVE = """
import json, os, sys
from pathlib import Path
store, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[4])
sys.stdin.readline()
for number in range(count):
    kept = json.loads(store.read_text())
    own = store.with_name(name)
    own.write_text(json.dumps([*kept, f"{name} {number}"]))
    os.replace(own, store)
    print(number, flush=True)
"""


def _start(program: str, path: Path, name: str, kind: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path), name, kind, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        start_new_session=True,
    )


def _go(writers: list[subprocess.Popen[str]]) -> None:
    """All begin at once."""
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("\n")
        writer.stdin.flush()


def _acknowledged(writer: subprocess.Popen[str]) -> int:
    """Wait for the end of a writer; tell how many of its decisions were acknowledged."""
    said, _ = writer.communicate(timeout=300)
    return len(said.splitlines())


@pytest.mark.parametrize("kind", KINDS_OF_CASE)
def test_every_decision_of_every_writer_is_kept(tmp_path: Path, kind: str) -> None:
    key = KINDS_OF_CASE[kind]
    case = tmp_path / "osk.headwater"
    write(case, make_case(), key)
    writers = [_start(_WRITER, case, f"writer {number}", kind, EACH) for number in range(WRITERS)]
    _go(writers)
    assert [_acknowledged(writer) for writer in writers] == [EACH] * WRITERS
    assert [writer.returncode for writer in writers] == [0] * WRITERS
    found = reasons(case, key)
    assert Counter(found) == Counter(f"writer {w} {n}" for w in range(WRITERS) for n in range(EACH))
    for number in range(WRITERS):
        own = [why for why in found if why.startswith(f"writer {number} ")]
        assert own == [f"writer {number} {n}" for n in range(EACH)]
    assert len(casefile.custody(case, key=key)) == 1 + WRITERS * EACH
    assert casefile.verify(case, key=key).sound


@pytest.mark.parametrize("kind", KINDS_OF_CASE)
def test_a_writer_killed_in_the_middle_stops_nobody_and_loses_nothing(tmp_path: Path, kind: str) -> None:
    key = KINDS_OF_CASE[kind]
    case = tmp_path / "osk.headwater"
    write(case, make_case(), key)
    others = [_start(_WRITER, case, f"writer {number}", kind, 40) for number in range(2)]
    victims = [_start(_WRITER, case, f"victim {number}", kind, 1_000) for number in range(6)]
    _go(others)
    acknowledged = {}
    for number, victim in enumerate(victims):
        _go([victim])
        assert victim.stdout
        assert victim.stdout.readline() == "0\n"
        os.killpg(victim.pid, signal.SIGKILL)
        acknowledged[number] = 1 + _acknowledged(victim)
    assert [_acknowledged(writer) for writer in others] == [40, 40]
    found = reasons(case, key)
    for number in range(2):
        assert [why for why in found if why.startswith(f"writer {number} ")] == [
            f"writer {number} {n}" for n in range(40)
        ]
    for number, said in acknowledged.items():
        kept = sum(why.startswith(f"victim {number} ") for why in found)
        assert said <= kept <= said + 1
    assert len(casefile.custody(case, key=key)) == 1 + len(found)
    assert casefile.verify(case, key=key).sound


def test_the_control_a_store_without_a_lock_loses_decisions_silently(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    store.write_text("[]")
    writers = [_start(_NAIVE, store, f"writer {number}", "plain", 50) for number in range(WRITERS)]
    _go(writers)
    assert [_acknowledged(writer) for writer in writers] == [50] * WRITERS
    assert len(json.loads(store.read_text())) < 50 * WRITERS
