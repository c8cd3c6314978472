"""Reports to stories, in one pass by date: each report goes to the story that it is nearest to, on the average.

How near two groups of reports are is the mean cosine over all pairs of their reports (average linkage: Sokal and
Michener 1958), less what their mean days lie apart; the sum of the words' weights of a group gives it exactly, so that
no pair is ever listed. Since the mean of all pairs counts, no chain of reports that are near only in turn makes a
story. After each day the stories that it touched are joined where they are near enough. All in whole numbers; ties go
to the earlier story.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

# Groups are one story from this mean cosine on, in thousandths, when they are of one day; each day between their mean
# days takes some of it. Of two single reports more is asked: one pair says less than the mean of several. Set by
# reading stories of the measured news to 2015, reported on those from 2016: docs/stories.md.
BAR = 160
PAIR_BAR = 200
DAY = 20
# Without a date more is asked.
UNDATED_BAR = 280
# A story to which nothing came for so many days is closed.
WINDOW = 10
# Stories are met by so many words of a report, each of at most CROWD open stories; so many of those met are compared.
PROBES = 30
CROWD = 200
COMPARED = 12
# An undated report is met by fewer words: what is near enough for it shares the most telling ones.
UNDATED_PROBES = 12
# What is met is compared when the words by which it was met make at least so much (one of so many parts) of the bar.
PART = 3
# Words that name a story.
NAMES = 6
_THOUSAND = 1000


class Marked(NamedTuple):
    """A report by its most telling words, most telling first: word to weight, and the token where it first stands."""

    doc: int
    day: int | None
    words: Mapping[int, int]
    places: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Grouped:
    """One story: its reports, earliest first, and the tokens of the earliest that name the story."""

    docs: tuple[int, ...]
    places: tuple[int, ...]


class _Group:
    """Reports that are one story so far."""

    __slots__ = ("days", "docs", "first", "last", "number", "words")

    def __init__(self, number: int, report: Marked) -> None:
        self.number = number
        self.first = report
        self.docs = [report.doc]
        self.days = self.last = report.day or 0
        self.words = Counter(report.words)

    def take(self, other: _Group) -> None:
        if other.first.doc < self.first.doc:
            self.first = other.first
        self.docs += other.docs
        self.days += other.days
        self.last = max(self.last, other.last)
        self.words.update(other.words)

    def telling(self) -> list[int]:
        """The words by which it meets others, most telling first."""
        if len(self.docs) == 1:
            return list(self.first.words)[:PROBES]
        return [key for key, _ in heapq.nsmallest(PROBES, self.words.items(), key=lambda item: (-item[1], item[0]))]


def _mean_cosine(one: _Group, other: _Group) -> int:
    """Return the mean cosine of all pairs of a report of the one and a report of the other, in thousandths."""
    few, more = (one, other) if len(one.words) <= len(other.words) else (other, one)
    product = sum(few.words[key] * more.words[key] for key in few.words.keys() & more.words.keys())
    return product // (len(one.docs) * len(other.docs) * _THOUSAND)


def _nearness(one: _Group, other: _Group, fade: int) -> int:
    """Return the mean cosine, less `fade` for each day between the mean days."""
    apart = abs(one.days * len(other.docs) - other.days * len(one.docs))
    return _mean_cosine(one, other) - fade * apart // (len(one.docs) * len(other.docs))


def _foremost(ranked: Iterable[tuple[int, int]]) -> list[int]:
    return [number for _, number in heapq.nsmallest(COMPARED, ranked)]


class _Open:
    """The stories that can still grow, met by their words."""

    def __init__(self, bar: int, pair_bar: int, fade: int) -> None:
        self._bar = bar
        self._pair_bar = pair_bar
        self._fade = fade
        self._groups: dict[int, _Group] = {}
        self._by_word: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self._indexed: dict[int, list[int]] = {}

    def take(self, group: _Group) -> int:
        """Let the nearest story take `group`, or let it be one of its own; return the number of its story."""
        found = self.nearest(group)
        if found:
            self._grow(found[1], group)
            return found[1].number
        self._groups[group.number] = group
        self._index(group)
        return group.number

    def _index(self, group: _Group) -> None:
        telling = group.telling()
        self._indexed[group.number] = telling
        for key in telling:
            self._by_word[key][group.number] = group.words[key]

    def drop(self, group: _Group) -> None:
        self._forget(group)
        del self._groups[group.number]

    def _grow(self, group: _Group, other: _Group) -> None:
        """Let `group`, which is open, take `other`."""
        self._forget(group)
        group.take(other)
        self._index(group)

    def _forget(self, group: _Group) -> None:
        for key in self._indexed.pop(group.number):
            there = self._by_word[key]
            del there[group.number]
            if not there:
                del self._by_word[key]

    def nearest(self, group: _Group) -> tuple[int, _Group] | None:
        """Return how near the nearest other story is, and it, when it is near enough."""
        best: tuple[int, int] | None = None
        for number in self.met(group):
            near = _nearness(group, self._groups[number], self._fade)
            bar = self._pair_bar if len(group.docs) == len(self._groups[number].docs) == 1 else self._bar
            if near >= bar and (best is None or (near, -number) > best):
                best = near, -number
        return (best[0], self._groups[-best[1]]) if best else None

    def met(self, group: _Group) -> list[int]:
        """Return the stories that share most with `group` in their most telling words."""
        shared: defaultdict[int, int] = defaultdict(int)
        for key in group.telling():
            there = self._by_word.get(key)
            if there is not None and len(there) <= CROWD:
                weight = group.words[key]
                for number, theirs in there.items():
                    shared[number] += weight * theirs
        shared.pop(group.number, None)
        least = self._bar * _THOUSAND * len(group.docs) // PART
        sizes = ((mass // len(self._groups[number].docs), number) for number, mass in shared.items())
        return _foremost((-mass, number) for mass, number in sizes if mass >= least)

    def old(self, day: int) -> list[_Group]:
        return [group for group in self._groups.values() if day - group.last > WINDOW]

    def all(self) -> list[_Group]:
        return list(self._groups.values())

    def join(self, touched: Iterable[int]) -> None:
        """Join stories that are near enough, the nearest first, until none of the touched ones has such a neighbour.

        A report that stayed alone was compared when it came, and is again from the side of whatever grew since.
        """
        heap: list[tuple[int, int, int]] = []
        for number in sorted(touched):
            if len(self._groups[number].docs) > 1:
                self._offer(number, heap)
        while heap:
            near, one, other = heapq.heappop(heap)
            if one not in self._groups or other not in self._groups:
                self._offer(one if one in self._groups else other, heap)
            elif -near == _nearness(self._groups[one], self._groups[other], self._fade):
                kept, gone = self._groups[min(one, other)], self._groups[max(one, other)]
                self.drop(gone)
                self._grow(kept, gone)
                self._offer(kept.number, heap)
            else:
                self._offer(one, heap)

    def _offer(self, number: int, heap: list[tuple[int, int, int]]) -> None:
        group = self._groups.get(number)
        found = self.nearest(group) if group else None
        if found:
            heapq.heappush(heap, (-found[0], number, found[1].number))


class _Strays:
    """Undated reports, those alike together, each group with the nearest of the stories that were closed so far."""

    def __init__(self, reports: Iterable[Marked]) -> None:
        open_ = _Open(UNDATED_BAR, UNDATED_BAR, 0)
        open_.join({open_.take(_Group(report.doc, report)) for report in reports})
        self._groups = {group.number: group for group in open_.all()}
        self._by_word: defaultdict[int, list[int]] = defaultdict(list)
        for number, group in self._groups.items():
            for key in group.telling()[:UNDATED_PROBES]:
                self._by_word[key].append(number)
        self._best: dict[int, tuple[int, int]] = {}

    def see(self, story: _Group) -> None:
        """Compare the undated groups that meet a closed story with it."""
        shared: defaultdict[int, int] = defaultdict(int)
        for key in story.telling():
            there = self._by_word.get(key, ())
            if len(there) <= CROWD:
                for number in there:
                    shared[number] += story.words[key] * self._groups[number].words[key]
        least = UNDATED_BAR * _THOUSAND * len(story.docs) // PART
        sizes = ((mass // len(self._groups[number].docs), number) for number, mass in shared.items())
        for number in _foremost((-mass, number) for mass, number in sizes if mass >= least):
            near = _mean_cosine(self._groups[number], story)
            if near >= UNDATED_BAR:
                self._best[number] = max(self._best.get(number, (0, 0)), (near, -story.number))

    def placed(self) -> Iterator[tuple[_Group, int | None]]:
        """Yield each undated group with the number of the story that takes it, None where none does."""
        for number, group in self._groups.items():
            found = self._best.get(number)
            yield group, -found[1] if found else None


def group(dated: Iterable[Marked], undated: Iterable[Marked]) -> list[Grouped]:
    """Return the stories of several reports, by their earliest. `dated` come by day. Same reports, same stories.

    A report without a date goes, at a higher bar, to the story that it is nearest to of all, else to others like it.
    """
    strays = _Strays(undated)
    open_ = _Open(BAR, PAIR_BAR, DAY)
    closed: dict[int, Grouped] = {}

    def close(groups: Iterable[_Group]) -> None:
        for each in groups:
            strays.see(each)
            closed[each.number] = _closed(each)
            open_.drop(each)

    for day, reports in groupby(dated, key=_day):
        close(open_.old(day))
        open_.join({open_.take(_Group(report.doc, report)) for report in reports})
    close(open_.all())
    for stray, story in strays.placed():
        if story is None:
            closed[stray.number] = _closed(stray)
        else:
            closed[story] = Grouped(tuple(sorted((*closed[story].docs, *stray.docs))), closed[story].places)
    return sorted((each for each in closed.values() if len(each.docs) > 1), key=lambda each: each.docs)


def _day(report: Marked) -> int:
    return report.day or 0


def _closed(group: _Group) -> Grouped:
    """Leave of a story what is told of it: its reports, and which words of the earliest name it."""
    weighed = sorted(group.first.places, key=lambda key: (-group.words[key], key))
    return Grouped(tuple(sorted(group.docs)), tuple(group.first.places[key] for key in weighed[:NAMES]))
