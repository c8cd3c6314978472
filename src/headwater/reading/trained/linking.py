"""Which source a cue has, and which cue a piece of content: the best-scored candidate in sight, or none.

Both are scored as the scaled product of two projections, each averaged over the pieces of its span, with a learnt bias
for the distance between them; "none" is a candidate of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headwater.reading.trained.decoding import Found
from headwater.reading.trained.tags import CONTENT, CUE, SOURCE

Reals = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

BUCKETS = 24
_HALF = BUCKETS // 2
SOURCE_OF_CUE, CUE_OF_CONTENT = range(2)
_ENDS = {SOURCE_OF_CUE: (CUE, SOURCE), CUE_OF_CONTENT: (CONTENT, CUE)}


@dataclass(frozen=True, slots=True)
class Bias:
    """What was learnt of distances, (2, BUCKETS), and of having no partner, (2,); by kind of link."""

    near: Reals
    none: Reals


@dataclass(frozen=True, slots=True)
class Link:
    """From one span of a window (an index) to another or to None; `probability` among all candidates there.

    `second` and `runner_up` are the next best span, or None, and its probability.
    """

    one: int
    other: int | None
    probability: float
    second: int | None = None
    runner_up: float = 0.0


def distances(ones: Numbers, others: Numbers) -> Numbers:
    """Return the bucket of the distance in pieces from each of `ones` to each of `others`: its sign, and its log."""
    apart = others[..., None, :] - ones[..., :, None]
    size = np.minimum(_HALF - 1, np.floor(2 * np.log2(np.abs(apart) / 2 + 1))).astype(np.int64)
    return np.asarray(np.where(apart < 0, size, _HALF + size), dtype=np.int64)


def links(kind: int, spans: Sequence[Found], projected: Reals, bias: Bias) -> list[Link]:
    """Return the best link of each span of one window that needs one. `projected` is that window's (width, 4, size)."""
    first, second = _ENDS[kind]
    ones = [at for at, span in enumerate(spans) if span.part == first]
    others = [at for at, span in enumerate(spans) if span.part == second]
    if not ones:
        return []
    if not others:
        return [Link(one, None, 1.0) for one in ones]
    left = _means(projected[:, 2 * kind], [spans[at] for at in ones])
    right = _means(projected[:, 2 * kind + 1], [spans[at] for at in others])
    starts = np.array([spans[at].first for at in ones]), np.array([spans[at].first for at in others])
    scores = left @ right.T / np.sqrt(left.shape[1]) + bias.near[kind][distances(*starts)]
    scores = np.concatenate((np.full((len(ones), 1), bias.none[kind]), scores), axis=1)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    ranked = np.argsort(-odds, axis=1, kind="stable")
    targets: list[int | None] = [None, *others]
    return [
        Link(one, targets[order[0]], float(row[order[0]]), targets[order[1]], float(row[order[1]]))
        for one, row, order in zip(ones, odds, ranked, strict=True)
    ]


def _means(values: Reals, spans: Sequence[Found]) -> Reals:
    return np.stack([values[span.first : span.last].mean(axis=0) for span in spans])
