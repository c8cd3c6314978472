"""One whole run: reports in; case file and dossier out. Decides the order of the rooms and what is written when.

Everything is computed before anything is written; the case file and the dossier each appear complete or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from headwater import casefile, dossier, intake
from headwater.deciding import standing
from headwater.engine.ledger import is_corpus
from headwater.errors import CannotWrite, NotACase, Stopped, WouldOverwrite
from headwater.model import Case, Decision, People, Received, SetAsideKind
from headwater.pipeline.checks import check_received
from headwater.pipeline.folders import check_replaceable, is_dossier, write_folder
from headwater.pipeline.leaving import Leaving, check_leaving, leaving
from headwater.pipeline.outcomes import Outcome, Progress, Silent, Step, StepRunner, Tick, Trouble
from headwater.pipeline.readers import check_reader, read_all
from headwater.pipeline.remaking import remake
from headwater.pipeline.returning import check_none_returns
from headwater.reading import RULES

FIRST_PAGE = "index.html"

# Files of these kinds look like reports that a person meant to have read; the other kinds are no loss.
LOST = frozenset(
    {
        SetAsideKind.EMPTY,
        SetAsideKind.BINARY,
        SetAsideKind.TOO_LARGE,
        SetAsideKind.UNDECODABLE,
        SetAsideKind.UNREADABLE,
        SetAsideKind.NO_TEXT,
        SetAsideKind.CONFLICT,
    }
)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where a run writes. `dossier` is a folder; `replace` allows to replace a case of other reports.

    `key` opens the case that stands there, and encrypts the new one.
    """

    case: Path
    dossier: Path
    title: str
    replace: bool = False
    key: casefile.Key | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: the case, how each step that made it ended, what was written of it, and how it may leave."""

    case: Case
    outcomes: tuple[Outcome, ...]
    written: casefile.CaseWritten | None = None
    view: Leaving | None = None

    @property
    def leaves(self) -> Case:
        """The case as it may leave: what programs are told of the run."""
        return self.view.case if self.view else self.case

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What went wrong with single reports."""
        return tuple(trouble for outcome in self.outcomes for trouble in outcome.troubles)

    @property
    def complete(self) -> bool:
        """True when every file that looks like a report was read."""
        return not self.troubles and not any(aside.kind in LOST for aside in self.case.received.set_aside)


def trace_reports(
    paths: Sequence[Path],
    *,
    limits: intake.Limits | None = None,
    workers: int | None = None,
    reader: str | None = None,
    progress: Progress | None = None,
) -> Run:
    """Read, trace and weigh the reports at `paths`; writes nothing.

    `workers` is the number of reading processes (None: as many as make sense); it never changes the result. `reader`
    is the name of the reader to prefer (None: the default one).
    Raises HeadwaterError for everything a person must be told, Stopped when interrupted.
    """
    steps = StepRunner(progress or Silent())
    check_reader(reader)
    with stoppable("Nothing was written; your reports were only read."):
        received = take_in(paths, limits, steps, targets=())
        case = _trace(received, steps, workers=workers, reader=reader)
    return Run(case, tuple(steps.outcomes))


def trace_and_write(
    paths: Sequence[Path],
    targets: Targets,
    *,
    now: datetime,
    agent: str,
    limits: intake.Limits | None = None,
    workers: int | None = None,
    reader: str | None = None,
    progress: Progress | None = None,
) -> Run:
    """Do what `trace_reports` does, then write the case file and print the dossier.

    `now` (aware) and `agent`, who does it, go into the custody log. The targets are checked before the work and
    again before the writing; where they lie among the reports they are not read. Raises WouldOverwrite and
    CannotWrite beside what `trace_reports` raises.
    """

    def take(steps: StepRunner) -> Received:
        return take_in(paths, limits, steps, targets=(targets.case, targets.dossier))

    return write_run(take, targets, now=now, agent=agent, workers=workers, reader=reader, progress=progress)


def write_run(
    take: Callable[[StepRunner], Received],
    targets: Targets,
    *,
    now: datetime,
    agent: str,
    workers: int | None = None,
    reader: str | None = None,
    progress: Progress | None = None,
) -> Run:
    """Do what `trace_and_write` does with the reports that `take` receives as the first step, wherever from."""
    steps = StepRunner(progress or Silent())
    check_targets(targets)
    check_reader(reader)
    kept = frozenset() if targets.replace else kept_originals(targets.case, targets.key)
    with stoppable("Nothing was written; your reports were only read."):
        received = take(steps)
        check_nothing_lost(targets.case, kept, received)
        people, secret = _said(targets, received)
        case = _trace(received, steps, workers=workers, reader=reader, decisions=people.decisions)
        view = leaving(case, people, secret)
        pages = _render(view, targets.title, steps)
    with stoppable("The case file and the dossier are each as they were before, or new and whole."):
        written = _write(case, pages, targets, steps, now=now, agent=agent, under=len(people.decisions))
    return Run(case, tuple(steps.outcomes), written, view)


def _said(targets: Targets, received: Received) -> tuple[People, bytes]:
    """What people said about the case that stands there, and its secret: it holds for the case made anew.

    Raises WithdrawnBefore when a report that was withdrawn from it is among those `received`.
    """
    try:
        if targets.case.exists():
            before, people = casefile.read_both(targets.case, key=targets.key)
            check_none_returns(targets.case, before.received, received, targets.key)
            return people, casefile.pseudonym_secret(targets.case, key=targets.key)
    except NotACase:
        return People(), b""
    return People(), b""


