"""Fit one network: batches, losses, the optimizer's schedule, the running average of the weights."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from headwater.reading.trained.linking import distances
from headwater.reading.trained.tags import CONTENT, CUE, SOURCE
from training.data import UNKNOWN, Article, Example, examples_of
from training.network import LAYERS, Output, Reader, chain_loss, link_scores

POOL = 1024  # rows sorted by length at a time
_EVERY = 30.0  # seconds
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is fitted. `pieces` is a batch's size; `average` the share that the running mean keeps a step."""

    epochs: int
    seed: int
    rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.85
    pieces: int = 4096
    warm: float = 0.06
    decay: float = 0.01
    average: float = 0.995
    link_share: float = 0.3
    soft_share: float = 0.5
    chain: bool = True
    dropout: float = 0.1


def fit(network: Reader, marked: Sequence[Article], plan: Plan, say: str, others: Sequence[Article] = ()) -> Reader:
    """Fit `network` to the marked articles and the others (by their teachers' marks); return the averaged weights."""
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)
    epochs = [list(batches(_examples([*marked, *others], draw), plan.pieces, draw)) for _ in range(plan.epochs)]
    total = sum(map(len, epochs))
    optimizer = torch.optim.AdamW(_groups(network, plan), weight_decay=plan.decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, total, plan.warm))
    mean = [parameter.detach().clone() for parameter in network.parameters()]
    progress = _Progress(say, total)
    network.train()
    for step, batch in enumerate(chain.from_iterable(epochs), 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            losses = loss_of(network, batch, plan)
        loss = losses["tags"] + plan.link_share * losses["links"] + plan.soft_share * losses["soft"]
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        keep = min(plan.average, step / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(mean, [parameter.detach() for parameter in network.parameters()], 1 - keep)
        progress.tell(step, losses)
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), mean, strict=True):
            parameter.copy_(value)
    return network.eval()


class _Progress:
    """Says twice a minute how far the work is: steps, time left, the mean losses since it was last said."""

    def __init__(self, say: str, total: int) -> None:
        self.say, self.total = say, total
        self.began = self.told = time.monotonic()
        self.losses: list[dict[str, float]] = []

    def tell(self, step: int, losses: dict[str, Tensor]) -> None:
        self.losses.append({name: float(value.detach()) for name, value in losses.items()})
        now = time.monotonic()
        if now - self.told < _EVERY and step < self.total:
            return
        left = (self.total - step) * (now - self.began) / step
        means = " ".join(f"{name} {sum(one[name] for one in self.losses) / len(self.losses):.4f}" for name in losses)
        print(f"{self.say}: step {step} of {self.total}, {left / 60:.0f} min left, {means}", flush=True)
        self.told, self.losses = now, []


def _examples(articles: Sequence[Article], draw: random.Random) -> list[Example]:
    return [example for article in articles for example in examples_of(article, draw)]


def batches(examples: Sequence[Example], pieces: int, draw: random.Random) -> Iterator[list[Example]]:
    """Yield the examples in batches of about `pieces` pieces, like lengths together, in a drawn order."""
    order = list(examples)
    draw.shuffle(order)
    for at in range(0, len(order), POOL):
        pool = sorted(order[at : at + POOL], key=lambda e: len(e.ids))
        made: list[list[Example]] = [[]]
        for example in pool:
            if made[-1] and len(example.ids) * (len(made[-1]) + 1) > pieces:
                made.append([])
            made[-1].append(example)
        draw.shuffle(made)
        yield from made


