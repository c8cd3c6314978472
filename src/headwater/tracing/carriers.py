"""Which reports of the case belong to the outlets that a report names: "told the Herald", "according to the Post".

Only names of outlets and where they stand; what follows from a carrier is `links` and `trace`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from headwater.model import CitationKind, Reading, Report, Span
from headwater.tracing.material import Material, Piece
from headwater.tracing.outlets import name_keys, outlet_keys


class Named(NamedTuple):
    """The name of a carrier as a report writes it, and where."""

    name: str
    span: Span


class Carriers:
    """The reports of each outlet, by the forms of its name."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._ranks: dict[str, list[int]] = defaultdict(list)
        for rank, report in enumerate(reports):
            for key in outlet_keys(report.info.outlet.value) if report.info.outlet else ():
                self._ranks[key].append(rank)

    def reports_of(self, name: str) -> frozenset[int]:
        """The reports (ranks) of the outlet of that name; what follows a comma describes it. None for common words."""
        head = name.split(",", maxsplit=1)[0]
        if head == head.lower():
            return frozenset()
        return frozenset(rank for key in name_keys(head) for rank in self._ranks.get(key, ()))

    def behind(self, piece: Piece) -> frozenset[int]:
        """The reports of the outlets that a statement came through, or that it was said to."""
        said = piece.statement
        names = [relay.text for relay in said.via] + ([said.told_to.text] if said.told_to else [])
        return frozenset().union(*(self.reports_of(name) for name in names)) - {piece.rank}


def named_in(reading: Reading) -> Iterator[Named]:
    """Yield each carrier that a report names for what it tells, once; a credit names an agency, no report."""
    seen: list[Span] = []
    relays = [Named(relay.text, relay.span) for said in reading.statements for relay in (*said.via, *said.behind)]
    cited = [Named(found.name, found.span) for found in reading.citations if found.kind is not CitationKind.CREDIT]
    for found in (*cited, *relays):
        if not any(found.span.overlaps(span) for span in seen):
            seen.append(found.span)
            yield found


def passed_on(material: Material) -> frozenset[tuple[int, int]]:
    """Return the pairs (order of a statement, report it came through) that reports name themselves."""
    carriers = Carriers(material.reports)
    return frozenset((piece.order, rank) for piece in material.pieces for rank in carriers.behind(piece))
