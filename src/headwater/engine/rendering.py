"""The stretches of a text that say some words again: in a row, or with some left out, changed or added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from headwater.engine.rarity import Rarity
from headwater.engine.tokens import Ints

_THOUSAND = 1000
# A stretch may be so much longer than what is asked, in thousandths, and so many tokens.
LONGER, SLACK = 1500, 6
# A rendering shares so many words, of which so many tell something, and one in so many of what is asked, up to ENOUGH:
# a name that both have is none. Of what is asked in fewer words only the same words in a row are a place.
LEAST_SHARED, LEAST_TELLING = 3, 2
LEAST_SHARE, ENOUGH = 2, 6
LEAST_ASKED = 5
# What a rendering must score, in thousandths; chosen on planted edits: docs/stories.md.
LIKE = 500
# Every word tells a little, so that a rendering with its little words is preferred to one without.
LITTLE = 15


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `first` to `last` (half-open) of a text, that share so many words with what was asked; in thousandths."""

    first: int
    last: int
    shared: int
    score: int

    def overlaps(self, other: Stretch) -> bool:
        """True when a token is in both."""
        return self.first < other.last and other.first < self.last


def in_a_row(keys: Ints, words: Ints) -> list[Stretch]:
    """Return where all `words` stand in a row, from left to right, none within another."""
    size = len(words)
    if len(keys) < size:
        return []
    hits = np.flatnonzero(keys[: len(keys) - size + 1] == words[0])
    for step in range(1, size):
        hits = hits[keys[hits + step] == words[step]]
    out: list[Stretch] = []
    for first in hits.tolist():
        if not out or first >= out[-1].last:
            out.append(Stretch(first, first + size, size, _THOUSAND))
    return out


class Asked:
    """What is looked for: its words, how often each is wanted and what it is worth."""

    def __init__(self, words: Ints, telling: Rarity) -> None:
        self.words = words
        self.telling = telling
        values, times = np.unique(words, return_counts=True)
        told = telling.of(values)
        self.wanted = dict(zip(values.tolist(), times.tolist(), strict=True))
        self.worth = dict(zip(values.tolist(), (told + LITTLE).tolist(), strict=True))
        self.beside = set(pairwise(words.tolist()))
        self.mass = int(np.sum((told + LITTLE) * times))
        self.least = max(LEAST_SHARED, min(ENOUGH, len(words) // LEAST_SHARE))
        self.reach = len(words) * LONGER // _THOUSAND + SLACK


def stretches(keys: Ints, asked: Asked, least: int) -> list[Stretch]:
    """Return the stretches that share most with what is asked, none within another, that score `least` or more."""
    places = np.flatnonzero(np.isin(keys, asked.words))
    if len(asked.words) < LEAST_ASKED or len(places) < LEAST_SHARED:
        return []
    before = np.concatenate(([0], np.cumsum(asked.telling.of(keys) + LITTLE))).tolist()
    there = list(zip(places.tolist(), keys[places].tolist(), strict=True))
    found = [best for begin in range(len(there)) if (best := _best(there[begin:], before, asked, least))]
    out: list[Stretch] = []
    for each in sorted(found, key=lambda each: (-each.score, each.first, each.last)):
        if not any(each.overlaps(other) for other in out):
            out.append(each)
    return sorted((_edged(keys, asked, each) for each in out), key=lambda each: each.first)


def _edged(keys: Ints, asked: Asked, found: Stretch) -> Stretch:
    """Leave out little words at either end that do not stand there in what is asked."""
    words = keys[found.first : found.last].tolist()
    first, last = 0, len(words)
    while asked.worth.get(words[first], 0) <= LITTLE and (words[first], words[first + 1]) not in asked.beside:
        first += 1
    while asked.worth.get(words[last - 1], 0) <= LITTLE and (words[last - 2], words[last - 1]) not in asked.beside:
        last -= 1
    shared = sum((Counter(words[first:last]) & Counter(asked.wanted)).values())
    return Stretch(found.first + first, found.first + last, shared, found.score)


def _best(there: Sequence[tuple[int, int]], before: Sequence[int], asked: Asked, least: int) -> Stretch | None:
    """Return the best stretch that begins where the first of the agreeing words (place, key) `there` stands."""
    first = there[0][0]
    left = dict(asked.wanted)
    best: Stretch | None = None
    mass = shared = telling = 0
    for place, key in there:
        if place - first >= asked.reach:
            break
        if not left[key]:
            continue
        left[key] -= 1
        mass += asked.worth[key]
        shared += 1
        telling += asked.worth[key] > LITTLE
        score = 2 * _THOUSAND * mass // (asked.mass + before[place + 1] - before[first])
        if shared >= asked.least and telling >= LEAST_TELLING and score >= max(least, best.score + 1 if best else 0):
            best = Stretch(first, place + 1, shared, score)
    return best
