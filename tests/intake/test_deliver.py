"""Deliveries to a case that holds reports already: nothing is kept twice, nothing that is there changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.errors import NothingToRead
from headwater.intake import deliver, receive
from headwater.model import Received, SetAsideKind

ASH = "Boats taken at Sellmouth\n\nAt least 12 boats were seized, residents said.\n"
BIRCH = "Harbour emptied\n\nNo boat has left the harbour, a spokesman said.\n"
CEDAR = "Quiet week\n\nThe council of Sellmouth met and went home.\n"


def put(folder: Path, **files: str) -> Path:
    """Write `files` (name without .txt) into `folder` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def outlets(folder: Path, **named: str) -> None:
    """Write a reports.csv that gives each file an outlet."""
    rows = "".join(f"{name}.txt,{outlet}\n" for name, outlet in named.items())
    (folder / "reports.csv").write_text(f"file,outlet\n{rows}", encoding="utf-8")


def counts_out(received: Received) -> bool:
    """True when every file is in exactly one report or set aside."""
    placed = [report.info.file for report in received.reports] + [aside.file for aside in received.set_aside]
    return sorted(placed) == sorted(received.files) and len(set(placed)) == len(placed)


def test_a_further_delivery_stands_behind_what_is_there(tmp_path: Path) -> None:
    first = receive([put(tmp_path / "1", birch=BIRCH)])
    made = deliver([put(tmp_path / "2", ash=ASH)], first)
    assert [report.info.file for report in made.received.reports] == ["birch.txt", "ash.txt"]
    assert made.received.reports[0] is first.reports[0]
    assert made.received.originals[0] is first.originals[0]
    assert made.new == (made.received.reports[1].id,)
    assert made.received.files == ("birch.txt", "ash.txt")


def test_the_same_files_again_are_there_already_and_kept_once(tmp_path: Path) -> None:
    folder = put(tmp_path / "1", ash=ASH, birch=BIRCH, empty="")
    first = receive([folder])
    made = deliver([folder], first)
    assert made.received == first
    assert (made.new, made.already) == ((), ("ash.txt", "birch.txt", "empty.txt"))


def test_a_name_that_is_used_for_other_bytes_becomes_a_new_name(tmp_path: Path) -> None:
    first = receive([put(tmp_path / "1", ash=ASH)])
    later = put(tmp_path / "2", **{"ash": CEDAR, "ash (2)": BIRCH})
    made = deliver([later], first)
    assert {report.info.file: report.text for report in made.received.reports} == {
        "ash.txt": ASH,
        "ash (2).txt": BIRCH,
        "ash (3).txt": CEDAR,
    }
    assert any("“ash.txt” is called “ash (3).txt”" in note for note in made.received.notes)
    assert counts_out(made.received)
    again = deliver([later], made.received)
    assert again.received == made.received
    assert again.already == ("ash (2).txt", "ash.txt")


def test_the_same_bytes_under_another_name_are_a_duplicate_of_the_report_there(tmp_path: Path) -> None:
    first = receive([put(tmp_path / "1", ash=ASH)])
    made = deliver([put(tmp_path / "2", copy=ASH)], first)
    (report,) = made.received.reports
    assert report.info.files == ("ash.txt", "copy.txt")
    (aside,) = made.received.set_aside
    assert (aside.kind, aside.duplicate_of, made.new) == (SetAsideKind.DUPLICATE, report.id, ())
    assert counts_out(made.received)


def test_the_same_words_in_other_bytes_are_a_duplicate_of_the_report_there(tmp_path: Path) -> None:
    first = receive([put(tmp_path / "1", ash=ASH)])
    made = deliver([put(tmp_path / "2", spaced=ASH.replace("\n\n", "\n\n\n"))], first)
    (report,) = made.received.reports
    assert report.info.files == ("ash.txt",)
    assert [aside.duplicate_of for aside in made.received.set_aside] == [report.id]
    # A copy of that copy is found by its bytes alone.
    further = deliver([put(tmp_path / "3", more=ASH.replace("\n\n", "\n\n\n"))], made.received)
    assert [aside.duplicate_of for aside in further.received.set_aside] == [report.id, report.id]


