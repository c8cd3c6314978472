"""Progress is drawn where somebody watches, and only there."""

from __future__ import annotations

import os
import signal
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
    finally:
        os.close(theirs)
    return drained(ours)


def test_a_terminal_shows_the_step_and_the_count_and_is_left_clean(folder: Path, tmp_path: Path) -> None:
    drawn = watched(folder, tmp_path)
    assert any(step.value in drawn for step in Step)
    assert "\x1b[?25h" in drawn, "the cursor was not given back"


def test_without_colour_nothing_is_coloured(folder: Path, tmp_path: Path) -> None:
    assert "\x1b[3" not in watched(folder, tmp_path, NO_COLOR="1")


def test_a_dumb_terminal_gets_no_progress(folder: Path, tmp_path: Path) -> None:
    assert watched(folder, tmp_path, TERM="dumb") == ""


def test_ctrl_c_ends_with_130_and_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    for number in range(1000):
        text = f"Day {number}\n\nBoat {number} left, Oda Renn said.\n"
        (folder / f"more{number}.txt").write_text(text, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "headwater", "trace", "reports"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
        start_new_session=True,
    )
    os.close(theirs)  # so that reading ends with the process, whatever becomes of it
    drawn = b""
    while Step.READING.value.encode() not in drawn:
        drawn += os.read(ours, 65536)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group, reading processes included
    out, _ = process.communicate(timeout=60)
    told = drained(ours)
    assert (process.returncode, out) == (130, b"")
    assert "Nothing was written" in told
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


def drained(terminal: int) -> str:
    """Return what else was drawn on a terminal that nobody writes to any more, and close it."""
    drawn = b""
    try:
        while more := os.read(terminal, 65536):
            drawn += more
    except OSError:  # how Linux says that the other side is closed
        pass
    finally:
        os.close(terminal)
    return drawn.decode("utf-8")


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
