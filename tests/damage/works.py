"""The jobs that are killed. Each says in the file `told` what the product acknowledged, before it goes on."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from attacked import KEY, NOON, decide, write
from make_case import make_case

from headwater import casefile
from headwater.casefile import database
from headwater.pipeline.growing import grow
from headwater.pipeline.run import Targets, trace_and_write


def _tell(told: str, what: str) -> None:
    descriptor = os.open(told, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{what}\n".encode())
    os.close(descriptor)


def decisions(case: Path, *, told: str, encrypted: bool, first: int, count: int) -> None:
    """Make decisions one after another."""
    key = KEY if encrypted else None
    for number in range(first, first + count):
        decide(case, f"reason {number}", key, minute=number)
        _tell(told, f"reason {number}")


def records(case: Path, *, told: str, encrypted: bool, sizes: list[int]) -> None:
    """Replace the records of a case by those of cases of these sizes, one after another."""
    for minute, reports in enumerate(sizes, start=50):
        written = write(case, make_case(reports=reports), KEY if encrypted else None, minute=minute)
        _tell(told, written.case_digest)


def records_without_a_journal(case: Path, *, told: str, encrypted: bool, sizes: list[int]) -> None:
    """The same by a writer that cannot undo: for the control."""
    database.WRITING = database.WRITING.replace("journal_mode = DELETE", "journal_mode = OFF")
    assert "OFF" in database.WRITING
    records(case, told=told, encrypted=encrypted, sizes=sizes)


def migration(case: Path, *, told: str) -> None:
    """Decide about a case of an older format, which migrates it before."""
    decide(case, "after", None, minute=1)
    _tell(told, "after")


def withdrawal(case: Path) -> None:
    """Withdraw from a case of five reports those that a case of three does not have."""
    without = make_case(reports=3)
    ids = {report.id for report in make_case(reports=5).received.reports}
    gone = ids - {report.id for report in without.received.reports}
    casefile.withdraw(case, without, gone, why="a court ordered it", now=NOON + timedelta(minutes=30), agent="Ada")


def traced(case: Path, *, told: str, reports: str, workers: int) -> None:
    """Trace a folder of reports into a case and a dossier."""
    targets = Targets(case, case.parent / "dossier", "Sellmouth", replace=True)
    run = trace_and_write([Path(reports)], targets, now=NOON, agent="Ada", workers=workers)
    assert run.written
    _tell(told, run.written.case_digest)


def added(case: Path, *, told: str, reports: str) -> None:
    """Add a folder of reports to a case."""
    grown = grow(case, [Path(reports)], now=NOON + timedelta(minutes=5), agent="Ada", workers=1)
    if grown.written:
        _tell(told, grown.written.case_digest)
