"""Deciding as a person does it: by words or ids, taken back and brought back, alone and with a colleague."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from command_line import headwater

from headwater.casefile import read_case, read_people
from headwater.cli import group
from headwater.model import Verb

WORDS = "left us the nets"


@pytest.fixture
def case(traced: Path, tmp_path: Path) -> Path:
    """A copy of the traced case, to be changed."""
    return Path(shutil.copy(traced, tmp_path / "case.headwater"))


def said(*words: str | Path) -> str:
    """Run a command that works and return what it printed, on one line."""
    done = headwater(*words)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def as_json(*words: str | Path) -> Any:
    """Run a command that works and return its record."""
    return json.loads(headwater(*words, "--json").stdout)


def test_a_statement_is_rejected_taken_back_and_brought_back(case: Path) -> None:
    before = read_case(case)
    told = said("decide", case, "reject", WORDS, "--why", "a song", "--by", "Mara Oss")
    assert told.startswith("Rejected statement “They took the boats at dawn and left us the nets,”")
    assert "said by: Oda Renn, a fisherman" in told
    assert "Statements 4 → 3" in told
    (decision,) = read_people(case).decisions
    assert (decision.verb, decision.why, decision.agent) == (Verb.REJECT, "a song", "Mara Oss")
    undone = said("undo", case)
    assert undone.startswith("Undone: rejected statement “They took the boats")
    assert "Nothing is left to undo." in undone
    assert read_case(case).readings == before.readings
    assert said("redo", case).startswith("Brought back: rejected statement “They took the boats")
    assert len(read_case(case).readings[0].statements) < len(before.readings[0].statements)
    assert [each["state"] for each in as_json("decisions", case)["decisions"]] == ["holds", None, None]


def test_show_prints_ids_that_decide_takes(case: Path) -> None:
    line = next(each for each in headwater("show", case, WORDS).stdout.splitlines() if " id statement-" in each)
    statement, utterance, origin = line.split("id ")[1].split(" · ")
    assert "Noted on utterance" in said("decide", case, "note", utterance[:16], "--to", "ask again", "--later")
    assert "Confirmed origin “Oda Renn" in said("decide", case, "confirm", origin, "--later")
    assert "to nobody known" in said("decide", case, "re-attribute", statement, "--to", "", "--later")
    listed = said("decisions", case)
    assert listed.count("waiting ") == 3
    assert "3 decisions are not in the results yet" in listed
    assert as_json("decide", case, "--recompute")["waiting"] == 0
    assert "waiting" not in said("decisions", case)


def test_what_is_printed_before_the_results_are_made_anew_says_that_they_are_older(case: Path, tmp_path: Path) -> None:
    said("decide", case, "reject", WORDS, "--later")
    export, folder = tmp_path / "case.json", tmp_path / "dossier"
    commands: tuple[tuple[str | Path, ...], ...] = (
        ("show", case, WORDS),
        ("show", case, WORDS, "--json"),
        ("export", case, "--out", export),
        ("dossier", case, "--out", folder),
    )
    for each in commands:
        assert "1 decision is not in the results yet: headwater decide" in " ".join(headwater(*each).stderr.split())
    assert json.loads(export.read_text("utf-8"))["decisions_waiting"] == 1
    assert as_json("show", case, WORDS)["decisions_waiting"] == 1
    assert "1 decision is not in the results yet." in (folder / "index.html").read_text("utf-8")
    said("decide", case, "--recompute")
    for each in commands:
        assert "not in the results" not in headwater(*each).stderr
    assert "decisions_waiting" not in json.loads(export.read_text("utf-8"))
    assert "not in the results" not in (folder / "index.html").read_text("utf-8")


def test_one_decision_a_line_and_what_is_not_understood_does_not_stop_the_rest(case: Path) -> None:
    lines = f'# first\nreject “{WORDS}”\n\nconfirm nothing like this\nundo\nredo\nnote {WORDS} --to x\nnote "{WORDS}"\n'
    done = CliRunner().invoke(group, ["decide", str(case), "--json"], input=lines, prog_name="headwater")
    assert done.exit_code == 1
    made = json.loads(done.stdout)
    assert [each["verb"] for each in made["decisions"]] == ["reject", "undo", "redo"]
    assert [each["line"] for each in made["refused"]] == [4, 7, 8]
    assert made["waiting"] == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["reject", "the moon"], "No statement in this case carries the words"),
        (["reject", "They took the boats"], "could be 2 things"),
        (["reject", "statement-ffffffffffffffff"], "Nothing in this case has an id that begins"),
        (["rename", WORDS, "--to", "X"], "renamed at a time"),
        (["re-attribute", WORDS], "not said to whom"),
        (["merge", WORDS], "merged with"),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_is_kept(case: Path, words: list[str], why: str) -> None:
    done = headwater("decide", case, *words)
    assert done.exit_code == 1
    assert why in " ".join(done.stderr.split())
    assert read_people(case).decisions == ()


def test_undo_and_redo_say_when_there_is_nothing(case: Path) -> None:
    for command, why in (("undo", "no decision to undo"), ("redo", "nothing to bring back")):
        done = headwater(command, case)
        assert done.exit_code == 1
        assert why in done.stderr


def test_a_decision_is_undone_and_brought_back_by_the_beginning_of_its_id(case: Path) -> None:
    first = as_json("decide", case, "confirm", WORDS, "--later")["decisions"][0]["id"]
    said("decide", case, "note", WORDS, "--to", "x", "--later")
    assert said("undo", case, first[:17], "--later").startswith("Undone: confirmed statement")
    said("decide", case, "note", WORDS, "--to", "y", "--later")
    assert headwater("redo", case).exit_code == 1
    assert said("redo", case, first[:17], "--later").startswith("Brought back: confirmed statement")
    assert headwater("undo", case, "decision-").exit_code == 1


def test_two_copies_are_merged_and_the_conflict_is_shown_until_somebody_decides(case: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(case, tmp_path / "other.headwater"))
    said("decide", case, "confirm", WORDS, "--by", "Mara Oss", "--later")
    said("decide", other, "reject", WORDS, "--by", "Ivo Tarn", "--later")
    before = other.read_bytes()
    told = said("merge", case, other)
    assert "1 decision brought" in told
    assert "contradict one another" in told
    assert "Mara Oss" in told
    assert "Ivo Tarn" in told
    assert other.read_bytes() == before
    assert "0 decisions brought" in said("merge", case, other)
    assert said("decisions", case).count("in conflict ") == 2
    held = as_json("decide", case, "reject", WORDS)
    assert held["decisions"][0]["conflicts"] == []
    states = [each["state"] for each in as_json("decisions", case)["decisions"]]
    assert states == ["overruled", "holds", "holds"]
    said("merge", other, case)
    assert as_json("decisions", other)["conflicts"] == []


def test_another_case_is_no_copy(case: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("“We saw no boat,” Oda Renn said.\n", encoding="utf-8")
    said("trace", tmp_path / "one.txt", "--case", tmp_path / "else.headwater", "--dossier", tmp_path / "d")
    done = headwater("merge", case, tmp_path / "else.headwater")
    assert done.exit_code == 1
    assert "not a copy" in done.stderr
