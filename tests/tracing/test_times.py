"""What a report says was said long before: another occasion of the same source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tracing_cases import Pile, Said, pile, report

from headwater.model import DateMention, Form, Reading, Report, Span

NOW, THEN = "the mill was open again", "it would never sell the orchard"


def dated(item: tuple[Report, Reading], words: str, cue: str, earliest: str, latest: str) -> tuple[Report, Reading]:
    """The report with a date, and with the attributing words of its last statement."""
    found, reading = item
    at = found.text.index(words)
    date = DateMention("date-1", found.id, Span(at, at + len(words)), words, earliest, latest, resolved=True)
    place = found.text.rindex(cue)
    last = replace(reading.statements[-1], cue=Span(place, place + len(cue)))
    return found, replace(reading, dates=(date,), statements=(*reading.statements[:-1], last))


def two_times(sentence: str, words: str, earliest: str, latest: str) -> Pile:
    text = f"The Port Ministry said that {NOW}. {sentence}"
    who = "The Port Ministry"
    item = report(
        text,
        Said(NOW, who, form=Form.INDIRECT),
        Said(THEN, who, form=Form.INDIRECT),
        outlet="Harbour Post",
        day="2021-06-20",
    )
    return pile(dated(item, words, "declared", earliest, latest))


@pytest.mark.parametrize(
    "sentence",
    [
        f"In March, the ministry had declared that {THEN}.",
        f"The ministry declared in March that {THEN}.",
        f"A letter of the ministry in March declared that {THEN}.",
    ],
)
def test_what_was_said_months_ago_is_another_origin_of_one_source(sentence: str) -> None:
    traced = two_times(sentence, "March", "2021-03-01", "2021-03-31").traced()
    assert len(traced.sources) == 1
    now, then = traced.origins
    assert [reason.rule for reason in then.reasons] == ["said long before"]
    assert (now.name, then.name) == ("The Port Ministry (occasion not given)", "The Port Ministry (March)")
    assert now.reasons == ()


@pytest.mark.parametrize(
    ("sentence", "words", "day"),
    [
        (f"The ministry declared on Friday that {THEN}.", "Friday", "2021-06-18"),
        (
            f"The ministry, which moved to Norvik on 1 March after the flood, declared that {THEN}.",
            "1 March",
            "2021-03-01",
        ),
        (f"The ministry, which won the vote last year, declared that {THEN}.", "last year", "2020-12-31"),
    ],
)
def test_a_day_of_this_week_or_of_something_else_makes_no_second_origin(sentence: str, words: str, day: str) -> None:
    assert len(two_times(sentence, words, day, day).traced().origins) == 1


def test_without_a_day_of_publication_nothing_is_long_ago() -> None:
    sentence = f"In March, the ministry had declared that {THEN}."
    case = two_times(sentence, "March", "2021-03-01", "2021-03-31")
    undated = replace(case.reports[0], info=replace(case.reports[0].info, published=None))
    assert len(pile((undated, case.readings[0])).traced().origins) == 1
