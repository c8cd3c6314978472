"""The words of the one camp are never given to the other: victim and accused, witness and official, side by side.

The shapes stand in cross_camp.txt, which says at its top how it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from reading_cases import Said, carrying, divided, said, said_in

from headwater.model import Certainty

_FILE = Path(__file__).with_name("cross_camp.txt")
_PRONOUNS = frozenset({"he", "she", "it", "they", "one"})
_LEAST = 60


@dataclass(frozen=True)
class Words:
    """`words` of the text are said by `who`; with `sure` the source must be found."""

    words: str
    who: str
    sure: bool


@dataclass(frozen=True)
class Shape:
    """A short report and whose words stand in it; `wrong` says what goes wrong today, if anything."""

    name: str
    text: str
    expected: tuple[Words, ...]
    wrong: str | None


def shapes(written: str) -> Iterator[Shape]:
    """Yield the shapes of a table in the form that cross_camp.txt explains."""
    for block in written.split("\n## ")[1:]:
        name, *lines = block.rstrip().split("\n")
        text = "\n".join(line for line in lines if line[:2] not in {"= ", "~ ", "! "})
        marked = [
            (line[0], *(part.strip() for part in line[2:].split(" | "))) for line in lines if line[:2] in {"= ", "~ "}
        ]
        expected = tuple(Words(words, who, mark == "=") for mark, words, who in marked)
        yield Shape(name, text, expected, next((line[2:] for line in lines if line.startswith("! ")), None))


SHAPES = list(shapes(_FILE.read_text(encoding="utf-8")))


def _marked(shape: Shape) -> object:
    wrong = [pytest.mark.xfail(strict=True, reason=shape.wrong)] if shape.wrong else []
    return pytest.param(shape, marks=wrong, id=shape.name)


def _is_by(item: Said, who: str) -> bool:
    """True for the source alone: a pair that takes in both camps is neither of them."""
    together = " and " in (item.who or "").split(",", maxsplit=1)[0]
    return item.is_by(who) and (not together or " and " in who)


def _somebody_else(item: Said, who: str) -> bool:
    """True for another source, shown as certain; a "he" that leads to nobody is not another source."""
    if item.who is None or item.certainty is not Certainty.CLEAR or _is_by(item, who):
        return False
    return item.who.lower() not in _PRONOUNS


def test_the_table_is_read_whole() -> None:
    assert len(SHAPES) >= _LEAST
    assert len({shape.name for shape in SHAPES}) == len(SHAPES)
    for shape in SHAPES:
        assert shape.expected, shape.name
        assert all(words.words in shape.text for words in shape.expected), shape.name


@pytest.mark.parametrize("shape", [_marked(shape) for shape in SHAPES])
def test_words_of_one_camp_are_never_given_to_the_other(shape: Shape) -> None:
    found = said_in(divided(shape.text)) if "\n\n" in shape.text else said(shape.text)
    for wanted in shape.expected:
        held = carrying(found, shape.text, wanted.words)
        for item in held:
            assert not _somebody_else(item, wanted.who), f"{wanted.words!r} is {wanted.who}'s, not {item.who!r}'s"
        if wanted.sure:
            assert held, f"nobody says {wanted.words!r}"
            assert any(_is_by(item, wanted.who) for item in held), f"{wanted.words!r}: {[item.who for item in held]}"
