"""Which pairs of statements are worth comparing: an inverted index over rare words, never all with all.

Exact by construction: a pair whose lighter statement shares at least `share` of its weight must share a few of that
statement's rarest words, so many that the others cannot make up for them (prefix filtering). Only words that more
than `crowd` statements carry are linked as a star instead of pairwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from headwater.tracing.material import Piece, Weights

# A word in more statements than this no longer chooses candidates by itself: it is a word of the topic, and its pairs
# are found by the rarer words beside it. Cases up to ten reports (some 25 statements each) never reach it.
CROWD = 400
# Statements linked to each other over a crowded word: the earliest few stand for all.
STAR = 6
# Shared rare words asked for where a statement has enough of them: two leave a tenth of the pairs that one leaves.
_NEEDED = (2, 1)
# Sums of weights are compared with this much slack.
_ROUNDING = 1e-9


def candidates(
    pieces: Sequence[Piece], weights: Weights, *, share: float, crowd: int = CROWD
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of indexes (smaller first, each once) of which the lighter shares `share` of its weight."""
    loads = [_loads(piece, weights) for piece in pieces]
    hefts = [sum(load.values()) for load in loads]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, load in enumerate(loads):
        for shape in load:
            holders[shape].append(index)
    for index, load in enumerate(loads):
        prefix, needed = _prefix(load, share)
        met: Counter[int] = Counter()
        for shape in prefix:
            posting = holders[shape]
            met.update(posting if len(posting) <= crowd else posting[:STAR])
        mine = (hefts[index], index)
        least = share * hefts[index] - _ROUNDING
        # A statement's own prefix finds whatever it may lie in: only heavier partners are looked for here.
        found = [other for other, count in met.items() if count >= needed and (hefts[other], other) > mine]
        for other in sorted(found):
            theirs = loads[other]
            if sum(weight for shape, weight in load.items() if shape in theirs) >= least:
                yield (index, other) if index < other else (other, index)


def _loads(piece: Piece, weights: Weights) -> dict[str, float]:
    """What each root of a statement weighs in it: its weight as often as it stands there, rarest first."""
    counts = weights.bag(piece.roots)
    ranked = sorted(counts, key=lambda shape: (-weights.of(shape), shape))
    return {shape: weights.of(shape) * counts[shape] for shape in ranked}


def _prefix(load: dict[str, float], share: float) -> tuple[list[str], int]:
    """The rarest roots of a statement, and how many of them any partner must have at least.

    With the heaviest `needed - 1` of them taken off they still weigh more than 1 - `share` of the statement: a
    partner with fewer of them cannot reach `share` with all the rest.
    """
    ranked, heaviest = list(load), sorted(load.values(), reverse=True)
    for needed in _NEEDED:
        room = (1 - share) * sum(heaviest) + sum(heaviest[: needed - 1])
        for size, shape in enumerate(ranked, start=1):
            room -= load[shape]
            if room < -_ROUNDING:
                return ranked[:size], needed
    return ranked, 1
