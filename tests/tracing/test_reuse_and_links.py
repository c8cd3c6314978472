"""Shared wording between reports, its kinds, and the links that follow."""

from __future__ import annotations

import pytest
from tracing_cases import Said, pile, report, together

from headwater.model import CitationKind, Form, LinkKind, Reading, Report, ReuseKind, SourceKind
from headwater.tracing.align import runs
from headwater.tracing.material import earlier, sentences
from headwater.tracing.outlets import AGENCIES, agency, is_outlet

COPIED = (
    "The barge carrying forty harvest workers drifted onto the reef below the lighthouse shortly after midnight. "
    "Rescuers lowered ropes from the cliff and pulled the survivors to the chapel."
)
REWRITTEN = (
    "A barge carrying forty harvest workers had drifted onto the reef near the lighthouse just after midnight, "
    "officials were told."
)
ELSE_A = "The council of Norvik debated the price of bread and adjourned without a vote on Monday evening. "
ELSE_B = "Skaters gathered on the frozen canal while brass bands rehearsed for the spring carnival. "


def test_copied_narrative_is_found_to_the_character_and_linked_to_the_earlier() -> None:
    a = report(ELSE_A + COPIED, outlet="Harbour Post", day="2021-03-01")
    b = report(ELSE_B + COPIED, outlet="Valley Times", day="2021-03-02")
    traced = pile(b, a).traced()
    (reuse,) = traced.reuse
    assert reuse.kind is ReuseKind.NARRATIVE
    assert reuse.a.span.of(a[0].text) == COPIED
    assert reuse.b.span.of(b[0].text) == COPIED
    assert reuse.score == 1.0
    (link,) = traced.links
    assert link.kind is LinkKind.NARRATIVE_COPY
    assert (link.later.report, link.earlier.report, link.directed) == (b[0].id, a[0].id, True)
    assert link.reason.places


def test_without_dates_a_link_is_undirected() -> None:
    traced = pile(report(ELSE_A + COPIED), report(ELSE_B + COPIED)).traced()
    assert [link.directed for link in traced.links] == [False]


def test_a_rewritten_sentence_is_one_span_on_each_side() -> None:
    a = report(ELSE_A + COPIED, day="2021-03-01")
    b = report(ELSE_B + REWRITTEN, day="2021-03-02")
    (reuse,) = pile(a, b).traced().reuse
    assert reuse.a.span.of(a[0].text) == COPIED[: COPIED.index(" Rescuers")]
    assert reuse.b.span.of(b[0].text).startswith("A barge carrying")


def test_agency_credit_makes_it_agency_copy() -> None:
    a = report(f"{ELSE_A}{COPIED}\nCopyright 2021 The Associated Press", day="2021-03-01")
    b = report(ELSE_B + COPIED, day="2021-03-02")
    traced = pile(a, b).traced()
    assert traced.reuse[0].credit == "Associated Press"
    assert [link.kind for link in traced.links] == [LinkKind.AGENCY_COPY]


def test_shared_quotations_are_quotes_and_make_no_copy_link() -> None:
    words = "They chained the fishermen together, made them kneel in the snow and burned every net before dawn."
    a = report(f"{ELSE_A}“{words}”", Said(words, "a survivor"), day="2021-03-01")
    b = report(f"{ELSE_B}“{words}”", Said(words, "a survivor"), day="2021-03-02")
    traced = pile(a, b).traced()
    assert [reuse.kind for reuse in traced.reuse] == [ReuseKind.QUOTE]
    assert [link.kind for link in traced.links] == [LinkKind.QUOTE_VARIANT]


def test_furniture_is_boilerplate() -> None:
    box = "Sign up for our newsletter and never miss a story from the harbour district again."
    a = report(ELSE_A + box, furniture=box)
    b = report(ELSE_B + box, furniture=box)
    assert [reuse.kind for reuse in pile(a, b).traced().reuse] == [ReuseKind.BOILERPLATE]


def test_wording_in_many_reports_of_one_outlet_is_boilerplate() -> None:
    box = "Harbour Post stands for fearless coverage of the coast; support our journalism with a small donation today."
    topics = (
        ELSE_A,
        ELSE_B,
        COPIED,
        "A comet crossed the northern sky before sunrise.",
        "Wolves returned to the marsh.",
    )
    texts = [f"{topic} {box}" for topic in topics]
    reports = [report(text, outlet="Harbour Post", day=f"2021-03-0{i + 1}") for i, text in enumerate(texts)]
    kinds = {item.kind for item in pile(*reports).traced().reuse}
    assert kinds == {ReuseKind.BOILERPLATE}


