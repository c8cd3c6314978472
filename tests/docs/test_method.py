"""The method page explains every reason that the program can give, and names no rule that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console_blocks import ROOT
from make_picture import traced

from headwater.model import Case, Relation

METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
ROOMS = [ROOT / "src" / "headwater" / room for room in ("tracing", "weighing")]


def explained() -> set[str]:
    """The first cells of the tables and everything in italics: where the page explains a name."""
    cells = {line.split("|")[1].strip() for line in METHOD.splitlines() if line.startswith("| ")}
    return cells | set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", METHOD))


def reasons(case: Case) -> Iterator[str]:
    for records in (case.traced.sources, case.traced.utterances, case.traced.origins, case.weighed.claims):
        for record in records:
            yield from (reason.rule for reason in record.reasons)
    yield from (link.reason.rule for link in case.traced.links)


def test_every_reason_of_the_bundled_case_is_explained() -> None:
    given = set(reasons(traced()))
    assert len(given) >= 8
    assert given <= explained()


def test_every_reason_in_the_program_is_explained() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for room in ROOMS for path in sorted(room.rglob("*.py")))
    written = set(re.findall(r'Reason\(\s*"([^"]+)"', text))
    assert len(written) >= 8
    assert written <= explained()


def test_every_relation_of_figures_is_explained() -> None:
    assert {relation.value for relation in Relation} <= explained()


def test_every_rule_number_that_is_used_is_listed_with_its_source() -> None:
    body, _, listed = METHOD.partition("## Where the rules come from")
    used = set(re.findall(r"\bR\d+\b", body))
    rows = set(re.findall(r"\bR\d+\b", "\n".join(line for line in listed.splitlines() if line.startswith("| R"))))
    assert used
    assert used <= rows
