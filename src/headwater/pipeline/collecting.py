"""Collecting reports into a corpus: what intake reads, part after part, until every input has its line in the ledger.

Decides what is there already; parses nothing. Stopped at any moment, the same call goes on after the last part.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from headwater import intake
from headwater.casefile import belongs_to_a_case
from headwater.casefile.lock import sole_writer
from headwater.engine.corpus import Adding, Part, known_ids
from headwater.engine.ledger import MANIFEST, Counts, check_place, create
from headwater.errors import CannotWrite, InternalError, Stopped, WouldOverwrite
from headwater.intake.inputs import Input, Inputs, inputs_at
from headwater.intake.pages import Outcome
from headwater.model import CorpusAside, CorpusReport, NoReport, SetAsideKind
from headwater.pipeline.outcomes import Progress, Silent, Step, StepRunner, Tick
from headwater.pipeline.run import LOST, written_by_headwater
from headwater.pipeline.seen import Seen
from headwater.pipeline.tally import LISTED

_MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of one input. `before` is what earlier, stopped runs had done of it; `counts` holds all.

    `already` is True when it was finished before, so that nothing was done.
    """

    name: str
    counts: Counts
    before: Counts
    already: bool


@dataclass(slots=True)
class Collection:
    """What an addition to a corpus came to. Of what this run set aside the first thousand are listed.

    `kinds` counts what this run set aside by kind, `reasons` by input file and reason, a thousand of these at most;
    `reports` is how many the corpus holds now.
    """

    folder: Path
    inputs: list[Collected] = field(default_factory=list)
    set_aside: list[CorpusAside] = field(default_factory=list)
    kinds: dict[SetAsideKind, int] = field(default_factory=dict)
    reasons: dict[tuple[str, str], int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    reports: int = 0

    @property
    def complete(self) -> bool:
        """True when this run set nothing aside that looks like a report."""
        return not any(kind in LOST for kind in self.kinds)

    def put_aside(self, aside: CorpusAside) -> None:
        """Count what was set aside."""
        self.kinds[aside.kind] = self.kinds.get(aside.kind, 0) + 1
        self.set_aside += [aside] if len(self.set_aside) < LISTED else []
        reason = (aside.file, aside.why)
        if reason in self.reasons or len(self.reasons) < LISTED:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1


def add_to_corpus(
    folder: Path,
    paths: Sequence[Path],
    *,
    limits: intake.Limits | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Collection:
    """Add the reports at and under `paths` to the corpus `folder`, which is made when it is not there.

    An input whose bytes were added before is passed over. `workers` is how many pages are opened at a time (None: one
    a processor); it never changes the result. Raises what intake raises, WouldOverwrite, NotACorpus, InUse, CannotWrite
    and IntegrityFailure, and Stopped when interrupted: what is in place then stays, and the same call goes on after it.
    """
    limits = limits or intake.Limits()
    steps = StepRunner(progress or Silent())
    count = workers or max(1, min(os.cpu_count() or 1, _MOST_WORKERS))
    ours = intake.Ours(frozenset({folder.resolve()}), written_by_headwater, belongs_to_a_case)
    if any(path.resolve() == folder.resolve() for path in paths):
        raise WouldOverwrite(f"{folder} cannot be added to itself.", next_step="Name what is to be added.")
    collection = Collection(folder)
    with _stoppable(collection):
        given = inputs_at(paths, limits=limits, ours=ours, workers=count)
        collection.notes = given.notes
        check_place(folder)
        with _written(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with sole_writer(folder / MANIFEST):
            with _written(folder):
                create(folder)
                work = _Work(Adding(folder), collection)
            asked = steps.run(Step.INTAKE, lambda tick: work.survey(given, tick), count=len)
            steps.run(Step.ADDING, lambda tick: work.add(asked, tick), count=lambda added: added)
    return collection


@dataclass(frozen=True, slots=True)
class _Asked:
    """One input with its digest and how many units it has; `twins` are others given with the same bytes."""

    input: Input
    sha256: str
    units: int
    twins: list[str] = field(default_factory=list)


class _Work:
    """One addition to a corpus."""

    def __init__(self, corpus: Adding, collection: Collection) -> None:
        self._corpus = corpus
        self._collection = collection
        self._seen = Seen()
        self._total = 0
        self._done = 0

    def survey(self, given: Inputs, tick: Tick) -> list[_Asked]:
        """Return the inputs that are not finished, each once, with their digests and units."""
        asked: dict[str, _Asked] = {}
        for number, each in enumerate(given.inputs, start=1):
            sha256 = each.sha256()
            finished = self._corpus.finished(sha256)
            if finished is not None:
                self._collection.inputs.append(Collected(each.name, finished, finished, already=True))
            elif sha256 in asked:
                asked[sha256].twins.append(each.name)
            else:
                asked[sha256] = _Asked(each, sha256, each.count())
            tick(number, len(given.inputs), each.name)
        self._total = sum(each.units for each in asked.values())
        return list(asked.values())

    def add(self, asked: Sequence[_Asked], tick: Tick) -> int:
        """Add the inputs, and return how many reports were added."""
        self._collection.reports = 0
        for identifier, text_sha256 in known_ids(self._corpus.folder):
            self._seen.add("report", identifier, _number(text_sha256))
            self._collection.reports += 1
        before = self._collection.reports
        with _written(self._corpus.folder):
            for each in asked:
                self._add_one(each, tick)
        return self._collection.reports - before

    def _add_one(self, asked: _Asked, tick: Tick) -> None:
        name, sha256 = asked.input.name, asked.sha256
        upto, before = self._corpus.done(sha256)
        self._done += upto
        total = before
        with closing(asked.input.read(upto)) as outcomes:
            while True:
                with self._corpus.part() as part:
                    counts = self._fill(part, outcomes, tick, name)
                    total = total.plus(counts)
                    upto += counts.taken
                    if part.empty:
                        break
                    self._corpus.keep(part, name=name, sha256=sha256, counts=counts, upto=upto)
                self._collection.reports += counts.reports
        if upto != asked.units or upto != total.reports + total.set_aside + total.no_report:
            raise InternalError(
                f"The count of {name} does not come out: it holds {asked.units} and {upto} were taken, of which "
                f"{total.reports} were added, {total.set_aside} set aside and {total.no_report} are no reports.",
                safe="What was added before stays in the corpus.",
                next_step="If the input changed meanwhile, run it again; if not, tell the developers.",
            )
        self._corpus.finish(name=name, sha256=sha256, counts=total)
        self._collection.inputs.append(Collected(name, total, before, already=False))
        self._collection.inputs += [Collected(twin, total, total, already=True) for twin in asked.twins]

    def _fill(self, part: Part, outcomes: Iterator[Outcome], tick: Tick, name: str) -> Counts:
        """Fill one part, and return what became of the units that went into it."""
        taken = reports = set_aside = no_report = 0
        for outcome in outcomes:
            taken += 1
            self._done += 1
            if isinstance(outcome, NoReport):
                no_report += 1
            else:
                settled = self._settled(outcome)
                if isinstance(settled, CorpusReport):
                    part.add(settled)
                    reports += 1
                else:
                    part.put_aside(settled)
                    self._collection.put_aside(settled)
                    set_aside += 1
            tick(self._done, self._total, name)
            if part.full:
                break
        return Counts(taken, reports, set_aside, no_report)

    def _settled(self, outcome: CorpusReport | CorpusAside) -> CorpusReport | CorpusAside:
        """Return what is to be kept: a report whose id is there already is set aside."""
        if isinstance(outcome, CorpusAside):
            return outcome
        text = _number(outcome.text_sha256)
        there = self._seen.add("report", outcome.id, text)
        if there is None:
            return outcome
        if there == text:
            kind, why = SetAsideKind.DUPLICATE, f"The report “{outcome.id}” with this text is in the corpus already."
        else:
            kind, why = SetAsideKind.CONFLICT, f"The id “{outcome.id}” belongs to another text in the corpus."
        return CorpusAside(outcome.file, outcome.place, kind, why)


def _number(sha256: str) -> int:
    return int(sha256[:16], 16)


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"The corpus {folder} cannot be written: {error.strerror or error}.",
            safe="What was added before stays in the corpus.",
            next_step="Check the free space and the rights of its folder, then run the same command again to go on.",
        ) from error


@contextmanager
def _stoppable(collection: Collection) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as interrupt:
        raise Stopped(
            "Stopped before everything was added.",
            safe=f"{collection.reports:,} reports are in the corpus; your inputs were only read.",
            next_step="Run the same command again to go on from there.",
        ) from interrupt
