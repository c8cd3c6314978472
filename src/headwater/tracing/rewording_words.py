"""Which words stand for one another when the same thing is said again: learned from sentences in five translations.

Each line of the list that is read is a root, then the roots that render it, each with the chance that it does, in
per cent. Written by training (`training/ranking.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LIST = "rewording_words.txt"
# The chance that a word returns as it was; from the same sentences.
KEPT = 0.7

Renderings = Mapping[str, Mapping[str, float]]


class Lexicon:
    """Which roots render a root (`into`), each with its chance from 0 to 1, and which roots it renders (`of`)."""

    def __init__(self, into: Renderings) -> None:
        self.into = into
        self.of: dict[str, dict[str, float]] = {}
        for word, found in into.items():
            for other, chance in found.items():
                self.of.setdefault(other, {})[word] = chance


@cache
def learned() -> Lexicon:
    """Return what was learned in training. Opens a file of the package."""
    return Lexicon(read(files("headwater.tracing").joinpath(LIST).read_text(encoding="utf-8")))


def read(text: str) -> Renderings:
    """Read the lines of a list. Raises ValueError where a line is not a root followed by pairs."""
    out: dict[str, dict[str, float]] = {}
    for line in text.splitlines():
        word, *rest = line.split()
        out[word] = {other: int(chance) / 100 for other, chance in zip(rest[::2], rest[1::2], strict=True)}
    return out


def written(found: Renderings) -> str:
    """Return the lines that `read` reads, in the order of the alphabet."""
    return "".join(
        f"{word} {' '.join(f'{other} {round(100 * chance)}' for other, chance in sorted(others.items()))}\n"
        for word, others in sorted(found.items())
        if others
    )
