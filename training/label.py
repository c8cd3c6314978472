"""What teachers make of unmarked texts: tag probabilities, and the spans and links that follow from them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from headwater.reading.trained.decoding import NEVER, Found, decode, steps_allowed
from headwater.reading.trained.linking import CUE_OF_CONTENT, SOURCE_OF_CUE, Bias, links
from headwater.reading.trained.tags import TAGS
from headwater.reading.trained.windows import CLS, SEP, Window, row_of, windows_of
from training.data import Article
from training.network import Reader, marginals

GROUP = 32  # windows in one run
_EVERY = 30.0  # seconds


def labelled(articles: Sequence[Article], teachers: Sequence[Reader], chained: Sequence[bool]) -> list[Article]:
    """Give every article the mean tag probabilities of the teachers, and the spans and links of the first of them."""
    made = [
        replace(a, spans=[], source_of={}, cue_of={}, soft=np.zeros((len(a.pieces.ids), TAGS), np.float16))
        for a in articles
    ]
    indexes: list[dict[tuple[int, int, int], int]] = [{} for _ in made]
    windows = [(at, window) for at, article in enumerate(articles) for window in windows_of(article.pieces)]
    windows.sort(key=lambda pair: pair[1].last - pair[1].first)
    began = told = time.monotonic()
    for first in range(0, len(windows), GROUP):
        group = windows[first : first + GROUP]
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            _label(made, indexes, group, teachers, chained)
        if time.monotonic() - told > _EVERY:
            told = time.monotonic()
            left = (len(windows) - first) * (told - began) / (first + GROUP)
            print(f"labels: window {first + GROUP} of {len(windows)}, {left / 60:.0f} min left", flush=True)
    for article, index in zip(made, indexes, strict=True):
        article.spans = list(index)
    return made


def _label(
    made: list[Article], indexes: list[dict[tuple[int, int, int], int]], group: Sequence[tuple[int, Window]],
    teachers: Sequence[Reader], chained: Sequence[bool],
) -> None:  # fmt: skip
    batch = stacked([row_of(made[at].pieces, window) for at, window in group])
    inputs = [torch.from_numpy(batch[name]) for name in ("ids", "shape", "state", "mask")]
    outputs = [teacher(*inputs) for teacher in teachers]
    each = [
        marginals(output.tags, teacher.steps, inputs[3]) if chain else torch.softmax(output.tags, 2)
        for output, teacher, chain in zip(outputs, teachers, chained, strict=True)
    ]
    mean = torch.stack(each).mean(0).numpy().astype(np.float64)
    scores = np.log(mean + 1e-9)
    scores[np.isin(batch["ids"], (CLS, SEP)), 1:] = NEVER
    rows = decode(scores, batch["mask"], steps_allowed(np.zeros((TAGS, TAGS))))
    projected = outputs[0].links.numpy().astype(np.float64)
    for row, (at, window) in enumerate(group):
        soft = made[at].soft
        assert soft is not None
        soft[window.first : window.last] = mean[row, 1 : 1 + window.last - window.first]
        _link(made[at], indexes[at], window, rows[row], projected[row], _bias(teachers[0]))


def stacked(rows: Sequence[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Return single rows as one batch, filled up to the widest, with the mask of what is filled."""
    named = [row | {"mask": np.ones_like(row["ids"])} for row in rows]
    width = max(row["ids"].shape[1] for row in rows)
    return {
        name: np.concatenate([np.pad(row[name], ((0, 0), (0, width - row[name].shape[1]))) for row in named])
        for name in named[0]
    }


def _bias(teacher: Reader) -> Bias:
    return Bias(teacher.near.double().numpy(), teacher.none.double().numpy())


def _link(
    made: Article, index: dict[tuple[int, int, int], int], window: Window, spans: Sequence[Found],
    projected: np.ndarray, bias: Bias,
) -> None:  # fmt: skip
    def number(at: int) -> int:
        span = spans[at]
        key = (span.part, window.first + span.first - 1, window.first + span.last - 1)
        return index.setdefault(key, len(index))

    for at in range(len(spans)):
        number(at)
    for kind, out in ((SOURCE_OF_CUE, made.source_of), (CUE_OF_CONTENT, made.cue_of)):
        for link in links(kind, spans, projected, bias):
            out[number(link.one)] = -1 if link.other is None else number(link.other)
