"""A whole run on invented reports: the same twice, complete or not at all, and no report lost to another's defect."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from headwater import casefile, weighing
from headwater.errors import CannotWrite, InternalError, NotACase, NothingToRead, Stopped, WouldOverwrite
from headwater.model import Case, Maker, Reading, Report, ReportInfo, Span, Traced, Weighed
from headwater.pipeline import readers, run
from headwater.pipeline.outcomes import Ending, Step, Trouble
from headwater.pipeline.run import Run, Targets, trace_and_write, trace_reports
from headwater.reading import reader_for

NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
REPORTS = {
    "one.txt": (
        "Boats taken at Sellmouth\n\n“They took the boats at dawn and left us the nets,” Oda Renn, a fisherman, told "
        "Radio Vellmar.\n\nAt least 12 boats were seized in Sellmouth, residents said.\n"
    ),
    "two.txt": (
        "Harbour emptied\n\n“They took the boats at dawn,” Oda Renn told Radio Vellmar.\n\nThe ministry denied it. "
        "“No boat has left Sellmouth,” said Karl Imber, a spokesman.\n"
    ),
    "three.txt": "Quiet week\n\nThe council of Sellmouth met and went home.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of reports."""
    place = tmp_path / "reports"
    place.mkdir()
    for name, text in REPORTS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def targets(tmp_path: Path) -> Targets:
    """Where the runs write."""
    return Targets(tmp_path / "case.headwater", tmp_path / "dossier", "Boats")


def go(folder: Path, targets: Targets) -> Run:
    """Trace and write at a fixed time."""
    return trace_and_write([folder], targets, now=NOW, agent="a test")


