"""How sure the words make us that two statements render one act of speech: reworded, translated, trimmed, told again.

A logistic model over a few numbers that each can be explained. Evidence about wording only: who said it is `names`,
what follows from both is `joining`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from headwater.tracing.material import Piece, Weights
from headwater.tracing.rewording_fit import WITH_COSINE, WITHOUT_COSINE
from headwater.tracing.roots import is_light
from headwater.tracing.similarity import Likeness, likeness

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]

# In the order of the coefficients. `near` also counts words spelled alike, `missing` and `extra` are the weights of
# what the lighter and the heavier statement have alone, `pairs` is the share of its neighbouring words that return.
FEATURES = (
    "contained",
    "common",
    "ordered",
    "near",
    "missing",
    "extra",
    "mass",
    "pairs",
    "names missing",
    "against",
)
# Spelled alike: this share of the letters, in words that are not too short to be alike by chance ("begat", "begot").
_ALIKE = 0.6
_LEAST_LETTERS = 4
_SAME_ENDS = 2  # letters that must agree at the beginning or at the end


def probability(
    a: Piece, b: Piece, weights: Weights, cosine: float | None = None, found: Likeness | None = None
) -> float:
    """Return how sure it is, from 0 to 1, that two statements say the same thing in one act of speech.

    `cosine` is the product of their sentence vectors, from -1 to 1; without it a model that was fitted without it
    judges. `found` is their likeness when it has been measured before. The number is calibrated for pairs of the same
    passage of text, as statements of one event are (docs/decisions/0009); among random pairs it says too much. What
    speaks against (`found.against`) only makes it smaller: who joins on it must look at that as well.
    """
    return 1 / (1 + math.exp(-logit(a, b, weights, cosine, found)))


def logit(a: Piece, b: Piece, weights: Weights, cosine: float | None = None, found: Likeness | None = None) -> float:
    """Return the logarithm of the odds that `probability` is made of."""
    values = features(a, b, weights, found)
    if cosine is None:
        return _sum(WITHOUT_COSINE, values)
    return _sum(WITH_COSINE, [*values, cosine])


def _sum(coefficients: Sequence[float], values: Sequence[float]) -> float:
    constant, *rest = coefficients
    return constant + sum(weight * value for weight, value in zip(rest, values, strict=True))


def features(a: Piece, b: Piece, weights: Weights, found: Likeness | None = None) -> list[float]:
    """Return the numbers named in `FEATURES`; which statement comes first makes no difference."""
    lighter, heavier = sorted((a, b), key=lambda piece: (weights.heft(piece.roots), piece.roots))
    found = found or likeness(lighter, heavier, weights)
    one, two = Counter(lighter.roots), Counter(heavier.roots)
    mine, yours = _telling(one - two, weights), _telling(two - one, weights)
    alike = _spelled_alike(mine, yours)
    near = sum(share * mine[x] for x, _, share in alike)
    heft = weights.heft(lighter.roots)
    pairs = set(pairwise(lighter.roots))
    named = {lighter.roots[i] for i in lighter.names}
    return [
        found.contained,
        found.common,
        found.ordered,
        found.contained + (near / heft if heft else 0.0),
        math.log1p(sum(mine.values()) - near),
        math.log1p(sum(yours.values()) - sum(share * yours[y] for _, y, share in alike)),
        math.log1p(found.mass),
        len(pairs.intersection(pairwise(heavier.roots))) / max(1, len(pairs)),
        float(len(named.difference(heavier.roots, (x for x, _, _ in alike)))),
        float(found.against is not None),
    ]


def _telling(left: Counter[str], weights: Weights) -> dict[str, float]:
    return {shape: weights.of(shape) * count for shape, count in sorted(left.items()) if not is_light(shape)}


def _spelled_alike(mine: Iterable[str], yours: Iterable[str]) -> list[tuple[str, str, float]]:
    """Pair off words of two statements that differ in a few letters, the closest first, each word once."""
    found = [
        (share, x, y)
        for x in mine
        for y in yours
        if min(len(x), len(y)) >= _LEAST_LETTERS
        and (x[:_SAME_ENDS] == y[:_SAME_ENDS] or x[-_SAME_ENDS:] == y[-_SAME_ENDS:])
        and (share := Levenshtein.normalized_similarity(x, y)) >= _ALIKE
    ]
    out: list[tuple[str, str, float]] = []
    used: set[tuple[bool, str]] = set()
    for share, x, y in sorted(found, key=lambda each: (-each[0], each[1], each[2])):
        if (False, x) not in used and (True, y) not in used:
            used |= {(False, x), (True, y)}
            out.append((x, y, share))
    return out


class Cosines:
    """How near two statements are as sentence vectors; encodes what is asked for, each text once, and nothing else.

    `encode` turns texts into vectors of length 1 (the pipeline passes it in: tracing opens no model).
    """

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._rows: dict[str, Vectors] = {}

    def of(self, pairs: Sequence[tuple[Piece, Piece]]) -> list[float]:
        """Return the cosine of each pair. What was encoded is kept: 384 numbers, 1.5 kB, for each text."""
        texts = dict.fromkeys(piece.statement.text for pair in pairs for piece in pair)
        new = [text for text in texts if text not in self._rows]
        if new:
            self._rows.update(zip(new, self._encode(new), strict=True))
        return [float(self._rows[a.statement.text] @ self._rows[b.statement.text]) for a, b in pairs]
