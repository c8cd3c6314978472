"""Unattributed repeats: sentences that a report prints as its own while another report says who said them.

Only near copies, found through wording that the reports share; what merely tells of the same thing is no repeat. The
attribution may have been lost on the way or added later: a repeat says that the words are one, not which came first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from headwater.model import (
    Certainty,
    Form,
    PassageKind,
    Place,
    Reading,
    Report,
    Reuse,
    ReuseKind,
    Span,
    Stance,
    Statement,
    make_id,
)
from headwater.tracing.material import Material, Piece, piece_of
from headwater.tracing.similarity import Likeness, likeness

# A repeat holds this share of the weight of what was attributed, in the same order, and little else. Words standing in
# quotation marks elsewhere are known again by less than a retelling is, whose words both reporters may have chosen.
# Chosen on ten days of unrelated news (986 reports) by reading all 65 repeats that 0.4 gave for both: of quotations 3
# were another sentence, of retellings half; with these, 54 are left, of them 4 doubtful.
CONTAINED, ORDERED = 0.75, 0.7
COMMON_QUOTED, COMMON_RETOLD = 0.4, 0.6
# Shared wording must weigh as much as three rare words and be of some length, or it is a phrase.
LEAST_MASS, LEAST_WORDS = 2.4, 6
_NOT_PROSE = frozenset({PassageKind.FURNITURE, PassageKind.BYLINE, PassageKind.HEADLINE})
_STOPS = ".!?;:, \t\r\n\u00a0"


def find(material: Material, reuse: Sequence[Reuse]) -> dict[int, Reading]:
    """Return the readings of the reports (by rank) that repeat what another one attributes, with their repeats.

    Each repeat is a statement without a source that names in `repeats` the statement whose words it has.
    """
    finder = _Finder(material)
    found: dict[tuple[int, Span], tuple[float, Piece, Piece]] = {}
    for item in reuse:
        if item.kind is not ReuseKind.BOILERPLATE:
            for here, there in ((item.a, item.b), (item.b, item.a)):
                for score, said, own in finder.pairs(here, there):
                    key = own.rank, own.span
                    if key not in found or (score, -said.order) > (found[key][0], -found[key][1].order):
                        found[key] = score, said, own
    further: dict[int, list[Statement]] = defaultdict(list)
    for (rank, _), (_, said, own) in sorted(found.items()):
        further[rank].append(_statement(material, said, own))
    return {rank: _with(material.readings[rank], repeats) for rank, repeats in further.items()}


def _with(reading: Reading, repeats: Sequence[Statement]) -> Reading:
    statements = sorted([*reading.statements, *repeats], key=lambda each: each.content[0].start)
    return replace(reading, statements=tuple(statements))


class _Finder:
    """Looks up statements and free sentences by place."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._ranks = {report.id: rank for rank, report in enumerate(material.reports)}
        self._said: dict[int, list[Piece]] = defaultdict(list)
        for piece in material.pieces:
            self._said[piece.rank].append(piece)
        self._free: dict[int, list[Span]] = {}
        self._ready: dict[tuple[int, Span], Piece | None] = {}
        self._own: dict[tuple[int, int], bool] = {}

    def pairs(self, here: Place, there: Place) -> Iterator[tuple[float, Piece, Piece]]:
        """Yield (likeness, statement at `here`, free sentence at `there`) where the second repeats the first."""
        rank, other = self._ranks[here.report], self._ranks[there.report]
        said = [piece for piece in self._said[rank] if _repeatable(piece) and piece.span.overlaps(here.span)]
        for piece in said:
            for own in self._sentences(other, there.span):
                found = likeness(piece, own, self._material.weights)
                if _repeats(found, piece, own) and not self._says_who(piece, other):
                    yield found.score, piece, own

    def _sentences(self, rank: int, span: Span) -> Iterator[Piece]:
        """The sentences of a report that touch `span` and in which nothing is attributed, made ready when first met."""
        if rank not in self._free:
            self._free[rank] = self._free_sentences(rank)
        for sentence in self._free[rank]:
            if sentence.overlaps(span):
                if (rank, sentence) not in self._ready:
                    self._ready[rank, sentence] = self._piece(rank, sentence)
                if piece := self._ready[rank, sentence]:
                    yield piece

    def _free_sentences(self, rank: int) -> list[Span]:
        report = self._material.reports[rank]
        taken = [span for piece in self._said[rank] for span in piece.statement.content]
        taken += [passage.span for passage in report.passages if passage.kind in _NOT_PROSE]
        return [one for one in self._material.sentences[rank] if not any(one.overlaps(span) for span in taken)]

    def _piece(self, rank: int, sentence: Span) -> Piece | None:
        report = self._material.reports[rank]
        statement = _unsaid(report, sentence)
        return piece_of(statement, report, self._material.folded[rank], rank, None) if statement else None

    def _says_who(self, said: Piece, rank: int) -> bool:
        """True when the other report attributes these words as well, elsewhere in its text."""
        key = said.order, rank
        if key not in self._own:
            weights = self._material.weights
            self._own[key] = any(
                own.mention and _repeats(likeness(said, own, weights), said, own) for own in self._said[rank]
            )
        return self._own[key]


def _repeatable(piece: Piece) -> bool:
    return piece.mention is not None and piece.statement.stance is Stance.ASSERTS


def _repeats(found: Likeness, said: Piece, own: Piece) -> bool:
    if found.against is not None or found.mass < LEAST_MASS or min(len(said.roots), len(own.roots)) < LEAST_WORDS:
        return False
    common = COMMON_RETOLD if said.statement.form is Form.INDIRECT else COMMON_QUOTED
    # Of the lighter of the two; the words that both have must be much of the longer one as well.
    return found.contained >= CONTAINED and found.ordered >= ORDERED and found.common >= common


def _unsaid(report: Report, sentence: Span) -> Statement | None:
    """A sentence of the report as a statement that nobody is named for, without its full stop."""
    text = sentence.of(report.text).rstrip(_STOPS)
    if not text:
        return None
    span = Span(sentence.start, sentence.start + len(text))
    passages = report.passages
    at = bisect_right([passage.span.start for passage in passages], span.start) - 1
    return Statement(
        id=make_id("statement", report.id, "repeat", *span),
        report=report.id,
        content=(span,),
        text=text,
        form=Form.INDIRECT,
        source=None,
        source_span=None,
        cue=None,
        told_to=None,
        certainty=Certainty.UNCLEAR,
        stance=Stance.ASSERTS,
        passage=passages[at].kind if passages else PassageKind.BODY,
    )


def _statement(material: Material, said: Piece, own: Piece) -> Statement:
    who = said.mention.text if said.mention else ""
    carrier = material.reports[said.rank].info.name
    why = f"No attribution was found for these words here; {carrier} attributes nearly the same words to “{who}”."
    return replace(own.statement, repeats=said.statement.id, reasons=(why,))
