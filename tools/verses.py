"""Measure the judge of rewording on the held-out books of the verses: sentences in five translations.

    python -m tools.verses ../shared

Of sentences in one translation the right one is looked for among all of another translation: by words alone, with
the sentence vectors, and with the sentences that stand beside it. A candidate with the very words of the right one
counts as right. Then the same among hard wrong ones only: the three verses on either side and the nearest others.
Vectors that training left in training/build are used again. Skips with a reason where the corpus is absent; returns 1
when a floor is missed.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from headwater.tracing.matching import Match, Matcher
from headwater.tracing.material import Piece
from headwater.tracing.rewording import Cosines
from training.verses import HELD_OUT, TRANSLATIONS, Encoded, Verses, read_verses

KEPT = Path(__file__).parents[1] / "training" / "build" / "verses.npz"
CORPUS = Path("corpora") / "verses" / "verses.jsonl"
SAMPLED, ENCODED = 100, 50  # held-out sentences for each pair of translations: by words, and with vectors
NEAR, REACH = 5, 3
RECALL = 0.9
FLOORS = {"words": 0.94, "vectors": 0.93, "beside": 0.97, "precision": 0.97}


@dataclass(frozen=True, slots=True)
class Way:
    """A way of searching: with the encoder or not, with the sentences beside the asked one or not."""

    name: str
    sampled: int
    cosines: Cosines | None = None
    beside: bool = False

    def best(self, matcher: Matcher, pieces: Sequence[Piece], verse: int, among: Sequence[int] | None = None) -> Match:
        """Search the rendering of a verse."""
        if not self.beside:
            return matcher.best(pieces[verse], among=among)
        return matcher.best(pieces[verse], pieces[verse - 1], pieces[verse + 1], among)


def main(shared: Path) -> int:
    """Print the figures and return the exit status."""
    corpus = shared / CORPUS
    if not corpus.is_file():
        print(f"Skipped: there are no verses at {corpus}; rewording was not measured.")
        return 0
    verses = read_verses(corpus)
    cosines = Cosines(Encoded(KEPT))
    ways = (
        Way("words", SAMPLED),
        Way("vectors", ENCODED, cosines),
        Way("beside", SAMPLED, beside=True),
    )
    found = {way.name: recall(verses, way) for way in ways}
    print(f"\nright match among all {len(verses)}, held-out books; {SAMPLED} sentences a pair, with vectors {ENCODED}")
    print(f"{'pair':<20}" + "".join(f"{way.name:>9}" for way in ways))
    for pair in found["words"]:
        print(f"{' → '.join(pair):<20}" + "".join(f"{found[way.name][pair]:>9.3f}" for way in ways))
    means = {name: float(np.mean(list(each.values()))) for name, each in found.items()}
    print(f"{'mean':<20}" + "".join(f"{means[way.name]:>9.3f}" for way in ways))
    hard = {way.name: precision(verses, way) for way in ways}
    print(f"{f'precision at {RECALL}':<20}" + "".join(f"{hard[way.name]:>9.3f}" for way in ways))
    means["precision"] = hard["words"]
    missed = [name for name, floor in FLOORS.items() if means[name] < floor]
    for name in missed:
        print(f"BELOW THE FLOOR  rewording {name}: {means[name]:.3f} < {FLOORS[name]:.2f}")
    return 1 if missed else 0


def sample(verses: Verses, size: int) -> list[int]:
    """Return held-out verses that stand inside a chapter, spread evenly."""
    inner = [i for chapter in verses.chapters(HELD_OUT) for i in chapter[1:-1]]
    return [inner[at * len(inner) // size] for at in range(size)]


def recall(verses: Verses, way: Way) -> dict[tuple[str, str], float]:
    """Return the share of right matches for each pair of translations."""
    chosen = sample(verses, way.sampled)
    out = {}
    for to in TRANSLATIONS:
        matcher = Matcher(verses.pieces[to], way.cosines)
        for of in TRANSLATIONS:
            if of != to:
                places = [way.best(matcher, verses.pieces[of], verse).place for verse in chosen]
                right = [verses.texts[to][a] == verses.texts[to][b] for a, b in zip(places, chosen, strict=True)]
                out[of, to] = sum(right) / len(right)
    return dict(sorted(out.items()))


def precision(verses: Verses, way: Way) -> float:
    """Return the precision at recall `RECALL` when the matches with the widest lead are believed first.

    Each sentence is searched among the right one, its neighbours and the nearest others: one match each, or none.
    """
    believed: list[tuple[float, bool]] = []
    chosen = sample(verses, ENCODED)
    for of, to in itertools.permutations(TRANSLATIONS, 2):
        there = verses.pieces[to]
        everything = Matcher(there, way.cosines)
        for verse in chosen:
            piece = verses.pieces[of][verse]
            near = {verse, *range(max(0, verse - REACH), min(len(there), verse + REACH + 1))}
            near |= set(everything.nearest(piece, NEAR))
            hard = [i for i in sorted(near) if i == verse or there[i].roots != there[verse].roots]
            match = way.best(everything, verses.pieces[of], verse, hard)
            believed.append((match.lead, match.place == verse))
    believed.sort(key=lambda each: -each[0])
    right = np.cumsum([hit for _, hit in believed])
    shares = right / np.arange(1, len(believed) + 1)
    enough = right >= RECALL * len(believed)
    return float(shares[enough].max()) if enough.any() else 0.0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
