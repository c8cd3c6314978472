"""The most telling words of a report: what it is compared by when reports of one event are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa

from headwater.engine.maps import TEXTS_AT_ONCE
from headwater.engine.rarity import Rarity
from headwater.engine.tokens import Ints, Longs, token_keys, tokenise

# A report is compared by so many words.
WORDS = 80
# The first so many tokens count so much more often, those of the title likewise: what a report is about stands first.
LEAD = 80
LEAD_TIMES = 2
TITLE_TIMES = 3
# A report's words as a whole weigh so much (the length of the vector), in whole numbers.
LENGTH = 1000


@dataclass(frozen=True)
class ToMarks:
    """Tokens and titles to the most telling words of each report, most telling first, and what each weighs.

    tf-idf with a logarithm of the times; the weights of one report have the length LENGTH, so that the sum of products
    of two reports' weights is a million times their cosine. `usual` are the words of each outlet that tell nothing.
    """

    rarity: Rarity
    usual: Mapping[int, Ints]
    columns: ClassVar[tuple[str, ...]] = ("doc", "outlet", "day", "title", "keys")
    schema: ClassVar[pa.Schema] = pa.schema(
        [
            ("doc", pa.int32()),
            ("day", pa.int32()),
            ("keys", pa.list_(pa.int32())),
            ("weights", pa.list_(pa.int32())),
            ("places", pa.list_(pa.int32())),
        ]
    )

    def __call__(self, batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
        """Yield the most telling words of the reports of `batch`, a few reports at a time."""
        for first in range(0, batch.num_rows, TEXTS_AT_ONCE):
            yield self._some(batch.slice(first, TEXTS_AT_ONCE))

    def _some(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        titles = tokenise(batch.column("title").to_pylist())
        named = np.split(token_keys(titles), titles.bounds[1:-1])
        keys = batch.column("keys").flatten().to_numpy()
        texts = np.split(keys, np.cumsum(batch.column("keys").value_lengths().to_numpy())[:-1])
        outlets = batch.column("outlet").to_pylist()
        found = [self._most_telling(*each) for each in zip(texts, named, outlets, strict=True)]
        return pa.record_batch(
            [
                batch.column("doc"),
                batch.column("day"),
                *(pa.array([each[column] for each in found], pa.list_(pa.int32())) for column in range(3)),
            ],
            schema=self.schema,
        )

    def _most_telling(self, text: Ints, title: Ints, outlet: int) -> tuple[Ints, Ints, Ints]:
        """Return keys, weights and first places (-1: not in the text), most telling first, ties by key."""
        parts = [text, *[text[:LEAD]] * LEAD_TIMES, *[title] * TITLE_TIMES]
        keys, first, times = np.unique(np.concatenate(parts), return_index=True, return_counts=True)
        mass: Longs = np.rint((1 + np.log2(times)) * self.rarity.of(keys)).astype(np.int64)
        if outlet in self.usual:
            mass[np.isin(keys, self.usual[outlet])] = 0
        best = np.lexsort((keys, -mass))[:WORDS]
        best = best[mass[best] > 0]
        length = np.sqrt(np.sum(mass[best] ** 2))
        weights = np.rint(mass[best] * LENGTH / length) if len(best) else mass[best]
        places = np.where(first[best] < len(text), first[best], -1)
        return keys[best], weights.astype(np.int32), places.astype(np.int32)
