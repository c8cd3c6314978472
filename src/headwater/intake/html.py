"""The parent's side of opening pages: starts a limited child process, hands it text, checks what comes back.

A page is never parsed here. One child serves many pages; after a failure it is thrown away and the page is tried
once more as bare text by a fresh one. The answer is length-prefixed JSON, checked field by field before use.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Any, Self

from headwater.intake.limits import Limits
from headwater.model import Basis, Completeness, Noted, PassageKind, SetAsideKind

_CLAIM = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CLAIM = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_HEAD_BYTES = 8192
_PREFIX = 8
_FIELDS = ("title", "author", "published", "outlet", "url", "language")
_LONGEST_FIELD = 2000


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page: its text, what the page says of itself, and kinds that its markup gives to lines."""

    text: str
    known: Mapping[str, Noted] = field(default_factory=dict)
    hints: tuple[tuple[int, PassageKind], ...] = ()
    completeness: Completeness = Completeness.NOT_CHECKED
    missing: str = ""
    notes: tuple[str, ...] = ()


class PageRefused(Exception):
    """A page that gives no report; the message is the reason for a person."""

    def __init__(self, why: str, kind: SetAsideKind) -> None:
        super().__init__(why)
        self.kind = kind


class _ChildFailed(Exception):
    """The child process died, ran out of time or answered nonsense."""


class PageReader:
    """Opens pages in a child process that starts with the first page. A context manager: leaving ends the child."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def unlimited(self) -> bool:
        """True when pages were opened on a system that cannot limit the memory of a process (Windows)."""
        return self._child is not None and importlib.util.find_spec("resource") is None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, text: str) -> Page:
        """Return the article of a decoded page. Raises PageRefused when there is none or it cannot be opened."""
        try:
            answer = self._ask(text, bare=False)
            notes: tuple[str, ...] = ()
        except _ChildFailed as first:
            try:
                answer = self._ask(text, bare=True)
            except _ChildFailed as second:
                raise PageRefused(f"The page could not be opened: {second}.", SetAsideKind.UNREADABLE) from second
            notes = (f"read as bare text, because the page could not be opened as one ({first})",)
        try:
            page = _checked(answer)
        except (KeyError, TypeError, ValueError) as error:
            raise PageRefused(
                "The page could not be opened: its reader gave no usable answer.", SetAsideKind.UNREADABLE
            ) from error
        if not page.text:
            raise PageRefused("It is a page without a readable article.", SetAsideKind.NO_TEXT)
        return Page(page.text, page.known, page.hints, page.completeness, page.missing, (*notes, *page.notes))

    def _ask(self, text: str, *, bare: bool) -> Any:
        child = self._started()
        request = json.dumps({"text": text, "bare": bare}).encode("ascii")
        late = threading.Event()

        def give_up() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._limits.wall_seconds, give_up)
        timer.start()
        try:
            reply = _exchange(child, request, most=len(request) * 4 + 65_536)
        except (OSError, EOFError) as error:
            self.close()
            seconds = f"{self._limits.wall_seconds:g}"
            why = f"it took longer than {seconds} seconds" if late.is_set() else "it asked too much of its reader"
            raise _ChildFailed(why) from error
        finally:
            timer.cancel()
        try:
            return json.loads(reply)
        except ValueError as error:
            self.close()
            raise _ChildFailed("its reader gave no usable answer") from error

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            limits = self._limits
            numbers = (limits.child_bytes, limits.cpu_seconds, limits.depth, limits.attributes)
            # -P: the folder that Headwater is run in must not be able to put modules in front of the real ones.
            command = [sys.executable, "-P", "-m", "headwater.intake.html_child", *(str(number) for number in numbers)]
            self._child = subprocess.Popen(  # noqa: S603 - our own module, our own numbers
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Sets have the same order in every child: same bytes, same text.
                env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"},
            )
        return self._child

    def close(self) -> None:
        """End the child; the next page starts another."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                _close(pipe)


def claimed_encoding(data: bytes) -> str | None:
    """The encoding that a page claims for itself in its first bytes, or None."""
    head = data[:_HEAD_BYTES]
    found = _CLAIM.search(head) or _XML_CLAIM.match(head)
    return found.group(1).decode("ascii", "replace") if found else None


def _exchange(child: subprocess.Popen[bytes], request: bytes, *, most: int) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(len(request).to_bytes(_PREFIX, "big") + request)
    child.stdin.flush()
    size = int.from_bytes(_exactly(child.stdout, _PREFIX), "big")
    if size > most:
        raise EOFError
    return _exactly(child.stdout, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) != size:
        raise EOFError
    return data


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was still to be written has nobody left to read it
        return


def _checked(answer: Any) -> Page:
    """The answer as a Page. Raises KeyError, TypeError or ValueError when it is anything else."""
    text = _string(answer["text"])
    hints = tuple((int(start), PassageKind(kind)) for start, kind in answer["hints"])
    if any(not 0 <= start < len(text) for start, _ in hints):
        raise ValueError("a hint lies outside the text")
    known = {
        name: Noted(_string(value), Basis.PAGE, _string(note))
        for name, (value, note) in answer["known"].items()
        if name in _FIELDS and value and len(value) <= _LONGEST_FIELD
    }
    notes = tuple(_string(note) for note in answer["notes"])
    return Page(text, known, hints, Completeness(answer["completeness"]), _string(answer["missing"]), notes)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a string")
    return value
