"""Reports read as a stream: in order, only a few held at a time, the processes gone when nobody asks for more."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import closing

import pytest

from headwater.model import Report, plain_report
from headwater.pipeline import readers

NUMBER = 40


def reports(taken: list[str]) -> Iterator[Report]:
    """Yield reports one by one and note which were taken."""
    for number in range(NUMBER):
        taken.append(str(number))
        yield plain_report(f"“Boat {number} is gone,” Oda Renn said.", name=str(number))


@pytest.mark.parametrize(("workers", "ahead"), [(1, 1), (2, 2 * readers._AHEAD)])
def test_no_more_reports_are_taken_than_are_being_read(
    monkeypatch: pytest.MonkeyPatch, workers: int, ahead: int
) -> None:
    monkeypatch.setattr(readers, "_BATCH", 1)
    taken: list[str] = []
    came: list[str] = []
    with closing(readers.read_each(reports(taken), workers=workers, reader="english-rules")) as answers:
        for one in answers:
            came.append(one.report.info.file)
            assert one.reading.report == one.report.id
            assert len(one.reading.statements) == 1
            assert len(taken) - len(came) < ahead
    assert came == taken == [str(number) for number in range(NUMBER)]


def test_leaving_early_ends_the_processes() -> None:
    with closing(readers.read_each(reports([]), workers=2, reader="english-rules")) as answers:
        assert next(answers).report.info.file == "0"
        assert multiprocessing.active_children()
    assert multiprocessing.active_children() == []
