"""Two passages side by side: each in its exact words, with the words that stand only on its side marked.

One alignment for the whole dossier: `align`. Reads no case.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from headwater.dossier.align import Change, Stretch, aligned

Side = tuple[Stretch, ...]
# Reasons whose two passages share wording. Where they only name a place, or speak against one another, a comparison of
# words would say nothing.
SHARED_WORDING = frozenset(
    {
        "same words",
        "trimmed",
        "reworded",
        "retold",
        "retold in other words",
        "same utterance",
        "shared utterances",
        "same words, two sources",
        "uncredited copy",
        "near rendering",
        "shared narrative",
        "narrative copy",
        "credited copy",
        "agency copy",
    }
)
# Longer passages are printed without marks: aligning takes time by the square of the words.
LONGEST = 8000


@lru_cache(maxsize=4096)
def side_by_side(one: str, two: str) -> tuple[Side, ...]:
    """Return both passages cut where they differ, each exactly its own words; nothing when they are too long for it."""
    if max(len(one), len(two)) > LONGEST:
        return ()
    return _own(aligned(two, one)), _own(aligned(one, two))


def only_same(sides: Sequence[Side]) -> bool:
    """True when no word stands on one side only."""
    return not any(each.change is Change.ADDED for side in sides for each in side)


def _own(stretches: Side) -> Side:
    return tuple(each for each in stretches if each.change is not Change.DROPPED)
