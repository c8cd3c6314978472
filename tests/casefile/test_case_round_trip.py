from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_case import make_case

from headwater.casefile import CaseWritten, case_digest, custody, read_case, verify, write_case
from headwater.casefile.kinds import record_digest
from headwater.errors import InternalError
from headwater.model import Case, Link, Place, Span, Verdict, sha256_text

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
_ODD = st.text("\0\ud800é\r\n\u2028😀\ufeffא'\";", max_size=12)


def _write(path: Path, case: Case, now: datetime = NOON) -> CaseWritten:
    return write_case(path, case, now=now, agent="Ada", action="traced 3 reports")


@settings(max_examples=40, deadline=None)
@given(reports=st.integers(2, 4), statements=st.integers(1, 3), variation=_ODD)
def test_what_was_written_is_read_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, reports: int, statements: int, variation: str
) -> None:
    path = tmp_path_factory.mktemp("case") / "osk.headwater"
    case = make_case(reports=reports, statements=statements, variation=variation)
    written = _write(path, case)
    back = read_case(path)
    assert back == case
    assert [original.data for original in back.received.originals] == [one.data for one in case.received.originals]
    assert case_digest(back) == written.case_digest == case_digest(case)


def test_a_whole_case_passes_every_check_that_can_be_made(tmp_path: Path) -> None:
    written = _write(tmp_path / "osk.headwater", make_case())
    found = verify(tmp_path / "osk.headwater")
    assert found.sound
    assert {check.name for check in found.having(Verdict.NOT_CHECKED)} == {
        "other texts from originals",
        "log proven from outside",
    }
    assert (found.head, found.case_digest, found.events) == (written.head, written.case_digest, 1)
    assert verify(tmp_path / "osk.headwater", checkpoints=[written.head]).having(Verdict.NOT_CHECKED)[0].name == (
        "other texts from originals"
    )


def test_two_files_of_the_same_case_are_the_same_bytes(tmp_path: Path) -> None:
    _write(tmp_path / "a.headwater", make_case())
    _write(tmp_path / "b.headwater", make_case())
    assert (tmp_path / "a.headwater").read_bytes() == (tmp_path / "b.headwater").read_bytes()


def test_the_digest_does_not_depend_on_hash_seed_or_locale() -> None:
    code = (
        "from make_case import make_case; from headwater.casefile import case_digest; print(case_digest(make_case()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, locale in (("1", "C"), ("2", "C.UTF-8"))
    }
    assert found == {case_digest(make_case())}


def test_the_digest_of_a_record_binds_kind_place_and_maker() -> None:
    known = hashlib.sha256(b'statement\n4\nenglish rules 0.1.0\n{"id":"s"}').hexdigest()
    assert record_digest("statement", 4, b"english rules 0.1.0", b'{"id":"s"}') == known
    others = {
        record_digest("figure", 4, b"english rules 0.1.0", b'{"id":"s"}'),
        record_digest("statement", 5, b"english rules 0.1.0", b'{"id":"s"}'),
        record_digest("statement", 4, b"english rules 0.2.0", b'{"id":"s"}'),
        record_digest("statement", 4, b"english rules 0.1.0", b'{"id":"t"}'),
    }
    assert len(others | {known}) == 5


def test_any_change_of_a_record_or_of_their_order_changes_the_digest() -> None:
    case = make_case()
    claims = case.weighed.claims
    readings = (replace(case.readings[0], notes=("read by hand",)), *case.readings[1:])
    changed = [
        replace(case, weighed=replace(case.weighed, claims=claims[::-1])),
        replace(case, weighed=replace(case.weighed, claims=(replace(claims[0], origins_high=2), claims[1]))),
        replace(case, readings=readings),
        replace(case, makers=replace(case.makers, tracing=replace(case.makers.tracing, version="0.2.0"))),
        replace(case, received=replace(case.received, notes=())),
    ]
    assert len({case_digest(one) for one in (case, *changed)}) == 6


def test_writing_again_continues_the_log_and_says_that_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    first = _write(path, make_case())
    second = _write(path, make_case(), NOON + timedelta(hours=1))
    third = _write(path, make_case(reports=4), datetime(2031, 5, 4, 11, 30, tzinfo=timezone(timedelta(hours=2))))
    assert (first.unchanged, second.unchanged, third.unchanged) == (False, True, False)
    assert first.case_digest == second.case_digest != third.case_digest
    events = custody(path)
    assert [event.sequence for event in events] == [1, 2, 3]
    assert [event.outcome for event in events] == ["a new case", "the same records as before", "records replaced"]
    assert [event.time for event in events] == ["2031-05-04T12:00:00Z", "2031-05-04T13:00:00Z", "2031-05-04T09:30:00Z"]
    assert [event.clock_set_back for event in events] == [False, False, True]
    assert [event.previous for event in events] == ["0" * 64, first.head, second.head]
    assert events[-1].digest == third.head
    assert verify(path).sound
    assert "event 3 the clock" in next(check.sentence for check in verify(path).checks if check.name == "custody log")


def test_an_event_names_every_original_and_every_table_and_nobody(tmp_path: Path) -> None:
    case = make_case()
    written = _write(tmp_path / "osk.headwater", case)
    (event,) = custody(tmp_path / "osk.headwater")
    assert {one.sha256 for one in event.inputs} == {original.sha256 for original in case.received.originals}
    assert {one.name: one.count for one in event.outputs[1:]} == written.records
    assert (event.agent, event.action) == ("Ada", "traced 3 reports")
    # The log cannot be changed when a report is withdrawn: it must not name what could tell of a person.
    for file in case.received.files:
        assert file not in event.record.decode()


def test_a_case_that_contradicts_itself_is_not_written(tmp_path: Path) -> None:
    case = make_case()
    report = case.received.reports[0]
    beyond = Place(report.id, Span(0, len(report.text) + 1))
    link: Link = replace(case.traced.links[0], later=beyond)
    nowhere = replace(case.traced.links[0], later=Place("report-none", Span(0, 1)))
    wrong_bytes = replace(case.received.originals[0], data=b"other")
    swapped = (replace(case.readings[0], statements=case.readings[1].statements), *case.readings[1:])
    broken = {
        "does not fit": replace(case, traced=replace(case.traced, links=(link,))),
        "report-none": replace(case, traced=replace(case.traced, links=(nowhere,))),
        "do not have this digest": replace(case, received=replace(case.received, originals=(wrong_bytes,))),
        "stands under report": replace(case, readings=swapped),
        "read twice": replace(case, readings=(*case.readings, case.readings[0])),
        "does not have its digest": replace(
            case, received=replace(case.received, reports=(replace(report, text=report.text + "!"),))
        ),
    }
    for why, one in broken.items():
        with pytest.raises(InternalError, match=why):
            _write(tmp_path / "osk.headwater", one)
        assert list(tmp_path.iterdir()) == []


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        _write(tmp_path / "osk.headwater", make_case(), datetime(2031, 5, 4))  # noqa: DTZ001


def test_text_with_lone_surrogates_keeps_its_digest(tmp_path: Path) -> None:
    case = make_case(variation=" \ud800\0")
    _write(tmp_path / "osk.headwater", case)
    text = read_case(tmp_path / "osk.headwater").received.reports[0].text
    assert "\ud800\0" in text
    assert sha256_text(text) == case.received.reports[0].info.text_sha256
