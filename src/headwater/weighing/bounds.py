"""Counting origins as a range: a small graph of origins, what joins them, and two numbers.

Knows nothing of reports. The upper number joins only what is shown; the lower one assumes that every plausible
dependence is real, but never that two origins are one when nothing allows it: an unattributed repeat may come from
either of two witnesses and does not thereby make one person of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_EXACT_UP_TO = 12


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


def count(nodes: Iterable[str], joins: Sequence[Join]) -> Range:
    """Return the range of independent origins among `nodes`. Raises ValueError when a join names a stranger.

    Upper: groups after uniting SHOWN ties. Lower: among these groups, those that need not rest on another one
    (circles of resting count once), put together into as few sets as possible in which all may be the same voice.
    """
    names = sorted(set(nodes))
    index = {name: at for at, name in enumerate(names)}
    for join in joins:
        if join.a not in index or join.b not in index:
            raise ValueError(f"a join names {join.a} and {join.b}, which are not both among the nodes")
    group_of = _unite(len(names), [(index[j.a], index[j.b]) for j in joins if j.tie is Tie.SHOWN])
    number = {root: at for at, root in enumerate(dict.fromkeys(group_of))}
    place = [number[root] for root in group_of]
    groups: list[list[str]] = [[] for _ in number]
    for at, name in enumerate(names):
        groups[place[at]].append(name)
    rests = [(place[index[j.a]], place[index[j.b]]) for j in joins if j.tie is Tie.RESTS]
    same = [(place[index[j.a]], place[index[j.b]]) for j in joins if j.tie is Tie.SAME]
    ends, end_of = _ends(len(groups), rests)
    edges: list[set[int]] = [set() for _ in range(ends)]
    for a, b in same:
        one, two = end_of[a], end_of[b]
        if one is not None and two is not None and one != two:
            edges[one].add(two)
            edges[two].add(one)
    return Range(tuple(tuple(group) for group in groups), fewest_sets(edges), len(groups))


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


def _ends(size: int, rests: Sequence[tuple[int, int]]) -> tuple[int, list[int | None]]:
    """Return the number of circles that rest on nothing outside themselves, and the circle of each node in one."""
    onward: list[list[int]] = [[] for _ in range(size)]
    for a, b in rests:
        if a != b:
            onward[a].append(b)
    circle = circles(onward)
    leaves = {circle[a] for a in range(size) for b in onward[a] if circle[a] != circle[b]}
    kept = {one: at for at, one in enumerate(dict.fromkeys(one for one in circle if one not in leaves))}
    return len(kept), [kept.get(one) for one in circle]


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


def fewest_sets(edges: Sequence[set[int]]) -> int:
    """Return the least number of sets, in each of which all are joined pairwise, that cover all nodes.

    Exact up to twelve nodes in a connected part; above that a number that is never too high (nodes picked one by
    one of which no two are joined), because a lower bound may be cautious but not wrong.
    """
    parts = _unite(len(edges), ((a, b) for a, near in enumerate(edges) for b in near))
    members: dict[int, list[int]] = {}
    for at, part in enumerate(parts):
        members.setdefault(part, []).append(at)
    return sum(_cover(nodes, edges) for nodes in members.values())


def _cover(nodes: list[int], edges: Sequence[set[int]]) -> int:
    ordered = sorted(nodes, key=lambda one: (len(edges[one]), one))
    apart: list[int] = []
    for node in ordered:
        if not edges[node].intersection(apart):
            apart.append(node)
    if len(nodes) > _EXACT_UP_TO:
        return len(apart)
    best = len(nodes)
    sets: list[list[int]] = []

    def place(at: int) -> None:
        nonlocal best
        if len(sets) >= best or best == len(apart):
            return
        if at == len(ordered):
            best = len(sets)
            return
        node = ordered[at]
        for group in sets:
            if edges[node].issuperset(group):
                group.append(node)
                place(at + 1)
                group.pop()
        sets.append([node])
        place(at + 1)
        sets.pop()

    place(0)
    return best
