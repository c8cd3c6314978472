"""Why things were joined: reasons under their headings, and those that are too many to stand with their record.

A record shows its first reasons and leads to pages on which all of them stand. Chooses; computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from headwater.dossier.paging import CHUNK, is_long
from headwater.model import Bearing, Case, Origin, Reason, Source, Utterance

Headed = tuple[tuple[str, tuple[Reason, ...]], ...]
_BEARINGS = {
    Bearing.JOINS: "Counted as one because",
    Bearing.MAY_JOIN: "Could be fewer if",
    Bearing.MAY_PART: "Could be more if",
    Bearing.BESIDE: "Set beside it because",
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Reasons of one record under one heading, from the `first` (from 0) of `total`; one entry of the further pages."""

    record: str
    heading: str
    reasons: tuple[Reason, ...]
    first: int
    total: int


def by_bearing(reasons: Iterable[Reason]) -> Headed:
    """Return reasons by what they do to a range, each group with its heading."""
    held = tuple(reasons)
    groups = ((words, tuple(each for each in held if each.bearing is bearing)) for bearing, words in _BEARINGS.items())
    return tuple((words, found) for words, found in groups if found)


def why_origin(origin: Origin, sources: Mapping[str, Source]) -> tuple[Reason, ...]:
    """Return why an origin is one: its own reasons and those of its source, each once."""
    source = sources.get(origin.source or "")
    return tuple(dict.fromkeys((*origin.reasons, *(source.reasons if source else ()))))


def of_origin(origin: Origin, sources: Mapping[str, Source]) -> Headed:
    """Return the reasons of an origin under their heading."""
    reasons = why_origin(origin, sources)
    return (("Why one origin", reasons),) if reasons else ()


def of_utterance(utterance: Utterance) -> Headed:
    """Return why renderings are one utterance."""
    return (("Why these are one utterance", utterance.reasons),) if utterance.reasons else ()


def long_ones(case: Case) -> Iterator[Chunk]:
    """Yield the reasons of every record that has too many of them to show them in its place."""
    sources = {each.id: each for each in case.traced.sources}
    every = chain(
        ((each.id, by_bearing(each.reasons)) for each in case.weighed.claims),
        ((each.id, of_origin(each, sources)) for each in case.traced.origins),
        ((each.id, of_utterance(each)) for each in case.traced.utterances),
    )
    for record, headed in every:
        if is_long(reason for _, found in headed for reason in found):
            for heading, found in headed:
                for first in range(0, len(found), CHUNK):
                    yield Chunk(record, heading, found[first : first + CHUNK], first, len(found))
