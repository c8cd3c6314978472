"""Which of a few statements renders a given one: numbers for each of them, to be compared with one another only.

Beside what two statements share, how likely the words of the one are as a rendering of the other's (model 1 of Brown
and others 1993, taken for finding texts by Berger and Lafferty 1999), with the words that render one another learned.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from headwater.tracing.material import Piece
from headwater.tracing.rewording_rank_fit import WITH_COSINE, WITHOUT_COSINE
from headwater.tracing.rewording_words import KEPT, Lexicon
from headwater.tracing.roots import is_light

Numbers = npt.NDArray[np.float64]

# In the order of the coefficients; the cosine comes last where there is one. `there` is how likely the words of the
# asked statement are as a rendering of the found one, `back` the other way round; `longer` knows no direction.
FEATURES = (
    "words",
    "pairs",
    "letters",
    "there",
    "back",
    "common",
    "names missing",
    "names extra",
    "longer",
    "denial differs",
    "numbers differ",
)
# How much the renderings count beside the mere frequency of a word.
_TRUST = 4.0
_LETTERS = 3


class Frequencies:
    """How often each root is said among the searched statements."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._seen = Counter(shape for piece in pieces for shape in set(piece.roots))
        self._pieces = len(pieces)
        self._words = sum(self._seen.values())

    def share(self, shape: str) -> float:
        """Return the share of all words, never 0."""
        return (1 + self._seen[shape]) / (1 + self._words)

    def rarity(self, shape: str) -> float:
        """Return how much a root tells, from 0 upwards."""
        return math.log((2 + self._pieces) / (1 + self._seen[shape]))


class Asked:
    """One statement made ready to be compared with several."""

    def __init__(self, piece: Piece, frequencies: Frequencies, lexicon: Lexicon) -> None:
        self._piece = piece
        self._frequencies = frequencies
        self._roots = frozenset(piece.roots)
        self._telling = _telling(piece.roots)
        self._from: dict[str, list[tuple[str, float]]] = {}
        for word in self._telling:
            self._from.setdefault(word, []).append((word, KEPT))
            for other, chance in lexicon.of.get(word, {}).items():
                self._from.setdefault(other, []).append((word, chance))
        self._into: dict[str, float] = {}
        for word in piece.roots:
            self._into[word] = self._into.get(word, 0.0) + KEPT
            for other, chance in lexicon.into.get(word, {}).items():
                self._into[other] = self._into.get(other, 0.0) + chance

    def numbers(self, other: Piece, words: float, pairs: float) -> list[float]:
        """Return the numbers named in `FEATURES`; `words` and `pairs` were found by searching."""
        mine, yours = self._piece, other
        there, roots = self._roots, frozenset(other.roots)
        return [
            words,
            pairs,
            _share(letters(mine.keys), letters(yours.keys)),
            self._there(other),
            self._back(other),
            _share(there, roots),
            float(len({mine.roots[i] for i in mine.names} - roots)),
            float(len({yours.roots[i] for i in yours.names} - there)),
            abs(math.log((1 + len(mine.roots)) / (1 + len(yours.roots)))),
            float(bool(mine.negations) != bool(yours.negations)),
            float(len(mine.numbers ^ yours.numbers)),
        ]

    def _there(self, other: Piece) -> float:
        chances = dict.fromkeys(self._telling, 0.0)
        for shape in other.roots:
            for word, chance in self._from.get(shape, ()):
                chances[word] += chance
        return self._likely(chances, len(other.roots))

    def _back(self, other: Piece) -> float:
        return self._likely({word: self._into.get(word, 0.0) for word in _telling(other.roots)}, len(self._piece.roots))

    def _likely(self, chances: dict[str, float], size: int) -> float:
        """How much likelier the words are as a rendering than as any words, for each unit of rarity."""
        gained = sum(math.log1p(_TRUST * found / size / self._frequencies.share(w)) for w, found in chances.items())
        rarity = sum(map(self._frequencies.rarity, chances))
        return gained / rarity if rarity else 0.0


def score(numbers: Numbers) -> Numbers:
    """Return the score of each row of numbers; the differences are logarithms of odds."""
    fitted = WITHOUT_COSINE if numbers.shape[1] == len(FEATURES) else WITH_COSINE
    return np.asarray(numbers @ np.array(fitted))


def _telling(roots: Sequence[str]) -> list[str]:
    return [shape for shape in dict.fromkeys(roots) if not is_light(shape)]


@lru_cache(maxsize=16384)
def letters(keys: tuple[str, ...]) -> frozenset[str]:
    """Return the neighbouring letters in threes of all words, with where a word begins and ends."""
    return frozenset(
        word[i : i + _LETTERS] for word in (f"^{key}$" for key in keys) for i in range(len(word) - _LETTERS + 1)
    )


def _share(one: frozenset[str], two: frozenset[str]) -> float:
    return len(one & two) / max(1, len(one | two))
