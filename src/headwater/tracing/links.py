"""Links from the later passage to the earlier one, each with its reason; undirected where no sign tells.

A link says that wording or a citation ties two passages; it never says that either is true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from headwater.model import Link, LinkKind, Place, Reason, Reuse, ReuseKind
from headwater.tracing.carriers import Carriers, named_in
from headwater.tracing.credits import is_by
from headwater.tracing.direction import Aimed, Directions, is_told
from headwater.tracing.disputed import Disputed
from headwater.tracing.leaving import link_id
from headwater.tracing.material import Material, Piece, earlier
from headwater.tracing.reuse import WORD_FOR_WORD
from headwater.tracing.utterances import Group, Pair, place_of, reason

# An utterance that more reports carry ties no single pair of them: a citation then opens on the report's beginning.
_MANY_REPORTS = 50


def find(
    material: Material, groups: Sequence[Group], reuse: Sequence[Reuse], disputes: Sequence[Disputed]
) -> list[Link]:
    """Return quote-variant, copy and citation links, each once, in a fixed order."""
    linker = _Linker(material)
    found = [
        *linker.variants(groups),
        *linker.copies(reuse),
        *linker.citations(groups),
        *linker.disputes(disputes),
    ]
    return list({link.id: link for link in found}.values())


class _Linker:
    """Makes links between places of one case."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._directions = Directions(material)
        self._ranks = {report.id: rank for rank, report in enumerate(material.reports)}

    def variants(self, groups: Sequence[Group]) -> Iterable[Link]:
        """Tie each rendering to one other: to the first it was joined with if that is earlier, else to the earliest."""
        for group in groups:
            pieces = {i: self._material.pieces[i] for i in group.members}
            head = pieces[group.members[0]]
            partners: dict[int, Pair] = {}
            for pair in sorted(group.joins, key=lambda pair: (pair.b, pair.a)):
                if pieces[pair.a].rank < pieces[pair.b].rank:
                    partners.setdefault(pair.b, pair)
            for piece in pieces.values():
                if piece.rank != head.rank:
                    pair_ = partners.get(piece.order)
                    other = pieces[pair_.a] if pair_ else head
                    why = reason(self._material, pair_) if pair_ else _same_utterance(piece, other)
                    yield self._link(place_of(piece), place_of(other), LinkKind.QUOTE_VARIANT, why)

    def copies(self, reuse: Sequence[Reuse]) -> Iterable[Link]:
        """Tie each copied passage to one best earlier passage."""
        by_later: dict[Place, list[tuple[Aimed, Reuse]]] = defaultdict(list)
        for item in reuse:
            if item.kind.depends:
                aimed = self._directions.aim(item.a, item.b)
                by_later[aimed.later].append((aimed, item))
        for found in by_later.values():
            aimed, item = min(
                found, key=lambda one: (-one[1].score, self._ranks[one[0].before.report], one[0].before.span)
            )
            yield _link(aimed, *self._copy_reason(item))

    def citations(self, groups: Sequence[Group]) -> Iterable[Link]:
        """Tie a citation of an outlet whose own report is in the case to that report."""
        reports = self._material.reports
        carriers = Carriers(reports)
        shared = _shared_places(self._material, groups)
        for rank, (report, reading) in enumerate(zip(reports, self._material.readings, strict=True)):
            for named in named_in(reading):
                for other in sorted(carriers.reports_of(named.name) - {rank}):
                    # Where nothing is shared, a report of a later day cannot be the one that is cited.
                    opening = None if earlier(report, reports[other]) else self._opening(other)
                    target = shared.get((rank, other)) or opening
                    if target:
                        yield self._cited(Place(report.id, named.span), target, named.name)

    def disputes(self, found: Sequence[Disputed]) -> Iterable[Link]:
        """Tie the two passages that give the same words to different sources."""
        for each in found:
            yield self._link(*each.places, LinkKind.QUOTE_VARIANT, each.reason)

    def _link(self, a: Place, b: Place, kind: LinkKind, why: Reason) -> Link:
        return _link(self._directions.aim(a, b), kind, why)

    def _cited(self, here: Place, there: Place, name: str) -> Link:
        """The report that cites is the later one; what speaks against that is shown, and takes the direction away."""
        carrier = self._material.reports[self._ranks[there.report]].info.name
        text = f"The report names “{name}”, and a report by {carrier} is in the case."
        evidence = self._directions.between(there, here)
        aimed = Aimed(here, there, is_told(evidence), evidence)
        return _link(aimed, LinkKind.CITATION, Reason("cites", text, (here, there)))

    def _copy_reason(self, item: Reuse) -> tuple[LinkKind, Reason]:
        percent = f"{round(100 * item.score)}%"
        shared = f"They share {item.words} words in the same order ({percent} of the longer passage)"
        places = (item.a, item.b)
        if item.kind is not ReuseKind.AGENCY:
            how = "word for word or nearly so" if item.score >= WORD_FOR_WORD else "rewritten"
            credited = f" One of the reports credits {item.credit}, whose text was rewritten." if item.credit else ""
            text = f"{shared} outside quotations, {how}.{credited}"
            return LinkKind.NARRATIVE_COPY, Reason("shared narrative", text, places)
        shows = self._material.reports[self._ranks[item.credit_in or ""]]
        how = "is by" if is_by(shows, item.credit or "") else "credits"
        if shows.id in {item.a.report, item.b.report}:
            text = f"{shared}, and {shows.info.name} {how} {item.credit}."
            return LinkKind.AGENCY_COPY, Reason("credited copy", text, places)
        text = f"{shared}. Neither credits anybody; {shows.info.name} has the same passage and {how} {item.credit}."
        return LinkKind.AGENCY_COPY, Reason("uncredited copy", text, places)

    def _opening(self, rank: int) -> Place | None:
        found = self._material.sentences[rank]
        return Place(self._material.reports[rank].id, found[0]) if found else None


def _same_utterance(a: Piece, b: Piece) -> Reason:
    text = "Both render the same utterance; each was joined to it through another wording."
    return Reason("same utterance", text, (place_of(a), place_of(b)))


def _link(aimed: Aimed, kind: LinkKind, why: Reason) -> Link:
    later, before = aimed.later, aimed.before
    return Link(link_id(kind, later, before), later, before, kind, aimed.directed, why, aimed.evidence)


def _shared_places(material: Material, groups: Sequence[Group]) -> dict[tuple[int, int], Place]:
    """For two reports the place in the second of the first utterance that both carry."""
    out: dict[tuple[int, int], Place] = {}
    for group in groups:
        first: dict[int, Piece] = {}
        for i in group.members:
            first.setdefault(material.pieces[i].rank, material.pieces[i])
        if 1 < len(first) <= _MANY_REPORTS:
            for a in first:
                out.update({(a, b): place_of(piece) for b, piece in first.items() if a != b and (a, b) not in out})
    return out
