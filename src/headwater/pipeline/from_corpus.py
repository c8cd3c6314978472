"""Reports of a corpus traced as a case: those that a person chose, or that a story or a search came to.

Loads pyarrow; the command line loads it only when a corpus is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from headwater import intake
from headwater.engine.corpus import read_reports
from headwater.intake.from_corpus import receive_reports
from headwater.model import Received
from headwater.pipeline.checks import check_received
from headwater.pipeline.outcomes import Progress, Step, StepRunner
from headwater.pipeline.run import Run, Targets, write_run


def trace_from_corpus(
    corpus: Path,
    ids: Sequence[str],
    targets: Targets,
    *,
    now: datetime,
    agent: str,
    workers: int | None = None,
    reader: str | None = None,
    progress: Progress | None = None,
) -> Run:
    """Trace the reports with these ids in `corpus`, and write case and dossier as `trace_and_write` does.

    The bytes kept in the corpus become the originals of the case, and the text of each report is that of the corpus,
    so that places in it stay the same. The corpus is only read. Raises NotACorpus, ReportMissing and IntegrityFailure
    beside what `trace_and_write` raises.
    """

    def take(steps: StepRunner) -> Received:
        received = steps.run(
            Step.INTAKE,
            lambda tick: receive_reports(read_reports(corpus, ids), limits=intake.Limits(), on_progress=tick),
            count=lambda made: len(made.reports),
        )
        check_received(received)
        return received

    return write_run(take, targets, now=now, agent=agent, workers=workers, reader=reader, progress=progress)
