"""The pages hang together: every link leads somewhere, and every decision is numbered, titled and listed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from console_blocks import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
INDEX = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """The page without its code blocks, where square and round brackets mean something else."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def headings(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def dead_links(page: Path) -> list[str]:
    """The relative links of a page that lead to no file, or to no heading of the file."""
    dead = []
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", prose(page)):
        name, _, heading = target.partition("#")
        place = page.parent / name if name else page
        if not place.exists() or (heading and heading not in headings(place)):
            dead.append(target)
    return dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead_links(page) == []


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A title, here\n[a](#a-title-here) [b](#elsewhere) [c](none.md) [d](page.md#a-title-here)\n")
    assert dead_links(page) == ["#elsewhere", "none.md"]


def test_decisions_are_numbered_without_a_gap_and_titled_by_their_number() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(len(DECISIONS)))
    for page in DECISIONS[1:]:
        assert page.read_text(encoding="utf-8").startswith(f"# {page.name[:4]}: ")


def test_every_decision_answers_what_the_template_asks_and_is_listed() -> None:
    asked = re.findall(r"^## .+$", DECISIONS[0].read_text(encoding="utf-8"), re.MULTILINE)
    assert asked
    for page in DECISIONS[1:]:
        assert re.findall(r"^## .+$", page.read_text(encoding="utf-8"), re.MULTILINE) == asked, page.name
        assert f"(decisions/{page.name})" in INDEX
