"""Paste the help of every command into docs/cli.md, between the marks that stand there.

    python tools/cli_help.py

A test compares the page with what the commands say, so that neither can change alone.
"""

from __future__ import annotations

import re
from pathlib import Path

import click
from click.testing import CliRunner

from headwater.cli import COMMANDS, group

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
_BLOCK = re.compile(r"<!-- help: (?P<words>[a-z ]*)-->\n.*?<!-- end -->", re.DOTALL)


def help_of(words: list[str]) -> str:
    """Return what `headwater WORDS --help` prints in a terminal of 100 columns."""
    return CliRunner().invoke(group, [*words, "--help"], prog_name="headwater", terminal_width=100).output


def pasted(page: str) -> str:
    """Return the text of the page with the present help in every block."""

    def block(found: re.Match[str]) -> str:
        words = found["words"].split()
        return f"<!-- help: {found['words']}-->\n```text\n{help_of(words)}```\n<!-- end -->"

    return _BLOCK.sub(block, page)


def documented(page: str) -> set[str]:
    """Return the names of the commands that have a block on the page."""
    return {found["words"].strip() for found in _BLOCK.finditer(page)}


def commands() -> set[str]:
    """Return the names of all commands, and the empty name of the program itself."""
    inner = {f"{name} {each}" for name, found in group_commands().items() for each in found}
    return {"", *(entry.name for entry in COMMANDS), *inner}


def group_commands() -> dict[str, list[str]]:
    """Return the names of the commands that stand below another, by its name."""
    context = click.Context(group)
    found = {entry.name: group.get_command(context, entry.name) for entry in COMMANDS}
    return {name: each.list_commands(context) for name, each in found.items() if isinstance(each, click.Group)}


if __name__ == "__main__":
    PAGE.write_text(pasted(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
