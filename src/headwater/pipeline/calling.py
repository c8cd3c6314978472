"""Sources, origins and claims under the names that people gave them.

Done last, so that a name changes no count; the sentences of the reasons keep the words of the reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from headwater.model import (
    Claim,
    Decided,
    Leaves,
    Named,
    Origin,
    Reading,
    Reason,
    Source,
    SubjectKind,
    Traced,
    Weighed,
    by_person,
)


def called(readings: Sequence[Reading], traced: Traced, weighed: Weighed, decided: Decided) -> tuple[Traced, Weighed]:
    """Return what was traced and weighed with the names that people gave; the last one of each thing holds."""
    if not decided.names:
        return traced, weighed
    leaves = Leaves(readings, decided.stood)
    sources = {one: each.id for each in traced.sources for one in each.mentions}
    origins = {one: each.id for each in traced.origins for one in (*each.statements, *each.figures)}
    claims = {one: each.id for each in weighed.claims for one in (*each.statements, *each.figures)}
    homes = {SubjectKind.SOURCE: sources, SubjectKind.ORIGIN: origins, SubjectKind.CLAIM: claims}
    names: dict[str, Named] = {}
    for each in decided.names:
        home = homes[each.kind]
        found = next((home[one] for one in leaves.all_now(each.members) if one in home), None)
        if found is not None:
            names[found] = each
    before = {one.id: one.name for one in traced.sources}
    return (
        replace(
            traced,
            sources=tuple(_source(one, names.get(one.id)) for one in traced.sources),
            origins=tuple(_origin(one, names, before) for one in traced.origins),
        ),
        replace(weighed, claims=tuple(_claim(one, names.get(one.id)) for one in weighed.claims)),
    )


def _why(given: Named, before: str) -> Reason:
    return by_person(f"A person called it so; by the reports it would be “{before}”", (given.decision,))


def _source(one: Source, given: Named | None) -> Source:
    if given is None:
        return one
    return replace(one, name=given.name, reasons=(_why(given, one.name), *one.reasons))


def _origin(one: Origin, names: dict[str, Named], before: dict[str, str]) -> Origin:
    """An origin is called as a person called it, else as its source is, with its occasion as it was."""
    given = names.get(one.id)
    if given is not None:
        return replace(one, name=given.name, reasons=(_why(given, one.name), *one.reasons))
    source = names.get(one.source or "")
    if source is None:
        return one
    return replace(one, name=source.name + one.name.removeprefix(before[one.source or ""]))


def _claim(one: Claim, given: Named | None) -> Claim:
    if given is None:
        return one
    return replace(one, text=given.name, reasons=(_why(given, one.text), *one.reasons))
