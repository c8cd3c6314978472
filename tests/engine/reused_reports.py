"""An invented pile of reports in which every kind of shared wording stands, and tables made of such reports."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine.duck import Duck
from headwater.engine.reuse import ReuseMade, find_reuse
from headwater.engine.stages import Work

# Sentences are built of invented words between everyday ones, so that reports share no wording by accident and read
# like prose to the weights.
_SYLLABLES = "ba den fol gri hav jun kel lom mir nas orp pel rud sti tov urm vek wol yan zed".split()
_EVERYDAY = "the of a in to was that by with from on at it had and for were as an after".split()

Row = Mapping[str, str]


def sentences(seed: int, number: int) -> list[str]:
    """Return so many sentences that no other seed gives."""
    chance = random.Random(seed)

    def word() -> str:
        return chance.choice(_EVERYDAY) if chance.random() < 0.4 else "".join(chance.choices(_SYLLABLES, k=3))

    return [" ".join(word() for _ in range(16)).capitalize() + "." for _ in range(number)]


def row(name: str, outlet: str, day: str, parts: Sequence[str]) -> Row:
    """Return one report of these sentences, two to a paragraph."""
    paragraphs = [" ".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return {"id": name, "outlet": outlet, "published": day, "title": "", "text": "\n\n".join(paragraphs)}


def filler(name: str, outlet: str, day: str, seed: int, *planted: str) -> Row:
    """Return a report of its own sentences with `planted` ones in the middle."""
    return row(name, outlet, day, [*sentences(seed, 6), *planted, *sentences(seed + 10_000, 6)])


def write(rows: Sequence[Row], path: Path) -> Path:
    """Write reports as a table."""
    pq.write_table(pa.Table.from_pylist([dict(each) for each in rows]), path)
    return path


def found(rows: Sequence[Row], folder: Path, *, threads: int = 1) -> tuple[ReuseMade, list[dict[str, object]]]:
    """Return what the whole plan makes of reports on this machine: the counts, and the rows of spans in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    table = write(rows, folder / "in.parquet")
    with Duck(threads=threads, memory=2**30, spill=folder / "spill") as duck:
        work = Work(folder / "work", duck, lambda *_: None)
        work.given("input", [table], "test")
        made = find_reuse(work, pq.ParquetFile(table).schema_arrow.names)
        spans: list[dict[str, object]] = work.rows("spans").to_pylist()
    return made, spans