def test_the_same_bytes_of_another_outlet_are_a_report_of_their_own(tmp_path: Path) -> None:
    one, two = put(tmp_path / "1", ash=ASH), put(tmp_path / "2", birch=ASH)
    outlets(one, ash="The Ash Post")
    outlets(two, birch="The Birch Herald")
    first = receive([one])
    made = deliver([two], first)
    assert len({report.id for report in made.received.reports}) == len(made.received.reports) == 2
    assert len(made.received.originals) == 1


def test_a_report_without_an_outlet_stands_for_the_first_that_comes_with_its_words(tmp_path: Path) -> None:
    first = receive([put(tmp_path / "1", ash=ASH)])
    later = put(tmp_path / "2", birch=ASH, cedar=ASH)
    outlets(later, birch="The Birch Herald", cedar="The Cedar Mail")
    made = deliver([later], first)
    assert [report.info.file for report in made.received.reports] == ["ash.txt", "cedar.txt"]
    assert any("“The Birch Herald” as the outlet of birch.txt; that was not used" in each for each in made.not_used)


def test_what_reports_csv_says_of_a_report_that_is_there_is_told_as_not_used(tmp_path: Path) -> None:
    folder = put(tmp_path / "1", ash=ASH)
    first = receive([folder])
    outlets(folder, ash="The Ash Post")
    made = deliver([folder], first)
    assert made.received == first
    (told,) = made.not_used
    assert told.startswith("reports.csv gives “The Ash Post” as the outlet of ash.txt; that was not used")


def test_a_damaged_file_is_set_aside_beside_a_new_report(tmp_path: Path) -> None:
    first = receive([put(tmp_path / "1", ash=ASH)])
    later = put(tmp_path / "2", birch=BIRCH)
    (later / "broken.txt").write_bytes(b"\x00\x01\x02" * 50)
    made = deliver([later], first)
    assert [aside.kind for aside in made.received.set_aside] == [SetAsideKind.BINARY]
    assert counts_out(made.received)


def test_a_delivery_in_which_nothing_can_be_read_is_refused(tmp_path: Path) -> None:
    first = receive([put(tmp_path / "1", ash=ASH)])
    with pytest.raises(NothingToRead, match=r"nil\.txt: The file is empty"):
        deliver([put(tmp_path / "2", nil="")], first)


WORDS = st.sampled_from([ASH, BIRCH, CEDAR, ASH.replace("\n\n", "\n\n\n"), BIRCH.upper()])
OUTLETS = st.sampled_from(["The Ash Post", "The Birch Herald"])


@settings(max_examples=30, deadline=None)
@given(pile=st.lists(st.tuples(WORDS, OUTLETS), min_size=1, max_size=6), cut=st.integers(0, 6))
def test_one_by_one_holds_the_same_reports_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, pile: list[tuple[str, str]], cut: int
) -> None:
    names = [f"r{number}" for number in range(len(pile))]
    whole = tmp_path_factory.mktemp("whole")
    put(whole, **{name: text for name, (text, _) in zip(names, pile, strict=True)})
    outlets(whole, **{name: outlet for name, (_, outlet) in zip(names, pile, strict=True)})
    at_once = receive([whole])
    files = [whole / f"{name}.txt" for name in names]
    first = files[: max(1, cut)]
    grown = receive(first)
    for file in files[len(first) :]:
        grown = deliver([file], grown).received
    assert counts_out(grown)

    def held(received: Received) -> tuple[object, ...]:
        reports = sorted((report.id, report.info.files, report.text) for report in received.reports)
        asides = sorted((aside.file, aside.duplicate_of or "") for aside in received.set_aside)
        return reports, asides, sorted(received.files), {original.sha256 for original in received.originals}

    assert held(grown) == held(at_once)
