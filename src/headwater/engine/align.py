"""Where two texts share wording: the stretches that are more than chance, for many pairs of texts at once.

In each window of seeds the longest common subsequence (rapidfuzz, native code) says which tokens agree; the ends of the
window are compared apart, so that nothing beside it bends it. Of the tokens that agree those stretches are kept that
score as a whole (all maximal scoring subsequences, Ruzzo and Tompa 1999): tokens that agree count by their weight and
more where they follow each other, what stands between them costs. All arithmetic is in whole numbers.

Set on planted passages (seeds 11 and 12 of the benchmark), reported on others: docs/scale.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from headwater.engine.seeds import Pair, Window, windows
from headwater.engine.tokens import Ints, Longs
from headwater.engine.weights import FULL

# Tokens that are looked at before and behind a window.
MARGIN = 40
# What a token is worth, beside its weight, that follows one which agrees too.
RUN = 2
# What it costs to begin a new run of tokens that agree, each token replaced, each left out or added on one side.
OPEN = 2
REPLACED = 1
LEFT_OUT = 1
# Nothing between two runs costs more: a sentence that was left out does not part a passage.
MOST = 5 * FULL
# What a stretch must score: two rare words and a half, or eight everyday ones in a row.
LEAST_SCORE = 40
# Stretches belong together when no more than TOUCH tokens lie between them in either text, in whatever order (a
# passage whose sentences changed places); or, in the same order, next to none in one and up to SKIP in the other (a
# passage of which sentences were left out).
TOUCH = 12
NEXT = 4
SKIP = 150
# A run goes on over so many tokens that do not agree.
BREAK = 2
# Code points that no text may hold; letters for the native comparison leave them out.
_SURROGATES, _SURROGATE_COUNT, _LETTERS = 0xD800, 0x800, 0x10F800


class Run(NamedTuple):
    """Tokens in which two texts agree with next to nothing between: `shared` of them, and where they stand."""

    shared: int
    a_start: int
    a_end: int
    b_start: int
    b_end: int


class Box(NamedTuple):
    """Tokens a_start to a_end of one text beside b_start to b_end of the other; `shared` of them agree.

    `run` is its longest run: what of it stands word for word, or nearly.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    shared: int
    score: int
    run: Run


class _Block(NamedTuple):
    """So many tokens in a row that agree, from `a` in one text and `b` in the other."""

    a: int
    b: int
    size: int


def align(pairs: Sequence[Pair], worth: Longs) -> Iterator[list[Box]]:
    """Yield for each pair the boxes of wording that its texts share, by place in the first. Same pair, same boxes.

    `worth` is the weight of every token of the first texts, one text after the other.
    """
    for text, found in zip(_made_ready(pairs, worth), windows(pairs, worth), strict=True):
        yield _joined(_once(box for window in found for box in _stretches(text, window)))


class _Texts(NamedTuple):
    """Two texts with a letter for each token, and what the tokens of the first before each place are worth."""

    a: str
    b: str
    gained: list[int]


def _made_ready(pairs: Sequence[Pair], worth: Longs) -> Iterator[_Texts]:
    a_all, b_all = (_letters(np.concatenate(side)) for side in zip(*pairs, strict=True))
    gained = np.concatenate(([0], np.cumsum(worth + RUN)))
    a_end = b_end = 0
    for pair in pairs:
        a_start, b_start = a_end, b_end
        a_end, b_end = a_start + len(pair.a), b_start + len(pair.b)
        yield _Texts(a_all[a_start:a_end], b_all[b_start:b_end], gained[a_start : a_end + 1].tolist())


def _letters(words: Ints) -> str:
    """Write token keys as letters, for the native comparison; one pair of keys in a million looks alike."""
    codes = words.view(np.uint32) % np.uint32(_LETTERS)
    codes[codes >= _SURROGATES] += np.uint32(_SURROGATE_COUNT)
    return codes.tobytes().decode("utf-32-le")


