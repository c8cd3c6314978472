"""What is not in the case, and what goes round in it: missing documents and circles as views. Computes no number."""

from __future__ import annotations

from headwater.dossier.viewer import Viewer
from headwater.dossier.views import CircleView, MissingView, Ref
from headwater.model import Circle, MissingDocument


def missing_view(viewer: Viewer, each: MissingDocument) -> MissingView:
    """Return a missing document with the claims that rest on it, those that rest on it alone first."""
    alone = set(each.alone)
    return MissingView(
        ref=viewer.ref(each.id, each.name),
        kind=each.kind.value,
        name=each.name,
        claims=len(each.claims),
        sentence=each.sentence,
        names=tuple(name for name in each.names if name != each.name),
        alone=tuple(_claim(viewer, claim) for claim in each.alone),
        others=tuple(_claim(viewer, claim) for claim in each.claims if claim not in alone),
        reports=viewer.refs(each.reports),
        named=tuple(viewer.quote(place) for place in each.places),
    )


def circle_view(viewer: Viewer, each: Circle) -> CircleView:
    """Return a circle with its claim and the passages that close it."""
    return CircleView(
        ref=viewer.ref(each.id),
        claim=_claim(viewer, each.claim),
        outlets=each.outlets,
        reports=viewer.refs(each.reports),
        reason=viewer.reason(each.reason),
    )


def _claim(viewer: Viewer, claim: str) -> Ref:
    return viewer.ref(claim, viewer.book.claims[claim].text)
