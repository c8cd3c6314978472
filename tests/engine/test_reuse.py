"""The plan from reports to spans: what is found, where exactly, of what kind; and that nothing is dropped silently."""

from __future__ import annotations

from pathlib import Path

import pytest
from reused_reports import Row, filler, found, row, sentences

from headwater.engine.settings import CROWD
from headwater.errors import BadReports
from headwater.model import ReuseKind

COPIED = sentences(900, 4)


def cut_out(rows: list[dict[str, object]], span: dict[str, object], side: str) -> str:
    text = next(str(each["text"]) for each in rows if each["id"] == span[f"{side}_id"])
    start, end = span[f"{side}_start"], span[f"{side}_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return text[start:end]


def test_a_copied_paragraph_is_one_narrative_span_to_the_character(tmp_path: Path) -> None:
    rows = [
        filler("late", "Vessen Post", "2031-03-02", 51, *COPIED),
        filler("early", "Ruhl Echo", "2031-03-01", 2, *COPIED),
    ]
    made, spans = found(rows, tmp_path)
    assert [(each["a_id"], each["b_id"], each["kind"], each["score"]) for each in spans] == [
        ("early", "late", "narrative", 1.0)
    ]
    for side in ("a", "b"):
        assert cut_out([dict(each) for each in rows], spans[0], side).split() == " ".join(COPIED).rstrip(".").split()
    assert (made.reports, made.empty, made.copies) == (2, 0, 0)


def test_words_that_one_of_them_quotes_are_a_quote(tmp_path: Path) -> None:
    said = " ".join(COPIED[:2])
    _, spans = found(
        [filler("a", "A", "2031-01-01", 1, f"“{said}”"), filler("b", "B", "2031-01-02", 2, f'"{said}"')], tmp_path
    )
    assert [each["kind"] for each in spans] == ["quote"]


def test_words_of_a_person_without_marks_are_a_quote(tmp_path: Path) -> None:
    said = "I saw them take my brother over the bridge and I never heard what they did with him that night."
    _, spans = found([filler("a", "A", "2031-01-01", 1, said), filler("b", "B", "2031-01-02", 2, said)], tmp_path)
    assert [each["kind"] for each in spans] == ["quote"]


def test_a_few_words_are_stock(tmp_path: Path) -> None:
    phrase = "deputy keeper of the Marrowgate Institute for Inland Waters"
    _, spans = found(
        [
            filler("a", "A", "2031-01-01", 1, f"So said the {phrase}."),
            filler("b", "B", "2031-01-02", 2, f"A {phrase} came."),
        ],
        tmp_path,
    )
    assert [each["kind"] for each in spans] == ["stock"]


def test_what_an_outlet_prints_again_and_again_is_boilerplate_and_not_dropped(tmp_path: Path) -> None:
    foot = "Sign up here for the morning letter of the Vessen Post and never miss what happens along the canal."
    rows = [filler(f"r{day}", "Vessen Post", f"2031-01-0{day}", day, foot) for day in range(1, 7)]
    _, spans = found(rows, tmp_path)
    assert {(each["a_id"], each["b_id"]) for each in spans} == {("r1", f"r{day}") for day in range(2, 7)}
    assert {each["kind"] for each in spans} == {"boilerplate"}


def test_a_word_for_word_copy_of_a_report_is_told_whole(tmp_path: Path) -> None:
    first = filler("first", "A", "2031-01-01", 1)
    copy = {**first, "id": "copy", "outlet": "B", "published": "2031-01-02", "text": first["text"].upper() + "!"}
    made, spans = found([copy, first, filler("other", "C", "2031-01-01", 5)], tmp_path)
    assert made.copies == 1
    assert [(each["a_id"], each["b_id"], each["kind"], each["score"]) for each in spans] == [
        ("first", "copy", "narrative", 1.0)
    ]
    assert (spans[0]["a_start"], spans[0]["a_end"]) == (0, len(first["text"].rstrip(".")))


def test_a_story_of_more_outlets_than_a_crowd_reaches_every_one(tmp_path: Path) -> None:
    number = CROWD + 20
    rows = [filler(f"r{each:03}", f"Outlet {each}", "2031-01-01", 100 + each, *COPIED) for each in range(number)]
    _, spans = found(rows, tmp_path)
    reached = {str(each["b_id"]) for each in spans} | {str(each["a_id"]) for each in spans}
    assert reached == {str(each["id"]) for each in rows}
    assert len(spans) < number * number / 4  # a star, no clique
    copied = [each for each in spans if each["score"] == 1 and each["kind"] == "narrative"]
    assert {str(each["b_id"]) for each in copied} | {"r000"} == reached


def test_another_number_in_the_same_sentence_is_seen(tmp_path: Path) -> None:
    there, here = ([each.replace(".", f" {number} {each[:5]}.") for each in COPIED] for number in (41, 14))
    _, spans = found([filler("a", "A", "2031-01-01", 1, *there), filler("b", "B", "2031-01-02", 2, *here)], tmp_path)
    assert len(spans) == 1
    assert 0.9 < float(str(spans[0]["score"])) < 1


def test_reports_without_a_date_come_last_and_without_a_word_are_counted(tmp_path: Path) -> None:
    rows = [
        filler("undated", "A", "", 1, *COPIED),
        filler("dated", "B", "2031-01-05T08:00:00Z", 2, *COPIED),
        row("empty", "C", "2031-01-01", ["—"]),
    ]
    made, spans = found(rows, tmp_path)
    assert [(each["a_id"], each["b_id"]) for each in spans] == [("dated", "undated")]
    assert (made.reports, made.empty, made.copies) == (3, 1, 0)
    assert sum(made.spans.values()) == made.spans[ReuseKind.NARRATIVE] == 1


@pytest.mark.parametrize(
    "rows", [[], [row("only", "A", "", sentences(3, 4))], [row("a", "A", "", []), row("b", "B", "", [])]]
)
def test_piles_in_which_nothing_can_be_shared(rows: list[Row], tmp_path: Path) -> None:
    if not rows:
        rows = [row("gone", "A", "", ["…"])]
    made, spans = found(rows, tmp_path)
    assert spans == []
    assert made.reports == len(rows)


def test_a_table_needs_ids_of_their_own_and_words(tmp_path: Path) -> None:
    with pytest.raises(BadReports, match="more than one report"):
        found([filler("same", "A", "", 1), filler("same", "B", "", 2)], tmp_path / "a")
    with pytest.raises(BadReports, match="no column “text”"):
        found([{"id": "a", "body": "words"}], tmp_path / "b")


def test_processes_do_not_change_the_rows(tmp_path: Path) -> None:
    rows = [
        filler(f"r{each}", f"O{each % 3}", f"2031-01-{each % 9 + 1:02}", each, *COPIED[: each % 5])
        for each in range(40)
    ]
    assert found(rows, tmp_path / "one", threads=1) == found(rows, tmp_path / "two", threads=2)
