"""Counting origins as a range: a small graph of origins, what joins them, and two numbers.

Knows nothing of reports. The upper number joins only what is shown. The lower one is the least number of origins in
any world that the ties allow: some of those that may be the same voice are (all within a voice pairwise), every voice
that may rest on another one does, and voices that rest on one another in a circle count once. Two origins are never
one when nothing allows it: an unattributed repeat may come from either of two witnesses and does not thereby make
one person of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

# So many groups that hang together by ties of the same voice are put together in every way; more are bounded.
_EXACT_UP_TO = 12

_Two = tuple[int, int]


class Tie(StrEnum):
    """How two origins hang together."""

    SHOWN = "shown"  # the reports show that it is one origin
    SAME = "same"  # it may be one and the same voice; holds both ways
    RESTS = "rests"  # the first may have it from the second


@dataclass(frozen=True, slots=True)
class Join:
    """One tie between two nodes; for RESTS `a` may rest on `b`."""

    a: str
    b: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class Range:
    """The outcome: groups after joining what is shown (each sorted), their number, and the least number."""

    groups: tuple[tuple[str, ...], ...]
    low: int
    high: int


def count(nodes: Iterable[str], joins: Sequence[Join], apart: Iterable[frozenset[str]] = ()) -> Range:
    """Return the range of independent origins among `nodes`. Raises ValueError when a join names a stranger.

    `apart` are pairs that are two whatever ties them: a person said so. They are never in one group, nothing ties them
    directly, and the lower number is not below the number of those that are apart from one another.

    Upper: groups after uniting SHOWN ties. Lower: over all ways to make voices of these groups, any two in a voice
    tied by SAME, the least number of voices, or circles of voices, that rest on nothing else. Exact while at most
    twelve groups hang together by SAME; above that at least 1 and never more than the exact number, because a
    lower bound may be cautious but not wrong.
    """
    names = sorted(set(nodes))
    index = {name: at for at, name in enumerate(names)}
    for join in joins:
        if join.a not in index or join.b not in index:
            raise ValueError(f"a join names {join.a} and {join.b}, which are not both among the nodes")
    two = [(index[a], index[b]) for a, b in map(sorted, apart) if a in index and b in index]
    shown = [(index[j.a], index[j.b]) for j in joins if j.tie is Tie.SHOWN]
    group_of = _unite(len(names), _without_walls(len(names), shown, two) if two else shown)
    number = {root: at for at, root in enumerate(dict.fromkeys(group_of))}
    place = [number[root] for root in group_of]
    groups: list[list[str]] = [[] for _ in number]
    for at, name in enumerate(names):
        groups[place[at]].append(name)
    same: list[set[int]] = [set() for _ in groups]
    rests: list[set[int]] = [set() for _ in groups]
    walls = {(place[a], place[b]) for a, b in two} | {(place[b], place[a]) for a, b in two}
    for join in joins:
        a, b = place[index[join.a]], place[index[join.b]]
        if (a, b) in walls:
            continue
        if a != b and join.tie is Tie.SAME:
            same[a].add(b)
            same[b].add(a)
        elif a != b and join.tie is Tie.RESTS:
            rests[a].add(b)
    low = max(_fewest(same, rests), _apart_from_one_another(walls))
    return Range(tuple(tuple(group) for group in groups), low, len(groups))


def _without_walls(
    size: int, pairs: Sequence[tuple[int, int]], two: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pairs without those that would make one, by whatever way, of two that are apart; the first ones stay."""
    kept: list[_Two] = []
    for pair in pairs:
        root = _unite(size, [*kept, pair])
        if all(root[a] != root[b] for a, b in two):
            kept.append(pair)
    return kept


def _apart_from_one_another(walls: Iterable[tuple[int, int]]) -> int:
    """The number of groups of which every two are apart, as many as are found from any one of them on."""
    beside: dict[int, set[int]] = {}
    for a, b in walls:
        beside.setdefault(a, set()).add(b)
    best = 0
    for start in sorted(beside):
        found = [start]
        for other in sorted(beside[start], key=lambda one: (-len(beside[one]), one)):
            if all(other in beside[one] for one in found):
                found.append(other)
        best = max(best, len(found))
    return best


