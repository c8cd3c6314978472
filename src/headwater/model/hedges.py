"""Words that hold back ("may have", "reportedly", "I think"): where they stand among folded words, of which kind.

English. Bounds of numbers ("about", "at least") are `amounts`; negation is neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from headwater.model.folding import Word

_SINGLE = frozenset(
    "may might perhaps maybe possibly probably presumably apparently seemingly supposedly purportedly allegedly "
    "reportedly alleged suspected apparent purported unconfirmed likely".split()
)
_BELIEVERS, _BELIEVING = ("i", "we"), ("think", "believe", "guess", "suspect", "suppose", "assume")
_THEY_BELIEVE = product(("he", "she"), ("thinks", "believes", "guesses", "suspects", "supposes", "assumes"))
_SEEMING = product("appear appears appeared seem seems seemed".split(), ("to",))
_HELD = product("believed thought said reported understood feared presumed".split(), ("to",), ("have", "be"))
_BELIEFS = frozenset(
    {
        *product(_BELIEVERS, _BELIEVING),
        *product(_BELIEVERS, ("do",), ("not",), _BELIEVING),
        *product(("they",), _BELIEVING),
        *_THEY_BELIEVE,
        *product(("he", "she"), ("does",), ("not",), _BELIEVING),
    }
)
_PHRASES = frozenset({("could", "have"), ("it", "seems"), *_SEEMING, *_HELD})
_LONGEST = 4
# "may" before these is the modal even where a capital could make it the month.
_AFTER_MODAL = frozenset({"have", "be", "not", "also", "well", "never"})


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge over the words `first` to `last` (excluded). `belief` is True where a speaker says it of himself.

    A retelling puts that into its own cue ("he believes that ..."), which is no part of the content.
    """

    first: int
    last: int
    belief: bool


def hedges(text: str, found: Sequence[Word]) -> list[Hedge]:
    """Return the hedges among the folded words of `text`, in order, none inside another."""
    out: list[Hedge] = []
    at = 0
    while at < len(found):
        hedge = _at(text, found, at)
        if hedge:
            out.append(hedge)
        at = hedge.last if hedge else at + 1
    return out


def _at(text: str, found: Sequence[Word], at: int) -> Hedge | None:
    for size in range(_LONGEST, 1, -1):
        keys = tuple(word.key for word in found[at : at + size])
        if len(keys) == size and (keys in _PHRASES or keys in _BELIEFS):
            return Hedge(at, at + size, keys in _BELIEFS)
    if found[at].key in _SINGLE and not _is_month(text, found, at):
        return Hedge(at, at + 1, belief=False)
    return None


def _is_month(text: str, found: Sequence[Word], at: int) -> bool:
    if found[at].key != "may" or not text[found[at].start].isupper():
        return False
    return at + 1 >= len(found) or found[at + 1].key not in _AFTER_MODAL
