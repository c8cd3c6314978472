"""The same originals give the same bytes, whatever the machine's hash seed, language, clock zone or file order."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def traced(where: Path, **variables: str) -> tuple[str, bytes, dict[str, bytes]]:
    """Trace the bundled case in a fresh process; return case digest, export and dossier."""
    where.mkdir()
    run(where, "demo", **variables)
    told = json.loads(run(where, "verify", "demo/case.headwater", "--json", **variables))
    exported = run(where, "export", "demo/case.headwater", **variables)
    dossier = where / "demo" / "dossier"
    pages = {path.relative_to(dossier).as_posix(): path.read_bytes() for path in dossier.rglob("*") if path.is_file()}
    return told["case_digest"], exported, pages


def run(where: Path, *words: str, **variables: str) -> bytes:
    """Run the command line in a folder and return what it printed."""
    command = [sys.executable, "-m", "headwater", *words]
    return subprocess.run(command, cwd=where, env={**os.environ, **variables}, check=True, capture_output=True).stdout


@pytest.mark.parametrize(
    "variables",
    [{"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}, {"PYTHONHASHSEED": "77", "LC_ALL": "C", "LANG": "C"}],
    ids=lambda variables: "-".join(variables),
)
def test_another_machine_gives_the_same_bytes(tmp_path: Path, variables: dict[str, str]) -> None:
    here = traced(tmp_path / "here", PYTHONHASHSEED="0", TZ="UTC")
    there = traced(tmp_path / "there", **variables)
    assert here == there


def test_the_order_in_which_files_were_made_does_not_matter(tmp_path: Path) -> None:
    first = traced(tmp_path / "first")
    reports = tmp_path / "first" / "demo" / "reports"
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "turned").mkdir()
    for path in sorted(reports.iterdir(), reverse=True):
        shutil.copy(path, tmp_path / "second" / "turned" / path.name)
    run(tmp_path / "second", "trace", "turned")
    told = json.loads(run(tmp_path / "second", "verify", "case.headwater", "--json"))
    assert told["case_digest"] == first[0]
