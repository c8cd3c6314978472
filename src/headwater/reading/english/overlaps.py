"""Finding what overlaps a place among many places, without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from headwater.model import Span

T = TypeVar("T")


class Overlaps(Generic[T]):
    """Things by their places. Built once; a look takes time for what is near, not for all."""

    def __init__(self, held: Iterable[tuple[Span, T]]) -> None:
        self._held = sorted(held, key=lambda pair: pair[0])
        self._longest = max((span.length for span, _ in self._held), default=0)

    def with_(self, place: Span) -> Iterator[tuple[int, T]]:
        """Yield what overlaps `place` with the number of code points shared, in reading order."""
        at = bisect_left(self._held, place.start - self._longest, key=lambda pair: pair[0].start)
        while at < len(self._held) and self._held[at][0].start < place.end:
            span, thing = self._held[at]
            shared = span.shared(place)
            if shared:
                yield shared, thing
            at += 1

    def share(self, place: Span) -> float:
        """Return how much of `place` is covered, 0 to 1 where the held places do not overlap one another."""
        return sum(shared for shared, _ in self.with_(place)) / max(1, place.length)

    def most(self, places: Iterable[Span]) -> tuple[int, T | None]:
        """Return the thing that shares most with the places together, with the number of code points shared."""
        sums: dict[int, tuple[int, T]] = {}
        for place in places:
            for shared, thing in self.with_(place):
                before = sums.get(id(thing), (0, thing))[0]
                sums[id(thing)] = before + shared, thing
        return max(sums.values(), key=lambda pair: pair[0], default=(0, None))
