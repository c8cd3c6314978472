"""A case that people work with: what opening, writing, deciding, adding and protecting take at 500 and 2,000 reports.

    python bench/growing.py [NUMBER...]

Reads invented reports once, with the rules; then makes and measures a case of the first NUMBER of them, each in a fresh
process. Prints processor seconds, the exponent of their growth and what grows with the case. Then one decision on a
small case that holds 10, 1,000 and 5,000 of them. Needs minutes; writes nothing that stays.
"""

from __future__ import annotations

import json
import math
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from headwater import casefile, dossier
from headwater.casefile import keys
from headwater.model import (
    Case,
    Consent,
    Handling,
    Maker,
    Makers,
    People,
    Reading,
    Received,
    Sensitivity,
    Subject,
    SubjectKind,
    Verb,
)
from headwater.pipeline.deciding import Asked, Sitting
from headwater.pipeline.differences import changes
from headwater.pipeline.leaving import leaving, own_words
from headwater.pipeline.readers import read_all
from headwater.pipeline.remaking import remake
from headwater.protection import scan
from headwater.protection.names import proposed_names
from headwater.reading import RULES
from piles import invented, received

SIZES = (500, 2000)
DECISIONS = (10, 1000, 5000)
PROTECTED = 20
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
_AGAIN = 10
_TRIES = 5
_SALT = keys.MARK + bytes([keys.NEWEST]) + bytes(12)
_SECRET = bytes(range(32))
T = TypeVar("T")


class Table:
    """What was measured of one case, by row."""

    def __init__(self) -> None:
        self.rows: dict[str, float] = {}

    def __call__(self, row: str, work: Callable[[], T]) -> T:
        """Do the work and note its processor seconds."""
        started = time.process_time()
        done = work()
        self.rows[row] = time.process_time() - started
        return done


