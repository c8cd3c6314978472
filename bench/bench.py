"""Time and memory of the program as a person starts it, and whether the work grows with the number of reports only.

    python bench/bench.py [NUMBER...]

Traces invented reports in a temporary folder: five from a fresh process (and `--help`), then 100, 300 and 1,000 by
step; and reads the bundled reports many times over, with the trained reader and by rules. Then `piles` measures
tracing and weighing alone, on 500, 1,000 and 2,000 reports that overlap as news does. Writes nothing elsewhere.
"Memory" is the largest resident size that one process of the run reached.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import piles
from synthetic import write_reports

SIZES = (100, 300, 1000)
BUNDLED = Path(__file__).parent.parent / "src" / "headwater" / "bundled"
_ROUNDS = 60
_TRIES = 3
_LINEAR = 1.5  # a step may take this many times as long a report as at the smallest size


class Measured(NamedTuple):
    """One process and its children: wall and processor seconds, MiB of the largest of them, and what was printed."""

    seconds: float
    cpu: float
    mebibytes: float
    output: str


def measure(*arguments: str) -> Measured:
    """Run the command line in a fresh process. Raises RuntimeError when it does not end well."""
    command = [sys.executable, "-m", "headwater", *arguments]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
        out.seek(0)
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
        return Measured(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 2**20, out.read())


def trace(number: int, scratch: Path) -> Measured:
    """Trace `number` invented reports into a folder of `scratch` that holds nothing else."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    reports = folder / "reports"
    reports.mkdir()
    write_reports(reports, number)
    case, dossier = str(folder / "case.headwater"), str(folder / "dossier")
    return measure("trace", str(reports), "--case", case, "--dossier", dossier, "--json")


def cold(scratch: Path) -> None:
    """Print what starting costs: the best of a few tries, because other programs only ever add to it."""
    helped = min(measure("--help").seconds for _ in range(_TRIES))
    print(f"headwater --help  {helped:6.2f} s   (limit 0.3)")
    five = [trace(5, scratch) for _ in range(_TRIES)]
    seconds, memory = min(each.seconds for each in five), max(each.mebibytes for each in five)
    print(f"five reports      {seconds:6.2f} s   (limit 3)   {memory:.0f} MiB (limit 400)")


def reading(scratch: Path) -> None:
    """Print how many words a second reading alone takes in, by either built-in reader; the set-up counts too.

    The bundled reports, since the word pieces of made-up words would be many more than those of English.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(BUNDLED.glob("*.txt"))] * _ROUNDS
    lines = [json.dumps({"id": str(at), "text": text}) for at, text in enumerate(texts)]
    given = scratch / "reports.jsonl"
    given.write_text("\n".join(lines), encoding="utf-8")
    words = sum(len(text.split()) for text in texts)
    print(f"\nreading alone, {len(texts):,} reports, {words:,} words")
    for reader in ("english", "english-rules"):
        run = measure("read", str(given), "--out", str(scratch / f"{reader}.jsonl"), "--reader", reader)
        limit = "   (limit 6,000)" if reader == "english" else ""
        print(f"{reader:<14}{words / run.seconds:>10,.0f} words a second   {run.mebibytes:.0f} MiB{limit}")


def growth(sizes: tuple[int, ...], scratch: Path) -> None:
    """Print the processor seconds of every step at each size, and the cost of a report against the smallest size.

    Processor seconds, because they are the same on a busy machine; the limit is on the wall clock.
    """
    table: dict[str, list[float]] = {}
    walls, memories = [], []
    for size in sizes:
        run = trace(size, scratch)
        for step in json.loads(run.output)["steps"]:
            table.setdefault(step["step"], []).append(step["cpu_seconds"])
        table.setdefault("whole", []).append(run.cpu)
        walls.append(run.seconds)
        memories.append(run.mebibytes)
    print(f"\nprocessor seconds, {os.cpu_count()} processors")
    print(f"{'step':<12}" + "".join(f"{size:>10,}" for size in sizes) + "   a report, against the smallest size")
    for name, values in table.items():
        ratios = [value / values[0] * sizes[0] / size for value, size in zip(values, sizes, strict=True)][1:]
        told = "  ".join(f"{ratio:5.2f}x" for ratio in ratios)
        beyond = "   faster than the reports" if max(ratios, default=0) > _LINEAR else ""
        print(f"{name:<12}" + "".join(f"{value:>10.2f}" for value in values) + f"   {told}{beyond}")
    print(f"{'wall':<12}" + "".join(f"{value:>10.2f}" for value in walls) + "   limit at 1,000 reports: 60 s")
    print(f"{'MiB':<12}" + "".join(f"{value:>10.0f}" for value in memories))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        cold(Path(place))
        growth(tuple(int(word) for word in sys.argv[1:]) or SIZES, Path(place))
        reading(Path(place))
    piles.main([])
