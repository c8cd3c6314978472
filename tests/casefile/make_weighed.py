"""What weighing makes of the invented case of `make_case`: one record of every kind, pointing at the others."""

from __future__ import annotations

from itertools import pairwise

from headwater.model import (
    Assessment,
    Change,
    ChangeKind,
    Circle,
    CitedKind,
    Claim,
    ClaimKind,
    Comparison,
    Detail,
    MissingDocument,
    Pattern,
    Place,
    Reading,
    Reason,
    Relation,
    Rendering,
    Report,
    Retelling,
    Retold,
    Summary,
    TimelineEntry,
    Traced,
    Weighed,
    make_id,
)


def make_weighed(read: tuple[Reading, ...], traced: Traced, reports: tuple[Report, ...]) -> Weighed:
    """Return claims and everything beside them for the readings and traces of a made-up case."""
    said, counted = _claims(read, traced, reports)
    figures = [reading.figures[0] for reading in read]
    return Weighed(
        claims=(said, counted),
        comparisons=tuple(
            Comparison(
                make_id("comparison", a.id, b.id), a.id, b.id, Relation.UPDATE, "a later count of the same boats"
            )
            for a, b in pairwise(figures)
        ),
        patterns=(Pattern("pattern-1", "burn", (traced.origins[0].id,), (read[0].statements[0].id,), 1, 1),),
        assessments=(Assessment("assessment-1", "claim-1", "origin count", "single", "One origin, several reports."),),
        timeline=_timeline(read),
        summary=_summary(read, reports),
        missing=(_missing(said, traced),),
        circles=(
            Circle("circle-1", "claim-1", ("Osk Daily", "Velmora Gazette"), said.reports, traced.links[0].reason)
            if traced.links
            else Circle("circle-1", "claim-1", ("Osk Daily",), said.reports, Reason("circular reporting", "None.")),
        ),
        retellings=(_retelling(read, traced),),
    )


def _claims(read: tuple[Reading, ...], traced: Traced, reports: tuple[Report, ...]) -> tuple[Claim, Claim]:
    said = Claim(
        id="claim-1",
        text=traced.utterances[0].text,
        kind=ClaimKind.SAID,
        statements=traced.utterances[0].statements,
        figures=(),
        reports=tuple(report.id for report in reports),
        origins=(traced.origins[0].id,),
        origins_low=1,
        origins_high=1,
        contradicts=("claim-2",),
        reasons=traced.utterances[0].reasons,
    )
    counted = Claim(
        id="claim-2",
        text="at least 3 boats burned",
        kind=ClaimKind.FIGURE,
        statements=(),
        figures=tuple(reading.figures[0].id for reading in read),
        reports=said.reports,
        origins=(),
        origins_low=0,
        origins_high=len(reports),
        unattributed=said.reports,
    )
    return said, counted


def _timeline(read: tuple[Reading, ...]) -> tuple[TimelineEntry, ...]:
    return tuple(
        TimelineEntry(
            id=make_id("entry", date.id),
            earliest=date.earliest,
            latest=date.latest,
            what=date.text,
            report=date.report,
            start=date.span.start,
            end=date.span.end,
            publication=False,
        )
        for reading in read
        for date in reading.dates
    )


def _summary(read: tuple[Reading, ...], reports: tuple[Report, ...]) -> Summary:
    return Summary(
        reports=len(reports),
        outlets=len({report.info.name for report in reports}),
        statements=sum(len(reading.statements) for reading in read),
        figures=len(read),
        utterances=1,
        origins=1,
        origins_named=1,
        claims=2,
        claims_single_origin=1,
        denied=0,
        contradictions=1,
        unattributed=1,
        set_aside=3,
        loudest_echo="claim-1",
        echo_reports=len(reports),
        echo_origins="1",
    )


def _missing(said: Claim, traced: Traced) -> MissingDocument:
    return MissingDocument(
        id="missing-1",
        cited="cited-1",
        kind=CitedKind.OUTLET,
        name="Radio Tarnhill",
        names=("Radio Tarnhill",),
        claims=("claim-1",),
        alone=("claim-1",),
        reports=said.reports,
        places=traced.cited[0].places,
        another=False,
        sentence="Get the Radio Tarnhill report: 1 claim rests on it.",
    )


def _retelling(read: tuple[Reading, ...], traced: Traced) -> Retelling:
    firsts = [reading.statements[0] for reading in read]
    there = Place(firsts[0].report, firsts[0].content[0])
    retold = tuple(
        Retold(
            one.report,
            (one.id,),
            Rendering.HARDENED,
            (Change(ChangeKind.HEDGE, Rendering.HARDENED, Place(one.report, one.content[0]), there),),
        )
        for one in firsts[1:]
    )
    first = Retold(firsts[0].report, (firsts[0].id,), Rendering.REFERENCE)
    detail = Detail((traced.utterances[0].id,), firsts[0].report, (first, *retold))
    return Retelling("retelling-1", traced.origins[0].id, tuple(one.report for one in firsts), (detail,))
