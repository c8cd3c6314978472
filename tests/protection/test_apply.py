"""Names replaced, places moved with their text, ids keyed anew, words withheld; whatever the case."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import trace

from headwater import dossier
from headwater.exchange import case_json_bytes
from headwater.model import (
    Case,
    Consent,
    Handling,
    Noted,
    People,
    Sensitivity,
    Span,
    Subject,
    SubjectKind,
    anchors,
    make_id,
    words,
)
from headwater.pipeline.leaving import leaving, notice
from headwater.protection import WITHHELD, WITHHELD_WORDS, Mask, Plan, Replacer, apply, plan, proposed_names
from headwater.protection.apply import _Applied
from headwater.protection.replacing import Edit, Edited
from headwater.protection.withheld import Repeats

SECRET = b"k" * 32
REPORTS = {
    "ash.txt": (
        "Boats taken at Sellmouth\n\n“They took the boats at dawn and left us the nets to mend,” Oda Renn, a fisher"
        "man, told Radio Vellmar.\n\nAt least 12 boats were seized in Sellmouth, residents said.\n\nRenn’s own boat is "
        "gone.\n"
    ),
    "birch.txt": (
        "Harbour emptied, says The Ash Post\n\n‘They took the boats at dawn,’ a man told Radio Vellmar, The Ash Post "
        "reports.\n\nThe ministry denied it. “No boat has left Sellmouth since the spring,” said Karl Imber, a "
        "spokesman.\n"
    ),
    "cedar.txt": (
        "Quiet week\n\nThe council of Sellmouth met. “We saw 14 boats burn on the beach,” Oda Renn said.\n\n"
        "A board hangs there. It has the boats at dawn and left us the nets to mend in white paint.\n"
    ),
    "reports.csv": (
        "file,outlet,published,url,title\nash.txt,The Ash Post,2031-05-03,https://ashpost.example/boats,Boats taken\n"
        "birch.txt,The Birch Herald,2031-05-02,https://birch.example/1,Harbour emptied\n"
        "cedar.txt,The Cedar Mail,2031-05-01,https://cedar.example/week,Quiet week\n"
    ),
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("boats")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return trace(folder)


def subject(case: Case, name: str) -> Subject:
    for report in case.received.reports:
        if name == report.info.called:
            return Subject(SubjectKind.REPORT, report.id)
    source = next(each for each in case.traced.sources if name in each.name)
    return Subject(SubjectKind.SOURCE, source.id, source.mentions)


def handled(
    case: Case, name: str, sensitivity: Sensitivity = Sensitivity.PROTECTED, consent: Consent = Consent.UNKNOWN
) -> Handling:
    who = subject(case, name)
    pseudonym = f"Protected {who.kind.value} 1"
    return Handling("h-1", who, consent, sensitivity, proposed_names(case, who.id), pseudonym, "", "me", "2031")


def texts(case: Case) -> dict[str, str]:
    return {report.info.file: report.text for report in case.received.reports}


def everything(case: Case) -> str:
    pages = dossier.render(case, title="x")
    return "\n".join(each.decode() for each in (*pages.values(), case_json_bytes(case)))


def test_a_protected_source_has_its_pseudonym_everywhere(case: Case) -> None:
    made = apply(case, plan(case, [handled(case, "Oda Renn")]), SECRET)
    text = texts(made)["ash.txt"]
    assert "mend,” Protected source 1, a fisherman, told" in text
    assert "Protected source 1’s own boat" in text
    assert "Renn" not in everything(made)
    source = next(each for each in made.traced.sources if each.name.startswith("Protected"))
    assert source.names == (source.name,) == ("Protected source 1",)
    assert "Karl Imber" in everything(made)


def test_what_leads_to_the_public_page_is_withheld_where_something_was_replaced(case: Case) -> None:
    made = apply(case, plan(case, [handled(case, "Oda Renn")]), SECRET)
    infos = {report.info.file: report.info for report in made.received.reports}
    before = {report.info.file: report.info for report in case.received.reports}
    assert infos["ash.txt"].sha256 == WITHHELD
    assert infos["ash.txt"].url == Noted(WITHHELD, before["ash.txt"].url.basis)  # type: ignore[union-attr]
    assert infos["birch.txt"].sha256 == before["birch.txt"].sha256
    assert infos["birch.txt"].url == before["birch.txt"].url
    assert {each.sha256 for each in made.received.originals} == {before["birch.txt"].sha256}
    text = texts(made)["ash.txt"]
    assert infos["ash.txt"].text_sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_withheld_source_says_nothing_in_any_report(case: Case) -> None:
    made = apply(case, plan(case, [handled(case, "Oda Renn", Sensitivity.WITHHELD)]), SECRET)
    assert f"“{WITHHELD_WORDS}” Protected source 1, a fisherman" in texts(made)["ash.txt"]
    shown = everything(made)
    assert "took the boats" not in shown, "nor where another report repeats it without the name"
    assert "left us the nets" not in shown, "nor where a report prints it as its own"
    assert "beach" not in shown
    assert "burn" not in shown
    assert "No boat has left Sellmouth" in shown
    assert all(each.low is None for reading in made.readings for each in reading.figures if "14" in each.text)
    assert len(list(anchors(made))) == len(list(anchors(case)))


def test_a_figure_of_a_withheld_source_does_not_tell_what_a_day_was(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "Boats\n\nThe Post, 4 March 2031\n\n“I saw eleven men with torches,” Oda Renn told the Post.\n"
    folder = tmp_path_factory.mktemp("figure")
    (folder / "post.txt").write_text(text, encoding="utf-8")
    case = trace(folder)
    assert any("eleven men" in each.what for each in case.weighed.timeline)
    made = apply(case, plan(case, [handled(case, "Oda Renn", Sensitivity.WITHHELD)]), SECRET)
    assert [(each.earliest, each.what) for each in made.weighed.timeline] == [("2031-03-04", WITHHELD_WORDS)]
    assert b"eleven men" not in case_json_bytes(made)


@pytest.mark.parametrize("consent", [Consent.INTERNAL, Consent.WITHDRAWN])
def test_what_is_not_for_leaving_is_withheld_whatever_the_sensitivity(case: Case, consent: Consent) -> None:
    made = apply(case, plan(case, [handled(case, "Oda Renn", Sensitivity.OPEN, consent)]), SECRET)
    shown = everything(made)
    assert "took the boats" not in shown
    assert "Renn" not in shown


def test_a_protected_report_has_its_pseudonym_everywhere(case: Case) -> None:
    made = apply(case, plan(case, [handled(case, "The Ash Post")]), SECRET)
    shown = everything(made)
    for name in ("Ash Post", "ash.txt", "ashpost.example", "Boats taken<"):
        assert name not in shown
    assert "Protected report 1 reports" in shown, "in the report that cites it"
    assert "took the boats at dawn" in shown


def test_a_withheld_report_has_no_text(case: Case) -> None:
    made = apply(case, plan(case, [handled(case, "The Cedar Mail", Sensitivity.WITHHELD)]), SECRET)
    assert WITHHELD_WORDS in texts(made).values()
    shown = everything(made)
    assert "Cedar" not in shown
    assert "burn on the beach" not in shown
    assert "council" not in shown
    assert len(list(anchors(made))) == len(list(anchors(case)))


def test_a_run_of_withheld_words_is_found_in_any_string() -> None:
    repeats = Repeats(["They took the boats at dawn and left us the nets"], 4)
    text = "Then: took the boats at Dawn, and so on; the nets"
    assert [text[each.start : each.end] for each in repeats.edits(text)] == ["took the boats at Dawn, and"]
    assert list(repeats.edits("the boats at noon")) == []


def test_the_last_word_on_a_subject_holds(case: Case) -> None:
    first = handled(case, "Oda Renn")
    opened = replace(first, sensitivity=Sensitivity.OPEN, consent=Consent.GIVEN)
    assert not plan(case, [first, opened])
    assert plan(case, [opened, first])
    assert apply(case, plan(case, [first, opened]), SECRET) is case


def test_a_mention_that_came_later_is_covered_too(case: Case) -> None:
    """Somebody accepted the names of one mention; another report brought a further one since."""
    given_ = handled(case, "Oda Renn")
    early = replace(given_, names=("Renn",), subject=replace(given_.subject, members=()))
    assert "Oda Renn" in plan(case, [early]).masks[0].names
    assert plan(case, [replace(given_, names=("Renn",))]).masks[0].names == ("Renn",), "what was left out stays out"


def test_ids_cannot_be_tried_and_stay_the_same(case: Case) -> None:
    found = plan(case, [handled(case, "Oda Renn")])
    one, again, other = (apply(case, found, key) for key in (SECRET, SECRET, b"other" * 7))
    assert case_json_bytes(one) == case_json_bytes(again)
    old = {each.id for reading in case.readings for each in reading.statements}
    new = [each.id for reading in one.readings for each in reading.statements]
    assert not old & set(new)
    assert not set(new) & {each.id for reading in other.readings for each in reading.statements}
    assert [each.rpartition("-")[0] for each in new] == [
        each.id.rpartition("-")[0] for reading in case.readings for each in reading.statements
    ]
    shown = everything(one)
    for reading in case.readings:
        for record in (*(each.id for each in reading.mentions), *(each.id for each in reading.statements)):
            assert record not in shown


def test_a_field_that_is_added_later_is_covered(case: Case) -> None:
    @dataclass(frozen=True)
    class Later:
        id: str
        report: str
        words: tuple[str, ...]
        span: Span
        number: int

    report = case.received.reports[0]
    start = report.text.index("Renn")
    value = Later(make_id("later", 1), report.id, ("of Oda Renn",), Span(start, start + 4), 3)
    made = _Applied(case, plan(case, [handled(case, "Oda Renn")]), SECRET)._walk(value, "")
    assert made.words == ("of Protected source 1",)
    assert made.span.of(texts(apply(case, plan(case, [handled(case, "Oda Renn")]), SECRET))["ash.txt"]) == (
        "Protected source 1"
    )
    assert made.id != value.id
    assert made.number == 3

    @dataclass(frozen=True)
    class Strange:
        data: bytes

    with pytest.raises(TypeError, match="no rule says how a bytes"):
        _Applied(case, plan(case, [handled(case, "Oda Renn")]), SECRET)._walk(Strange(b""), "")


def test_the_notice_counts_and_names_nobody(case: Case) -> None:
    found = [handled(case, "Oda Renn"), handled(case, "The Cedar Mail", Sensitivity.WITHHELD)]
    assert notice(plan(case, found)) == (
        "1 source appears under a pseudonym; 1 report is withheld. "
        "Quoted words can still be found by searching for them."
    )
    view = leaving(case, People((), tuple(found)), SECRET)
    assert "1 report is withheld" in dossier.render(view.case, title="x", protected=view.notice)["index.html"].decode()
    assert view.words("The story of ODA RENN") == "The story of Protected source 1"


LETTERS = st.text(st.sampled_from("abč Ž’-\n\u00ad\u200b.,王ا%&;<>1"), max_size=60)


@given(LETTERS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12), st.text("xyz", max_size=5)), max_size=6))
def test_every_place_outside_an_edit_keeps_its_words(text: str, raw: list[tuple[int, int, str]]) -> None:
    edits = [Edit(start, min(start + size, len(text)), put) for start, size, put in raw if start < len(text)]
    edited = Edited.of(text, edits)
    covered = {at for start, end, _ in edited.edits for at in range(start, end)}
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + 6) + 1):
            now = edited.span(Span(start, end))
            assert 0 <= now.start <= now.end <= len(edited.text)
            if not covered & set(range(start, end)):
                assert edited.text[now.start : now.end] == text[start:end]
            for first, last, put in edited.edits:
                if first <= start and end <= last:
                    assert edited.text[now.start : now.end] == put


@given(LETTERS, LETTERS, st.sampled_from(["Abč Ža", "王ا", "Ž-bač", "a’bčab"]))
def test_whatever_stands_around_a_name_it_is_gone_afterwards(before: str, after: str, name: str) -> None:
    found = Plan((Mask(SubjectKind.SOURCE, frozenset({"s"}), "Protected source 1", (name,), withheld=False),))
    once = Replacer(found).text(f"{before} {name}, {after}")
    assert "Protected source 1" in once
    assert name not in once
    assert Replacer(found).text(once) == once, "nothing is left to replace"


@given(st.data())
def test_names_cut_out_of_the_reports_at_random_leave_a_sound_case(case: Case, data: st.DataObject) -> None:
    """Whatever words of the reports are taken for names, every place still fits and the counts stay."""
    report = data.draw(st.sampled_from(case.received.reports))
    found = words(report.text)
    at = data.draw(st.integers(0, len(found) - 1))
    count = data.draw(st.integers(1, 3))
    name = report.text[found[at].start : found[min(at + count, len(found)) - 1].end]
    mask = Mask(SubjectKind.SOURCE, frozenset({"s"}), "Protected source 1", (name,), withheld=False)
    made = apply(case, Plan((mask,)), SECRET)
    assert len(list(anchors(made))) == len(list(anchors(case)))
    held = texts(made).values()
    for reading, one in zip(made.readings, held, strict=True):
        for statement in reading.statements:
            assert statement.text == " ... ".join(span.of(one) for span in statement.content)
