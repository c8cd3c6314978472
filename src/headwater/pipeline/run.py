"""One whole run: reports in; case file and dossier out. Decides the order of the rooms and what is written when.

Everything is computed before anything is written; the case file and the dossier each appear complete or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from headwater import casefile, dossier, intake, reading, tracing, weighing
from headwater.errors import CannotWrite, Stopped, WouldOverwrite
from headwater.model import Case, Makers, Received, SetAsideKind
from headwater.pipeline.checks import check_case, check_received
from headwater.pipeline.folders import check_replaceable, write_folder
from headwater.pipeline.outcomes import Outcome, Progress, Silent, Step, StepRunner, Trouble
from headwater.pipeline.readers import read_all

MAKERS = Makers(intake.MAKER, reading.MAKER, tracing.MAKER, weighing.MAKER)
FIRST_PAGE = "index.html"

# Files of these kinds look like reports that a person meant to have read; the other kinds are no loss.
_LOST = frozenset(
    {
        SetAsideKind.EMPTY,
        SetAsideKind.BINARY,
        SetAsideKind.TOO_LARGE,
        SetAsideKind.UNDECODABLE,
        SetAsideKind.UNREADABLE,
        SetAsideKind.NO_TEXT,
    }
)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where a run writes. `dossier` is a folder; `replace` allows to replace a case of other reports."""

    case: Path
    dossier: Path
    title: str
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: the case, how each step that made it ended, and what was written of it."""

    case: Case
    outcomes: tuple[Outcome, ...]
    written: casefile.CaseWritten | None = None

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What went wrong with single reports."""
        return tuple(trouble for outcome in self.outcomes for trouble in outcome.troubles)

    @property
    def complete(self) -> bool:
        """True when every file that looks like a report was read."""
        return not self.troubles and not any(aside.kind in _LOST for aside in self.case.received.set_aside)


def trace_reports(
    paths: Sequence[Path],
    *,
    limits: intake.Limits | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Run:
    """Read, trace and weigh the reports at `paths`; writes nothing.

    `workers` is the number of reading processes (None: as many as make sense); it never changes the result.
    Raises HeadwaterError for everything a person must be told, Stopped when interrupted.
    """
    steps = StepRunner(progress or Silent())
    with _stoppable("Nothing was written; your reports were only read."):
        case = _case(paths, limits or intake.Limits(), workers, steps)
    return Run(case, tuple(steps.outcomes))


def trace_and_write(
    paths: Sequence[Path],
    targets: Targets,
    *,
    now: datetime,
    agent: str,
    limits: intake.Limits | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Run:
    """Do what `trace_reports` does, then write the case file and print the dossier.

    `now` (aware) and `agent` go into the custody log. The targets are checked before the work and again before the
    writing. Raises WouldOverwrite and CannotWrite beside what `trace_reports` raises.
    """
    steps = StepRunner(progress or Silent())
    check_targets(targets)
    with _stoppable("Nothing was written; your reports were only read."):
        case = _case(paths, limits or intake.Limits(), workers, steps)
        if not targets.replace:
            check_same_reports(targets.case, case.received)
    with _stoppable(f"What was finished is whole: {targets.case}, if it is there, and any earlier dossier."):
        action = f"traced {len(case.received.reports)} reports"
        written = steps.run(
            Step.CASE,
            lambda _: casefile.write_case(targets.case, case, now=now, agent=agent, action=action),
            count=lambda made: sum(made.records.values()),
        )
        _print(steps, targets.dossier, case, targets.title)
    return Run(case, tuple(steps.outcomes), written)


def print_dossier(case: Case, folder: Path, *, title: str, progress: Progress | None = None) -> None:
    """Print the dossier of a case into `folder`, whole or not at all. Raises as `write_folder` does, and Stopped."""
    with _stoppable("A dossier that stood there is unchanged."):
        _print(StepRunner(progress or Silent()), folder, case, title)


def _print(steps: StepRunner, folder: Path, case: Case, title: str) -> None:
    def work(_: object) -> int:
        # Without the head of the custody log, which holds the time: the same reports give the same dossier.
        pages = dossier.render(case, title=title)
        write_folder(folder, pages)
        return len(pages)

    steps.run(Step.DOSSIER, work, count=lambda pages: pages)


@contextmanager
def _stoppable(safe: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as interrupt:
        raise Stopped(
            "Stopped before the work was finished.", safe=safe, next_step="Run the same command again to start over."
        ) from interrupt


def _case(paths: Sequence[Path], limits: intake.Limits, workers: int | None, steps: StepRunner) -> Case:
    received = steps.run(
        Step.INTAKE,
        lambda tick: intake.receive(paths, limits=limits, on_progress=tick),
        count=lambda made: len(made.reports),
    )
    check_received(received)
    read = steps.run(
        Step.READING,
        lambda tick: read_all(received.reports, workers=workers, tick=tick),
        count=lambda made: sum(len(each.statements) for each in made.readings),
        troubles=lambda made: made.troubles,
    )
    traced = steps.run(
        Step.TRACING,
        lambda tick: tracing.trace(received.reports, read.readings, on_progress=tick),
        count=lambda made: len(made.utterances),
    )
    weighed = steps.run(
        Step.WEIGHING,
        lambda _: weighing.weigh(
            [report.info for report in received.reports], read.readings, traced, set_aside=received.set_aside
        ),
        count=lambda made: len(made.claims),
    )
    case = Case(received, read.readings, traced, weighed, MAKERS)
    check_case(case)
    return case


def check_targets(targets: Targets) -> None:
    """Raise WouldOverwrite or CannotWrite when the case or the dossier could not be written there."""
    check_replaceable(targets.dossier)
    if targets.case.is_dir():
        raise WouldOverwrite(
            f"{targets.case} is a folder, so no case can be written there.",
            next_step=f"Name a file, for example --case {targets.case / ('case' + casefile.SUFFIX)}.",
        )
    if not targets.case.absolute().parent.is_dir():
        raise CannotWrite(
            f"The folder {targets.case.parent} for the case does not exist.",
            next_step="Create it, or name another place with --case.",
        )
    if targets.case.exists() and not targets.replace:
        casefile.read_case(targets.case)


def check_same_reports(case_path: Path, received: Received) -> None:
    """Raise WouldOverwrite when a case at `case_path` holds originals that are not among `received`.

    Replacing it would lose the only preserved copy of them. Raises what `read_case` raises on a file that is no case.
    """
    if not case_path.exists():
        return
    kept = {original.sha256 for original in casefile.read_case(case_path).received.originals}
    lost = kept - {original.sha256 for original in received.originals}
    if lost:
        raise WouldOverwrite(
            f"{case_path} is a case of other reports: {len(lost)} of its {len(kept)} originals are not among these.",
            next_step="Name another file with --case, or give --replace if the old case may go.",
        )
