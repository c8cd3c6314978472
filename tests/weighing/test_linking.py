"""Grouping by pairs: against the plain rule, and where doubt is only for the moment."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from headwater.weighing.linking import May, linked

_pairs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]), max_size=16)


def slow(size: int, pairs: Sequence[tuple[int, int]], apart: set[tuple[int, int]]) -> list[list[int]]:
    groups = [{at} for at in range(size)]
    for a, b in pairs:
        one = next(group for group in groups if a in group)
        two = next(group for group in groups if b in group)
        crossing = {(min(x, y), max(x, y)) for x in one for y in two}
        if one is not two and not crossing & apart:
            groups = [group for group in groups if group is not one and group is not two] + [one | two]
    return sorted(sorted(group) for group in groups)


@given(_pairs, st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=8))
def test_no_group_holds_two_that_must_stay_apart(pairs: list[tuple[int, int]], apart: set[tuple[int, int]]) -> None:
    apart = {(min(pair), max(pair)) for pair in apart}

    def may_join(group: Sequence[int], other: Sequence[int]) -> May:
        crossing = {(min(a, b), max(a, b)) for a in group for b in other}
        return May.NEVER if crossing & apart else May.YES

    assert linked(8, pairs, may_join) == slow(8, pairs, apart)


def test_a_doubt_passes_when_a_group_has_grown() -> None:
    def may_join(group: Sequence[int], other: Sequence[int]) -> May:
        doubts = sum({a, b} == {0, 1} for a in group for b in other)
        return May.YES if 3 * doubts <= len(group) * len(other) else May.NOT_YET

    assert linked(4, [(0, 1), (1, 2), (2, 3), (0, 3)], may_join) == [[0, 1, 2, 3]]
    assert linked(2, [(0, 1), (0, 1)], may_join) == [[0], [1]]