def _unite(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    parent = list(range(size))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for a, b in pairs:
        one, two = root(a), root(b)
        parent[max(one, two)] = min(one, two)
    return [root(at) for at in range(size)]


def circles(onward: Sequence[Sequence[int]]) -> list[int]:
    """Return for each node the number of its strongly connected component (Tarjan 1972, without recursion)."""
    size = len(onward)
    order: list[int | None] = [None] * size
    low, found = [0] * size, [-1] * size
    stack: list[int] = []
    seen = parts = 0
    for start in range(size):
        work = [(start, 0)] if order[start] is None else []
        while work:
            node, step = work.pop()
            if step == 0:
                order[node] = low[node] = seen
                seen += 1
                stack.append(node)
            elif found[onward[node][step - 1]] < 0:
                low[node] = min(low[node], low[onward[node][step - 1]])
            if step < len(onward[node]):
                work.append((node, step + 1))
                ahead = onward[node][step]
                if order[ahead] is None:
                    work.append((ahead, 0))
            elif low[node] == order[node]:
                while True:
                    member = stack.pop()
                    found[member] = parts
                    if member == node:
                        break
                parts += 1
    return found


def _fewest(same: Sequence[set[int]], rests: Sequence[set[int]]) -> int:
    """Return the lower number for groups by their ties."""
    onward = _without_relays(same, rests)
    voices = [at for at in onward if same[at]]
    part = _unite(len(same), ((a, b) for a in voices for b in (*same[a], *onward[a]) if same[b]))
    parts: dict[int, list[int]] = {}
    for at in voices:
        parts.setdefault(part[at], []).append(at)
    # Whatever is left without a tie of the same voice rests on nothing.
    return len(onward) - len(voices) + sum(_Voices(found, same, onward).fewest() for found in parts.values())


def _without_relays(same: Sequence[set[int]], rests: Sequence[set[int]]) -> dict[int, set[int]]:
    """Return what each group rests on, without the groups that are no other's voice and rest on something.

    Such a group is never an origin: whoever rests on it rests on what it rests on.
    """
    onward = {at: set(ahead) for at, ahead in enumerate(rests)}
    for at in range(len(same)):
        if not same[at] and onward[at]:
            ahead = onward.pop(at)
            for other, found in onward.items():
                if at in found:
                    found.remove(at)
                    found.update(ahead - {other})
    return onward


class _Voices:
    """Groups that hang together by SAME: puts them together into voices in every way that may beat the best so far."""

    def __init__(self, nodes: Sequence[int], same: Sequence[set[int]], onward: Mapping[int, set[int]]) -> None:
        self._nodes = sorted(nodes, key=lambda one: (len(same[one]), one))
        self._same = same
        self._onward = onward
        self._elsewhere = {at for at in nodes if not onward[at].issubset(nodes)}
        self._best = len(nodes)
        self._voices: list[list[int]] = []

    def fewest(self) -> int:
        """Return the least number of voices that rest on nothing; above the limit a number that is not more."""
        least = max(self._apart(), self._origins(0))
        if len(self._nodes) > _EXACT_UP_TO:
            return least
        self._place(0, least)
        return self._best

    def _apart(self) -> int:
        """Count groups of which no two are one voice, and that rest on nothing whosever voice they are."""
        apart: list[int] = []
        for at in self._nodes:
            if not any(self._onward[one] for one in (at, *self._same[at])) and not self._same[at].intersection(apart):
                apart.append(at)
        return len(apart)

    def _place(self, at: int, least: int) -> None:
        if self._best <= least or max(self._origins(at), self._settled(at)) >= self._best:
            return
        if at == len(self._nodes):
            self._best = self._origins(at)
            return
        node = self._nodes[at]
        for voice in self._voices:
            if self._same[node].issuperset(voice):
                voice.append(node)
                self._place(at + 1, least)
                voice.pop()
        self._voices.append([node])
        self._place(at + 1, least)
        self._voices.pop()

    def _settled(self, at: int) -> int:
        """Count the voices made so far that rest on nothing, whoever of the groups from `at` on joins them."""
        coming = self._nodes[at:]
        return sum(
            not any(self._onward[one] for one in voice)
            and not any(self._onward[one] and self._same[one].issuperset(voice) for one in coming)
            for voice in self._voices
        )

    def _origins(self, at: int) -> int:
        """Count the circles of voices that rest on nothing, where groups from `at` on may be anybody they are tied to.

        Never more than in any way to place them; exact when all are placed.
        """
        units = [*self._voices, *([one] for one in self._nodes[at:])]
        home = {one: number for number, unit in enumerate(units) for one in unit}
        ahead = [{home[to] for one in unit for to in self._onward[one] if to in home} for unit in units]
        placed = len(self._voices)
        for number in range(placed, len(units)):
            for other in range(number):
                if self._same[units[number][0]].issuperset(units[other]):
                    ahead[number].add(other)
                    ahead[other].add(number)
        circle = circles([sorted(found) for found in ahead])
        resting = {circle[number] for number, unit in enumerate(units) if not self._elsewhere.isdisjoint(unit)}
        resting |= {circle[a] for a, found in enumerate(ahead) for b in found if circle[a] != circle[b]}
        return len(set(circle) - resting)
