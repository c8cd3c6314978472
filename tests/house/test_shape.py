"""The shape of the house: modules and functions that fit on a screen, words on everything public, errors that help."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from headwater import errors

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "headwater"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
MOST_FUNCTIONS = 25  # nine of ten functions are no longer than this

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """Return how a module is called in a failure."""
    return path.relative_to(SOURCE).as_posix()


def functions(tree: ast.AST) -> Iterator[Function]:
    """Yield every function and method."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def length(node: Function) -> int:
    """Return the number of lines from `def` to the last one."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_and_says_what_lives_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    assert ast.get_docstring(ast.parse(text)), "the module does not say what lives in it"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [(node.name, length(node)) for node in functions(tree) if length(node) > LONGEST_FUNCTION] == []


def test_most_functions_are_much_shorter() -> None:
    lengths = sorted(
        length(node) for path in MODULES for node in functions(ast.parse(path.read_text(encoding="utf-8")))
    )
    assert lengths[len(lengths) * 9 // 10] <= MOST_FUNCTIONS


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_everything_public_has_a_docstring(path: Path) -> None:
    assert undocumented(ast.parse(path.read_text(encoding="utf-8"))) == []


def undocumented(tree: ast.Module) -> list[str]:
    """Return the public functions, classes and methods without a docstring."""
    holders: list[ast.Module | ast.ClassDef] = [tree]
    bare = []
    while holders:
        for node in holders.pop().body:
            if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node):
                bare.append(node.name)
            if isinstance(node, ast.ClassDef):
                holders.append(node)
    return bare


def test_a_missing_docstring_is_seen() -> None:
    source = 'class A:\n    """Said."""\n    def b(self) -> None: ...\ndef c() -> None: ...\ndef _d() -> None: ...'
    assert sorted(undocumented(ast.parse(source))) == ["b", "c"]


def raised(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every construction of one of the errors of Headwater."""
    kinds = {name for name, kind in vars(errors).items() if is_error(kind)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds:
            yield node


def is_error(kind: object) -> bool:
    """True for the classes of the tree of errors."""
    return isinstance(kind, type) and issubclass(kind, errors.HeadwaterError)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_error_says_what_happened_and_what_to_do_next(path: Path) -> None:
    for call in raised(ast.parse(path.read_text(encoding="utf-8"))):
        given = {keyword.arg for keyword in call.keywords}
        assert call.args or "what" in given, f"line {call.lineno}: no sentence says what happened"
        assert "next_step" in given or None in given, f"line {call.lineno}: no sentence says what to do next"
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.Constant) and keyword.arg in {"next_step", "safe"}:
                assert re.search(r"[.!?]$", str(keyword.value.value)), f"line {call.lineno}: not a whole sentence"


def test_every_error_class_is_raised_somewhere() -> None:
    used = {
        call.func.id
        for path in MODULES
        for call in raised(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call.func, ast.Name)
    }
    assert {name for name, kind in vars(errors).items() if is_error(kind)} <= used


def test_an_error_reads_as_three_sentences() -> None:
    error = errors.CannotWrite("The file is locked.", next_step="Close the program that holds it.")
    assert str(error) == "The file is locked. Nothing was changed. Close the program that holds it."


def tree_of_codes() -> dict[str, int]:
    """Return class names and exit codes as the docstring of `errors` draws them."""
    rows = re.findall(r"^[├└─ ]*(\w+) \((\d+)\)", errors.__doc__ or "", re.MULTILINE)
    return {name: int(code) for name, code in rows}


def test_the_drawn_tree_of_errors_is_the_real_one() -> None:
    real = {name: kind.exit_code for name, kind in vars(errors).items() if is_error(kind)}
    assert tree_of_codes() == real


def test_the_help_and_the_documentation_list_every_exit_code() -> None:
    cli_text = (SOURCE / "cli" / "__init__.py").read_text(encoding="utf-8")
    docs = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for code in {*tree_of_codes().values(), errors.EXIT_DONE, 2, errors.EXIT_SET_ASIDE}:
        assert re.search(rf"^ +{code}  \w", cli_text, re.MULTILINE)
        assert re.search(rf"^\| {code} \| ", docs, re.MULTILINE)


def test_no_words_for_a_machine_path_or_a_single_shared_report() -> None:
    leaks = re.compile(r"(^|[^a-z.])/(work|farm|home|root)/|-20\d\d/\d")
    kinds = {".py", ".md", ".toml", ".lock", ".j2", ".html", ".css", ".csv", ".txt", ""}
    folders = ("src", "tests", "docs", "tools", "bench")
    files = [
        path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds and path.is_file()
    ]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.suffix in kinds]
    found = [path.name for path in files if path != Path(__file__) and leaks.search(path.read_text(encoding="utf-8"))]
    assert found == []
