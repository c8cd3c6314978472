"""Tables of invented reports: words by Zipf's law, stock phrases, and wire stories that many outlets print."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

WORDS = 977  # of a report, as real ones have on average
_SYLLABLES = "ba den fol gri hav jun kel lom mir nas orp pel rud sti tov urm vek wol yan zed".split()
_VOCABULARY = 60_000
# Phrases of so many words, so many of them in a report; the commonest stands in one report of fifteen.
_PHRASES, _PHRASE, _IN_A_REPORT, _FLAT = 20_000, 8, 5, 10
# One report in so many prints a wire story, most of it, behind a beginning of its own.
_WIRE, _LEAD = 20, 40
_OUTLETS = 5_000
_DAYS = 3650
_AT_ONCE = 2_000
_SEED = 31
_Words = npt.NDArray[np.int64]


def write_table(reports: int, path: Path) -> None:
    """Write a table of so many invented reports, the same for the same number."""
    chance = np.random.default_rng(_SEED)
    spoken = np.array(
        [" " + "".join(_SYLLABLES[number // 20**power % 20] for power in range(4)) for number in range(_VOCABULARY)],
        object,
    )
    common = np.cumsum(1 / (np.arange(_VOCABULARY) + 3))
    stock = np.cumsum(1 / (np.arange(_PHRASES) + _FLAT))
    phrases = _drawn(common, chance, _PHRASES * _PHRASE).reshape(_PHRASES, _PHRASE)
    schema = pa.schema([(name, pa.string()) for name in ("id", "outlet", "published", "text")])
    stories = max(1, reports // _WIRE // 10)  # printed by ten outlets on average, by some many more
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
        for first in range(0, reports, _AT_ONCE):
            count = min(_AT_ONCE, reports - first)
            words = _drawn(common, chance, count * WORDS).reshape(count, WORDS)
            _plant(words, phrases, stock, chance)
            for report in np.flatnonzero(chance.random(count) < 1 / _WIRE).tolist():
                story = int(stories * chance.random() ** 2)
                body = _drawn(common, np.random.default_rng((_SEED, story)), WORDS - _LEAD)
                kept = int(len(body) * chance.uniform(0.6, 1))
                words[report, _LEAD : _LEAD + kept] = body[:kept]
            days = chance.integers(0, _DAYS, count)
            writer.write_table(
                pa.table(
                    {
                        "id": [f"r{first + number:08d}" for number in range(count)],
                        "outlet": [f"Outlet {number}" for number in chance.integers(0, _OUTLETS, count)],
                        "published": [str(np.datetime64("2015-01-01") + day) for day in days],
                        "text": ["".join(row) + "." for row in spoken[words]],
                    },
                    schema=schema,
                )
            )


def _drawn(weights: npt.NDArray[np.float64], chance: np.random.Generator, number: int) -> _Words:
    drawn: _Words = np.searchsorted(weights, chance.random(number) * weights[-1])
    return drawn


def _plant(words: _Words, phrases: _Words, stock: npt.NDArray[np.float64], chance: np.random.Generator) -> None:
    """Put stock phrases at random places of each report."""
    count = len(words)
    for _ in range(_IN_A_REPORT):
        chosen = phrases[_drawn(stock, chance, count)]
        places = chance.integers(0, WORDS - _PHRASE, count)[:, None] + np.arange(_PHRASE)
        np.put_along_axis(words, places, chosen, axis=1)
