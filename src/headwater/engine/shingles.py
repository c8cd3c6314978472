"""Winnowed fingerprints of token runs: few numbers by which two texts that share wording meet in an index.

Robust winnowing (Schleimer, Wilkerson and Aiken 2003): of each `window` neighbouring shingles the one of least hash is
kept, the rightmost of equals, and none twice. Two texts that share `size + window - 1` tokens in a row share one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from headwater.engine.tokens import SALT, Longs, Tokens, mixed


def shingles(keys: Longs, size: int) -> npt.NDArray[np.uint64]:
    """Return the hash of every run of `size` tokens in `keys`, in order; those that cross two texts are among them."""
    count = max(0, len(keys) - size + 1)
    words = keys.view(np.uint64)
    out = words[:count].copy()
    for step in range(1, size):
        out *= SALT
        out += words[step : step + count]
    return mixed(out)


def fingerprints(tokens: Tokens, *, size: int, window: int) -> tuple[Longs, Longs, Longs]:
    """Return (text, token, fingerprint) of the kept shingles, in the order of the texts.

    `text` is the number of the text among `tokens`, `token` the number of the shingle's first token in that text.
    """
    hashes = shingles(tokens.keys, size)
    count = len(hashes)
    ends = np.repeat(tokens.bounds[1:], np.diff(tokens.bounds))[:count]
    first = np.arange(count)
    whole = first + size <= ends
    # A shingle across two texts may never be the least of a window, and every window must lie in one text.
    hashes = np.where(whole, hashes, np.uint64(2**64 - 1))
    kept = np.zeros(count, bool)
    windows = max(0, count - window + 1)
    if windows:
        least = hashes[:windows].copy()
        for step in range(1, window):
            np.minimum(least, hashes[step : step + windows], out=least)
        open_ = whole[:windows] & whole[window - 1 :]
        for step in range(window - 1, -1, -1):
            hit = open_ & (hashes[step : step + windows] == least)
            kept[step : step + windows] |= hit
            open_ &= ~hit
    kept |= _short(tokens.bounds, count, size, window)
    kept &= whole
    where = np.flatnonzero(kept)
    text = np.searchsorted(tokens.bounds, where, side="right") - 1
    return text, where - tokens.bounds[text], hashes[where].view(np.int64)


def _short(bounds: Longs, count: int, size: int, window: int) -> npt.NDArray[np.bool_]:
    """Mark every shingle of the texts that are shorter than one window: they would have none."""
    lengths = np.diff(bounds)
    few = (lengths >= size) & (lengths < size + window - 1)
    marked = np.zeros(count, bool)
    for start, end in zip(bounds[:-1][few].tolist(), bounds[1:][few].tolist(), strict=True):
        marked[start : end - size + 1] = True
    return marked
