"""The tutorial runs, and prints what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from console_blocks import TUTORIAL, fits, rewritten, run, steps


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tutorial")


def test_every_block_prints_what_the_tutorial_shows(folder: Path) -> None:
    told = list(steps(TUTORIAL.read_text(encoding="utf-8")))
    assert len(told) >= 5
    for step in told:
        assert step.shown.strip(), f"no output is shown for: {step.command}"
        printed = run(step.command, folder)
        assert fits(step.shown, printed), f"$ {step.command}\n{printed}"
    assert (folder / "demo" / "dossier" / "index.html").is_file()


def test_an_output_that_differs_does_not_fit() -> None:
    assert fits("one\ntwo\n", "one\ntwo\n")
    assert not fits("one\ntwo\n", "one\n")
    assert not fits("one\n", "one\ntwo\n")
    assert fits("one\n...\nfour\n", "one\ntwo\nthree\nfour\n")
    assert not fits("one\n...\nfour\n", "one\ntwo\nthree\n")
    assert fits("all ... hold\n", "all 12 hold\n")
    assert not fits("all ... hold\n", "all 12 fail\n")


def test_a_rewritten_document_keeps_all_but_the_outputs(tmp_path: Path) -> None:
    text = "before\n\n```console\n$ echo one\nold\n$ echo two\n```\n\nafter\n"
    fresh = text.replace("old\n", "one\n").replace("$ echo two\n", "$ echo two\ntwo\n")
    assert rewritten(text, tmp_path) == (fresh, [])


def test_a_shortened_output_is_never_rewritten_but_named_when_untrue(tmp_path: Path) -> None:
    text = "```console\n$ echo one\no...\n$ echo two\no...\n```\n"
    assert rewritten(text, tmp_path) == (text, ["echo two"])


def test_a_block_without_a_command_is_refused() -> None:
    with pytest.raises(ValueError, match="does not open with a command"):
        list(steps("```console\nwords\n```\n"))
