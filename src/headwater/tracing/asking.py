"""What in a case says most nearly what somebody asks for in words of their own: an offer, never an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from headwater.model import Certainty, Form, PassageKind, Span, Stance, Statement, plain_report
from headwater.tracing.matching import Matcher
from headwater.tracing.material import Piece, fold_text, piece_of
from headwater.tracing.rewording import Cosines, Encode

# An offer shares most of the words asked for, or means nearly the same; anything less would only mislead. Set by trying
# questions on the bundled case: what is on the topic only stays below.
LEAST_SHARE = 0.6
NEAR = 0.55


def nearest(statements: Sequence[Statement], asked: str, encode: Encode | None = None) -> Statement | None:
    """Return the statement that says most nearly what `asked` says, or None when none is near.

    `statements` in the order of their reports; `encode` turns texts into vectors of length 1. Writes nothing.
    """
    pieces = [_alone(statement, rank) for rank, statement in enumerate(statements)]
    wanted = _alone(_unsaid(asked), len(pieces))
    if not pieces or not wanted.roots:
        return None
    cosines = Cosines(encode) if encode else None
    found = pieces[Matcher(pieces, cosines).best(wanted).place]
    roots = set(wanted.roots)
    if len(roots & set(found.roots)) >= LEAST_SHARE * len(roots):
        return statements[found.rank]
    return statements[found.rank] if cosines and cosines.of([(wanted, found)])[0] >= NEAR else None


def _alone(statement: Statement, rank: int) -> Piece:
    """A statement made ready by its own words, without its report."""
    by_itself = replace(statement, content=(Span(0, len(statement.text)),))
    return piece_of(by_itself, plain_report(statement.text), fold_text(statement.text), rank, None)


def _unsaid(words: str) -> Statement:
    return Statement(
        id="asked",
        report="asked",
        content=(),
        text=words,
        form=Form.DIRECT,
        source=None,
        source_span=None,
        cue=None,
        told_to=None,
        certainty=Certainty.UNCLEAR,
        stance=Stance.ASSERTS,
        passage=PassageKind.BODY,
    )
