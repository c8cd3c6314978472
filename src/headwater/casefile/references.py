"""Which record names which: every cross reference and every further place, as lists that verify walks through.

Pure. Says where ids point, never what the pointing means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from headwater.casefile.kinds import KINDS, StoredReading, StoredReport
from headwater.casefile.shelves import Shelf
from headwater.model import (
    Assessment,
    Attribution,
    Chain,
    Circle,
    Citation,
    Cited,
    Claim,
    Comparison,
    DateMention,
    Divergence,
    Figure,
    Link,
    Mention,
    MissingDocument,
    Origin,
    Pattern,
    Place,
    Reading,
    Reason,
    Retelling,
    Reuse,
    SetAside,
    Source,
    Span,
    Statement,
    Summary,
    TimelineEntry,
    Utterance,
)


class Reference(NamedTuple):
    """One record naming another: the field that names, the kind it must be found among, and the id."""

    role: str
    target: str
    id: str


# field -> kind of the record it names; a field holds one id, None or several.
_FIELDS: dict[type[Any], dict[str, str]] = {
    Assessment: {"claim": "claim"},
    Attribution: {"report": "report"},
    Chain: {"statement": "statement"},
    Circle: {"claim": "claim", "reports": "report"},
    Citation: {"report": "report"},
    Cited: {"sources": "source", "reports": "report"},
    Claim: {
        "statements": "statement",
        "figures": "figure",
        "reports": "report",
        "origins": "origin",
        "unattributed": "report",
        "denied_by": "statement",
        "contradicts": "claim",
        "caveats": "statement",
    },
    Comparison: {"a": "figure", "b": "figure"},
    DateMention: {"report": "report"},
    Divergence: {"a": "statement", "b": "statement"},
    Figure: {"report": "report", "statement": "statement", "source": "mention"},
    Mention: {"report": "report"},
    MissingDocument: {"cited": "cited", "claims": "claim", "alone": "claim", "reports": "report"},
    Origin: {
        "source": "source",
        "told_to_in": "report",
        "reports": "report",
        "statements": "statement",
        "figures": "figure",
    },
    Pattern: {"origins": "origin", "statements": "statement"},
    Retelling: {"origin": "origin", "reports": "report"},
    Reuse: {"credit_in": "report"},
    SetAside: {"duplicate_of": "report"},
    Source: {"mentions": "mention"},
    Statement: {"report": "report", "source": "mention", "inside": "statement", "repeats": "statement"},
    Reading: {"report": "report"},
    StoredReading: {"report": "report"},
    Summary: {"loudest_echo": "claim"},
    TimelineEntry: {"report": "report"},
    Utterance: {"statements": "statement", "origin": "origin"},
}


def references(record: object) -> Iterator[Reference]:
    """Yield every other record that this one names."""
    for field, target in _FIELDS.get(type(record), {}).items():
        value = getattr(record, field)
        for one in (value,) if isinstance(value, str) else value or ():
            yield Reference(field, target, one)
    if isinstance(record, StoredReport):
        yield Reference("sha256", "original", record.info.sha256)
    elif isinstance(record, Statement):
        for relay in (*record.via, *record.behind):
            if relay.mention is not None:
                yield Reference("relay", "mention", relay.mention)
    elif isinstance(record, Chain):
        for hop in record.hops:
            if hop.source is not None:
                yield Reference("hop", "source", hop.source)
            if hop.cited is not None:
                yield Reference("hop", "cited", hop.cited)
    elif isinstance(record, Retelling):
        yield from _details(record)


def _details(retelling: Retelling) -> Iterator[Reference]:
    for detail in retelling.details:
        yield Reference("reference", "report", detail.reference)
        for utterance in detail.utterances:
            yield Reference("detail", "utterance", utterance)
        for each in detail.retold:
            yield Reference("retold", "report", each.report)
            for statement in each.statements:
                yield Reference("retold", "statement", statement)


def further_places(record: object) -> Iterator[tuple[str, Place]]:
    """Yield (role, place) for places that have no anchor: of a reason, the timeline, a chain and a naming."""
    if isinstance(record, TimelineEntry) and not record.publication:
        yield "passage", Place(record.report, Span(record.start, record.end))
    elif isinstance(record, Chain):
        yield from ((hop.kind.value, hop.place) for hop in record.hops if hop.place is not None)
    elif isinstance(record, Cited | MissingDocument):
        yield from (("named", place) for place in record.places)
    elif isinstance(record, Retelling):
        for change in (change for detail in record.details for each in detail.retold for change in each.changes):
            yield "changed", change.here
            yield "changed from", change.there
    reasons: tuple[Reason, ...]
    if isinstance(record, Link | Circle | Divergence):
        reasons = (record.reason,)
    elif isinstance(record, Claim | Origin | Pattern | Source | Utterance):
        reasons = record.reasons
    else:
        return
    for reason in reasons:
        for place in reason.places:
            yield f"reason {reason.rule}", place
    for item in record.evidence if isinstance(record, Link) else ():
        for place in item.places:
            yield f"evidence {item.name}", place


def known_ids(shelf: Shelf) -> dict[str, set[str]]:
    """Return the ids of every kind that can be named."""
    return {kind.name: {named for named in map(id_of, shelf.of(kind.shape)) if named} for kind in KINDS}


def id_of(record: object) -> str | None:
    """The id by which a person or another record finds this one, or None when its kind has none."""
    for field in ("id", "sha256", "path", "file", "step", "report"):
        value = getattr(record, field, None)
        if isinstance(value, str):
            return value
    return None
