"""Agency copy told from narrative: with a credit, without one where a third report shows it, and never by guessing."""

from __future__ import annotations

from tracing_cases import pile, report

from headwater.model import LinkKind, Report, Reuse, ReuseKind, Traced

PASSAGE = (
    "The barge carrying forty harvest workers drifted onto the reef below the lighthouse shortly after midnight. "
    "Rescuers lowered ropes from the cliff and pulled the survivors to the chapel."
)
REWRITTEN = (
    "The barge with forty harvest workers drifted onto the reef below the old lighthouse shortly after midnight, "
    "officials were told."
)
ELSE = (
    "The council of Norvik debated the price of bread and adjourned without a vote on Monday evening.",
    "Skaters gathered on the frozen canal while brass bands rehearsed for the spring carnival.",
    "A comet crossed the northern sky before sunrise, and wolves returned to the marsh.",
)
DATELINE = "SANDREL, Marrania (Longshore) — "


def between(traced: Traced, a: Report, b: Report) -> Reuse:
    (found,) = [item for item in traced.reuse if {item.a.report, item.b.report} == {a.id, b.id}]
    return found


def test_a_credit_names_the_agency_and_the_report_that_shows_it() -> None:
    credited, other = report(f"{DATELINE}{PASSAGE}", outlet="Harbour Post"), report(f"{ELSE[0]} {PASSAGE}")
    found = between(pile(credited, other).traced(), credited[0], other[0])
    assert (found.kind, found.credit, found.credit_in) == (ReuseKind.AGENCY, "Longshore", credited[0].id)


def test_a_third_report_shows_whose_text_two_print_without_credit() -> None:
    credited = report(f"{DATELINE}{PASSAGE}", outlet="Harbour Post", day="2021-03-01")
    bare = [
        report(f"{ELSE[i]} {PASSAGE}", outlet=name, day=f"2021-03-0{i + 2}") for i, name in enumerate(("Echo", "Times"))
    ]
    traced = pile(*bare, credited).traced()
    found = between(traced, bare[0][0], bare[1][0])
    assert (found.kind, found.credit, found.credit_in) == (ReuseKind.AGENCY, "Longshore", credited[0].id)
    assert {link.kind for link in traced.links} == {LinkKind.AGENCY_COPY}


def test_a_link_between_two_that_credit_nobody_says_which_report_does() -> None:
    late = report(f"{DATELINE}{PASSAGE}", outlet="Harbour Post", day="2021-03-09")
    bare = [
        report(f"{ELSE[i]} {PASSAGE}", outlet=name, day=f"2021-03-0{i + 2}") for i, name in enumerate(("Echo", "Times"))
    ]
    links = pile(*bare, late).traced().links
    (uncredited,) = [link for link in links if link.reason.rule == "uncredited copy"]
    assert "Harbour Post has the same passage and credits Longshore" in uncredited.reason.text
    assert {uncredited.later.report, uncredited.earlier.report} == {bare[0][0].id, bare[1][0].id}


def test_another_passage_of_a_credited_report_shows_nothing() -> None:
    other = "Bakers in the old town struck for nine days because the flour from the upper valley was full of sand."
    credited = report(f"{DATELINE}{other}", outlet="Harbour Post")
    bare = [report(f"{line} {PASSAGE}", outlet=name) for line, name in zip(ELSE, ("Echo", "Times"), strict=False)]
    found = between(pile(*bare, credited).traced(), bare[0][0], bare[1][0])
    assert (found.kind, found.credit, found.credit_in) == (ReuseKind.NARRATIVE, None, None)


def test_what_two_reports_share_beside_an_agency_s_text_is_not_the_agency_s() -> None:
    other = "Bakers in the old town struck for nine days because the flour from the upper valley was full of sand."
    credited = report(f"{DATELINE}{PASSAGE}", outlet="Harbour Post")
    both = report(f"{PASSAGE} {' '.join(ELSE)} {other}", outlet="Echo")
    second = report(f"The mayor of Orsk opened a bridge on Friday with her two sons. {other}", outlet="Times")
    traced = pile(credited, both, second).traced()
    assert between(traced, credited[0], both[0]).kind is ReuseKind.AGENCY
    found = between(traced, both[0], second[0])
    assert (found.kind, found.credit) == (ReuseKind.NARRATIVE, None)


def test_the_agency_s_own_report_shows_it() -> None:
    own, other = report(PASSAGE, outlet="Reuters"), report(f"{ELSE[0]} {PASSAGE}", outlet="Echo")
    found = between(pile(own, other).traced(), own[0], other[0])
    assert (found.kind, found.credit, found.credit_in) == (ReuseKind.AGENCY, "Reuters", own[0].id)


def test_rewritten_agency_text_stays_narrative_and_names_the_agency() -> None:
    credited = report(f"{PASSAGE}\nCopyright 2021 Reuters", outlet="Harbour Post", day="2021-03-01")
    other = report(f"{ELSE[0]} {REWRITTEN}", outlet="Echo", day="2021-03-02")
    traced = pile(credited, other).traced()
    found = between(traced, credited[0], other[0])
    assert (found.kind, found.credit) == (ReuseKind.NARRATIVE, "Reuters")
    (link,) = traced.links
    assert link.kind is LinkKind.NARRATIVE_COPY
    assert "rewritten" in link.reason.text


def test_two_agencies_credited_for_one_passage_leave_it_open() -> None:
    one = report(f"{DATELINE}{PASSAGE}", outlet="Harbour Post")
    two = report(f"NORVIK, Marrania (Coastwire) — {PASSAGE}", outlet="Echo")
    found = between(pile(one, two).traced(), one[0], two[0])
    assert (found.kind, found.credit) == (ReuseKind.NARRATIVE, None)


def test_stock_phrases_of_a_credited_report_are_no_agency_copy() -> None:
    title = "deputy director of the Coastal Fisheries Institute"
    a = report(f"{DATELINE}He met Ilan Torv, {title}, and asked for more boats and nets for the winter season.")
    b = report(f"{ELSE[1]} Prizes went to Mara Quist, {title}, whose novel about lighthouse keepers sold well abroad.")
    found = between(pile(a, b).traced(), a[0], b[0])
    assert (found.kind, found.credit) == (ReuseKind.STOCK, None)
