"""Tracing and weighing after reading: how they grow from 500 to 2,000 reports that overlap as news does.

    python bench/piles.py [NUMBER...]

Reads invented reports once, and real ones where the optional folder of test corpora and a package that opens its table
(pyarrow) are there; then traces and weighs the first NUMBER of them, each in a fresh process. Prints processor seconds,
the exponent of their growth and the largest resident size. Needs minutes, for the reading; writes nothing that stays.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import json
import math
import pickle
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from headwater import intake, tracing, weighing
from headwater.model import Reading, Received, Report, uncollected
from headwater.pipeline.readers import read_all
from stories import Season

SIZES = (500, 1000, 2000)
REAL = Path(__file__).parents[2] / "shared" / "corpora" / "news-37k" / "news.parquet"
_TABLES = "pyarrow.parquet"
_SEED = 20
_LIMITS = "limits at 2,000 reports: 60 s, 2,048 MiB; exponent 1.2"
Rows = Iterable[tuple[str, str, str]]


def invented(number: int) -> Rows:
    """Return outlet, day and text of invented reports."""
    return Season(_SEED).reports(number)


def real(number: int) -> Rows | str:
    """Return the same of the newest real reports that give their day, or why there are none."""
    if not REAL.is_file():
        return "there is no folder of test corpora beside the project"
    if importlib.util.find_spec(_TABLES.partition(".")[0]) is None:
        return f"{_TABLES.partition('.')[0]}, which opens the table of real reports, is not installed"
    rows = importlib.import_module(_TABLES).read_table(REAL).to_pylist()
    dated = [row for row in rows if row["text"] and re.match(r"20\d\d-\d\d-\d\d", row["published"] or "")]
    newest = sorted(dated, key=lambda row: (row["published"], row["id"]))[-number:]
    return [
        (row["outlet"] or "unknown", row["published"][: len("2000-01-01")], f"{row['title']}\n\n{row['text']}\n")
        for row in newest
    ]


def received(rows: Rows, folder: Path) -> Received:
    """Write the reports into `folder`, which must be empty, and take them in as the program does."""
    with (folder / "reports.csv").open("w", encoding="utf-8", newline="") as listing:
        table = csv.writer(listing)
        table.writerow(("file", "outlet", "published"))
        for index, (outlet, day, text) in enumerate(rows):
            (folder / f"r{index:05}.txt").write_text(text, encoding="utf-8")
            table.writerow((f"r{index:05}.txt", outlet, day))
    ours = intake.Ours(frozenset(), lambda _: False)
    return intake.receive([folder], limits=intake.Limits(), ours=ours)


def read(rows: Rows, folder: Path) -> tuple[list[Report], list[Reading]]:
    """Take in the reports, written into the empty `folder`, and read them."""
    reports = received(rows, folder).reports
    return list(reports), list(read_all(reports, tick=lambda *_: None).readings)


def measure(given: Path) -> None:
    """Trace and weigh pickled reports and readings in this process, and print what it took as JSON."""
    reports, readings = pickle.loads(given.read_bytes())
    started = time.process_time()
    with uncollected():
        traced, completed = tracing.trace(reports, readings)
        between = time.process_time()
        weighed = weighing.weigh([report.info for report in reports], completed, traced, set_aside=())
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    told = {
        "tracing": between - started,
        "weighing": time.process_time() - between,
        "MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20,
        "statements": sum(len(reading.statements) for reading in readings),
        "reuse": len(traced.reuse),
        "claims": len(weighed.claims),
    }
    print(json.dumps(told))


def table(name: str, rows: Rows | str, sizes: tuple[int, ...], scratch: Path) -> None:
    """Print what tracing and weighing took at each size, or why it was skipped."""
    if isinstance(rows, str):
        print(f"\n{name}: skipped, {rows}.")
        return
    folder = scratch / name
    folder.mkdir()
    reports, readings = read(rows, folder)
    found: list[dict[str, float]] = []
    for size in sizes:
        given = scratch / f"{name}-{size}.pickle"
        given.write_bytes(pickle.dumps((reports[:size], readings[:size])))
        command = [sys.executable, __file__, "--measure", str(given)]
        found.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        given.unlink()
    print(f"\n{name} reports, processor seconds after reading ({_LIMITS})")
    print(f"{'':<12}" + "".join(f"{size:>10,}" for size in sizes) + "   exponent")
    wide = [one["tracing"] + one["weighing"] for one in found]
    for row, values in (*((key, [one[key] for one in found]) for key in found[0]), ("both", wide)):
        grown = math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 1.0
        digits = 1 if row in {"tracing", "weighing", "both"} else 0
        print(f"{row:<12}" + "".join(f"{value:>10,.{digits}f}" for value in values) + f"   {grown:.2f}")


def main(words: list[str]) -> None:
    """Measure both piles at the sizes given."""
    sizes = tuple(sorted(int(word) for word in words)) or SIZES
    with tempfile.TemporaryDirectory() as scratch:
        table("invented", invented(sizes[-1]), sizes, Path(scratch))
        table("real", real(sizes[-1]), sizes, Path(scratch))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]))
    else:
        main(sys.argv[1:])
