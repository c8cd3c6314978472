"""What a token weighs when it agrees: rare ones in full, everyday ones little or nothing. In whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headwater.engine.tokens import Ints, Longs, token_keys, tokenise
from headwater.model import FUNCTION_WORDS

FULL = 16
# A token of one report in 2 ** HALVINGS weighs in full, one of every report nothing.
HALVINGS = 7
# In fewer reports counting says little (the subject is in all of them): the function words of English stand for the
# everyday ones, at this weight.
FEW_REPORTS = 200
EVERYDAY = 3
_LOWER, _HALF = 16, 1 << 15


class Weights:
    """What each token weighs, from 0 to FULL: `keys`, sorted and each once, weigh `values`, all others FULL."""

    def __init__(self, keys: Ints, values: Longs) -> None:
        self._keys = keys
        self._values = values
        # Where the keys of each upper half begin: a few steps from there find a key faster than halving does.
        self._begins = np.searchsorted(keys >> _LOWER, np.arange(-_HALF, _HALF + 1)).astype(np.int32)

    def of(self, words: Ints) -> Longs:
        """Return the weight of each of `words`."""
        out = np.full(len(words), FULL, np.int64)
        upper = (words >> _LOWER) + _HALF
        places = self._begins[upper]
        left = np.flatnonzero(places < self._begins[upper + 1])
        ends = self._begins[upper[left] + 1]
        places = places[left]
        while len(left):
            hit = self._keys[places] == words[left]
            out[left[hit]] = self._values[places[hit]]
            places = places + 1
            going = ~hit & (places < ends)
            left, places, ends = left[going], places[going], ends[going]
        return out


def counted(keys: Sequence[int] | Ints, reports: Sequence[int] | Longs, of: int) -> Weights:
    """Return the weights of tokens that stand in so many `reports` of `of` that were counted."""
    if of < FEW_REPORTS:
        words = token_keys(tokenise([" ".join(sorted(FUNCTION_WORDS))]))
        return Weights(np.unique(words), np.full(len(np.unique(words)), EVERYDAY, np.int64))
    order = np.argsort(np.asarray(keys, np.int32), kind="stable")
    share = of / np.asarray(reports, np.float64)[order]
    values = np.clip(np.rint(FULL * np.log2(share) / HALVINGS), 0, FULL).astype(np.int64)
    return Weights(np.asarray(keys, np.int32)[order], values)
