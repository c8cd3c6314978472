"""Which of a few statements renders a given one: numbers for each of them, to be compared with one another only.

Beside what two statements share, how much likelier the words of the one are said in the other than anywhere (a
language model of each statement, smoothed by all of them; Ponte and Croft 1998).
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
from headwater.tracing.roots import is_light

Numbers = npt.NDArray[np.float64]

# In the order of the coefficients; the cosine comes last where there is one. `there` is how likely the words of the
# asked statement are in the found one, `back` the other way round; `longer` knows no direction.
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
# How much a statement's own words count beside the mere frequency of a word.
_TRUST = 3.0
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

    def __init__(self, piece: Piece, frequencies: Frequencies) -> None:
        self._piece = piece
        self._frequencies = frequencies
        self._roots = frozenset(piece.roots)

    def numbers(self, other: Piece, words: float, pairs: float) -> list[float]:
        """Return the numbers named in `FEATURES`; `words` and `pairs` were found by searching."""
        mine, yours = self._piece, other
        there, roots = self._roots, frozenset(other.roots)
        return [
            words,
            pairs,
            _share(letters(mine.keys), letters(yours.keys)),
            self._likely(mine, yours),
            self._likely(yours, mine),
            _share(there, roots),
            float(len({mine.roots[i] for i in mine.names} - roots)),
            float(len({yours.roots[i] for i in yours.names} - there)),
            abs(math.log((1 + len(mine.roots)) / (1 + len(yours.roots)))),
            float(bool(mine.negations) != bool(yours.negations)),
            float(len(mine.numbers ^ yours.numbers)),
        ]

    def _likely(self, said: Piece, other: Piece) -> float:
        """How much likelier the telling words of one are in the other than anywhere, for each unit of rarity."""
        held = Counter(other.roots)
        telling = [shape for shape in dict.fromkeys(said.roots) if not is_light(shape)]
        share, size = self._frequencies.share, max(1, len(other.roots))
        gained = sum(math.log1p(_TRUST * held[shape] / size / share(shape)) for shape in telling)
        rarity = sum(map(self._frequencies.rarity, telling))
        return gained / rarity if rarity else 0.0


def score(numbers: Numbers) -> Numbers:
    """Return the score of each row of numbers; the differences are logarithms of odds."""
    fitted = WITHOUT_COSINE if numbers.shape[1] == len(FEATURES) else WITH_COSINE
    return np.asarray(numbers @ np.array(fitted))


@lru_cache(maxsize=16384)
def letters(keys: tuple[str, ...]) -> frozenset[str]:
    """Return the neighbouring letters in threes of all words, with where a word begins and ends."""
    return frozenset(
        word[i : i + _LETTERS] for word in (f"^{key}$" for key in keys) for i in range(len(word) - _LETTERS + 1)
    )


def _share(one: frozenset[str], two: frozenset[str]) -> float:
    return len(one & two) / max(1, len(one | two))
