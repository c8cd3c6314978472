"""From tag scores to spans with probabilities: the best path through the chain, and what the chain thinks of it.

A linear-chain conditional random field (Lafferty et al. 2001): Viterbi for the spans, forward-backward for the
probabilities. All windows of a text are decoded at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headwater.reading.trained.tags import OUTSIDE, TAGS, begins, goes_on, part_of

Reals = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Found:
    """A span of one part in one window: half-open places in the row, and the mean probability of its tags."""

    part: int
    first: int
    last: int
    probability: float


def steps_allowed(learnt: Reals) -> Reals:
    """Return the chain's step scores, with the steps that no marking can take made impossible.

    A part goes on only after it began or went on.
    """
    steps = learnt.copy()
    for tag in range(TAGS):
        part = part_of(tag)
        if part is not None and tag == goes_on(part):
            before = [begins(part), goes_on(part)]
            steps[[t for t in range(TAGS) if t not in before], tag] = NEVER
    return steps


def decode(scores: Reals, mask: Numbers, steps: Reals) -> list[list[Found]]:
    """Return the spans of each row in reading order. `scores` is (rows, width, TAGS), `mask` 1 where a piece stands."""
    path = _best(scores, mask, steps)
    probable = _probable(scores, mask, steps, path)
    return [_spans(tags[: int(kept.sum())], p) for tags, kept, p in zip(path, mask, probable, strict=True)]


def _opening() -> Reals:
    """Nothing goes on from before the text."""
    first = np.zeros(TAGS)
    first[[goes_on(part) for part in range(3)]] = NEVER
    return first


def _best(scores: Reals, mask: Numbers, steps: Reals) -> Numbers:
    rows, width, _ = scores.shape
    back = np.zeros((rows, width, TAGS), dtype=np.int64)
    best = scores[:, 0] + _opening()
    for at in range(1, width):
        through = best[:, :, None] + steps
        came = through.argmax(axis=1)
        ahead = np.take_along_axis(through, came[:, None, :], axis=1)[:, 0] + scores[:, at]
        held = mask[:, at, None] == 1
        best = np.where(held, ahead, best)
        back[:, at] = np.where(held, came, np.arange(TAGS))
    path = np.zeros((rows, width), dtype=np.int64)
    path[:, -1] = best.argmax(axis=1)
    each = np.arange(rows)
    for at in range(width - 1, 0, -1):
        path[:, at - 1] = back[each, at, path[:, at]]
    return path


def _probable(scores: Reals, mask: Numbers, steps: Reals, path: Numbers) -> Reals:
    """The probability under the chain of each tag on the path."""
    width = scores.shape[1]
    odds = np.exp(np.maximum(steps, -50.0))
    seen = np.exp(scores - scores.max(axis=2, keepdims=True))
    ahead, back = np.empty_like(seen), np.empty_like(seen)
    now = seen[:, 0] * np.exp(np.maximum(_opening(), -50.0))
    ahead[:, 0] = now / now.sum(axis=1, keepdims=True)
    for at in range(1, width):
        now = (ahead[:, at - 1] @ odds) * seen[:, at]
        ahead[:, at] = np.where(mask[:, at, None] == 1, now / now.sum(axis=1, keepdims=True), ahead[:, at - 1])
    back[:, -1] = 1.0
    for at in range(width - 1, 0, -1):
        now = (seen[:, at] * back[:, at]) @ odds.T
        back[:, at - 1] = np.where(mask[:, at, None] == 1, now / now.sum(axis=1, keepdims=True), back[:, at])
    joint = ahead * back
    joint /= joint.sum(axis=2, keepdims=True)
    return np.asarray(np.take_along_axis(joint, path[..., None], axis=2)[..., 0])


def _spans(tags: Numbers, probable: Reals) -> list[Found]:
    found: list[Found] = []
    at = 0
    while at < len(tags):
        tag = int(tags[at])
        part = part_of(tag)
        if tag == OUTSIDE or part is None:
            at += 1
            continue
        last = at + 1
        while last < len(tags) and tags[last] == goes_on(part):
            last += 1
        found.append(Found(part, at, last, float(probable[at:last].mean())))
        at = last
    return found
