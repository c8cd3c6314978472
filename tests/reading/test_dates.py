"""Dates in words against the day of publication; what cannot be placed stays unplaced."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import DateMention, Span
from headwater.reading.english.dates import find_dates, publication_day

WEDNESDAY = "2021-06-16"
_MONTHS = "January February March April May June July August September October November December".split()


def dates(text: str, published: str | None = WEDNESDAY) -> list[DateMention]:
    return list(find_dates(text, [Span(0, len(text))], report="report-1", published=published))


def only(text: str, published: str | None = WEDNESDAY) -> tuple[str | None, str | None]:
    found = dates(text, published)
    assert len(found) == 1, [one.text for one in found]
    assert found[0].resolved
    return found[0].earliest, found[0].latest


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("He was taken on 8 May 2019.", "2019-05-08", "2019-05-08"),
        ("Tesk, Oct. 3, 2018.", "2018-10-03", "2018-10-03"),
        ("On Tuesday, the 3rd of March 2020, they came.", "2020-03-03", "2020-03-03"),
        ("Filed 2018-10-03.", "2018-10-03", "2018-10-03"),
        ("Signed 25/12/2016.", "2016-12-25", "2016-12-25"),
        ("They were held between 3 and 5 May 2019.", "2019-05-03", "2019-05-05"),
        ("It began in April 2014.", "2014-04-01", "2014-04-30"),
        ("The early April 2014 raids ended.", "2014-04-01", "2014-04-30"),
        ("Raids were common in 2008.", "2008-01-01", "2008-12-31"),
        ("The 2014 law was used.", "2014-01-01", "2014-12-31"),
        ("Arrests rose in 2015/16.", "2015-01-01", "2016-12-31"),
        ("It was common in the 1990s.", "1990-01-01", "1999-12-31"),
        ("He has ruled since 2013.", "2013-01-01", WEDNESDAY),
        ("They were free until 2012.", None, "2012-12-31"),
        ("It was legal before 2012.", None, "2011-12-31"),
        ("Twelve died between March 2015 and March 2016.", "2015-03-01", "2016-03-31"),
        ("They were taken on Monday.", "2021-06-14", "2021-06-14"),
        ("It happened early Wednesday morning.", "2021-06-16", "2021-06-16"),
        ("Last Friday they fled.", "2021-06-11", "2021-06-11"),
        ("Last Wednesday they fled.", "2021-06-09", "2021-06-09"),
        ("The trial will open on Monday.", "2021-06-21", "2021-06-21"),
        ("They meet next Tuesday.", "2021-06-22", "2021-06-22"),
        ("Thursday's raid was the third.", "2021-06-10", "2021-06-10"),
        ("Earlier Tuesday he fled.", "2021-06-15", "2021-06-15"),
        ("Turnout was low ahead of Sunday's vote.", "2021-06-20", "2021-06-20"),
        ("He fled yesterday.", "2021-06-15", "2021-06-15"),
        ("They came last night.", "2021-06-15", "2021-06-15"),
        ("She is due in court tomorrow.", "2021-06-17", "2021-06-17"),
        ("It began last week.", "2021-06-07", "2021-06-13"),
        ("It began this week.", "2021-06-14", "2021-06-20"),
        ("It began last month.", "2021-05-01", "2021-05-31"),
        ("It began last year.", "2020-01-01", "2020-12-31"),
        ("It began earlier this year.", "2021-01-01", WEDNESDAY),
        ("Men vanished over the last few months.", None, WEDNESDAY),
        ("Men vanished in the past seven years.", "2014-06-16", WEDNESDAY),
        ("Men vanished in recent weeks.", None, WEDNESDAY),
        ("He was taken two years ago.", "2019-01-01", "2019-12-31"),
        ("He was taken three months ago.", "2021-03-01", "2021-03-31"),
        ("He was taken two days ago.", "2021-06-14", "2021-06-14"),
        ("He was taken more than two years ago.", None, "2019-12-31"),
        ("He was taken less than a week ago.", "2021-06-09", WEDNESDAY),
        ("In May they came.", "2021-05-01", "2021-05-31"),
        ("In September they came.", "2020-09-01", "2020-09-30"),
        ("He died on 3 June.", "2021-06-03", "2021-06-03"),
        ("He died on December 3.", "2020-12-03", "2020-12-03"),
    ],
)
def test_known_dates(text: str, earliest: str | None, latest: str | None) -> None:
    assert only(text) == (earliest, latest)


def test_previously_opens_the_past_and_invents_no_month() -> None:
    assert only("He had previously been held.") == (None, WEDNESDAY)


def test_a_date_in_figures_is_placed_only_when_it_can_be_read_one_way() -> None:
    (doubtful,) = dates("Signed 04/05/2016.")
    assert (doubtful.resolved, doubtful.earliest, doubtful.latest) == (False, None, None)
    assert only("Signed 05/05/2016.") == ("2016-05-05", "2016-05-05")


def test_a_near_coming_day_without_a_tense_stays_open() -> None:
    (doubtful,) = dates("By the start of the feast on July 9.")
    assert not doubtful.resolved
    assert only("The feast will start on July 9.") == ("2021-07-09", "2021-07-09")


def test_without_a_day_of_publication_only_whole_dates_are_placed() -> None:
    text = "On Monday and last week, two years ago, in May and on 8 May 2019."
    found = dates(text, None)
    assert [one.text for one in found if one.resolved] == ["8 May 2019"]
    assert [one.text for one in found if not one.resolved] == ["Monday", "last week", "two years ago", "May"]


@pytest.mark.parametrize(
    "text",
    [
        "Some 2000 people marched.",
        "He paid $2014.",
        "They may march again.",
        "Minister May spoke to reporters.",
        "He sat on the second seat of the sun deck.",
        "It was the best of days.",
        "A 1999-strong crowd came at 11:30.",
    ],
)
def test_no_dates(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    "published", [None, "", "2021", "2021-06", "June 2021", "0001-01-01", "9999-12-31", "2021-02-30"]
)
def test_a_publication_that_is_no_day_counts_as_unknown(published: str | None) -> None:
    assert publication_day(published) is None
    (mention,) = dates("They were taken on Monday.", published)
    assert not mention.resolved


def test_a_date_time_is_cut_to_its_day() -> None:
    assert only("He fled yesterday.", "2021-06-16T23:30:00+02:00") == ("2021-06-15", "2021-06-15")


def test_spans_carry_the_words_and_ids_are_stable() -> None:
    text = "On Monday they fled; since April 2014 nobody has returned."
    first, second = dates(text), dates(text)
    assert first == second
    assert [one.span.of(text) for one in first] == [one.text for one in first] == ["Monday", "since April 2014"]
    assert len({one.id for one in first}) == 2


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.integers(min_value=0, max_value=3))
def test_a_written_day_is_read_back(day: date, form: int) -> None:
    month = _MONTHS[day.month - 1]
    written = (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{month[:3]}. {day.day}, {day.year}" if month != "May" else f"May {day.day}, {day.year}",
        day.isoformat(),
    )[form]
    assert only(f"It was signed on {written}.", None) == (day.isoformat(), day.isoformat())


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)), st.integers(min_value=0, max_value=6))
def test_a_weekday_is_the_latest_such_day_up_to_publication(published: date, number: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[number]
    expected = next(day for back in range(7) if (day := published - timedelta(days=back)).weekday() == number)
    assert only(f"They were taken on {name}.", published.isoformat()) == (expected.isoformat(),) * 2


@given(
    st.dates(min_value=date(1700, 1, 1), max_value=date(2179, 12, 31)),
    st.text(alphabet="12340 /-.,’'agoMaylstwekhundrdsincpVTu\n", max_size=60),
)
def test_any_text_gives_ordered_periods(published: date, text: str) -> None:
    for mention in dates("It was " + text + " two years ago on Feb 29", published.isoformat()):
        assert mention.span.length > 0
        if mention.earliest and mention.latest:
            assert mention.earliest <= mention.latest
        assert mention.resolved or (mention.earliest, mention.latest) == (None, None)


@pytest.mark.parametrize("piece", ["May ", "since  ", "last few ", "2014 ", "two years ", "on Monday will ", "1/2/"])
def test_time_grows_with_length_only(piece: str) -> None:
    started = time.process_time()
    dates(piece * (50_000 // len(piece)))
    assert time.process_time() - started < 2.0
