"""Which of two passages is the later one: every sign with its weight, and a direction only where their sum tells.

Weights lie between -1 and 1. A sign that points the right way in a share p of pairs where the answer is known weighs
about 2p - 1; where no such pairs exist it is set by reasoning, and low. Nothing here says that a passage was copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from headwater.model import Evidence, Place, Span
from headwater.tracing.carriers import Carriers, Named, named_in
from headwater.tracing.credits import Credit, credit, is_by
from headwater.tracing.material import Material, moment

# Measured by bench/direction.py on 3,804 pairs of news reports of different outlets and days that share wording.
# From this sum on a link has a direction: one day between the reports is enough, less than six hours are not. With the
# dates hidden that directs 169 of them, .72 towards the report of the later day (copies .80 of 70, quotes .67 of 99).
DIRECTED_FROM = 0.25
# Published so long after the other one (more than), and what that weighs. Where one report names the other's outlet,
# the day agrees in .74 of 89 pairs one day apart, .76 of 33 up to six days, .67 of 45 after that: from two days on a
# longer gap tells no more. One day weighs less than that, it may be minutes; hours are set by reasoning.
_GAPS = ((timedelta(days=1), 0.4), (timedelta(hours=6), 0.3))
_AT_ONCE = 0.1
# The report that names the other's outlet beside the passage is of the later day in .79 of 90 pairs, elsewhere in .65
# of 77.
_CITES_NEAR, _CITES = 0.6, 0.3
# Whoever credits an agency has the text from it: by reasoning, three such pairs do not measure it. That an agency's
# own report is the earlier one is reasoned too and too weak to direct by itself: agencies send a text again as it
# grows, and of 362 pairs theirs has the earlier day in .37. Where one report credits an agency and the other nobody,
# the one that credits is of the earlier day in .58 of 600.
_CREDITS_THE_OTHER, _BY_AGENCY, _CREDITS = 0.8, 0.05, 0.05
# The side that leaves words out and marks the gap is of the later day in .51 of 69 pairs, the one that merely lacks
# words in .46 of 1,261: no sign of direction, but what an editor wants to see.
_MARKED_CUT, _CONTAINED = 0.05, 0.0
# A citation stands near a passage when no more than this lies between them (two or three sentences).
_NEAR = 300
# So many words that only one side has are more than a slip; less than so many are no passage to compare.
_MISSING, _COMPARED = 3, 5
_CUT_MARK = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|…|\.\s?\.\s?\.")
_DAY = len("2000-01-01")


class Aimed(NamedTuple):
    """The two places of a link, the later one first, whether that is told, and what tells it."""

    later: Place
    before: Place
    directed: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two passages with what is known of its report."""

    place: Place
    rank: int
    name: str


