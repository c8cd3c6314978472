"""The steps that look into texts: each turns a batch of rows into a batch of rows, and knows nothing of who runs it.

Every row comes out the same whatever batch it came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import pairwise
from typing import ClassVar, Protocol

import numpy as np
import pyarrow as pa

from headwater.engine.align import Box, align
from headwater.engine.quoted import quoted, within
from headwater.engine.seeds import Pair
from headwater.engine.settings import THOUSAND
from headwater.engine.shingles import fingerprints
from headwater.engine.tokens import SALT, Ints, Longs, Tokens, mixed, token_keys, tokenise
from headwater.engine.weights import FULL, Weights
from headwater.model import FIRST_PERSON

# Rows handled at once: enough for whole arrays to pay, few enough to stay in little memory.
TEXTS_AT_ONCE = 200
PAIRS_AT_ONCE = 256

# Words that are somebody's own voice.
_VOICE = token_keys(tokenise([" ".join(sorted(FIRST_PERSON))]))

Crediting = Callable[[str, str, str, str], str]


class Mapped(Protocol):
    """What turns rows into rows: called with a batch, knows the columns it reads and those it makes.

    It is pickled to whoever runs it.
    """

    columns: ClassVar[tuple[str, ...]]
    schema: ClassVar[pa.Schema]

    def __call__(self, batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
        """Yield the rows that come of `batch`."""
        ...


def _int_lists(arrays: Iterable[Ints]) -> pa.Array:
    found = list(arrays)
    offsets = np.cumsum([0, *map(len, found)], dtype=np.int32)
    return pa.ListArray.from_arrays(offsets, np.concatenate(found) if found else np.zeros(0, np.int32))


def _lists(column: pa.Array) -> list[Ints]:
    """Return the int lists of a column as arrays; a null is empty."""
    values = column.flatten().to_numpy(zero_copy_only=False)
    lengths = column.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    return np.split(values, np.cumsum(lengths)[:-1]) if len(lengths) else []


@dataclass(frozen=True)
class ToTokens:
    """Reports to their tokens: keys, offsets (code points), quoted runs, a hash of the whole and the agency credited.

    `credit` answers (text, outlet, url, authors) with the agency whose text it is, or "".
    """

    credit: Crediting | None = None
    columns: ClassVar[tuple[str, ...]] = ("doc", "outlet", "outlet_name", "day", "url", "authors", "text")
    schema: ClassVar[pa.Schema] = pa.schema(
        [
            ("doc", pa.int32()),
            ("outlet", pa.int32()),
            ("day", pa.int32()),
            ("size", pa.int32()),
            ("whole", pa.int64()),
            ("keys", pa.list_(pa.int32())),
            ("starts", pa.list_(pa.int32())),
            ("ends", pa.list_(pa.int32())),
            ("quoted", pa.list_(pa.int32())),
            ("agency", pa.string()),
        ]
    )

    def __call__(self, batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
        """Yield the tokens of the reports of `batch`, a few reports at a time."""
        for first in range(0, batch.num_rows, TEXTS_AT_ONCE):
            yield self._some(batch.slice(first, TEXTS_AT_ONCE))

    def _some(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        texts = batch.column("text").to_pylist()
        tokens = tokenise(texts)
        keys = token_keys(tokens)
        parts = [slice(*bounds) for bounds in _neighbours(tokens)]
        sizes = np.diff(tokens.bounds).astype(np.int32)
        offsets = tokens.bounds.astype(np.int32)
        return pa.record_batch(
            [
                batch.column("doc"),
                batch.column("outlet"),
                pa.array(map(day_number, batch.column("day").to_pylist()), pa.int32()),
                sizes,
                pa.array((_whole(keys[part]) for part in parts), pa.int64()),
                pa.ListArray.from_arrays(offsets, keys),
                pa.ListArray.from_arrays(offsets, tokens.starts),
                pa.ListArray.from_arrays(offsets, tokens.ends),
                _int_lists(quoted(text, tokens.starts[part]) for text, part in zip(texts, parts, strict=True)),
                pa.array(self._credits(batch, texts), pa.string()),
            ],
            schema=self.schema,
        )

    def _credits(self, batch: pa.RecordBatch, texts: list[str]) -> Iterable[str]:
        if self.credit is None:
            return [""] * len(texts)
        known = (batch.column(name).to_pylist() for name in ("outlet_name", "url", "authors"))
        return map(self.credit, texts, *known)


def _neighbours(tokens: Tokens) -> Iterable[tuple[int, int]]:
    bounds = tokens.bounds.tolist()
    return pairwise(bounds)


def _whole(keys: Ints) -> int:
    return int.from_bytes(blake2b(keys.tobytes(), digest_size=8).digest(), "little", signed=True)


def day_number(day: str) -> int | None:
    """Return the days since 1970-01-01 of an ISO date, None for what is none."""
    try:
        return (date.fromisoformat(day) - date(1970, 1, 1)).days
    except ValueError:
        return None


@dataclass(frozen=True)
class ToPrints:
    """Tokens to fingerprints: each once a report, where it stands first (token number)."""

    size: int
    window: int
    columns: ClassVar[tuple[str, ...]] = ("doc", "keys")
    schema: ClassVar[pa.Schema] = pa.schema([("doc", pa.int32()), ("place", pa.int32()), ("fp", pa.int64())])

    def __call__(self, batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
        """Yield the fingerprints of the reports of `batch`."""
        lists = _lists(batch.column("keys"))
        if not lists:
            return
        bounds = np.cumsum([0, *map(len, lists)])
        keys = np.concatenate(lists).astype(np.int64)
        none = np.zeros(0, np.int32)
        text, at, fp = fingerprints(Tokens(bounds, keys, none, none), size=self.size, window=self.window)
        # Two shingles of one report are one fingerprint when their hashes, salted with the report, are equal.
        salted = mixed(fp.view(np.uint64) + text.astype(np.uint64) * SALT)
        order = np.argsort(salted)
        heads = np.flatnonzero(np.diff(salted[order], prepend=~salted[order[:1]]))
        kept = np.sort(np.minimum.reduceat(order, heads)) if len(order) else order
        doc = batch.column("doc").to_numpy()[text[kept]]
        yield pa.record_batch([doc.astype(np.int32), at[kept].astype(np.int32), fp[kept]], schema=self.schema)


@dataclass(frozen=True)
class ToWords:
    """Tokens to the different words of a report, with how often each stands there; of one report in `every`."""

    every: int = 1
    columns: ClassVar[tuple[str, ...]] = ("doc", "keys")
    schema: ClassVar[pa.Schema] = pa.schema([("doc", pa.int32()), ("key", pa.int32()), ("times", pa.int32())])

    def __call__(self, batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
        """Yield the words of the chosen reports of `batch`."""
        docs = batch.column("doc").to_numpy()
        chosen = np.flatnonzero(docs % self.every == 0)
        lists = _lists(batch.column("keys"))
        if not len(chosen):
            return
        both = np.concatenate([_tagged(docs[index], lists[index]) for index in chosen.tolist()])
        values, times = np.unique(both, return_counts=True)
        doc, key = (values >> 32).astype(np.int32), (values & 0xFFFFFFFF).astype(np.uint32).view(np.int32)
        yield pa.record_batch([doc, key, times.astype(np.int32)], schema=self.schema)


def _tagged(doc: int, words: Ints) -> Longs:
    tags: Longs = words.view(np.uint32).astype(np.int64)
    tags += int(doc) << 32
    return tags


@dataclass(frozen=True)
class ToBoxes:
    """Pairs of reports to the boxes of wording they share (token numbers), with what of each is quoted or furniture.

    `quoted_*` and `masked_*` are thousandths of the box's tokens on that side; `every` is how many tokens a
    fingerprint has.
    """

    weights: Weights
    every: int
    columns: ClassVar[tuple[str, ...]] = ("a", "b", "a_keys", "b_keys", "a_quoted", "b_quoted", "a_masked", "b_masked")
    schema: ClassVar[pa.Schema] = pa.schema(
        [("a", pa.int32()), ("b", pa.int32())]
        + [
            (name, pa.int32())
            for name in (
                "a_first a_last b_first b_last shared score firmly voiced everyday a_quoted b_quoted a_masked b_masked"
            ).split()
        ]
    )

    def __call__(self, batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
        """Yield the boxes of the pairs of `batch`, a few pairs at a time."""
        for first in range(0, batch.num_rows, PAIRS_AT_ONCE):
            yield self._some(batch.slice(first, PAIRS_AT_ONCE))

    def _some(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        columns = {name: _lists(batch.column(name)) for name in batch.schema.names if name not in {"a", "b"}}
        docs = list(zip(batch.column("a").to_pylist(), batch.column("b").to_pylist(), strict=True))
        pairs = [Pair(a, b) for a, b in zip(columns["a_keys"], columns["b_keys"], strict=True)]
        words = np.concatenate([pair.a for pair in pairs])
        begins = np.cumsum([0, *(len(pair.a) for pair in pairs)]).tolist()
        worth = self.weights.of(words)
        everyday = np.flatnonzero(worth < FULL // 2)
        voiced = np.flatnonzero(np.isin(words, _VOICE))
        rows: list[tuple[int, ...]] = []
        for number, boxes in enumerate(align(pairs, worth)):
            if boxes:
                begin, end = begins[number : number + 2]
                edges = [columns["a_quoted"][number], columns["b_quoted"][number]]
                edges += [self._runs(columns[side][number]) for side in ("a_masked", "b_masked")]
                own = _unquoted(_between(voiced, begin, end) - begin, edges[0])
                plain = _between(everyday, begin, end) - begin
                rows.extend(
                    (
                        *docs[number],
                        *box[:-1],
                        _firmly(box, edges),
                        _count(own, box),
                        _count(plain, box),
                        *_shares(box, edges),
                    )
                    for box in boxes
                )
        table = np.array(rows, np.int32).reshape(-1, len(self.schema))
        return pa.record_batch([table[:, column] for column in range(len(self.schema))], schema=self.schema)

    def _runs(self, places: Ints) -> Ints:
        """Return the runs of tokens that fingerprints from `places` on cover, begin and end in turn."""
        if not len(places):
            return places
        begins = np.sort(places)
        ends = np.append(begins[1:], np.iinfo(np.int32).max)
        return np.stack((begins, np.minimum(begins + self.every, ends)), axis=1).ravel()


def _unquoted(places: Longs, edges: Ints) -> Longs:
    """Return those of `places` that lie in none of the runs `edges`."""
    outside: Longs = places[np.searchsorted(edges, places, side="right") % 2 == 0]
    return outside


def _between(places: Longs, begin: int, end: int) -> Longs:
    """Return those of the sorted `places` from `begin` to before `end`."""
    first, last = np.searchsorted(places, (begin, end))
    return places[first:last]


def _count(places: Longs, box: Box) -> int:
    """Return how many of the tokens at `places` of the first text lie in the box."""
    return int(np.searchsorted(places, box.a_end) - np.searchsorted(places, box.a_start))


def _firmly(box: Box, edges: list[Ints]) -> int:
    """Return how many words of the box's longest run stand outside quotation marks, as near as shares tell."""
    run = box.run
    quoted = max(
        THOUSAND * within(edges[0], run.a_start, run.a_end) // (run.a_end - run.a_start),
        THOUSAND * within(edges[1], run.b_start, run.b_end) // (run.b_end - run.b_start),
    )
    return run.shared * (THOUSAND - quoted) // THOUSAND


def _shares(box: Box, edges: list[Ints]) -> tuple[int, ...]:
    """Return, in thousandths, how much of the box lies in each of the runs: two of each text in turn."""
    sides = ((box.a_start, box.a_end), (box.b_start, box.b_end)) * 2
    return tuple(THOUSAND * within(runs, *side) // (side[1] - side[0]) for runs, side in zip(edges, sides, strict=True))
