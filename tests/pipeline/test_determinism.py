"""The same originals give the same bytes, whatever the machine's hash seed, language, clock zone or file order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from headwater.cli.demo import bundled_reports


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


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes, dict[str, bytes]]:
    """What one machine makes of the bundled case."""
    return traced(tmp_path_factory.mktemp("machines") / "here", PYTHONHASHSEED="0", TZ="UTC")


@pytest.mark.parametrize(
    "variables",
    [{"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}, {"PYTHONHASHSEED": "77", "LC_ALL": "C", "LANG": "C"}],
    ids="-".join,
)
def test_another_machine_gives_the_same_bytes(
    tmp_path: Path, here: tuple[str, bytes, dict[str, bytes]], variables: dict[str, str]
) -> None:
    assert traced(tmp_path / "there", **variables) == here


def test_the_order_in_which_files_were_made_does_not_matter(
    tmp_path: Path, here: tuple[str, bytes, dict[str, bytes]]
) -> None:
    (tmp_path / "turned").mkdir()
    for name, data in reversed(bundled_reports()):
        (tmp_path / "turned" / name).write_bytes(data)
    run(tmp_path, "trace", "turned")
    assert json.loads(run(tmp_path, "verify", "case.headwater", "--json"))["case_digest"] == here[0]
