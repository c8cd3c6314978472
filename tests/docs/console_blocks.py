"""Runs the console blocks of a document and compares or rewrites what they print.

A block opens with ```console. A line that starts with "$ " is a command; the lines up to the next command or the end of
the block are its output. A line that is only "..." stands for any lines of output, "..." in a line for any words.

Run by hand after a change of the program: python tests/docs/console_blocks.py rewrites the outputs in place. An output
that somebody shortened with "..." is theirs to mend: it is kept, and named when it is not true any more.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
README = ROOT / "README.md"

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY = "..."


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a document with the output that the document shows. `start` and `end` place the output in it."""

    command: str
    shown: str
    start: int
    end: int


def steps(text: str) -> Iterator[Step]:
    """Yield the commands of a document in reading order."""
    for block in _BLOCK.finditer(text):
        at = block.start(1)
        lines = block.group(1).splitlines(keepends=True)
        commands = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        if not commands or commands[0] != 0:
            raise ValueError(f"a console block does not open with a command: {lines[:1]}")
        offsets = [at]
        for line in lines:
            offsets.append(offsets[-1] + len(line))
        for first, after in zip(commands, [*commands[1:], len(lines)], strict=True):
            start, end = offsets[first + 1], offsets[after]
            yield Step(lines[first][2:].strip(), text[start:end], start, end)


def run(command: str, folder: Path) -> str:
    """Run one command line in `folder` and return what it prints on both channels."""
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    return done.stdout.decode("utf-8")


def fits(shown: str, printed: str) -> bool:
    """True when the output in a document is the printed one; a line "..." in it stands for any lines."""
    return _fits([line.rstrip() for line in shown.splitlines()], [line.rstrip() for line in printed.splitlines()])


def rewritten(text: str, folder: Path) -> tuple[str, list[str]]:
    """Return the document with every output as printed now, and the commands whose shortened output is not true."""
    out, stale, last = [], [], 0
    for step in steps(text):
        printed = run(step.command, folder)
        shortened = ANY in step.shown
        if shortened and not fits(step.shown, printed):
            stale.append(step.command)
        out += [text[last : step.start], step.shown if shortened else printed]
        last = step.end
    return "".join([*out, text[last:]]), stale


def _fits(shown: Sequence[str], printed: Sequence[str]) -> bool:
    if not shown:
        return not printed
    if shown[0] == ANY:
        return any(_fits(shown[1:], printed[start:]) for start in range(len(printed) + 1))
    return bool(printed) and _line_fits(shown[0], printed[0]) and _fits(shown[1:], printed[1:])


def _line_fits(shown: str, printed: str) -> bool:
    return re.fullmatch(".*".join(re.escape(part) for part in shown.split(ANY)), printed) is not None


def _environment() -> dict[str, str]:
    """The program of this very environment first, no colour, a fixed language: the same lines on every machine."""
    keep = {name: value for name, value in os.environ.items() if name in {"HOME", "TMPDIR", "SYSTEMROOT"}}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return {**keep, "PATH": path, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONUTF8": "1"}


def main() -> None:
    """Rewrite the outputs of the tutorial and the README."""
    mend: list[str] = []
    for document in (TUTORIAL, README):
        with tempfile.TemporaryDirectory() as folder:
            text, stale = rewritten(document.read_text(encoding="utf-8"), Path(folder))
        document.write_text(text, encoding="utf-8")
        mend += [f"{document.name}: mend the shortened output of: {command}" for command in stale]
    sys.exit("\n".join(mend) or None)


if __name__ == "__main__":
    main()
