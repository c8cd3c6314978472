"""Texts to tokens with an offset map, in whole arrays: what every step of the engine compares.

A token is a run of letters and digits, folded: case, accents, width and ligatures go (NFKC, casefold), digits stay. An
apostrophe inside a word belongs to it and is passed over, as is a comma between digits; a point between digits is part
of the number. Scripts that are written without spaces give one token a character. Every token keeps the code points of
the text that it came from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
_Hashes = npt.NDArray[np.uint64]
_Classes = npt.NDArray[np.uint8]

_CODE_POINTS = 0x110000
# What a character does to the token it stands in.
_APART, _LETTER, _DIGIT, _INSIDE, _ALONE, _APOSTROPHE, _COMMA, _POINT, _LIGATURE = range(9)
_UNKNOWN = 255
_APOSTROPHES = frozenset("'’ʼ`´‘")
# Zero-width and combining characters, which neither begin a word nor end one.
_INSIDE_KINDS = frozenset({"Mn", "Me", "Cf"})
# Scripts written without spaces between words, by the first word of a character's name.
_UNSPACED = frozenset({"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"})
# A word is hashed as a polynomial over its characters; the powers repeat after so many, so that a run of a million
# letters costs no more than a word.
_POWERS = 64
_BASE = 0x9E3779B97F4A7C15
# Odd and without pattern: what is multiplied with it differs in all bits.
SALT = np.uint64(_BASE)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of several texts, one after the other.

    `bounds` holds one number more than there are texts: text i has the tokens bounds[i] to bounds[i + 1]. `keys` are
    64-bit hashes of the folded tokens; `starts` and `ends` are code points of the text that a token stands in.
    """

    bounds: Longs
    keys: Longs
    starts: Ints
    ends: Ints


def tokenise(texts: Sequence[str]) -> Tokens:
    """Return the tokens of `texts`. Offsets are code points of each text, half-open. Same text, same tokens."""
    joined = "\n".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    begins = np.concatenate(([0], np.cumsum(lengths)))
    classes = _table().classes(codes)
    if (classes == _LIGATURE).any():
        codes, origin = _written_out(codes, classes)
        first, last, keys = _runs(codes, _table().classes(codes))
        first, last = origin[first], origin[last - 1] + 1
    else:
        first, last, keys = _runs(codes, classes)
    bounds = np.searchsorted(first, begins)
    bounds[-1] = len(first)
    base = np.repeat(begins[:-1], np.diff(bounds))
    return Tokens(bounds, keys, (first - base).astype(np.int32), (last - base).astype(np.int32))


def token_keys(tokens: Tokens) -> Ints:
    """Return the upper half of each token's hash: what tokens are stored and compared by."""
    return (tokens.keys >> 32).astype(np.int32)


def _written_out(codes: npt.NDArray[np.uint32], classes: _Classes) -> tuple[npt.NDArray[np.uint32], Longs]:
    """Write ligatures out as the letters they stand for; return the codes, and where each came from."""
    places = np.flatnonzero(classes == _LIGATURE)
    parts = [_table().letters[code] for code in codes[places].tolist()]
    sizes = np.ones(len(codes), np.int64)
    sizes[places] = [len(letters) for letters in parts]
    origin = np.repeat(np.arange(len(codes)), sizes)
    out = codes[origin]
    out[classes[origin] == _LIGATURE] = [letter for letters in parts for letter in letters]
    return out, origin


def _runs(codes: npt.NDArray[np.uint32], classes: _Classes) -> tuple[Longs, Longs, Longs]:
    """Return where each token begins and ends in `codes`, and its hash."""
    inside = _settled(classes)
    word = (inside == _LETTER) | (inside == _DIGIT) | (inside == _ALONE)
    places = np.flatnonzero(word)
    if not len(places):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    # A character continues the token before it when nothing but what belongs inside words lies between the two.
    apart = np.cumsum(inside == _APART, dtype=np.int32)[places]
    alone = (inside == _ALONE)[places]
    opens = np.empty(len(places), bool)
    opens[0] = True
    opens[1:] = (apart[1:] != apart[:-1]) | alone[1:] | alone[:-1]
    heads = np.flatnonzero(opens)
    sizes = np.diff(np.append(heads, len(places)))
    rank = np.arange(len(places), dtype=np.int32)
    rank -= np.repeat(heads.astype(np.int32), sizes)
    rank &= _POWERS - 1
    table = _table()
    values = table.hashes[codes[places]] * table.powers[rank]
    keys = mixed(np.add.reduceat(values, heads))
    return places[heads], places[heads + sizes - 1] + 1, keys.view(np.int64)


def _settled(classes: _Classes) -> _Classes:
    """Decide apostrophes and points by their neighbours: inside a word or a number, or apart."""
    out = classes.copy()
    for kind, beside, there in ((_APOSTROPHE, _LETTER, _INSIDE), (_COMMA, _DIGIT, _INSIDE), (_POINT, _DIGIT, _DIGIT)):
        places = np.flatnonzero(classes == kind)
        left = classes[np.maximum(places - 1, 0)] == beside
        right = classes[np.minimum(places + 1, len(classes) - 1)] == beside
        out[places] = np.where(left & right, there, _APART)
    return out


def mixed(values: _Hashes) -> _Hashes:
    """Spread `values` over all 64 bits (splitmix64 of Steele, Lea and Flood 2014). Changes its argument."""
    values ^= values >> np.uint64(30)
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


class _Table:
    """What is known of each character, learnt when it is first met: asking for all of Unicode takes a second."""

    def __init__(self) -> None:
        self._classes: _Classes = np.full(_CODE_POINTS, _UNKNOWN, np.uint8)
        self.hashes: _Hashes = np.zeros(_CODE_POINTS, np.uint64)
        self.letters: dict[int, list[int]] = {}  # what each ligature is written out as
        powers = [1]
        for _ in range(_POWERS - 1):
            powers.append(powers[-1] * _BASE % 2**64)
        self.powers: _Hashes = np.array(powers, np.uint64)

    def classes(self, codes: npt.NDArray[np.uint32]) -> _Classes:
        """Return what each of `codes` does, learning the new ones."""
        found = self._classes[codes]
        if (found == _UNKNOWN).any():
            for code in np.unique(codes[found == _UNKNOWN]).tolist():
                self._learn(code)
            found = self._classes[codes]
        return found

    def _learn(self, code: int) -> None:
        character = chr(code)
        folded = "".join(
            piece
            for piece in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
            if unicodedata.category(piece) not in _INSIDE_KINDS
        )
        kind = _class_of(character, folded)
        if kind == _LETTER and len(folded) > 1 and folded.isalpha():
            kind = _LIGATURE
            self.letters[code] = [ord(piece) for piece in folded]
        self._classes[code] = kind
        value = np.zeros(1, np.uint64)
        for piece in folded:
            value = mixed((value * np.uint64(_BASE)) + np.uint64(ord(piece) + 1))
        self.hashes[code] = value[0]


def _class_of(character: str, folded: str) -> int:
    if character in _APOSTROPHES:
        return _APOSTROPHE
    if character in ",.":
        return _COMMA if character == "," else _POINT
    if unicodedata.category(character) in _INSIDE_KINDS:
        return _INSIDE
    if not folded or not any(piece.isalnum() for piece in folded):
        return _APART
    if unicodedata.name(character, "").split(" ")[0].split("-")[0] in _UNSPACED:
        return _ALONE
    return _DIGIT if folded.isdecimal() else _LETTER


@cache
def _table() -> Any:
    return _Table()
