"""Fit the judge of rewording and write its coefficients into the package. Needs the run-time package only.

    python -m training.rewording ../shared/corpora/verses/verses.jsonl

A chapter in five translations is taken for a case of five reports: its words are weighed within it, and its other
verses are what was also said. Books for training, for calibration and held out are different ones (`verses`).
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from headwater.tracing.material import Piece, Weights
from headwater.tracing.rewording import FEATURES, features
from headwater.tracing.similarity import overlap
from training.verses import (
    CALIBRATION,
    HELD_OUT,
    TRAINING,
    TRANSLATIONS,
    Encoded,
    Verses,
    read_verses,
    statements_of,
)

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "training" / "build" / "verses.npz"
FIT = ROOT / "src" / "headwater" / "tracing" / "rewording_fit.py"
HEAD = '"""The coefficients of the judge of rewording: the constant, then one a feature. Written by training."""'
SEED = 5
TRIMMED = (0.4, 0.7)  # share of the words that stay
LEAST_WORDS = 6  # of a text that is trimmed
# How many verses are trimmed, how many of those come from the same translation, how many get a changed partner.
TRIM, SAME, CHANGE = 0.6, 0.25, 0.1
# Wrong partners of each verse: the nearest by vector, by shared weight, and any others of its chapter.
NEAREST, OTHERS = 4, 4
LEAST_VERSES = 8
RIDGE = 1.0
_NUMBERS = "two three four five six seven eight ten twelve thirty forty hundred thousand".split()
_VERBS = re.compile(r"\b(is|are|was|were|will|shall|has|have|had|can|may|must|did|do|does)\b(?! not)")

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A text of a verse, whole or trimmed, and the translation in which its partner is looked for."""

    verse: int
    text: str
    to: str


def main() -> None:
    """Draw pairs, fit, calibrate, print what the held-out books say, write the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verses", type=Path)
    verses = read_verses(parser.parse_args().verses)
    encoded = Encoded(KEPT)
    drawn = {part: draw(verses, encoded, part) for part in (TRAINING, CALIBRATION, HELD_OUT)}
    encoded.save()
    lines = [
        HEAD,
        "",
    ]
    for name, count in (("WITHOUT_COSINE", len(FEATURES)), ("WITH_COSINE", len(FEATURES) + 1)):
        given = {part: (values[:, :count], same) for part, (values, same) in drawn.items()}
        coefficients = calibrated(fitted(*given[TRAINING]), *given[CALIBRATION])
        lines.append(f"{name} = (\n" + "".join(f"    {value:.4f},\n" for value in coefficients) + ")")
        print(name, report(coefficients, *given[HELD_OUT]))
    FIT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def draw(verses: Verses, encoded: Encoded, part: int) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Return features with the cosine, and which pairs render one sentence, for all chapters of a part."""
    chance = random.Random(SEED + part)
    rows: list[list[float]] = []
    same: list[bool] = []
    for chapter in verses.chapters(part):
        if len(chapter) < LEAST_VERSES:
            continue
        weights = Weights(frozenset(verses.pieces[name][i].roots) for name in TRANSLATIONS for i in chapter)
        asked = [question(verses, verse, chance) for verse in chapter]
        for one, two, right in _pairs(verses, encoded, weights, chapter, asked, chance):
            u, v = encoded([one.statement.text, two.statement.text])
            rows.append([*features(one, two, weights), float(u @ v)])
            same.append(right)
    return np.array(rows), np.array(same)


def question(verses: Verses, verse: int, chance: random.Random) -> Asked:
    """Draw two translations of a verse; often trim the one, sometimes of the very translation that is searched."""
    of, to = chance.sample(TRANSLATIONS, 2)
    text = verses.texts[of][verse]
    if chance.random() < TRIM:
        of = to if chance.random() < SAME else of
        text = trimmed(verses.texts[of][verse], chance) or text
    return Asked(verse, text, to)


