"""Who is named for what the reports tell: one outlet under all its wordings, and nobody that is none."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tracing_cases import Said, pile, report

from headwater.model import CitationKind, Cited, CitedKind, Reading, Report, SourceKind
from headwater.tracing.cited import plain_name

WORDS = (
    "The boats were sunk behind the mill.",
    "Nobody opened the granary all winter.",
    "He counted nine lorries at the weir.",
    "The bell tower burned before dawn.",
)


def told(number: int, *names: str, outlet: str = "", known: bool = True) -> tuple[Report, Reading]:
    """A report in which somebody tells each of these outlets something; `known` when the reader takes them for such."""
    text = f"Report {number}. " + " ".join(
        f"“{words}” a miller told {name}." for words, name in zip(WORDS, names, strict=False)
    )
    said = [
        Said(words, "a miller", kind=SourceKind.WITNESS, told=name) for words, name in zip(WORDS, names, strict=False)
    ]
    cites = [(name, CitationKind.TOLD) for name in names if known]
    return report(text, *said, outlet=outlet or f"Outlet Number {number}", cites=cites)


def cited(*items: tuple[Report, Reading]) -> tuple[Cited, ...]:
    return pile(*items).traced().cited


def names(found: Iterable[Cited]) -> list[tuple[str, ...]]:
    return sorted(one.names for one in found)


def test_one_outlet_is_one_under_all_its_wordings() -> None:
    found = cited(told(1, "Selm 24"), told(2, "SELM 24"), told(3, "Selm24"), told(4, "Selm 24 News"))
    assert names(found) == [("SELM 24", "Selm 24", "Selm 24 News", "Selm24")]
    assert len(found[0].places) == 4


def test_an_agency_is_known_by_its_letters() -> None:
    found = cited(told(1, "AP"), told(2, "the Associated Press"), told(3, "AFP"))
    assert [(one.name, one.kind) for one in found] == [
        ("Associated Press", CitedKind.AGENCY),
        ("Agence France-Presse", CitedKind.AGENCY),
    ]


def test_the_post_is_the_one_post_of_its_report() -> None:
    found = cited(told(1, "the Vellmar Post", "the Post"), told(2, "the Osker Post", "the Post"))
    assert names(found) == [("Osker Post", "Post"), ("Post", "Vellmar Post")]
    assert {one.name for one in found} == {"Osker Post", "Vellmar Post"}


def test_the_post_of_another_report_is_joined_only_where_there_is_one() -> None:
    assert len(cited(told(1, "the Vellmar Post"), told(2, "the Post"))) == 1
    found = cited(told(1, "the Vellmar Post"), told(2, "the Osker Post"), told(3, "the Post"))
    assert names(found) == [("Osker Post",), ("Post",), ("Vellmar Post",)]


def test_an_outlet_of_the_case_is_known_by_its_name_its_address_and_its_short_name() -> None:
    one, two, three = told(1, outlet="vellmarpost.example"), told(2, "the Vellmar Post"), told(3, "the Post")
    (found,) = cited(one, two, three)
    assert found.reports == (one[0].id,)
    (own,) = cited(told(1, "the Post", outlet="Vellmar Post"))
    assert len(own.reports) == 1


def test_two_outlets_with_a_word_in_common_stay_two() -> None:
    assert len(cited(told(1, "the Selm Herald", "the Osker Herald", "Selm News", "Radio Selm", known=False))) == 4


@pytest.mark.parametrize("name", ["reporters", "parliament", "the police", "him", "his mother", "Facebook"])
def test_whoever_passes_nothing_on_is_not_listed(name: str) -> None:
    assert cited(told(1, name, known=False)) == ()


def test_a_place_is_no_outlet_even_where_it_was_read_as_a_relay() -> None:
    text = "“The boats were sunk behind the mill,” a miller said, reported by Varno. Snow fell in Varno."
    said = Said("The boats were sunk behind the mill", "a miller", kind=SourceKind.WITNESS, via="Varno")
    assert cited(report(text, said, outlet="Selm Herald")) == ()
    assert len(cited(report(text.replace("in Varno", "again"), said, outlet="Selm Herald"))) == 1


def test_what_a_body_gave_out_is_a_document_and_what_a_witness_posted_is_not() -> None:
    def given(who: str, kind: SourceKind, where: str) -> tuple[Report, Reading]:
        return report(f"“{WORDS[0]}” {who} said {where}.", Said(WORDS[0], who, kind=kind, told=where), outlet="Echo")

    (found,) = cited(given("the Harbour Board", SourceKind.ORGANISATION, "in a statement"))
    assert (found.kind, found.name) == (CitedKind.STATEMENT, "statement by the Harbour Board")
    (posted,) = cited(given("the Harbour Board", SourceKind.ORGANISATION, "on Twitter"))
    assert (posted.kind, posted.name) == (CitedKind.POST, "posts by the Harbour Board")
    assert cited(given("a miller", SourceKind.WITNESS, "on Facebook")) == ()
    assert cited(given("a miller", SourceKind.WITNESS, "in a statement")) == ()


def test_a_credited_agency_is_listed_even_where_no_words_of_the_text_name_it() -> None:
    text = f"NORVIK (AP) — “{WORDS[0]}” a miller said.\n\nCopyright 2031 The Associated Press."
    said = Said(WORDS[0], "a miller", kind=SourceKind.WITNESS)
    (found,) = cited(report(text, said, outlet="Echo", cites=[("The Associated Press", CitationKind.CREDIT)]))
    assert (found.name, len(found.places), found.reports) == ("Associated Press", 1, ())


def test_who_holds_the_rights_sent_no_copy() -> None:
    text = f"“{WORDS[0]}” a miller said.\n\nCopyright 2031 Orla Vesmin."
    said = Said(WORDS[0], "a miller", kind=SourceKind.WITNESS)
    assert cited(report(text, said, outlet="Echo", cites=[("Orla Vesmin", CitationKind.CREDIT)])) == ()
    (found,) = cited(report(f"NORVIK (Longshore) — {text}", said, outlet="Echo"))
    assert found.name == "Longshore"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Russian newspaper Quill Gazette reported", "Quill Gazette"),
        ("the Interlake news agency", "Interlake"),
        ("Selm News’s Ada Lorne", "Selm News"),
        ("The Voice of Norvik, a weekly", "Voice of Norvik"),
        ("QBC News Senior Correspondent Ada Lorne", "QBC News"),
        ("the Vellmar Times's", "Vellmar Times"),
        ("both the Osker Echo and the Vellmar Times", "Vellmar Times"),
        ("a Vellmar Times/QBC News poll", None),
        ("Vellmar Post-QBC News", None),
        ("TV", None),
        ("media outlets", None),
        ("Media outlets", None),
        ("he", None),
        ("Facebook", None),
    ],
)
def test_the_name_in_the_words_for_a_carrier(words: str, name: str | None) -> None:
    assert plain_name(words) == name
