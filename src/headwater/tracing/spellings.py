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
    both = [(a[op.src_start : op.src_end], b[op.dest_start : op.dest_end], op) for op in Levenshtein.opcodes(a, b)]
    return [
        (x, y)
        for x, y, op in both
        if x != y and not _doubles(a, op.src_start, x, y) and not _doubles(b, op.dest_start, y, x)
    ]


def _doubles(word: str, start: int, letters: str, instead: str) -> bool:
    """True when one letter more stands beside an equal one."""
    beside = word[max(0, start - 1) : start] + word[start + 1 : start + 2]
    return not instead and len(letters) == 1 and letters in beside


def _one_sound(x: str, y: str) -> bool:
    if set(x + y) <= _VOWELS | {"h"}:
        return True
    return bool(x and y) and any(set(x + y) <= sound for sound in _SOUNDS)
