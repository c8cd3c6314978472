"""The invented story swollen to a case that no first page could hold: crowds of reports, claims and reasons."""

from __future__ import annotations

from dataclasses import replace

from headwater.model import Bearing, Case, Place, Reason, Span, Stance


def crowded(case: Case, number: int) -> Case:
    """The case with the third report received again and again under other ids, each carrying the same denial."""
    twin, reading = case.received.reports[2], case.readings[2]
    denial = next(each for each in reading.statements if each.stance is Stance.DENIES)
    ids = [f"r-copy-{at}" for at in range(number)]
    reports = tuple(replace(twin, info=replace(twin.info, id=each)) for each in ids)
    said = {each: replace(denial, id=f"s-{each}", report=each, source=None) for each in ids}
    readings = tuple(replace(reading, report=each, mentions=(), statements=(said[each],), figures=()) for each in ids)
    more = tuple(each.id for each in said.values())
    crowd = [
        replace(u, statements=(*u.statements, *more)) if denial.id in u.statements else u
        for u in case.traced.utterances
    ]
    origins = tuple(
        replace(o, reports=(*o.reports, *ids), told_to_in=(*o.told_to_in, *ids), statements=(*o.statements, *more))
        if denial.id in o.statements
        else o
        for o in case.traced.origins
    )
    claims = tuple(
        replace(c, denied_by=(*c.denied_by, *more)) if c.denied_by else replace(c, reports=(*c.reports, *ids))
        for c in case.weighed.claims
    )
    return replace(
        case,
        received=replace(case.received, reports=(*case.received.reports, *reports)),
        readings=(*case.readings, *readings),
        traced=replace(case.traced, utterances=tuple(crowd), origins=origins),
        weighed=replace(case.weighed, claims=claims),
    )


def reasons(case: Case, name: str, number: int) -> tuple[Reason, ...]:
    """Reasons with a text each; the first of them rests on a passage of every report."""
    every = tuple(Place(each.id, Span(0, 40)) for each in case.received.reports)
    bearings = (Bearing.JOINS, Bearing.MAY_PART)
    return tuple(
        Reason(
            "same words", f"{name}, reason {at}.", every if at == 0 else every[at % 5 : at % 5 + 2], bearings[at % 2]
        )
        for at in range(number)
    )


def busy_case(case: Case, *, reports: int, claims: int, each_reasons: int) -> Case:
    """The case with many reports, many claims that most of them carry, and many reasons for everything joined."""
    wide = crowded(case, reports)
    one = max(wide.weighed.claims, key=lambda claim: len(claim.reports))
    many = tuple(
        replace(one, id=f"c-{at}", text=f"claim number {at}", reasons=reasons(wide, f"Claim {at}", each_reasons))
        for at in range(claims)
    )
    utterance, *others = wide.traced.utterances
    origin, *rest = wide.traced.origins
    long = replace(utterance, reasons=reasons(wide, "Utterance", each_reasons))
    first = replace(origin, reasons=reasons(wide, "Origin", each_reasons))
    return replace(
        wide,
        traced=replace(wide.traced, utterances=(long, *others), origins=(first, *rest)),
        weighed=replace(
            wide.weighed, claims=many, patterns=(), summary=replace(wide.weighed.summary, loudest_echo="c-0")
        ),
    )
