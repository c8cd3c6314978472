"""Words of statements made comparable: content stems, numbers, names, polarity, and how rare each stem is here.

Works on the wording that records carry, never on the text of a report. No meaning beyond the words is inferred.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from headwater.model import FUNCTION_WORDS, fold, keys, stem

NEGATIONS = frozenset("not no never none nobody nothing neither nor without".split())
_MODALS = frozenset("may might could perhaps possibly allegedly reportedly probably".split())
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens score scores hundred hundreds "
    "thousand thousands million millions billion billions half".split()
)
_CAPITALISED = re.compile(r"(?<![\w.])[^\W\d_a-z][\w'’-]*")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?…:]|\.\.\.)[\s\"“”‘’'«»„(\[—–-]*$")
_PRONOUNS = frozenset(("i", "i'm", "i've", "i'd", "i'll"))


@dataclass(frozen=True, slots=True)
class Wording:
    """The comparable shadow of one statement. `keys` keep their order; equality is equality of the shadow."""

    keys: tuple[str, ...]
    sequence: tuple[str, ...]
    stems: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    negated: bool
    modal: bool


@lru_cache(maxsize=65536)
def wording(text: str) -> Wording:
    """Return the comparable shadow of `text`. An odd number of negations counts as negated."""
    folded = tuple(keys(text))
    sequence = tuple(stem(key) for key in folded if key not in FUNCTION_WORDS and key not in NEGATIONS)
    return Wording(
        keys=folded,
        sequence=sequence,
        stems=frozenset(sequence),
        numbers=frozenset(key for key in folded if key in _NUMBER_WORDS or key[0].isdigit()),
        names=names_in(text),
        negated=sum(key in NEGATIONS for key in folded) % 2 == 1,
        modal=any(key in _MODALS for key in folded),
    )


def names_in(text: str) -> frozenset[str]:
    """Return the folded capitalised words of `text` that do not merely open a sentence or a quotation."""
    out: set[str] = set()
    for match in _CAPITALISED.finditer(text):
        written = match.group()
        if written.casefold().replace("’", "'") in _PRONOUNS or _OPENS_SENTENCE.search(text, 0, match.start()):
            continue
        out.update(key for key in fold(written) if key not in FUNCTION_WORDS)
    return frozenset(out)


def all_names_in(text: str) -> frozenset[str]:
    """Return every folded capitalised word of a short label, the first one included."""
    return frozenset(
        key for match in _CAPITALISED.finditer(text) for key in fold(match.group()) if key not in FUNCTION_WORDS
    )


def stems_of(text: str) -> frozenset[str]:
    """Return the content stems of a short label (a unit, a place, a description)."""
    return wording(text).stems


class Rarity:
    """How much each stem tells, from the number of pieces of wording of this case that use it."""

    def __init__(self, pieces: Iterable[Wording]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for piece in pieces:
            total += 1
            counts.update(piece.stems)
        self._counts = counts
        self._total = max(total, 1)

    def weight(self, stem_: str) -> float:
        """Return the weight of a stem: the rarer, the heavier; always above 0."""
        return math.log(1.0 + self._total / max(self._counts[stem_], 1))

    def spread(self, stem_: str) -> int:
        """Return how many pieces use the stem."""
        return self._counts[stem_]

    def shares(self, a: Wording, b: Wording) -> tuple[float, float]:
        """Return which share of the weight of `a`, and of `b`, the stems of both make up (0 to 1)."""
        common = self.mass(a.stems & b.stems)
        return common / (self.mass(a.stems) or 1.0), common / (self.mass(b.stems) or 1.0)

    def mass(self, stems: Iterable[str]) -> float:
        """Return the summed weight; added in sorted order, so that the last bit does not depend on hashing."""
        return sum(self.weight(one) for one in sorted(stems))

    def rarest(self, stems: Iterable[str], limit: int) -> list[str]:
        """Return the `limit` rarest stems, ties in alphabetical order."""
        return sorted(stems, key=lambda one: (self._counts[one], one))[:limit]


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """Return the length of the longest run of consecutive words that both share."""
    best = 0
    before = [0] * (len(b) + 1)
    for word in a:
        row = [0] * (len(b) + 1)
        for at, other in enumerate(b, 1):
            if word == other:
                row[at] = before[at - 1] + 1
                best = max(best, row[at])
        before = row
    return best


def in_order(a: Wording, b: Wording) -> float:
    """Return the share of common stems that stand in the same order in both (1.0 when nothing is common)."""
    common = a.stems & b.stems
    first = [one for one in dict.fromkeys(a.sequence) if one in common]
    place = {one: at for at, one in enumerate(dict.fromkeys(b.sequence))}
    if not first:
        return 1.0
    longest = [1] * len(first)
    for at in range(len(first)):
        for earlier in range(at):
            if place[first[earlier]] < place[first[at]]:
                longest[at] = max(longest[at], longest[earlier] + 1)
    return max(longest) / len(first)


def is_sentence(text: str) -> bool:
    """Tell whether the words read as a sentence of their own: a capital, four words, not cut open."""
    bare = text.lstrip("\"“”‘’'«»„([ ")
    return bool(bare) and bare[0].isupper() and len(keys(text)) >= 4
