"""Wording that two texts share, as pairs of word runs: shingles, chains with gaps, and their ends.

Works on folded words only; what a shared run means is `reuse`.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

# Three words in a row found in both (the deep setting of ENGINE.md: recall .94 on planted passages); in large
# cases five, where three words in a row are too common to point anywhere (its fast setting: precision .997).
DEEP, WIDE = 3, 5
DEEP_CASE = 200
# Two runs belong together when neither text has more than this many other words between them, and the two gaps
# differ by no more than the drift (rewritten sentences drop or add a phrase).
GAP = 10
DRIFT = 7
# A shingle that more reports than this carry is linked from each report to the first few only: a star, no clique.
CROWD = 16
STAR = 4
# Shingles are compared by a rolling number modulo 2**64 over word numbers; odd, so that no word is lost by overflow.
_BASE = np.uint64(0x9E3779B97F4A7C15)


# For each pair of texts the places of their shared shingles, two word numbers packed into one.
_Hits = dict[tuple[int, int], "array[int]"]
_HALF = 32


class Run(NamedTuple):
    """Words `a_start` to `a_end` of one text against `b_start` to `b_end` of the other; `shared` words agree."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    shared: int


def runs(texts: Sequence[Sequence[str]], telling: Callable[[str], bool]) -> Iterator[tuple[int, int, list[Run]]]:
    """Yield (index a, index b, runs) for each pair of texts (a < b) that share shingles, in order.

    Only shingles with a `telling` word count; runs of shorter shared wording than two shingles are left out.
    """
    size = DEEP if len(texts) <= DEEP_CASE else WIDE
    hits: _Hits = defaultdict(lambda: array("Q"))
    for places in _shared_shingles(texts, size, telling):
        _pair_up(places, hits)
    for (a, b), found in sorted(hits.items()):
        chained = [run for run in _chains(found, size) if run.shared > DEEP]
        if chained:
            yield a, b, chained


def _shared_shingles(
    texts: Sequence[Sequence[str]], size: int, telling: Callable[[str], bool]
) -> Iterator[list[tuple[int, int]]]:
    """Yield the places (text, word) of each shingle that stands in more than one text."""
    numbers: dict[str, int] = {}
    flat = np.fromiter((numbers.setdefault(word, len(numbers)) for text in texts for word in text), np.uint64)
    lengths = [len(text) for text in texts]
    if len(flat) < size:
        return
    owner = np.repeat(np.arange(len(texts)), lengths)
    begins = np.cumsum([0, *lengths[:-1]])
    tells = np.fromiter((telling(word) for word in numbers), bool, len(numbers))[flat.astype(np.int64)]
    last = len(flat) - size + 1
    key, kept = np.zeros(last, np.uint64), np.zeros(last, bool)
    for step in range(size):
        key = key * _BASE + flat[step : step + last] + np.uint64(1)
        kept |= tells[step : step + last]
    kept &= owner[:last] == owner[size - 1 :]
    places = np.flatnonzero(kept)
    places = places[np.argsort(key[places], kind="stable")]
    who = owner[places]
    where = (places - begins[who]).tolist()
    edges = (
        np.concatenate(([0], np.flatnonzero(np.diff(key[places])) + 1, [len(places)])) if len(places) else np.zeros(1)
    )
    starts, ends = edges[:-1].astype(np.int64), edges[1:].astype(np.int64)
    shared = np.flatnonzero(who[starts] != who[ends - 1])
    names = who.tolist()
    for start, end in zip(starts[shared].tolist(), ends[shared].tolist(), strict=True):
        yield list(zip(names[start:end], where[start:end], strict=True))


def _pair_up(places: list[tuple[int, int]], hits: _Hits) -> None:
    heads = places if len(places) <= CROWD else places[:STAR]
    for position, (a, i) in enumerate(heads):
        for b, j in places[position + 1 :]:
            if a != b:
                hits[a, b].append(i << _HALF | j)


def _chains(found: Iterable[int], size: int) -> list[Run]:
    """Chain matching shingles on near diagonals into runs; each run grows forward in both texts."""
    open_: list[Run] = []
    done: list[Run] = []
    for i, j in (divmod(both, 1 << _HALF) for both in sorted(found)):
        still: list[Run] = []
        for run in open_:
            (still if i - run.a_end <= GAP else done).append(run)
        open_ = still
        near = [run for run in open_ if _continues(run, i, j, size)]
        if near:
            best = min(near, key=lambda run: (abs((i - run.a_end) - (j - run.b_end)), max(0, i - run.a_end), run))
            open_.remove(best)
            open_.append(_longer(best, i + size, j + size, size))
        else:
            open_.append(Run(i, i + size, j, j + size, size))
    return sorted(done + open_)


def _longer(run: Run, a_end: int, b_end: int, size: int) -> Run:
    new = min(size, a_end - run.a_end, b_end - run.b_end)
    return Run(run.a_start, max(run.a_end, a_end), run.b_start, max(run.b_end, b_end), run.shared + max(0, new))


def _continues(run: Run, i: int, j: int, size: int) -> bool:
    ahead_a, ahead_b = i - run.a_end, j - run.b_end
    return -size < ahead_a <= GAP and -size < ahead_b <= GAP and abs(ahead_a - ahead_b) <= DRIFT