def test_a_title_is_a_stock_phrase() -> None:
    title = "deputy director of the Coastal Fisheries Institute"
    a = report(f"{ELSE_A}He met Ilan Torv, {title}, and asked for more boats and nets for the winter season.")
    b = report(f"{ELSE_B}Prizes went to Mara Quist, {title}, whose novel about lighthouse keepers sold well abroad.")
    assert [reuse.kind for reuse in pile(a, b).traced().reuse] == [ReuseKind.STOCK]


def test_unrelated_reports_share_nothing() -> None:
    assert pile(report(ELSE_A), report(ELSE_B)).traced().reuse == ()


def test_variants_form_a_star_to_the_earliest() -> None:
    words = "They chained the fishermen together and made them kneel in the snow."
    reports = [
        report(f"Paper {name}. {words}", Said(words, "a survivor"), outlet=name, day=f"2021-03-0{day}")
        for day, name in enumerate(("Harbour Post", "Valley Times", "Norvik Echo", "Coast Daily"), start=1)
    ]
    links = [link for link in pile(*reversed(reports)).traced().links if link.kind is LinkKind.QUOTE_VARIANT]
    assert len(links) == 3
    assert {link.earlier.report for link in links} == {reports[0][0].id}
    assert all(link.directed for link in links)


def test_a_citation_of_an_outlet_in_the_case_links_to_its_report() -> None:
    a = report(f"Ilan Torv spoke. {COPIED}", outlet="Harbour Post", day="2021-03-01")
    b = report(
        f"{ELSE_B}Ilan Torv told the Harbour Post that he was tired.",
        Said("he was tired", "Ilan Torv", form=Form.INDIRECT),
        outlet="Valley Times",
        day="2021-03-02",
        cites=[("the Harbour Post", CitationKind.TOLD)],
    )
    (link,) = pile(a, b).traced().links
    assert link.kind is LinkKind.CITATION
    assert link.directed
    assert (link.later.report, link.earlier.report) == (b[0].id, a[0].id)
    assert link.later.span.of(b[0].text) == "the Harbour Post"


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        ("2021-03-01", "2021-03-02", True),
        ("2021-03-02", "2021-03-01", False),
        ("2021-03-01", "2021-03-01", None),
        ("2021-03-01T08:00:00+00:00", "2021-03-01T09:30:00+00:00", True),
        ("2021-03-01T08:00:00+00:00", "2021-03-01T08:30:00+02:00", False),
        ("2021-03-01T08:00:00", "2021-03-01T09:30:00+00:00", None),
        ("2021-03", "2021-03-09", None),
        ("2020", "2021-03-09", True),
        (None, "2021-03-09", None),
    ],
)
def test_what_dates_tell(*, one: str | None, other: str | None, first: bool | None) -> None:
    assert earlier(report("x", day=one)[0], report("y", day=other)[0]) is first


def test_outlets_are_recognised_by_name_and_address() -> None:
    assert is_outlet("the Daily Harbour", "www.dailyharbour.example")
    assert is_outlet("Norvik City Times", "https://www.nctimes.example/news")
    assert not is_outlet("Valley Times", "www.dailyharbour.example")
    assert agency("the AP") == "Associated Press"
    assert agency("Harbour Post") is None


def test_sentences_split_at_marks_and_lines() -> None:
    text = "One came. “Two went!” Three\nstayed? Yes"
    assert [span.of(text) for span in sentences(text)] == ["One came.", "“Two went!”", "Three", "stayed?", "Yes"]


def test_crowded_shingles_are_linked_as_a_star() -> None:
    texts = [["alpha", "beta", "gamma", "delta", "epsilon"] for _ in range(60)]
    pairs = {(a, b) for a, b, _ in runs(texts, lambda _: True)}
    assert all((0, other) in pairs for other in range(1, 60))
    assert len(pairs) < 60 * 59 / 4


def test_what_one_report_quotes_and_the_other_retells_is_no_narrative() -> None:
    words = "They chained the fishermen together, made them kneel in the snow and burned every net before dawn."
    a = report(f"{ELSE_A}“{words}”", Said(words, "a survivor"), day="2021-03-01")
    b = report(f"{ELSE_B}He says {words}", Said(words, "a survivor", form=Form.INDIRECT), day="2021-03-02")
    assert [reuse.kind for reuse in pile(a, b).traced().reuse] == [ReuseKind.QUOTE]