def pages(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Failing:
    """A reader that does something else on the report that starts with the given words."""

    maker = Maker("failing", "1")

    def __init__(self, start: str, act: Callable[[Report], Reading]) -> None:
        self._start, self._act = start, act

    def read(self, report: Report) -> Reading:
        """Act on the one report, read the others."""
        return self._act(report) if report.text.startswith(self._start) else reader_for("en").read(report)


def read_with(monkeypatch: pytest.MonkeyPatch, act: Callable[[Report], Reading], start: str = "Harbour") -> None:
    """Let the pipeline read with a Failing reader."""
    monkeypatch.setattr(readers, "reader_for", lambda *_: Failing(start, act))


def test_a_run_ends_with_a_case_a_dossier_and_an_outcome_for_every_step(folder: Path, targets: Targets) -> None:
    made = go(folder, targets)
    assert [each.step for each in made.outcomes] == [step for step in Step if step not in {Step.ADDING, Step.COMPARING}]
    assert {each.ending for each in made.outcomes} == {Ending.DONE}
    assert casefile.read_case(targets.case) == made.case
    assert casefile.verify(targets.case).sound
    assert (targets.dossier / run.FIRST_PAGE).is_file()
    assert made.complete
    assert made.written is not None
    assert made.written.case_digest == casefile.case_digest(made.case)


def test_the_same_reports_give_the_same_case_and_the_same_dossier(folder: Path, targets: Targets) -> None:
    first = go(folder, targets)
    before = pages(targets.dossier)
    second = go(folder, targets)
    assert first.case == second.case
    assert second.written is not None
    assert second.written.unchanged
    assert pages(targets.dossier) == before
    assert len(casefile.custody(targets.case)) == 2


def test_any_number_of_processes_reads_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_BATCH", 1)
    alone = trace_reports([folder], workers=1)
    together = trace_reports([folder], workers=3)
    assert alone.case == together.case


@pytest.mark.parametrize(("reports", "several"), [(5, False), (readers.MANY, False), (readers.MANY + 1, True)])
def test_only_many_reports_are_worth_several_processes(
    monkeypatch: pytest.MonkeyPatch, reports: int, *, several: bool
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert (readers.sensible_workers(reports) > 1) is several


def test_a_defect_on_one_report_does_not_lose_the_others(
    folder: Path, targets: Targets, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Report) -> Reading:
        raise RecursionError("words of the report")

    read_with(monkeypatch, fail)
    made = go(folder, targets)
    files = {report.id: report.info.file for report in made.case.received.reports}
    notes = {files[reading.report]: reading.notes for reading in made.case.readings}
    assert len(made.case.readings) == len(made.case.received.reports) == len(REPORTS)
    assert [each.file for each in made.troubles] == ["two.txt"]
    assert "RecursionError" in made.troubles[0].trace
    assert "RecursionError" in notes["two.txt"][0]
    assert "words of the report" not in notes["two.txt"][0]
    assert any(reading.statements for reading in made.case.readings)
    assert not made.complete
    assert [each.ending for each in made.outcomes if each.step is Step.READING] == [Ending.PARTLY]
    assert casefile.read_case(targets.case) == made.case


@pytest.mark.parametrize("reading", [Reading("another report"), None])
def test_a_reading_that_does_not_fit_its_report_is_a_defect(
    folder: Path, monkeypatch: pytest.MonkeyPatch, reading: Reading | None
) -> None:
    def misplace(report: Report) -> Reading:
        if reading is not None:
            return reading
        good = reader_for("en").read(report)
        object.__setattr__(good.statements[0], "content", (Span(0, len(report.text) + 1),))
        return good

    read_with(monkeypatch, misplace)
    made = trace_reports([folder], workers=1)
    assert [each.file for each in made.troubles] == ["two.txt"]
    assert ("another report" if reading else "does not fit") in made.troubles[0].what


def stop(*_: object, **__: object) -> Reading:
    """Do what Ctrl-C does."""
    raise KeyboardInterrupt


@pytest.mark.skipif(sys.platform == "win32", reason="no signal masks there")
def test_ctrl_c_never_stops_the_start_of_a_process_halfway() -> None:
    start, reached = threading.Event(), []

    def interrupted_thread() -> None:
        start.wait(timeout=30)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    drawing = threading.Thread(target=interrupted_thread)  # it exists before, as the one that draws the progress does
    drawing.start()

    def start_processes() -> None:
        with readers._interrupts_held():
            start.set()
            drawing.join()
            reached.append("the end of the start")

    with pytest.raises(KeyboardInterrupt):
        start_processes()
    assert reached
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_stop_while_reading_leaves_nothing(folder: Path, targets: Targets, monkeypatch: pytest.MonkeyPatch) -> None:
    read_with(monkeypatch, stop)
    with pytest.raises(Stopped) as told:
        go(folder, targets)
    assert told.value.exit_code == 130
    assert "Nothing was written" in told.value.safe
    assert [path.name for path in folder.parent.iterdir()] == ["reports"]


def test_a_dossier_that_cannot_be_written_does_not_hide_that_the_case_is(
    folder: Path, targets: Targets, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotWrite("The disk is full.", next_step="Free some space.")

    monkeypatch.setattr(run, "write_folder", full)
    with pytest.raises(CannotWrite) as told:
        go(folder, targets)
    assert told.value.safe == f"The case {targets.case} is written and whole; only its dossier is missing."
    assert casefile.verify(targets.case).sound


def test_a_stop_while_writing_the_dossier_leaves_a_whole_case(
    folder: Path, targets: Targets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "write_folder", stop)
    with pytest.raises(Stopped):
        go(folder, targets)
    assert casefile.verify(targets.case).sound
    assert not targets.dossier.exists()


@pytest.mark.parametrize("room", ["tracing", "weighing", "dossier"])
def test_a_defect_in_a_later_room_writes_nothing(
    folder: Path, targets: Targets, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    function = {"tracing": "trace", "weighing": "weigh", "dossier": "render"}[room]
    monkeypatch.setattr(f"headwater.{room}.{function}", fail)
    with pytest.raises(InternalError, match=f"the step {room} failed with ZeroDivisionError"):
        go(folder, targets)
    assert [path.name for path in folder.parent.iterdir()] == ["reports"]


def test_a_case_of_other_reports_is_not_replaced_unless_asked(folder: Path, targets: Targets) -> None:
    go(folder, targets)
    before = targets.case.read_bytes()
    (folder / "one.txt").unlink()
    with pytest.raises(WouldOverwrite, match="1 of its 3 originals"):
        go(folder, targets)
    assert targets.case.read_bytes() == before
    made = go(folder, Targets(targets.case, targets.dossier, "Boats", replace=True))
    assert len(made.case.received.reports) == 2


def test_a_case_grows_with_its_folder(folder: Path, targets: Targets) -> None:
    go(folder, targets)
    (folder / "four.txt").write_text("Later\n\nNobody came back, Oda Renn said.\n", encoding="utf-8")
    assert len(go(folder, targets).case.received.reports) == 4


@pytest.mark.parametrize("replace", [False, True])
def test_a_file_that_is_no_case_is_never_replaced(folder: Path, targets: Targets, *, replace: bool) -> None:
    targets.case.write_bytes(b"my novel")
    with pytest.raises((WouldOverwrite, NotACase)):
        go(folder, Targets(targets.case, targets.dossier, "Boats", replace=replace))
    assert targets.case.read_bytes() == b"my novel"
    assert not targets.dossier.exists()


def test_a_foreign_dossier_folder_stops_the_run_before_anything_is_written(folder: Path, targets: Targets) -> None:
    targets.dossier.mkdir()
    (targets.dossier / "diary.txt").write_bytes(b"x")
    with pytest.raises(WouldOverwrite):
        go(folder, targets)
    assert not targets.case.exists()


def test_a_folder_that_holds_case_and_dossier_is_traced_twice_to_the_same(folder: Path) -> None:
    inside = Targets(folder / "case.headwater", folder / "dossier", "Boats")
    first = go(folder, inside)
    printed = pages(inside.dossier)
    again = go(folder, inside)
    assert again.case == first.case
    assert pages(inside.dossier) == printed
    assert again.case.received.notes == ()


def test_cases_and_dossiers_of_other_runs_are_passed_over_with_a_note(folder: Path, targets: Targets) -> None:
    before = go(folder, Targets(folder / "old.headwater", folder / "printed" / "old", "Boats")).case
    (folder / "printed" / "old" / "remark.txt").write_text("Read by nobody.", encoding="utf-8")
    case = go(folder, targets).case
    assert case.received.reports == before.received.reports
    assert case.received.files == before.received.files
    assert case.received.notes == ("Not read, because Headwater wrote it: 2 (old.headwater, printed/old).",)


def test_a_dossier_given_as_reports_is_refused_with_its_reason(folder: Path, targets: Targets) -> None:
    go(folder, targets)
    for given in (targets.dossier, targets.case):
        with pytest.raises(NothingToRead, match="Headwater wrote "):
            trace_reports([given])
        with pytest.raises(NothingToRead, match="Headwater wrote "):
            go(given, targets)


def test_a_trouble_hides_its_trace_from_whoever_prints_it() -> None:
    assert "stack" not in repr(Trouble("a.txt", "It failed.", "the whole stack"))


def test_a_run_in_memory_is_the_run_that_is_written(folder: Path, targets: Targets) -> None:
    case: Case = trace_reports([folder]).case
    assert case == go(folder, targets).case


@pytest.mark.parametrize("ends_well", [True, False])
def test_tracing_searches_for_no_circular_garbage_and_leaves_the_search_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, ends_well: bool
) -> None:
    seen: list[bool] = []
    real = weighing.weigh

    def weigh(infos: Sequence[ReportInfo], readings: Sequence[Reading], traced: Traced, **rest: Any) -> Weighed:
        seen.append(gc.isenabled())
        if not ends_well:
            raise KeyboardInterrupt
        return real(infos, readings, traced, **rest)

    monkeypatch.setattr(weighing, "weigh", weigh)
    if ends_well:
        trace_reports([folder], workers=1)
    else:
        with pytest.raises(Stopped):
            trace_reports([folder], workers=1)
    assert seen == [False]
    assert gc.isenabled()
