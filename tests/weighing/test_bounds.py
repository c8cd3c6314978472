"""The range of independent origins: known answers, and against a slow, obvious twin on random graphs."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.weighing.bounds import Join, Tie, circles, count, fewest_sets


def slow_partitions(items: list[int]) -> list[list[list[int]]]:
    """Every way to put the items into groups."""
    if not items:
        return [[]]
    first, *rest = items
    out = []
    for partition in slow_partitions(rest):
        out += [[*partition[:at], [first, *partition[at]], *partition[at + 1 :]] for at in range(len(partition))]
        out.append([[first], *partition])
    return out


def slow_count(nodes: list[str], joins: list[Join]) -> tuple[int, int]:
    """Both numbers by trying every partition, straight from their definition."""
    size = len(nodes)
    everything = slow_partitions(list(range(size)))
    at = {name: number for number, name in enumerate(nodes)}
    shown = [(at[j.a], at[j.b]) for j in joins if j.tie is Tie.SHOWN]

    def keeps(partition: list[list[int]]) -> bool:
        return all(any(a in group and b in group for group in partition) for a, b in shown)

    finest = max((one for one in everything if keeps(one)), key=len)
    home = {member: number for number, group in enumerate(finest) for member in group}
    reach = {(home[at[j.a]], home[at[j.b]]) for j in joins if j.tie is Tie.RESTS}
    for _ in finest:
        reach |= {(a, d) for a, b in reach for c, d in reach if b == c}
    same = {frozenset((home[at[j.a]], home[at[j.b]])) for j in joins if j.tie is Tie.SAME}
    circle = {
        group: frozenset(o for o in range(len(finest)) if o == group or {(group, o), (o, group)} <= reach)
        for group in range(len(finest))
    }
    last = sorted(
        {circle[group] for group in circle if all(circle[b] == circle[group] for a, b in reach if a == group)},
        key=sorted,
    )

    def one_voice(a: int, b: int) -> bool:
        return any(frozenset((x, y)) in same for x in last[a] for y in last[b])

    low = min(
        len(partition)
        for partition in slow_partitions(list(range(len(last))))
        if all(one_voice(a, b) for group in partition for a, b in itertools.combinations(group, 2))
    )
    return low, len(finest)


names = st.integers(1, 6).map(lambda size: [f"o{at}" for at in range(size)])


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[Join]]:
    nodes = draw(names)
    one = st.sampled_from(nodes)
    joins = draw(st.lists(st.builds(Join, one, one, st.sampled_from(list(Tie))), max_size=9))
    return nodes, joins


@settings(max_examples=250, deadline=None)
@given(graphs())
def test_the_range_agrees_with_trying_every_partition(graph: tuple[list[str], list[Join]]) -> None:
    nodes, joins = graph
    outcome = count(nodes, joins)
    assert (outcome.low, outcome.high) == slow_count(nodes, joins)


@settings(max_examples=100, deadline=None)
@given(graphs(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(graph: tuple[list[str], list[Join]], chance: random.Random) -> None:
    nodes, joins = graph
    shuffled, twice = nodes * 2, joins * 2
    chance.shuffle(shuffled)
    chance.shuffle(twice)
    assert count(shuffled, twice) == count(nodes, joins)
    assert 1 <= count(nodes, joins).low <= count(nodes, joins).high <= len(nodes)


def test_more_ties_never_raise_a_number() -> None:
    chance = random.Random(4)
    nodes = [f"o{at}" for at in range(7)]
    for _ in range(100):
        joins: list[Join] = []
        before = count(nodes, joins)
        for _ in range(8):
            one, two = chance.sample(nodes, 2)
            joins.append(Join(one, two, chance.choice([Tie.SHOWN, Tie.SAME])))
            after = count(nodes, joins)
            assert after.high <= before.high
            assert after.low <= before.low
            before = after


def test_an_unattributed_repeat_does_not_make_one_person_of_two_witnesses() -> None:
    joins = [Join("repeat", "witness one", Tie.RESTS), Join("repeat", "witness two", Tie.RESTS)]
    outcome = count(["witness one", "witness two", "repeat"], joins)
    assert (outcome.low, outcome.high) == (2, 3)


def test_a_third_voice_that_may_be_either_leaves_two() -> None:
    joins = [Join("survivor", "friend", Tie.SAME), Join("victim", "friend", Tie.SAME)]
    assert count(["survivor", "victim", "friend"], joins).low == 2


def test_outlets_that_cite_one_another_count_once() -> None:
    joins = [Join("a", "b", Tie.RESTS), Join("b", "c", Tie.RESTS), Join("c", "a", Tie.RESTS)]
    outcome = count("abc", joins)
    assert (outcome.low, outcome.high) == (1, 3)


def test_a_join_with_a_stranger_is_refused() -> None:
    with pytest.raises(ValueError, match="not both among the nodes"):
        count(["a"], [Join("a", "b", Tie.SHOWN)])


def test_many_voices_give_a_bound_that_is_not_too_high() -> None:
    chance = random.Random(11)
    for size in (13, 20):
        edges: list[set[int]] = [set() for _ in range(size)]
        groups = [chance.randrange(4) for _ in range(size)]
        for a, b in itertools.combinations(range(size), 2):
            if groups[a] == groups[b]:
                edges[a].add(b)
                edges[b].add(a)
        assert fewest_sets(edges) == len(set(groups))
        edges[0].add(1)
        edges[1].add(0)
        assert fewest_sets(edges) <= len(set(groups))


def test_circles_are_the_strongly_connected_parts() -> None:
    parts = circles([[1], [2], [0, 3], [4], [], [5]])
    assert parts[0] == parts[1] == parts[2]
    assert len({parts[0], parts[3], parts[4], parts[5]}) == 4


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    size = 5000
    assert len(set(circles([[at + 1] if at + 1 < size else [] for at in range(size)]))) == size
