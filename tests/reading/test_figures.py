"""Figures of invented reports: number, bound, unit, act, and what is not a figure."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Bound, Figure, PassageKind, Span
from headwater.reading.english.figures import find_figures


def body(_: int) -> PassageKind:
    return PassageKind.BODY


def spans(text: str) -> list[Span]:
    """One sentence per line."""
    out, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append(Span(start, start + len(line)))
        start += len(line) + 1
    return out


def figures(text: str) -> list[Figure]:
    return list(find_figures(text, spans(text), report="report-1", kind_of=body))


def brief(text: str) -> list[tuple[str, int | None, int | None, str, str | None]]:
    return [(f.text, f.low, f.high, f.unit, f.act) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit", "act"),
    [
        ("At least six people were killed.", "At least six people", 6, None, "people", "killed"),
        (
            "At least nine people are now feared to have drowned.",
            "At least nine people",
            9,
            None,
            "people",
            "killed",
        ),
        ("Police rounded up and beat over 120 young men.", "over 120 young men", 121, None, "young men", "detained"),
        (
            "Over 100 “so-called” spies were jailed.",
            "Over 100 “so-called” spies",
            101,
            None,
            "so-called spies",
            "detained",
        ),
        ("A tram struck a wall, injuring one person.", "one person", 1, 1, "people", "injured"),
        ("1 worker injured in Tesk", "1 worker", 1, 1, "workers", "injured"),
        ("Boat sinks, killing at least 9", "at least 9", 9, None, "people", "killed"),
        ("The office confirmed the deaths of 20 miners.", "20 miners", 20, 20, "miners", "killed"),
        ("It secured the release of 26.", "26", 26, 26, "people", "released"),
        ("The death toll rose to 31.", "31", 31, 31, "people", "killed"),
        ("The number of detainees has reached 240.", "240", 240, 240, "detainees", "detained"),
        ("The number of dead rose to 18.", "18", 18, 18, "people", "killed"),
        ("They put the number of burned houses at seven.", "seven", 7, 7, "burned houses", "burned"),
        ("Some 600 people live on land that was flooded.", "Some 600 people", 600, 600, "people", None),
        ("Officials counted 12 deaths.", "12 deaths", 12, 12, "people", "killed"),
        ("The blast claimed eight lives.", "eight lives", 8, 8, "people", "killed"),
        ("Dozens of people fled the town.", "Dozens of people", 24, None, "people", "displaced"),
        ("Nearly 90 pupils remain missing.", "Nearly 90 pupils", None, 89, "pupils", "missing"),
        ("About 70 people were locked in one room.", "About 70 people", 70, 70, "people", "detained"),
        ("The raid left seven dead.", "seven dead", 7, 7, "people", "killed"),
        ("Over 50 people were taken to hospital.", "Over 50 people", 51, None, "people", "hospitalised"),
        ("A sergeant shot dead 14 people.", "14 people", 14, 14, "people", "killed"),
        ("There were no passengers aboard.", "no passengers", 0, 0, "passengers", "aboard"),
        ("3.4 million people have been uprooted.", "3.4 million people", 3_400_000, 3_400_000, "people", "displaced"),
        ("Firefighters removed one person from the tunnel.", "one person", 1, 1, "people", "removed"),
        ("Several villagers were abducted.", "Several villagers", 3, None, "villagers", "abducted"),
        ("Thousands protest in Port Arlen", "Thousands", 2000, None, "people", "protested"),
        (
            "Four detained Orlan leaders were released.",
            "Four detained Orlan leaders",
            4,
            4,
            "detained orlan leaders",
            "released",
        ),
        ("They demanded $3.4 billion.", "$3.4 billion", 3_400_000_000, 3_400_000_000, "dollars", "demanded"),
        ("The limit is 35mph.", "35mph", 35, 35, "mph", None),
        ("Some 40 per cent stayed.", "Some 40 per cent", 40, 40, "per cent", None),
    ],
)
def test_known_figures(text: str, words: str, low: int | None, high: int | None, unit: str, act: str | None) -> None:
    assert brief(text) == [(words, low, high, unit, act)]


def test_the_act_never_comes_from_the_neighbouring_clause() -> None:
    text = "It said that more than 100 men had been rounded up, and that four of them had since died."
    assert brief(text) == [
        ("more than 100 men", 101, None, "men", "detained"),
        ("four of them", 4, 4, "men", "killed"),
    ]
    text = "Over 40 women were arrested and not fewer than three were killed."
    assert [(f.low, f.unit, f.act) for f in figures(text)] == [(41, "women", "detained"), (3, "women", "killed")]
    text = "Three people were killed, four injured and six arrested."
    assert [(f.low, f.act) for f in figures(text)] == [(3, "killed"), (4, "injured"), (6, "detained")]


def test_who_kills_is_not_counted_as_killed() -> None:
    assert brief("Two gunmen killed nine farmers.") == [
        ("Two gunmen", 2, 2, "gunmen", None),
        ("nine farmers", 9, 9, "farmers", "killed"),
    ]


def test_an_object_keeps_the_act_of_its_own_verb() -> None:
    assert [(f.low, f.act) for f in figures("Soldiers killed 13 and wounded 50.")] == [(13, "killed"), (50, "injured")]
    assert [(f.low, f.act) for f in figures("They killed my two brothers and took my son.")] == [(2, "killed")]


def test_what_stands_between_commas_does_not_cut_the_predicate_off() -> None:
    first, _ = figures("Twelve civilians, among them four children, were killed.")
    assert first.act == "killed"
    first, _ = figures("Eight men, aged between 19 and 44, were executed.")
    assert first.act == "killed"


def test_what_is_only_planned_or_denied_of_the_counted_is_no_act() -> None:
    assert brief("They vowed to free 20 teachers.") == [("20 teachers", 20, 20, "teachers", None)]
    assert brief("The 20 teachers were not killed.") == [("20 teachers", 20, 20, "teachers", None)]


def test_a_part_and_its_whole_are_two_figures_that_do_not_overlap() -> None:
    part, whole = figures("The army freed 12 of the more than 90 schoolboys abducted in 2019.")
    assert (part.text, part.low, part.unit, part.act) == ("12", 12, "schoolboys", "released")
    assert part.whom == "of the more than 90 schoolboys"
    assert (whole.text, whole.low, whole.act, whole.when) == ("more than 90 schoolboys", 91, "abducted", "2019")


def test_the_main_verb_outweighs_the_participle() -> None:
    (figure,) = figures("Fourteen Girls Abducted By Rebels Have Been Released")
    assert (figure.unit, figure.act) == ("girls", "released")


def test_coordinated_counts_share_their_act() -> None:
    for text in ("Shells killed 20 men and 3 women.", "20 men and 3 women were killed."):
        assert [(f.low, f.unit, f.act) for f in figures(text)] == [(20, "men", "killed"), (3, "women", "killed")]
    _, some = figures("The flood killed dozens, including 12 children.")
    assert (some.low, some.unit, some.act) == (12, "children", "killed")


def test_all_but_is_taken_from_the_number_before_and_never_guessed() -> None:
    assert brief("Rebels freed 14 teachers.\nAll but three were women.")[1][:4] == ("All but three", 11, 11, "teachers")
    assert brief("All but three were women.") == []
    assert brief("Rebels freed at least 14 teachers.\nAll but three were women.")[1:] == []


def test_what_was_counted_is_remembered_for_one_sentence_only() -> None:
    text = "Police arrested 40 miners.\n{}\nSix were injured."
    assert brief(text.format("Two were beaten."))[-1][3] == "miners"
    assert brief(text.format("It rained.\nNobody came."))[-1][3] == "people"


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("A 38-year-old man from Tesk was held.", "38-year-old man", 38, 38, "years"),
        ("The men were aged 19-61.", "aged 19-61", 19, 61, "years"),
        ("Most were between the ages of 19 and 61.", "between the ages of 19 and 61", 19, 61, "years"),
        ("Ana Tolva, 34, said she ran.", "34", 34, 34, "years"),
        ("Her four-month-old baby lived.", "four-month-old baby", 4, 4, "months"),
        ("She was 72 years old.", "72 years old", 72, 72, "years"),
    ],
)
def test_ages(text: str, words: str, low: int, high: int, unit: str) -> None:
    (figure,) = figures(text)
    assert (figure.text, figure.low, figure.high, figure.unit, figure.act) == (words, low, high, unit, "aged")


@pytest.mark.parametrize(
    "text",
    [
        "It began at 10:42am on 3 October 2018 and ended in 2017.",
        "Channel 24 told us so.",
        "One of the men said he was fine.",
        "One of the injured passengers described the scene.",
        "No one was hurt and one another was helped.",
        "No reason was given.",
        "They walked for three days in the past two years.",
        "The first and the 21st were closed.",
        "It is the 1995 filings that matter.",
        "The inquiry reached double figures.",
        "That was one thing, and one way or another it ended.",
        "Several ministers spoke.",
        "She has three reasons.",
        "One in four farmers stayed.",
    ],
)
def test_no_figures(text: str) -> None:
    assert brief(text) == []


def test_place_and_time_come_from_the_same_clause() -> None:
    (figure,) = figures("At least 20 marchers were arrested in Port Arlen on Monday.")
    assert (figure.place, figure.when) == ("Port Arlen", "monday")
    first, second = figures("Six nurses were held in Tesk; nine were beaten in Osk.")
    assert (first.place, second.place) == ("Tesk", "Osk")
    (other,) = figures("Twelve men were moved in Blue Lamp vehicles.")
    assert other.place is None


def test_units_that_mean_the_same_are_written_the_same() -> None:
    units = {brief(text)[0][3] for text in ("One person was killed.", "Two persons were killed.", "Three deaths.")}
    assert units == {"people"}
    assert (
        brief("One worker was injured.")[0][3].split()[-1] == brief("Two dock workers were injured.")[0][3].split()[-1]
    )


def test_furniture_is_not_read_and_the_passage_is_kept() -> None:
    text = "Twelve men were killed.\nNine women were killed."
    kinds = {0: PassageKind.FURNITURE}
    found = find_figures(text, spans(text), report="report-1", kind_of=lambda at: kinds.get(at, PassageKind.CAPTION))
    assert [(f.text, f.passage) for f in found] == [("Nine women", PassageKind.CAPTION)]


def test_the_caller_fills_statement_and_source() -> None:
    (figure,) = figures("Twelve men were killed.")
    assert figure.statement is None
    assert figure.source is None
    assert figure.bound is Bound.EXACT


_PIECES = st.sampled_from(
    (
        "at least|more than|up to|20|2,000|three|dozens|hundreds of|of the|of them|men|gay|women and|were|have been|"
        "killed|"
        "arrested in|Tesk|on Monday|, and|;|.|one|no|people|"
        "aged 16 to|all but|including|“|”|$|5 per cent|"
        "who|another"
    ).split("|")
)


@given(st.lists(_PIECES, max_size=30))
def test_any_sentence_gives_sorted_disjoint_figures_that_fit(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = figures(text)
    assert found == figures(text)
    assert [f.span.of(text) for f in found] == [f.text for f in found]
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert len({f.id for f in found}) == len(found)
    for figure in found:
        assert figure.unit == figure.unit.lower() != ""
        assert figure.low is not None or figure.high is not None


@given(st.integers(min_value=2, max_value=999_999), st.sampled_from(["killed", "detained", "injured", "abducted"]))
def test_a_counted_act_is_read_back(number: int, act: str) -> None:
    if 1900 <= number < 2100:
        number += 1000
    (figure,) = figures(f"Witnesses said {number:,} villagers were {act}.")
    assert (figure.low, figure.high, figure.unit, figure.act) == (number, number, "villagers", act)


@given(st.text(max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    if text.strip():
        find_figures(text, [Span(0, len(text))], report="report-1", kind_of=body)


@pytest.mark.parametrize(
    "piece",
    [
        "20 men killed and ",
        "of the 5 ",
        "5 of them ",
        "Xa, 30, ",
        "20 Aab Bas ",
        "20 men on Monday, ",
        "no men ",
        "forty-",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    started = time.process_time()
    find_figures(text, [Span(0, len(text))], report="report-1", kind_of=body)
    assert time.process_time() - started < 3.0