def padded(batch: Sequence[Example]) -> dict[str, Tensor]:
    """Return the batch's rows as tensors."""
    width = -(-max(len(e.ids) for e in batch) // 32) * 32  # few widths: kernels are prepared anew for each
    out = {name: np.zeros((len(batch), width), dtype=np.int64) for name in ("ids", "shape", "state", "tags", "mask")}
    for row, example in enumerate(batch):
        size = len(example.ids)
        for name in ("ids", "shape", "state", "tags"):
            out[name][row, :size] = getattr(example, name)
        out["mask"][row, :size] = 1
    return {name: torch.from_numpy(values) for name, values in out.items()}


def loss_of(network: Reader, batch: Sequence[Example], plan: Plan) -> dict[str, Tensor]:
    """Return the losses of a batch: `tags` and `links` against the marks, `soft` against a teacher's probabilities."""
    rows = padded(batch)
    output = network(rows["ids"], rows["shape"], rows["state"], rows["mask"])
    return {
        "tags": _tag_loss(network, output.tags, rows["tags"], rows["mask"], plan),
        "links": _link_loss(network, output, batch),
        "soft": _soft_loss(output.tags, batch),
    }


def _tag_loss(network: Reader, scores: Tensor, tags: Tensor, mask: Tensor, plan: Plan) -> Tensor:
    if plan.chain:
        return chain_loss(scores, network.steps, tags, mask)
    wanted = torch.where(mask.bool(), tags, UNKNOWN).flatten()
    return functional.cross_entropy(scores.flatten(0, 1), wanted, ignore_index=UNKNOWN)


def _soft_loss(scores: Tensor, batch: Sequence[Example]) -> Tensor:
    target = torch.zeros_like(scores)
    for row, example in enumerate(batch):
        if example.soft is not None:
            target[row, : len(example.soft)] = torch.from_numpy(example.soft.astype(np.float32))
    return -(target * torch.log_softmax(scores, 2)).sum() / target.sum().clamp(min=1)


def _link_loss(network: Reader, output: Output, batch: Sequence[Example]) -> Tensor:
    total = torch.zeros(())
    for kind, (one, other) in enumerate(((CUE, SOURCE), (CONTENT, CUE))):
        ones, others = _places(batch, one), _places(batch, other)
        wanted = torch.from_numpy(_wanted(batch, kind, one, other))
        if not others.shape[1] or not bool((wanted != UNKNOWN).any()):
            continue
        buckets = torch.from_numpy(distances(ones[..., 0], others[..., 0]))
        places = torch.from_numpy(ones), torch.from_numpy(others)
        scores = link_scores(output, kind, *places, network.near, network.none, buckets)
        absent = torch.from_numpy(others[..., 1] == 0)  # a row with fewer candidates than the longest is filled up
        scores[..., 1:] = scores[..., 1:].masked_fill(absent[:, None, :], _NEVER)
        total = total + functional.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=UNKNOWN)
    return total


def _numbers(example: Example, part: int) -> list[int]:
    return [number for number, span in enumerate(example.spans) if span[0] == part]


def _places(batch: Sequence[Example], part: int) -> np.ndarray:
    """The places of the spans of one part, (rows, most, 2); what a row lacks is (0, 0)."""
    held = [[example.spans[number][1:] for number in _numbers(example, part)] for example in batch]
    out = np.zeros((len(batch), max(map(len, held)), 2), dtype=np.int64)
    for row, places in enumerate(held):
        if places:
            out[row, : len(places)] = places
    return out


def _wanted(batch: Sequence[Example], kind: int, one: int, other: int) -> np.ndarray:
    """The right candidate of each span that needs a link: 0 for none, UNKNOWN where it is not in the window."""
    rows = []
    for example in batch:
        links = example.source_of if kind == 0 else example.cue_of
        place = {-1: 0} | {number: at for at, number in enumerate(_numbers(example, other), 1)}
        rows.append([place.get(links.get(number, UNKNOWN), UNKNOWN) for number in _numbers(example, one)])
    out = np.full((len(batch), max(map(len, rows))), UNKNOWN, dtype=np.int64)
    for row, targets in enumerate(rows):
        out[row, : len(targets)] = targets
    return out


def _groups(network: Reader, plan: Plan) -> list[dict[str, Any]]:
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if name.startswith("encoder.layers."):
            rate = plan.rate * plan.layer_decay ** (LAYERS - 1 - int(name.split(".")[2]))
        elif name.startswith(("encoder.shapes", "encoder.states")):
            rate = plan.head_rate
        elif name.startswith("encoder"):
            rate = plan.rate * plan.layer_decay**LAYERS
        else:
            rate = plan.head_rate
        groups.setdefault(rate, []).append(parameter)
    return [{"params": held, "lr": rate} for rate, held in groups.items()]


def _rate(step: int, total: int, warm: float) -> float:
    rise = max(1, int(total * warm))
    if step < rise:
        return (step + 1) / rise
    return max(0.02, (total - step) / max(1, total - rise))
