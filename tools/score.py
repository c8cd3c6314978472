"""Measure the present state against the gold readings in a folder of test corpora, beside the floors it must keep.

    python tools/score.py ../shared

Each case is traced and exported by the command line, as a person would, and scored by the corpora's own program; once
more with the rules alone, to show what the trained reader adds. The development articles of the attribution corpus
are read by `headwater read`; `tools.verses` measures the judge of rewording. Skips with a reason where the folder is
absent; ends with status 1 when a floor is missed. Keeps nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# For each measure the least mean over the cases, and what no single case may fall below.
FLOORS: dict[str, tuple[float, float]] = {
    "quote_f1": (0.94, 0.88),
    "indirect_recall": (0.75, 0.60),
    "source": (0.90, 0.80),
    "variant_p": (0.92, 0.0),
    "variant_f1": (0.88, 0.75),
    "origin_f1": (0.82, 0.70),
    "told_to": (0.82, 0.60),
    "figure_recall": (0.80, 0.60),
    "reuse_recall": (0.75, 0.60),
}
# What two careful readers who had not seen each other's work agree on, as a share; the aim, not a floor.
TWO_READERS = {
    "quote_f1": 0.98,
    "indirect_recall": 0.88,
    "source": 1.00,
    "variant_f1": 0.94,
    "origin_f1": 0.89,
    "told_to": 0.91,
    "reuse_recall": 0.81,
}
# Of reading alone, on the development articles of the attribution corpus: F1 of exact spans, and of pairs.
READING_FLOORS = {"source": 80.0, "cue": 75.0, "content": 68.0, "pair": 66.0}
RULES = "english-rules"
COMPARED = ("quote_f1", "source", "indirect_recall", "told_to")
Scores = dict[str, float | None]


def main(shared: Path) -> int:
    """Print the table and return the exit status."""
    scorer = shared / "bench" / "score.py"
    cases = sorted(gold.parent for gold in (shared / "corpora").glob("*/gold.json")) if scorer.is_file() else []
    if not cases:
        print(f"Skipped: there is no folder of test corpora with gold readings at {shared}.")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        scored = {case.name: score(case, scorer, Path(scratch)) for case in cases}
        by_rules = {case.name: score(case, scorer, Path(scratch), RULES) for case in cases}
        read = score_reading(shared, Path(scratch))
    print_table(scored)
    print_compared(scored, by_rules)
    print_reading(read)
    rewording_missed = measure_rewording(shared)
    missed = [*misses(scored), *reading_misses(read)]
    for line in missed:
        print(line)
    return 1 if missed or rewording_missed else 0


def score(case: Path, scorer: Path, scratch: Path, reader: str = "english") -> Scores:
    """Trace the reports of `case` with a reader and return what the scoring program says of the export."""
    scratch = scratch / reader
    made, exported = scratch / f"{case.name}.headwater", scratch / f"{case.name}.json"
    folder = scratch / case.name
    folder.mkdir(parents=True)
    for path in case.iterdir():
        if path.suffix in {".txt", ".html", ".csv"}:
            (folder / path.name).write_bytes(path.read_bytes())
    headwater(["trace", folder, "--reader", reader, "--case", made, "--dossier", scratch / f"{case.name}-dossier"])
    headwater(["export", made, "--format", "json", "--out", exported])
    told = subprocess.run(
        [sys.executable, scorer, exported, case, "--json"], check=True, capture_output=True, text=True
    )
    scores: Scores = json.loads(told.stdout)
    return scores


def score_reading(shared: Path, scratch: Path) -> dict[str, dict[str, float]]:
    """Read the development articles and return what the scoring program says; nothing where they are absent."""
    gold, scorer = shared / "corpora" / "polnear" / "dev.jsonl.gz", shared / "bench" / "score_attribution.py"
    if not gold.is_file() or not scorer.is_file():
        return {}
    read = scratch / "read.jsonl"
    headwater(["read", gold, "--out", read])
    told = subprocess.run([sys.executable, scorer, read, gold, "--json"], check=True, capture_output=True, text=True)
    scores: dict[str, dict[str, float]] = json.loads(told.stdout)
    return scores


def measure_rewording(shared: Path) -> bool:
    """Let `tools.verses` print what it measures; return True when it misses a floor."""
    command = [sys.executable, "-m", "tools.verses", str(shared.absolute())]
    sys.stdout.flush()
    return bool(subprocess.run(command, check=False, cwd=Path(__file__).parents[1]).returncode)


def headwater(arguments: list[str | Path]) -> None:
    """Run the command line with `arguments`. Raises CalledProcessError when it does not end well."""
    subprocess.run([sys.executable, "-m", "headwater", *arguments], check=True, capture_output=True)


def mean(scored: dict[str, Scores], measure: str) -> float | None:
    """Return the mean of a measure over the cases that have it, or None when none has."""
    values = [value for each in scored.values() if (value := each.get(measure)) is not None]
    return sum(values) / len(values) if values else None


def misses(scored: dict[str, Scores]) -> list[str]:
    """Return a line for every floor that is missed, by the mean or by a single case."""
    lines = []
    for measure, (least_mean, least) in FLOORS.items():
        found = [("mean", mean(scored, measure), least_mean)]
        found += [(name, each.get(measure), least) for name, each in scored.items()]
        for where, value, floor in found:
            if value is not None and value < floor:
                lines.append(f"BELOW THE FLOOR  {where} {measure}: {value:.3f} < {floor:.2f}")
    return lines


def reading_misses(read: dict[str, dict[str, float]]) -> Iterator[str]:
    """Yield a line for every floor of reading alone that is missed."""
    for part, floor in READING_FLOORS.items():
        if read and read[part]["f1"] < floor:
            yield f"BELOW THE FLOOR  reading {part}: {read[part]['f1']:.1f} < {floor:.1f}"


def print_reading(read: dict[str, dict[str, float]]) -> None:
    """Print precision, recall and F1 of reading alone, beside the floors."""
    if not read:
        print("\nSkipped: there are no marked articles in that folder; reading alone was not measured.")
        return
    print(f"\n{'reading alone':<15}  {'p':>5}  {'r':>5}  {'f1':>5}  {'floor':>5}")
    for part, found in read.items():
        numbers = [found.get("p"), found.get("r"), found["f1"], READING_FLOORS.get(part)]
        print("  ".join([f"{part:<15}", *(f"{'' if n is None else f'{n:.1f}':>5}" for n in numbers)]))


def print_compared(scored: dict[str, Scores], by_rules: dict[str, Scores]) -> None:
    """Print what reading by rules alone reaches, and after it what the trained reader makes of it."""
    print(f"\n{'rules → trained':<15}  " + "  ".join(f"{name:>20}" for name in scored))
    for measure in COMPARED:
        cells = [(by_rules[name].get(measure), scored[name].get(measure)) for name in scored]
        shown = ("" if None in cell else " → ".join(f"{value:.3f}" for value in cell) for cell in cells)
        print("  ".join([f"{measure:<15}", *(f"{text:>20}" for text in shown)]))


def print_table(scored: dict[str, Scores]) -> None:
    """Print one row a measure: the mean, its floor, what two readers reach, the floor of a single case, then each."""
    rows = [["measure", "mean", "floor", "two readers", "each", *scored]]
    for measure in dict.fromkeys([*FLOORS, *(measure for each in scored.values() for measure in each)]):
        least_mean, least = FLOORS.get(measure, (None, None))
        values = [mean(scored, measure), least_mean, TWO_READERS.get(measure), least]
        values += [each.get(measure) for each in scored.values()]
        rows.append([measure, *("" if value is None else f"{value:.3f}" for value in values)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        numbers = (f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))
        print("  ".join([f"{name:<{widths[0]}}", *numbers]))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
