"""The way of everything that a claim is made of: through whom a statement or figure came into its report.

Looks up the chains that tracing found; a figure outside any statement has only the source that is named for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from headwater.model import Cited, Figure, Hop, HopKind, Place, Traced


def ways(traced: Traced, figures: Iterable[Figure], source_of_mention: Mapping[str, str]) -> dict[str, tuple[Hop, ...]]:
    """Return the hops of each statement and figure by its id, the far end first, without the report itself."""
    out = {chain.statement: chain.hops[:-1] for chain in traced.chains}
    cited = {source: one for one in traced.cited for source in one.sources}
    for figure in figures:
        if figure.statement in out:
            out[figure.id] = out[figure.statement]
        elif source := source_of_mention.get(figure.source or ""):
            out[figure.id] = (_source(figure, source, cited.get(source)),)
    return out


def _source(figure: Figure, source: str, cited: Cited | None) -> Hop:
    place = Place(figure.report, figure.span)
    return Hop(HopKind.SOURCE, cited.name if cited else figure.text, place, source, cited.id if cited else None)
