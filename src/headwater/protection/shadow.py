"""The shadow of a text in which names are looked for: letters only, each with the place it stands for.

Case, accents, compatibility forms and everything unseen fall away; whatever parts words becomes a space; characters
written in code (percent, HTML entity, JSON escape) become the character. The text itself is never changed here.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

SPACE = " "
HYPHENATED = "\x02"  # a word cut by a hyphen at the end of a line
TAG = "\x01"  # a tag that stands in the text: it may part words, and it may stand inside one

# Each alternative begins with its own sign, so that the search runs from sign to sign.
_CODED = re.compile(
    r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*"
    r"|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
    r"|\\u[0-9A-Fa-f]{4}(?:\\u[0-9A-Fa-f]{4})*"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_CUT = re.compile(r"[-\u2010\u2011\u00ad][ \t]*\r?\n\s*")
_GONE = frozenset({"Mn", "Me", "Cf"})
_LETTERS = frozenset("LN")
# What Unicode does not take apart, but people write either way; and the letters that Arabic script has twice.
_ALSO = {
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ħ": "h",
    "ŧ": "t",
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    "ک": "ك",
    "ـ": "",
}


class Shadow(NamedTuple):
    """`text` is the shadow; `starts` and `ends` say, for each of its characters, where it stands in the text."""

    text: str
    starts: list[int]
    ends: list[int]


class _Folds(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __init__(self, kept: str = "", space: str = SPACE) -> None:
        super().__init__({ord(each): each for each in kept})
        self._space = space

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        self[code] = folded
        return folded

    def _fold(self, char: str) -> str:
        if unicodedata.category(char) in _GONE:
            return ""
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
        out = []
        for each in plain:
            kind = unicodedata.category(each)
            if kind in _GONE:
                continue
            out.append(_ALSO.get(each, each) if kind[0] in _LETTERS or kind == "Mc" else self._space)
        return "".join(out)


_SPACED = _Folds(TAG + HYPHENATED)
_MARKED = _Folds(TAG + HYPHENATED + "<>")
_JOINED = _Folds(space="")


def folded(text: str) -> str:
    """Return the shadow of `text` without its places."""
    return text.translate(_SPACED)


def folded_markup(text: str) -> str:
    """Return the shadow of `text` with its angle brackets left standing."""
    return text.translate(_MARKED)


def joined(text: str) -> str:
    """Return only the letters and digits of the shadow: what a name reads like whatever stands between its parts."""
    return text.translate(_JOINED)


def decoded(text: str) -> str:
    """Return `text` with all that is written in code written out: percent, HTML entities, JSON escapes."""
    return _CODED.sub(lambda found: _plain(found) or found.group(), text)


def without_tags(text: str) -> str:
    """Return `text` without the tags that stand in it, and without hyphens at the ends of lines."""
    return _CUT.sub("", _TAG.sub("", text))


def is_plain(text: str) -> bool:
    """True when nothing in `text` is written in code or stands between angle brackets or is cut at a line end."""
    return not (_CODED.search(text) or _TAG.search(text) or _CUT.search(text))


def shadow(text: str, *, tags: bool = False) -> Shadow:
    """Return the shadow of `text`. With `tags`, a tag is one mark; without, its words are words like others."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, written in _pieces(text, tags=tags):
        for char in written:
            for each in _SPACED[ord(char)]:
                letters.append(each)
                starts.append(start)
                ends.append(end)
    return Shadow("".join(letters), starts, ends)


def _pieces(text: str, *, tags: bool) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, what it stands for) for every character, coded character, tag and hyphenation."""
    marks = sorted(_marks(text, tags=tags))
    at = 0
    for start, end, written in marks:
        if start < at:
            continue
        for place in range(at, start):
            yield place, place + 1, text[place]
        yield start, end, written
        at = end
    for place in range(at, len(text)):
        yield place, place + 1, text[place]


def _marks(text: str, *, tags: bool) -> Iterator[tuple[int, int, str]]:
    for found in _CODED.finditer(text):
        yield from _characters(found)
    for found in _CUT.finditer(text):
        yield found.start(), found.end(), HYPHENATED
    if tags:
        for found in _TAG.finditer(text):
            yield found.start(), found.end(), TAG


def _plain(found: re.Match[str]) -> str | None:
    """What a coded run stands for, or None when it stands for nothing."""
    words = found.group()
    if words.startswith("%"):
        data = unquote_to_bytes(words)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("latin-1")
    if words.startswith("&"):
        plain = html.unescape(words)
        return None if plain == words else plain
    halves = b"".join(int(each, 16).to_bytes(2, "big") for each in words.split("\\u")[1:])
    return halves.decode("utf-16-be", "replace")


def _characters(found: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Yield each character of a coded run with its own place; a run that cannot be parted so stays one."""
    plain = _plain(found)
    if plain is None:
        return
    start, sign = found.start(), found.group()[0]
    if sign == "%":
        sizes = [3 * len(each.encode("utf-8")) for each in plain]
    else:
        sizes = [6 * (1 + (ord(each) > 0xFFFF)) for each in plain]
    if sign == "&" or start + sum(sizes) != found.end():
        yield start, found.end(), plain
        return
    for each, size in zip(plain, sizes, strict=True):
        yield start, start + size, each
        start += size
