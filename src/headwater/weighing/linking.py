"""Grouping by pairs without blind transitivity: two groups join only when what lies across them allows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import Enum


class May(Enum):
    """Whether two groups may join."""

    YES = "yes"
    NOT_YET = "not yet"  # too much doubt across them as they stand
    NEVER = "never"  # something forbids it, and will however they grow


def linked(
    size: int, pairs: Iterable[tuple[int, int]], may_join: Callable[[Sequence[int], Sequence[int]], May]
) -> list[list[int]]:
    """Return groups of the indexes below `size`, each sorted; pairs come best first and bring their groups together.

    A pair refused with NOT_YET is not asked again until one of the groups has grown.
    """
    members = {at: [at] for at in range(size)}
    home = list(range(size))
    never: dict[int, set[int]] = defaultdict(set)
    asked: dict[tuple[int, int], int] = {}
    for a, b in pairs:
        keep, drop = sorted((home[a], home[b]))
        if keep == drop or drop in never[keep]:
            continue
        together = len(members[keep]) + len(members[drop])
        if asked.get((keep, drop)) == together:
            continue
        answer = may_join(members[keep], members[drop])
        if answer is May.NEVER:
            never[keep].add(drop)
            never[drop].add(keep)
        elif answer is May.NOT_YET:
            asked[keep, drop] = together
        else:
            for member in members[drop]:
                home[member] = keep
            members[keep].extend(members.pop(drop))
            for other in never.pop(drop, ()):
                never[other].discard(drop)
                never[other].add(keep)
                never[keep].add(other)
    return [sorted(members[at]) for at in sorted(members)]
