"""Sentences in five translations as statements that tracing can compare: how the corpus is read and shared out.

Whole books go to one part, so that no verse of one part stands beside a verse of another.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from headwater.model import (
    Certainty,
    Form,
    Passage,
    PassageKind,
    Reading,
    Report,
    ReportInfo,
    Span,
    Stance,
    Statement,
    sha256_text,
)
from headwater.reading.trained.sentences import SIZE, vectors
from headwater.tracing.material import Material, Piece, Weights, prepare

TRANSLATIONS = ("BSB", "OEB", "Twenty", "Noyes", "Anderson")
# The books in their order are dealt out in turn.
TRAINING, HELD_OUT, CALIBRATION = range(3)

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Verses:
    """The corpus: `texts` and `pieces` by translation, one each verse; `chapter` and `part` of each verse."""

    texts: dict[str, list[str]]
    pieces: dict[str, list[Piece]]
    weights: Weights
    chapter: npt.NDArray[np.int64]
    part: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.part)

    def chapters(self, part: int) -> list[list[int]]:
        """Return the verses of each chapter of a part."""
        of_part = [i for i in range(len(self)) if self.part[i] == part]
        return [list(found) for _, found in groupby(of_part, key=lambda i: int(self.chapter[i]))]


def read_verses(path: Path) -> Verses:
    """Read the corpus, one JSON object a line. Raises OSError and ValueError."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = {name: [str(row[name]) for row in rows] for name in TRANSLATIONS}
    chapters = [str(row["ref"]).split(":")[0] for row in rows]
    book = _numbered([name.rsplit(" ", 1)[0] for name in chapters])
    material = statements_of(texts)
    pieces: dict[str, list[Piece]] = {name: [] for name in TRANSLATIONS}
    for piece in material.pieces:
        pieces[piece.statement.report].append(piece)
    return Verses(texts, pieces, material.weights, _numbered(chapters), book % 3)


def _numbered(names: Sequence[str]) -> npt.NDArray[np.int64]:
    order = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return np.array([order[name] for name in names], dtype=np.int64)


def statements_of(reports: dict[str, list[str]]) -> Material:
    """Make a report of each list of texts, each text on a line of its own and said by somebody."""
    made = [_report(name, texts) for name, texts in reports.items()]
    return prepare([report for report, _ in made], [reading for _, reading in made])


def _report(name: str, texts: Sequence[str]) -> tuple[Report, Reading]:
    text = "\n".join(texts)
    info = ReportInfo(name, name, (name,), "0" * 64, sha256_text(text), "utf-8", None, None, None)
    statements, start = [], 0
    for number, line in enumerate(texts):
        span = Span(start, start + len(line))
        statements.append(_statement(f"{name}{number:06}", name, span, line))
        start = span.end + 1
    passage = Passage(Span(0, len(text)), PassageKind.BODY)
    return Report(info, text, (passage,)), Reading(report=name, statements=tuple(statements))


def _statement(ident: str, report: str, span: Span, text: str) -> Statement:
    return Statement(
        id=ident,
        report=report,
        content=(span,),
        text=text,
        form=Form.DIRECT,
        source=None,
        source_span=None,
        cue=None,
        told_to=None,
        certainty=Certainty.CLEAR,
        stance=Stance.ASSERTS,
        passage=PassageKind.BODY,
    )


class Encoded:
    """Vectors by text, kept in a file between runs. Writes that file in `save` only."""

    def __init__(self, kept: Path | None = None, encode: Callable[[Sequence[str]], Vectors] = vectors) -> None:
        self._encode = encode
        self._path = kept
        self._known: dict[str, Vectors] = {}
        if kept and kept.is_file():
            with np.load(kept) as held:
                self._known = dict(zip(held["texts"].tolist(), held["vectors"], strict=True))

    def __call__(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._encode(new), strict=True))
        return np.array([self._known[text] for text in texts]).reshape(len(texts), SIZE)

    def save(self) -> None:
        """Keep what is known."""
        if self._path:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(self._path, texts=np.array(list(self._known)), vectors=np.array(list(self._known.values())))
