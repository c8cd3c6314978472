from __future__ import annotations

import importlib
import json
import os
import re
import sys
import time
from pathlib import Path
from types import MappingProxyType

import click
import pytest
from click.testing import CliRunner, Result
from command_line import headwater, write_reports

from headwater.casefile import is_encrypted, keys, read_case, unlock
from headwater.cli import COMMANDS, group, unlocking
from headwater.cli.group import HeadwaterGroup
from headwater.cli.unlocking import read_passphrase
from headwater.errors import Locked, PathMissing, WrongPassphrase

FIRST, SECOND = "under the third willow", "nobody rows at night"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = keys.Setting(memory=32, passes=1, lanes=4)
    monkeypatch.setattr(keys, "SETTINGS", MappingProxyType({1: cheap}))


@pytest.fixture
def case(traced: Path, tmp_path: Path) -> Path:
    """A plain case of its own."""
    path = tmp_path / "case.headwater"
    path.write_bytes(traced.read_bytes())
    return path


def _file(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return _file(tmp_path, "first", f"{FIRST}\n")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return _file(tmp_path, "second", SECOND)


@pytest.fixture
def sealed(case: Path, first: Path) -> Path:
    done = headwater("encrypt", case, "--new-passphrase-file", first)
    assert done.exit_code == 0, done.output
    return case


def test_every_command_that_opens_a_case_opens_an_encrypted_one(sealed: Path, first: Path, tmp_path: Path) -> None:
    asked: list[list[str | Path]] = [
        ["show", sealed, "at dawn"],
        ["verify", sealed],
        ["export", sealed, "--out", tmp_path / "case.json"],
        ["dossier", sealed, "--out", tmp_path / "dossier"],
        ["trace", write_reports(tmp_path / "more"), "--case", sealed, "--dossier", tmp_path / "dossier"],
    ]
    for words in asked:
        locked = headwater(*words)
        assert locked.exit_code == 5, locked.output
        assert "encrypted" in locked.output
        assert "--passphrase-file" in locked.output
        opened = headwater(*words, "--passphrase-file", first)
        assert opened.exit_code == 0, opened.output
    assert is_encrypted(sealed)


def test_a_wrong_passphrase_ends_with_5_and_one_sentence(sealed: Path, second: Path) -> None:
    done = headwater("show", sealed, "at dawn", "--passphrase-file", second)
    assert done.exit_code == 5
    assert done.output.startswith("The passphrase does not open ")
    assert SECOND not in done.output
    told = headwater("show", sealed, "at dawn", "--json", "--passphrase-file", second)
    assert json.loads(told.stdout)["error"]["kind"] == "WrongPassphrase"


def test_a_passphrase_comes_from_standard_input(sealed: Path) -> None:
    words = ["show", str(sealed), "at dawn", "--passphrase-file", "-"]
    done = CliRunner().invoke(group, words, input=f"{FIRST}\n", prog_name="headwater")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"under the willow\n", "under the willow"),
        (b"under the willow\r\n", "under the willow"),
        (b" under the willow ", " under the willow "),
        (b"\xef\xbb\xbfunder\n", "under"),
        (b"two\nlines\n", "two\nlines"),
    ],
)
def test_a_passphrase_file_is_taken_as_it_is(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert read_passphrase(path) == found
    assert repr(read_passphrase(path)) == "<Passphrase>"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00", b"x" * 5000])
def test_a_file_that_holds_no_passphrase_is_told_without_its_content(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Locked) as caught:
        read_passphrase(path)
    assert caught.value.__context__ is None
    with pytest.raises(PathMissing):
        read_passphrase(tmp_path / "missing")


def test_encrypt_change_recover_decrypt(case: Path, first: Path, second: Path, tmp_path: Path) -> None:
    before = read_case(case)
    sheet = tmp_path / "sheet.txt"
    done = headwater("encrypt", case, "--new-passphrase-file", first, "--recovery-sheet", sheet)
    assert (done.exit_code, "is encrypted" in _flat(done)) == (0, True)
    assert read_case(case, key=unlock(case, FIRST)) == before
    if sys.platform != "win32":
        assert sheet.stat().st_mode & 0o777 == 0o600
    done = headwater("encrypt", case, "--passphrase-file", first, "--new-passphrase-file", second)
    assert (done.exit_code, "has a new passphrase" in _flat(done)) == (0, True)
    assert "No recovery sheet was made" in done.output
    old = _file(tmp_path, "old", _code(sheet))
    done = headwater("recover", case, "--code-file", old, "--new-passphrase-file", first)
    assert (done.exit_code, "before the passphrase was changed" in _flat(done)) == (5, True)
    fresh = tmp_path / "fresh.txt"
    headwater("encrypt", case, "--passphrase-file", second, "--new-passphrase-file", second, "--recovery-sheet", fresh)
    typed = _file(tmp_path, "typed", _code(fresh).lower().replace(" ", "-"))
    done = headwater("recover", case, "--code-file", typed, "--new-passphrase-file", first)
    assert done.exit_code == 0, done.output
    done = headwater("decrypt", case, "--passphrase-file", first, "--json")
    assert json.loads(done.stdout)["encrypted"] is False
    assert read_case(case) == before
    assert headwater("decrypt", case).exit_code == 1
    assert headwater("recover", case, "--code-file", typed).exit_code == 1


def _flat(done: Result) -> str:
    return " ".join(done.output.split())


def _code(sheet: Path) -> str:
    lines = re.findall(r"^ +\d+-\d+ +(.*)$", sheet.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == 2
    return " ".join(lines)


def test_a_sheet_replaces_nothing_and_is_asked_for_before_the_work(case: Path, first: Path, tmp_path: Path) -> None:
    taken = _file(tmp_path, "sheet.txt", "a letter")
    for place in (taken, tmp_path / "missing" / "sheet.txt"):
        done = headwater("encrypt", case, "--new-passphrase-file", first, "--recovery-sheet", place)
        assert done.exit_code == 1
    assert taken.read_text(encoding="utf-8") == "a letter"
    assert not is_encrypted(case)


def test_a_weak_passphrase_encrypts_nothing(case: Path, tmp_path: Path) -> None:
    done = headwater("encrypt", case, "--new-passphrase-file", _file(tmp_path, "weak", "short\n"))
    assert (done.exit_code, "too short" in done.output) == (1, True)
    assert not is_encrypted(case)
    assert headwater("encrypt", case).exit_code == 5


def test_trace_makes_an_encrypted_case(folder: Path, first: Path, tmp_path: Path) -> None:
    case, sheet, dossier = tmp_path / "new.headwater", tmp_path / "sheet.txt", tmp_path / "dossier"
    words: list[str | Path] = [
        "trace",
        folder,
        "--case",
        case,
        "--dossier",
        dossier,
        "--encrypt",
        "--passphrase-file",
        first,
    ]
    done = headwater(*words, "--recovery-sheet", sheet)
    assert done.exit_code == 0, done.output
    assert "Only the case is encrypted" in done.output
    assert b"Sellmouth" not in case.read_bytes()
    assert read_case(case, key=unlock(case, FIRST))
    assert _code(sheet)
    assert headwater(*words).exit_code == 0
    assert is_encrypted(case)


def test_trace_does_not_encrypt_a_plain_case_by_the_way(folder: Path, case: Path, first: Path, tmp_path: Path) -> None:
    done = headwater(
        "trace", folder, "--case", case, "--dossier", tmp_path / "d", "--encrypt", "--passphrase-file", first
    )
    assert (done.exit_code, "headwater encrypt" in done.output) == (1, True)
    assert not is_encrypted(case)


def test_backup_needs_no_passphrase_and_restore_does(sealed: Path, first: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.headwater"
    done = headwater("backup", sealed, copy, "--json")
    assert json.loads(done.stdout)["encrypted"] is True
    assert copy.read_bytes() == sealed.read_bytes()
    assert headwater("restore", copy, sealed, "--replace").exit_code == 5
    assert headwater("restore", copy, sealed, "--passphrase-file", first).exit_code == 1
    done = headwater("restore", copy, sealed, "--replace", "--passphrase-file", first)
    assert (done.exit_code, "kept as" in done.output) == (0, True)


def test_the_key_is_wiped_when_the_command_ends(sealed: Path, first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def remembered(path: Path, passphrase: str) -> keys.Key:
        made.append(unlock(path, passphrase))
        return made[-1]

    monkeypatch.setattr(unlocking, "unlock", remembered)
    assert headwater("show", sealed, "at dawn", "--passphrase-file", first).exit_code == 0
    assert [bytes(key._secret) for key in made] == [bytes(32)]


def test_each_wrong_answer_makes_the_next_question_wait_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)

    def wrong() -> keys.Key:
        raise WrongPassphrase("No.", next_step="Again.")

    with pytest.raises(WrongPassphrase):
        unlocking.patiently(wrong, unlocking._PAUSES)
    assert waited == [1.0, 3.0]


def _commands(command: click.Command) -> list[click.Command]:
    if isinstance(command, HeadwaterGroup):
        ctx = click.Context(command)
        inner = [command.get_command(ctx, name) for name in command.list_commands(ctx)]
        return [each for one in inner if one for each in _commands(one)]
    return [command]


def test_no_option_takes_a_secret_and_none_is_read_from_the_environment() -> None:
    """What stands in an option is in the list of programs and in the history of the shell."""
    secret = re.compile("pass|key|code|secret|recover")
    params = [param for command in _commands(group) for param in command.params]
    named = [param for param in params if secret.search(param.name or "") and param.name != "encoding"]
    assert {param.name for param in named} == {
        "passphrase_file",
        "new_passphrase_file",
        "other_passphrase_file",
        "code_file",
    }
    assert all(isinstance(param.type, click.Path) for param in named)
    assert not any(param.envvar for param in params)
    assert len(COMMANDS) > 8


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_at_a_terminal_it_asks_without_echo_and_lets_try_again(sealed: Path) -> None:
    code = (
        "from types import MappingProxyType as M; from headwater.casefile import keys;"
        "keys.SETTINGS = M({1: keys.Setting(32, 1, 4)});"
        "from headwater.cli import main, unlocking; unlocking._PAUSES = (0.3, 0.6); main()"
    )
    asked = f"Passphrase of {sealed.name}: "
    shown, exit_code = _at_terminal([code, "show", str(sealed), "at dawn"], asked, [SECOND, FIRST])
    assert exit_code == 0, shown
    assert shown.count(asked) == 2
    assert "Oda Renn" in shown
    assert FIRST not in shown
    assert SECOND not in shown
    shown, exit_code = _at_terminal([code, "show", str(sealed), "at dawn"], asked, ["a", "b", "c"])
    assert (exit_code, shown.count(asked)) == (5, 3)


def _at_terminal(words: list[str], asked: str, answers: list[str]) -> tuple[str, int]:
    """Run Python in a pseudo-terminal, answer each question, and return what was shown and the exit code."""
    pty = importlib.import_module("pty")  # not on every system
    process, terminal = pty.fork()
    if process == 0:
        src = str(Path(__file__).parents[2] / "src")
        os.execve(sys.executable, [sys.executable, "-c", *words], {**os.environ, "PYTHONPATH": src})
    shown = ""
    left = list(answers)
    while True:
        try:
            shown += os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:
            break
        if left and shown.count(asked) > len(answers) - len(left):
            time.sleep(0.1)
            os.write(terminal, f"{left.pop(0)}\n".encode())
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    return shown, os.waitstatus_to_exitcode(status)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("idle", "expected"), [("0.7", 5), ("900", 124)], ids=["left alone", "the control"])
def test_a_case_left_open_at_a_terminal_locks_itself(sealed: Path, idle: str, expected: int) -> None:
    """The control has the time of the product and is ended by the test, which only its own alarm does."""
    code = (
        "import functools, signal; from types import MappingProxyType as M; from headwater.casefile import keys;"
        "keys.SETTINGS = M({1: keys.Setting(32, 1, 4)});"
        "import headwater.cli.decide as decide;"
        f"decide.Session = functools.partial(decide.Session, idle_seconds={idle});"
        "signal.signal(signal.SIGALRM, lambda *_: __import__('os')._exit(124)); signal.alarm(6);"
        "from headwater.cli import main; main()"
    )
    asked = f"Passphrase of {sealed.name}: "
    shown, exit_code = _at_terminal([code, "decide", str(sealed)], asked, [FIRST])
    assert exit_code == expected, shown
    assert ("was locked because nobody used it" in " ".join(shown.split())) == (expected == 5)
