"""Progress is drawn where somebody watches, and only there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from headwater.cli import progress
from headwater.pipeline.outcomes import Ending, Outcome, Step

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")


def watched(folder: Path, where: Path, **variables: str) -> str:
    """Trace with standard error on a terminal and return what was drawn there."""
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "headwater", "trace", str(folder)],
            cwd=where,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", **variables},
            check=True,
        )
        os.write(theirs, b"the end")  # so that there is something to read when nothing was drawn
        os.set_blocking(ours, False)
        drawn = b""
        while not drawn.endswith(b"the end"):
            drawn += os.read(ours, 65536)
    finally:
        os.close(ours)
        os.close(theirs)
    return drawn.removesuffix(b"the end").decode("utf-8")


def test_a_terminal_shows_the_step_and_the_count_and_is_left_clean(folder: Path, tmp_path: Path) -> None:
    drawn = watched(folder, tmp_path)
    assert any(step.value in drawn for step in Step)
    assert "\x1b[?25h" in drawn, "the cursor was not given back"


def test_without_colour_nothing_is_coloured(folder: Path, tmp_path: Path) -> None:
    assert "\x1b[3" not in watched(folder, tmp_path, NO_COLOR="1")


def test_a_dumb_terminal_gets_no_progress(folder: Path, tmp_path: Path) -> None:
    assert watched(folder, tmp_path, TERM="dumb") == ""


def test_the_count_and_the_rate_are_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with progress.TerminalProgress() as drawing:
        drawing.begin(Step.READING)
        drawing.advance(Step.READING, 30, 120, "a\x1bb.txt")
        drawing._bar.refresh()
        drawing.end(Outcome(Step.READING, Ending.DONE, 120, 1.0, 1.0))
    drawn = capsys.readouterr().err
    assert "reading" in drawn
    assert "30/120" in drawn
    assert "a\ufffdb.txt" in drawn


def test_nobody_watching_means_silence() -> None:
    assert isinstance(progress.progress_here(), progress.QuietProgress)
