"""The invented story of the dossier's tests with one testimony set in a table of its retellings."""

from __future__ import annotations

from dataclasses import replace

from invented_story import invented_case

from headwater.model import (
    Case,
    Change,
    ChangeKind,
    Detail,
    Place,
    Rendering,
    Retelling,
    Retold,
    Span,
    Statement,
    Utterance,
)


def retold_case(*, grave: bool = True, copies: int = 0) -> Case:
    """The invented case with the testimony of its survivor set in a table; `copies` more reports carry it."""
    case = invented_case()
    said = {each.id: each for reading in case.readings for each in reading.statements}
    pay, stand, home = case.traced.utterances[:3]
    first, second, third, _ = (said[each] for each in pay.statements)
    here, there = words(second, "pay or bury"), words(first, "pay, or to bury")
    effect = Rendering.HARDENED if grave else Rendering.REWORDED
    change = (Change(ChangeKind.HEDGE, effect, here, there),) if grave else ()
    retold = (
        Retold(first.report, (first.id,), Rendering.REFERENCE),
        Retold(second.report, (second.id,), effect, change),
        Retold(third.report, (third.id,), Rendering.KEPT),
    )
    lone = said[stand.statements[0]]
    kept = [said[each] for each in home.statements]
    details = (
        Detail((pay.id,), first.report, retold),
        Detail((stand.id,), lone.report, (Retold(lone.report, (lone.id,), Rendering.ONLY),)),
        both(home, kept),
    )
    reports = tuple(dict.fromkeys([first.report, second.report, third.report]))
    more = tuple(each.id for each in case.received.reports if each.id not in reports)[:copies]
    table = Retelling("retelling-1", case.traced.origins[0].id, (*reports, *more), details)
    summary = replace(case.weighed.summary, details_hardened=int(grave))
    return replace(case, weighed=replace(case.weighed, retellings=(table,), summary=summary))


def words(statement: Statement, found: str) -> Place:
    start = statement.content[0].start + statement.text.index(found)
    return Place(statement.report, Span(start, start + len(found)))


def both(utterance: Utterance, said: list[Statement]) -> Detail:
    cells = tuple(
        Retold(each.report, (each.id,), Rendering.REWORDED if at else Rendering.REFERENCE)
        for at, each in enumerate(said)
    )
    return Detail((utterance.id,), said[0].report, cells)
