"""Two spellings of a family name: one that outlets vary ("Kamilov", "Kamillow"), or two names a letter apart.

Vowels, doubled letters, letters that change places and letters of one sound vary from outlet to outlet; "Malvern"
and "Mahvern" are two names, unless one of them is met only once beside the same given name.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA, Levenshtein

from headwater.tracing.similarity import same_but_slip

_VOWELS = frozenset("aeiouy")
# Letters that scripts and outlets write for one another.
_SOUNDS = tuple(map(frozenset, ("ckq", "vwfu", "sz", "gj", "yij", "td", "bp")))
# A family name alone is recognised in another spelling only when it is so long.
LEAST_ALONE = 7


def varies(a: str, b: str) -> bool:
    """True when two family names differ as outlets' spellings of one name do; False for equal ones."""
    if a == b or not same_but_slip(a, b):
        return False
    if OSA.distance(a, b) == 1 and len(a) == len(b) and sorted(a) == sorted(b):
        return True
    return all(_one_sound(x, y) for x, y in _changes(a, b))


def _changes(a: str, b: str) -> list[tuple[str, str]]:
    """The letters of `a` and `b` that differ; a letter that only one of them doubles is none."""
    out = []
    for _, start, end, first, last in Levenshtein.editops(a, b).as_opcodes():
        if a[start:end] != b[first:last] and not (_doubles(a, start, end, b[first:last]) or _doubles(b, first, last, a[start:end])):
            out.append((a[start:end], b[first:last]))
    return out


def _doubles(word: str, start: int, end: int, instead: str) -> bool:
    return not instead and end - start == 1 and word[start] in (word[start - 1 : start], word[end : end + 1])


def _one_sound(x: str, y: str) -> bool:
    if set(x + y) <= _VOWELS | {"h"}:
        return True
    return bool(x and y) and any(set(x + y) <= sound for sound in _SOUNDS)
