"""The steps of a run, how each ended, and how a run tells its progress. The only broad handling of errors is here.

A defect becomes a recorded outcome with its trace kept for whoever mends it; it never disappears.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from headwater.errors import HeadwaterError, InternalError

T = TypeVar("T")
Tick = Callable[[int, int, str], None]
_PACKAGE = Path(__file__).parent.parent


class Step(StrEnum):
    """The steps of a run, in their order. A corpus is added to after its intake; the others are of a case."""

    INTAKE = "intake"
    ADDING = "adding"
    COMPARING = "comparing"
    READING = "reading"
    TRACING = "tracing"
    WEIGHING = "weighing"
    DOSSIER = "dossier"
    WRITING = "writing"


class Ending(StrEnum):
    """How a step ended."""

    DONE = "done"
    PARTLY = "partly"  # finished, with troubles on single reports
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with one report. `what` is a sentence for a person, `trace` the call stack for a developer."""

    file: str
    what: str
    trace: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended: `count` things made, and the troubles on the way.

    `seconds` are of wall clock, `cpu` of processor time, that of the reading processes included (not on Windows).
    """

    step: Step
    ending: Ending
    count: int
    seconds: float
    cpu: float
    troubles: tuple[Trouble, ...] = ()


class Progress(Protocol):
    """Who wants to know how far a run is. Called in the thread of the run; must not raise."""

    def begin(self, step: Step) -> None:
        """A step starts."""

    def advance(self, step: Step, done: int, total: int, what: str) -> None:
        """`done` of `total` units of the step are finished; `what` names the present one."""

    def end(self, outcome: Outcome) -> None:
        """A step is over, however it ended."""


class Silent:
    """A Progress that tells nobody."""

    def begin(self, step: Step) -> None:
        """Ignore the start."""

    def advance(self, step: Step, done: int, total: int, what: str) -> None:
        """Ignore the progress."""

    def end(self, outcome: Outcome) -> None:
        """Ignore the end."""


class StepRunner:
    """Runs the steps of one run and keeps the outcome of each in `outcomes`."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.outcomes: list[Outcome] = []

    def run(
        self,
        step: Step,
        work: Callable[[Tick], T],
        *,
        count: Callable[[T], int],
        troubles: Callable[[T], tuple[Trouble, ...]] = lambda _: (),
    ) -> T:
        """Do `work` as `step` and return its result; `count` and `troubles` read the outcome from the result.

        A HeadwaterError and a broken pipe pass as they are; lack of memory and any other exception become one, with
        the cause kept. The outcome is recorded either way.
        """
        started, used = time.perf_counter(), _processor_time()
        self._progress.begin(step)

        def tick(done: int, total: int, what: str = "") -> None:
            self._progress.advance(step, done, total, what)

        def ended_as(ending: Ending, made: int = 0, found: tuple[Trouble, ...] = ()) -> Outcome:
            return Outcome(step, ending, made, time.perf_counter() - started, _processor_time() - used, found)

        outcome = None
        try:
            result = work(tick)
            found = troubles(result)
            outcome = ended_as(Ending.PARTLY if found else Ending.DONE, count(result), found)
        except (HeadwaterError, BrokenPipeError):  # whoever read our standard output has seen enough
            raise
        except MemoryError as error:
            raise HeadwaterError(
                f"There was not enough memory for the step {step}.",
                next_step="Close other programs, or trace fewer reports at a time.",
            ) from error
        except Exception as error:
            raise InternalError.of(f"the step {step} failed with {described(error)}") from error
        finally:
            self.outcomes.append(outcome or ended_as(Ending.FAILED))
            self._progress.end(self.outcomes[-1])
        return result


def _processor_time() -> float:
    """Return the seconds of processor time of this process and of the children that have ended."""
    return sum(os.times()[:4])


def described(error: BaseException) -> str:
    """Return the kind of an exception and the innermost place of this program that it passed, never its words.

    The words may quote a report, and the same defect must be described the same way on every machine.
    """
    own = [
        (path.relative_to(_PACKAGE).as_posix(), frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if (path := Path(frame.filename)).is_relative_to(_PACKAGE)
    ]
    where = f" at {own[-1][0]}:{own[-1][1]}" if own else ""
    return f"{type(error).__name__}{where}"
