"""The judge of rewording is fitted: trims stay in one piece, changes change one thing, the fit finds what it should."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from training.rewording import calibrated, changed, fitted, trimmed  # noqa: E402

SENTENCE = "The ferryman of Orle rowed seven women over the river before the soldiers came"


def test_a_trimmed_text_is_a_part_in_one_piece_of_about_half_the_words() -> None:
    for seed in range(20):
        part = trimmed(SENTENCE, random.Random(seed))
        assert part in SENTENCE
        assert 0.3 < len(part.split()) / len(SENTENCE.split()) < 0.8
    assert trimmed("They came at night", random.Random(1)) == ""


@pytest.mark.parametrize(
    ("text", "differs"),
    [(SENTENCE, "seven"), ("She did not open the gate", "not"), ("They were led to the mill", "were not")],
)
def test_a_changed_text_has_another_number_or_a_denial_more_or_less(text: str, differs: str) -> None:
    other = changed(text, random.Random(3))
    assert (differs in other) != (differs in text)
    assert abs(len(other.split()) - len(text.split())) <= 1


def test_the_fit_finds_the_coefficients_that_made_the_data_and_calibration_corrects_the_chance() -> None:
    chance = np.random.default_rng(4)
    values = chance.normal(size=(4000, 2))
    same = chance.random(4000) < 1 / (1 + np.exp(1 - 2 * values[:, 0] + values[:, 1]))
    assert fitted(values, same) == pytest.approx([-1, 2, -1], abs=0.2)
    assert calibrated(np.array([0.0, 4.0, -2.0]), values, same) == pytest.approx([-1, 2, -1], abs=0.2)


def test_the_fit_says_what_it_needs() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "training.rewording", "--help"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert "chapter" in told.stdout
