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

from headwater.tracing.material import Piece
from headwater.tracing.rewording import Cosines
from headwater.tracing.rewording_rank import Asked, Frequencies, score

Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

# Shares of the score that makes the short list; chosen on the calibration books of the verses (docs/decisions/0009).
# Each of the short list is judged by `rewording_rank`; what the statements beside it say counts _BESIDE times as
# logarithms of odds (set, not fitted: .997 of the held-out samples are right with it).
_WORDS, _PAIRS = 0.7, 0.3
_SHORT = 40
_BESIDE = 15.0
# Where the words alone lead by so much nothing is encoded: ninety to one, if the fitted odds hold (not measured).
_CLEAR = 4.5


@dataclass(frozen=True, slots=True)
class Match:
    """The place of the nearest statement among the searched ones, its score, and its lead over the runner-up.

    The lead, a logarithm of odds, tells more than the score: two that are equally near are no match but a set phrase.
    """

    place: int
    score: float
    lead: float


class Matcher:
    """Statements made ready to be searched, in the order of their reports; `cosines` encodes what is in doubt."""

    def __init__(self, pieces: Sequence[Piece], cosines: Cosines | None = None) -> None:
        self._pieces = pieces
        self._cosines = cosines
        self._frequencies = Frequencies(pieces)
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
        words, pairs = self._shares(piece)
        beside = np.zeros(len(words))
        if before:
            beside[1:] += self._by_words(before)[:-1] * self._goes_on[:-1]
        if after:
            beside[:-1] += self._by_words(after)[1:] * self._goes_on[:-1]
        found = _WORDS * words + _PAIRS * pairs + beside
        places = np.arange(len(found)) if among is None else np.array(among)
        short = places[np.argsort(-found[places], kind="stable")[:_SHORT]]
        return self._judged(piece, short, self._numbers(piece, short, words, pairs), _BESIDE * beside[short])

    def nearest(self, piece: Piece, count: int) -> list[int]:
        """Return the places of the `count` statements that are nearest by words, the nearest first."""
        return [int(place) for place in np.argsort(-self._by_words(piece), kind="stable")[:count]]

    def short_list(self, piece: Piece) -> tuple[Places, Scores]:
        """Return the places of the nearest by words, and the numbers that `rewording_rank` finds for each."""
        words, pairs = self._shares(piece)
        short = np.argsort(-(_WORDS * words + _PAIRS * pairs), kind="stable")[:_SHORT]
        return short, self._numbers(piece, short, words, pairs)

    def _numbers(self, piece: Piece, short: Places, words: Scores, pairs: Scores) -> Scores:
        asked = Asked(piece, self._frequencies)
        return np.array([asked.numbers(self._pieces[i], float(words[i]), float(pairs[i])) for i in short])

    def _judged(self, piece: Piece, short: Places, numbers: Scores, beside: Scores) -> Match:
        scores = score(numbers) + beside
        match = _first(short, scores)
        if not self._cosines or match.lead >= _CLEAR:
            return match
        cosines = self._cosines.of([(piece, self._pieces[i]) for i in short])
        return _first(short, score(np.column_stack([numbers, cosines])) + beside)

    def _by_words(self, piece: Piece) -> Scores:
        words, pairs = self._shares(piece)
        return _WORDS * words + _PAIRS * pairs

    def _shares(self, piece: Piece) -> tuple[Scores, Scores]:
        return self._words.shares(piece.roots), self._pairs.shares(pairwise(piece.roots))


def _first(short: Places, scores: Scores) -> Match:
    ranked = np.argsort(-scores, kind="stable")
    lead = float(scores[ranked[0]] - scores[ranked[1]]) if len(ranked) > 1 else math.inf
    return Match(int(short[ranked[0]]), float(scores[ranked[0]]), lead)


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
