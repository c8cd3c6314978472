"""What people decided, in the terms of tracing: bonds of mentions and statements by number, ties that are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from headwater.model import Bonds, Decided, Leaves, Link, LinkKind, Place, Reuse, make_id
from headwater.tracing.material import Material

_COPIES = (LinkKind.AGENCY_COPY, LinkKind.NARRATIVE_COPY)


@dataclass(frozen=True, slots=True)
class Levels:
    """Bonds of mentions (by their index), of statements (by their order), and of statements and figures (`places`)."""

    sources: Bonds
    utterances: Bonds
    origins: Bonds


def bonds(material: Material, decided: Decided) -> Levels:
    """Return what must be together and apart at each level."""
    leaves = Leaves(material.readings, decided.stood)
    mentions = {mention.id: at for at, mention in enumerate(material.mentions)}
    statements = {piece.statement.id: piece.order for piece in material.pieces}
    return Levels(
        sources=Bonds(decided.sources, _numbers(leaves, mentions)),
        utterances=Bonds(decided.utterances, _numbers(leaves, statements)),
        origins=Bonds(decided.origins, _numbers(leaves, numbers(material))),
    )


def numbers(material: Material) -> dict[str, int]:
    """Number the statements by their order, and the figures after them."""
    figures = (figure.id for reading in material.readings for figure in reading.figures)
    every = [piece.statement.id for piece in material.pieces]
    return {ident: at for at, ident in enumerate((*every, *figures))}


def _numbers(leaves: Leaves, known: Mapping[str, int]) -> Callable[[str], Iterable[int]]:
    return lambda ident: [known[one] for one in leaves.now(ident) if one in known]


def reuse(found: Sequence[Reuse], decided: Decided) -> list[Reuse]:
    """Leave out shared wording that a person rejected, or of which a person rejected the link that it makes."""
    out = {ruling.id for ruling in (*decided.reuse, *decided.links)}
    return [item for item in found if not out or out.isdisjoint(_names_of(item))]


def _names_of(item: Reuse) -> Iterable[str]:
    for a, b in ((item.a, item.b), (item.b, item.a)):
        yield make_id("reuse", a.report, *a.span, b.report, *b.span)
        yield from (link_id(kind, a, b) for kind in _COPIES)


def links(found: Sequence[Link], decided: Decided) -> list[Link]:
    """Leave out links that a person rejected, whichever of the two passages is the later one."""
    out = {ruling.id for ruling in decided.links}
    return [
        link
        for link in found
        if not out
        or out.isdisjoint({link_id(link.kind, link.later, link.earlier), link_id(link.kind, link.earlier, link.later)})
    ]


def link_id(kind: LinkKind, later: Place, earlier: Place) -> str:
    """Return the id of a link."""
    return make_id("link", kind.value, later.report, *later.span, earlier.report, *earlier.span)
