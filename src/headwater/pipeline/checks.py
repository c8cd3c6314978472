"""What must hold of every run before anything is written: in = out + set aside. Only counts and compares ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from headwater.errors import InternalError
from headwater.model import Case, Received, anchors


def check_received(received: Received) -> None:
    """Raise InternalError unless every file is in exactly one report or set aside, and every report has its bytes."""
    _insist(_received_faults(received))


def check_case(case: Case) -> None:
    """Raise InternalError unless nothing got lost or was invented between intake and weighing."""
    _insist(_case_faults(case))


def check_lines(taken: int, written: int, set_aside: int) -> None:
    """Raise InternalError unless everything that was taken in is a line that was written or was set aside."""
    if taken != written + set_aside:
        raise InternalError(
            f"The count does not come out: {taken} went in, {written} were read and {set_aside} were set aside.",
            safe="What was read is kept beside the place of the output.",
            next_step="If the input changed meanwhile, run it again with --replace; if not, tell the developers.",
        )


def _insist(faults: Iterable[str]) -> None:
    for fault in faults:
        raise InternalError(
            f"Headwater has a defect: its count does not come out, {fault}.",
            safe="Your reports were only read; nothing was written.",
            next_step="Send this message, and if you may the reports, to the developers.",
        )


def _received_faults(received: Received) -> Iterator[str]:
    placed = Counter(report.info.file for report in received.reports)
    placed.update(aside.file for aside in received.set_aside)
    if placed != Counter(received.files):
        yield f"{len(received.files)} files went in and {placed.total()} came out"
    if any(number > 1 for number in placed.values()):
        yield "a file was counted twice"
    # A report names its copies as well; each of them is set aside as a duplicate of it.
    named = {(report.id, file) for report in received.reports for file in report.info.files[1:]}
    copies = {(aside.duplicate_of, aside.file) for aside in received.set_aside if aside.duplicate_of}
    if not named <= copies:
        yield "a copy that a report names was not set aside as its duplicate"
    kept = {original.sha256 for original in received.originals}
    if any(report.info.sha256 not in kept for report in received.reports):
        yield "a report has no original"
    ids = [report.id for report in received.reports]
    if len(set(ids)) != len(ids):
        yield "two reports share an id"


def _case_faults(case: Case) -> Iterator[str]:
    yield from _received_faults(case.received)
    if [reading.report for reading in case.readings] != [report.id for report in case.received.reports]:
        yield "the readings are not those of the reports"
    statements = Counter(statement.id for reading in case.readings for statement in reading.statements)
    told = Counter(statement for utterance in case.traced.utterances for statement in utterance.statements)
    if told != statements:
        yield f"{statements.total()} statements were read and {told.total()} stand in utterances"
    figures = {figure.id for reading in case.readings for figure in reading.figures}
    origins = {origin.id for origin in case.traced.origins}
    for utterance in case.traced.utterances:
        if utterance.origin is not None and utterance.origin not in origins:
            yield "an utterance names an origin that is not there"
    for claim in case.weighed.claims:
        if not set(claim.statements) <= statements.keys() or not set(claim.figures) <= figures:
            yield "a claim rests on something that was not read"
        if not 0 <= claim.origins_low <= claim.origins_high:
            yield "a claim has a range of origins that is upside down"
    try:
        for _ in anchors(case):
            pass
    except (ValueError, KeyError) as error:
        yield f"a place does not fit its text ({error})"