REGISTER = "which keeps a register of missing harbour workers"
DESCRIBED = (
    f"{ELSE_A}The Anchor Roll, {REGISTER}, counted forty names before the winter.",
    f"{ELSE_B}Prizes went to the founder of the Anchor Roll, {REGISTER}, and to two painters from the upper valley.",
)


def test_a_description_of_some_words_is_a_stock_phrase() -> None:
    reuse = pile(report(DESCRIBED[0]), report(DESCRIBED[1])).traced().reuse
    assert [item.kind for item in reuse] == [ReuseKind.STOCK]


def test_a_description_beside_copied_narrative_is_copied_too() -> None:
    between = "Nothing else was on the agenda of that long and windy evening in the old town hall of Sandrel. "
    a = report(f"{DESCRIBED[0]} {COPIED}", outlet="Harbour Post", day="2021-03-01")
    b = report(f"{DESCRIBED[1]} {between}{COPIED}", outlet="Valley Times", day="2021-03-02")
    assert {item.kind for item in pile(a, b).traced().reuse} == {ReuseKind.NARRATIVE}


def test_a_whole_short_sentence_is_narrative_and_half_of_it_is_not() -> None:
    whole = "Rescuers lowered ropes from the cliff beside the chapel."
    half = "Rescuers lowered ropes from the cliff while children sang carols for the mayor of Norvik."
    assert [item.kind for item in pile(report(ELSE_A + whole), report(ELSE_B + whole)).traced().reuse] == [
        ReuseKind.NARRATIVE
    ]
    assert [item.kind for item in pile(report(ELSE_A + whole), report(ELSE_B + half)).traced().reuse] == [
        ReuseKind.STOCK
    ]


def test_the_agency_of_a_date_line_is_credited_with_the_copy() -> None:
    a = report(f"NORVIK, Marrania (Longshore) — {COPIED}", outlet="Harbour Post", day="2021-03-01")
    b = report(ELSE_B + COPIED, outlet="Valley Times", day="2021-03-02")
    traced = pile(a, b).traced()
    assert {item.credit for item in traced.reuse} == {"Longshore"}
    assert [link.kind for link in traced.links] == [LinkKind.AGENCY_COPY]


FERRY = "soldiers burned the ferry, then drove off"
SINGLE = "A boatman spoke. {} The rain went on for nine days and the canal froze."


def relayed(via: str) -> tuple[tuple[Report, Reading], tuple[Report, Reading]]:
    words = "soldiers burned the ferry and drove the boatmen into the river at night"
    first = report(
        SINGLE.format(words), Said(words, "A boatman", kind=SourceKind.WITNESS), outlet="Norvik Echo", day="2021-03-01"
    )
    second = report(
        f"{ELSE_B}According to {via}, a man said that {FERRY}.",
        Said(FERRY, "a man", form=Form.INDIRECT, kind=SourceKind.WITNESS, via=via),
        outlet="Valley Times",
        day="2021-03-02",
    )
    return first, second


def test_a_relay_through_an_outlet_of_the_case_links_to_its_report_and_speaks_of_its_source() -> None:
    first, second = relayed("the Norvik Echo, a weekly")
    case = pile(first, second)
    traced = case.traced()
    assert len(together(traced, case.readings)) == 1
    (cited,) = [link for link in traced.links if link.kind is LinkKind.CITATION]
    assert cited.directed
    assert cited.reason.rule == "cites"
    assert cited.later.span.of(second[0].text) == "the Norvik Echo, a weekly"
    assert cited.earlier.report == first[0].id


@pytest.mark.parametrize("via", ["the Sandrel Echo", "an echo in norvik"])
def test_a_relay_through_somebody_else_shows_nothing(via: str) -> None:
    case = pile(*relayed(via))
    traced = case.traced()
    assert together(traced, case.readings) == []
    assert traced.links == ()


def test_the_list_of_agencies_gives_every_name_and_short_form_to_one_agency() -> None:
    forms = [form for name, short in AGENCIES.items() for form in (name, *short)]
    assert len(AGENCIES) > 50
    assert len({form.casefold() for form in forms}) == len(forms)
    assert all(agency(form) == name for name, short in AGENCIES.items() for form in (name, *short))
    assert agency("Vellmar Post") is None
