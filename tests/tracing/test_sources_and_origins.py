"""Who is one source across reports, and where what they said entered circulation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tracing_cases import Said, origin_of, pile, report, source_named

from headwater.model import Form, Reading, SourceKind, Span, Traced
from headwater.tracing.name_parts import parse
from headwater.tracing.names import Affinity, affinity, same_person
from headwater.tracing.occasions import differ, firmly_differ, occasion

LONG = "They marched the quarrymen barefoot across the glacier and shot whoever stumbled."
OTHER = "Every cellar in the lower town was searched twice before the amnesty."


def statements(readings: tuple[Reading, ...]) -> list[str]:
    return [statement.id for reading in readings for statement in reading.statements]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orla Vesmin", "Minister Orla Vesmin"),
        ("Razmik Toledan, spokesman for the governor", "Ramzik Toledan"),
        ("the Marren Human Rights Office", "MHRO"),
        ("International Committee for Fair Courts", "the ICFC"),
        ("the Coastal Transport Police", "Transport Police"),
        ("the Marranian government", "Marrania's government"),
        ("Mr Vesmin", "Orla Vesmin, 34, from Norvik"),
        ("a Harbour Rescue Service spokesman", "the Harbour Rescue Service"),
        ("O. Vesmin", "Orla Vesmin"),
        ("Mr. Harun", "Nadim Al-Harun"),
    ],
)
def test_the_same_name_in_other_words(one: str, other: str) -> None:
    assert affinity(parse(one), parse(other)) is Affinity.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orla Vesmin", "Petr Vesmin"),
        ("Orla Vesmin", "Orla Tarn"),
        ("the Coastal Police", "Relief Watch Foundation"),
        ("Amnesia International", "Relief Watch Foundation"),
    ],
)
def test_two_names_are_never_one_source(one: str, other: str) -> None:
    assert affinity(parse(one, is_body=True), parse(other, is_body=True)) < Affinity.SAME


def test_the_spokesman_of_a_person_is_not_that_person() -> None:
    assert affinity(parse("a spokesman for Orla Vesmin"), parse("Orla Vesmin")) < Affinity.SAME


def test_a_family_name_alone_joins_only_when_it_is_unique() -> None:
    alone = report("Vesmin said the mill was sold.", Said("the mill was sold", "Vesmin", named=True))
    orla = report("Orla Vesmin said bread is dear.", Said("bread is dear", "Orla Vesmin"))
    petr = report("Petr Vesmin said wine is cheap.", Said("wine is cheap", "Petr Vesmin"))
    assert len(pile(alone, orla).traced().sources) == 1
    assert len(pile(alone, orla, petr).traced().sources) == 3
    assert same_person(("vesmin",), ("orla", "vesmin"))


def unnamed(words: str, outlet: str, who: str) -> tuple[str, Said]:
    return f"{outlet} learned this. {words} More follows.", Said(words, who, kind=SourceKind.WITNESS)


def test_unnamed_sources_join_by_what_they_share_and_not_by_description() -> None:
    a = report("Harbour Post learned this. " + LONG, Said(LONG, "one survivor", kind=SourceKind.WITNESS))
    b = report("Valley Times learned this. " + LONG, Said(LONG, "a man from the quarry", kind=SourceKind.WITNESS))
    c = report("Third paper. " + OTHER, Said(OTHER, "one survivor", kind=SourceKind.WITNESS))
    traced = pile(a, b, c).traced()
    assert sorted(len(source.mentions) for source in traced.sources) == [1, 2]
    joined = next(source for source in traced.sources if len(source.mentions) == 2)
    assert [reason.rule for reason in joined.reasons] == ["shared utterances"]
    assert len(joined.reasons[0].places) == 2


def test_an_unnamed_spokesman_becomes_the_named_one() -> None:
    a = report(
        "A spokesman for the governor denied it. " + LONG, Said(LONG, "A spokesman for the governor", named=False)
    )
    b = report("Spokesman Ilan Torv denied it. " + LONG, Said(LONG, "Spokesman Ilan Torv"))
    traced = pile(a, b).traced()
    assert len(traced.sources) == 1
    assert traced.sources[0].name == "Spokesman Ilan Torv"
    assert traced.sources[0].named


def test_told_to_is_filled_from_the_report_that_says_it_and_marked_as_inferred() -> None:
    a = report(
        f"He told Channel Nordlys: {LONG} {OTHER}",
        Said(LONG, "a fisherman", told="Channel Nordlys"),
        Said(OTHER, "a fisherman", told="Channel Nordlys"),
        outlet="Harbour Post",
        day="2021-03-01",
    )
    b = report(f"A man spoke. {LONG} {OTHER}", Said(LONG, "a man"), Said(OTHER, "a man"), outlet="Valley Times")
    (origin,) = pile(a, b).traced().origins
    assert origin.told_to == "Channel Nordlys"
    assert origin.told_to_in == (a[0].id,)
    assert set(origin.reports) == {a[0].id, b[0].id}
    (reason,) = [reason for reason in origin.reasons if reason.rule == "told-to inferred"]
    assert reason.places[0].span.of(a[0].text) == "Channel Nordlys"
    assert "Valley Times" in reason.text


def test_one_source_on_two_occasions_has_two_origins() -> None:
    a = report(f"Torv told Agency Sever. {LONG}", Said(LONG, "Ilan Torv", told="Agency Sever"), day="2021-03-01")
    b = report(f"Ilan Torv told Nord Press. {LONG}", Said(LONG, "Ilan Torv", told="Nord Press"), day="2021-03-02")
    c = report(f"Ilan Torv spoke. {OTHER}", Said(OTHER, "Ilan Torv"), day="2021-03-03")
    traced = pile(a, b, c).traced()
    assert len(traced.sources) == 1
    assert {origin.told_to for origin in traced.origins} == {"Agency Sever", "Nord Press", None}
    assert len({u.id for u in traced.utterances if len(u.statements) == 2}) == 1


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("a telephone interview", "Harbour Post (telephone interview)"),
        ("by telephone", "Harbour Post (by telephone)"),
        ("us", "Harbour Post"),
    ],
)
def test_a_telephone_interview_is_told_to_the_outlet_itself_in_the_words_of_the_report(told: str, shown: str) -> None:
    text = f"Ilan Torv said this: {told}. {LONG}"
    a = report(text, Said(LONG, "Ilan Torv", told=told), outlet="Harbour Post")
    (origin,) = pile(a).traced().origins
    assert origin.told_to == shown
    assert origin.own_reporting


def test_one_occasion_in_two_wordings_is_one_origin_with_one_wording() -> None:
    names = ("QBC24", "QBC 24 News", "QBC 24")
    items = [
        report(f"Ilan Torv told {name}. {words}", Said(words, "Ilan Torv", told=name), outlet=f"Paper {at}")
        for at, (name, words) in enumerate(zip(names, (LONG, OTHER, LONG), strict=True))
    ]
    (origin,) = pile(*items).traced().origins
    assert origin.told_to in names
    assert len(origin.told_to_in) == len(names)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("reporters", "a news conference", False),
        ("Twitter", "a series of messages posted on Twitter", False),
        ("Facebook", "Twitter", True),
        ("Channel Nordlys", "Nord Press", True),
        ("the newspaper Nord Press", "Nord Press", False),
        ("parliament", "reporters", True),
        ("Nord Press", "reporters", True),
        ("QBC", "QBC Radio 4", False),
        ("QBC Radio 4", "QND Radio 4", True),
        ("AFP", "the news agency Agence France-Presse", False),
        ("AFP", "Reuters", True),
    ],
)
def test_occasions(*, one: str, other: str, apart: bool) -> None:
    assert differ(occasion(one), occasion(other)) is apart
    assert differ(occasion(other), occasion(one)) is apart


def test_only_two_names_differ_firmly() -> None:
    assert firmly_differ(occasion("Nord Press"), occasion("Channel Nordlys"))
    assert not firmly_differ(occasion("Nord Press"), occasion("reporters"))


def test_an_outlet_that_is_cited_is_an_origin_and_carries_its_figures() -> None:
    a = report(
        "Nord Press reported that 40 men were held.",
        Said("40 men were held", "Nord Press", form=Form.INDIRECT, kind=SourceKind.OUTLET),
        outlet="Nord Press",
        figures=[("40 men", 40, 40, "Nord Press")],
    )
    traced = pile(a).traced()
    (origin,) = traced.origins
    assert origin.kind is SourceKind.OUTLET
    assert origin.own_reporting
    assert len(origin.figures) == 1


def test_a_statement_nobody_is_named_for_has_no_origin() -> None:
    a = report(f"{LONG} No source is named.", Said(LONG, None, form=Form.INDIRECT))
    traced = pile(a).traced()
    assert traced.origins == ()
    assert traced.utterances[0].origin is None
    assert origin_of(traced, statements(pile(a).readings)[0]) is None


def test_kind_is_the_best_of_the_mentions() -> None:
    a = report("Ilan Torv spoke. The mill was sold.", Said("The mill was sold.", "Ilan Torv"))
    b = report(
        "Minister Ilan Torv spoke. Wine is dear.", Said("Wine is dear.", "Minister Ilan Torv", kind=SourceKind.OFFICIAL)
    )
    assert source_named(pile(a, b).traced(), "Ilan Torv").kind is SourceKind.OFFICIAL


def test_aliases_bring_short_forms_of_bodies() -> None:
    a, reading = report("Sea Law Institute spoke. The mill was sold.", Said("The mill was sold.", "Sea Law Institute"))
    mention = reading.mentions[0]
    short = replace(mention, aliases=("SLI",), kind=SourceKind.ORGANISATION)
    b = report("SLI spoke. Wine is dear.", Said("Wine is dear.", "SLI", named=True))
    changed = Reading(a.id, (short,), reading.statements)
    assert len(pile((a, changed), b).traced().sources) == 1


def test_sources_of_an_empty_pile() -> None:
    assert pile().traced() == Traced()


def test_a_source_that_is_an_outlet_of_the_case_or_a_known_agency_is_one() -> None:
    a = report("Rain fell on the marsh.", outlet="Norvik Echo")
    b = report("The Norvik Echo wrote that 12 men were held.", Said("12 men were held", "The Norvik Echo"))
    c = report("Reuters said that wine was dear.", Said("wine was dear", "Reuters", named=True))
    traced = pile(a, b, c).traced()
    assert source_named(traced, "The Norvik Echo").kind is SourceKind.OUTLET
    assert source_named(traced, "Reuters").kind is SourceKind.AGENCY


def test_the_one_known_occasion_of_a_named_person_is_not_given_to_words_no_report_ties_to_it() -> None:
    a = report(f"Ilan Torv told Nord Press. {LONG}", Said(LONG, "Ilan Torv", told="Nord Press"), day="2021-03-01")
    b = report(f"Ilan Torv spoke. {LONG}", Said(LONG, "Ilan Torv"), day="2021-03-02")
    c = report(f"Ilan Torv was there. {OTHER}", Said(OTHER, "Ilan Torv"), day="2021-03-03")
    traced = pile(a, b, c).traced()
    assert len(traced.sources) == 1
    assert {origin.told_to: set(origin.reports) for origin in traced.origins} == {
        "Nord Press": {a[0].id, b[0].id},
        None: {c[0].id},
    }


def test_a_cue_that_names_the_occasion_fills_told_to_and_is_the_passage_of_its_reason() -> None:
    a = report(f"The council announced that {LONG}", Said(LONG, "The council", Form.INDIRECT, SourceKind.OFFICIAL))
    cue = a[0].text.index("announced")
    said = replace(a[1].statements[0], cue=Span(cue, cue + len("announced")))
    announced = a[0], replace(a[1], statements=(said,))
    b = report(f"The council said: {LONG} Rain fell.", Said(LONG, "The council", Form.INDIRECT, SourceKind.OFFICIAL))
    (origin,) = pile(announced, b).traced().origins
    assert origin.told_to == "an announcement"
    assert origin.told_to_in == (a[0].id,)
    (reason,) = [each for each in origin.reasons if each.rule == "told-to inferred"]
    assert reason.places[0].span.of(a[0].text) == "announced"
