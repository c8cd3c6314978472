"""The network: MiniLM with letter shapes and quotation state beside its pieces; a chain of tags and links.

MiniLM: Wang et al. 2020 (arXiv 2002.10957). The chain is a linear-chain conditional random field (Lafferty et al.
2001). A link is scored as the scaled product of two projections, averaged over the pieces of either span, with a
learnt bias for the distance between them; "none" is a candidate of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as functional
from safetensors.torch import load_file
from torch import Tensor, nn

from headwater.reading.trained.linking import BUCKETS
from headwater.reading.trained.tags import TAGS
from headwater.reading.trained.windows import SHAPES, STATES

SIZE, HEADS, INNER, LAYERS, POSITIONS, VOCABULARY = 384, 12, 1536, 6, 512, 30522
LINK = 64


class Layer(nn.Module):
    """One transformer layer with the norm after each half, as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(SIZE, 3 * SIZE)
        self.out = nn.Linear(SIZE, SIZE)
        self.norm1 = nn.LayerNorm(SIZE, eps=1e-12)
        self.up = nn.Linear(SIZE, INNER)
        self.down = nn.Linear(INNER, SIZE)
        self.norm2 = nn.LayerNorm(SIZE, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        rows, width, _ = x.shape
        q, k, v = self.qkv(x).view(rows, width, 3, HEADS, SIZE // HEADS).permute(2, 0, 3, 1, 4)
        score = (q * (SIZE // HEADS) ** -0.5) @ k.transpose(2, 3)
        mixed = torch.softmax(score if mask is None else score + mask, dim=3) @ v
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(rows, width, SIZE))))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces, shapes and states in; one vector a piece out."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, SIZE)
        self.places = nn.Embedding(POSITIONS, SIZE)
        self.shapes = nn.Embedding(SHAPES, SIZE)
        self.states = nn.Embedding(STATES, SIZE)
        self.norm = nn.LayerNorm(SIZE, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        for table in (self.shapes, self.states):
            nn.init.normal_(table.weight, std=0.01)

    def forward(self, ids: Tensor, shape: Tensor, state: Tensor, mask: Tensor) -> Tensor:
        places = self.places.weight[: ids.shape[1]]
        x = self.drop(self.norm(self.words(ids) + places + self.shapes(shape) + self.states(state)))
        seen = None if bool(mask.all()) else (mask - 1).to(torch.bfloat16)[:, None, None, :] * 1e4
        for layer in self.layers:
            x = layer(x, seen)
        return x

    def load(self, weights: Path) -> None:
        """Take over the published weights. Raises KeyError when the file is another model's."""
        held = load_file(weights)
        typed = held["embeddings.token_type_embeddings.weight"][0]
        state = {
            "words.weight": held["embeddings.word_embeddings.weight"],
            "places.weight": held["embeddings.position_embeddings.weight"] + typed,
            "norm.weight": held["embeddings.LayerNorm.weight"],
            "norm.bias": held["embeddings.LayerNorm.bias"],
        }
        for number in range(LAYERS):
            at = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [held[f"{at}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                state[f"layers.{number}.qkv.{kind}"] = torch.cat(parts)
                for ours, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    state[f"layers.{number}.{ours}.{kind}"] = held[f"{at}{theirs}.{kind}"]
        missing = self.load_state_dict(state, strict=False)
        assert not missing.unexpected_keys, missing
        assert set(missing.missing_keys) == {"shapes.weight", "states.weight"}, missing


@dataclass(slots=True)
class Output:
    """Tag scores (rows, width, TAGS) and the four projections for links (rows, width, 4, LINK)."""

    tags: Tensor
    links: Tensor


class Reader(nn.Module):
    """The whole network."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.drop = nn.Dropout(dropout)
        self.tag = nn.Linear(SIZE, TAGS)
        self.link = nn.Linear(SIZE, 4 * LINK)
        self.steps = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.near = nn.Parameter(torch.zeros(2, BUCKETS))
        self.none = nn.Parameter(torch.zeros(2))

    def forward(self, ids: Tensor, shape: Tensor, state: Tensor, mask: Tensor) -> Output:
        x = self.drop(self.encoder(ids, shape, state, mask))
        return Output(self.tag(x).float(), self.link(x).float().unflatten(-1, (4, LINK)))


def chain_loss(scores: Tensor, steps: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
    """Return the mean negative log-likelihood a piece of `tags` under the chain."""
    width = scores.shape[1]
    kept = mask.float()
    gold = scores.gather(2, tags[..., None]).squeeze(2).mul(kept).sum()
    gold = gold + (steps[tags[:, :-1], tags[:, 1:]] * kept[:, 1:]).sum()
    alpha = scores[:, 0]
    held = mask.bool()
    for at in range(1, width):
        ahead = torch.logsumexp(alpha[:, :, None] + steps, dim=1) + scores[:, at]
        alpha = torch.where(held[:, at, None], ahead, alpha)
    return (torch.logsumexp(alpha, dim=1).sum() - gold) / kept.sum()


def marginals(scores: Tensor, steps: Tensor, mask: Tensor) -> Tensor:
    """Return the probability of every tag at every piece under the chain (rows, width, TAGS)."""
    rows, width, count = scores.shape
    held = mask.bool()
    ahead, back = [scores[:, 0]], [torch.zeros(rows, count)]
    for at in range(1, width):
        step = torch.logsumexp(ahead[-1][:, :, None] + steps, dim=1) + scores[:, at]
        ahead.append(torch.where(held[:, at, None], step, ahead[-1]))
    for at in range(width - 1, 0, -1):
        step = torch.logsumexp(steps + (scores[:, at] + back[-1])[:, None, :], dim=2)
        back.append(torch.where(held[:, at, None], step, back[-1]))
    return torch.softmax(torch.stack(ahead, 1) + torch.stack(back[::-1], 1), dim=2)


def link_scores(
    output: Output, kind: int, ones: Tensor, others: Tensor, near: Tensor, none: Tensor, buckets: Tensor
) -> Tensor:
    """Return the score of each candidate link of each row, "none" first: (rows, ones, 1 + others).

    `ones` and `others` are (rows, count, 2) half-open places; `buckets` (rows, ones, others) their distances.
    """
    summed = functional.pad(output.links.cumsum(1), (0, 0, 0, 0, 1, 0))

    def mean(places: Tensor, at: int) -> Tensor:
        rows = torch.arange(len(places))[:, None]
        size = (places[..., 1] - places[..., 0]).clamp(min=1)[..., None]
        return (summed[rows, places[..., 1], at] - summed[rows, places[..., 0], at]) / size

    left, right = mean(ones, 2 * kind), mean(others, 2 * kind + 1)
    found = left @ right.transpose(1, 2) / math.sqrt(LINK) + near[kind][buckets]
    return torch.cat((none[kind].expand(*found.shape[:2], 1), found), dim=2)
