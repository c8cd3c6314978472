"""Sources over many reports: groups, plain words, namesakes, names one letter apart, and what a source is called."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tracing_cases import Pile, Said, pile, report

from headwater.model import Reading, Report, SourceKind
from headwater.tracing.name_parts import names_several, parse, without_run_on
from headwater.tracing.names import Affinity, affinity, same_body, same_person
from headwater.tracing.offices import namesakes
from headwater.tracing.spellings import varies

_WORDS = ("the mill was sold", "bread is dear", "wine is cheap", "snow fell late", "the ferry sank", "no bridge held")


def said_by(*names: str, more: str = "", kind: SourceKind = SourceKind.PERSON) -> Pile:
    """One report for each name; every report ends with `more`."""
    return pile(
        *(
            report(
                f"{name} said on day {at} that {_WORDS[at % len(_WORDS)]}. {more}",
                Said(_WORDS[at % len(_WORDS)], name, named=True, kind=kind),
                outlet=f"Paper {at}",
            )
            for at, name in enumerate(names)
        )
    )


def sources(*names: str, more: str = "", kind: SourceKind = SourceKind.PERSON) -> list[list[str]]:
    """The names of each source, joined over reports, sorted."""
    return sorted(list(source.names) for source in said_by(*names, more=more, kind=kind).traced().sources)


def test_a_group_of_people_is_no_source_that_reports_share() -> None:
    use = "Some Tarnists were out. Two Tarnists left. He is a Tarnist."
    assert len(said_by("Tarnists", "Tarnists", "Senate Tarnists", more=use).traced().sources) == 3
    assert len(said_by("Tarnist", "Tarnist", more=use).traced().sources) == 2
    assert len(said_by("the Tarnists", "the Tarnists", more=use).traced().sources) == 2
    # Nothing shows that these are many: a family name.
    assert len(said_by("Tarnists", "Tarnists", more="Nothing else was said.").traced().sources) == 1


def test_a_family_spoken_of_in_the_plural_stays_a_family_name() -> None:
    use = "Two Trents met. It was a Trent rally. " + "Trent spoke. " * 9
    assert len(said_by("Ada Trent", "Trent", more=use).traced().sources) == 1


def test_a_plain_word_that_begins_a_sentence_is_nobody() -> None:
    plain = "There were critics in the town, and critics abroad."
    assert len(said_by("Critics", "Critics", more=plain).traced().sources) == 2
    # The same word that a report writes as a name within its sentences is one.
    assert len(said_by("Baker", "Baker", more="On Monday Baker spoke.").traced().sources) == 1


def test_a_plain_word_in_capitals_is_nobody_and_initials_are_a_body() -> None:
    plain = "No more was said, no more was heard; who knows? Who else, and who not?"
    assert len(said_by("MORE", "MORE", more=plain).traced().sources) == 2
    assert len(said_by("WHO", "WHO", more=plain).traced().sources) == 1
    assert (
        len(said_by("VESMIN", "VESMIN", more="Vesmin spoke. @vesmin and @vesmin wrote. Vesmin left.").traced().sources)
        == 1
    )


@pytest.mark.parametrize("name", ["Today", "Thursday", "D-Norvik", "I’ll"])
def test_days_and_seats_are_nobody(name: str) -> None:
    assert len(said_by(name, name).traced().sources) == 2


def test_namesakes_with_offices_that_one_person_hardly_has_are_two_and_shown_as_a_doubt() -> None:
    traced = said_by("Judge Ivo Tarnow", "Norvik News' Ivo Tarnow", "Judge Ivo Tarnow").traced()
    assert sorted(len(source.mentions) for source in traced.sources) == [1, 2]
    for source in traced.sources:
        (doubt,) = [reason for reason in source.reasons if reason.rule == "namesakes"]
        assert "fits two people" in doubt.text
        assert len(doubt.places) == 2


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("Judge Ivo Tarnow", "Norvik News' Ivo Tarnow", True),
        ("Sen. Ivo Tarnow", "Ivo Tarnow, a singer", True),
        ("Judge Ivo Tarnow", "Ivo Tarnow", False),
        ("Judge Ivo Tarnow", "former reporter Ivo Tarnow", False),
        ("Professor Ivo Tarnow", "Ivo Tarnow, an epidemiologist", False),
        ("Norvik News spokesman Ivo Tarnow", "Judge Ivo Tarnow", False),
    ],
)
def test_what_one_person_is_hardly_at_once(*, one: str, other: str, two: bool) -> None:
    assert namesakes(parse(one), parse(other)) is two
    assert affinity(parse(one), parse(other)) is (Affinity.LIKELY if two else Affinity.SAME)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Kamilov", "Kamillov", True),
        ("Kamilov", "Kamilow", True),
        ("Toledan", "Toeldan", True),
        ("Malvern", "Mahvern", False),
        ("Benton", "Benson", False),
        ("Harris", "Haris", True),
        ("Miller", "Milley", False),
    ],
)
def test_spellings_that_vary(*, a: str, b: str, same: bool) -> None:
    assert varies(a.lower(), b.lower()) is same
    assert varies(b.lower(), a.lower()) is same


def test_a_name_one_letter_apart_is_a_slip_once_and_another_person_when_several_print_it() -> None:
    assert len(sources("Ilan Malvern", "Ilan Malvern", "Ilan Mahvern")) == 1
    assert len(sources("Ilan Malvern", "Ilan Malvern", "Ilan Mahvern", "Ilan Mahvern")) == 2
    assert not same_person(("j", "benton"), ("jora", "benson"))
    assert not same_person(("miller",), ("ivo", "milley"))
    assert same_person(("kamilov",), ("ivo", "kamillov"))


def test_a_family_name_alone_means_the_one_whom_most_reports_name_in_full() -> None:
    known = ["Orla Vesmin"] * 4
    assert sorted(map(len, sources(*known, "Petr Vesmin", "Vesmin"))) == [1, 2]
    assert sorted(map(len, sources("Orla Vesmin", "Petr Vesmin", "Vesmin"))) == [1, 1, 1]


def test_a_family_name_alone_is_not_the_known_one_where_the_report_names_another_of_that_name() -> None:
    both = report(
        "Petr Vesmin said snow fell late. Vesmin said the ferry sank.",
        Said("snow fell late", "Petr Vesmin"),
        Said("the ferry sank", "Vesmin", named=True),
    )
    traced = _and(said_by(*["Orla Vesmin"] * 4), both).traced()
    (orla,) = [source for source in traced.sources if "Orla Vesmin" in source.names]
    assert orla.names == ("Orla Vesmin",)


def _and(made: Pile, more: tuple[Report, Reading]) -> Pile:
    return pile(*zip(made.reports, made.readings, strict=True), more)


def test_a_word_that_most_reports_use_alone_is_a_name_of_its_own() -> None:
    assert len(sources("Tarnland", "Ivo Tarnland", "Tarnland", "Petr Tarnland")) == 4
    assert len(sources(*["Tarnland"] * 5, "Ivo Tarnland", "Petr Tarnland")) == 3


def test_mrs_is_not_the_known_mr() -> None:
    assert len(sources(*["Mr Ivo Vesmin"] * 4, "Mrs Vesmin")) == 2
    assert len(sources(*["Mr Ivo Vesmin"] * 4, "Mr Vesmin")) == 1


def test_family_names_alone_that_tell_different_things_are_two() -> None:
    assert len(sources("Conlan, a dock worker from Norvik", "Conlan, who owns vineyards abroad")) == 2
    assert len(sources("Conlan, a dock worker from Norvik", "Conlan, a worker of the Norvik dock")) == 1


def test_a_generation_is_part_of_the_name() -> None:
    assert parse("Ivo Tarn Jr.").person == ("ivo", "tarn jr")
    assert affinity(parse("Ivo Tarn Jr."), parse("Ivo Tarn")) < Affinity.SAME
    assert parse("Ivo Tarn III").person == ("ivo", "tarn")


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("the Port Department and the FCC", True),
        ("the Norvik Post and Valley Times", True),
        ("Vesmin and the Grey House", True),
        ("Vesmin and his aides", True),
        ("President Orla Vesmin and Mayor Petr Tarn", True),
        ("Orla Vesmin and Petr Tarn", True),
        ("the Ministry of Health and Social Care", False),
        ("the Food and Grain Administration", False),
        ("the Department of Housing and Coastal Development", False),
        ("the Institute for Peace and the Environment", False),
        ("Marsh and Sons", False),
        ("Petr Tarn, head of ports and ships", False),
        ("the Harbour Red Cross and Red Crescent Movement", False),
    ],
)
def test_two_who_speak_together(*, text: str, two: bool) -> None:
    assert names_several(text) is two
    assert (parse(text).named) is not two


def test_two_bodies_together_are_neither_of_them() -> None:
    names = ("the Port Department", "the Port Department and the FCC", "the FCC")
    assert len(sources(*names, kind=SourceKind.ORGANISATION)) == 3


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Norvik", "Norvik Police", False),
        ("Amnesia", "Amnesia International", True),
        ("DA", "Department of Agriculture", False),
        ("UN", "United Nations", True),
    ],
)
def test_short_names_of_bodies(*, a: str, b: str, same: bool) -> None:
    one, two = (parse(text, is_body=True).bodies[0] for text in (a, b))
    assert same_body(one, two) is same


def test_the_end_of_two_names_is_neither_of_them() -> None:
    court = SourceKind.ORGANISATION
    assert len(sources("the Norvik Supreme Court", "the Supreme Court", kind=court)) == 1
    assert len(sources("the Norvik Supreme Court", "the Tarn Supreme Court", "the Supreme Court", kind=court)) == 3
    assert len(sources("Norvik's Supreme Court", "the Norvik Supreme Court", kind=court)) == 1


def test_a_department_without_a_name_is_another_one_in_every_report() -> None:
    assert len(sources("the Department", "the Department", kind=SourceKind.ORGANISATION)) == 2


def test_a_place_behind_a_person_is_no_part_of_the_name() -> None:
    name = parse("Senate Leader Orla Vesmin of New Norvik")
    assert name.person == ("orla", "vesmin")
    assert len(sources("Senate Leader Orla Vesmin of New Norvik", "New Norvik")) == 2


def test_words_that_a_web_page_set_close_to_a_name_are_cut() -> None:
    assert without_run_on("Mayor Orla Vesmin Orla (Ory) VesminMore from Norvik") == "Mayor Orla Vesmin"
    assert without_run_on("Mayor Orla Vesmin, Vesmin's aide") == "Mayor Orla Vesmin, Vesmin's aide"


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (
            ["Mayor Orla Vesmin", "Mayor Orla Vesmin", "Today Vesmin", "Orla Vesmin, who never rests in a storm"],
            "Mayor Orla Vesmin",
        ),
        (["Orla Vesmin, 34, of Norvik", "Vesmin", "Vesmin"], "Orla Vesmin"),
        (["The mayor, Orla Vesmin", "Vesmin"], "The mayor, Orla Vesmin"),
        (["Orla Vesmin, the mayor"], "Orla Vesmin, the mayor"),
    ],
)
def test_a_source_is_called_what_most_reports_call_it(names: list[str], called: str) -> None:
    (source,) = said_by(*names).traced().sources
    assert source.name == called


def test_a_body_is_called_by_its_full_name_and_not_by_what_is_printed_beside_it_once() -> None:
    names = ["the MHRO", "the MHRO", "the Marren Human Rights Office", "the January Marren Human Rights Office"]
    (source,) = said_by(*names, "the Marren Human Rights Office", kind=SourceKind.ORGANISATION).traced().sources
    assert source.name == "the Marren Human Rights Office"


def test_one_report_that_gives_both_names_of_a_body_joins_them() -> None:
    both = report("The Sea Law Bureau (SLO) spoke. Snow fell.", Said("Snow fell.", "The Sea Law Bureau (SLO)"))
    reading = both[1]
    mention = replace(reading.mentions[0], kind=SourceKind.ORGANISATION)
    made = said_by("the SLO", "the Sea Law Bureau", kind=SourceKind.ORGANISATION)
    traced = _and(made, (both[0], replace(reading, mentions=(mention,)))).traced()
    assert len(traced.sources) == 1
