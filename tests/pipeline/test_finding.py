"""Every place that carries some words is found, with its exact words and where it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made import hand_made_case
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater.model import Case, keys, words
from headwater.pipeline.finding import Answer, How, find


@pytest.fixture
def case() -> Case:
    """A small sound case."""
    return hand_made_case()


def files(answer: Answer) -> list[tuple[str, How]]:
    """Return the file and the how of every place, in order."""
    return [(place.report.file, place.how) for place in answer.places]


def test_places_come_earliest_first_and_unknown_days_last(case: Case) -> None:
    answer = find(case, "they TOOK the boats at dawn")
    assert files(answer) == [("b.txt", How.WORDS), ("a.txt", How.WORDS), ("c.txt", How.WORDS)]
    assert [place.exact for place in answer.places] == ["They took the boats at dawn"] * 3


def test_what_is_said_brings_its_origin_and_to_whom_it_was_told(case: Case) -> None:
    later, earlier, own = find(case, "the boats at dawn").places[1], *find(case, "the boats at dawn").places[::2]
    assert later.origin is not None
    assert (later.source, later.origin.name) == ("Oda Renn", "Oda Renn")
    assert (later.told_to, later.told_to_inferred) == ("Radio Vellmar", False)
    assert (earlier.told_to, earlier.told_to_inferred) == ("Radio Vellmar", True)
    assert (own.statement, own.origin, own.source) == (None, None, None)


def test_a_report_that_says_itself_whom_the_source_told_infers_nothing(case: Case) -> None:
    """Its other statements name nobody they were told to: the report has said it once, and that holds for them."""
    oda, unknown = case.traced.origins
    both = replace(oda, told_to_in=("rep-a.txt", "rep-b.txt"))
    answer = find(replace(case, traced=replace(case.traced, origins=(both, unknown))), "the boats at dawn")
    assert answer.places[0].statement == "st-b.txt"
    assert (answer.places[0].told_to, answer.places[0].told_to_inferred) == ("Radio Vellmar", False)


def test_a_trimmed_rendering_is_found_through_its_utterance(case: Case) -> None:
    answer = find(case, "did not give them back")
    assert files(answer) == [("b.txt", How.VARIANT), ("a.txt", How.WORDS)]
    assert answer.places[0].exact == "They took the boats at dawn"
    assert answer.places[1].exact == "didn't give them back"


def test_a_figure_outside_everything_said_brings_its_own_origin(case: Case) -> None:
    answer = find(case, "at least 12")
    assert [place.origin.id if place.origin else None for place in answer.places] == ["or-count", "or-count"]


def test_words_that_nobody_carries_get_the_nearest_statement_at_most(case: Case) -> None:
    near = find(case, "they took the boats at midnight")
    assert near.places == ()
    assert near.nearest is not None
    assert "boats at dawn" in near.nearest
    assert find(case, "a wholly different matter") == Answer((), None)


def test_without_a_word_there_is_nothing_to_look_for(case: Case) -> None:
    with pytest.raises(ValueError, match="no word"):
        find(case, " “…” ")


@given(start=st.integers(0, 60), length=st.integers(1, 8), data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_stretch_of_words_of_a_report_is_found_where_it_stands(
    case: Case, start: int, length: int, data: st.DataObject
) -> None:
    report = data.draw(st.sampled_from(case.received.reports))
    spans = sorted({word.span for word in words(report.text)})
    first = start % len(spans)
    stretch = spans[first : first + length]
    exact = report.text[stretch[0].start : stretch[-1].end]
    places = [each for each in find(case, exact).places if each.report.id == report.id]
    assert any((each.span.start, each.exact) == (stretch[0].start, exact) for each in places)
    assert all(keys(each.exact) == keys(exact) for each in places if each.how is How.WORDS)
