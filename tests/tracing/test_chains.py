"""The chain of a statement: who is at the far end, through whom it went, and how many mouths that makes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from test_tracing_properties import piles
from tracing_cases import Pile, Said, pile, report

from headwater.model import Chain, CitationKind, HopKind, Reading, Report, SourceKind, Span
from headwater.tracing import trace

ROW = "They made us stand in the river until the church bell rang twice."
TOLD = CitationKind.TOLD
WITNESS = SourceKind.WITNESS


def chain_of(case: Pile, number: int = 0, statement: int = 0) -> Chain:
    wanted = case.readings[number].statements[statement].id
    return next(chain for chain in case.traced().chains if chain.statement == wanted)


def mouths(chain: Chain) -> list[tuple[str, str]]:
    return [(hop.kind.value, hop.words) for hop in chain.hops]


def words_at(case: Pile, chain: Chain) -> list[str | None]:
    texts = {one.id: one.text for one in case.reports}
    return [hop.place.span.of(texts[hop.place.report]) if hop.place else None for hop in chain.hops]


def ferryman(outlet: str, *, told: str | None = None, via: str | None = None) -> tuple[Report, Reading]:
    beside = f" told {told}" if told else ""
    beside += f", according to {via}" if via else ""
    text = f"{outlet} news. “{ROW}” a ferryman{beside}."
    return report(text, Said(ROW, "a ferryman", kind=WITNESS, told=told, via=via), outlet=outlet)


def test_what_a_witness_told_an_outlet_came_through_two_mouths_and_each_opens_its_place() -> None:
    case = pile(ferryman("Valley Times", told="Radio Selm"))
    chain = chain_of(case)
    assert mouths(chain) == [("source", "a ferryman"), ("told to", "Radio Selm"), ("report", "Valley Times")]
    assert words_at(case, chain)[:2] == ["a ferryman", "Radio Selm"]
    assert (chain.distance, chain.at_least) == (2, False)
    assert not any(hop.inferred for hop in chain.hops)


def test_an_outlet_that_names_itself_is_one_mouth() -> None:
    for told in ("the Valley Times", "the Times"):
        case = pile(ferryman("Valley Times", told=told))
        chain = chain_of(case)
        assert mouths(chain) == [("source", "a ferryman"), ("report", "Valley Times")]
        assert words_at(case, chain)[1] == told
        assert (chain.distance, chain.at_least) == (1, False)


def test_by_telephone_is_the_report_itself() -> None:
    text = f"“{ROW}” a ferryman said by telephone."
    case = pile(report(text, Said(ROW, "a ferryman", kind=WITNESS, told="by telephone"), outlet="Valley Times"))
    assert [kind for kind, _ in mouths(chain_of(case))] == ["source", "report"]
    assert not chain_of(case).at_least


def test_what_an_outlet_says_of_its_own_has_nobody_before_it() -> None:
    text = f"The Valley Times has learnt: {ROW}"
    case = pile(report(text, Said(ROW, "The Valley Times", kind=SourceKind.OUTLET), outlet="Valley Times"))
    assert mouths(chain_of(case)) == [("report", "Valley Times")]
    assert chain_of(case).distance == 0


def test_whom_it_was_told_is_taken_from_another_report_and_marked() -> None:
    case = pile(ferryman("Valley Times", told="Radio Selm"), ferryman("Norvik Echo"))
    chain = chain_of(case, 1)
    assert mouths(chain)[1] == ("told to", "Radio Selm")
    assert chain.hops[1].inferred == "Valley Times says so"
    assert chain.hops[1].place is not None
    assert chain.hops[1].place.report == case.reports[0].id
    assert chain.distance == 2


def test_a_body_that_gave_out_one_statement_may_have_said_the_rest_elsewhere() -> None:
    said = (ROW, "The weir will be opened at noon.", "The weir will be opened at noon.", "Two bridges are closed.")

    def told(number: int, *parts: int, where: str | None = None) -> tuple[Report, Reading]:
        body, kind = "the Harbour Board", SourceKind.ORGANISATION
        text = f"Number {number}. " + " ".join(f"“{said[at]}” the Harbour Board said in a statement." for at in parts)
        each = [Said(said[at], body, kind=kind, told=where) for at in parts]
        return report(text, *each, outlet=f"Outlet {number}")

    case = pile(told(1, 0, 1, where="in a statement"), told(2, 2, 3))
    same, other = chain_of(case, 1, 0), chain_of(case, 1, 1)
    assert [hop.kind for hop in same.hops] == [HopKind.SOURCE, HopKind.OCCASION, HopKind.REPORT]
    assert same.hops[1].inferred == "Outlet 1 says so"
    assert [hop.kind for hop in other.hops] == [HopKind.SOURCE, HopKind.REPORT]
    assert other.at_least


def test_nobody_named_is_somebody_and_the_distance_is_a_least_one() -> None:
    case = pile(report(f"It is said: {ROW}", Said(ROW, None), outlet="Valley Times"))
    chain = chain_of(case)
    assert mouths(chain)[0] == ("source", "somebody")
    assert chain.hops[0].place is None
    assert chain.hops[0].inferred
    assert (chain.distance, chain.at_least) == (1, True)


def test_a_repeat_that_names_nobody_has_its_source_from_the_other_report() -> None:
    text = f"Norvik news. {ROW} Rain fell on the marsh."
    case = pile(ferryman("Valley Times", told="Radio Selm"), report(text, Said(ROW, None), outlet="Norvik Echo"))
    chain = chain_of(case, 1)
    assert chain.hops[0].words == "a ferryman"
    assert chain.hops[0].inferred == "Valley Times names the source of the same words"
    assert chain.at_least


def test_an_outlet_at_the_far_end_has_it_from_somebody_too() -> None:
    text = f"Radio Selm reports: {ROW}"
    case = pile(report(text, Said(ROW, "Radio Selm", kind=SourceKind.OUTLET), outlet="Valley Times"))
    assert (chain_of(case).distance, chain_of(case).at_least) == (1, True)


def test_a_channel_without_its_name_is_a_mouth_and_the_one_that_another_report_names() -> None:
    case = pile(ferryman("Valley Times", told="the channel"), ferryman("Norvik Echo", told="Radio Selm"))
    chain, other = chain_of(case), chain_of(case, 1)
    assert mouths(chain)[1] == ("told to", "the channel")
    assert chain.hops[1].cited == other.hops[1].cited is not None
    assert chain.hops[1].inferred == "Norvik Echo names it"
    lone = chain_of(pile(ferryman("Valley Times", told="the channel")))
    assert (mouths(lone)[1], lone.hops[1].cited, lone.distance) == (("told to", "the channel"), None, 2)
    assert chain_of(pile(ferryman("Valley Times", told="this newspaper"))).distance == 1


def test_an_occasion_is_shown_and_is_no_mouth() -> None:
    text = f"“{ROW}” Minister Orla Vesmin said in parliament."
    said = Said(ROW, "Minister Orla Vesmin", kind=SourceKind.OFFICIAL, told="in parliament")
    chain = chain_of(pile(report(text, said, outlet="Valley Times")))
    assert [hop.kind for hop in chain.hops] == [HopKind.SOURCE, HopKind.OCCASION, HopKind.REPORT]
    assert (chain.distance, chain.at_least) == (1, False)


def test_a_relay_stands_nearest_to_the_report() -> None:
    case = pile(ferryman("Valley Times", told="Radio Selm", via="the Norvik Echo"))
    assert [words for _, words in mouths(chain_of(case))] == [
        "a ferryman",
        "Radio Selm",
        "the Norvik Echo",
        "Valley Times",
    ]
    assert chain_of(case).distance == 3


def test_the_own_report_of_a_relay_lengthens_the_chain() -> None:
    case = pile(ferryman("Valley Times", via="the Norvik Echo"), ferryman("Norvik Echo", via="Longline Press"))
    chain = chain_of(case)
    assert [words for _, words in mouths(chain)] == [
        "a ferryman",
        "Longline Press",
        "the Norvik Echo",
        "Valley Times",
    ]
    assert [bool(hop.inferred) for hop in chain.hops] == [True, True, False, False]
    assert chain.distance == 3


def test_two_outlets_that_have_it_from_one_another_end() -> None:
    case = pile(ferryman("Valley Times", via="the Norvik Echo"), ferryman("Norvik Echo", via="the Valley Times"))
    chains = case.traced().chains
    assert {chain.distance for chain in chains} == {3}
    assert all(len(chain.hops) == 4 for chain in chains)


def test_three_outlets_that_have_it_from_one_another_end() -> None:
    names = ("Valley Times", "Norvik Echo", "Harbour Post")
    case = pile(*(ferryman(name, via=f"the {names[at - 2]}") for at, name in enumerate(names)))
    assert {chain.distance for chain in case.traced().chains} == {4}


def test_an_agency_that_a_report_credits_is_a_mouth() -> None:
    text = f"NORVIK (AP) — “{ROW}” a ferryman said.\n\nCopyright 2031 The Associated Press."
    cites = [("The Associated Press", CitationKind.CREDIT)]
    case = pile(report(text, Said(ROW, "a ferryman", kind=WITNESS), outlet="Valley Times", cites=cites))
    chain = chain_of(case)
    assert mouths(chain)[1] == ("through", "Associated Press")
    assert words_at(case, chain)[1] == "AP"
    assert (chain.distance, chain.at_least) == (2, True)


def test_who_is_quoted_by_a_witness_spoke_to_the_witness() -> None:
    order = "Kneel and be quiet."
    text = f"“A guard said: ‘{order}’ {ROW}” a ferryman told Radio Selm."
    made, reading = report(
        text,
        Said(ROW, "a ferryman", kind=WITNESS, told="Radio Selm"),
        Said(order, "A guard", kind=WITNESS),
        outlet="Valley Times",
    )
    outer, inner = reading.statements
    reading = replace(reading, statements=(outer, replace(inner, inside=outer.id)))
    case = Pile((made,), (reading,))
    chain = chain_of(case, 0, 1)
    assert [words for _, words in mouths(chain)] == ["A guard", "a ferryman", "Radio Selm", "Valley Times"]
    assert chain.distance == 3


@settings(max_examples=60, deadline=None)
@given(piles())
def test_every_statement_has_one_chain_that_ends_in_its_report(case: Pile) -> None:
    traced, readings = trace(case.reports, case.readings)
    texts = {one.id: one.text for one in case.reports}
    home = {said.id: reading.report for reading in readings for said in reading.statements}
    assert sorted(chain.statement for chain in traced.chains) == sorted(home)
    cited, sources = {one.id for one in traced.cited}, {one.id for one in traced.sources}
    for chain in traced.chains:
        kinds = [hop.kind for hop in chain.hops]
        last = chain.hops[-1].place
        assert kinds[-1] is HopKind.REPORT
        assert kinds.count(HopKind.REPORT) == 1
        assert last is not None
        assert last.report == home[chain.statement]
        assert chain.distance == sum(1 for kind in kinds if kind is not HopKind.OCCASION) - 1
        for hop in chain.hops:
            assert hop.source is None or hop.source in sources
            assert hop.cited is None or hop.cited in cited
            assert hop.place is None or Span(*hop.place.span).of(texts[hop.place.report])