def _stretches(texts: _Texts, window: Window) -> Iterator[Box]:
    a_start, b_start = max(0, window.a_start - MARGIN), max(0, window.b_start - MARGIN)
    before = Window(a_start, window.a_start, b_start, window.b_start)
    behind = Window(window.a_end, window.a_end + MARGIN, window.b_end, window.b_end + MARGIN)
    blocks = [*_agreeing(texts, before), *_agreeing(texts, window), *_agreeing(texts, behind)]
    for first, last, score in _maximal(blocks, texts.gained):
        shared = sum(block.size for block in blocks[first : last + 1])
        head, tail = blocks[first], blocks[last]
        run = _longest(blocks[first : last + 1])
        yield Box(head.a, tail.a + tail.size, head.b, tail.b + tail.size, shared, score, run)


def _longest(blocks: Sequence[_Block]) -> Run:
    """Return the longest run of blocks between which no more than BREAK tokens lie in either text."""
    head = before = blocks[0]
    shared = 0
    best = Run(0, 0, 0, 0, 0)
    for block in blocks:
        if block.a - before.a - before.size > BREAK or block.b - before.b - before.size > BREAK:
            head, shared = block, 0
        shared += block.size
        best = max(best, Run(shared, head.a, block.a + block.size, head.b, block.b + block.size))
        before = block
    return best


def _agreeing(texts: _Texts, part: Window) -> list[_Block]:
    """The runs of tokens that agree in one part of two texts, in their order."""
    a, b = texts.a[part.a_start : part.a_end], texts.b[part.b_start : part.b_end]
    matched = LCSseq.editops(a, b).as_matching_blocks()
    return [_Block(part.a_start + run.a, part.b_start + run.b, run.size) for run in matched if run.size]


def _maximal(blocks: Sequence[_Block], gained: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (first block, last block, score) of every maximal scoring stretch that scores enough.

    `gained` adds up what the tokens of the first text are worth.
    """
    open_: list[tuple[int, int, int, int]] = []  # the sum before it and at its end, first block, last block
    total, before = 0, None
    for number, block in enumerate(blocks):
        total -= _cost(before, block) if before else 0
        present = (total, total + gained[block.a + block.size] - gained[block.a] - RUN, number, number)
        total, before = present[1], block
        while True:
            lower = len(open_) - 1
            while lower >= 0 and open_[lower][0] >= present[0]:
                lower -= 1
            if lower < 0 or open_[lower][1] >= present[1]:
                open_.append(present)
                break
            present = (open_[lower][0], present[1], open_[lower][2], number)
            del open_[lower:]
    for low, high, first, last in open_:
        if high - low >= LEAST_SCORE:
            yield first, last, high - low


def _cost(before: _Block, block: _Block) -> int:
    gap_a, gap_b = block.a - before.a - before.size, block.b - before.b - before.size
    return min(MOST, OPEN + REPLACED * min(gap_a, gap_b) + LEFT_OUT * abs(gap_a - gap_b))


def _once(boxes: Iterable[Box]) -> list[Box]:
    """Leave out a box that mostly says again, in either text, what one that scores higher says."""
    out: list[Box] = []
    for box in sorted(boxes, key=lambda box: (-box.score, box)):
        if not any(_again(box, other) for other in out):
            out.append(box)
    return sorted(out)


def _again(box: Box, other: Box) -> bool:
    in_a = min(box.a_end, other.a_end) - max(box.a_start, other.a_start)
    in_b = min(box.b_end, other.b_end) - max(box.b_start, other.b_start)
    return 2 * in_a > box.a_end - box.a_start or 2 * in_b > box.b_end - box.b_start


def _joined(boxes: list[Box]) -> list[Box]:
    """Join boxes of one passage until none are left to join."""
    while True:
        found = next(
            ((i, j) for i, box in enumerate(boxes) for j in range(i + 1, len(boxes)) if _one_passage(box, boxes[j])),
            None,
        )
        if found is None:
            return boxes
        one, two = boxes[found[0]], boxes.pop(found[1])
        boxes[found[0]] = Box(
            one.a_start,
            max(one.a_end, two.a_end),
            min(one.b_start, two.b_start),
            max(one.b_end, two.b_end),
            one.shared + two.shared,
            one.score + two.score,
            max(one.run, two.run),
        )


def _one_passage(box: Box, later: Box) -> bool:
    """True when two boxes, `later` behind in the first text, are parts of one passage."""
    gap_a = later.a_start - box.a_end
    gap_b = max(box.b_start, later.b_start) - min(box.b_end, later.b_end)
    near, far = sorted((gap_a, gap_b))
    return far <= TOUCH or (box.b_start <= later.b_start and near <= NEXT and far <= SKIP)
