"""A case that grows report by report: nothing is read twice, nothing is lost, and it comes to what it is at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from growing_reports import NOW, TEXTS, deliver_to, grown_by, renamed, told, traced

from headwater import casefile
from headwater.casefile.lock import sole_writer
from headwater.errors import CannotWrite, HeadwaterError, InternalError, NothingToRead, PathMissing
from headwater.model import Case, Maker, Reading, Report, SetAsideKind
from headwater.pipeline import growing, readers
from headwater.pipeline.checks import check_case
from headwater.pipeline.differences import DifferenceKind, sentences
from headwater.pipeline.growing import grow
from headwater.pipeline.outcomes import Step
from headwater.pipeline.readers import joined_maker
from headwater.pipeline.run import trace_reports
from headwater.reading import UNREAD, reader_for


class Counting:
    """A reader that notes which reports it was given."""

    maker = Maker("counting", "1")

    def __init__(self) -> None:
        self.read_files: list[str] = []

    def read(self, report: Report) -> Reading:
        """Read as the English rules do."""
        self.read_files.append(report.info.file)
        return reader_for("en").read(report)


def test_a_second_witness_turns_one_origin_into_two(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash")
    grown = grown_by(path, deliver_to(tmp_path / "new", "birch"))
    lines = sentences(grown.differences)
    assert lines[0].startswith("Origins of “At least 12 boats were seized in Sellmouth”: 1 → 2 (new: ")
    assert [each.file for each in grown.added] == ["birch.txt"]
    assert grown.complete
    assert casefile.read_case(path) == grown.case
    assert casefile.verify(path).sound


@pytest.mark.parametrize("order", list(permutations(["ash", "birch", "cedar", "dogwood"]))[::5])
def test_one_by_one_comes_to_the_same_as_all_at_once(tmp_path: Path, order: tuple[str, ...]) -> None:
    path = traced(tmp_path, order[0])
    for name in order[1:]:
        grown_by(path, deliver_to(tmp_path / f"new-{name}", name))
    grown, at_once = casefile.read_case(path), trace_reports([deliver_to(tmp_path / "all")]).case
    assert [report.info.file for report in grown.received.reports] == [f"{name}.txt" for name in order]
    assert {report.id for report in grown.received.reports} == {report.id for report in at_once.received.reports}
    assert told(grown) == told(at_once)
    check_case(grown)


def test_in_the_order_of_their_files_it_is_the_same_case_record_for_record(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash")
    for name in ("birch", "cedar", "dogwood"):
        grown = grown_by(path, deliver_to(tmp_path / f"new-{name}", name))
    assert grown.case == trace_reports([deliver_to(tmp_path / "all")]).case


def test_what_people_decided_stays_and_holds_of_what_comes_later(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash", "cedar")
    claim = renamed(path, "At least 12 boats were seized", "The twelve boats")
    people = casefile.read_people(path)
    grown = grown_by(path, deliver_to(tmp_path / "new", "birch"))
    now = next(each for each in grown.case.weighed.claims if each.id == claim.id)
    assert (now.text, now.origin_range) == ("The twelve boats", "2")
    assert set(claim.statements) < set(now.statements)
    assert casefile.read_people(path) == people
    assert casefile.behind(path) == 0
    assert sentences(grown.differences)[0].startswith("Origins of “The twelve boats”: 1 → 2")


def test_the_same_deliveries_in_the_same_order_give_the_same_digest(tmp_path: Path) -> None:
    digests = set()
    for number in range(2):
        place = tmp_path / str(number)
        path = traced(place, "birch")
        grown = grown_by(path, deliver_to(place / "new", "ash", "cedar"))
        assert grown.written is not None
        digests.add(grown.written.case_digest)
    assert len(digests) == 1


def test_only_new_reports_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = traced(tmp_path, "ash", "cedar")
    before = casefile.read_case(path)
    counting = Counting()
    monkeypatch.setattr(readers, "reader_for", lambda *_: counting)
    everything = deliver_to(tmp_path / "reports")
    grown = grown_by(path, everything)
    assert sorted(counting.read_files) == ["birch.txt", "dogwood.txt"]
    assert grown.already == ("ash.txt", "cedar.txt")
    assert grown.case.before_tracing()[:2] == before.before_tracing()
    assert grown.case.makers.reading == joined_maker([before.makers.reading, counting.maker])


def test_ids_of_what_is_there_stay(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash", "cedar")
    before = casefile.read_case(path)
    after = grown_by(path, deliver_to(tmp_path / "new", "birch", "dogwood")).case
    for kind in ("sources", "utterances", "origins"):
        assert {each.id for each in getattr(before.traced, kind)} <= {each.id for each in getattr(after.traced, kind)}
    assert {each.id for each in before.weighed.claims} <= {each.id for each in after.weighed.claims}


def test_the_same_again_is_there_already_and_writes_nothing(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash", "birch")
    before = path.read_bytes()
    grown = grown_by(path, tmp_path / "reports")
    assert (grown.added, grown.already, grown.written) == ((), ("ash.txt", "birch.txt"), None)
    assert grown.differences == ()
    assert path.read_bytes() == before


def test_every_file_is_a_report_or_set_aside(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash")
    new = deliver_to(tmp_path / "new", "birch")
    (new / "ash.txt").write_text("Another story\n\nNothing happened in Tarn.\n", encoding="utf-8")
    (new / "copy.txt").write_text(TEXTS["ash.txt"], encoding="utf-8")
    (new / "broken.txt").write_bytes(b"\x00\x01" * 99)
    (new / "nil.txt").touch()
    grown = grown_by(path, new)
    received = grown.case.received
    assert [each.file for each in grown.added] == ["ash (2).txt", "birch.txt"]
    assert {each.file: each.kind for each in grown.set_aside} == {
        "broken.txt": SetAsideKind.BINARY,
        "copy.txt": SetAsideKind.DUPLICATE,
        "nil.txt": SetAsideKind.EMPTY,
    }
    assert not grown.complete
    assert len(received.files) == len(received.reports) + len(received.set_aside) == 6
    assert casefile.verify(path).sound
    assert grown_by(path, new).written is None, "all of it is there already"


def test_the_case_and_its_dossier_are_passed_over_without_a_word(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash")
    deliver_to(tmp_path, "birch")
    grown = grown_by(path, tmp_path)
    assert [each.file for each in grown.added] == ["birch.txt"]
    assert "Headwater wrote it" not in " ".join(grown.case.received.notes)


def test_who_reads_the_case_finds_the_old_one_until_all_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = traced(tmp_path, "ash")
    before = path.read_bytes()

    def broken(*_: object, **__: object) -> Case:
        raise ValueError("stop here")

    with monkeypatch.context() as patched:
        patched.setattr(casefile, "write_case", broken)
        with pytest.raises(InternalError):
            grown_by(path, deliver_to(tmp_path / "new", "birch"))
    assert path.read_bytes() == before
    assert grown_by(path, tmp_path / "new").written is not None


def test_nothing_can_be_decided_between_reading_and_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = traced(tmp_path, "ash")
    held: list[bool] = []
    take = readers.read_all

    def watched(reports: Sequence[Report], **how: object) -> readers.Read:
        held.append((tmp_path / ".case.headwater.lock").exists())
        return take(reports, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(growing, "read_all", watched)
    grown_by(path, deliver_to(tmp_path / "new", "birch"))
    assert held == [True]
    assert not (tmp_path / ".case.headwater.lock").exists()
    with sole_writer(path):
        pass


def test_every_step_tells_its_progress(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash")
    grown = grown_by(path, deliver_to(tmp_path / "new", "birch"))
    assert [each.step for each in grown.outcomes] == [
        Step.INTAKE,
        Step.READING,
        Step.TRACING,
        Step.WEIGHING,
        Step.WRITING,
    ]


def test_a_report_on_which_the_reader_fails_is_kept_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = traced(tmp_path, "ash")

    class Failing(Counting):
        def read(self, report: Report) -> Reading:
            raise ValueError(report.id)

    monkeypatch.setattr(readers, "reader_for", lambda *_: Failing())
    grown = grown_by(path, deliver_to(tmp_path / "new", "birch"))
    assert [each.file for each in grown.troubles] == ["birch.txt"]
    assert not grown.complete
    assert len(grown.case.received.reports) == 2


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda place: (place / "none.headwater", [place]), PathMissing),
        (lambda place: (traced(place, "ash"), [place / "nowhere"]), PathMissing),
        (lambda place: (traced(place, "ash"), [(place / "reports" / "reports.csv")]), NothingToRead),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, make: object, error: type[HeadwaterError]) -> None:
    path, reports = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(error):
        grow(path, reports, now=NOW, agent="a test")


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = traced(tmp_path, "ash")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CannotWrite, match="its folder cannot be written to"):
        grown_by(path, deliver_to(tmp_path / "new", "birch"))


def test_readers_that_read_a_case_in_turn_are_each_named_once() -> None:
    rules, other = Maker("rules", "3"), Maker("other", "1")
    both = joined_maker([rules, other])
    assert both == Maker("other + rules", "1 + 3")
    assert joined_maker([both, rules]) == both
    assert joined_maker([both, Maker("rules", "4")]) == Maker("other + rules + rules", "1 + 3 + 4")
    assert joined_maker([UNREAD.maker]) is None
    odd = Maker("a + b", "1")
    assert joined_maker([odd]) == odd


def test_new_claims_are_told_as_new(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash")
    grown = grown_by(path, deliver_to(tmp_path / "new", "birch"))
    new = [each.sentence for each in grown.differences if each.kind is DifferenceKind.NEW and not each.beside]
    assert new == ["New: “No boat has left Sellmouth” (1 origin, in The Birch Herald)."]
