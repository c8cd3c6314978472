"""How far a run is, on a terminal: step, count, rate and time left. Silent where nobody watches."""

from __future__ import annotations

import os
import sys
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from headwater.cli.output import cut
from headwater.pipeline.outcomes import Outcome, Silent, Step

_NAME_WIDTH = 28


class _Rate(ProgressColumn):
    """Units a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, or nothing while it is not known."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "", style="progress.data.speed")


class TerminalProgress:
    """Draws the progress of a run on standard error. Use as a context manager, so that the line is cleared."""

    def __init__(self) -> None:
        console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
        self._bar = Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[what]}", markup=False),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> TerminalProgress:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def begin(self, step: Step) -> None:
        """Show the step without a count yet."""
        self._task = self._bar.add_task(step.value, total=None, what="")

    def advance(self, step: Step, done: int, total: int, what: str) -> None:
        """Show the count; `step` is the one that began last."""
        if self._task is not None:
            self._bar.update(
                self._task, description=step.value, completed=done, total=total, what=cut(what, _NAME_WIDTH)
            )

    def end(self, outcome: Outcome) -> None:  # noqa: ARG002 - the signature of a Progress
        """Take the finished step off the screen."""
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None


class QuietProgress(Silent):
    """Tells nothing; a context manager like its sibling."""

    def __enter__(self) -> QuietProgress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        return None


def progress_here() -> TerminalProgress | QuietProgress:
    """Return a drawn progress when standard error is a terminal that can move its cursor, else a silent one."""
    drawable = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return TerminalProgress() if drawable else QuietProgress()
