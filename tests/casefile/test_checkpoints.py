from __future__ import annotations

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_case import make_case
from make_log import entries_of, make_log

from headwater.casefile import custody, write_case
from headwater.casefile.checkpoints import (
    Checkpoint,
    append,
    beside,
    checkpoint_of,
    export_checkpoint,
    judge,
    line_of,
    parse,
    read_checkpoints,
    slip,
)
from headwater.casefile.custody import CustodyEvent
from headwater.errors import BadCheckpoint, CannotWrite
from headwater.model import Verdict

LOG = make_log(12)
KEPT = tuple(checkpoint_of(event) for event in LOG)
_DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
_CHECKPOINTS = st.builds(
    Checkpoint,
    st.integers(1, 10**9 - 1),
    st.datetimes().map(lambda time: f"{time:%Y}".rjust(4, "0") + f"{time:-%m-%dT%H:%M:%SZ}"),
    _DIGESTS,
    st.none() | _DIGESTS,
)


def _file(path: Path, *checkpoints: Checkpoint) -> Path:
    for one in checkpoints:
        append(path, one)
    return path


@given(st.lists(_CHECKPOINTS, max_size=4))
def test_what_is_written_comes_back(made: list[Checkpoint]) -> None:
    lines = "".join(f"{line_of(one)}\n" for one in made)
    assert parse(f"headwater checkpoints 1\n# a remark\n\n{lines}") == tuple(made)


def test_a_file_only_grows_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    before = b""
    for one in KEPT[:3]:
        assert append(path, one)
        now = path.read_bytes()
        assert now.startswith(before)
        before = now
    assert not append(path, KEPT[2])
    assert path.read_bytes() == before
    assert read_checkpoints(path) == KEPT[:3]
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_several_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    shares = [make_log(40)[at::4] for at in range(4)]

    def write(events: tuple[CustodyEvent, ...]) -> None:
        for event in events:
            append(path, checkpoint_of(event))

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, shares))
    kept = read_checkpoints(path)
    assert sorted(one.sequence for one in kept) == list(range(1, 41))
    assert judge(entries_of(make_log(40)), kept).verdict is Verdict.PASSED
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_without_links_gets_a_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", no_links)
    assert read_checkpoints(_file(tmp_path / "kept", *KEPT[:2])) == KEPT[:2]
    assert list(tmp_path.iterdir()) == [tmp_path / "kept"]


@pytest.mark.parametrize("end", [b"", b"\x00" * 40, b"\xff\xfe"])
def test_a_torn_last_line_is_passed_over_and_marked_and_the_others_are_kept(tmp_path: Path, end: bytes) -> None:
    whole = _file(tmp_path / "whole", *KEPT[:2]).read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    path = tmp_path / "torn"
    for length in range(last, len(whole) + (0 if end else 1)):
        torn = whole[:length] + end
        path.write_bytes(torn)
        kept = 2 if length >= len(whole) - 1 and not end else 1
        assert read_checkpoints(path) == KEPT[:kept]
        append(path, KEPT[2])
        assert path.read_bytes().startswith(torn)
        assert read_checkpoints(path) == (*KEPT[:kept], KEPT[2])


def test_a_line_that_was_changed_is_named(tmp_path: Path) -> None:
    text = _file(tmp_path / "kept", *KEPT[:3]).read_text()
    lines = text.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("2 "))
    lines[at] = lines[at].replace("Z ", " ")
    with pytest.raises(BadCheckpoint, match=f"Line {at + 1} of the file"):
        parse("".join(lines))
    with pytest.raises(BadCheckpoint, match=f"Line {len(lines)} of the file"):
        parse(text[:-2] + "\n")  # ended with a newline, so no power cut did it


@pytest.mark.parametrize("text", ["", "headwater checkpoints 2\n", "headwater check", "SQLite format 3\x00"])
def test_another_file_is_refused_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other"
    path.write_text(text)
    with pytest.raises(BadCheckpoint, match="first line"):
        append(path, KEPT[0])
    assert path.read_text() == text


