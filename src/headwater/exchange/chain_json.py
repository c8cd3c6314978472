"""Chains, who is named, missing documents and circles as JSON. Copies records, decides nothing."""

from __future__ import annotations

from headwater.model import Chain, Circle, Cited, Hop, MissingDocument, Place, Traced, Weighed

Json = dict[str, object]


def chain_fields(chain: Chain | None) -> Json:
    """Return what a statement says of its way: its hops, the far end first, and the distance; empty where unknown."""
    if chain is None:
        return {"chain": [], "distance": None, "distance_at_least": None}
    return {
        "chain": [_hop(each) for each in chain.hops],
        "distance": chain.distance,
        "distance_at_least": chain.at_least,
    }


def traces_beside(traced: Traced, weighed: Weighed) -> Json:
    """Return the lists of who is named, of missing documents and of circles."""
    return {
        "cited": [_cited(each) for each in traced.cited],
        "missing": [_missing(each) for each in weighed.missing],
        "circles": [_circle(each) for each in weighed.circles],
    }


def _hop(hop: Hop) -> Json:
    return {
        "kind": hop.kind.value,
        "words": hop.words,
        "place": _place(hop.place) if hop.place else None,
        "source_id": hop.source,
        "cited": hop.cited,
        "inferred": hop.inferred or None,
    }


def _cited(each: Cited) -> Json:
    return {
        "id": each.id,
        "kind": each.kind.value,
        "name": each.name,
        "names": list(each.names),
        "places": [_place(place) for place in each.places],
        "source_ids": sorted(each.sources),
        "reports": list(each.reports),
    }


def _missing(each: MissingDocument) -> Json:
    return {
        "id": each.id,
        "cited": each.cited,
        "kind": each.kind.value,
        "name": each.name,
        "names": list(each.names),
        "claims": list(each.claims),
        "alone": list(each.alone),
        "reports": list(each.reports),
        "places": [_place(place) for place in each.places],
        "another": each.another,
        "sentence": each.sentence,
    }


def _circle(each: Circle) -> Json:
    return {
        "id": each.id,
        "claim": each.claim,
        "outlets": list(each.outlets),
        "reports": list(each.reports),
        "reason": each.reason.text,
        "places": [_place(place) for place in each.reason.places],
    }


def _place(place: Place) -> Json:
    return {"report": place.report, "start": place.span.start, "end": place.span.end}
