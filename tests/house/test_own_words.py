"""What is committed is our own: no run of words of the reports that the project is measured with."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
RUN = 8  # the shortest run of words that is hardly ever shared by accident: news has many stock phrases of six
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of words of a text, without their case and marks."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def committed() -> list[Path]:
    """The text files that git tracks, without the licence, which is everybody's."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name and name != "LICENSE"]
    return [path for path in paths if path.is_file()]


def test_runs_are_found_whatever_their_marks() -> None:
    assert len(runs("one two three four five six seven eight nine")) == 2
    assert runs("One two, “three” four five six seven don’t") == runs("one TWO three four five - six seven don't!")


@pytest.mark.corpora
def test_no_sentence_of_a_measured_report_is_committed() -> None:
    reports = sorted(path for gold in CORPORA.glob("*/gold.json") for path in gold.parent.glob("*.txt"))
    if not reports:
        pytest.skip("there is no folder of test corpora beside the project")
    theirs = {run for report in reports for run in runs(report.read_text(encoding="utf-8", errors="replace"))}
    found = {
        f"{path.relative_to(ROOT)}: {' '.join(run)}"
        for path in committed()
        for run in runs(path.read_text(encoding="utf-8", errors="replace")) & theirs
    }
    assert sorted(found) == []
