"""Many byte strings looked for in a lot of bytes at once: one pass, whatever their number.

Every window of four bytes is hashed (Karp and Rabin) and looked up in a table of the hashes of one window of each
needle; where the table says yes, the needle itself is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

WINDOW = 4
_TABLE_BITS = 18
_FACTOR = np.uint32(2654435761)  # Knuth's multiplier
_CHUNK = 1 << 20  # windows at once: what fits into the second cache
_FREQUENT = {ord(each): place for place, each in enumerate("zqxjkvbpygfwmucldrhsnioat e", start=1)}


class Grams:
    """Looks for `needles` of at least four bytes each; shorter ones raise ValueError."""

    def __init__(self, needles: Iterable[bytes]) -> None:
        self._by_window: dict[bytes, list[tuple[int, bytes]]] = {}
        for needle in sorted(set(needles)):
            if len(needle) < WINDOW:
                raise ValueError(f"a needle of {len(needle)} bytes is too short")
            at = _rarest(needle)
            self._by_window.setdefault(needle[at : at + WINDOW], []).append((at, needle))
        self._table = np.zeros(1 << _TABLE_BITS, dtype=bool)
        if self._by_window:
            windows = np.frombuffer(b"".join(self._by_window), dtype="<u4")
            self._table[_hashed(windows)] = True

    def found(self, data: bytes) -> Iterator[bytes]:
        """Yield every needle that stands in `data`, each once, in the order in which they are met."""
        seen: set[bytes] = set()
        for at in self._hits(data):
            for offset, needle in self._by_window.get(data[at : at + WINDOW], ()):
                if needle not in seen and at >= offset and data.startswith(needle, at - offset):
                    seen.add(needle)
                    yield needle

    def _hits(self, data: bytes) -> Iterator[int]:
        count = len(data) - WINDOW + 1
        if count <= 0 or not self._by_window:
            return
        windows = np.ndarray((count,), dtype="<u4", buffer=data, strides=(1,))
        for start in range(0, count, _CHUNK):
            hit = self._table[_hashed(windows[start : start + _CHUNK])]
            yield from (np.flatnonzero(hit) + start).tolist()


def _hashed(windows: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return (windows * _FACTOR) >> np.uint32(32 - _TABLE_BITS)


def _rarest(needle: bytes) -> int:
    """The place of the window that other text is least likely to have, by the frequency of its letters."""
    weights = [_FREQUENT.get(each, 0) for each in needle]
    sums = [sum(window) for window in zip(weights, weights[1:], weights[2:], weights[3:], strict=False)]
    return sums.index(min(sums))
