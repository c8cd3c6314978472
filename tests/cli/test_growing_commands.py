"""The commands `add` and `withdraw` as a person and a program use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import REPORTS, headwater

from headwater import casefile
from headwater.cli import group
from headwater.cli import withdraw as withdraw_module

ELM = (
    "Boats gone\n\nAt least 12 boats were seized in Sellmouth, harbour master Tam Brask told the Elm Weekly.\n\n"
    "“They took the boats at dawn,” Oda Renn told Radio Vellmar.\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case of two reports, with its dossier beside it."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("ash.txt", "cedar.txt"):
        text = REPORTS[name].replace("residents said", "Oda Renn said")  # somebody whom another report can differ from
        (folder / name).write_text(text, encoding="utf-8")
    path = tmp_path / "case.headwater"
    done = headwater("trace", folder, "--case", path, "--dossier", tmp_path / "dossier")
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture
def elm(tmp_path: Path) -> Path:
    """A further report."""
    path = tmp_path / "elm.txt"
    path.write_text(ELM, encoding="utf-8")
    return path


def answer(*words: str | Path) -> dict[str, object]:
    """Return what a command prints for programs."""
    done = headwater(*words, "--json")
    assert done.exit_code in (0, 4), done.output
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_add_says_first_what_is_different(case: Path, elm: Path) -> None:
    done = headwater("add", case, elm)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "What is different now"
    assert lines[1].startswith("  Origins of “At least 12 boats were seized in Sellmouth”: 1 → ")
    assert "Added 1 report. The case holds 3 reports." in lines


def test_add_says_that_a_dossier_beside_the_case_is_older_now(case: Path, elm: Path) -> None:
    done = headwater("add", case, elm)
    told = " ".join(done.stdout.split())
    assert "was printed before: it may be of this case, and is older than it now." in told
    assert done.stdout.splitlines()[-1].startswith("Next: headwater dossier ")
    assert done.stdout.splitlines()[-1].endswith("dossier")


def test_add_prints_the_dossier_that_it_is_asked_for(case: Path, elm: Path) -> None:
    dossier = case.parent / "dossier"
    before = (dossier / "index.html").read_bytes()
    done = headwater("add", case, elm, "--dossier", dossier)
    assert (dossier / "index.html").read_bytes() != before
    assert "printed before" not in done.stdout
    assert headwater("dossier", case, "--out", case.parent / "again").exit_code == 0
    assert (case.parent / "again" / "index.html").read_bytes() == (dossier / "index.html").read_bytes()


def test_adding_twice_changes_nothing_the_second_time(case: Path, elm: Path) -> None:
    headwater("add", case, elm)
    before = case.read_bytes()
    done = headwater("add", case, elm)
    assert done.exit_code == 0
    assert "Added 0 reports, 1 file there already. The case holds 3 reports." in done.stdout
    assert "(not changed)" in done.stdout
    assert case.read_bytes() == before


def test_a_file_that_cannot_be_read_is_told_and_the_exit_code_says_so(case: Path, elm: Path) -> None:
    broken = case.parent / "broken.txt"
    broken.write_bytes(b"\x00\x01" * 99)
    done = headwater("add", case, elm, broken)
    assert done.exit_code == 4
    assert "Set aside (1)" in done.stdout
    assert "broken.txt: " in done.stdout


def test_a_dossier_that_cannot_be_replaced_stops_before_anything_is_added(case: Path, elm: Path) -> None:
    own = case.parent / "mine"
    own.mkdir()
    (own / "notes.txt").write_text("mine", encoding="utf-8")
    before = case.read_bytes()
    assert headwater("add", case, elm, "--dossier", own).exit_code == 1
    assert case.read_bytes() == before


def test_add_for_programs(case: Path, elm: Path) -> None:
    found = answer("add", case, elm)
    changes = found["changes"]
    assert isinstance(changes, list)
    assert {"kind": "origins", "before": "1"}.items() <= changes[0].items()
    assert [each["file"] for each in found["added"]] == ["elm.txt"]  # type: ignore[attr-defined]
    assert found["older_dossiers"] == [str(case.absolute().parent / "dossier" / "index.html")]
    assert found["reports"] == 3
    again = answer("add", case, elm)
    assert (again["already_there"], again["changes"], again["case_digest"]) == (["elm.txt"], [], None)


def test_withdraw_says_what_is_different_and_how_far_it_reaches(case: Path, elm: Path) -> None:
    headwater("add", case, elm)
    done = headwater("withdraw", case, "elm", "--why", "consent withdrawn", "--yes")
    assert done.exit_code == 0, done.output
    told = " ".join(done.stdout.split())
    assert told.startswith("What is different now")
    assert "Withdrawn 1 report. The case holds 2 reports." in told
    assert "Not reached: the files that you added, other copies and backups of this case" in told
    assert "carry words of it, and keep them: ash.txt." in told
    assert b"Tam Brask" not in case.read_bytes()
    assert headwater("verify", case).exit_code == 0


def test_withdraw_for_programs(case: Path, elm: Path) -> None:
    headwater("add", case, elm)
    found = answer("withdraw", case, "elm.txt", "--why", "court order", "--yes")
    assert [each["file"] for each in found["withdrawn"]] == ["elm.txt"]  # type: ignore[attr-defined]
    assert found["case_digest"] == casefile.case_digest(casefile.read_case(case))


def test_withdraw_without_anybody_to_ask_needs_to_be_told_yes(case: Path) -> None:
    before = case.read_bytes()
    done = headwater("withdraw", case, "ash.txt", "--why", "x")
    assert done.exit_code == 2
    assert "--yes" in done.output
    assert case.read_bytes() == before


@pytest.mark.parametrize(("typed", "reports"), [("n\n", 2), ("y\n", 1)])
def test_withdraw_asks_a_person_first(case: Path, monkeypatch: pytest.MonkeyPatch, typed: str, reports: int) -> None:
    monkeypatch.setattr(withdraw_module, "can_answer", lambda: True)
    words = ["withdraw", str(case), "ash.txt", "--why", "x"]
    done = CliRunner().invoke(group, words, input=typed, prog_name="headwater")
    assert done.exit_code == (130 if typed == "n\n" else 0)
    assert "ash.txt: " in done.stderr
    assert "for good?" in done.stderr
    assert len(casefile.read_case(case).received.reports) == reports


def test_withdraw_wants_a_reason(case: Path) -> None:
    assert headwater("withdraw", case, "ash.txt", "--yes").exit_code == 2
    assert headwater("withdraw", case, "ash.txt", "--why", " ", "--yes").exit_code == 2


def test_the_last_report_is_not_withdrawn(case: Path) -> None:
    done = headwater("withdraw", case, "ash.txt", "cedar.txt", "--why", "x", "--yes")
    assert done.exit_code == 1
    assert "without reports is no case" in done.output


def test_an_encrypted_case_grows_and_shrinks_under_its_passphrase(case: Path, elm: Path) -> None:
    words = case.parent / "words"
    words.write_text("nine grey herons over the quiet harbour wall", encoding="utf-8")
    assert headwater("encrypt", case, "--new-passphrase-file", words).exit_code == 0
    assert headwater("add", case, elm).exit_code == 5
    done = headwater("add", case, elm, "--passphrase-file", words)
    assert done.exit_code == 0, done.output
    done = headwater("withdraw", case, "elm.txt", "--why", "x", "--yes", "--passphrase-file", words)
    assert done.exit_code == 0, done.output
    assert casefile.is_encrypted(case)
