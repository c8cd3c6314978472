"""How things are printed: words of reports made harmless for a terminal, lines cut to its width, JSON in one object.

Text from a report may hold control characters that move the cursor or rename the window; none reaches a terminal.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

JSON_ASKED = "headwater.json"
_WIDTH = 88  # where nobody looks at a terminal: the same lines on every machine
_WIDEST = 100  # longer lines are hard to read
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_JOINERS = "\u200c\u200d"  # parts of words in several scripts

F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """Give a command the option --json."""

    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> bool:  # noqa: FBT001 - click's own order
        ctx.meta[JSON_ASKED] = value
        return value

    option = click.option(
        "--json",
        "as_json",
        is_flag=True,
        is_eager=True,
        callback=remember,
        help="Print one JSON object instead of words.",
    )
    return option(command)


def json_line(content: Mapping[str, object]) -> str:
    """Return one JSON object on one line, safe to print on a terminal."""
    line = json.dumps(content, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", line)


def plain(text: str) -> str:
    """Return `text` on one line, with every control, formatting or unassigned character replaced by a mark."""
    line = " ".join(text.split())
    return "".join("\ufffd" if unicodedata.category(c)[0] == "C" and c not in _JOINERS else c for c in line)


def width() -> int:
    """Return how many columns to fill."""
    return min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else _WIDTH


def cut(text: str, columns: int) -> str:
    """Return `text` on one harmless line of at most `columns` characters, cut at a word with an ellipsis."""
    line = plain(text)
    if len(line) <= columns:
        return line
    head = line[: columns - 1]
    within_word = line[columns - 1] != " " and " " in head[columns // 2 :]
    whole = head.rpartition(" ")[0] if within_word else head
    return whole.rstrip(" ,;:–—-") + "…"


def wrap(text: str, *, indent: str = "", first: str | None = None) -> str:
    """Return `text` as lines of the present width, each after `indent`."""
    return textwrap.fill(
        plain(text),
        width(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def quoted(text: str, columns: int) -> str:
    """Return `text` cut to `columns` within quotation marks."""
    return f"“{cut(text, columns - 2).rstrip(' ,')}”"


def many(number: int, one: str, several: str | None = None) -> str:
    """Return "1 report", "3 reports"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def path_words(path: Path) -> str:
    """Return a path as a person here would type it: relative to the present folder when it lies below it."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(absolute)


def shell_word(word: str) -> str:
    """Return a word quoted for the command lines that we suggest, in double quotes where that is safe everywhere."""
    if re.fullmatch(r"[\w@%+=:,./-]+", word):
        return word
    return shlex.quote(word) if re.search(r'[\\"$`!]', word) else f'"{word}"'
