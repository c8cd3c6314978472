"""What to get next: documents that the reports name and that are not in the case, by how much each would settle.

Outlets, agencies, papers, statements and posts; never a person who talked, and nobody on the street.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from headwater.model import Cited, CitedKind, Claim, MissingDocument, Place, make_id
from headwater.weighing.pile import Pile

_GET = {
    CitedKind.OUTLET: "Get the {name} report",
    CitedKind.AGENCY: "Get the first {name} dispatch",
    CitedKind.ORGANISATION: "Get what {name} published",
    CitedKind.DOCUMENT: "Get the document “{name}”",
    CitedKind.STATEMENT: "Get the {name}",
    CitedKind.POST: "Get the {name}",
}


def find(pile: Pile, claims: Sequence[Claim]) -> tuple[MissingDocument, ...]:
    """Return the missing documents on which claims rest: those that settle most by themselves first."""
    through = {record: frozenset(hop.cited for hop in hops if hop.cited) for record, hops in pile.hops.items()}
    rest: dict[str, list[Claim]] = defaultdict(list)
    alone: dict[str, list[Claim]] = defaultdict(list)
    reports: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        records = {record: _report(pile, record) for record in (*claim.statements, *claim.figures)}
        named = [record for record, report in records.items() if _somebody_is_named(pile, record, report)]
        for cited in sorted({one for record in named for one in through[record]}):
            here = [record for record in named if cited in through[record] and _is_out(pile, cited, records[record])]
            if here:
                rest[cited].append(claim)
                reports[cited].update(records[record] for record in here)
                if len(here) == len(named):
                    alone[cited].append(claim)
    found = [_record(pile, pile.cited[one], rest[one], alone[one], reports[one]) for one in rest]
    return tuple(sorted(found, key=lambda one: (-len(one.alone), -len(one.claims), one.name.casefold(), one.id)))


def _report(pile: Pile, record: str) -> str:
    return pile.statements[record].report if record in pile.statements else pile.figures[record].report


def _somebody_is_named(pile: Pile, record: str, report: str) -> bool:
    """Tell whether the report itself names anybody for what it carries."""
    return any(hop.place is not None and hop.place.report == report for hop in pile.hops.get(record, ()))


def _is_out(pile: Pile, cited: str, report: str) -> bool:
    """Tell whether what a report cites is not in the case: no report of that outlet, or only younger ones."""
    own = [pile.infos[each] for each in pile.cited[cited].reports]
    day = pile.infos[report].day
    if any(info.id == report for info in own):
        return False
    return all(day is not None and info.day is not None and info.day > day for info in own)


def _record(
    pile: Pile, cited: Cited, claims: Sequence[Claim], alone: Sequence[Claim], reports: set[str]
) -> MissingDocument:
    places: tuple[Place, ...] = tuple(place for place in cited.places if _is_out(pile, cited.id, place.report))
    return MissingDocument(
        id=make_id("missing", cited.id),
        cited=cited.id,
        kind=cited.kind,
        name=cited.name,
        names=cited.names,
        claims=tuple(claim.id for claim in claims),
        alone=tuple(claim.id for claim in alone),
        reports=pile.ordered(reports),
        places=tuple(sorted(places, key=lambda place: (pile.rank[place.report], place.span))),
        another=bool(cited.reports),
        sentence=_sentence(cited, len(claims), len(alone)),
    )


def _sentence(cited: Cited, claims: int, alone: int) -> str:
    lead = _GET[cited.kind].format(name=cited.name)
    if cited.reports:
        lead = f"Get the earlier report by {cited.name} (the one in the case is younger than what cites it)"
    it = "them" if cited.kind is CitedKind.POST else "it"
    rest = f"{claims:,} claim{' rests' if claims == 1 else 's rest'} on {it}"
    if not alone:
        return f"{lead}: {rest}, none of them on {it} alone."
    if alone == claims:
        only = "and on nothing else" if claims == 1 else "all of them on nothing else"
    else:
        only = f"{alone:,} of them on nothing else"
    return f"{lead}: {rest}, {only} that these reports name."
