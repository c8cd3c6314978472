"""Pages on which all reasons of a record stand, where they are too many to stand with it."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.dossier.viewer import Viewer
from headwater.dossier.views import ReasonView, Ref
from headwater.dossier.whys import Chunk


@dataclass(frozen=True, slots=True)
class ChunkView:
    """Reasons of one record on a page of reasons: what they are of, and which of them these are (from 1)."""

    record: Ref
    anchor: str | None
    heading: str
    reasons: tuple[ReasonView, ...]
    first: int
    total: int


def chunk_view(viewer: Viewer, chunk: Chunk) -> ChunkView:
    """Return one entry of these pages; the first of a record carries the anchor by which the record leads here."""
    book = viewer.book
    name = next((held[chunk.record] for held in (book.claims, book.utterances) if chunk.record in held), None)
    origin = book.origins.get(chunk.record)
    words = name.text if name else origin.name if origin else ""
    home = book.why_home(chunk.record)
    heads = book.long_reasons[book.why_first[chunk.record]] is chunk
    return ChunkView(
        record=viewer.ref(chunk.record, words),
        anchor=home[1] if home and heads else None,
        heading=chunk.heading,
        reasons=tuple(viewer.reason(each) for each in chunk.reasons),
        first=chunk.first + 1,
        total=chunk.total,
    )
