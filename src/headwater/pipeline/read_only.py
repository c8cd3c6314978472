"""Reading alone: reports in, one line for each with what was read in it out. No tracing, no case.

Files of lines are read, and lines written, one after another, so that any number of them fits into memory. The lines
are gathered beside the target in a file that takes its name when it is whole; a stopped run goes on from there.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from headwater import exchange, intake
from headwater.casefile import SUFFIX
from headwater.casefile.lock import sole_writer
from headwater.errors import CannotWrite, Stopped, WouldOverwrite
from headwater.model import Received, Report, SetAside, SetAsideKind
from headwater.pipeline.checks import check_lines
from headwater.pipeline.outcomes import Progress, Silent, Step, StepRunner, Tick, Trouble
from headwater.pipeline.readers import FAILED, check_reader, read_each, sensible_workers
from headwater.pipeline.run import take_in
from headwater.pipeline.seen import Seen
from headwater.pipeline.tally import Tally
from headwater.reading import attributions_of, reader_for

PART = ".part"
_PACKED = ".gz"


@dataclass(frozen=True, slots=True)
class Asked:
    """What to read and how: files and folders as `trace` takes them, and files of lines (.jsonl, .jsonl.gz).

    `reader` is the name of the reader to prefer, `workers` the number of reading processes; None means the default.
    """

    paths: Sequence[Path]
    reader: str | None = None
    workers: int | None = None
    limits: intake.Limits = field(default_factory=intake.Limits)


def read_to_file(asked: Asked, target: Path, *, replace: bool = False, progress: Progress | None = None) -> Tally:
    """Write one line a report to `target`, compressed when its name ends in .gz; `replace` allows to replace it.

    The reports of files and folders come first, by name, then those of the files of lines, as given. Raises
    WouldOverwrite and CannotWrite, what intake and the choice of a reader raise, and Stopped when interrupted: the
    lines written so far then stand in a file beside the target, and the same call goes on after them.
    """
    check_reader(asked.reader)
    _check_target(asked, target, replace=replace)
    part = target.with_name(target.name + PART)
    steps = StepRunner(progress or Silent())
    with sole_writer(target):
        work = _Work(asked)
        with _stoppable(work, f"Their lines are kept in {part}; your reports were only read.", "go on from there"):
            work.receive(steps, targets=(target, part))
            work.run(steps, lambda tick: work.fill(part, tick, replace=replace))
            steps.run(Step.WRITING, lambda _: _finish(part, target), count=lambda _: 1)
    return work.tally


def read_to_stream(asked: Asked, stream: BinaryIO, *, progress: Progress | None = None) -> Tally:
    """Write the same lines to a stream. Raises as `read_to_file` does; what was stopped starts over."""
    check_reader(asked.reader)
    steps = StepRunner(progress or Silent())
    work = _Work(asked)
    with _stoppable(work, "Their lines are printed; your reports were only read.", "start over"):
        work.receive(steps, targets=())
        work.run(steps, lambda tick: work.read_on(stream.write, tick))
    return work.tally


class _Foreign(Exception):
    """The lines that stand there are not those of these reports by these readers."""


class _Work:
    """One reading alone: what is still to be read, and the tally of what was."""

    def __init__(self, asked: Asked) -> None:
        self.tally = Tally()
        self._asked = asked
        self._files = tuple(path for path in asked.paths if intake.is_jsonl(path) and not path.is_dir())
        self._received: Received | None = None
        self._total = 0
        self._left: Iterator[intake.Line] = iter(())

    def receive(self, steps: StepRunner, *, targets: Sequence[Path]) -> None:
        """Receive the files and count the lines, so that the time left can be told."""
        others = [path for path in self._asked.paths if path not in self._files]
        if others:
            self._received = take_in(others, self._asked.limits, steps, targets=targets)
            self._total += len(self._received.files)
        if self._files:
            self._total += steps.run(Step.INTAKE, self._count, count=lambda lines: lines)
        self._start()

    def run(self, steps: StepRunner, read: Callable[[Tick], None]) -> None:
        """Do `read` as the step of reading, and check that nothing was lost."""
        steps.run(
            Step.READING,
            read,
            count=lambda _: self.tally.statements,
            troubles=lambda _: tuple(self.tally.troubles),
        )
        check_lines(self.tally.total, self.tally.read, self.tally.aside)

    def fill(self, part: Path, tick: Tick, *, replace: bool) -> None:
        """Append to `part` what it lacks."""
        try:
            end = self._resume(part, tick) if part.exists() else 0
        except _Foreign as error:
            if not replace:
                raise WouldOverwrite(
                    f"{part} is what another run wrote, of other reports or with another reader.",
                    next_step="Take it away, or give --replace if it may go.",
                ) from error
            self._start()
            end = 0
        with _appending(part, end) as write:
            self.read_on(write, tick)

    def read_on(self, write: Callable[[bytes], object], tick: Tick) -> None:
        """Read what is left and write a line for each report."""
        names: deque[str | int] = deque()

        def reports() -> Iterator[Report]:
            for line in self._left:
                names.append(line.id)
                yield line.report

        workers = self._asked.workers or sensible_workers(self._total - self.tally.done)
        with closing(read_each(reports(), workers=workers, reader=self._asked.reader)) as answers:
            for one in answers:
                attributions = attributions_of(one.report.text, one.reading)
                write(exchange.reading_line(names.popleft(), one.report, one.reading, attributions, one.maker))
                self.tally.add(len(attributions), len(one.reading.statements), one.trouble)
                tick(self.tally.done, self._total, one.report.info.file)

    def _count(self, tick: Tick) -> int:
        lines = 0
        for number, path in enumerate(self._files, start=1):
            lines += intake.count_lines(path, limits=self._asked.limits)
            tick(number, len(self._files), path.name)
        return lines

    def _start(self) -> None:
        received = self._received
        self.tally = Tally(total=self._total, notes=received.notes if received else ())
        for aside in received.set_aside if received else ():
            self.tally.put_aside(aside, line=False)
        self._left = self._lines()

    def _lines(self) -> Iterator[intake.Line]:
        seen = Seen()
        for report in self._received.reports if self._received else ():
            seen.add("line", report.info.file)
            yield intake.Line(report.info.file, report, report.info.file)
        for path in self._files:
            for each in intake.read_lines(path, limits=self._asked.limits):
                if isinstance(each, SetAside):
                    self.tally.put_aside(each, line=True)
                elif seen.add("line", each.id) is None:
                    yield each
                else:
                    why = f"The id “{each.id}” stood there before."
                    self.tally.put_aside(SetAside(each.place, SetAsideKind.DUPLICATE, why), line=True)

    def _resume(self, part: Path, tick: Tick) -> int:
        """Pass over the reports whose whole lines stand in `part`; return where these end. Raises _Foreign."""
        end = 0
        with part.open("rb") as file:
            for raw in file:
                if not raw.endswith(b"\n"):
                    break
                line = next(self._left, None)
                if line is None:
                    raise _Foreign
                told = self._told_of(line, raw)
                failed = next((note for note in told["notes"] if note.startswith(FAILED)), None)
                trouble = Trouble(line.report.info.file, failed) if failed else None
                self.tally.add(len(told["attributions"]), len(told["statements"]), trouble)
                self.tally.resumed += 1
                end += len(raw)
                tick(self.tally.done, self._total, line.report.info.file)
        return end

    def _told_of(self, line: intake.Line, raw: bytes) -> dict[str, Any]:
        info = line.report.info
        reader = reader_for(info.language.value if info.language else None, self._asked.reader)
        try:
            told: dict[str, Any] = json.loads(raw)
            same = (told["id"], told["text_sha256"], told["reader"])
        except (ValueError, KeyError, TypeError) as error:
            raise _Foreign from error
        if same != (line.id, info.text_sha256, exchange.maker_words(reader.maker)):
            raise _Foreign
        return told


def _check_target(asked: Asked, target: Path, *, replace: bool) -> None:
    if target.is_dir() or target.suffix == SUFFIX:
        what = "is a folder" if target.is_dir() else "is the name of a case, and what is written is not one"
        raise WouldOverwrite(f"{target} {what}.", next_step="Name another file with --out, such as read.jsonl.")
    if any(path.resolve() == target.resolve() for path in asked.paths):
        raise WouldOverwrite(f"{target} is what is to be read.", next_step="Name another file with --out.")
    if target.exists() and not replace:
        raise WouldOverwrite(
            f"{target} exists.", next_step="Name another file with --out, or give --replace if it may go."
        )
    if not target.absolute().parent.is_dir():
        raise CannotWrite(
            f"The folder {target.parent} does not exist.", next_step="Create it, or name another place with --out."
        )


@contextmanager
def _appending(part: Path, end: int) -> Iterator[Callable[[bytes], object]]:
    try:
        with part.open("ab") as file:
            file.truncate(end)
            yield file.write
    except OSError as error:
        raise _cannot_write(part, part, error) from error


def _finish(part: Path, target: Path) -> None:
    fresh = target.with_name(f".{target.name}.new-{os.getpid()}")
    try:
        if target.suffix.lower() == _PACKED:
            # Without a time and a name within: the same lines give the same bytes.
            with (
                part.open("rb") as lines,
                fresh.open("wb") as raw,
                gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed,
            ):
                shutil.copyfileobj(lines, packed)
            fresh.replace(target)
            part.unlink()
        else:
            part.replace(target)
    except OSError as error:
        raise _cannot_write(target, part, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def _cannot_write(path: Path, part: Path, error: OSError) -> CannotWrite:
    return CannotWrite(
        f"The file {path} cannot be written: {error.strerror or error}.",
        safe=f"The lines written so far are kept in {part}.",
        next_step="Check the free space and the rights of its folder, then run the same command again to go on.",
    )


@contextmanager
def _stoppable(work: _Work, safe: str, then: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as interrupt:
        tally = work.tally
        raise Stopped(
            f"Stopped after {tally.done:,} of {tally.total:,} reports.",
            safe=safe if tally.read else "Nothing was written; your reports were only read.",
            next_step=f"Run the same command again to {then}.",
        ) from interrupt
