"""Learn how much each number tells, for finding a statement among many.

    python -m training.ranking ../shared/corpora/verses/verses.jsonl

Writes the coefficients into the package. Needs the run-time package only. Only the training books are used.
"""

from __future__ import annotations

import argparse
import itertools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from headwater.tracing.matching import Matcher
from headwater.tracing.rewording_rank import FEATURES
from training.rewording import KEPT, ROOT
from training.verses import CALIBRATION, HELD_OUT, TRAINING, TRANSLATIONS, Encoded, Verses, read_verses

TRACING = ROOT / "src" / "headwater" / "tracing"
FIT = TRACING / "rewording_rank_fit.py"
HEAD = '"""The coefficients for ranking the statements of a short list, one a feature. Written by training."""'
ASKED = 2  # in so many pairs of translations each verse is asked
RIDGE = 0.001

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lists:
    """Short lists: the numbers of each found statement (lists, found, features), and which of them are right."""

    numbers: Numbers
    right: npt.NDArray[np.bool_]

    def columns(self, count: int) -> Lists:
        """Return the lists that hold a right one, with the first `count` numbers."""
        kept = self.right.any(1)
        return Lists(self.numbers[kept, :, :count], self.right[kept])


def main() -> None:
    """Learn, fit, print what the other books say, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verses", type=Path)
    verses = read_verses(parser.parse_args().verses)
    encoded = Encoded(KEPT)
    training = draw(verses, encoded, TRAINING)
    judged = {part: draw(verses, encoded, part) for part in (CALIBRATION, HELD_OUT)}
    encoded.save()
    lines = [HEAD, ""]
    for name, count in (("WITHOUT_COSINE", len(FEATURES)), ("WITH_COSINE", len(FEATURES) + 1)):
        found = fitted(training.columns(count))
        lines.append(f"{name} = (\n" + "".join(f"    {value:.4f},\n" for value in found) + ")")
        for part, lists in judged.items():
            print(name, "calibration" if part == CALIBRATION else "held out", report(lists, found))
    FIT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def draw(verses: Verses, encoded: Encoded, part: int) -> Lists:
    """Return the short lists of verses of a part in all pairs of translations, the cosine last."""
    of_part = [verse for chapter in verses.chapters(part) for verse in chapter]
    pairs = sorted(itertools.permutations(TRANSLATIONS, 2), key=lambda pair: pair[1])
    made = {name: (Matcher(verses.pieces[name]), encoded(verses.texts[name])) for name in TRANSLATIONS}
    numbers, right = [], []
    for turn, (of, to) in enumerate(pairs * ASKED):
        matcher, vectors = made[to]
        for verse in of_part[(turn + turn // len(pairs)) % len(pairs) :: len(pairs)]:
            piece = verses.pieces[of][verse]
            short, found = matcher.short_list(piece)
            cosines = vectors[short] @ encoded([piece.statement.text])[0]
            numbers.append(np.column_stack([found, cosines]))
            right.append([verses.texts[to][i] == verses.texts[to][verse] for i in short])
    return Lists(np.array(numbers), np.array(right))


def report(lists: Lists, coefficients: Numbers) -> str:
    """Return the share of right first places, by words alone and ranked, and of lists with a right one."""
    first = (lists.numbers[:, :, : len(coefficients)] @ coefficients).argmax(1)
    ranked = lists.right[np.arange(len(first)), first].mean()
    return (
        f"lists {len(first)}, nearest by words right {lists.right[:, 0].mean():.3f}, "
        f"ranked first {ranked:.3f}, on the list {lists.right.any(1).mean():.3f}"
    )


def fitted(lists: Lists) -> Numbers:
    """Return the coefficients that make the right ones likeliest in their lists (softmax), by Newton's method."""
    spread = lists.numbers.std((0, 1)) + 1e-9
    values = lists.numbers / spread
    found = np.zeros(values.shape[2])
    for _ in range(25):
        raw = values @ found
        every = np.exp(raw - raw.max(1, keepdims=True))
        chance = every / every.sum(1, keepdims=True)
        right = every * lists.right / (every * lists.right).sum(1, keepdims=True)
        slope = np.einsum("lf,lfk->k", right - chance, values) / len(values) - RIDGE * found
        mean = np.einsum("lf,lfk->lk", chance, values)
        curve = np.einsum("lf,lfk,lfm->km", chance, values, values) / len(values) - mean.T @ mean / len(values)
        found = found + np.linalg.solve(curve + RIDGE * np.eye(len(found)), slope)
    return np.asarray(found / spread)


if __name__ == "__main__":
    main()
