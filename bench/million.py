"""The index steps at a million reports, on invented fingerprints of realistic frequency.

    python bench/million.py [NUMBER]

Frequencies follow what 37,554 real reports gave at the same setting (docs/scale.md): most fingerprints stand once,
some in two to eight reports, few in very many; and one report in twenty is a wire story that many outlets print.
Runs in a temporary folder (10 GB at a million); prints seconds of each step and the largest memory of all processes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine.duck import Duck
from headwater.engine.reuse import candidate_pairs
from headwater.engine.settings import WIDEST
from headwater.engine.stages import Work
from watching import Watch

MEMORY = 7 * 2**30
PRINTS = 274  # of a report, as real ones have on average
TOKENS = 977
_AT_ONCE = 20_000
# Shares of the fingerprints of a report: in few reports, in very many (stock phrases); the rest stand once.
_FEW, _STOCK = 0.11, 0.02
_STOCK_PHRASES = 20_000
_FLAT = 10  # the commonest phrase stands in one report of fifteen, as in real ones
# One report in so many is a wire story, printed by 2 to 500 outlets.
_WIRE, _PRINTED = 20, (2, 500)
_SEED = 31
_OUTLETS = 5_000


def prints(reports: int) -> Iterator[pa.RecordBatch]:
    """Yield the fingerprints of `reports` invented reports: report, token, fingerprint."""
    chance = np.random.default_rng(_SEED)
    few = int(reports * PRINTS * _FEW / 3)  # each of them in three reports, on average
    stock = np.cumsum(1 / (np.arange(_STOCK_PHRASES) + _FLAT))
    stories = _stories(reports, chance)
    for first in range(0, reports, _AT_ONCE):
        count = min(_AT_ONCE, reports - first)
        rows = count * PRINTS
        doc = np.repeat(np.arange(first, first + count, dtype=np.int32), PRINTS)
        place = np.tile(np.arange(PRINTS, dtype=np.int32) * TOKENS // PRINTS, count)
        kind = chance.random(rows)
        fp = chance.integers(2**62, 2**63 - 1, rows)
        low = kind < _FEW
        fp[low] = _spread(chance.integers(0, few, int(low.sum())))
        high = kind > 1 - _STOCK
        drawn = np.searchsorted(stock, chance.random(int(high.sum())) * stock[-1])
        fp[high] = _spread(drawn + 2**40)
        story = stories[doc]
        wire = story >= 0
        fp[wire] = _spread(2**41 + story[wire] * 1024 + place[wire])
        yield pa.record_batch([doc, place, fp], names=["doc", "place", "fp"])


def _stories(reports: int, chance: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return for each report the number of the wire story that it prints, or -1."""
    story = np.full(reports, -1, np.int64)
    wire = chance.permutation(reports)[: reports // _WIRE]
    start = number = 0
    while start < len(wire):
        size = int(np.clip(chance.lognormal(2.3, 1.0), *_PRINTED))
        story[wire[start : start + size]] = number
        start, number = start + size, number + 1
    return story


def _spread(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return (numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)).view(np.int64)


def run(reports: int) -> None:
    """Make the pairs of so many reports and print what it took."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        files = []
        for number, batch in enumerate(prints(reports)):
            files.append(folder / f"prints-{number:05d}.parquet")
            pq.write_table(pa.Table.from_batches([batch]), files[-1], compression="lz4")
        doc = np.arange(reports, dtype=np.int32)
        kept = folder / "kept.parquet"
        days = (doc.astype(np.int64) * 3650 // reports).astype(np.int32)
        pq.write_table(pa.table({"doc": doc, "outlet": doc % _OUTLETS, "day": days}), kept)
        print(f"{reports:,} reports, {reports * PRINTS:,} fingerprints", flush=True)
        began: dict[str, float] = {}
        started = time.perf_counter()

        def tell(stage: str, done: int, of: int) -> None:  # noqa: ARG001 - the signature of a Tell
            began.setdefault(stage, time.perf_counter())

        with Watch() as watch, Duck(threads=2, memory=MEMORY, spill=folder / "spill") as duck:
            work = Work(folder / "work", duck, tell)
            work.given("prints", files, "bench")
            work.given("kept", [kept], "bench")
            candidate_pairs(work, WIDEST, reports)
        ends = [*list(began.values())[1:], time.perf_counter()]
        for (stage, start), end in zip(began.items(), ends, strict=True):
            print(f"  {stage:<12} {end - start:7.1f} s")
        seconds = time.perf_counter() - started
        print(f"  {'all':<12} {seconds:7.1f} s, {watch.peak / 2**30:.1f} GiB, {work.count('candidates'):,} pairs")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
