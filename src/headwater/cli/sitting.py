"""What the commands share with which people decide: opening a case for it, making the results anew, telling of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from headwater.casefile import Key
from headwater.cli.add import change_lines, change_records
from headwater.cli.output import many, path_words, shell_word, wrap
from headwater.cli.progress import progress_here
from headwater.cli.trace import NOBODY
from headwater.deciding import Conflict
from headwater.model import Case, Decision
from headwater.pipeline.deciding import Answer, Sitting
from headwater.pipeline.differences import changes
from headwater.pipeline.outcomes import StepRunner
from headwater.pipeline.remaking import remake, unresolved
from headwater.pipeline.run import waiting_words

F = TypeVar("F", bound=Callable[..., Any])

by_option = click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who decides this.")
later_option = click.option(
    "--later", is_flag=True, help="Keep it, and make the results anew another time: headwater decide CASE --recompute."
)


def sit_down(case_path: Path, by: str, key: Key | None) -> Sitting:
    """Open a case for somebody who decides."""
    return Sitting(case_path, clock=lambda: datetime.now(UTC), agent=by, key=key)


class Results:
    """What came of making the results anew, or why that was left for later; lines and a record of it."""

    def __init__(self, sitting: Sitting, *, later: bool) -> None:
        self._sitting = sitting
        self._changes = None if later else self._recomputed()
        self._waiting = sitting.waiting()
        holding = sitting.standing.holding
        self._unresolved = () if later else unresolved(sitting.case, holding)

    def _recomputed(self) -> tuple[Any, ...]:
        with progress_here() as progress:

            def again(case: Case, decisions: Sequence[Decision]) -> Case:
                steps = StepRunner(progress)
                maker = case.makers.reading
                return remake(case.received, case.before_tracing(), decisions, reading_maker=maker, steps=steps)

            before, after = self._sitting.finish(again)
        return changes(before, after)

    def lines(self) -> Iterator[str]:
        """Yield what is different now, for people."""
        yield ""
        if self._changes is not None:
            yield from change_lines(self._changes)
        for each in self._unresolved:
            yield wrap(f"{each.decision} has no effect: {each.sentence}")
        if self._waiting:
            yield wrap(waiting_line(self._waiting, self._sitting.path))

    def record(self) -> dict[str, object]:
        """Return the same for programs."""
        return {
            "changes": None if self._changes is None else change_records(self._changes),
            "without_effect": [{"decision": each.decision, "why": each.sentence} for each in self._unresolved],
            "waiting": self._waiting,
        }


def waiting_line(waiting: int, case_path: Path) -> str:
    """Say that results are older than decisions."""
    again = f"headwater decide {shell_word(path_words(case_path))} --recompute"
    return f"{waiting_words(waiting).rstrip('.')}: {again}"


def tell_waiting(waiting: int, case_path: Path) -> None:
    """Say on standard error that what is printed now is older than decisions, where it is."""
    if waiting:
        click.echo(wrap(waiting_line(waiting, case_path)), err=True)


def conflict_lines(sitting: Sitting, conflicts: Sequence[Conflict]) -> Iterator[str]:
    """Yield each conflict with its sides."""
    for conflict in conflicts:
        yield wrap("These contradict one another, so neither holds until somebody decides again or undoes one:")
        for side in conflict.sides:
            yield wrap(f"{sitting.name(side)} ({who(side)}; {side.id})", indent="      ", first="    ")


def who(decision: Decision) -> str:
    """Say who decided, when and where."""
    elsewhere = ", brought from another copy" if decision.brought else ""
    return f"{decision.agent}, {decision.time}{elsewhere}"


def capital(name: str) -> str:
    """Return a name as the beginning of a sentence."""
    return name[:1].upper() + name[1:]


def back_lines(sitting: Sitting, answer: Answer, done: str) -> Iterator[str]:
    """Yield what an undo or redo did, what stands in its way, and what the next undo would be."""
    yield wrap(f"{done}: {answer.name}")
    yield from conflict_lines(sitting, answer.conflicts)
    upcoming = sitting.standing.undo
    yield wrap(f"The next undo would take back: {sitting.name(upcoming)}" if upcoming else "Nothing is left to undo.")


def answer_record(answer: Answer) -> dict[str, object]:
    """Return an answer for programs."""
    decision = answer.decision
    return {
        "id": decision.id,
        "verb": decision.verb,
        "name": answer.name,
        "subjects": [{"kind": each.kind, "id": each.id} for each in decision.subjects],
        "value": decision.value,
        "holds": answer.holds,
        "shown": answer.shown,
        "conflicts": conflict_records(answer.conflicts),
    }


def conflict_records(conflicts: Sequence[Conflict]) -> list[list[str]]:
    """Return the ids of the sides of each conflict."""
    return [[side.id for side in each.sides] for each in conflicts]


def told(count: int) -> str:
    """Return "1 decision", "3 decisions"."""
    return many(count, "decision")
