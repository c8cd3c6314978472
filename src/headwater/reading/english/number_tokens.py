"""Words, numerals and marks of one sentence as tokens with offsets: what the figure reader walks over.

Nothing here knows what a number means. One pass, no backtracking over more than one token.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from headwater.model import Span

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|[^\W\d_]+(?:[-‐‑'’][^\W_]+)*\+?|\S")
_CURLY = str.maketrans("’‐‑", "'--")


class Token(NamedTuple):
    """One token: its place in the working text, its words lower-cased, and whether it starts with a capital."""

    start: int
    end: int
    word: str
    capital: bool

    @property
    def is_word(self) -> bool:
        """True for words and words joined by hyphens; False for numerals and marks."""
        return self.word[0].isalpha()

    @property
    def is_numeral(self) -> bool:
        """True when written in digits."""
        return self.word[0].isdecimal()


def tokenise(text: str, span: Span) -> list[Token]:
    """Return the tokens of `text` within `span`; offsets are code points of `text`.

    "women's" is "women" and "'s", so that a possessive never hides the noun.
    """
    out: list[Token] = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        raw = match.group()
        word = raw.lower() if raw.isascii() else raw.translate(_CURLY).lower()
        if len(word) > 2 and word.endswith("'s"):
            cut = match.end() - 2
            out.append(Token(match.start(), cut, word[:-2], raw[0].isupper()))
            out.append(Token(cut, match.end(), "'s", capital=False))
        else:
            out.append(Token(match.start(), match.end(), word, raw[0].isupper()))
    return out


def word_at(tokens: list[Token], index: int) -> str:
    """Return the lower-cased token at `index`, or the empty string outside the sentence."""
    return tokens[index].word if 0 <= index < len(tokens) else ""


def touches(tokens: list[Token], index: int) -> bool:
    """True when the tokens at `index` and `index + 1` stand side by side without a space."""
    return 0 <= index < len(tokens) - 1 and tokens[index].end == tokens[index + 1].start
