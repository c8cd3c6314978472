"""Links from the later passage to the earlier one, each with its reason; undirected where dates do not tell.

A link says that wording or a citation ties two passages; it never says that either is true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from headwater.model import Link, LinkKind, Place, Reason, Reuse, ReuseKind, make_id
from headwater.tracing.carriers import Carriers, named_in
from headwater.tracing.disputed import Disputed
from headwater.tracing.material import Material, Piece, earlier
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
    """Makes links between places of one case; knows which report was published before which."""

    def __init__(self, material: Material) -> None:
        self._material = material
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
        """Tie each copied passage of narrative to one best earlier passage."""
        by_later: dict[Place, list[tuple[Place, Reuse]]] = defaultdict(list)
        for item in reuse:
            if item.kind is ReuseKind.NARRATIVE:
                b_later = self._ranks[item.b.report] > self._ranks[item.a.report]
                later, before = (item.b, item.a) if b_later else (item.a, item.b)
                by_later[later].append((before, item))
        for later, found in by_later.items():
            before, item = min(found, key=lambda one: (-one[1].score, self._ranks[one[0].report], one[0].span))
            yield self._link(later, before, *_copy_reason(item))

    def citations(self, groups: Sequence[Group]) -> Iterable[Link]:
        """Tie a citation of an outlet whose own report is in the case to that report."""
        reports = self._material.reports
        carriers = Carriers(reports)
        shared = _shared_places(self._material, groups)
        for rank, (report, reading) in enumerate(zip(reports, self._material.readings, strict=True)):
            for named in named_in(reading):
                for other in sorted(carriers.reports_of(named.name) - {rank}):
                    target = shared.get((rank, other)) or self._opening(other)
                    if target and earlier(report, reports[other]) is not True:
                        yield self._cited(Place(report.id, named.span), target, named.name)

    def disputes(self, found: Sequence[Disputed]) -> Iterable[Link]:
        """Tie the two passages that give the same words to different sources."""
        for each in found:
            yield self._link(*each.places, LinkKind.QUOTE_VARIANT, each.reason)

    def _link(self, a: Place, b: Place, kind: LinkKind, why: Reason) -> Link:
        """Make a link, the earlier place last; without dates the first report of the fixed order counts as earlier."""
        first = self._earlier(a, b)
        ranked = (self._ranks[a.report], a.span) < (self._ranks[b.report], b.span)
        later, before = (b, a) if (ranked if first is None else first) else (a, b)
        ident = make_id("link", kind.value, later.report, *later.span, before.report, *before.span)
        return Link(ident, later, before, kind, first is not None, why)

    def _earlier(self, a: Place, b: Place) -> bool | None:
        reports = self._material.reports
        return earlier(reports[self._ranks[a.report]], reports[self._ranks[b.report]])

    def _cited(self, here: Place, there: Place, name: str) -> Link:
        carrier = self._material.reports[self._ranks[there.report]].info.name
        text = f"The report names “{name}”, and a report by {carrier} is in the case."
        ident = make_id("link", LinkKind.CITATION.value, here.report, *here.span, there.report, *there.span)
        directed = self._earlier(there, here) is True
        return Link(ident, here, there, LinkKind.CITATION, directed, Reason("cites", text, (here, there)))

    def _opening(self, rank: int) -> Place | None:
        found = self._material.sentences[rank]
        return Place(self._material.reports[rank].id, found[0]) if found else None


def _same_utterance(a: Piece, b: Piece) -> Reason:
    text = "Both render the same utterance; each was joined to it through another wording."
    return Reason("same utterance", text, (place_of(a), place_of(b)))


def _copy_reason(item: Reuse) -> tuple[LinkKind, Reason]:
    percent = f"{round(100 * item.score)}%"
    shared = f"They share {item.words} words in the same order ({percent} of the longer passage)"
    if item.credit:
        text = f"{shared}, and one of the reports credits {item.credit}."
        return LinkKind.AGENCY_COPY, Reason("credited copy", text, (item.a, item.b))
    return LinkKind.NARRATIVE_COPY, Reason("shared narrative", f"{shared} outside quotations.", (item.a, item.b))


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