def print_dossier(
    case: Case,
    folder: Path,
    *,
    title: str,
    people: People,
    secret: bytes,
    waiting: int = 0,
    progress: Progress | None = None,
) -> None:
    """Print the dossier of a case into `folder`, whole or not at all.

    `people` is what was said about the case; what is to be protected appears under pseudonyms, with ids keyed by
    `secret`. `waiting` is the number of decisions that the case does not show yet; the first page says so. Raises as
    `write_folder` does, Stopped, and WouldLeak when a protected name would leave.
    """
    steps = StepRunner(progress or Silent())
    check_replaceable(folder)
    with stoppable("A dossier that stood there is unchanged."):
        pages = _render(leaving(case, people, secret), title, steps, waiting=waiting)
        write_folder(folder, pages)


def _render(view: Leaving, title: str, steps: StepRunner, *, waiting: int = 0) -> dict[str, bytes]:
    def work(_: Tick) -> dict[str, bytes]:
        # Without the head of the custody log, which holds the time: the same reports give the same dossier.
        pages = dossier.render(
            view.case, title=view.words(title), protected=view.notice, waiting=waiting_words(waiting)
        )
        check_leaving(pages, view.plan)
        return pages

    return steps.run(Step.DOSSIER, work, count=len)


def waiting_words(waiting: int) -> str:
    """Return that people decided more than the results show, as a sentence; empty where they did not."""
    if not waiting:
        return ""
    return f"{waiting:,} {'decision is' if waiting == 1 else 'decisions are'} not in the results yet."


def _write(
    case: Case, pages: dict[str, bytes], targets: Targets, steps: StepRunner, *, now: datetime, agent: str, under: int
) -> casefile.CaseWritten:
    def work(_: Tick) -> casefile.CaseWritten:
        action = f"traced {len(case.received.reports)} reports"
        written = casefile.write_case(
            targets.case, case, now=now, agent=agent, action=action, key=targets.key, under=under
        )
        try:
            write_folder(targets.dossier, pages)
        except (CannotWrite, WouldOverwrite) as error:
            error.safe = f"The case {targets.case} is written and whole; only its dossier is missing."
            raise
        return written

    return steps.run(Step.WRITING, work, count=lambda _: 1 + len(pages))


@contextmanager
def stoppable(safe: str) -> Iterator[None]:
    """Turn Ctrl-C into Stopped; `safe` says what is as it was."""
    try:
        yield
    except KeyboardInterrupt as interrupt:
        raise Stopped(
            "Stopped before the work was finished.", safe=safe, next_step="Run the same command again to start over."
        ) from interrupt


def take_in(
    paths: Sequence[Path], limits: intake.Limits | None, steps: StepRunner, *, targets: Iterable[Path]
) -> Received:
    """Receive the files at and under `paths` but not the `targets`, and check that none is lost."""
    ours = written_here(targets)
    received = steps.run(
        Step.INTAKE,
        lambda tick: intake.receive(paths, limits=limits or intake.Limits(), ours=ours, on_progress=tick),
        count=lambda made: len(made.reports),
    )
    check_received(received)
    return received


def written_here(targets: Iterable[Path]) -> intake.Ours:
    """Return what is passed over as no report: the `targets`, and whatever else Headwater wrote."""
    places = frozenset(path.resolve() for path in targets)
    return intake.Ours(places, written_by_headwater, casefile.belongs_to_a_case)


def written_by_headwater(path: Path) -> bool:
    """True for a case, a dossier or a corpus, which are never read as reports."""
    return path.suffix == casefile.SUFFIX or is_dossier(path) or is_corpus(path)


def _trace(
    received: Received,
    steps: StepRunner,
    *,
    workers: int | None,
    reader: str | None,
    decisions: Sequence[Decision] = (),
) -> Case:
    read = steps.run(
        Step.READING,
        lambda tick: read_all(received.reports, workers=workers, reader=reader, tick=tick),
        count=lambda made: sum(len(each.statements) for each in made.readings),
        troubles=lambda made: made.troubles,
    )
    holding = standing(decisions).holding
    return remake(received, read.readings, holding, reading_maker=read.maker, encode=reader != RULES, steps=steps)


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


def kept_originals(case_path: Path, key: casefile.Key | None = None) -> frozenset[str]:
    """Return the digests of the originals in the case at `case_path`, none when there is no file.

    Raises WouldOverwrite for a file that is no case, and what `read_case` raises on one that is damaged or newer.
    """
    if not case_path.exists():
        return frozenset()
    try:
        case = casefile.read_case(case_path, key=key)
    except NotACase as error:
        raise WouldOverwrite(
            f"{case_path} exists and is not a Headwater case.", next_step="Name another file with --case."
        ) from error
    return frozenset(original.sha256 for original in case.received.originals)


def check_nothing_lost(case_path: Path, kept: frozenset[str], received: Received) -> None:
    """Raise WouldOverwrite when the case at `case_path` holds originals, `kept`, that are not among `received`.

    Replacing it would lose the only preserved copy of them.
    """
    lost = kept - {original.sha256 for original in received.originals}
    if lost:
        raise WouldOverwrite(
            f"{case_path} is a case of other reports: {len(lost)} of its {len(kept)} originals are not among these.",
            next_step="To add these reports to it, use headwater add. Else name another file with --case, or give "
            "--replace if the old case may go.",
        )