def _pairs(
    verses: Verses,
    encoded: Encoded,
    weights: Weights,
    chapter: Sequence[int],
    asked: Sequence[Asked],
    chance: random.Random,
) -> Iterator[tuple[Piece, Piece, bool]]:
    """Yield each asked text with its right partner, hard wrong ones, and sometimes the right one changed."""
    changes = [changed(verses.texts[each.to][each.verse], chance) if chance.random() < CHANGE else "" for each in asked]
    made = statements_of({"asked": [each.text for each in asked], "changed": [text for text in changes if text]}).pieces
    ones = [piece for piece in made if piece.statement.report == "asked"]
    twos = iter([piece for piece in made if piece.statement.report == "changed"])
    for each, one, change in zip(asked, ones, changes, strict=True):
        there = [verses.pieces[each.to][i] for i in chapter]
        (vector,) = encoded([each.text])
        cosine = encoded([piece.statement.text for piece in there]) @ vector
        shared = np.array([overlap(one, piece, weights)[0] for piece in there])
        near = {*np.argsort(-cosine)[:NEAREST], *np.argsort(-shared)[:NEAREST]}
        near |= set(chance.sample(range(len(there)), OTHERS))
        right = there[chapter.index(each.verse)]
        yield one, right, True
        for place in sorted(int(i) for i in near):
            if there[place].roots != right.roots:
                yield one, there[place], False
        if change:
            yield one, next(twos), False


def trimmed(text: str, chance: random.Random) -> str:
    """Return a part of a text in one piece; nothing of a short text."""
    words = text.split()
    if len(words) < LEAST_WORDS:
        return ""
    size = round(len(words) * chance.uniform(*TRIMMED))
    start = chance.randrange(len(words) - size + 1)
    return " ".join(words[start : start + size])


def changed(text: str, chance: random.Random) -> str:
    """Return the text with another number, or with a denial put in or taken out; nothing where neither is possible."""
    numbers = [word for word in _NUMBERS if re.search(rf"\b{word}\b", text)]
    if numbers:
        word = chance.choice(numbers)
        return re.sub(rf"\b{word}\b", chance.choice([each for each in _NUMBERS if each != word]), text)
    if " not " in text:
        return text.replace(" not ", " ", 1)
    found = _VERBS.search(text)
    return f"{text[: found.end()]} not{text[found.end() :]}" if found else ""


def fitted(values: Numbers, same: npt.NDArray[np.bool_]) -> Numbers:
    """Return constant and coefficients of a logistic model with a small ridge, by Newton's method."""
    middle, spread = values.mean(0), values.std(0) + 1e-9
    scaled = np.column_stack([np.ones(len(values)), (values - middle) / spread])
    found = newton(scaled, same, np.array([0.0, *[RIDGE] * values.shape[1]]))
    slopes = found[1:] / spread
    return np.array([found[0] - slopes @ middle, *slopes])


def newton(values: Numbers, same: npt.NDArray[np.bool_], ridge: Numbers) -> Numbers:
    """Return the coefficients that make `same` most likely under the ridge."""
    found = np.zeros(values.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (same - chance) - ridge * found
        curve = (values * (chance * (1 - chance))[:, None]).T @ values + np.diag(ridge)
        found = found + np.linalg.solve(curve, slope)
    return found


def calibrated(coefficients: Numbers, values: Numbers, same: npt.NDArray[np.bool_]) -> Numbers:
    """Return the coefficients stretched and shifted so that the chances of the calibration books are right (Platt)."""
    raw = coefficients[0] + values @ coefficients[1:]
    shift, stretch = newton(np.column_stack([np.ones(len(raw)), raw]), same, np.zeros(2))
    return np.array([coefficients[0] * stretch + shift, *(coefficients[1:] * stretch)])


def report(coefficients: Numbers, values: Numbers, same: npt.NDArray[np.bool_]) -> str:
    """Return average precision, precision at recall .90, and how far chances are from shares in ten bins."""
    chance = 1 / (1 + np.exp(-(coefficients[0] + values @ coefficients[1:])))
    ranked = same[np.argsort(-chance, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    recall = np.cumsum(ranked) / ranked.sum()
    tenth = np.minimum(9, (chance * 10).astype(int))
    off = sum(abs(chance[tenth == t].sum() - same[tenth == t].sum()) for t in range(10)) / len(same)
    return (
        f"pairs {len(same)}, right {same.sum()}, average precision {precision[ranked].mean():.3f}, "
        f"precision at recall .90 {precision[recall >= 0.9].max():.3f}, chance off by {off:.3f}"
    )


if __name__ == "__main__":
    main()
