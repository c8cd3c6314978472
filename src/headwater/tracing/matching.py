"""The one among many statements that renders a given one: found by words, then judged by words and, in doubt, vectors.

Fast enough for a statement against thousands; decides nothing about who spoke.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from headwater.tracing.material import Piece, Weights
from headwater.tracing.rewording import Cosines, logit

Scores = npt.NDArray[np.float64]

# Shares of a score; chosen on the calibration books of the verses (docs/decisions/0009), like all numbers here.
_WORDS, _PAIRS = 0.7, 0.3
_COSINE = 1.0
_JUDGED = 0.03
_BESIDE = 1.0
# So many of the nearest by words are judged. Where the words alone lead by _CLEAR nothing is encoded.
_SHORT = 20
_CLEAR = 0.15


@dataclass(frozen=True, slots=True)
class Match:
    """The place of the nearest statement among the searched ones, its score, and its lead over the runner-up.

    The lead tells more than the score: two that are equally near are no match but a set phrase.
    """

    place: int
    score: float
    lead: float


class Matcher:
    """Statements made ready to be searched, in the order of their reports; `cosines` encodes what is in doubt."""

    def __init__(self, pieces: Sequence[Piece], weights: Weights, cosines: Cosines | None = None) -> None:
        self._pieces = pieces
        self._weights = weights
        self._cosines = cosines
        self._words = _Index([piece.roots for piece in pieces])
        self._pairs = _Index([list(pairwise(piece.roots)) for piece in pieces])
        rank = np.array([piece.rank for piece in pieces])
        self._goes_on = np.append(rank[1:] == rank[:-1], [False])

    def best(
        self,
        piece: Piece,
        before: Piece | None = None,
        after: Piece | None = None,
        among: Sequence[int] | None = None,
    ) -> Match:
        """Return the nearest statement of all, or of those at the places `among`.

        `before` and `after` stand beside `piece` in its report: what follows upon one another there mostly does so
        here as well. Raises ValueError when there is nothing to search.
        """
        if not self._pieces or (among is not None and not among):
            raise ValueError("there is no statement to search")
        scores = self._by_words(piece)
        if before:
            scores[1:] += _BESIDE * self._by_words(before)[:-1] * self._goes_on[:-1]
        if after:
            scores[:-1] += _BESIDE * self._by_words(after)[1:] * self._goes_on[:-1]
        places = np.arange(len(scores)) if among is None else np.array(among)
        short = places[np.argsort(-scores[places], kind="stable")[:_SHORT]]
        return self._judged(piece, short, scores[short])

    def nearest(self, piece: Piece, count: int) -> list[int]:
        """Return the places of the `count` statements that are nearest by words, the nearest first."""
        return [int(place) for place in np.argsort(-self._by_words(piece), kind="stable")[:count]]

    def _judged(self, piece: Piece, short: npt.NDArray[np.int64], scores: Scores) -> Match:
        doubted = len(short) > 1 and scores[0] - scores[1] < _CLEAR
        cosines: Sequence[float | None] = [None] * len(short)
        if self._cosines and doubted:
            found = self._cosines.of([(piece, self._pieces[i]) for i in short])
            scores, cosines = scores + _COSINE * np.array(found), found
        if doubted:
            judged = [logit(piece, self._pieces[i], self._weights, c) for i, c in zip(short, cosines, strict=True)]
            scores = scores + _JUDGED * np.array(judged)
        ranked = np.argsort(-scores, kind="stable")
        lead = float(scores[ranked[0]] - scores[ranked[1]]) if len(ranked) > 1 else math.inf
        return Match(int(short[ranked[0]]), float(scores[ranked[0]]), lead)

    def _by_words(self, piece: Piece) -> Scores:
        return _WORDS * self._words.shares(piece.roots) + _PAIRS * self._pairs.shares(pairwise(piece.roots))


class _Index:
    """Bags of terms, searched by the cosine of their tf-idf vectors (sublinear tf, smoothed idf)."""

    def __init__(self, bags: Sequence[Iterable[Hashable]]) -> None:
        counts = [Counter(bag) for bag in bags]
        seen = Counter(term for count in counts for term in count)
        self._size = len(counts)
        self._idf = {term: math.log((1 + self._size) / (1 + held)) + 1 for term, held in seen.items()}
        holders: dict[Hashable, list[tuple[int, float]]] = defaultdict(list)
        for place, count in enumerate(counts):
            for term, weight in self._vector(count):
                holders[term].append((place, weight))
        self._holders = {
            term: (np.array([place for place, _ in held]), np.array([weight for _, weight in held]))
            for term, held in holders.items()
        }

    def shares(self, bag: Iterable[Hashable]) -> Scores:
        """Return how near each bag is, from 0 to 1."""
        out = np.zeros(self._size)
        for term, weight in self._vector(Counter(bag)):
            places, weights = self._holders[term]
            out[places] += weight * weights
        return out

    def _vector(self, count: Counter[Hashable]) -> list[tuple[Hashable, float]]:
        """Terms that no bag holds are left out: they weigh the same for all."""
        raw = {term: (1 + math.log(n)) * self._idf[term] for term, n in count.items() if term in self._idf}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return [(term, weight / length) for term, weight in raw.items()]
