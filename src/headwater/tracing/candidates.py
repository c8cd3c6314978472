"""Which pairs of statements are worth comparing: an inverted index over rare words, never all with all.

Exact by construction: a pair whose lighter statement shares at least `share` of its weight must share one of that
statement's rarest words, namely those that make up more than 1 - share of its weight (prefix filtering). Only words
that more than `crowd` distinct statements carry are linked as a star instead of pairwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from headwater.tracing.material import Piece, Weights
from headwater.tracing.similarity import heft

# A word in more statements than this no longer chooses candidates by itself: with 25 statements a report it is a
# word of the topic, and its pairs are found by the rarer words beside it. Cases up to ten reports never reach it.
CROWD = 250
# Statements linked to each other over a crowded word: the earliest few stand for all.
STAR = 6


def candidates(
    pieces: Sequence[Piece], weights: Weights, *, share: float, crowd: int = CROWD
) -> Iterator[tuple[int, int]]:
    """Yield pairs of indexes into `pieces` (smaller first, each once) that may share `share` of their weight."""
    prefixes = [_prefix(piece, weights, share) for piece in pieces]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, piece in enumerate(pieces):
        for shape in set(piece.roots):
            holders[shape].append(index)
    for index, prefix in enumerate(prefixes):
        found: set[int] = set()
        for shape in prefix:
            posting = holders[shape]
            found.update(posting if len(posting) <= crowd else posting[:STAR])
        found.discard(index)
        for other in sorted(found):
            if other > index or not _shares(prefixes[other], pieces[index], holders, crowd, index):
                yield (index, other) if index < other else (other, index)


def _shares(prefix: Sequence[str], piece: Piece, holders: dict[str, list[int]], crowd: int, index: int) -> bool:
    """True when the other statement's own prefix already finds this one, so that the pair comes once."""
    roots = set(piece.roots)
    return any(shape in roots and (len(holders[shape]) <= crowd or index in holders[shape][:STAR]) for shape in prefix)


def _prefix(piece: Piece, weights: Weights, share: float) -> list[str]:
    """The rarest roots of a statement that together weigh more than 1 - share of it."""
    counts = Counter(piece.roots)
    ranked = sorted(counts, key=lambda shape: (-weights.of(shape), shape))
    room = (1 - share) * heft(piece, weights)
    out: list[str] = []
    for shape in ranked:
        out.append(shape)
        room -= weights.of(shape) * counts[shape]
        if room < 0:
            break
    return out
