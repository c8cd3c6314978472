"""The first screen of the README is true: the picture, the two commands and what they print."""

from __future__ import annotations

import re
from pathlib import Path

from console_blocks import README, ROOT, fits, run, steps
from make_picture import PICTURE, picture, traced

TEXT = README.read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def recipe(target: str) -> list[str]:
    """The command lines of a target, those of the targets it names first."""
    found = re.search(rf"^{target}:(.*)\n((?:\t.*\n)*)", MAKEFILE, re.MULTILINE)
    assert found, f"there is no make {target}"
    before = [line for name in found.group(1).split() if name.isalpha() for line in recipe(name)]
    return before + [line.strip() for line in found.group(2).splitlines()]


def test_demo_prints_what_the_readme_shows(tmp_path: Path) -> None:
    (step,) = steps(TEXT)
    assert step.command == "headwater demo"
    assert recipe("demo")[-1].endswith("/headwater demo")
    printed = run(step.command, tmp_path)
    assert step.shown.strip()
    assert fits(step.shown, printed), printed


def test_make_test_runs_what_the_readme_says() -> None:
    commands = " ; ".join(recipe("test"))
    order = [commands.find(name) for name in ("ruff check", "ruff format --check", "mypy", "pytest")]
    assert -1 not in order
    assert order == sorted(order)


def test_the_checks_print_what_the_readme_says() -> None:
    found = re.search(r"^```text\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert found
    lint, style, types, tests = found.group(1).splitlines()
    small = "src/headwater/errors.py src/headwater/cli"
    assert fits(lint, run(f"ruff check {small}", ROOT))
    assert fits(style, run(f"ruff format --check {small}", ROOT))
    assert fits(f"...\n{types}", run(f"mypy {small}", ROOT))
    assert fits(f"...\n{tests}", run("python -m pytest tests/docs/test_third_party.py", ROOT))


def test_picture_is_the_traced_case() -> None:
    case = traced()
    drawn = picture(case)
    assert PICTURE.read_text(encoding="utf-8") == drawn
    assert f"]({PICTURE.relative_to(ROOT).as_posix()})" in TEXT
    words = [re.sub("<[^>]+>", "", each) for each in re.findall(r'font-weight="bold">([^<]+)</tspan>', drawn)]
    assert len(words) >= 4
    assert len(set(words)) >= 3
    for each in words:
        assert any(_unescaped(each) in report.text for report in case.received.reports), each


def test_first_screen_comes_first() -> None:
    head = TEXT[: TEXT.index("## ")]
    assert head.count("![") == 1
    assert head.index("![") < head.index("`make demo`") < head.index("`make test`")


def test_python_version_is_that_of_the_project() -> None:
    wanted = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert wanted
    assert f"Python {wanted.group(1)} or newer" in TEXT


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
