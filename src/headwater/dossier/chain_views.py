"""Chains as a page shows them: "one survivor → France 24 → this report", each mouth with the passage that shows it.

Copies what tracing found; chains of one claim that go through the same mouths stand once, with all their reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from headwater.dossier.book import Book
from headwater.dossier.views import ChainView, HopView, Ref
from headwater.model import Chain, Claim, Hop, HopKind, Place, Span, with_name

_At = Callable[[Place], Ref]
_Refs = Callable[[Iterable[str]], tuple[Ref, ...]]


def chain_view(book: Book, chain: Chain, at: _At) -> ChainView:
    """Return one chain; its last hop is the report in which the statement stands."""
    return ChainView(_hops(book, chain.hops[:-1], at), (), _steps(chain))


def ways(book: Book, claim: Claim, at: _At, refs: _Refs) -> tuple[ChainView, ...]:
    """Return the ways by which a claim came into its reports, when any of them led through somebody."""
    records = (*claim.statements, *(book.figures[each].statement for each in claim.figures))
    chains = [book.chains[each] for each in dict.fromkeys(records) if each in book.chains]
    if all(chain.distance < 2 for chain in chains):
        return ()
    groups: dict[tuple[str, ...], list[Chain]] = {}
    for chain in chains:
        mouths = (hop for hop in chain.hops[:-1] if hop.kind is not HopKind.OCCASION)
        groups.setdefault(tuple(hop.cited or hop.source or hop.words for hop in mouths), []).append(chain)
    return tuple(_way(book, group, at, refs) for group in groups.values())


def hop_places(chains: Iterable[Chain]) -> dict[str, set[Span]]:
    """Return the places that chains open on, by report."""
    out: dict[str, set[Span]] = {}
    for chain in chains:
        for hop in chain.hops[:-1]:
            if hop.place:
                out.setdefault(hop.place.report, set()).add(hop.place.span)
    return out


def _way(book: Book, group: list[Chain], at: _At, refs: _Refs) -> ChainView:
    lead = min(group, key=lambda chain: sum(1 for hop in chain.hops if hop.inferred))
    reports = book.reports_of(chain.statement for chain in group)
    return replace(chain_view(book, lead, at), reports=refs(reports))


def _hops(book: Book, hops: Iterable[Hop], at: _At) -> tuple[HopView, ...]:
    out: list[HopView] = []
    for hop in hops:
        name = None if hop.kind is HopKind.OCCASION else book.cited.get(hop.cited or "")
        place = at(hop.place) if hop.place else None
        view = HopView(with_name(hop.words, name), place, None, hop.inferred)
        if hop.kind is HopKind.OCCASION and out:
            out[-1] = replace(out[-1], occasion=view)
        else:
            out.append(view)
    return tuple(out)


def _steps(chain: Chain) -> str:
    if chain.distance == 0:
        return "its own words"
    words = "1 step" if chain.distance == 1 else f"{chain.distance} steps"
    return f"{words} or more" if chain.at_least else words
