"""Looking up what overlaps a place gives what looking at everything gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Span
from headwater.reading.english.overlaps import Overlaps

SPANS = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=30), SPANS)
def test_nothing_near_is_missed_and_nothing_far_is_found(held: list[Span], place: Span) -> None:
    found = sorted(Overlaps((span, span) for span in held).with_(place))
    assert found == sorted((span.shared(place), span) for span in held if span.overlaps(place))


@given(st.lists(SPANS, min_size=1, max_size=12), st.lists(SPANS, min_size=1, max_size=4))
def test_the_one_that_shares_most(held: list[Span], places: list[Span]) -> None:
    things = [[span] for span in held]
    shared, thing = Overlaps((thing[0], thing) for thing in things).most(places)
    assert shared == max(sum(span.shared(place) for place in places) for span in held)
    assert (thing is None) == (shared == 0)


def test_share_of_a_place() -> None:
    held = Overlaps([(Span(0, 10), None), (Span(20, 30), None)])
    assert held.share(Span(5, 25)) == 0.5
    assert held.share(Span(10, 20)) == 0
