"""Links from the later passage to the earlier one, each with its reason; undirected where dates do not tell.

A link says that wording or a citation ties two passages; it never says that either is true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from headwater.model import Citation, CitationKind, Link, LinkKind, Place, Reason, Reuse, ReuseKind, Span, make_id
from headwater.tracing.material import Material, Piece, earlier, sentences
from headwater.tracing.outlets import is_outlet
from headwater.tracing.utterances import Group, place_of, reason


def find(material: Material, groups: Sequence[Group], reuse: Sequence[Reuse]) -> list[Link]:
    """Return quote-variant, copy and citation links, each once, in a fixed order."""
    found = [*_variants(material, groups), *_copies(material, reuse), *_citations(material, groups)]
    return list({link.id: link for link in found}.values())


def _link(material: Material, a: Place, b: Place, kind: LinkKind, why: Reason) -> Link:
    """Make a link, the earlier place last; without dates the first report of the fixed order counts as earlier."""
    ranks = {report.id: rank for rank, report in enumerate(material.reports)}
    first = earlier(material.reports[ranks[a.report]], material.reports[ranks[b.report]])
    a_first = first if first is not None else (ranks[a.report], a.span) < (ranks[b.report], b.span)
    later, before = (b, a) if a_first else (a, b)
    ident = make_id("link", kind.value, later.report, *later.span, before.report, *before.span)
    return Link(ident, later, before, kind, first is not None, why)


def _variants(material: Material, groups: Sequence[Group]) -> Iterable[Link]:
    """Tie each rendering to one other: to the one it was joined with if that is earlier, else to the earliest."""
    for group in groups:
        pieces = [material.pieces[i] for i in group.members]
        head = pieces[0]
        joined = {(pair.a, pair.b): pair for pair in group.joins}
        for piece in pieces:
            if piece.rank == head.rank:
                continue
            partner = _partner(piece, pieces, joined, head)
            pair = joined.get((min(piece.order, partner.order), max(piece.order, partner.order)))
            why = reason(material, pair) if pair else _same_utterance(piece, partner)
            yield _link(material, place_of(piece), place_of(partner), LinkKind.QUOTE_VARIANT, why)


def _partner(piece: Piece, pieces: Sequence[Piece], joined: Mapping[tuple[int, int], object], head: Piece) -> Piece:
    for other in pieces:
        if other.rank < piece.rank and (min(other.order, piece.order), max(other.order, piece.order)) in joined:
            return other
    return head


def _same_utterance(a: Piece, b: Piece) -> Reason:
    text = "Both render the same utterance; each was joined to it through its fullest wording."
    return Reason("same utterance", text, (place_of(a), place_of(b)))


def _copies(material: Material, reuse: Sequence[Reuse]) -> Iterable[Link]:
    """Tie each copied passage of narrative to one best earlier passage."""
    ranks = {report.id: rank for rank, report in enumerate(material.reports)}
    by_later: dict[Place, list[tuple[Place, Reuse]]] = defaultdict(list)
    for item in reuse:
        if item.kind is ReuseKind.NARRATIVE:
            later, before = (item.a, item.b) if ranks[item.a.report] > ranks[item.b.report] else (item.b, item.a)
            by_later[later].append((before, item))
    for later, found in by_later.items():
        before, item = min(found, key=lambda entry: (-entry[1].score, ranks[entry[0].report], entry[0].span))
        yield _link(material, later, before, *_copy_reason(item))


def _copy_reason(item: Reuse) -> tuple[LinkKind, Reason]:
    percent = f"{round(100 * item.score)}%"
    shared = f"They share {item.words} words in the same order ({percent} of the longer passage)"
    if item.credit:
        text = f"{shared}, and one of the reports credits {item.credit}."
        return LinkKind.AGENCY_COPY, Reason("credited copy", text, (item.a, item.b))
    return LinkKind.NARRATIVE_COPY, Reason("shared narrative", f"{shared} outside quotations.", (item.a, item.b))


def _citations(material: Material, groups: Sequence[Group]) -> Iterable[Link]:
    """Tie a citation of an outlet whose own report is in the case to that report."""
    shared = _shared_places(material, groups)
    for rank, (report, reading) in enumerate(zip(material.reports, material.readings, strict=True)):
        for citation in reading.citations:
            if citation.kind is CitationKind.CREDIT:
                continue
            for other_rank, other in enumerate(material.reports):
                outlet = other.info.outlet
                if other_rank == rank or not outlet or not is_outlet(citation.name, outlet.value):
                    continue
                if earlier(report, other) is True:
                    continue
                target = shared.get((rank, other_rank)) or _opening(other.id, other.text)
                if target:
                    yield _cited(material, Place(report.id, citation.span), target, citation, outlet.value)


def _cited(material: Material, here: Place, there: Place, citation: Citation, outlet: str) -> Link:
    text = f"The report names “{citation.name}”, and a report by {outlet} is in the case."
    ranks = {report.id: rank for rank, report in enumerate(material.reports)}
    directed = earlier(material.reports[ranks[there.report]], material.reports[ranks[here.report]]) is True
    ident = make_id("link", LinkKind.CITATION.value, here.report, *here.span, there.report, *there.span)
    return Link(ident, here, there, LinkKind.CITATION, directed, Reason("cites", text, (here, there)))


def _shared_places(material: Material, groups: Sequence[Group]) -> dict[tuple[int, int], Place]:
    """For two reports the place in the second of the first utterance that both carry."""
    out: dict[tuple[int, int], Place] = {}
    for group in groups:
        pieces = [material.pieces[i] for i in group.members]
        first: dict[int, Piece] = {}
        for piece in pieces:
            first.setdefault(piece.rank, piece)
        if len(first) > 1:
            for a in first:
                for b, piece in first.items():
                    if a != b:
                        out.setdefault((a, b), place_of(piece))
    return out


def _opening(report: str, text: str) -> Place | None:
    found = sentences(text[:2000])
    return Place(report, Span(*found[0])) if found else None
