"""What to get next: documents that are named and not here, by the claims that they would settle."""

from __future__ import annotations

from weighing_case import CaseBuilder

from headwater.model import CitedKind, MissingDocument, SourceKind

SAID = (
    "The boats were sunk behind the mill.",
    "Nobody opened the granary all winter.",
    "He counted nine lorries at the weir.",
    "The bell tower burned before dawn.",
)


def quoting() -> CaseBuilder:
    """Two reports; three things come through Radio Selm, one of them in both and once from somebody else too."""
    case = CaseBuilder()
    case.report("Tarn Post", "2031-05-02")
    case.report("Vell Herald", "2031-05-03")
    case.origin("cook", "a cook")
    case.origin("smith", "Bero Haskin", named=True)
    case.carrier("Radio Selm")
    case.carrier("Interlake", kind=CitedKind.AGENCY)
    case.say("tarn-post", SAID[0], "cook", heard="Radio Selm", utterance="boats")
    case.say("vell-herald", SAID[0], "cook", heard="Radio Selm", utterance="boats")
    case.say("tarn-post", SAID[1], "cook", heard="Radio Selm")
    case.say("tarn-post", SAID[2], "cook", heard="Radio Selm", utterance="lorries")
    case.say("vell-herald", SAID[2], "smith", utterance="others")
    case.say("vell-herald", SAID[3], "smith", heard="Interlake")
    return case


def missing(case: CaseBuilder) -> dict[str, MissingDocument]:
    return {one.name: one for one in case.weighed().missing}


def test_what_settles_most_by_itself_comes_first() -> None:
    found = quoting().weighed().missing
    assert [one.name for one in found] == ["Radio Selm", "Interlake"]
    assert [len(one.claims) for one in found] == [3, 1]
    assert [len(one.alone) for one in found] == [2, 1]
    assert found[0].reports == ("tarn-post", "vell-herald")
    assert found[0].sentence == (
        "Get the Radio Selm report: 3 claims rest on it, 2 of them on nothing else that these reports name."
    )
    assert found[1].sentence.startswith("Get the first Interlake dispatch: 1 claim rests on it")


def test_a_report_that_names_nobody_settles_nothing_by_itself() -> None:
    case = quoting()
    case.say("vell-herald", SAID[1], None)
    assert len(missing(case)["Radio Selm"].alone) == 2


def test_an_outlet_whose_report_is_here_is_not_missing() -> None:
    case = quoting()
    case.report("Radio Selm", "2031-05-01")
    case.carrier("Radio Selm", "radio-selm")
    assert set(missing(case)) == {"Interlake"}


def test_a_report_that_came_later_is_not_the_one_that_is_cited() -> None:
    case = quoting()
    case.report("Radio Selm", "2031-06-01")
    case.carrier("Radio Selm", "radio-selm")
    found = missing(case)["Radio Selm"]
    assert found.another
    assert "the earlier report by Radio Selm" in found.sentence


def test_an_outlet_is_not_missing_from_its_own_report() -> None:
    case = quoting()
    case.carrier("Interlake", "vell-herald", kind=CitedKind.AGENCY)
    assert "Interlake" not in missing(case)


def test_a_figure_rests_on_the_outlet_that_is_named_for_it() -> None:
    case = quoting()
    case.origin("quill", "Quill Gazette", SourceKind.OUTLET, named=True)
    case.carrier("Quill Gazette", source="quill")
    case.say("tarn-post", "The Gazette counted the boats.", "quill")
    case.number("tarn-post", "40 boats", 40, 40, unit="boats", act="sunk", origin="quill", source="quill")
    assert len(missing(case)["Quill Gazette"].claims) == 2


def test_nobody_named_is_missing() -> None:
    case = CaseBuilder()
    case.report("Tarn Post")
    case.say("tarn-post", SAID[0], None)
    assert case.weighed().missing == ()
