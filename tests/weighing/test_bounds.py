"""The range of independent origins: known answers, and and against trying everything on random graphs."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from bounds_by_trying import by_trying
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.weighing.bounds import Join, Tie, circles, count

Graph = tuple[list[str], list[Join]]


def graphs(most: int, ties: int) -> st.SearchStrategy[Graph]:
    """Random graphs of up to `most` nodes with up to `ties` ties of all kinds; a node may be tied to itself."""
    return st.integers(1, most).flatmap(
        lambda size: st.tuples(
            st.just([f"o{at}" for at in range(size)]),
            st.lists(
                st.builds(
                    Join,
                    st.sampled_from([f"o{at}" for at in range(size)]),
                    st.sampled_from([f"o{at}" for at in range(size)]),
                    st.sampled_from(list(Tie)),
                ),
                max_size=ties,
            ),
        )
    )


@settings(max_examples=150, deadline=None)
@given(graphs(5, 7))
def test_the_range_agrees_with_trying_every_world(graph: Graph) -> None:
    nodes, joins = graph
    outcome = count(nodes, joins)
    assert (outcome.low, outcome.high) == by_trying(nodes, joins, every_rest=True)


@settings(max_examples=300, deadline=None)
@given(graphs(8, 14))
def test_the_range_of_larger_graphs_agrees_with_trying_every_way_to_make_voices(graph: Graph) -> None:
    nodes, joins = graph
    outcome = count(nodes, joins)
    assert (outcome.low, outcome.high) == by_trying(nodes, joins)


@settings(max_examples=200, deadline=None)
@given(graphs(8, 12), st.randoms(use_true_random=False))
def test_order_names_and_repetition_change_nothing(graph: Graph, chance: random.Random) -> None:
    nodes, joins = graph
    shuffled, twice = nodes * 2, joins * 2
    chance.shuffle(shuffled)
    chance.shuffle(twice)
    outcome = count(nodes, joins)
    assert count(shuffled, twice) == outcome
    other = dict(zip(nodes, chance.sample([f"n{at}" for at in range(20)], len(nodes)), strict=True))
    renamed = count(other.values(), [Join(other[j.a], other[j.b], j.tie) for j in joins])
    assert (renamed.low, renamed.high) == (outcome.low, outcome.high)
    assert sorted(sorted(other[one] for one in group) for group in outcome.groups) == sorted(
        sorted(group) for group in renamed.groups
    )


@settings(max_examples=300, deadline=None)
@given(graphs(8, 12), st.data())
def test_what_one_tie_more_does(graph: Graph, data: st.DataObject) -> None:
    nodes, joins = graph
    one, two = (data.draw(st.sampled_from(nodes)) for _ in range(2))
    before = count(nodes, joins)
    assert 1 <= before.low <= before.high <= len(nodes)
    for tie in (Tie.SAME, Tie.RESTS):
        after = count(nodes, [*joins, Join(one, two, tie)])
        assert after.low <= before.low
        assert (after.high, after.groups) == (before.high, before.groups)
    assert count(nodes, [*joins, Join(one, two, Tie.SHOWN)]).high <= before.high


def test_showing_that_two_are_one_may_raise_the_lower_number() -> None:
    """Both may rest, and each may be another's voice; the one that they are cannot be the voice of two strangers."""
    joins = [Join("a", "d", Tie.SAME), Join("b", "c", Tie.SAME), Join("a", "y", Tie.RESTS), Join("b", "x", Tie.RESTS)]
    assert count("abcdxy", joins).low == 2
    assert count("abcdxy", [*joins, Join("a", "b", Tie.SHOWN)]).low == 3


def test_who_may_be_the_voice_of_one_who_rests_on_another_may_rest_on_it_too() -> None:
    joins = [Join("minister on Monday", "minister on Friday", Tie.SAME), Join("minister on Monday", "group", Tie.RESTS)]
    outcome = count(["minister on Monday", "minister on Friday", "group"], joins)
    assert (outcome.low, outcome.high) == (1, 3)


@settings(max_examples=25, deadline=None)
@given(st.integers(13, 14), st.randoms(use_true_random=False))
def test_above_the_limit_the_lower_number_is_at_least_one_and_never_above_the_exact_one(
    size: int, chance: random.Random
) -> None:
    nodes = [f"o{at}" for at in range(size)]
    chain = [Join(a, b, Tie.SAME) for a, b in itertools.pairwise(nodes)]  # they all hang together
    more = [tie(chance, nodes, Tie.SAME, Tie.RESTS) for _ in range(chance.randrange(6))]
    low = count(nodes, [*chain, *more]).low
    assert 1 <= low <= by_trying(nodes, [*chain, *more])[0]


def tie(chance: random.Random, nodes: list[str], *kinds: Tie) -> Join:
    one, two = chance.sample(nodes, 2)
    return Join(one, two, chance.choice(kinds))


def test_above_the_limit_groups_of_voices_that_touch_no_other_are_told_apart() -> None:
    chance = random.Random(11)
    for size in (13, 20):
        nodes = [f"o{at}" for at in range(size)]
        group = {node: chance.randrange(4) for node in nodes}
        joins = [Join(a, b, Tie.SAME) for a, b in itertools.combinations(nodes, 2) if group[a] == group[b]]
        assert count(nodes, joins).low == len(set(group.values()))


def test_many_that_name_nobody_do_not_spoil_the_exact_number() -> None:
    witnesses = ["ferryman", "nurse", "teacher"]
    bare = [f"report {at}" for at in range(40)]
    joins = [Join(one, two, Tie.RESTS) for one in bare for two in witnesses]
    joins.append(Join("ferryman", "teacher", Tie.SAME))
    outcome = count([*witnesses, *bare], joins)
    assert (outcome.low, outcome.high) == (2, 43)


def test_the_worst_case_is_answered_soon() -> None:
    chance = random.Random(3)
    nodes = [f"o{at}" for at in range(12)]
    pairs = list(itertools.combinations(nodes, 2))
    for share in (0.3, 0.5, 0.7, 0.9):
        joins = [Join(a, b, Tie.SAME) for a, b in pairs if chance.random() < share]
        joins += [tie(chance, nodes, Tie.RESTS) for _ in range(4)]
        started = time.process_time()
        count(nodes, joins)
        assert time.process_time() - started < 5


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


def test_circles_are_the_strongly_connected_parts() -> None:
    parts = circles([[1], [2], [0, 3], [4], [], [5]])
    assert parts[0] == parts[1] == parts[2]
    assert len({parts[0], parts[3], parts[4], parts[5]}) == 4


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    size = 5000
    assert len(set(circles([[at + 1] if at + 1 < size else [] for at in range(size)]))) == size
