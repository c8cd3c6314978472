"""Processes that are killed at a moment, from a parent that has everything imported: a birth takes milliseconds.

Run as a program it takes one job a line on its standard input and answers each with a line. A job is done by a forked
child that leads a process group of its own; the whole group is killed (SIGKILL) after `seconds`, or by itself at the
call number `calls` that reaches the disk in the folder of the case. What was acknowledged is in the file `told`.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

_HERE = Path(__file__).resolve().parent
_PATIENCE = 120.0


@dataclass(frozen=True)
class Ended:
    """How a child ended: `killed`, or by itself with `code`. `calls` and `seconds` are what a whole job took."""

    killed: bool
    code: int
    calls: int
    seconds: float


class Nursery:
    """A warm parent. `do` gives it a job and waits for the end of the child."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, str(_HERE / "nursery.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.close()
        self._parent.wait(_PATIENCE)
        self._parent.stdout.close()

    def do(
        self,
        work: str,
        case: Path,
        rest: Mapping[str, object] = MappingProxyType({}),
        *,
        seconds: float | None = None,
        calls: int | None = None,
    ) -> Ended:
        """Do the work named `work` (a function of `works.py`) on a case, with the `rest` of what it takes."""
        assert self._parent.stdin
        assert self._parent.stdout
        job = {"work": work, "case": str(case), "seconds": seconds, "calls": calls, "rest": dict(rest)}
        self._parent.stdin.write(json.dumps(job) + "\n")
        self._parent.stdin.flush()
        answer = self._parent.stdout.readline()
        assert answer, "the nursery itself has ended"
        return Ended(**json.loads(answer))


def _children() -> None:
    works = __import__("works")
    for line in sys.stdin:
        job = json.loads(line)
        started = time.monotonic()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _live(getattr(works, job["work"]), job, writing)
        os.close(writing)
        # Both sides set the group, so that neither is too early.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpgid(child, child)
        code = _outlive(child, started + (job["seconds"] if job["seconds"] is not None else _PATIENCE))
        seconds = time.monotonic() - started
        with os.fdopen(reading, "rb") as pipe:
            calls = int(pipe.read() or b"0")
        ended = Ended(killed=code == -signal.SIGKILL, code=code, calls=calls, seconds=seconds)
        print(json.dumps(ended.__dict__), flush=True)  # noqa: T201


def _live(work: Callable[..., None], job: dict[str, Any], writing: int) -> None:
    code = 1
    try:
        os.setpgid(0, 0)
        # The pipe is not to be kept open by processes that the child starts.
        os.set_inheritable(writing, False)  # noqa: FBT003
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        with _killed_at(Path(job["case"]).parent, job["calls"]) as counted:
            work(Path(job["case"]), **job["rest"])
        os.write(writing, str(counted()).encode())
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


@contextlib.contextmanager
def _killed_at(folder: Path, calls: int | None) -> Iterator[Callable[[], int]]:
    from power import Disk, powered  # noqa: PLC0415 only the child, below its parent

    class Deadly(Disk):
        def cut(self) -> None:
            os.killpg(0, signal.SIGKILL)

    disk = Deadly(folder, random.Random(0), calls)
    with powered(disk):
        yield lambda: disk.calls


def _outlive(child: int, until: float) -> int:
    """Wait for the child; kill its whole group when its time has come. Return how it ended."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() >= until:
            os.killpg(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            break
        time.sleep(0.0002)
    # What the child itself started is of its group, also when the child has ended.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    _children()
