"""Text of reports made safe to look at: escaped, with characters that cannot be seen shown as marks.

Never changes evidence: every mark carries the code point it stands for, so the exact text can be read back.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from markupsafe import Markup, escape

_NAMES = {
    0x00: "NUL",
    0x07: "BEL",
    0x08: "BS",
    0x0B: "VT",
    0x0C: "FF",
    0x0D: "CR",
    0x1B: "ESC",
    0x7F: "DEL",
    0x85: "NEL",
    0xAD: "SHY",
    0x061C: "ALM",
    0x180E: "MVS",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0x200E: "LRM",
    0x200F: "RLM",
    0x2028: "LS",
    0x2029: "PS",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
}
# Format characters that are drawn (Arabic and Syriac number and verse signs): they need no mark.
_DRAWN = frozenset({0x070F, 0x06DD, 0x08E2, 0x110BD, 0x110CD, *range(0x0600, 0x0606)})
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_SHORT = 80
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


def shown(text: str) -> Markup:
    """Return `text` as safe HTML; an unseen character becomes `<span class="ctl" data-cp="202e">⟨RLO⟩</span>`.

    The carriage return of a Windows line end keeps its place but is drawn as nothing.
    """
    return _shown_short(text) if len(text) <= _SHORT else _render(text, 0, len(text))


def shown_part(text: str, start: int, end: int) -> Markup:
    """Return `text[start:end]` as `shown` would, looking at the neighbours outside where a mark depends on them."""
    return _render(text, start, end)


def plain(text: str) -> str:
    """Return `text` for places that hold no markup (a page title, an attribute): marks as words, one line."""
    marked = _UNSEEN.sub(lambda found: "" if _kept(text, found.start()) else mark_name(found.group()), text)
    return " ".join(marked.split())


def mark_name(char: str) -> str:
    """Return the visible mark of one unseen character: "⟨RLO⟩", "⟨U+E0041⟩"."""
    code = ord(char)
    return f"⟨{_NAMES.get(code, f'U+{code:04X}')}⟩"


def has_unseen(text: str) -> bool:
    """True when `text` holds a character that is shown as a mark (a Windows line end does not count)."""
    return any(not _kept(text, found.start()) for found in _UNSEEN.finditer(text))


def language(code: str | None) -> str | None:
    """Return a language code that may stand in a `lang` attribute, or None when it is not one."""
    return code if code and _LANGUAGE.match(code) else None


@lru_cache(maxsize=32768)
def _shown_short(text: str) -> Markup:
    """Labels, addresses and names come again and again."""
    return _render(text, 0, len(text))


def _render(text: str, start: int, end: int) -> Markup:
    out: list[str] = []
    done = start
    for found in _UNSEEN.finditer(text, start, end):
        at = found.start()
        if _is_drawn(text, at):
            continue
        out.append(escape(text[done:at]))
        out.append(_mark(text, at))
        done = at + 1
    if not out:
        return escape(text[start:end])
    out.append(escape(text[done:end]))
    return Markup("".join(out))  # noqa: S704 - every part was escaped or is a mark of ours


def _mark(text: str, at: int) -> Markup:
    code = ord(text[at])
    if _ends_line(text, at):
        return Markup('<span class="ctl" data-cp="d"></span>')
    title = unicodedata.name(text[at], "") or "control character"
    return Markup('<span class="ctl" data-cp="{:x}" title="{}">{}</span>').format(
        code, f"U+{code:04X} {title.lower()}", mark_name(text[at])
    )


def _kept(text: str, at: int) -> bool:
    return _ends_line(text, at) or _is_drawn(text, at)


def _ends_line(text: str, at: int) -> bool:
    return text[at] == "\r" and text[at + 1 : at + 2] == "\n"


def _is_drawn(text: str, at: int) -> bool:
    """Signs with a shape of their own, and joiners between letters of scripts (or emoji) that need them."""
    code = ord(text[at])
    if code in _DRAWN:
        return True
    if code not in {0x200C, 0x200D}:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before and after) and _needs_joiner(before) and _needs_joiner(after)


def _needs_joiner(char: str) -> bool:
    return ord(char) >= 0x0600 and unicodedata.category(char)[0] in "LMS"
