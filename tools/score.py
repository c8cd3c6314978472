"""Measure the present state against the gold readings in a folder of test corpora, beside the floors it must keep.

    python tools/score.py ../shared

Each case is traced and exported by the command line, as a person would, and scored by the corpora's own program.
Skips with a reason where the folder is absent; ends with status 1 when a floor is missed. Keeps nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

LEAD = "chechnya-2017"
# The floors of the first version: for the lead case, and for the mean of the others.
FLOORS: dict[str, tuple[float, float]] = {
    "quote_f1": (0.93, 0.88),
    "source": (0.80, 0.70),
    "variant_f1": (0.88, 0.70),
    "origin_f1": (0.80, 0.60),
    "told_to": (0.80, 0.50),
    "figure_recall": (0.80, 0.60),
}
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
    print_table(scored)
    missed = list(misses(scored))
    for line in missed:
        print(line)
    return 1 if missed else 0


def score(case: Path, scorer: Path, scratch: Path) -> Scores:
    """Trace the reports of `case` and return what the scoring program says of the export."""
    made, exported = scratch / f"{case.name}.headwater", scratch / f"{case.name}.json"
    folder = scratch / case.name
    folder.mkdir()
    for path in case.iterdir():
        if path.suffix in {".txt", ".html", ".csv"}:
            (folder / path.name).write_bytes(path.read_bytes())
    headwater(["trace", folder, "--case", made, "--dossier", scratch / f"{case.name}-dossier"])
    headwater(["export", made, "--format", "json", "--out", exported])
    told = subprocess.run(
        [sys.executable, scorer, exported, case, "--json"], check=True, capture_output=True, text=True
    )
    scores: Scores = json.loads(told.stdout)
    return scores


def headwater(arguments: list[str | Path]) -> None:
    """Run the command line with `arguments`. Raises CalledProcessError when it does not end well."""
    subprocess.run([sys.executable, "-m", "headwater", *arguments], check=True, capture_output=True)


def others(scored: dict[str, Scores], measure: str) -> float | None:
    """Return the mean of a measure over the cases beside the lead, or None when none has it."""
    values = [value for name, each in scored.items() if name != LEAD and (value := each.get(measure)) is not None]
    return sum(values) / len(values) if values else None


def misses(scored: dict[str, Scores]) -> list[str]:
    """Return a line for every floor that is missed."""
    lines = []
    for measure, (lead, rest) in FLOORS.items():
        for where, value, floor in (
            (LEAD, scored.get(LEAD, {}).get(measure), lead),
            ("others", others(scored, measure), rest),
        ):
            if value is not None and value < floor:
                lines.append(f"BELOW THE FLOOR  {where} {measure}: {value:.3f} < {floor:.2f}")
    return lines


def print_table(scored: dict[str, Scores]) -> None:
    """Print one row a measure: the lead case, its floor, the mean of the others, its floor, then each of the others."""
    rest = [name for name in scored if name != LEAD]
    rows = [["measure", LEAD, "floor", "mean of others", "floor", *rest]]
    for measure in dict.fromkeys([*FLOORS, *(measure for each in scored.values() for measure in each)]):
        lead, other = FLOORS.get(measure, (None, None))
        values = [scored.get(LEAD, {}).get(measure), lead, others(scored, measure), other]
        values += [scored[name].get(measure) for name in rest]
        rows.append([measure, *("" if value is None else f"{value:.3f}" for value in values)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        numbers = (f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))
        print("  ".join([f"{name:<{widths[0]}}", *numbers]))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
