"""A case made from what was read: under the decisions of people, traced, weighed and named. The only way to make one.

Nothing is read again and nothing is written: the same reports, readings and decisions give the same case.
"""

from __future__ import annotations

from collections.abc import Sequence

from headwater import intake, tracing, weighing
from headwater.deciding.constraints import Unresolved, constraints
from headwater.model import Case, Decision, Maker, Makers, Reading, Received, uncollected
from headwater.pipeline.calling import called
from headwater.pipeline.checks import check_case
from headwater.pipeline.naming import named
from headwater.pipeline.outcomes import Silent, Step, StepRunner
from headwater.reading import vectors


def remake(
    received: Received,
    readings: Sequence[Reading],
    decisions: Sequence[Decision] = (),
    *,
    reading_maker: Maker,
    encode: bool = True,
    steps: StepRunner | None = None,
) -> Case:
    """Return the case that reports and their readings make under the decisions that hold.

    `received` has the reports in the order of their arrival; `readings` are as the reader left them
    (`Case.before_tracing`). `decisions` are those that hold, in the order in which they were made. Without `encode` the
    sentence encoder is not asked for retellings in other words. Raises HeadwaterError as the steps do, and
    InternalError when the count does not come out.
    """
    runner = steps or StepRunner(Silent())
    decided, _ = constraints(decisions, readings)
    with uncollected():
        traced, completed = runner.run(
            Step.TRACING,
            lambda tick: tracing.trace(
                received.reports,
                readings,
                encode=vectors if encode else None,
                on_progress=tick,
                decided=decided,
            ),
            count=lambda made: len(made[0].utterances),
        )
        weighed = runner.run(
            Step.WEIGHING,
            lambda _: weighing.weigh(
                [report.info for report in received.reports],
                completed,
                traced,
                set_aside=received.set_aside,
                decided=decided,
            ),
            count=lambda made: len(made.claims),
        )
    traced, weighed = named([report.id for report in received.reports], completed, traced, weighed)
    traced, weighed = called(completed, traced, weighed, decided)
    raw = {reading.report: reading for reading in readings}
    as_read = tuple(raw[reading.report] for reading in completed if raw.get(reading.report, reading) != reading)
    makers = Makers(intake.MAKER, reading_maker, tracing.MAKER, weighing.MAKER)
    case = Case(received, completed, traced, weighed, makers, as_read)
    check_case(case)
    return case


def unresolved(case: Case, decisions: Sequence[Decision]) -> tuple[Unresolved, ...]:
    """Return what of the decisions that hold is not found in a case made under them, each with its sentence."""
    return constraints(decisions, (*case.before_tracing(), *case.readings))[1]
