"""Shared wording: how much of what was planted is found, and what it costs, up to 37,554 real reports.

    python bench/reuse.py [--seeds N,N...]

Needs the optional folder of test corpora for all of it and says so where that is missing: passages of real reports
planted in others (its bench/make_reuse.py, with seeds that nothing was set on), scored by its bench/score_reuse.py;
then the whole collection, and 5,000 of it, timed in fresh processes with the memory of all their children.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from watching import Watch

SHARED = Path(__file__).parents[2] / "shared"
NEWS = SHARED / "corpora" / "news-37k" / "news.parquet"
SEEDS = (101, 102, 103)
SMALLER = 5_000
FLOORS = {"plagdet": 0.92, "recall": 0.95, "precision": 0.98, "recall_translation": 0.80}
MOST_GRANULARITY = 1.05
MOST_SECONDS = {"planted": 12, "news": 60}
MOST_GIB = 3
MOST_GROWTH = 1.15


class Run(NamedTuple):
    """One run of the command: seconds, GiB of all its processes together, and what it said."""

    seconds: float
    gib: float
    told: dict[str, object]


def reuse(table: Path, out: Path, *options: str) -> Run:
    """Run `headwater corpus reuse` in a fresh process. Raises RuntimeError when it does not end well."""
    command = [sys.executable, "-m", "headwater", "corpus", "reuse", str(table), "--out", str(out), "--json", *options]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with Watch(process.pid) as watch:
        answer, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Run(time.perf_counter() - started, watch.peak / 2**30, json.loads(answer))


def _mark(met: bool) -> str:  # noqa: FBT001 - a mark beside a figure
    return "" if met else "  NOT MET"


def planted(seeds: tuple[int, ...], scratch: Path) -> None:
    """Print how much of the planted passages is found, a seed a column."""
    scores, runs = [], []
    for seed in seeds:
        folder = scratch / f"planted-{seed}"
        make = [sys.executable, str(SHARED / "bench" / "make_reuse.py"), str(folder), "--seed", str(seed)]
        subprocess.run(make, check=True, capture_output=True)
        out = scratch / f"planted-{seed}.parquet"
        runs.append(reuse(folder / "reports.parquet", out))
        score = [
            sys.executable,
            str(SHARED / "bench" / "score_reuse.py"),
            str(out),
            str(folder / "gold.json"),
            "--json",
        ]
        scores.append(json.loads(subprocess.run(score, check=True, capture_output=True, text=True).stdout))
    print(f"planted passages, seeds {', '.join(map(str, seeds))}")
    for name in scores[0]:
        values = [score[name] for score in scores]
        worst = max(values) if name == "granularity" else min(values)
        met = worst <= MOST_GRANULARITY if name == "granularity" else worst >= FLOORS.get(name, 0)
        print(f"  {name:<20} {'  '.join(f'{value:>7}' for value in values)}{_mark(met)}")
    seconds = [run.seconds for run in runs]
    met = max(seconds) <= MOST_SECONDS["planted"]
    print(f"  {'seconds':<20} {'  '.join(f'{each:7.1f}' for each in seconds)}{_mark(met)}")
    print(f"  {'GiB':<20} {'  '.join(f'{run.gib:7.2f}' for run in runs)}", flush=True)


def news(scratch: Path) -> None:
    """Print what the real collection costs, and how it grows."""
    part = scratch / "part.parquet"
    pq.write_table(pq.read_table(NEWS).slice(0, SMALLER), part)
    less, all_of = reuse(part, scratch / "less.parquet"), reuse(NEWS, scratch / "all.parquet")
    number = pq.ParquetFile(NEWS).metadata.num_rows
    growth = math.log(all_of.seconds / less.seconds) / math.log(number / SMALLER)
    print(f"real reports, {SMALLER:,} and {number:,}")
    print(f"  seconds  {less.seconds:.1f}  {all_of.seconds:.1f}{_mark(all_of.seconds <= MOST_SECONDS['news'])}")
    print(f"  GiB      {less.gib:.2f}  {all_of.gib:.2f}{_mark(all_of.gib <= MOST_GIB)}")
    print(f"  growth   n^{growth:.2f}{_mark(growth <= MOST_GROWTH)}")
    print(f"  spans    {all_of.told['spans']}")
    stages = sorted(all_of.told["seconds"].items(), key=lambda each: -each[1])  # type: ignore[attr-defined]
    print("  stages   " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in stages[:8]))


def main() -> None:
    """Measure, or say what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default=",".join(map(str, SEEDS)))
    seeds = tuple(int(seed) for seed in parser.parse_args().seeds.split(","))
    if not NEWS.exists():
        print("Shared wording was not measured: the optional folder of test corpora is not here.")
        return
    with tempfile.TemporaryDirectory() as scratch:
        planted(seeds, Path(scratch))
        news(Path(scratch))


if __name__ == "__main__":
    main()
