"""Names that were met before: the same answers as a dictionary gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headwater.pipeline.seen import Seen


@given(names=st.lists(st.tuples(st.text(max_size=3) | st.integers(0, 9), st.integers(0, 2**64 - 1)), max_size=40))
def test_it_answers_as_a_dictionary_does(names: list[tuple[str | int, int]]) -> None:
    seen, plain = Seen(), dict[tuple[type, str | int], int]()
    for name, number in names:
        key = (type(name), name)
        assert seen.add("tag", name, number) == plain.get(key)
        plain.setdefault(key, number)


def test_names_of_another_sort_are_other_names() -> None:
    seen = Seen()
    assert seen.add("line", "a", 1) is None
    assert seen.add("report", "a", 2) is None
    assert (seen.add("line", "a", 3), seen.add("report", "a", 3)) == (1, 2)
