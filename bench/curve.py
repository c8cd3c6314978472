"""What shared wording costs from 1,000 to a million reports: real ones as far as there are any, invented ones beyond.

    python bench/curve.py [NUMBER...]

Prints a row for each number: seconds, GiB of all processes together, pairs looked at, spans. Real reports are those of
the optional folder of test corpora. A million needs some 25 GB of disk and half an hour on two processors.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from reuse import NEWS, reuse
from tables import write_table

LARGE = 200_000  # from here on with 8 GB, below with what the command takes by itself
NUMBERS = (1_000, 5_000, 10_000, 20_000, 37_554, 100_000)


def table_of(number: int, path: Path) -> str:
    """Write a table of `number` reports to `path`; say of what kind they are."""
    if NEWS.exists() and number <= pq.ParquetFile(NEWS).metadata.num_rows:
        pq.write_table(pq.read_table(NEWS).slice(0, number), path)
        return "real"
    write_table(number, path)
    return "invented"


def main() -> None:
    """Measure the numbers given, or those that take minutes."""
    numbers = [int(each) for each in sys.argv[1:]] or list(NUMBERS)
    print("   reports  kind      seconds  s/million   GiB       pairs       spans  slowest steps")
    for number in numbers:
        with tempfile.TemporaryDirectory() as scratch:
            table = Path(scratch) / "reports.parquet"
            kind = table_of(number, table)
            options = ("--memory", "8GB") if number > LARGE else ()
            run = reuse(table, Path(scratch) / "reuse.parquet", *options)
        spans = sum(run.told["spans"].values())  # type: ignore[attr-defined]
        stages = sorted(run.told["seconds"].items(), key=lambda each: -each[1])[:4]  # type: ignore[attr-defined]
        slowest = ", ".join(f"{name} {seconds:.0f}" for name, seconds in stages)
        print(
            f"{number:>10,}  {kind:<8} {run.seconds:>8.1f} {run.seconds * 1e6 / number:>10,.0f} {run.gib:>5.2f} "
            f"{run.told['pairs_aligned']:>11,} {spans:>11,}  {slowest}",
            flush=True,
        )


if __name__ == "__main__":
    main()
