"""What the upper number of a claim's origins rests on where a join was inferred: it could be more if that were wrong.

Never changes a number: what is shown counts as shown. Says which of it is wording alone, and who is named nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from headwater.model import Bearing, Place, Reason, SourceKind
from headwater.weighing.pile import Pile

# Reasons of a shown join that rest on shared wording and on nobody's name: no credit, no source, no citation.
WORDING = frozenset({"narrative copy", "same unattributed words"})
_INFERRED_TOLD, _INFERRED_SOURCE = "told-to inferred", "source inferred"
_PEOPLE = frozenset({SourceKind.WITNESS, SourceKind.PERSON, SourceKind.UNKNOWN})


def of_origin(pile: Pile, origin: str, places: Sequence[Place]) -> Iterator[Reason]:
    """Yield what would part the reports that carry a claim from one origin; `places` are where they carry it."""
    yield from _told_elsewhere(pile, origin, places)
    yield from _named_by_nobody(pile, origin, places)


def of_wording(text: str, places: tuple[Place, ...]) -> Reason:
    """Return that a shown join rests on shared wording alone; `text` is how the join was explained."""
    return Reason("wording alone", f"Nothing but shared wording joins them. {text}", places, Bearing.MAY_PART)


def _told_elsewhere(pile: Pile, origin: str, places: Sequence[Place]) -> Iterator[Reason]:
    """Yield that only some reports say whom the source told: the others may have heard it on another occasion."""
    record = pile.origins[origin]
    stated = set(record.told_to_in)
    silent = [place for place in places if place.report not in stated]
    if not (record.told_to and silent and any(why.rule == _INFERRED_TOLD for why in record.reasons)):
        return
    text = (
        f"{pile.names(one.report for one in silent)} may have it from another occasion: where it was said "
        f"({record.told_to}) stands only in {pile.names(stated)}."
    )
    yield Reason("told on another occasion", text, _one_each(silent), Bearing.MAY_PART)


def _named_by_nobody(pile: Pile, origin: str, places: Sequence[Place]) -> Iterator[Reason]:
    """Yield that reports were given one source by their words: an unnamed one, or one that some do not name."""
    record, source = pile.origins[origin], pile.source_of(origin)
    if source is None or len({place.report for place in places}) < 2:
        return
    given = [
        place
        for place in places
        for why in record.reasons
        if why.rule == _INFERRED_SOURCE and any(_meet(place, other) for other in why.places)
    ]
    if given:
        text = (
            f"{pile.names(one.report for one in given)} may have it from somebody else: whose words they are is not "
            f"said there, and only the wording leads to {pile.speaker(origin)}."
        )
        yield Reason("source by wording", text, _one_each(given), Bearing.MAY_PART)
    naming = {place.report for place in places} - {place.report for place in given}
    if not source.named and source.kind in _PEOPLE and len(naming) > 1:
        text = (
            f"The reports may speak of different people: “{pile.speaker(origin)}” is named nowhere and counts as one "
            f"because the reports carry the same words."
        )
        yield Reason("one person by wording", text, _one_each(places), Bearing.MAY_PART)


def _one_each(places: Sequence[Place]) -> tuple[Place, ...]:
    first = {place.report: place for place in reversed(places)}
    return tuple(first[report] for report in dict.fromkeys(place.report for place in places))


def _meet(a: Place, b: Place) -> bool:
    return a.report == b.report and a.span.shared(b.span) > 0
