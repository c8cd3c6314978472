"""Positions in a working text. Offsets are Unicode code points, half-open, never bytes or UTF-16 units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from headwater.model.ids import sha256_text


class Span(NamedTuple):
    """`start` (included) to `end` (excluded), code points of one report's working text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words at this place. Raises ValueError when the span does not fit `text`."""
        if not 0 <= self.start < self.end <= len(text):
            raise ValueError(f"span {self.start}-{self.end} does not fit a text of {len(text)} code points")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shared(self, other: Span) -> int:
        """Number of code points that both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    @property
    def length(self) -> int:
        """Number of code points covered."""
        return self.end - self.start


class Place(NamedTuple):
    """A passage of one report: what a reason opens on."""

    report: str
    span: Span


class Anchor(NamedTuple):
    """Position, exact words and the digest of the text they were taken from: all three must agree."""

    report: str
    span: Span
    exact: str
    text_sha256: str

    def holds(self, text: str) -> bool:
        """True when `text` is the text the anchor was made on and carries the exact words at the place."""
        start, end = self.span
        fits = 0 <= start < end <= len(text)
        return fits and text[start:end] == self.exact and sha256_text(text) == self.text_sha256


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space at either end, or None when nothing else is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return a sorted, disjoint cover of the spans; touching spans become one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
