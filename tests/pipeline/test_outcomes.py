"""Every step leaves an outcome, however it ends, and a defect is told without a word of a report."""

from __future__ import annotations

import pytest

from headwater.errors import HeadwaterError, InternalError, PathMissing
from headwater.model import Span
from headwater.pipeline.outcomes import Ending, Outcome, Silent, Step, StepRunner, Tick, Trouble, described


class Kept(Silent):
    """A Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def begin(self, step: Step) -> None:
        self.told.append(step)

    def advance(self, step: Step, done: int, total: int, what: str) -> None:
        self.told.append((step, done, total, what))

    def end(self, outcome: Outcome) -> None:
        self.told.append(outcome.ending)


def test_a_step_counts_what_it_made_and_tells_how_far_it_is() -> None:
    progress = Kept()
    runner = StepRunner(progress)

    def work(tick: Tick) -> list[str]:
        tick(1, 2, "a.txt")
        return ["a", "b"]

    assert runner.run(Step.READING, work, count=len) == ["a", "b"]
    assert progress.told == [Step.READING, (Step.READING, 1, 2, "a.txt"), Ending.DONE]
    assert [(each.step, each.ending, each.count) for each in runner.outcomes] == [(Step.READING, Ending.DONE, 2)]


def test_a_step_with_troubles_is_only_partly_done() -> None:
    runner = StepRunner(Silent())
    trouble = Trouble("a.txt", "The reader failed.")
    runner.run(Step.READING, lambda _: 3, count=lambda made: made, troubles=lambda _: (trouble,))
    assert runner.outcomes[0].ending is Ending.PARTLY
    assert runner.outcomes[0].troubles == (trouble,)


def test_an_error_for_a_person_passes_as_it_is_and_is_recorded() -> None:
    progress = Kept()
    runner = StepRunner(progress)
    error = PathMissing("There is no a.txt.", next_step="Look again.")

    def work(_: Tick) -> int:
        raise error

    with pytest.raises(PathMissing) as told:
        runner.run(Step.INTAKE, work, count=lambda made: made)
    assert told.value is error
    assert progress.told == [Step.INTAKE, Ending.FAILED]


def test_a_defect_becomes_an_internal_error_with_its_cause() -> None:
    runner = StepRunner(Silent())

    def work(_: Tick) -> int:
        raise KeyError("secret words of a report")

    with pytest.raises(InternalError) as told:
        runner.run(Step.TRACING, work, count=lambda made: made)
    assert isinstance(told.value.__cause__, KeyError)
    assert "tracing" in told.value.what
    assert "KeyError" in told.value.what
    assert "secret" not in str(told.value)
    assert "HEADWATER_DEBUG" in told.value.next_step
    assert runner.outcomes[0].ending is Ending.FAILED


def test_lack_of_memory_is_told_as_that() -> None:
    def work(_: Tick) -> int:
        raise MemoryError

    with pytest.raises(HeadwaterError, match="not enough memory") as told:
        StepRunner(Silent()).run(Step.TRACING, work, count=lambda made: made)
    assert told.value.exit_code == 1


def test_an_interrupt_passes_and_is_recorded() -> None:
    runner = StepRunner(Silent())

    def work(_: Tick) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runner.run(Step.READING, work, count=lambda made: made)
    assert runner.outcomes[0].ending is Ending.FAILED


def test_a_defect_is_described_by_kind_and_place() -> None:
    with pytest.raises(ValueError, match="does not fit") as told:
        Span(3, 9).of("abc")
    assert described(told.value).startswith("ValueError at model/spans.py:")
