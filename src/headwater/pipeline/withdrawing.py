"""A report taken out of a case for good, and everything that was read from it; what cannot be reached is said.

The case is made anew without it under the writer's lock. What stays is an entry of the custody log and the decisions
about it without what was shown for them: that something was withdrawn is on record, its words are not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from headwater import casefile
from headwater.casefile.withdraw import without_words
from headwater.errors import LastReport, ReportMissing
from headwater.model import Case, Received, Report, ReportInfo
from headwater.pipeline.again import made_again
from headwater.pipeline.differences import Difference, changes
from headwater.pipeline.growing import alone
from headwater.pipeline.interrupts import too_late_to_stop
from headwater.pipeline.outcomes import Outcome, Progress, Silent, Step, StepRunner
from headwater.pipeline.run import stoppable
from headwater.pipeline.shown import reports_in

# How far a deletion reaches, in sentences for a person. SAFETY's finding: no method of overwriting single files is
# effective on solid-state disks (Wei et al., FAST 2011); NIST SP 800-88 points to destroying the key instead.
_GONE = (
    "Gone from the case file: the bytes, the text and everything read from them; the space that they filled was "
    "overwritten."
)
_DISKS = (
    "On a solid-state disk, a memory card or a file system that keeps snapshots, older states of overwritten space may "
    "stay readable with special tools. Encrypting the whole disk, or the case from its first day, is what helps there."
)
_ELSEWHERE = (
    "Not reached: the files that you added, other copies and backups of this case, dossiers and exports already made, "
    "checkpoint files, and whatever was sent to others."
)
REACH = (_GONE, _DISKS, _ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was withdrawn and what is different without it.

    `files` are all entries of received files that went; `still_in` are reports of the case that share words with a
    withdrawn one, so that these words are still there.
    """

    case: Case
    reports: tuple[ReportInfo, ...]
    files: tuple[str, ...]
    still_in: tuple[ReportInfo, ...]
    differences: tuple[Difference, ...]
    outcomes: tuple[Outcome, ...]
    written: casefile.CaseWritten


def withdraw(
    path: Path,
    named: Sequence[str],
    *,
    why: str,
    now: datetime,
    agent: str,
    key: casefile.Key | None = None,
    progress: Progress | None = None,
) -> Withdrawn:
    """Take the reports `named` (as `find_reports` understands them) out of the case at `path` and make it anew.

    `why` goes into the custody log, with the digests and ids of what went and nothing of its content. Raises
    ReportMissing, LastReport, InUse, what `read_case` and `casefile.withdraw` raise, and Stopped; the case is then as
    before.
    """
    steps = StepRunner(progress or Silent())
    with stoppable("The case is as it was before."), alone(path):
        before, people = casefile.read_both(path, key=key)
        gone = find_reports(before.received, named)
        ids = frozenset(report.id for report in gone)
        received = without(before.received, ids)
        if not received.reports:
            raise LastReport(
                f"{path} would be left without a report, and a case without reports is no case.",
                next_step=f"Delete the file {path} itself, with its dossiers and backups.",
            )
        # Under the decisions as they are kept then: those about what is gone do not hold any more.
        quoting = frozenset(each for each, words in people.shown if not ids.isdisjoint(reports_in(words)))
        of = quoting.union(_found_in(before, ids))
        case = made_again(
            received,
            tuple(reading for reading in before.before_tracing() if reading.report not in ids),
            [without_words(decision, ids, of) for decision in people.decisions],
            reading_maker=before.makers.reading,
            steps=steps,
        )
        under = len(people.decisions)
        with too_late_to_stop():
            written = steps.run(
                Step.WRITING,
                lambda _: casefile.withdraw(
                    path, case, ids, why=why, now=now, agent=agent, key=key, under=under, quoting=quoting
                ),
                count=lambda _: 1,
            )
    left = set(received.files)
    return Withdrawn(
        case=case,
        reports=tuple(report.info for report in gone),
        files=tuple(file for file in before.received.files if file not in left),
        still_in=sharing_words(before, ids),
        differences=changes(before, case),
        outcomes=tuple(steps.outcomes),
        written=written,
    )


def find_reports(received: Received, named: Sequence[str]) -> tuple[Report, ...]:
    """Return the reports that `named` mean, each once, in the order of the case.

    A name is a file of a report as the case calls it, the id of a report, or the beginning of either when only one
    report has it. Raises ReportMissing.
    """
    chosen = {_one(received, name).id for name in named}
    return tuple(report for report in received.reports if report.id in chosen)


def without(received: Received, reports: Collection[str]) -> Received:
    """Return what was received without these reports (ids), their files, the copies of them and their originals.

    An original stays while another report or file that was set aside has the same bytes.
    """
    kept = tuple(report for report in received.reports if report.id not in reports)
    set_aside = tuple(each for each in received.set_aside if each.duplicate_of not in reports)
    files = {file for report in kept for file in report.info.files} | {each.file for each in set_aside}
    gone = [file for file in received.files if file not in files]
    used = {report.info.sha256 for report in kept} | {each.sha256 for each in set_aside}
    return replace(
        received,
        files=tuple(file for file in received.files if file in files),
        originals=tuple(original for original in received.originals if original.sha256 in used),
        reports=kept,
        set_aside=set_aside,
        notes=tuple(note for note in received.notes if not any(_is_about(note, file) for file in gone)),
    )


def sharing_words(case: Case, reports: Collection[str]) -> tuple[ReportInfo, ...]:
    """Return the other reports that have words in common with one of `reports`: the same wording or act of speech."""
    return tuple(each.info for each in case.received.reports if each.id in {*_sharing(case, reports)})


def _found_in(case: Case, reports: Collection[str]) -> Iterator[str]:
    for reading in case.readings:
        if reading.report in reports:
            yield from (each.id for each in reading.statements)
            yield from (each.id for each in reading.mentions)
            yield from (each.id for each in reading.figures)


def _sharing(case: Case, reports: Collection[str]) -> Iterator[str]:
    for reuse in case.traced.reuse:
        sides = {reuse.a.report, reuse.b.report}
        if not sides.isdisjoint(reports):
            yield from sides.difference(reports)
    report_of = {each.id: each.report for reading in case.readings for each in reading.statements}
    for utterance in case.traced.utterances:
        tellers = {report_of[each] for each in utterance.statements}
        if not tellers.isdisjoint(reports):
            yield from tellers.difference(reports)


def _one(received: Received, name: str) -> Report:
    for report in received.reports:
        if name in (report.id, *report.info.files):
            return report
    copies = {each.file: each.duplicate_of for each in received.set_aside if each.duplicate_of}
    if name in copies:
        original = next(report for report in received.reports if report.id == copies[name])
        raise ReportMissing(
            f"{name} was set aside, because it holds the same words as {original.info.file}.",
            next_step=f"Withdraw {original.info.file}; its copies go with it.",
        )
    begin = [
        report for report in received.reports if any(each.startswith(name) for each in (report.id, *report.info.files))
    ]
    if len(begin) == 1 and name:
        return begin[0]
    if begin:
        raise ReportMissing(
            f"“{name}” could be any of {len(begin)} reports.", next_step="Give the whole name of the file, or the id."
        )
    raise ReportMissing(
        f"No report of the case is called “{name}”.",
        next_step="Give the name of its file as the dossier shows it, or its id.",
    )


def _is_about(note: str, file: str) -> bool:
    return note.startswith(f"{file}: ") or f"is called “{file}” in the case" in note
