"""Seeds: short runs of tokens that two texts both have, for many pairs of texts at once; and chains of them.

Seeds on near diagonals with little between them make a chain. A pair can have several, so that moved paragraphs and
passages taken one by one all survive.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from headwater.engine.shingles import shingles
from headwater.engine.tokens import SALT, Ints, Longs
from headwater.engine.weights import Weights

SEED = 3
# Seeds on diagonals no further apart than DRIFT, with at most GAP tokens between them, make a chain.
DRIFT = 12
GAP = 80
# Chains that follow each other in both texts, the one gap at most JUMP longer than the other, are looked at together;
# they may overlap by SLACK.
JUMP = 60
SLACK = 12
# A seed that stands in the second text more often points nowhere in it.
OFTEN = 8
# A chain that weighs less is not looked at: a seed of rare tokens weighs 48. At 24 a third more windows are looked
# at, for .005 more of translations and nothing else.
LEAST_CHAIN = 40
# Seeds are met by the last bits of their hashes first; the few that pass are compared whole.
_SIEVE = np.uint64((1 << 22) - 1)


class Pair(NamedTuple):
    """The token keys of two texts."""

    a: Ints
    b: Ints


class Window(NamedTuple):
    """Tokens a_start to a_end of the first text beside b_start to b_end of the second, in which a chain lies."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


class _Side(NamedTuple):
    """The seeds of one side of many pairs: hash (with the pair in it), number of the pair, place in its text."""

    key: npt.NDArray[np.uint64]
    pair: Longs
    place: Longs

    def at(self, chosen: Longs) -> _Side:
        return _Side(self.key[chosen], self.pair[chosen], self.place[chosen])


def windows(pairs: Sequence[Pair], weights: Weights) -> list[list[Window]]:
    """Return for each pair the windows in which its chains lie, in the order of the first text."""
    out: list[list[Window]] = [[] for _ in pairs]
    a, b, weight = _seeds(pairs, weights)
    if not len(a.pair):
        return out
    order = np.lexsort((b.place - a.place, a.pair))
    band = np.empty(len(order), np.int64)
    band[order] = _numbered(a.pair[order], (b.place - a.place)[order], DRIFT)
    order = np.lexsort((a.place, band))
    chain = _numbered(band[order], a.place[order], GAP)
    heads = np.flatnonzero(np.diff(chain, prepend=0))
    edges = [
        np.minimum.reduceat(a.place[order], heads),
        np.maximum.reduceat(a.place[order], heads) + SEED,
        np.minimum.reduceat(b.place[order], heads),
        np.maximum.reduceat(b.place[order], heads) + SEED,
    ]
    rows = np.stack((a.pair[order][heads], *edges, np.add.reduceat(weight[order], heads)), axis=1)
    rows = rows[np.lexsort((rows[:, 3], rows[:, 1], rows[:, 0]))]
    begins = np.searchsorted(rows[:, 0], np.arange(len(pairs) + 1))
    for number in np.unique(rows[:, 0]).tolist():
        out[number] = _following(rows[begins[number] : begins[number + 1], 1:].tolist())
    return out


def _following(chains: list[list[int]]) -> list[Window]:
    """Join chains that follow each other in both texts; leave out what weighs too little."""
    joined: list[list[int]] = []
    open_: list[list[int]] = []
    for chain in chains:
        open_ = [other for other in open_ if chain[0] - other[1] <= GAP]
        home = next((other for other in reversed(open_) if _follows(chain, other)), None)
        if home is None:
            joined.append(chain)
            open_.append(chain)
        else:
            home[1], home[3] = max(home[1], chain[1]), max(home[3], chain[3])
            home[2] = min(home[2], chain[2])
            home[4] += chain[4]
    return [Window(*chain[:4]) for chain in joined if chain[4] >= LEAST_CHAIN]


def _follows(chain: list[int], other: list[int]) -> bool:
    ahead_a, ahead_b = chain[0] - other[1], chain[2] - other[3]
    return ahead_a >= -SLACK and -SLACK <= ahead_b <= GAP and abs(ahead_a - ahead_b) <= JUMP


def _numbered(group: Longs, value: Longs, most: int) -> Longs:
    """Number from 1 the runs of sorted (group, value) in which neighbours are of one group and at most `most` apart."""
    new = np.ones(len(group), bool)
    new[1:] = (group[1:] != group[:-1]) | (value[1:] - value[:-1] > most)
    return np.cumsum(new)


def _seeds(pairs: Sequence[Pair], weights: Weights) -> tuple[_Side, _Side, Longs]:
    """Return every seed that both texts of a pair have, side by side, and what each weighs."""
    a_words = np.concatenate([pair.a for pair in pairs])
    a = _side(a_words, np.fromiter((len(pair.a) for pair in pairs), np.int64, len(pairs)))
    b = _side(
        np.concatenate([pair.b for pair in pairs]), np.fromiter((len(pair.b) for pair in pairs), np.int64, len(pairs))
    )
    a = a.at(_met(a.key, b.key))
    b = b.at(_met(b.key, a.key))
    order = np.argsort(b.key, kind="stable")
    ranked = b.key[order]
    left = np.searchsorted(ranked, a.key, "left")
    count = np.searchsorted(ranked, a.key, "right") - left
    count[count > OFTEN] = 0
    mine = np.repeat(np.arange(len(a.key)), count)
    step = np.arange(len(mine)) - np.repeat(np.cumsum(count) - count, count)
    a, b = a.at(mine), b.at(order[np.repeat(left, count) + step])
    begins = np.cumsum([0, *(len(pair.a) for pair in pairs)])
    first = begins[a.pair] + a.place
    each = weights.of(a_words)
    weight = sum((each[first + step] for step in range(SEED)), np.zeros(len(first), np.int64))
    return a, b, weight


def _side(words: Ints, lengths: Longs) -> _Side:
    pair = np.repeat(np.arange(len(lengths)), lengths)
    begins = np.cumsum(lengths) - lengths
    keys = shingles(words.astype(np.int64), SEED)
    count = len(keys)
    inside = np.flatnonzero(pair[:count] == pair[SEED - 1 :][:count])
    owner = pair[:count][inside]
    return _Side(keys[inside] ^ (owner.astype(np.uint64) * SALT), owner, inside - begins[owner])


def _met(mine: npt.NDArray[np.uint64], theirs: npt.NDArray[np.uint64]) -> Longs:
    """Return the places in `mine` whose last bits stand among those of `theirs`."""
    seen = np.zeros(int(_SIEVE) + 1, bool)
    seen[(theirs & _SIEVE).view(np.int64)] = True
    return np.flatnonzero(seen[(mine & _SIEVE).view(np.int64)])
