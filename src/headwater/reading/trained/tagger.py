"""The trained reader at work on one text: who is said to have said or thought what, with probabilities. Places only.

Each window of a text is run alone: the activations are scaled by what a run holds, and a reading must not change with
what else is read. It is also the fastest way, since nothing is filled up and no mask is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from headwater.model import Span
from headwater.reading.english.quotations import Quotation
from headwater.reading.trained.calibration import calibrated
from headwater.reading.trained.decoding import NEVER, Found, decode, steps_allowed
from headwater.reading.trained.linking import CUE_OF_CONTENT, SOURCE_OF_CUE, Bias, Link, Reals, links
from headwater.reading.trained.tags import TAGS
from headwater.reading.trained.weights import Weights, reader_weights
from headwater.reading.trained.windows import SEP, Numbers, Pieces, Window, pieces_of, row_of, windows_of

GROUP = 64  # windows decoded at a time


@dataclass(frozen=True, slots=True)
class Ascribed:
    """Words ascribed to somebody: places of the source's words, of the cue and of the content, in reading order.

    `probability` is that the content is ascribed as read, `named` that the source is the right one (or that there is
    none). `second` is the next best source, with its probability `doubt`.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    probability: float
    named: float
    second: Span | None = None
    doubt: float = 0.0


def ascribed(
    text: str, lines: Sequence[Span], quotes: Sequence[Quotation], weights: Weights | None = None
) -> list[Ascribed]:
    """Return what the printed lines of `text` ascribe to somebody, in reading order.

    `quotes` are the outermost quotations. Spans are code points of `text`. Without `weights` the packaged model reads.
    Raises DamagedModel; writes nothing.
    """
    weights = weights or reader_weights()
    pieces = pieces_of(weights.tokenizer, text, lines, quotes)
    windows = windows_of(pieces)
    gathered = _Gathered(pieces)
    learnt = weights.manifest["learnt"]
    steps = steps_allowed(np.array(learnt["steps"]))
    bias = Bias(np.array(learnt["near"]), np.array(learnt["none"]))
    for at in range(0, len(windows), GROUP):
        group = windows[at : at + GROUP]
        ran = [weights.session.run(None, row_of(pieces, window)) for window in group]
        rows = decode(*_stacked([tags[0] for tags, _ in ran], pieces, group), steps)
        for window, spans, (_, projected) in zip(group, rows, ran, strict=True):
            gathered.add(window, spans, projected[0].reshape(len(projected[0]), 4, -1).astype(np.float64), bias)
    return gathered.finished(weights.manifest["calibration"])


def _stacked(scores: Sequence[Reals], pieces: Pieces, group: Sequence[Window]) -> tuple[Reals, Numbers]:
    """The scores of some windows filled up to one width, with the mask of what is filled. No words stand at a break."""
    width = max(len(one) for one in scores)
    out, mask = np.zeros((len(scores), width, TAGS)), np.zeros((len(scores), width), dtype=np.int64)
    for row, (one, window) in enumerate(zip(scores, group, strict=True)):
        out[row, : len(one)], mask[row, : len(one)] = one, 1
        breaks = np.concatenate(([True], pieces.ids[window.first : window.last] == SEP))
        out[row, : len(one)][breaks, 1:] = NEVER
    return out, mask


@dataclass(slots=True)
class _Drawn:
    """One attribution while its contents are collected from the windows in which they stand."""

    source: Span | None
    cue: Span | None
    sure: float
    named: float
    second: Span | None = None
    doubt: float = 0.0
    content: list[tuple[Span, float]] = field(default_factory=list)


class _Gathered:
    """What the windows of one text say, put together."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self._drawn: list[_Drawn] = []

    def add(self, window: Window, spans: Sequence[Found], projected: Reals, bias: Bias) -> None:
        """Take over the cues of a window with their sources and contents, and the contents without a cue."""
        sources = links(SOURCE_OF_CUE, spans, projected, bias)
        by_cue = {link.one: self._with_source(window, spans, link) for link in sources}
        self._drawn += by_cue.values()
        for link in links(CUE_OF_CONTENT, spans, projected, bias):
            if link.other is None:
                self._drawn.append(drawn := _Drawn(None, None, 1.0, 1.0))
            else:
                drawn = by_cue[link.other]
            content = spans[link.one]
            drawn.content.append((self._place(window, content), content.probability * link.probability))

    def finished(self, calibration: dict[str, list[list[float]]]) -> list[Ascribed]:
        """Return all attributions in reading order, their probabilities calibrated."""
        made = [
            Ascribed(
                drawn.source,
                drawn.cue,
                tuple(sorted(span for span, _ in drawn.content)),
                calibrated(calibration["content"], drawn.sure * _mean([sure for _, sure in drawn.content])),
                calibrated(calibration["source"], drawn.named),
                drawn.second,
                calibrated(calibration["source"], drawn.doubt),
            )
            for drawn in self._drawn
            if drawn.content
        ]
        return sorted(made, key=lambda one: (one.cue or one.content[0], one.content))

    def _with_source(self, window: Window, spans: Sequence[Found], link: Link) -> _Drawn:
        cue = spans[link.one]
        source = None if link.other is None else spans[link.other]
        second = None if link.second is None else self._place(window, spans[link.second])
        sure = link.probability * (source.probability if source else 1.0)
        place = self._place(window, source) if source else None
        return _Drawn(place, self._place(window, cue), cue.probability, sure, second, link.runner_up)

    def _place(self, window: Window, span: Found) -> Span:
        """Return the place of a span of the window, whose first position holds no piece."""
        first, last = window.first + span.first - 1, window.first + span.last - 2
        return Span(int(self.pieces.start[first]), int(self.pieces.end[last]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