class Directions:
    """Weighs the signs for pairs of passages of one case."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._ranks = {report.id: rank for rank, report in enumerate(material.reports)}
        self._carriers = Carriers(material.reports)
        self._named: dict[int, tuple[tuple[Named, frozenset[int]], ...]] = {}
        self._credits: dict[int, Credit | None] = {}

    def aim(self, a: Place, b: Place) -> Aimed:
        """Return two passages in the order that the signs tell; if they do not, in the fixed order of the reports."""
        if (self._ranks[b.report], b.span) < (self._ranks[a.report], a.span):
            a, b = b, a
        found = self.between(a, b)
        turned = tuple(replace(item, weight=-item.weight or 0.0) for item in found)
        if is_told(turned):
            return Aimed(a, b, directed=True, evidence=turned)
        return Aimed(b, a, is_told(found), found)

    def between(self, before: Place, later: Place) -> tuple[Evidence, ...]:
        """Return all that bears on whether `later` is the later passage; what speaks against it weighs below 0."""
        one, two = self._side(before), self._side(later)
        found = [
            replace(item, weight=sign * item.weight or 0.0)
            for sign, x, y in ((1, one, two), (-1, two, one))
            for item in (*self._published(x, y), *self._agency(x, y), *self._cites(x, y), *self._cut(x, y))
        ]
        return tuple(sorted(found, key=lambda item: (-abs(item.weight), item.name, item.places)))

    def _side(self, place: Place) -> _Side:
        rank = self._ranks[place.report]
        return _Side(place, rank, self._material.reports[rank].info.name)

    def _published(self, before: _Side, later: _Side) -> Iterator[Evidence]:
        """Yield the dates where `later` was published after `before`."""
        one, two = (moment(self._material.reports[side.rank]) for side in (before, later))
        gap = gap_between(one, two) if one and two else None
        if gap and gap > timedelta(0):
            weight = next((weight for least, weight in _GAPS if gap > least), _AT_ONCE)
            yield Evidence("dates", weight, f"{later.name} was published {_in_words(gap)} after {before.name}.")

    def _agency(self, before: _Side, later: _Side) -> Iterator[Evidence]:
        """Yield what the credit of an agency says for `later` being the later one."""
        mine, yours = self._credit(later.rank), self._credit(before.rank)
        by_agency = yours.agency if yours and yours.own else None
        if mine and not mine.own and is_by(self._material.reports[before.rank], mine.agency):
            text = f"{later.name} credits {mine.agency} for its text, and the other report is by {mine.agency}."
            yield Evidence("agency credit", _CREDITS_THE_OTHER, text, self._credited(later, mine))
        elif by_agency and not (mine and mine.own):
            text = f"{before.name} is a news agency, whose text others print, and {later.name} is not."
            yield Evidence("agency", _BY_AGENCY, text)
        elif yours and not yours.own and mine is None:
            text = f"{before.name} credits {yours.agency} for its text, {later.name} credits nobody."
            yield Evidence("agency credit", _CREDITS, text, self._credited(before, yours))

    def _cites(self, before: _Side, later: _Side) -> Iterator[Evidence]:
        """Yield the place where the later report names the outlet of the other one; the nearest of several."""
        found = [named for named, ranks in self._names(later.rank) if before.rank in ranks and later.rank not in ranks]
        if found:
            named = min(found, key=lambda one: (_distance(one.span, later.place.span), one.span))
            near = _distance(named.span, later.place.span) <= _NEAR
            where = "beside this passage" if near else "elsewhere in the report"
            text = f"{later.name} names “{named.name}” {where}."
            yield Evidence(
                "citation", _CITES_NEAR if near else _CITES, text, (Place(later.place.report, named.span), before.place)
            )

    def _cut(self, before: _Side, later: _Side) -> Iterator[Evidence]:
        """Yield that the later passage lacks words of the other one and adds none; marked as a cut or not."""
        mine, yours = self._roots(later), self._roots(before)
        shared = LCSseq.similarity(mine, yours)
        missing = len(yours) - shared
        if min(len(mine), len(yours)) < _COMPARED or len(mine) > shared or missing < _MISSING:
            return
        places = (later.place, before.place)
        if self._marks_a_cut(later.place) and not self._marks_a_cut(before.place):
            text = f"{later.name} leaves out {missing} words of {before.name} and marks the gap."
            yield Evidence("marked cut", _MARKED_CUT, text, places)
        else:
            text = f"{before.name} has all the words of {later.name} and {missing} more: cut here, or added there."
            yield Evidence("shorter", _CONTAINED, text, places)

    def _marks_a_cut(self, place: Place) -> bool:
        return bool(_CUT_MARK.search(place.span.of(self._material.reports[self._ranks[place.report]].text)))

    def _roots(self, side: _Side) -> Sequence[str]:
        folded = self._material.folded[side.rank]
        return [folded.roots[i] for i in folded.within(side.place.span)]

    def _names(self, rank: int) -> tuple[tuple[Named, frozenset[int]], ...]:
        if rank not in self._named:
            found = named_in(self._material.readings[rank])
            self._named[rank] = tuple((one, ranks) for one in found if (ranks := self._carriers.reports_of(one.name)))
        return self._named[rank]

    def _credit(self, rank: int) -> Credit | None:
        if rank not in self._credits:
            self._credits[rank] = credit(self._material.reports[rank], self._material.readings[rank])
        return self._credits[rank]

    def _credited(self, side: _Side, found: Credit) -> tuple[Place, ...]:
        return (Place(side.place.report, found.span),) if found.span else ()


def is_told(evidence: Sequence[Evidence]) -> bool:
    """True when the weights together tell that the later passage is the later one."""
    return round(sum(item.weight for item in evidence), 3) >= DIRECTED_FROM


def gap_between(one: str, two: str) -> timedelta | None:
    """Return how long after `one` the moment `two` is, at least; None when what is known of both overlaps.

    "2021-03" to "2021-05-02" is from the last day of March.
    """
    clocks = _clock(one), _clock(two)
    if clocks[0] and clocks[1] and (clocks[0].tzinfo is None) == (clocks[1].tzinfo is None):
        return clocks[1] - clocks[0]
    first, second = _days(one), _days(two)
    if first is None or second is None:
        return None
    if second[0] > first[1]:
        return second[0] - first[1]
    return second[1] - first[0] if second[1] < first[0] else None


def _days(text: str) -> tuple[date, date] | None:
    """The first and last day of an ISO day, month or year."""
    year, month, day = (text[:4], text[5:7], text[8:_DAY])
    try:
        start = date(int(year), int(month or 1), int(day or 1))
        if day:
            return start, start
        following = date(start.year + (not month or start.month == 12), start.month % 12 + 1 if month else 1, 1)
    except ValueError:
        return None
    return start, following - timedelta(days=1)


def _clock(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if len(text) > _DAY else None
    except ValueError:
        return None


def _in_words(gap: timedelta) -> str:
    for size, unit in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        if number := gap // size:
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "seconds"


def _distance(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)
