"""Marks laid over a report's text: overlapping spans become a flat row of pieces whose words are exactly the text.

Pure geometry: what a mark means is the business of whoever made it. Nothing is dropped, repeated or reordered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from headwater.model import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that covers `span`. `key` tells marks apart; `kind` is free ("statement", "figure")."""

    span: Span
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch covered by the same marks throughout, innermost (shortest) mark first.

    `opens` are the marks that begin here, longest first; `places` the anchors to be put before it.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    places: tuple[Span, ...]


def pieces(length: int, marks: Sequence[Mark], breaks: Iterable[int] = (), places: Iterable[Span] = ()) -> list[Piece]:
    """Cut `0..length` at every border of `marks`, at `breaks` and at the start of `places`.

    The pieces are adjacent and cover the whole text; none is empty. Raises ValueError when a mark does not fit.
    """
    anchors = sorted(set(places))
    for span in (*(mark.span for mark in marks), *anchors):
        if not 0 <= span.start < span.end <= length:
            raise ValueError(f"span {span.start}-{span.end} does not fit a text of {length} code points")
    borders = {0, length, *(at for at in breaks if 0 < at < length), *(span.start for span in anchors)}
    borders.update(at for mark in marks for at in mark.span)
    return list(_sweep(sorted(borders), marks, anchors)) if length else []


def _sweep(borders: list[int], marks: Sequence[Mark], anchors: list[Span]) -> Iterator[Piece]:
    opening: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=_outer_first):
        opening.setdefault(mark.span.start, []).append(mark)
    anchored: dict[int, list[Span]] = {}
    for span in anchors:
        anchored.setdefault(span.start, []).append(span)
    live: list[Mark] = []
    for start, end in pairwise(borders):
        live = [mark for mark in live if mark.span.end > start]
        opens = opening.get(start, [])
        live.extend(opens)
        inner_first = tuple(sorted(live, key=lambda mark: (mark.span.length, mark.span, mark.kind, mark.key)))
        yield Piece(start, end, inner_first, tuple(opens), tuple(anchored.get(start, ())))


def _outer_first(mark: Mark) -> tuple[int, int, str, str]:
    return mark.span.start, -mark.span.end, mark.kind, mark.key