def measure(given: Path) -> None:
    """Make a case of pickled reports and readings, do with it what people do, and print what it took as JSON."""
    pile, readings, maker = pickle.loads(given.read_bytes())
    told = Table()
    *most, last = pile.reports
    before = made(first_of(pile, len(most)), readings[:-1], maker)
    case = told("made anew with a report more", lambda: made(pile, readings, maker))
    told("what is different", lambda: changes(before, case))
    with tempfile.TemporaryDirectory() as place:
        stored(case, Path(place), told)
    protect(case, told)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    told.rows["MiB, most in memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    assert last.id not in {report.id for report in before.received.reports}
    print(json.dumps(told.rows))


def first_of(pile: Received, number: int) -> Received:
    """Return the first reports of a pile as if no others had come."""
    reports = pile.reports[:number]
    files = {file for report in reports for file in report.info.files}
    digests = {report.info.sha256 for report in reports}
    originals = tuple(each for each in pile.originals if each.sha256 in digests)
    return replace(pile, files=tuple(sorted(files)), originals=originals, reports=reports, set_aside=())


def made(pile: Received, readings: list[Reading], maker: Maker) -> Case:
    """Make the case, without the sentence encoder."""
    return remake(pile, readings, reading_maker=maker, encode=False)


def stored(case: Case, place: Path, told: Table) -> None:
    """Write the case in the ways in which it comes to be written, open and check it."""
    path, locked = place / "plain.headwater", place / "locked.headwater"
    key = keys.Key(bytes(32), _SALT)

    def write(what: Case) -> casefile.CaseWritten:
        return casefile.write_case(path, what, now=NOON, agent="bench", action="made")

    told("written, new", lambda: write(case))
    told.rows["MiB, the case file"] = path.stat().st_size / 2**20
    casefile.write_case(locked, case, now=NOON, agent="bench", action="made", key=key)
    told("opened", lambda: casefile.read_case(path))
    told("opened, encrypted", lambda: casefile.read_case(locked, key=key))
    told("verified", lambda: casefile.verify(path))
    event = told("written, nothing is different", lambda: write(case)).event
    told.rows["bytes, its event in the log"] = len(event.record)
    claim, *others = case.weighed.claims
    other = replace(case.weighed, claims=(replace(claim, text=f"{claim.text}!"), *others))
    told("written, one claim is different", lambda: write(replace(case, weighed=other)))
    anew = replace(case, makers=Makers(*(Maker(getattr(case.makers, each.name).name, "9") for each in fields(Makers))))
    told("written, all is different", lambda: write(anew))
    for number in range(_AGAIN):
        write(anew if number % 2 else case)
    told.rows["MiB, the case file after ten more"] = path.stat().st_size / 2**20


def protect(case: Case, told: Table) -> None:
    """Protect the sources who are met most often, print the case and search what was printed."""
    named = sorted((each for each in case.traced.sources if each.named), key=lambda each: -len(each.mentions))
    said = [
        Handling(
            f"handling-{number:016x}",
            Subject(SubjectKind.SOURCE, each.id, each.mentions),
            Consent.GIVEN,
            Sensitivity.WITHHELD if number % 5 == 0 else Sensitivity.PROTECTED,
            proposed_names(case, each.id),
            f"Protected source {number + 1}",
            "",
            "bench",
            "2031-05-04T12:00:00Z",
        )
        for number, each in enumerate(named[:PROTECTED])
    ]
    view = told("protected, the plan", lambda: leaving(case, People((), tuple(said)), _SECRET))
    told("protected, the view", lambda: view.case)
    pages = told("protected, printed", lambda: dossier.render(view.case, title="x", protected=view.notice))
    told("protected, the pages searched", lambda: scan(pages, view.plan, own=own_words()))
    told.rows["MiB, the pages"] = sum(map(len, pages.values())) / 2**20


def decisions(place: Path) -> None:
    """Print what one decision takes on a small case that holds many."""
    print(f"\none decision, processor milliseconds, the least of {_TRIES}")
    print(f"{'decisions that are there':<38}" + "".join(f"{count:>12,}" for count in DECISIONS))
    pile = received(invented(3), place)
    read = read_all(pile.reports, reader=RULES, workers=1, tick=lambda *_: None)
    case = made(pile, list(read.readings), read.maker)
    one, other = (each.id for each in [*case.readings[0].statements, *case.readings[1].statements][:2])
    found: dict[str, list[float]] = {"stored": [], "made in a sitting": []}
    for count in DECISIONS:
        path = place / f"{count}.headwater"
        casefile.write_case(path, case, now=NOON, agent="bench", action="made")
        # Stored one by one their events would fill the log too; here they share one.
        new = [
            casefile.NewDecision(
                Verb.CONFIRM, (Subject(SubjectKind.STATEMENT, f"{other}{number}"),), shown="Words. " * 30
            )
            for number in range(count)
        ]
        casefile.decide(path, new, now=NOON, agent="bench")
        sitting = Sitting(path, clock=lambda: NOON, agent="bench")
        found["stored"].append(least(partial(casefile.decide, path, new[:1], now=NOON, agent="bench")))
        found["made in a sitting"].append(least(partial(sitting.decide, Asked(Verb.CONFIRM, (one,)))))
    for row, values in found.items():
        print(f"{row:<38}" + "".join(f"{value * 1000:>12.1f}" for value in values))


def least(work: Callable[[], object]) -> float:
    """Return the least processor seconds of some work done several times."""
    found = []
    for _ in range(_TRIES):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def main(words: list[str]) -> None:
    """Measure at the sizes given and print the tables."""
    sizes = tuple(sorted(int(word) for word in words)) or SIZES
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        (place / "reports").mkdir()
        pile = received(invented(sizes[-1]), place / "reports")
        read = read_all(pile.reports, reader=RULES, tick=lambda *_: None)
        columns: list[dict[str, float]] = []
        for size in sizes:
            given = place / f"{size}.pickle"
            given.write_bytes(pickle.dumps((first_of(pile, size), list(read.readings[:size]), read.maker)))
            command = [sys.executable, __file__, "--measure", str(given)]
            columns.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
            given.unlink()
        print("invented reports, processor seconds")
        print(f"{'':<38}" + "".join(f"{size:>12,}" for size in sizes) + "   exponent")
        for row in columns[0]:
            values = [column[row] for column in columns]
            grown = math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 1.0
            digits = 0 if row.startswith(("MiB", "bytes")) else 2
            print(f"{row:<38}" + "".join(f"{value:>12,.{digits}f}" for value in values) + f"   {grown:.2f}")
        (place / "few").mkdir()
        decisions(place / "few")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]))
    else:
        main(sys.argv[1:])
