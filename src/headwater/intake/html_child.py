"""The limited child process that opens pages: reads requests, answers them, never touches files or the network.

Started by `html.PageReader` as `python -m headwater.intake.html_child BYTES SECONDS DEPTH ATTRIBUTES`. The limits
are those of the operating system where it has them (`resource`, not on Windows); everywhere an audit hook refuses
sockets, programs and writing, and the parent watches the clock. It answers one request at a time on its output.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from types import ModuleType
from typing import IO, Any

from headwater.intake.html_main import read_page

_PREFIX = 8
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)")
_ATTRIBUTE = re.compile(r"=|\s(?=[^\s=/>\"'])")
_SELF_CLOSING = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option thead tbody tfoot "
    "optgroup rp rt colgroup html head body".split()
)
_RAW = ("script", "style")
_WRITING = frozenset("wax+")
_REFUSED = (
    *("socket.", "subprocess.", "urllib.", "http.", "ftplib.", "smtplib.", "ctypes.dlopen"),
    *("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir"),
)


def main(arguments: list[str]) -> None:
    """Answer requests until the parent closes the pipe."""
    child_bytes, seconds, depth, attributes = (int(argument) for argument in arguments)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not speak in our place
    resource = _limit(child_bytes)
    sys.addaudithook(_refuse)
    while True:
        prefix = requests.read(_PREFIX)
        if len(prefix) < _PREFIX:
            return
        request = json.loads(requests.read(int.from_bytes(prefix, "big")))
        _more_time(resource, seconds)
        answer = _answer(request, depth=depth, attributes=attributes)
        _send(answers, json.dumps(answer).encode("ascii"))


def _answer(request: Any, *, depth: int, attributes: int) -> Any:
    text = request["text"]
    bare = "it could not be opened otherwise" if request["bare"] else too_much(text, depth=depth, attributes=attributes)
    return read_page(text, bare=bare).plain()


def too_much(source: str, *, depth: int, attributes: int) -> str:
    """Say why no tree should be built of a page: nested deeper or fuller of attributes than the caps. Else "".

    One linear pass over the tags; elements whose end tag may be left out are not counted as nesting.
    """
    level = deepest = 0
    at = 0
    while (tag := _TAG.search(source, at)) is not None:
        closing, name, rest = tag.group(1), tag.group(2).lower(), tag.group(3)
        at = tag.end()
        if len(rest) > attributes and len(_ATTRIBUTE.findall(rest)) > attributes * 2:
            return f"a tag carries more than {attributes} attributes"
        if name in _RAW and not closing:
            end = source.find("</", at)
            while end >= 0 and source[end + 2 : end + 2 + len(name)].lower() != name:
                end = source.find("</", end + 2)
            at = len(source) if end < 0 else end
        if name in _SELF_CLOSING or name in _RAW or rest.endswith("/"):
            continue
        level = max(0, level - 1) if closing else level + 1
        deepest = max(deepest, level)
        if deepest > depth:
            return f"it is nested deeper than {depth} levels"
    return ""


def _limit(child_bytes: int) -> ModuleType | None:
    """Set the limits of the process for good; returns the module for later use, None where there is none."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return None
    for name, most in (("RLIMIT_AS", child_bytes), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0), ("RLIMIT_NPROC", 0)):
        kind = getattr(resource, name, None)
        if kind is not None:
            _set(resource, kind, most)
    return resource


def _set(resource: ModuleType, kind: int, most: int) -> None:
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):  # the system has the name of the limit and refuses it: macOS, some containers
        return


def _more_time(resource: ModuleType | None, seconds: int) -> None:
    """Processor time is counted over the life of the process; grant each page its own share."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: nothing that opens pages needs the network, a program or a file to write."""
    writing = event == "open" and isinstance(arguments[1], str) and bool(_WRITING & set(arguments[1]))
    if writing or event.startswith(_REFUSED):
        raise PermissionError(f"{event} is refused in the process that opens pages")


def _send(answers: IO[bytes], data: bytes) -> None:
    answers.write(len(data).to_bytes(_PREFIX, "big") + data)
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
