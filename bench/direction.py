"""How often the signs of direction point from the later to the earlier report, their dates hidden.

    python bench/direction.py REPORTS.jsonl [MOST]

Every line is one report: {"outlet", "published", "url", "authors", "text"}. Pairs of different outlets and days that
share runs of ten words are read by rules, and every wording they share is weighed without the dates; a sign is right
when it takes the report of the later day for the later one. A day is not the truth about who had it from whom: so, in
"by citation", dates and the other signs are held against the places where one of the two names the other's outlet.
Prints a table; writes nothing.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from headwater.model import Basis, Evidence, Noted, Reading, Report, ReuseKind, plain_report
from headwater.reading import reader_for
from headwater.tracing import reuse
from headwater.tracing.direction import Directions, is_told
from headwater.tracing.material import prepare

_RUN, _KEPT = 10, 4  # words in a run; one of so many runs is looked at
_LEAST_RUNS, _CROWD = 4, 8  # shared runs that make a pair; reports that may share one of them
_LONGEST = 20_000
_WEEK = 6
_WORD = re.compile(r"[^\W_]+")
_LABEL = re.compile(r"\s*(?:\([^)]*\)|- (?:News|Editorial|Opinion)|Online News)\s*$")
Row = dict[str, Any]


def main(path: Path, most: int) -> None:
    """Print the table for the reports of a file."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if len(row["published"] or "") >= len("2000-01-01")]
    tally: dict[str, Counter[bool]] = defaultdict(Counter)
    pairs = pairs_of(rows)
    random.Random(5).shuffle(pairs)
    print(f"{len(pairs)} pairs, {min(most, len(pairs))} of them weighed")
    for earlier, later in pairs[:most]:
        for name, right in signs(rows[earlier], rows[later]):
            tally[name][right] += 1
    print(f"{'sign':<44}{'pairs':>8}{'right':>8}{'2p - 1':>8}")
    for name, found in sorted(tally.items()):
        total = sum(found.values())
        print(f"{name:<44}{total:>8}{found[True] / total:>8.3f}{2 * found[True] / total - 1:>8.2f}")


def pairs_of(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the pairs (earlier, later) of different outlets and days that share several runs of words."""
    holders: dict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        words = _WORD.findall(row["text"].casefold())
        marks = {digest(" ".join(words[i : i + _RUN])) for i in range(len(words) - _RUN + 1)}
        for mark in marks:
            if mark % _KEPT == 0:
                holders[mark].append(at)
    shared = Counter(
        pair for found in holders.values() if 1 < len(found) <= _CROWD for pair in combinations(sorted(found), 2)
    )
    out = []
    for (a, b), count in sorted(shared.items()):
        days = rows[a]["published"][:10], rows[b]["published"][:10]
        if count >= _LEAST_RUNS and days[0] != days[1] and site(rows[a]) != site(rows[b]):
            out.append((a, b) if days[0] < days[1] else (b, a))
    return out


def digest(text: str) -> int:
    """Return a number for a run of words, the same in every run of the program."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest())


def site(row: Row) -> str:
    """Return whose page it is."""
    return re.sub(r"^https?://(?:www\d?\.|m\.)?([^/:]+).*", r"\1", row["url"] or "") or row["outlet"]


def signs(earlier: Row, later: Row) -> Iterator[tuple[str, bool]]:
    """Yield every sign of a pair, its dates hidden, and whether it is right."""
    reports = [report_of(row, name) for row, name in ((earlier, "earlier"), (later, "later"))]
    if reports[0].text == reports[1].text:
        return
    readings = [read(report) for report in reports]
    if None in readings:
        return
    material = prepare(reports, [reading for reading in readings if reading])
    directions = Directions(material)
    found: dict[str, Evidence] = {}
    what = "quote"
    for item in reuse.find(material):
        if item.kind.depends or item.kind is ReuseKind.QUOTE:
            what = "copy" if item.kind.depends else what
            sides = (item.a, item.b) if item.a.report == reports[0].id else (item.b, item.a)
            for sign in directions.between(*sides):
                known = found.get(sign.name)
                if known is None or abs(sign.weight) > abs(known.weight):
                    found[sign.name] = sign
    if what == "copy" or found:
        yield from answers(what, found, (date_of(later) - date_of(earlier)).days)


def answers(what: str, found: dict[str, Evidence], days: int) -> Iterator[tuple[str, bool]]:
    """Yield what each sign says, the strongest passage of each name; then what it says where one report cites."""
    for sign in found.values():
        if sign.weight:
            yield f"{what}: {sign.name} {abs(sign.weight)}", sign.weight > 0
    evidence = tuple(found.values())
    turned = tuple(replace(sign, weight=-sign.weight) for sign in evidence)
    if is_told(evidence) or is_told(turned):
        yield f"{what}: directed without dates", is_told(evidence)
    if "citation" not in found:
        return
    truth = found["citation"].weight > 0
    gap = "1 day" if days == 1 else "2 to 6 days" if days <= _WEEK else "a week or more"
    yield f"by citation: dates, {gap}", truth
    for sign in evidence:
        if sign.weight and sign.name != "citation":
            yield f"by citation: {sign.name}", (sign.weight > 0) is truth


def read(report: Report) -> Reading | None:
    """Read a report by rules; None where the reader fails, as the program would set it aside with its reason."""
    try:
        return reader_for("en", "english-rules").read(report)
    except (ValueError, StopIteration):
        return None


def date_of(row: Row) -> date:
    """Return the day of a report."""
    return date.fromisoformat(row["published"][:10])


def report_of(row: Row, name: str) -> Report:
    """Return a report without its date."""
    base = plain_report(row["text"][:_LONGEST], name=name, language=Noted("en", Basis.GIVEN))
    noted = [_LABEL.sub("", row["outlet"]).strip(), row["url"], row["authors"]]
    outlet, url, author = (Noted(value, Basis.GIVEN) if value else None for value in noted)
    return replace(base, info=replace(base.info, outlet=outlet, url=url, author=author))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
