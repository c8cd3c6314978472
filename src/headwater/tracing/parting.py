"""One quotation, cut where another report prints two sentences: "..., then the mill was shut" is a statement too.

Outlets punctuate the same speech differently. Left whole, such a sentence would hold two acts of speech, or tie them
into one. Only what another report prints word for word shows where to cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from headwater.model import Figure, Form, Reading, Span, Statement, make_id
from headwater.tracing.material import Material, Piece, with_readings
from headwater.tracing.roots import is_light

# Each part has at least so many words, or it is a phrase ("I saw").
LEAST_WORDS = 3
# One part stands word for word in the other report, the other one in so many of its words.
AGREE = 0.8
# So many small words may join the parts ("and then").
JOINING = 2
_ROUNDS = 4
_LOOSE = " \t\r\n\u00a0,;:.–—-…(["


class _Cut(NamedTuple):
    """A quotation cut before its word `at`, as the report of `shown` prints it."""

    at: int
    shown: Piece


def parted(material: Material) -> Material:
    """Return the material with every quotation parted that another report shows to be two sentences.

    What is parted shows in turn where others are to be cut; after a few rounds nothing is left. Writes nothing.
    """
    made: set[str] = set()
    for _ in range(_ROUNDS):
        changed = _found(material, made)
        if not changed:
            break
        material = with_readings(material, changed)
    return material


def _found(material: Material, made: set[str]) -> dict[int, Reading]:
    """The readings of the reports (by rank) in which a quotation is to be parted; their parts are added to `made`."""
    whole: dict[tuple[str, ...], list[Piece]] = defaultdict(list)
    for piece in material.pieces:
        if _quoted(piece) and len(piece.keys) >= LEAST_WORDS:
            whole[piece.keys].append(piece)
    parts: dict[int, dict[str, tuple[Statement, Statement]]] = defaultdict(dict)
    for piece in material.pieces:
        cut = _cut(material, piece, whole, made)
        if cut:
            parts[piece.rank][piece.statement.id] = _parts(material, piece, cut)
    made.update(part.id for found in parts.values() for both in found.values() for part in both)
    return {rank: _with(material.readings[rank], found) for rank, found in parts.items()}


def _quoted(piece: Piece) -> bool:
    return piece.statement.form is not Form.INDIRECT


def _cut(
    material: Material, piece: Piece, whole: Mapping[tuple[str, ...], Sequence[Piece]], made: Container[str]
) -> _Cut | None:
    """Where a quotation is to be cut, or None; the first place that another report shows."""
    keys = piece.keys
    if not _quoted(piece) or len(piece.statement.content) > 1 or len(piece.keys) < 2 * LEAST_WORDS:
        return None
    for at in range(LEAST_WORDS, len(keys) - LEAST_WORDS + 1):
        if not (_says(keys[:at]) and _says(keys[at:])):
            continue
        for first in whole.get(keys[:at], ()):
            second = _neighbour(material, first, 1)
            if first.rank != piece.rank and second and _agree(second.keys, keys[at:]) and _opens(second, made):
                return _Cut(at, first)
        for second in whole.get(keys[at:], ()):
            before = _neighbour(material, second, -1)
            if second.rank != piece.rank and before and _alike(before.keys, keys[:at]) and _opens(second, made):
                return _Cut(at, second)
    return None


def _says(keys: tuple[str, ...]) -> bool:
    """True when words can be a sentence of their own: four of them, or a telling one ("they burn barns")."""
    return len(keys) > LEAST_WORDS or not all(map(is_light, keys))


def _neighbour(material: Material, piece: Piece, step: int) -> Piece | None:
    """The quoted sentence beside a statement in its report, of the same source."""
    at = piece.order + step
    beside = material.pieces[at] if 0 <= at < len(material.pieces) else None
    if beside is None or beside.rank != piece.rank or beside.statement.source != piece.statement.source:
        return None
    return beside if _quoted(beside) else None


def _opens(piece: Piece, made: Container[str]) -> bool:
    """True when a statement begins a sentence: a quotation that is only interrupted goes on in small letters."""
    return not piece.statement.text[:1].islower() or piece.statement.id in made


def _agree(printed: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    """True when the rest of a quotation is the printed sentence, but for words that join it to what is before."""
    joined = next((n for n, key in enumerate(rest) if n == JOINING or not is_light(key)), 0)
    return any(_alike(printed, rest[skip:]) for skip in range(joined + 1))


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return LCSseq.similarity(a, b) >= AGREE * max(len(a), len(b))


def _parts(material: Material, piece: Piece, cut: _Cut) -> tuple[Statement, Statement]:
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