def test_places_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No such file"):
        append(tmp_path / "none" / "kept", KEPT[0])
    with pytest.raises(BadCheckpoint, match="cannot be read"):
        read_checkpoints(tmp_path / "none")


def test_the_file_beside_a_case_tells_no_name(tmp_path: Path) -> None:
    case = tmp_path / "Osk.headwater"
    said = [replace(LOG[0], agent="Marit Olsenko", action="traced 0001.txt"), LOG[1]]
    for event in said:
        path = export_checkpoint(case, event)
    assert path == beside(case) == tmp_path / "Osk.headwater.checkpoints"
    assert read_checkpoints(path) == tuple(checkpoint_of(event) for event in said)
    for words in (path.read_text(), slip(checkpoint_of(said[0]))):
        assert not any(name in words for name in ("Osk", "Olsenko", "0001", "traced"))
        assert "kept apart" in words or "Keep this apart" in words


def test_a_slip_can_be_read_aloud_and_given_back_as_it_is_read() -> None:
    page = slip(KEPT[6])
    assert max(len(line) for line in page.splitlines()) < 80
    spoken = page[page.index("Log") + 3 : page.index("Case")]
    assert spoken.split() == [KEPT[6].digest[at : at + 4] for at in range(0, 64, 4)]
    found = judge(entries_of(LOG), [spoken.upper()])
    assert (found.verdict, found.sentence) == (
        Verdict.PASSED,
        "The log is proven up to event 7. It does not cover the 5 events after that.",
    )


def test_nothing_kept_proves_nothing() -> None:
    found = judge(entries_of(LOG), [])
    assert found.verdict is Verdict.NOT_CHECKED
    assert LOG[-1].digest in found.sentence


@pytest.mark.parametrize(("upto", "after"), [(12, ""), (11, " It does not cover the 1 event after that.")])
def test_the_last_of_several_counts(upto: int, after: str) -> None:
    found = judge(entries_of(LOG), [KEPT[upto - 1], KEPT[0].digest, KEPT[3]])
    assert (found.verdict, found.sentence) == (Verdict.PASSED, f"The log is proven up to event {upto}.{after}")


def _fault(log: object, *kept: Checkpoint | str) -> str:
    found = judge(entries_of(log), kept)  # type: ignore[arg-type]
    assert found.verdict is Verdict.FAILED
    assert found.damages
    return found.damages[0].what


def test_each_fault_has_its_words() -> None:
    assert "names event 12, and the log ends at 10: it was cut short" in _fault(LOG[:10], KEPT[11])
    assert "another digest than the checkpoint: the log was rewritten" in _fault(make_log(12, agent="Eve"), KEPT[8])
    assert "stands at place 8" in _fault([*LOG[:4], *LOG[5:]], KEPT[8])
    assert "not whole up to the checkpoint" in _fault([*LOG[:4], LOG[3], *LOG[5:]], KEPT[8])
    assert "the checkpoint was changed" in _fault(LOG, replace(KEPT[3], time="2031-05-04T00:00:00Z"))
    assert "the checkpoint was changed" in _fault(LOG, replace(KEPT[3], case_digest=None))
    assert "of no event" in _fault(LOG, "0" * 64)
    assert "these are 63" in _fault(LOG, KEPT[3].digest[1:])
    assert "these are 0" in _fault(LOG, " ")
    assert "log ends at 0" in _fault([], KEPT[0])


def test_one_checkpoint_that_fails_is_not_outvoted() -> None:
    found = judge(entries_of(LOG), [KEPT[3], "f" * 64, KEPT[11]])
    assert found.verdict is Verdict.FAILED
    assert len(found.damages) == 1


def test_a_real_case(tmp_path: Path) -> None:
    path = tmp_path / "osk.headwater"
    noon = datetime(2031, 5, 4, 12, tzinfo=UTC)
    for minute in range(2):
        written = write_case(path, make_case(), now=noon + timedelta(minutes=minute), agent="Ada", action="traced")
        export_checkpoint(path, custody(path)[-1])
    last = read_checkpoints(beside(path))[-1]
    assert last == Checkpoint(2, "2031-05-04T12:01:00Z", written.head, written.case_digest)
