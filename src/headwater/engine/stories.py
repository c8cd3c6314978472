"""Reports of one event, as a plan of stages; and the stories that come of it, ranked and named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine import grouping, story_steps
from headwater.engine.grouping import Grouped, Marked, group
from headwater.engine.maps import Crediting
from headwater.engine.rarity import rarity
from headwater.engine.reuse import index
from headwater.engine.stages import Map, Pass, Query, Tell, Work
from headwater.engine.telling import ToMarks
from headwater.engine.tokens import Ints

STORIES = "stories"
# The columns of the table of stories, whoever made it.
SCHEMA = pa.schema([("story", pa.int32())] + [(name, pa.string()) for name in ("id", "outlet", "published", "title")])
_ROWS = 10_000
_SETTINGS = (
    grouping.BAR,
    grouping.PAIR_BAR,
    grouping.DAY,
    grouping.UNDATED_BAR,
    grouping.WINDOW,
    grouping.PROBES,
    grouping.UNDATED_PROBES,
    grouping.CROWD,
    grouping.COMPARED,
    grouping.NAMES,
)


@dataclass(frozen=True, slots=True)
class StoriesMade:
    """What came of the reports: all of them, those without a word, those in a story and in none, how many stories."""

    reports: int
    empty: int
    inside: int
    stories: int

    @property
    def alone(self) -> int:
        """Reports with words that are in no story."""
        return self.reports - self.empty - self.inside


@dataclass(frozen=True, slots=True)
class Story:
    """One story: its rank from 1, what it is called, the words that tell most, how large it is and from when to when.

    `label` is the title of its earliest report that has one, else the words. Days are ISO dates, "" where none of its
    reports is dated.
    """

    number: int
    label: str
    words: tuple[str, ...]
    reports: int
    outlets: int
    first: str
    last: str


def find_stories(work: Work, columns: Collection[str], *, credit: Crediting | None = None) -> StoriesMade:
    """Make the stage `stories` from the stage `input`, whose `columns` those are: id and text, and what else is known.

    Rows: story (its rank from 1), id, outlet, published (the day), title; by story, then earliest first. Only stories
    of two reports and more; word-for-word copies are reports too. Raises BadReports.
    """
    index(work, columns, credit=credit)
    work.make(Query("laid", story_steps.laid(columns), ("tokens", "reports", "input"), heavy=True))
    telling = rarity(work)
    work.make(Query("usual", story_steps.usual(), ("words", "tokens")))
    work.make(
        Map("marks", "laid", ToMarks(telling, _usual(work)), f"{work.key('known')} {work.key('usual')}"),
        Query("telling", story_steps.telling(), ("marks", "copies")),
        Pass("grouped", "telling", ToGroups(), str(_SETTINGS)),
        Query("alone", story_steps.alone(grouping.WINDOW), ("copies", "tokens", "grouped")),
        Query("members", story_steps.members(grouping.WINDOW), ("grouped", "copies", "tokens", "alone")),
        Query("ranked", story_steps.ranked(), ("members", "reports")),
        Query(STORIES, story_steps.stories(columns), ("members", "ranked", "reports", "input")),
    )
    reports = work.count("reports")
    empty = reports - work.count("copies") - work.count("kept")
    return StoriesMade(reports, empty, work.count(STORIES), work.count("ranked"))


def largest(work: Work, most: int) -> list[Story]:
    """Return the first so many stories of what find_stories made, in their order."""
    work.make(
        Map("naming", "grouped", ToNames(), ""),
        Query("names", story_steps.names(), ("naming", "tokens", "ranked", "reports")),
    )
    ranked = _upto(work, "ranked", most).sort_by("story")
    titles: dict[int, str] = {}
    for row in _upto(work, STORIES, most).to_pylist():
        if row["title"].strip():
            titles.setdefault(row["story"], " ".join(row["title"].split()))
    words: dict[int, list[str]] = {}
    for row in _upto(work, "names", most).sort_by([("story", "ascending"), ("turn", "ascending")]).to_pylist():
        words.setdefault(row["story"], []).append(row["word"])
    out = []
    for row in ranked.to_pylist():
        number = row["story"]
        named = tuple(words.get(number, ()))
        label = titles.get(number) or ", ".join(named)
        out.append(Story(number, label, named, row["size"], row["outlets"], row["first_day"], row["last_day"]))
    return out


def _usual(work: Work) -> dict[int, Ints]:
    found = work.rows("usual").sort_by([("outlet", "ascending"), ("key", "ascending")])
    outlets, first = np.unique(found.column("outlet").to_numpy(), return_index=True)
    return dict(zip(outlets.tolist(), np.split(found.column("key").to_numpy(), first[1:]), strict=bool(len(outlets))))


def _upto(work: Work, stage: str, most: int) -> pa.Table:
    return pq.read_table(list(work.files(stage)), filters=[("story", "<=", most)])


@dataclass(frozen=True)
class ToGroups:
    """The reports with their most telling words, by date, to the stories; `places` stand with the earliest of each."""

    schema: ClassVar[pa.Schema] = pa.schema(
        [("story", pa.int32()), ("doc", pa.int32()), ("places", pa.list_(pa.int32()))]
    )

    def __call__(self, rows: Callable[[], Iterator[pa.RecordBatch]], tell: Tell) -> Iterable[pa.RecordBatch]:
        """Yield the reports of every story."""
        undated = (report for batch in rows() for report in _marked(batch) if report.day is None)
        found = group(_dated(rows, tell), undated)
        for first in range(0, len(found), _ROWS):
            yield self._some(found[first : first + _ROWS])

    def _some(self, found: list[Grouped]) -> pa.RecordBatch:
        rows = [
            (each.docs[0], doc, each.places if not turn else ()) for each in found for turn, doc in enumerate(each.docs)
        ]
        columns = zip(zip(*rows, strict=True), self.schema.types, strict=True)
        return pa.record_batch([pa.array(column, kind) for column, kind in columns], schema=self.schema)


def _dated(rows: Callable[[], Iterator[pa.RecordBatch]], tell: Tell) -> Iterator[Marked]:
    done = 0
    for batch in rows():
        for report in _marked(batch):
            if report.day is not None:
                yield report
        done += batch.num_rows
        tell("grouped", done, 0)


def _marked(batch: pa.RecordBatch) -> Iterator[Marked]:
    columns = (batch.column(name).to_pylist() for name in ("doc", "day", "keys", "weights", "places"))
    for doc, day, keys, weights, places in zip(*columns, strict=True):
        there = {key: place for key, place in zip(keys, places, strict=True) if place >= 0}
        yield Marked(doc, day, dict(zip(keys, weights, strict=True)), there)


@dataclass(frozen=True)
class ToNames:
    """The stories to the tokens of their earliest report that name them, in their turn."""

    columns: ClassVar[tuple[str, ...]] = ("doc", "places")
    schema: ClassVar[pa.Schema] = pa.schema([("doc", pa.int32()), ("turn", pa.int32()), ("place", pa.int32())])

    def __call__(self, batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
        """Yield the naming tokens of the stories whose earliest reports are in `batch`."""
        docs, places = batch.column("doc").to_pylist(), batch.column("places").to_pylist()
        rows = [(doc, turn, place) for doc, each in zip(docs, places, strict=True) for turn, place in enumerate(each)]
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        yield pa.record_batch([pa.array(column, pa.int32()) for column in columns], schema=self.schema)
