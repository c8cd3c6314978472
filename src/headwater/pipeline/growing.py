"""A case that grows: further reports come to those that are there, which are neither received nor read again.

The case is read, made anew and written under the writer's lock, so that no decision is made over a state that is about
to be replaced. Until everything is computed nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from headwater import casefile, intake
from headwater.casefile.lock import sole_writer
from headwater.errors import CannotWrite, PathMissing
from headwater.model import Case, People, ReportInfo, SetAside
from headwater.pipeline.again import made_again
from headwater.pipeline.checks import check_received
from headwater.pipeline.differences import Difference, changes
from headwater.pipeline.folders import is_dossier
from headwater.pipeline.interrupts import too_late_to_stop
from headwater.pipeline.outcomes import Outcome, Progress, Silent, Step, StepRunner, Trouble
from headwater.pipeline.readers import check_reader, joined_maker, read_all
from headwater.pipeline.returning import check_none_returns
from headwater.pipeline.run import LOST, stoppable, written_here

AS_BEFORE = "The case is as it was before; your reports were only read."


@dataclass(frozen=True, slots=True)
class Grown:
    """What came of a delivery to a case.

    `people` is what was said about the case, `added` are the new reports, `already` the files that were there already,
    `set_aside` what was received and is no report of its own, `not_used` what reports.csv said of reports that are
    there already. `written` is None when nothing was new: then nothing was written.
    """

    case: Case
    people: People
    differences: tuple[Difference, ...]
    added: tuple[ReportInfo, ...]
    already: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    not_used: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    written: casefile.CaseWritten | None

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What went wrong with single reports."""
        return tuple(trouble for outcome in self.outcomes for trouble in outcome.troubles)

    @property
    def complete(self) -> bool:
        """True when every file of this delivery that looks like a report was read."""
        return not self.troubles and not any(aside.kind in LOST for aside in self.set_aside)


def grow(
    path: Path,
    reports: Sequence[Path],
    *,
    now: datetime,
    agent: str,
    key: casefile.Key | None = None,
    again: bool = False,
    reader: str | None = None,
    workers: int | None = None,
    limits: intake.Limits | None = None,
    progress: Progress | None = None,
) -> Grown:
    """Add the reports at and under `reports` to the case at `path` and make it anew under what people decided.

    Only new files are received and only new reports are read; ids and texts of the others stay. The case itself and
    dossiers beside it are passed over. What was withdrawn from the case comes back only with `again`: else
    WithdrawnBefore. Raises PathMissing, NothingToRead and BadReportsCsv as tracing does, InUse when
    another run is writing the case, what `read_case` and `write_case` raise, and Stopped; the case is then as before.
    """
    steps = StepRunner(progress or Silent())
    check_reader(reader)
    with stoppable(AS_BEFORE), alone(path):
        before, people = casefile.read_both(path, key=key)
        delivery = _take(before, path, reports, limits, steps)
        if not again:
            check_none_returns(path, before.received, delivery.received, key)
        case, written = before, None
        if delivery.received != before.received:
            case = _made(before, people, delivery, steps, reader=reader, workers=workers)
            added = len(delivery.new)
            action = f"added {added} {'report' if added == 1 else 'reports'}"
            under = len(people.decisions)
            with too_late_to_stop():
                written = steps.run(
                    Step.WRITING,
                    lambda _: casefile.write_case(
                        path, case, now=now, agent=agent, action=action, key=key, under=under
                    ),
                    count=lambda _: 1,
                )
    new = set(delivery.new)
    return Grown(
        case=case,
        people=people,
        differences=changes(before, case),
        added=tuple(report.info for report in case.received.reports if report.id in new),
        already=delivery.already,
        set_aside=case.received.set_aside[len(before.received.set_aside) :],
        not_used=delivery.not_used,
        outcomes=tuple(steps.outcomes),
        written=written,
    )


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the right to change the case at `path`. Raises PathMissing, InUse, CannotWrite."""
    if not path.exists():
        raise PathMissing(f"There is no case at {path}.", next_step="Check the path and try again.")
    target = Path(os.path.realpath(path))
    if not os.access(target.parent, os.W_OK):
        raise CannotWrite(
            f"The case {target} cannot be changed: its folder cannot be written to.",
            next_step="Check the rights of the folder, or copy the case to another place.",
        )
    with sole_writer(target):
        yield


def dossiers_beside(path: Path) -> tuple[Path, ...]:
    """Return the dossiers that stand in the folder of the case at `path`, in order of their names."""
    try:
        return tuple(sorted(each for each in path.absolute().parent.iterdir() if is_dossier(each)))
    except OSError:
        return ()


def _take(
    before: Case, path: Path, reports: Sequence[Path], limits: intake.Limits | None, steps: StepRunner
) -> intake.Delivery:
    ours = written_here((path, *dossiers_beside(path)))
    delivery = steps.run(
        Step.INTAKE,
        lambda tick: intake.deliver(
            reports, before.received, limits=limits or intake.Limits(), ours=ours, on_progress=tick
        ),
        count=lambda made: len(made.new),
    )
    check_received(delivery.received)
    return delivery


def _made(
    before: Case,
    people: People,
    delivery: intake.Delivery,
    steps: StepRunner,
    *,
    reader: str | None,
    workers: int | None,
) -> Case:
    """Read the new reports and make the whole case anew."""
    new = set(delivery.new)
    arrived = [report for report in delivery.received.reports if report.id in new]
    read = steps.run(
        Step.READING,
        lambda tick: read_all(arrived, workers=workers, reader=reader, tick=tick),
        count=lambda made: sum(len(each.statements) for each in made.readings),
        troubles=lambda made: made.troubles,
    )
    makers = {before.makers.reading, read.maker} if arrived else {before.makers.reading}
    return made_again(
        delivery.received,
        (*before.before_tracing(), *read.readings),
        people.decisions,
        reading_maker=joined_maker(makers) or before.makers.reading,
        steps=steps,
    )
