"""Marked articles as training windows: pieces in, tags and links out. Needs the run-time package and numpy only."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from headwater.model import Passage, PassageKind, Span
from headwater.reading.english.quotations import find_quotations
from headwater.reading.english.tokens import lines_of
from headwater.reading.trained.tags import CONTENT, CUE, SOURCE, begins, goes_on
from headwater.reading.trained.windows import SEP, Pieces, Window, pieces_of, windows_of

OUTER = " \t\r\n\u00a0\"'“”‘’«»„,.;:!?–—-()[]"  # the marks around a span that the field's measure does not count
NARROWEST = 128
JOINED = 0.1  # share of texts whose lines are run together, as many a saved page has them
UNKNOWN = -100
PARTS = {"source": SOURCE, "cue": CUE, "content": CONTENT}


@dataclass(slots=True)
class Example:
    """One window with what is marked in it.

    `spans` are (part, first, last) in positions of the row (CLS is 0), half-open; `source_of` gives for each cue span
    the index of its source span, `cue_of` for each content span that of its cue: -1 for none, UNKNOWN when it stands
    outside the window. `soft` are a teacher's tag probabilities.
    """

    ids: np.ndarray
    shape: np.ndarray
    state: np.ndarray
    tags: np.ndarray
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    source_of: dict[int, int] = field(default_factory=dict)
    cue_of: dict[int, int] = field(default_factory=dict)
    soft: np.ndarray | None = None


@dataclass(slots=True)
class Article:
    """A text as pieces, with its marked spans as (part, first, last) piece ranges and the links between them."""

    id: str
    text: str
    pieces: Pieces
    spans: list[tuple[int, int, int]]
    source_of: dict[int, int]
    cue_of: dict[int, int]
    soft: np.ndarray | None = None


def articles_in(path: Path, tokenizer: Tokenizer) -> list[Article]:
    """Read a file of marked articles, one JSON object a line, gzip-compressed."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [article_of(json.loads(line), tokenizer) for line in lines]


def article_of(record: dict[str, Any], tokenizer: Tokenizer) -> Article:
    """Turn one marked text into pieces, spans and links."""
    text: str = record["text"]
    passage = Passage(Span(0, len(text)), PassageKind.BODY)
    lines = [line for line, _ in lines_of(text, [passage], frozenset({PassageKind.BODY}))]
    pieces = pieces_of(tokenizer, text, lines, find_quotations(text, lines))
    spans: dict[tuple[int, int, int], int] = {}
    source_of: dict[int, int] = {}
    cue_of: dict[int, int] = {}
    for marked in record.get("attributions", []):
        found = {name: _placed(text, pieces, marked.get(name, []), part, spans) for name, part in PARTS.items()}
        for cue in found["cue"][:1]:
            source_of[cue] = found["source"][0] if found["source"] else -1
        for content in found["content"]:
            cue_of[content] = found["cue"][0] if found["cue"] else -1
    return Article(record["id"], text, pieces, list(spans), source_of, cue_of)


def _placed(
    text: str, pieces: Pieces, marked: list[list[int]], part: int, spans: dict[tuple[int, int, int], int]
) -> list[int]:
    """Return the indexes of the marked spans, adding those not seen before."""
    found = []
    for start, end in marked:
        bare = text[start:end].rstrip(OUTER)
        first_place = start + len(bare) - len(bare.lstrip(OUTER))
        first, last = np.searchsorted(pieces.start, [first_place, start + len(bare)])
        if first < last and pieces.ids[first] == SEP:
            first += 1  # a break stands at the same place as the line after it, and holds no words
        if last > first:
            found.append(spans.setdefault((part, int(first), int(last)), len(spans)))
    return found


def examples_of(article: Article, draw: random.Random | None) -> list[Example]:
    """Cut an article into examples. With `draw`, the windows' width and the line breaks vary from call to call."""
    pieces, keep = article.pieces, np.ones(len(article.pieces.ids), dtype=bool)
    width = 256
    if draw is not None:
        width = draw.choice((256, 256, draw.randint(NARROWEST, 256)))
        if draw.random() < JOINED:
            keep = pieces.ids != SEP
    moved = np.concatenate(([0], np.cumsum(keep)))
    kept = Pieces(
        *(values[keep] for values in (pieces.ids, pieces.start, pieces.end, pieces.shape, pieces.state, pieces.stop))
    )
    spans = [(part, int(moved[first]), int(moved[last])) for part, first, last in article.spans]
    tags = np.zeros(len(kept.ids), dtype=np.int64)
    for part, first, last in spans:
        tags[first:last] = goes_on(part)
        tags[first] = begins(part)
    soft = None if article.soft is None else article.soft[keep]
    return [_example(kept, window, tags, spans, article, soft) for window in windows_of(kept, width)]


def _example(
    pieces: Pieces, window: Window, tags: np.ndarray, spans: list[tuple[int, int, int]], article: Article,
    soft: np.ndarray | None,
) -> Example:  # fmt: skip
    rows = slice(window.first, window.last)
    size = window.last - window.first

    def row(values: np.ndarray, opening: int) -> np.ndarray:
        return np.concatenate(([opening], values[rows]))

    made = Example(row(pieces.ids, 101), row(pieces.shape, 5), row(pieces.state, 0), row(tags, 0))
    if soft is not None:
        opening = np.zeros((1, soft.shape[1]), dtype=soft.dtype)
        opening[0, 0] = 1
        made.soft = np.concatenate((opening, soft[rows]))
    index: dict[int, int] = {}
    for number, (part, first, last) in enumerate(spans):
        a, b = max(first - window.first, 0), min(last - window.first, size)
        if a < b:
            index[number] = len(made.spans)
            made.spans.append((part, a + 1, b + 1))
    for links, out in ((article.source_of, made.source_of), (article.cue_of, made.cue_of)):
        for one, other in links.items():
            if one in index:
                out[index[one]] = -1 if other < 0 else index.get(other, UNKNOWN)
    return made
