"""Decisions on what is one and what is not, replayed in their order so that the later one wins.

Pure set work on ids. At the end nothing that is together is also apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from headwater.model import Apart, Binding, Together


@dataclass(frozen=True, slots=True)
class Merged:
    """These are one, says the decision number `at`."""

    at: int
    members: frozenset[str]
    decision: str


@dataclass(frozen=True, slots=True)
class Parted:
    """None of `one` is one with any of `other`, says the decision number `at`."""

    at: int
    one: frozenset[str]
    other: frozenset[str]
    decision: str
    independent: bool = False


@dataclass(slots=True)
class Level:
    """What holds at one level after the events so far: disjoint blocks, and walls that go through none of them."""

    blocks: list[tuple[frozenset[str], tuple[str, ...]]] = field(default_factory=list)
    walls: list[Parted] = field(default_factory=list)

    def merge(self, event: Merged) -> None:
        """Make one of its members and of all that is one with them; walls between them fall."""
        touched = [block for block in self.blocks if block[0] & event.members]
        members = event.members.union(*(block[0] for block in touched))
        why = dict.fromkeys((*(each for block in touched for each in block[1]), event.decision))
        self.blocks = [block for block in self.blocks if block not in touched] + [(members, tuple(why))]
        self.walls = [left for wall in self.walls for left in _fallen(wall, members)]

    def part(self, event: Parted) -> None:
        """Keep two sides apart; what was one on both sides becomes two."""
        event = replace(event, other=event.other - event.one)
        if not (event.one and event.other):
            return
        kept: list[tuple[frozenset[str], tuple[str, ...]]] = []
        for members, why in self.blocks:
            if members & event.one and members & event.other:
                halves = (members - event.other, members & event.other)
                kept += [(half, why) for half in halves if len(half) > 1]
            else:
                kept.append((members, why))
        self.blocks = kept
        self.walls.append(event)

    def binding(self) -> Binding:
        """What holds, in an order that depends on the decisions alone."""
        together = (Together(tuple(sorted(members)), why) for members, why in self.blocks)
        apart = (
            Apart(tuple(sorted(wall.one)), tuple(sorted(wall.other)), wall.decision, wall.independent)
            for wall in self.walls
        )
        return Binding(tuple(together), tuple(apart))


def replayed(events: Iterable[Merged | Parted]) -> Level:
    """Return what holds after events, taken in the order of their numbers."""
    level = Level()
    for event in sorted(events, key=lambda event: event.at):
        if isinstance(event, Merged):
            level.merge(event)
        else:
            level.part(event)
    return level


def _fallen(wall: Parted, members: frozenset[str]) -> list[Parted]:
    """What is left of a wall when these have become one."""
    if not (wall.one & members and wall.other & members):
        return [wall]
    left = (replace(wall, one=wall.one - members), replace(wall, one=wall.one & members, other=wall.other - members))
    return [each for each in left if each.one and each.other]
