"""A protected name as what is looked for: its parts in folded letters, in both scripts, and where a match may end.

The same forms are replaced by `apply` and looked for by `scan`, so that nothing is looked for that cannot be replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from headwater.protection.common_words import COMMON_WORDS
from headwater.protection.shadow import HYPHENATED, SPACE, TAG, folded

_LEAST = 2  # letters; see `names.usable`
# Letters from which on a name may stand apart ("K o v a č a r") and touch digits. Shorter ones are hit by chance where
# two words meet ("an a" is no Ana) and in digests.
LONG = 6
_INSIDE = 8  # letters of a name of several parts that is found inside a longer word: "interviewanakovac.html"
_PART_INSIDE = 3
_GAP = f"[{SPACE}{TAG}{HYPHENATED}]"
_TAKES_S = re.compile("[a-z]{3,}[a-rt-z]")
_HIDDEN = f"[{TAG}{HYPHENATED}]"
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
_HEBREW = re.compile("[\u05d0-\u05ea]")
# Small words that are written together with the next: "and", "for", "with", "like", "the".
_CLITICS = re.compile("(?:^|(?<=[^\\w]))(?:[وف]?(?:ال|[بلك])?|[ושהבלכמ]{1,2})$")
# Scripts written without spaces, and Korean, whose particles stick to the name.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\u1100-\u11ff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)

_EXPANDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# BGN/PCGN without its marks, as newspapers write it, with the letters where they differ.
_TO_LATIN = {
    **dict(zip("абвгдезиклмнопрстуфыэ", "abvgdeziklmnoprstufye", strict=True)),
    "ё": "yo",
    "ж": "zh",
    "й": "y",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "і": "i",
    "ї": "yi",
    "є": "ye",
    "ґ": "g",
    "ј": "j",
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "ђ": "dj",
    "џ": "dz",
    "ў": "w",
    "ѓ": "g",
    "ќ": "k",
    "ѕ": "z",
}
_OTHER_LATIN = {"й": "i", "х": "h", "ю": "iu", "я": "ia", "ё": "e", "щ": "sch", "ц": "c", "г": "h", "и": "y"}
_TO_CYRILLIC = (
    ("shch", "щ"),
    *(("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"), ("yo", "ё")),
    *zip("abvgdezijklmnoprstufhcyqwx", "абвгдезийклмнопрстуфхцыквх", strict=True),
)


@dataclass(frozen=True, slots=False)
class Form:
    """One way to write one protected name, and the pseudonym that stands for it.

    `parts` are its words in folded letters. `cased` is True for a single common English word, which is taken for the
    name only where it is not written in small letters.
    """

    pseudonym: str
    parts: tuple[str, ...] = field(repr=False)
    cased: bool = False

    @cached_property
    def letters(self) -> str:
        """All letters of the name, without what stands between them."""
        return "".join(self.parts)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the name in a shadow; where it may begin and end is for `matches` to say."""
        if len(self.letters) >= LONG:
            return re.compile(f"{_GAP}*".join(map(re.escape, self.letters)))
        parts = (f"{_HIDDEN}*".join(map(re.escape, part)) for part in self.parts)
        return re.compile(f"{_GAP}+".join(parts))

    @cached_property
    def in_one_piece(self) -> re.Pattern[str]:
        """What finds the name in a shadow with nothing between the letters of a word, and no letter or digit around it.

        For shapes in which nearly every other hit is chance.
        """
        parts = (re.escape(part) for part in self.parts)
        return re.compile(rf"(?<![^\W_]){f'{_GAP}+'.join(parts)}(?![^\W_])")

    @cached_property
    def _inside(self) -> bool:
        several = len(self.parts) > 1 and all(len(part) >= _PART_INSIDE for part in self.parts)
        return several and len(self.letters) >= _INSIDE

    def matches(self, shadow: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) in `shadow` of every place that is this name and not part of another word."""
        found = self.pattern.search(shadow)
        while found:
            start, end = found.span()
            whole = self._inside and end - start == len(self.letters)
            if whole or (self._begins(shadow, start) and self._ends(shadow, end)):
                yield start, end
                found = self.pattern.search(shadow, end)
            else:
                found = self.pattern.search(shadow, start + 1)

    def _begins(self, shadow: str, start: int) -> bool:
        if start == 0 or self._parts_from(shadow[start - 1], self.letters[0]):
            return True
        clitic = _ARABIC.match(self.letters) or _HEBREW.match(self.letters)
        return bool(clitic and _CLITICS.search(shadow[max(0, start - 4) : start]))

    def _ends(self, shadow: str, end: int) -> bool:
        return end == len(shadow) or self._parts_from(shadow[end], self.letters[-1])

    def _parts_from(self, outside: str, inside: str) -> bool:
        """True when a word ends between the two."""
        if not outside.isalnum() or (_UNSPACED.match(outside) or _UNSPACED.match(inside)):
            return True
        # Short names of the letters a to f stand in every list of digests, with digits around them.
        told_apart = len(self.letters) >= LONG or not inside.isascii()
        return told_apart and outside.isdigit() is not inside.isdigit()


def forms(named: Iterable[tuple[str, str]]) -> tuple[Form, ...]:
    """Return the forms of (name, pseudonym) pairs, longest first; of two that read alike the first one holds."""
    found: dict[tuple[str, ...], Form] = {}
    for name, pseudonym in named:
        for parts in _readings(name):
            cased = len(parts) == 1 and parts[0] in COMMON_WORDS
            if len("".join(parts)) >= _LEAST:
                found.setdefault(parts, Form(pseudonym, parts, cased))
            if parts and _TAKES_S.fullmatch(parts[-1]):  # "the Quenbys": a family under its name
                several = (*parts[:-1], f"{parts[-1]}s")
                found.setdefault(several, Form(pseudonym, several, cased))
    return tuple(sorted(found.values(), key=lambda each: (-len(each.letters), each.parts)))


def _readings(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the parts of a name as written, with two letters for an umlaut, and in the other script."""
    written = folded(name)
    yield tuple(written.split())
    yield tuple(folded(unicodedata.normalize("NFC", name).casefold().translate(_EXPANDED)).split())
    if _CYRILLIC.search(name):
        for table in (_TO_LATIN, _TO_LATIN | _OTHER_LATIN):
            yield tuple(folded("".join(table.get(each, each) for each in name.casefold())).split())
    elif written.isascii() and len(written.replace(SPACE, "")) >= LONG:
        yield tuple(_cyrillic(part) for part in written.split())


def _cyrillic(part: str) -> str:
    out = part
    for latin, cyrillic in _TO_CYRILLIC:
        out = out.replace(latin, cyrillic)
    return folded(out)


class Trie:
    """A quick first look: does any of many words stand in a text? One pass, whatever their number."""

    def __init__(self, words: Iterable[str]) -> None:
        self._pattern = re.compile(_branch(sorted(set(words)), 0)) if words else None

    def __call__(self, text: str) -> bool:
        """True when one of the words stands in `text`."""
        return self._pattern is not None and self._pattern.search(text) is not None


def _branch(words: list[str], at: int) -> str:
    """A pattern of the shortest of the words, parted by their letters from `at` on; a longer one adds nothing."""
    if any(len(word) == at for word in words):
        return ""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[at], []).append(word)
    parts = [re.escape(letter) + _branch(held, at + 1) for letter, held in groups.items()]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
