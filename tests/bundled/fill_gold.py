"""Fill the offsets of gold.json from its exact words. Run by hand after a report or the reading has changed.

The words decide: a text that does not stand in its report is an error here, never searched for in a similar form.
Of a page only the words are kept, because its working text is made by intake.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
REPORTS = HERE.parents[1] / "src" / "headwater" / "bundled"

Row = dict[str, Any]


class NotInReport(Exception):
    """Words of the gold reading do not stand in the report they are said to stand in."""


def place(text: str, words: str, nth: int) -> tuple[int, int]:
    """Return start and end of the `nth` occurrence (from 0) of `words`. Raises NotInReport."""
    start = -1
    for _ in range(nth + 1):
        start = text.find(words, start + 1)
        if start < 0:
            raise NotInReport(words)
    return start, start + len(words)


def filled(gold: Row, texts: dict[str, str]) -> Row:
    """Return the reading with every offset of a .txt report filled. Raises NotInReport; writes nothing."""
    out = dict(gold)
    for part in ("statements", "figures", "caveats"):
        rows = [_with_place(row, texts) for row in gold[part]]
        out[part] = sorted(rows, key=lambda row: (row["report"], row["start"] or 0, row["end"] or 0))
    out["reuse"] = [
        row | {"span_a": place(texts[row["a"]], row["text_a"], 0), "span_b": place(texts[row["b"]], row["text_b"], 0)}
        for row in gold["reuse"]
    ]
    return out


def read_texts() -> dict[str, str]:
    """Return the words of every bundled .txt report by file name."""
    return {path.name: path.read_bytes().decode("utf-8") for path in sorted(REPORTS.glob("*.txt"))}


def dumped(gold: Row) -> str:
    """Return the reading as it stands in gold.json: one row a line, so that a change is one line of a diff."""
    parts = []
    for key, value in gold.items():
        if isinstance(value, list):
            rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in value)
            parts.append(f" {json.dumps(key)}: [\n{rows}\n ]")
        elif isinstance(value, dict):
            rows = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
            parts.append(f" {json.dumps(key)}: {{\n{rows}\n }}")
        else:
            parts.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _with_place(row: Row, texts: dict[str, str]) -> Row:
    if row["report"] not in texts:
        return row | {"start": None, "end": None}
    start, end = place(texts[row["report"]], row["text"], row["nth"])
    return row | {"start": start, "end": end}


def main() -> None:
    """Rewrite gold.json with its offsets."""
    target = HERE / "gold.json"
    gold: Row = json.loads(target.read_text(encoding="utf-8"))
    target.write_text(dumped(filled(gold, read_texts())), encoding="utf-8")


if __name__ == "__main__":
    main()
