"""When something was said, where a report says that it was long before: "In March, the ministry had denied".

Looks only at dates beside the attributing words. What somebody said then is another occasion than what is news now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from headwater.model import Place, Span
from headwater.tracing.material import Material, Piece
from headwater.tracing.utterances import Group

# What was said within so many days may be what the report is about.
RECENT = timedelta(days=14)
# "In March, " before the sentence goes on; "said in March that".
_OPENING, _BESIDE = 6, 14


def long_ago(material: Material, groups: Sequence[Group]) -> dict[int, tuple[str, Place]]:
    """Return for each statement (by its order) the month it was said in and the words that say so.

    Only statements said well before their report was published are in it, with all renderings of their utterance.
    """
    out: dict[int, tuple[str, Place]] = {}
    for group in groups:
        found = (_said_in(material, material.pieces[i]) for i in group.members)
        first = next((each for each in found if each), None)
        if first:
            out.update(dict.fromkeys(group.members, first))
    return out


def _said_in(material: Material, piece: Piece) -> tuple[str, Place] | None:
    day = _day(material.reports[piece.rank].info.day)
    if day is None or piece.statement.cue is None:
        return None
    sentence = _sentence(material.sentences[piece.rank], piece.statement.cue)
    for found in material.readings[piece.rank].dates if sentence else ():
        latest = _day(found.latest)
        past = found.earliest and latest and latest < day - RECENT
        if past and found.earliest and sentence and _beside(material, piece, sentence, found.span):
            return found.earliest[: len("2000-01")], Place(piece.statement.report, found.span)
    return None


def _sentence(sentences: Sequence[Span], cue: Span) -> Span | None:
    """The sentence that holds the attributing words whole; sentences are in order and apart."""
    at = bisect_right(sentences, cue.start, key=lambda each: each.start) - 1
    return sentences[at] if at >= 0 and sentences[at].contains(cue) else None


def _beside(material: Material, piece: Piece, sentence: Span, span: Span) -> bool:
    """True when the date opens the sentence of the attributing words, or stands right beside these."""
    cue = piece.statement.cue
    if cue is None or not sentence.contains(span) or span.overlaps(cue):
        return False
    said = [each for each in piece.statement.content if each.overlaps(span)]
    if span.start - sentence.start <= _OPENING:
        return not said
    between = material.reports[piece.rank].text[min(span.end, cue.end) : max(span.start, cue.start)]
    # "when she took office last year, said": a comma between them, and the date is that of something else.
    beside = len(between) <= _BESIDE and "," not in between
    return beside and all(span.start - each.start <= _OPENING for each in said)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
