"""How telling a word is: the rarer among the reports the more, everyday words nothing. In whole tenths of a bit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from headwater.engine.maps import ToWords
from headwater.engine.settings import BACKGROUND
from headwater.engine.stages import Map, Query, Work
from headwater.engine.story_steps import known
from headwater.engine.tokens import Ints, Longs, token_keys, tokenise
from headwater.model import FUNCTION_WORDS

TENTHS = 10
# Words are counted in about so many reports; rarer ones than that can tell are all alike.
_COUNTED_REPORTS = 4000
_EVERYDAY = np.unique(token_keys(tokenise([" ".join(sorted(FUNCTION_WORDS))])))


class Rarity:
    """What each word tells, in tenths of a bit: `keys`, sorted and each once, tell `values`, all others `rest`."""

    def __init__(self, keys: Ints, values: Ints, rest: int) -> None:
        self._keys = keys
        self._values = values
        self.rest = rest

    def of(self, words: Ints) -> Longs:
        """Return what each of `words` tells."""
        places = np.minimum(np.searchsorted(self._keys, words), len(self._keys) - 1)
        return np.where(self._keys[places] == words, self._values[places], self.rest).astype(np.int64)


def rarity(work: Work) -> Rarity:
    """Return what words tell, counted in some of the reports of the stage `tokens`.

    In few reports counting says little of a word, so that as many again as BACKGROUND are thought beside them.
    """
    reports = work.count("tokens")
    every = max(1, reports // _COUNTED_REPORTS)
    of = (reports + every - 1) // every
    work.make(Map("words", "tokens", ToWords(every), str(every)), Query("known", known(2), ("words",)))
    found = work.rows("known")
    return told(found.column("key").to_numpy(), found.column("df").to_numpy(), of)


def told(keys: Ints, df: Ints, of: int) -> Rarity:
    """Return what words tell that stand in `df` of `of` reports; words that bear no subject tell nothing."""
    rest = _bits(np.ones(1, np.int32), of)[0]
    values = np.concatenate((np.zeros(len(_EVERYDAY), np.int32), _bits(df, of)))
    both, first = np.unique(np.concatenate((_EVERYDAY, keys)), return_index=True)
    return Rarity(both, values[first], int(rest))


def _bits(df: npt.NDArray[np.int32], of: int) -> Ints:
    out: Ints = np.rint(TENTHS * np.log2((of + BACKGROUND) / df)).astype(np.int32)
    return out
