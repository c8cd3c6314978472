"""The help: complete, true in the documentation, quick, and helpful to whoever mistypes."""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from headwater import __version__
from headwater.cli import COMMANDS, group
from headwater.cli.corpus import COMMANDS as CORPUS_COMMANDS
from headwater.cli.group import CommandEntry

ROOT = Path(__file__).parents[2]


def leaves() -> list[click.Command]:
    """Return every command that does something itself: those below a group instead of the group."""
    found: list[click.Command] = [importlib.import_module(entry.module).command for entry in COMMANDS]
    context = click.Context(group)
    inner = [
        each.get_command(context, name)
        for each in found
        if isinstance(each, click.Group)
        for name in each.list_commands(context)
    ]
    return [*(each for each in found if not isinstance(each, click.Group)), *(each for each in inner if each)]


@pytest.fixture(scope="module")
def cli_help() -> ModuleType:
    """Return the tool that pastes the help into the documentation."""
    spec = importlib.util.spec_from_file_location("cli_help", ROOT / "tools" / "cli_help.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_holds_the_help_of_every_command(cli_help: ModuleType) -> None:
    page = cli_help.PAGE.read_text(encoding="utf-8")
    assert cli_help.documented(page) == cli_help.commands()
    assert cli_help.pasted(page) == page, "run: python tools/cli_help.py"


@pytest.mark.parametrize("entry", [*COMMANDS, *CORPUS_COMMANDS], ids=lambda entry: entry.name)
def test_the_list_of_commands_says_what_each_command_says(entry: CommandEntry) -> None:
    command = importlib.import_module(entry.module).command
    assert isinstance(command, click.Command)
    assert (command.name, command.short_help) == (entry.name, entry.short_help)
    assert (command.help or "").startswith(entry.short_help.rstrip("."))


@pytest.mark.parametrize(
    "name", ["", *(entry.name for entry in COMMANDS), *(f"corpus {entry.name}" for entry in CORPUS_COMMANDS)]
)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_shows_examples_before_options(name: str, flag: str) -> None:
    shown = CliRunner().invoke(group, [*name.split(), flag], prog_name="headwater")
    assert shown.exit_code == 0
    assert 0 < shown.output.index("Example") < shown.output.index("Options")


@pytest.mark.parametrize("command", leaves(), ids=lambda command: command.name)
def test_every_command_takes_json_and_every_option_is_explained(command: click.Command) -> None:
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert any("--json" in each.opts for each in options)
    assert [each.opts for each in options if not (each.help or "").endswith((".", "]"))] == []


def test_the_version_is_the_package_version() -> None:
    assert CliRunner().invoke(group, ["--version"], prog_name="headwater").output == f"headwater {__version__}\n"


@pytest.mark.parametrize(("typed", "meant"), [("trase", "trace"), ("verfy", "verify"), ("dosier", "dossier")])
def test_a_misspelt_command_is_answered_with_the_right_one(typed: str, meant: str) -> None:
    shown = CliRunner().invoke(group, [typed], prog_name="headwater")
    assert shown.exit_code == 2
    assert f"Did you mean '{meant}'?" in shown.stderr
    assert shown.stdout == ""


def test_an_unlike_word_gets_no_guess() -> None:
    shown = CliRunner().invoke(group, ["zzz"], prog_name="headwater")
    assert shown.exit_code == 2
    assert "Did you mean" not in shown.stderr


def test_a_misspelt_option_is_answered_with_the_right_one() -> None:
    shown = CliRunner().invoke(group, ["verify", "x", "--checkpiont", "y"], prog_name="headwater")
    assert shown.exit_code == 2
    assert "--checkpoint" in shown.stderr


def test_help_loads_no_room() -> None:
    probe = "import sys; sys.argv = ['headwater', '--help']; import atexit; from headwater.cli import main\n"
    probe += "atexit.register(lambda: print([n for n in sys.modules if n.startswith('headwater.')], file=sys.stderr))\n"
    run = subprocess.run(
        [sys.executable, "-c", probe + "main()"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    loaded = run.stderr.strip()
    assert "headwater.cli.group" in loaded
    for room in ("pipeline", "intake", "engine", "reading", "tracing", "weighing", "casefile", "dossier"):
        assert f"'headwater.{room}" not in loaded
