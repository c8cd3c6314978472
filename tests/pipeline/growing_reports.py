"""Invented reports in deliveries: the second has a witness of its own for what the first reports."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from headwater import casefile
from headwater.model import Case, Claim, Subject, SubjectKind, Verb
from headwater.pipeline.growing import Grown, grow
from headwater.pipeline.run import Targets, trace_and_write

NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
TEXTS = {
    "ash.txt": (
        "Boats taken at Sellmouth\n\n“They took the boats at dawn and left us the nets,” Oda Renn, a fisherman, told "
        "Radio Vellmar.\n\nAt least 12 boats were seized in Sellmouth, Oda Renn said.\n"
    ),
    "birch.txt": (
        "Harbour emptied\n\n‘They took the boats at dawn,’ Oda Renn told Radio Vellmar. At least 12 boats were seized "
        "in Sellmouth, harbour master Tam Brask told the Birch Herald.\n\nThe ministry denied it. “No boat has left "
        "Sellmouth,” said Karl Imber, a spokesman.\n"
    ),
    "cedar.txt": "Quiet week\n\nThe council of Sellmouth met and went home.\n",
    "dogwood.txt": (
        "Nets on the quay\n\n“They took the boats at dawn,” said Oda Renn. Karl Imber, a spokesman, said that no boat "
        "has left Sellmouth.\n"
    ),
}
OUTLETS = {"ash": "The Ash Post", "birch": "The Birch Herald", "cedar": "The Cedar Mail", "dogwood": "The Dogwood Sun"}
DAYS = {"ash": "2031-05-01", "birch": "2031-05-02", "cedar": "2031-05-03", "dogwood": "2031-05-04"}


def deliver_to(folder: Path, *names: str) -> Path:
    """Write the reports of these names (all when none is given) with their reports.csv into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = names or tuple(OUTLETS)
    for name in chosen:
        (folder / f"{name}.txt").write_text(TEXTS[f"{name}.txt"], encoding="utf-8")
    rows = "".join(f"{name}.txt,{OUTLETS[name]},{DAYS[name]}\n" for name in chosen)
    (folder / "reports.csv").write_text(f"file,outlet,published\n{rows}", encoding="utf-8")
    return folder


def traced(place: Path, *names: str) -> Path:
    """Trace these reports into a case below `place` and return the case file."""
    path = place / "case.headwater"
    folder = deliver_to(place / "reports", *names)
    trace_and_write([folder], Targets(path, place / "dossier", "Boats"), now=NOW, agent="a test")
    return path


def grown_by(path: Path, *reports: Path) -> Grown:
    """Add reports to a case at a fixed time."""
    return grow(path, reports, now=NOW, agent="a test")


def renamed(path: Path, words: str, name: str) -> Claim:
    """Let a person call the claim with these words by another name, and return it as it was."""
    claim = next(each for each in casefile.read_case(path).weighed.claims if words in each.text)
    subject = Subject(SubjectKind.CLAIM, claim.id, (*claim.statements, *claim.figures))
    new = casefile.NewDecision(Verb.RENAME, (subject,), value=name, why="shorter", shown=claim.text)
    casefile.decide(path, [new], now=NOW, agent="a person")
    return claim


def told(case: Case) -> list[tuple[str, str, int, int, int]]:
    """Return every claim with its range of origins, its reports and its denials, sorted: what an editor reads."""
    return sorted(
        (each.kind.value, each.origin_range, len(each.reports), len(each.denied_by), len(each.contradicts))
        for each in case.weighed.claims
    )
