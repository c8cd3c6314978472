"""One quotation, cut where another report prints two sentences: "..., then they called his father" is a statement too.

Outlets punctuate the same speech differently. Left whole, such a sentence would hold two acts of speech, or tie them
into one. Only what another report prints word for word shows where to cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from headwater.model import Figure, Form, Reading, Span, Statement, make_id
from headwater.tracing.material import Material, Piece
from headwater.tracing.roots import is_light

# Each part has at least so many words, or it is a phrase ("I saw").
LEAST_WORDS = 4
# The first part stands word for word in the other report, the second one in so many of its words.
AGREE = 0.8
# So many small words may join the parts ("and then").
JOINING = 2
_LOOSE = " \t\r\n\u00a0,;:.–—-…(["


class _Cut(NamedTuple):
    """A quotation cut before its word `at`, as the report of `shown` prints it."""

    at: int
    shown: Piece


def find(material: Material) -> dict[int, Reading]:
    """Return the readings of the reports (by rank) in which a quotation is parted; writes nothing."""
    whole: dict[tuple[str, ...], list[Piece]] = defaultdict(list)
    for piece in material.pieces:
        if _quoted(piece) and len(piece.keys) >= LEAST_WORDS:
            whole[piece.keys].append(piece)
    parts: dict[int, dict[str, tuple[Statement, Statement]]] = defaultdict(dict)
    for piece in material.pieces:
        cut = _cut(material, piece, whole)
        if cut:
            parts[piece.rank][piece.statement.id] = _parted(material, piece, cut)
    return {rank: _with(material.readings[rank], found) for rank, found in parts.items()}


def _quoted(piece: Piece) -> bool:
    return piece.statement.form is not Form.INDIRECT


def _cut(material: Material, piece: Piece, whole: Mapping[tuple[str, ...], Sequence[Piece]]) -> _Cut | None:
    """Where a quotation is to be cut, or None; the first place that another report shows."""
    if not _quoted(piece) or len(piece.statement.content) > 1 or len(piece.keys) < 2 * LEAST_WORDS:
        return None
    for at in range(LEAST_WORDS, len(piece.keys) - LEAST_WORDS + 1):
        for first in whole.get(piece.keys[:at], ()):
            second = _next(material, first)
            if first.rank != piece.rank and second and _agree(second.keys, piece.keys[at:]):
                return _Cut(at, first)
    return None


def _next(material: Material, piece: Piece) -> Piece | None:
    """The quoted sentence that follows a statement in its report, of the same source; it begins with a capital."""
    at = piece.order + 1
    after = material.pieces[at] if at < len(material.pieces) else None
    if after is None or after.rank != piece.rank or after.statement.source != piece.statement.source:
        return None
    return after if _quoted(after) and not after.statement.text[:1].islower() else None


def _agree(printed: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    joined = next((n for n, key in enumerate(rest) if n == JOINING or not is_light(key)), 0)
    return any(
        LCSseq.similarity(printed, rest[skip:]) >= AGREE * max(len(printed), len(rest) - skip)
        for skip in range(joined + 1)
    )


def _parted(material: Material, piece: Piece, cut: _Cut) -> tuple[Statement, Statement]:
    """The two statements that one is; the words between them that belong to neither stay outside."""
    said, report = piece.statement, material.reports[piece.rank]
    span = said.content[0]
    words = list(material.folded[piece.rank].within(span))
    start = material.folded[piece.rank].starts[words[cut.at]]
    end = span.start + len(report.text[span.start : start].rstrip(_LOOSE))
    why = f"Parted where {material.reports[cut.shown.rank].info.name} prints two sentences."
    quotation = said.quotation or make_id("quotation", said.id)

    def part(stretch: Span) -> Statement:
        return replace(
            said,
            id=make_id("statement", report.id, "part", *stretch),
            content=(stretch,),
            text=stretch.of(report.text),
            quotation=quotation,
            reasons=(*said.reasons, why),
        )

    return part(Span(span.start, end)), part(Span(start, span.end))


def _with(reading: Reading, parts: Mapping[str, tuple[Statement, Statement]]) -> Reading:
    """The reading with the parts in the place of what was parted, and what pointed there pointing to its part."""
    return replace(
        reading,
        statements=tuple(_statements(reading, parts)),
        figures=tuple(_moved(figure, parts) for figure in reading.figures),
    )


def _statements(reading: Reading, parts: Mapping[str, tuple[Statement, Statement]]) -> Iterator[Statement]:
    for each in reading.statements:
        if each.id in parts:
            yield from parts[each.id]
        elif each.inside and each.inside in parts:
            yield replace(each, inside=_holder(each.content[0], parts[each.inside]))
        else:
            yield each


def _moved(figure: Figure, parts: Mapping[str, tuple[Statement, Statement]]) -> Figure:
    if figure.statement is None or figure.statement not in parts:
        return figure
    return replace(figure, statement=_holder(figure.span, parts[figure.statement]))


def _holder(span: Span, parts: tuple[Statement, Statement]) -> str:
    """The part that a stretch of the parted statement stands in."""
    first, second = parts
    return second.id if span.start >= second.content[0].start else first.id
