"""Bonds among numbered things: which of them people said are one, and which of them are not.

Pure set work. Groups grow by a machine's own rules, are kept from growing across a wall, and are united afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import NamedTuple

from headwater.model.decided import Binding

_Mark = tuple[int, bool]
_NONE: frozenset[_Mark] = frozenset()


class Block(NamedTuple):
    """Numbers that are one, by these decisions."""

    members: frozenset[int]
    decisions: tuple[str, ...]


class Wall(NamedTuple):
    """Numbers that are not one with any of the others."""

    one: frozenset[int]
    other: frozenset[int]
    decision: str
    independent: bool


class Bonds:
    """The bonds of one level; `numbers` gives what an id stands for now. Without decisions all is free."""

    def __init__(self, bound: Binding, numbers: Callable[[str], Iterable[int]]) -> None:
        self.blocks = _disjoint(
            Block(frozenset(one for ident in each.members for one in numbers(ident)), each.decisions)
            for each in bound.together
        )
        self.walls: list[Wall] = []
        for apart in bound.apart:
            one = frozenset(number for ident in apart.one for number in numbers(ident))
            other = frozenset(number for ident in apart.other for number in numbers(ident)) - one
            if one and other:
                self.walls.append(Wall(one, other, apart.decision, apart.independent))
        self._marks = self._all_marks()

    def __bool__(self) -> bool:
        return bool(self.blocks or self.walls)

    def _all_marks(self) -> dict[int, frozenset[_Mark]]:
        own: dict[int, set[_Mark]] = defaultdict(set)
        for number, wall in enumerate(self.walls):
            for one in wall.one:
                own[one].add((number, True))
            for other in wall.other:
                own[other].add((number, False))
        # Whoever is one with another has the other's walls as well.
        for block in self.blocks:
            marks = frozenset(mark for member in block.members for mark in own.get(member, ()))
            if marks:
                own.update((member, set(marks)) for member in block.members)
        return {number: frozenset(marks) for number, marks in own.items()}

    def marks(self, members: Iterable[int]) -> frozenset[_Mark]:
        """Return on which side of which walls any of these stand."""
        return _NONE.union(*(self._marks.get(one, _NONE) for one in members)) if self._marks else _NONE

    def forbid(self, one: Iterable[int], other: Iterable[int]) -> bool:
        """True when a wall stands between any of one group and any of the other."""
        return bool(self._marks) and against(self.marks(one), self.marks(other))

    def united(self, groups: Sequence[Sequence[int]]) -> list[tuple[list[int], tuple[str, ...]]]:
        """Return the groups with those that hold one block made one, each with the decisions that did so.

        A group joins whole, unless that would bring together what a wall parts: then only the block's own members do.
        Each number stays in exactly one group; groups are in the order of their first number.
        """
        home = {member: at for at, group in enumerate(groups) for member in group}
        members = {at: list(group) for at, group in enumerate(groups)}
        why: dict[int, tuple[str, ...]] = {}
        further = count(len(groups))
        for block in self.blocks:
            touched = sorted({home[one] for one in block.members if one in home}, key=lambda at: min(members[at]))
            if len(touched) < 2:
                continue
            keep = touched[0]
            made = tuple(dict.fromkeys((*block.decisions, *(each for at in touched for each in why.get(at, ())))))
            if self._parted([members[at] for at in touched]):
                keep = next(further)
                taken = {one for one in block.members if one in home}
            else:
                taken = {one for at in touched[1:] for one in members[at]}
            for at in touched:
                members[at] = [one for one in members[at] if one not in taken]
                if not members[at]:
                    del members[at]
            members.setdefault(keep, []).extend(sorted(taken))
            home.update(dict.fromkeys(taken, keep))
            why[keep] = made
        found = [(sorted(group), why.get(at, ())) for at, group in members.items()]
        return sorted(found, key=lambda item: item[0][0])

    def _parted(self, groups: Sequence[Sequence[int]]) -> bool:
        return any(self.forbid(a, b) for at, a in enumerate(groups) for b in groups[at + 1 :])

    def walled(self, groups: Sequence[Sequence[int]]) -> dict[int, list[tuple[int, Wall]]]:
        """Return for each group (by its index) those on the other side of a wall from it, with the wall."""
        home = {member: at for at, group in enumerate(groups) for member in group}
        out: dict[int, list[tuple[int, Wall]]] = defaultdict(list)
        for wall in self.walls:
            here, there = (sorted({home[one] for one in side if one in home}) for side in (wall.one, wall.other))
            for a in here:
                for b in there:
                    if a != b:
                        out[a].append((b, wall))
                        out[b].append((a, wall))
        return out


def against(one: frozenset[_Mark], other: frozenset[_Mark]) -> bool:
    """True when one stands on the one side of a wall and the other on its other side."""
    return any((wall, not side) in other for wall, side in one)


def _disjoint(blocks: Iterable[Block]) -> list[Block]:
    """The blocks of two or more, those that share a number made one, in the order of their first number."""
    out: list[Block] = []
    for block in blocks:
        sharing = [each for each in out if each.members & block.members]
        out = [each for each in out if each not in sharing]
        members = block.members.union(*(each.members for each in sharing))
        out.append(Block(members, tuple(dict.fromkeys(d for each in (*sharing, block) for d in each.decisions))))
    return sorted((block for block in out if len(block.members) > 1), key=lambda block: min(block.members))


class Voices:
    """A union of numbers that remembers walls: what grows by a machine's rules and is joined by people."""

    def __init__(self, size: int, bonds: Bonds) -> None:
        self._parent = list(range(size))
        self._marks: dict[int, frozenset[_Mark]] = {}
        for wall in bonds.walls:
            for number in wall.one | wall.other:
                self._marks[number] = bonds.marks((number,))
        for block in bonds.blocks:
            first = min(block.members)
            for member in sorted(block.members):
                self.unite(first, member)

    def find(self, number: int) -> int:
        """Return the least number that this one is one with."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def unite(self, a: int, b: int) -> None:
        """Make one of two numbers and of all that each is one with."""
        one, two = sorted((self.find(a), self.find(b)))
        self._parent[two] = one
        if one != two and two in self._marks:
            self._marks[one] = self._marks.get(one, _NONE) | self._marks.pop(two)

    def forbid(self, a: int, b: int) -> bool:
        """True when a wall stands between what two numbers are one with."""
        if not self._marks:
            return False
        return against(self._marks.get(self.find(a), _NONE), self._marks.get(self.find(b), _NONE))
