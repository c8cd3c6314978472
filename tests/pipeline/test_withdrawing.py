"""Reports that leave a case: all that was theirs goes, everything else stays, and how far it reaches is said."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from growing_reports import NOW, TEXTS, deliver_to, grown_by, renamed, told, traced

from headwater import casefile
from headwater.errors import LastReport, ReportMissing, WithdrawnBefore
from headwater.intake import receive
from headwater.model import Received, Verb
from headwater.pipeline.again import made_again
from headwater.pipeline.deciding import Asked, Sitting
from headwater.pipeline.differences import DifferenceKind
from headwater.pipeline.growing import grow
from headwater.pipeline.outcomes import Silent, StepRunner
from headwater.pipeline.run import Targets, trace_and_write, trace_reports
from headwater.pipeline.withdrawing import Withdrawn, find_reports, withdraw, without


def gone_from(path: Path, *named: str) -> Withdrawn:
    """Withdraw reports at a fixed time."""
    return withdraw(path, named, why="consent withdrawn", now=NOW, agent="a test")


@pytest.fixture
def received(tmp_path: Path) -> Received:
    """All reports, one of them three times: byte for byte, and in other bytes."""
    folder = deliver_to(tmp_path / "pile")
    (folder / "ash-copy.txt").write_text(TEXTS["ash.txt"], encoding="utf-8")
    (folder / "ash-spaced.txt").write_text(TEXTS["ash.txt"].replace("\n\n", "\n\n\n"), encoding="utf-8")
    (folder / "nil.txt").write_text("\n", encoding="utf-8")
    return receive([folder])


def test_without_a_report_the_case_is_what_it_would_be_had_it_never_come(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash", "birch", "dogwood")
    done = gone_from(path, "birch.txt")
    never = trace_reports([deliver_to(tmp_path / "never", "ash", "dogwood")]).case
    assert told(done.case) == told(never)
    assert done.case.received == never.received
    assert casefile.read_case(path) == done.case
    assert casefile.verify(path).sound
    assert b"Tam Brask" not in path.read_bytes()


def test_withdrawn_it_comes_back_only_when_somebody_says_so_and_is_there_as_before(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash", "birch")
    before = casefile.read_case(path)
    gone_from(path, "birch.txt")
    state = path.read_bytes()
    with pytest.raises(WithdrawnBefore, match=r"birch\.txt \(on 2031-05-04: withdrew 1 report: consent withdrawn\)"):
        grown_by(path, tmp_path / "reports")
    targets = Targets(path, tmp_path / "dossier", "x", replace=True)
    with pytest.raises(WithdrawnBefore):
        trace_and_write([tmp_path / "reports"], targets, now=NOW, agent="a test")
    assert path.read_bytes() == state
    grown = grow(path, [tmp_path / "reports"], now=NOW, agent="a test", again=True)
    assert [each.file for each in grown.added] == ["birch.txt"]
    assert grown.case == before
    trace_and_write([tmp_path / "reports"], targets, now=NOW, agent="a test")  # it is in the case now
    assert casefile.read_case(path) == before


def test_a_decision_about_it_stays_on_record_without_its_words_and_holds_no_more(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash", "birch")
    renamed(path, "At least 12 boats were seized", "The twelve boats of Tam Brask")
    grown_by(path, deliver_to(tmp_path / "new", "cedar"))
    done = gone_from(path, "birch.txt")
    people = casefile.read_people(path)
    assert [(each.withdrawn, each.value, each.why) for each in people.decisions] == [(True, "", "")]
    assert people.shown == ()
    never = trace_reports([deliver_to(tmp_path / "never", "ash", "cedar")]).case
    assert told(done.case) == told(never)
    assert not [each for each in done.case.weighed.claims if "Tam Brask" in each.text]
    assert b"Tam Brask" not in path.read_bytes()
    # What is kept makes the same case again.
    again = made_again(
        done.case.received,
        done.case.before_tracing(),
        people.decisions,
        reading_maker=done.case.makers.reading,
        steps=StepRunner(Silent()),
    )
    assert again == done.case == casefile.read_case(path)


@pytest.mark.parametrize("named", ["ash.txt", "birch.txt"])
@pytest.mark.parametrize("kind", ["link-", "reuse-"])
def test_a_decision_about_what_two_reports_share_goes_with_either(tmp_path: Path, named: str, kind: str) -> None:
    path = traced(tmp_path, "ash", "birch", "cedar")
    sitting = Sitting(path, clock=lambda: NOW, agent="a person")
    ids = (*(each.id for each in sitting.case.traced.links), *(each.id for each in sitting.case.traced.reuse))
    shared = [each for each in ids if each.startswith(kind)]
    sitting.decide(Asked(Verb.REJECT, (shared[0],), why="the boats of Oda Renn"))
    gone_from(path, named)
    people = casefile.read_people(path)
    assert [(each.withdrawn, each.why) for each in people.decisions] == [(True, "")]
    assert people.shown == ()
    assert casefile.verify(path).sound


def test_a_ctrl_c_while_it_is_written_does_not_leave_it_half_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = traced(tmp_path, "ash", "birch")
    withdraw_there, write_there = casefile.withdraw, casefile.write_case

    def stopped(write: Callable[..., object]) -> Callable[..., object]:
        def writing(*given: object, **named: object) -> object:
            signal.raise_signal(signal.SIGINT)
            written = write(*given, **named)
            signal.raise_signal(signal.SIGINT)
            return written

        return writing

    monkeypatch.setattr(casefile, "withdraw", stopped(withdraw_there))
    monkeypatch.setattr(casefile, "write_case", stopped(write_there))
    assert len(gone_from(path, "birch.txt").case.received.reports) == 1
    assert len(casefile.read_case(path).received.reports) == 1
    assert [each.file for each in grown_by(path, deliver_to(tmp_path / "new", "cedar")).added] == ["cedar.txt"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_a_decision_about_another_report_holds_on(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash", "birch", "cedar")
    renamed(path, "No boat has left Sellmouth", "The denial")
    done = gone_from(path, "ash.txt")
    assert "The denial" in {each.text for each in done.case.weighed.claims}
    assert casefile.behind(path) == 0


def test_the_log_keeps_the_reason_and_the_digest_and_none_of_the_words(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash", "birch")
    sha256 = casefile.read_case(path).received.reports[1].info.sha256
    gone_from(path, "birch.txt")
    event = casefile.custody(path)[-1]
    assert "consent withdrawn" in event.action
    assert sha256 in {each.sha256 for each in event.outputs}


def test_what_is_different_is_told_with_the_reason(tmp_path: Path) -> None:
    done = gone_from(traced(tmp_path, "ash", "birch"), "birch")
    assert "No longer in the case: “No boat has left Sellmouth”; every report that carried it was withdrawn." in {
        each.sentence for each in done.differences if each.kind is DifferenceKind.GONE
    }
    assert done.files == ("birch.txt",)


def test_which_reports_still_carry_words_of_it_is_said(tmp_path: Path) -> None:
    done = gone_from(traced(tmp_path, "ash", "birch", "cedar"), "birch.txt")
    assert [each.file for each in done.still_in] == ["ash.txt"]


def test_the_last_report_stays(tmp_path: Path) -> None:
    path = traced(tmp_path, "ash", "birch")
    before = path.read_bytes()
    with pytest.raises(LastReport, match="a case without reports is no case"):
        gone_from(path, "ash.txt", "birch.txt")
    assert path.read_bytes() == before


def test_copies_go_with_a_report_and_their_bytes(received: Received) -> None:
    (ash,) = find_reports(received, ["ash.txt"])
    left = without(received, {ash.id})
    assert not [file for file in left.files if file.startswith("ash")]
    assert [each.file for each in left.set_aside] == ["nil.txt"]
    assert not [each for each in left.originals if b"Radio Vellmar" in each.data and b"dawn and left" in each.data]
    assert len(left.originals) == len(left.reports) == 3


def test_bytes_that_another_report_has_too_stay(received: Received) -> None:
    ash, birch = find_reports(received, ["ash.txt", "birch.txt"])
    twin = replace(birch, info=replace(birch.info, sha256=ash.info.sha256))
    shared = replace(received, reports=tuple(twin if each is birch else each for each in received.reports))
    assert ash.info.sha256 in {each.sha256 for each in without(shared, {ash.id}).originals}


def test_notes_about_it_go_and_others_stay(received: Received) -> None:
    notes = ("ash.txt: its encoding was guessed.", "ash.txt.bak: other.", "“x” is called “ash.txt” in the case, as it.")
    (ash,) = find_reports(received, ["ash.txt"])
    assert without(replace(received, notes=notes), {ash.id}).notes == ("ash.txt.bak: other.",)


def test_a_report_is_found_by_file_id_and_beginning(received: Received) -> None:
    (birch,) = find_reports(received, ["birch.txt"])
    for name in (birch.id, "birch", birch.id[:12]):
        assert find_reports(received, [name, "birch.txt"]) == (birch,)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("elm.txt", "is called “elm.txt”"),
        ("report-", "any of 4 reports"),
        ("", "could be any of"),
        ("nil.txt", "is called “nil.txt”"),
        ("ash-spaced.txt", "holds the same words as ash"),
    ],
)
def test_a_name_that_does_not_tell_which_report_is_refused(received: Received, name: str, why: str) -> None:
    with pytest.raises(ReportMissing, match=why):
        find_reports(received, [name])
