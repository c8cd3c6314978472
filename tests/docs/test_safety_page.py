"""The page about safety: each promise is numbered and names a test that is there, each limit it refers to is stated."""

from __future__ import annotations

import re

from console_blocks import ROOT

from headwater.casefile import ballast, keys
from headwater.casefile.session import IDLE_SECONDS

PAGE = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
PROMISES, NOT_PROMISED = PAGE.split("## How encryption works")[0].split("## What is not promised")


def parts(text: str, letter: str) -> dict[int, str]:
    """The numbered parts of a list, by their numbers."""
    found = re.split(rf"^\*\*{letter}(\d+)\. ", text, flags=re.MULTILINE)
    return dict(zip(map(int, found[1::2]), found[2::2], strict=True))


def test_promises_and_limits_are_numbered_without_a_gap() -> None:
    for text, letter in ((PROMISES, "P"), (NOT_PROMISED, "N")):
        numbers = list(parts(text, letter))
        assert len(numbers) >= 10
        assert numbers == list(range(1, len(numbers) + 1))


def test_every_promise_names_a_test_that_is_there() -> None:
    for number, promise in parts(PROMISES, "P").items():
        attacks = re.findall(r"`(\w+/test_\w+\.py)`", promise)
        assert attacks, f"P{number}"
        for attack in attacks:
            assert (ROOT / "tests" / attack).is_file(), f"P{number}: {attack}"


def test_every_limit_that_is_referred_to_is_stated() -> None:
    for text, letter in ((PROMISES, "P"), (NOT_PROMISED, "N")):
        stated = parts(text, letter).keys()
        assert {int(number) for number in re.findall(rf"\b{letter}(\d+)\b", PAGE)} <= stated


def test_the_numbers_are_those_of_the_program() -> None:
    setting = keys.SETTINGS[keys.NEWEST]
    said = " ".join(PAGE.split())
    assert f"{setting.memory // 1024} MiB of memory, {setting.passes} passes, {setting.lanes} lanes" in said
    assert f"needs {keys.MINIMUM} characters" in said
    assert f"{len(keys.generated_passphrase().replace(' ', ''))} letters in six groups" in said
    assert f"after {IDLE_SECONDS / 60:.0f} minutes" in said
    assert f"{ballast.LEAST // ballast.MEBIBYTE} to {ballast.MOST // ballast.MEBIBYTE} MiB" in said
