"""DESIGN's room table, enforced: which room may import which, who prints, and that nothing can reach a network."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "headwater"

# A room and the rooms it may import; every room may import itself, `model` and `errors`. The rooms that do not stand
# yet have their row, so that they are held to it from their first line.
ROWS: dict[str, frozenset[str]] = {
    "model": frozenset(),
    "errors": frozenset(),
    "intake": frozenset(),
    "reading": frozenset(),
    "engine": frozenset(),
    "tracing": frozenset({"engine"}),
    "weighing": frozenset(),
    "deciding": frozenset(),
    "casefile": frozenset(),
    "protection": frozenset(),
    "dossier": frozenset({"protection"}),
    "exchange": frozenset({"protection"}),
    "bundled": frozenset(),
    "workbench": frozenset({"pipeline", "casefile", "dossier"}),
}
OPEN = frozenset({"model", "errors"})
ALL = frozenset({"pipeline", "cli", "__main__", "__init__"})
STANDARD_LIBRARY_ONLY = frozenset({"model", "errors"})
NETWORK = frozenset(
    "socket ssl urllib.request http http.client http.server ftplib smtplib poplib imaplib telnetlib xmlrpc "
    "socketserver requests httpx aiohttp urllib3 webbrowser".split()
)
# The clock, chance and the environment are passed in below the pipeline.
AMBIENT_MODULES = frozenset({"random", "secrets", "uuid", "time", "locale", "getpass", "platform"})
AMBIENT_CALLS = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|os\.environ|os\.getenv|time\.time)\b")
# A limited child process needs the clock for its limit and a few variables to start at all.
AMBIENT_ALLOWED = frozenset({"intake"})

# Where a defect becomes a recorded outcome or a message; everywhere else it passes.
TELLS_DEFECTS = frozenset({"pipeline", "cli"})

MODULES = sorted(path for path in SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    """Return the room that a module lives in: the folder below `headwater`, or its own name."""
    inner = path.relative_to(SOURCE).parts
    return inner[0] if len(inner) > 1 else path.stem


def imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Yield every import statement with the dotted names it may load."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import at line {node.lineno}"
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


def faults(room: str, source: str) -> list[str]:
    """Return what in the source of a module of `room` breaks the table."""
    tree = ast.parse(source)
    found = []
    at_module_level = [*tree.body, *_by_system(tree)]
    for node, name in imported(tree):
        parts = name.split(".")
        if node not in at_module_level:
            found.append(f"line {node.lineno}: {name} is not imported at module level")
        if any(".".join(parts[:length]) in NETWORK for length in range(1, len(parts) + 1)):
            found.append(f"line {node.lineno}: {name} can reach a network")
        if room in ALL:
            continue
        if parts[0] == "headwater" and len(parts) > 1:
            target = parts[1]
            if target in ROWS.keys() | ALL and target not in ROWS[room] | OPEN | {room}:
                found.append(f"line {node.lineno}: {room} may not import {target}")
        elif room in STANDARD_LIBRARY_ONLY and parts[0] not in sys.stdlib_module_names:
            found.append(f"line {node.lineno}: {room} uses the standard library only, not {parts[0]}")
        if parts[0] in AMBIENT_MODULES and room not in AMBIENT_ALLOWED:
            found.append(f"line {node.lineno}: {room} is given the clock and chance, it does not import {parts[0]}")
    if room not in ALL | AMBIENT_ALLOWED:
        found += [f"{room} reads {hit.group()}" for hit in AMBIENT_CALLS.finditer(_code(tree))]
    if room not in TELLS_DEFECTS:
        found += [f"line {line}: a broad except" for line in _broad(tree)]
    if room != "cli":
        found += [f"line {line}: print outside cli" for line in _prints(tree)]
    return found


def _by_system(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield what stands at module level under `if sys.platform ...`: the one choice made when a module is loaded."""
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test).startswith("sys.platform"):
            yield from (*node.body, *node.orelse)


def _code(tree: ast.AST) -> str:
    return "\n".join(ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))


def _broad(tree: ast.AST) -> list[int]:
    """Return the lines that catch everything; letting it go on after cleaning up is not catching it."""
    handlers = (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))
    return [
        handler.lineno
        for handler in handlers
        if (handler.type is None or _names(handler.type) & {"Exception", "BaseException"})
        and not (isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None)
    ]


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _prints(tree: ast.AST) -> list[int]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_module_imports_only_what_its_row_says(path: Path) -> None:
    assert faults(room_of(path), path.read_text(encoding="utf-8")) == []


def test_every_room_has_a_row() -> None:
    assert {room_of(path) for path in MODULES} <= ROWS.keys() | ALL


@pytest.mark.parametrize(
    ("room", "source", "expected"),
    [
        ("tracing", "from headwater import weighing", "tracing may not import weighing"),
        ("tracing", "from headwater.weighing.claims import weigh", "tracing may not import weighing"),
        ("dossier", "import headwater.casefile", "dossier may not import casefile"),
        ("casefile", "from headwater.cli import main", "casefile may not import cli"),
        ("model", "import numpy", "standard library only"),
        ("reading", "def f() -> None:\n    import json", "not imported at module level"),
        ("reading", "if True:\n    import json", "not imported at module level"),
        ("intake", "import urllib.request", "can reach a network"),
        ("cli", "from http import client", "can reach a network"),
        ("pipeline", "import requests.sessions", "can reach a network"),
        ("weighing", "print('here')", "print outside cli"),
        ("dossier", "from datetime import datetime\nnow = datetime.now()", "reads datetime.now"),
        ("tracing", "import random", "does not import random"),
        ("intake", "try:\n    f()\nexcept Exception:\n    pass", "a broad except"),
        ("reading", "try:\n    f()\nexcept (ValueError, BaseException) as error:\n    g()", "a broad except"),
        ("dossier", "try:\n    f()\nexcept:\n    raise ValueError", "a broad except"),
    ],
)
def test_the_table_catches_what_it_must(room: str, source: str, expected: str) -> None:
    assert any(expected in fault for fault in faults(room, source))


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("tracing", "from headwater.engine import run"),
        ("exchange", "from headwater.protection import plan"),
        ("weighing", "from headwater.model import Case\nfrom headwater.errors import Stopped"),
        ("intake", "from urllib.parse import urlsplit"),
        ("casefile", "try:\n    f()\nexcept BaseException:\n    close()\n    raise"),
        ("cli", "print('here')"),
        ("casefile", "import sys\nif sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl"),
    ],
)
def test_the_table_lets_through_what_it_may(room: str, source: str) -> None:
    assert faults(room, source) == []


def test_every_third_party_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    declared = {re.split(r"[><=\[~! ]", line)[0].lower().replace("-", "_") for line in lines}
    import_names = {"apsw_sqlite3mc": "apsw"}
    known = {import_names.get(name, name) for name in declared} | {"headwater", "__future__"}
    used = {
        (name.split(".")[0], path.name)
        for path in MODULES
        for _, name in imported(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert {(name, where) for name, where in used if name not in sys.stdlib_module_names | known} == set()


def documented_rows() -> dict[str, str]:
    """The rooms of docs/rooms.md with the cell that says what they may import."""
    page = (ROOT / "docs" / "rooms.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row[2] for row in rows}


def test_the_page_about_the_rooms_is_the_table_that_is_enforced() -> None:
    rows = documented_rows()
    standing = {room_of(path) for path in MODULES} - {"__init__", "__main__"} | {"bundled"}
    assert rows.keys() == standing
    for room, cell in rows.items():
        named = set(re.findall(r"`(\w+)`", cell))
        assert cell == "all" if room in ALL else named == ROWS[room] & standing
