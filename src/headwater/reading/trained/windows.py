"""A text as the trained reader sees it: word pieces with their places, letter shapes and quotation state, in windows.

The encoder knows no capital letters and sees every quotation mark alike, so both are given to it beside the pieces:
the shape of the letters, and whether a piece stands inside quotation marks. Where quotations begin and end is decided
by the marks (`reading.english.quotations`), never by the model. Training and reading share this module, so that a
model always sees at work what it saw when it learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from headwater.model import Span
from headwater.reading.english.quotations import Quotation

Numbers = npt.NDArray[np.int64]

CLS, SEP = 101, 102
WIDTH = 256  # pieces in a window, the opening mark included
SHAPES = 6  # small, Capital, CAPITALS, miXed, digits, other
STATES = 4  # outside, inside a quotation, inside a quotation of a few words, a quotation mark
_SMALL, _CAPITAL, _CAPITALS, _MIXED, _DIGITS, _OTHER = range(SHAPES)
_OUTSIDE, _INSIDE, _FEW, _MARK = range(STATES)
_FEW_WORDS = 3
_LOOK_BACK = 100  # pieces in which a window that must cut a line looks for a sentence's end
_TABLE = 0x3000  # letters beyond this code point have no capitals
_STRAIGHT = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD) | str.maketrans(
    {"’": "'", "‘": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "–": "-", "—": "-", "―": "-"}
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text in reading order, a break (SEP, empty place) between lines.

    `start` and `end` are code points of the text; `shape` and `state` index SHAPES and STATES; `stop` is true where
    a piece ends a sentence.
    """

    ids: Numbers
    start: Numbers
    end: Numbers
    shape: Numbers
    state: Numbers
    stop: npt.NDArray[np.bool_]


class Window(NamedTuple):
    """Pieces `first` to `last`, half-open."""

    first: int
    last: int


def pieces_of(tokenizer: Tokenizer, text: str, lines: Sequence[Span], quotes: Sequence[Quotation]) -> Pieces:
    """Return the pieces of the printed lines of `text`, with what the outermost `quotes` say of them."""
    plain = _plain(text, quotes)
    encoded = tokenizer.encode_batch([plain[line.start : line.end] for line in lines], add_special_tokens=False)
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for line, found in zip(lines, encoded, strict=True):
        if ids:
            ids.append(SEP)
            starts.append(line.start)
            ends.append(line.start)
        ids += found.ids
        starts += [line.start + at for at, _ in found.offsets]
        ends += [line.start + at for _, at in found.offsets]
    start, end = np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)
    letters = _code_points(text)
    return Pieces(
        np.array(ids, dtype=np.int64), start, end, _shapes(letters, start, end), _states(text, quotes, start),
        _stops(letters, start, end),
    )  # fmt: skip


def windows_of(pieces: Pieces, width: int = WIDTH) -> list[Window]:
    """Cut the pieces into windows below `width`: at the end of a line, else of a sentence, else where one is full.

    Every piece is in exactly one window: windows that overlap read no better (training/README.md).
    """
    total = len(pieces.ids)
    breaks = np.flatnonzero(pieces.ids == SEP)
    windows: list[Window] = []
    first = 0
    while first < total:
        last = first + width - 1
        last = _cut(pieces, breaks, first, last) if last < total else total
        windows.append(Window(first, last))
        first = last
    return windows


def row_of(pieces: Pieces, window: Window) -> dict[str, Numbers]:
    """Return the model's inputs for one window: its pieces, opened by CLS, as a batch of one row."""
    rows = slice(window.first, window.last)
    named = (("ids", pieces.ids, CLS), ("shape", pieces.shape, _OTHER), ("state", pieces.state, _OUTSIDE))
    return {name: np.concatenate(([opening], values[rows]))[None] for name, values, opening in named}


def _plain(text: str, quotes: Sequence[Quotation]) -> str:
    """The text with one kind of apostrophe and dash, and a straight double mark around every quotation; same length.

    Half a character, which the word pieces cannot take, becomes the mark for an unknown one.
    """
    chars = list(text.translate(_STRAIGHT))
    for quote in quotes:
        for at in _marks(quote):
            chars[at] = '"'
    return "".join(chars)


def _marks(quote: Quotation) -> list[int]:
    before = range(quote.outer.start, quote.span.start)
    after = range(quote.span.end, quote.outer.end)
    return [*before[:1], *after[-1:]]


def _code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _table(test: str) -> npt.NDArray[np.bool_]:
    return np.array([getattr(chr(code), test)() for code in range(_TABLE)] + [False])


_UPPER, _ALPHA, _DIGIT = _table("isupper"), _table("isalpha"), _table("isdigit")


def _within(letters: npt.NDArray[np.uint32], known: npt.NDArray[np.bool_], start: Numbers, end: Numbers) -> Numbers:
    """How many of the letters from `start` to `end` are in the table."""
    summed = np.concatenate(([0], np.cumsum(known[np.minimum(letters, _TABLE)], dtype=np.int64)))
    return np.asarray(summed[end] - summed[start], dtype=np.int64)


def _shapes(letters: npt.NDArray[np.uint32], start: Numbers, end: Numbers) -> Numbers:
    if not len(start):
        return np.zeros(0, dtype=np.int64)
    size = end - start
    upper, alpha = _within(letters, _UPPER, start, end), _within(letters, _ALPHA, start, end)
    digits = _within(letters, _DIGIT, start, end)
    first = _UPPER[np.minimum(letters[np.minimum(start, len(letters) - 1)], _TABLE)]
    shape = np.full(len(start), _OTHER, dtype=np.int64)
    shape[alpha > 0] = _SMALL
    shape[upper > 0] = _MIXED
    shape[first & (upper == 1)] = _CAPITAL
    shape[(upper == size) & (size > 1)] = _CAPITALS
    shape[(digits > 0) & (alpha == 0)] = _DIGITS
    return shape


def _states(text: str, quotes: Sequence[Quotation], start: Numbers) -> Numbers:
    state = np.zeros(len(text) + 1, dtype=np.int64)
    for quote in quotes:
        few = len(quote.span.of(text).split()) <= _FEW_WORDS
        state[quote.outer.start : quote.outer.end] = _FEW if few else _INSIDE
        state[_marks(quote)] = _MARK
    return np.asarray(state[start], dtype=np.int64)


def _stops(letters: npt.NDArray[np.uint32], start: Numbers, end: Numbers) -> npt.NDArray[np.bool_]:
    if not len(start):
        return np.zeros(0, dtype=np.bool_)
    return np.isin(letters[np.minimum(start, len(letters) - 1)], [ord(mark) for mark in ".!?…"]) & (end > start)


def _cut(pieces: Pieces, breaks: Numbers, first: int, last: int) -> int:
    """The end of a window that cannot go on beyond `last`."""
    ends = breaks[(breaks > first) & (breaks < last)]
    if len(ends):
        return int(ends[-1]) + 1
    least = max(first + 1, last - _LOOK_BACK)
    stops = np.flatnonzero(pieces.stop[least : last - 1])
    return least + int(stops[-1]) + 1 if len(stops) else last
