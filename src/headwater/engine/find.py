"""Every place of a collection that carries a passage, or renders it with words left out, changed or added.

Reports are met by the rare words of what is asked, in an index that is made once for a collection. Where a report has
all words in a row, that is a place; else the stretch is sought that shares most of what the words tell, on both sides
(the coefficient of Dice 1945, weighed by rarity).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine import story_steps
from headwater.engine.maps import Crediting, ToWords
from headwater.engine.rarity import Rarity, rarity
from headwater.engine.rendering import LIKE, Asked, Stretch, in_a_row, stretches
from headwater.engine.reuse import index
from headwater.engine.stages import Map, Query, Work
from headwater.engine.tokens import Ints, token_keys, tokenise

# So many reports are looked at for renderings of one query: those that share most of what its words tell.
LOOKED_AT = 400
# A report is met by so many of the query's words, the rarest.
MEETING = 24
PLACES = pa.schema(
    [
        ("query", pa.int32()),
        ("doc", pa.int32()),
        ("id", pa.string()),
        ("outlet", pa.string()),
        ("published", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("words", pa.int32()),
        ("score", pa.float64()),
        ("exact", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class _Found:
    query: int
    doc: int
    start: int
    end: int
    stretch: Stretch
    exact: bool


def find(
    work: Work,
    columns: Collection[str],
    queries: Sequence[str],
    *,
    least: int = LIKE,
    credit: Crediting | None = None,
) -> pa.Table:
    """Return every place of the stage `input` (whose `columns` those are) that carries one of `queries`.

    Columns: query (its number from 0), doc (the report's number in the work), id, outlet, published (the day), start
    and end (code points of the text, half-open), words (so many of the query's stand there), score (1 for the same
    words in a row, else the share of what both tell that they share), exact. By query, earliest report first, then by
    place. `least` is what a rendering must score, in thousandths. Raises BadReports, and ValueError when a query has
    no word.
    """
    asked = [token_keys(tokenise([query])) for query in queries]
    if not all(len(words) for words in asked):
        raise ValueError("there is no word to look for")
    make_findable(work, columns, credit=credit)
    telling = rarity(work)
    found = [place for number, words in enumerate(asked) for place in _places(work, telling, number, words, least)]
    return _table(work, found)


def make_findable(work: Work, columns: Collection[str], *, credit: Crediting | None = None) -> None:
    """Make what finding looks words up in, once for a collection. Raises BadReports."""
    index(work, columns, credit=credit)
    work.make(
        Map("held", "tokens", ToWords(1), "1", passing=True),
        Query("postings", story_steps.postings(), ("held",)),
    )


def _places(work: Work, telling: Rarity, query: int, words: Ints, least: int) -> Iterator[_Found]:
    """Yield the places of one query, by report and place."""
    whole, part = _met(work, telling, words)
    asked = Asked(words, telling)
    rows = _rows(work, np.union1d(whole, part))
    for doc, keys, starts, ends in rows:
        exact = [(stretch, True) for stretch in in_a_row(keys, words)]
        near = () if doc not in part else stretches(keys, asked, least)
        apart = [(each, False) for each in near if not any(each.overlaps(other) for other, _ in exact)]
        for stretch, is_exact in sorted((*exact, *apart), key=lambda each: each[0].first):
            yield _Found(query, doc, int(starts[stretch.first]), int(ends[stretch.last - 1]), stretch, is_exact)


def _met(work: Work, telling: Rarity, words: Ints) -> tuple[Ints, Ints]:
    """Return the reports that have every word, and those that have most of what the words tell; both sorted."""
    wanted = np.unique(words)
    told = telling.of(wanted)
    rarest = wanted[np.lexsort((wanted, -told))][:MEETING]
    table = pq.read_table(list(work.files("postings")), filters=[("key", "in", rarest.tolist())])
    keys, docs = table.column("key").to_numpy(), table.column("doc").to_numpy()
    all_docs, times = np.unique(docs, return_counts=True)
    whole = all_docs[times == len(rarest)]
    shared = np.bincount(np.searchsorted(all_docs, docs), weights=telling.of(keys)).astype(np.int64)
    best = np.lexsort((all_docs, -shared))[:LOOKED_AT]
    return whole, np.sort(all_docs[best[shared[best] > 0]])


def _rows(work: Work, docs: Ints) -> Iterator[tuple[int, Ints, Ints, Ints]]:
    """Yield the tokens of some reports, in their order: number, keys, starts, ends."""
    for file in work.files("tokens"):
        parquet = pq.ParquetFile(file)
        for group in range(parquet.num_row_groups):
            bounds = parquet.metadata.row_group(group).column(0).statistics
            if bounds is None or ((docs >= bounds.min) & (docs <= bounds.max)).any():
                table = parquet.read_row_group(group, columns=["doc", "keys", "starts", "ends"])
                for row in np.flatnonzero(np.isin(table.column("doc").to_numpy(), docs)).tolist():
                    lists = (table.column(name)[row].values.to_numpy() for name in ("keys", "starts", "ends"))
                    yield table.column("doc")[row].as_py(), *lists


def _table(work: Work, found: Sequence[_Found]) -> pa.Table:
    """Return the places as rows, with what is known of their reports."""
    docs = sorted({place.doc for place in found})
    names = ["doc", "id", "outlet_name", "day"]
    reports = pq.read_table(list(work.files("reports")), columns=names, filters=[("doc", "in", docs)])
    known = {row["doc"]: row for row in reports.to_pylist()}
    rows = [
        {
            "query": place.query,
            "doc": place.doc,
            "id": known[place.doc]["id"],
            "outlet": known[place.doc]["outlet_name"],
            "published": known[place.doc]["day"],
            "start": place.start,
            "end": place.end,
            "words": place.stretch.shared,
            "score": place.stretch.score / 1000,
            "exact": place.exact,
        }
        for place in found
    ]
    return pa.Table.from_pylist(rows, PLACES)


def around(work: Work, places: pa.Table, most: int) -> list[tuple[str, str, str]]:
    """Return for each of `places` up to `most` code points before it, the words there, and as many behind it."""
    docs = sorted(set(places.column("doc").to_pylist()))
    reports = pq.read_table(list(work.files("reports")), columns=["doc", "text"], filters=[("doc", "in", docs)])
    texts = dict(zip(reports.column("doc").to_pylist(), reports.column("text").to_pylist(), strict=True))
    out = []
    for row in places.select(["doc", "start", "end"]).to_pylist():
        text, start, end = texts[row["doc"]], row["start"], row["end"]
        out.append((text[max(0, start - most) : start], text[start:end], text[end : end + most]))
    return out
