"""The range of independent origins by trying everything, straight from its definition and slow on purpose.

A world says which origins are one voice and which voice has it from which other. Voices may be put together where any
two groups in them may be the same voice; a group are origins that the reports show to be one. In a world, whoever has
it from somebody else is no origin, and voices that have it from one another in a circle are one. The lower number is
that of the world with the fewest origins, the upper number counts the groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from headwater.weighing.bounds import Join, Tie

Group = frozenset[str]
Voice = frozenset[Group]


def by_trying(nodes: Sequence[str], joins: Sequence[Join], *, every_rest: bool = False) -> tuple[int, int]:
    """Return the lower and the upper number. `every_rest` also tries the worlds in which some ties of resting are
    not real; otherwise all of them are."""
    groups = groups_of(nodes, [(j.a, j.b) for j in joins if j.tie is Tie.SHOWN])
    same = [(j.a, j.b) for j in joins if j.tie is Tie.SAME]
    rests = [(j.a, j.b) for j in joins if j.tie is Tie.RESTS]
    real = subsets(rests) if every_rest else [rests]
    worlds = [(voices, found) for voices in ways(groups, same) for found in real]
    return min(origins(voices, found) for voices, found in worlds), len(groups)


def groups_of(nodes: Sequence[str], shown: Sequence[tuple[str, str]]) -> list[Group]:
    """Put what is shown to be one together, again and again until nothing changes."""
    groups = [frozenset({node}) for node in nodes]
    for _ in nodes:
        for a, b in shown:
            both = frozenset(chain.from_iterable(group for group in groups if a in group or b in group))
            groups = [group for group in groups if not group <= both] + [both]
    return groups


def ways(groups: Sequence[Group], same: Sequence[tuple[str, str]]) -> Iterator[tuple[Voice, ...]]:
    """Yield every way to put groups together into voices."""
    if not groups:
        yield ()
        return
    first, *others = groups
    for voices in ways(others, same):
        yield (*voices, frozenset({first}))
        for voice in voices:
            if all(may_be_one(first, group, same) for group in voice):
                yield (*(one for one in voices if one != voice), voice | {first})


def may_be_one(one: Group, two: Group, same: Sequence[tuple[str, str]]) -> bool:
    return any((a in one and b in two) or (b in one and a in two) for a, b in same)


def origins(voices: Sequence[Voice], rests: Sequence[tuple[str, str]]) -> int:
    """Count the circles of voices from which nothing leads further; a voice alone is a circle."""
    holds = {voice: frozenset(chain.from_iterable(voice)) for voice in voices}
    ahead = {
        voice: {other for other in voices if any(a in holds[voice] and b in holds[other] for a, b in rests)}
        for voice in voices
    }
    reach = {voice: everything_after(voice, ahead) for voice in voices}
    circle = {
        voice: frozenset(other for other in reach[voice] | {voice} if other == voice or voice in reach[other])
        for voice in voices
    }
    return len({circle[voice] for voice in voices if reach[voice] <= circle[voice]})


def everything_after(voice: Voice, ahead: dict[Voice, set[Voice]]) -> set[Voice]:
    """Return every voice to which the ties lead from this one."""
    found: set[Voice] = set()
    for _ in ahead:
        found |= set(chain.from_iterable(ahead[one] for one in {voice, *found}))
    return found


def subsets(rests: Iterable[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return every choice among the ties."""
    each = sorted(set(rests))
    return [list(chosen) for size in range(len(each) + 1) for chosen in combinations(each, size)]
