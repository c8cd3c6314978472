"""Claims from figures: those that count the same people, act, place and time, whatever number they give.

In doubt two figures stay two claims, unless they give the same number. Versions are kept, never averaged
(METHOD R30, R32).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from headwater.model import PassageKind
from headwater.weighing.claims import linked
from headwater.weighing.counted import Counted, Fit, counted, elsewhere, fit, overlap, same_number
from headwater.weighing.nearness import Nearness
from headwater.weighing.pile import Pile

_FAR_APART_DAYS = 45  # counts that exclude one another and were published further apart are of two happenings
_ORDER_OF_SIZE = 20  # "8 killed" and "20,000 killed" are not two counts of one thing
_TELLING = 10  # a number from here on, given twice for the same things, joins a figure whose act is not clear
_STRENGTH = {Fit.SAME: 0, Fit.COMPATIBLE: 1, Fit.DOUBT: 2}


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that count the same thing, in reading order."""

    items: tuple[Counted, ...]

    @property
    def reports(self) -> frozenset[str]:
        """The reports that carry it."""
        return frozenset(one.figure.report for one in self.items)

    def versions(self) -> dict[tuple[int | None, int | None], list[Counted]]:
        """Return the figures by the bounds they give, in reading order."""
        out: dict[tuple[int | None, int | None], list[Counted]] = defaultdict(list)
        for one in self.items:
            out[one.value].append(one)
        return dict(out)


def group_figures(pile: Pile, nearness: Nearness) -> list[FigureGroup]:
    """Return the figure claims in reading order; each figure is in exactly one of them."""
    items = _settle_others([counted(figure) for figure in pile.figures.values()])
    items.sort(key=lambda one: (pile.rank[one.figure.report], one.figure.span, one.figure.id))
    matcher = _Matcher(pile, nearness, items)
    pairs = sorted(matcher.pairs())
    groups = linked(len(items), ((a, b) for _, a, b in pairs), matcher.may_stand_together)
    return [FigureGroup(tuple(items[one] for one in group)) for group in groups]


def _settle_others(items: Sequence[Counted]) -> list[Counted]:
    """Keep "others" only where the same report counts somebody for the same act before them.

    In "20 killed and 300 others displaced" the others are other than the killed, not than some displaced.
    """
    counts = Counter((one.figure.report, one.act) for one in items)
    return [replace(one, other=one.other and counts[one.figure.report, one.act] > 1) for one in items]


class _Matcher:
    def __init__(self, pile: Pile, nearness: Nearness, items: Sequence[Counted]) -> None:
        self.pile = pile
        self.nearness = nearness
        self.items = items

    def pairs(self) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """Yield pairs that count the same thing, with a key that brings the strongest to the front."""
        buckets: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.items):
            buckets[one.act or f"number {one.number}"].append(at)
            if one.act and (one.number or 0) >= _TELLING:
                buckets[f"number {one.number}"].append(at)
        for bucket in buckets.values():
            for spot, a in enumerate(bucket):
                for b in bucket[spot + 1 :]:
                    if self.nearness.near(self.items[a].figure.report, self.items[b].figure.report):
                        strength = self._strength(self.items[a], self.items[b])
                        if strength is not None and self.may_stand_together(a, b):
                            yield strength, a, b

    def _strength(self, a: Counted, b: Counted) -> tuple[int, ...] | None:
        same = same_number(a, b)
        match = fit(a, b)
        if match is Fit.DIFFERENT or (match is Fit.DOUBT and not same):
            return None
        if a.act is None or b.act is None:
            shared = bool(a.narrow & b.narrow) or (a.head == b.head and max(b.low, a.low) >= _TELLING)
            if not (same and shared):
                return None
        near = 0 if overlap(a, b) else 1
        return _STRENGTH[match] // 2, 0 if same else 1 + near, _STRENGTH[match], abs(self._day(a) - self._day(b))

    def may_stand_together(self, at: int, other: int) -> bool:
        """Tell whether nothing forbids that two figures count the same thing."""
        a, b = self.items[at], self.items[other]
        if a.act and b.act and a.act != b.act:
            return False
        if fit(a, b) is Fit.DIFFERENT or elsewhere(a, b):
            return False
        if overlap(a, b):
            return True
        return not (self._one_report_tells_them_apart(a, b) or self._far_apart(a, b))

    def _one_report_tells_them_apart(self, a: Counted, b: Counted) -> bool:
        """One report that gives two numbers speaks of two things; a caption may be older than the story."""
        side = (PassageKind.CAPTION, PassageKind.HEADLINE)
        return a.figure.report == b.figure.report and a.figure.passage not in side and b.figure.passage not in side

    def _far_apart(self, a: Counted, b: Counted) -> bool:
        small, large = sorted((a, b), key=lambda one: (one.high, one.low))
        if large.low >= _ORDER_OF_SIZE * max(small.high, 1.0):
            return True
        one, two = self._day(a), self._day(b)
        return bool(one and two) and abs(one - two) > _FAR_APART_DAYS

    def _day(self, item: Counted) -> int:
        return ordinal(self.pile.infos[item.figure.report].day)


def ordinal(day: str | None) -> int:
    """Return the number of an ISO day, 0 when there is none or it is not one."""
    if day is None:
        return 0
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


def figure_text(group: FigureGroup) -> str:
    """Return the words for a figure claim: the number that most reports give, then the others, none preferred."""
    versions = group.versions()
    ranked = sorted(
        versions.items(),
        key=lambda item: (-len({one.figure.report for one in item[1]}), item[0][0] or 0, item[0][1] or 0),
    )
    lead = min(ranked[0][1], key=lambda one: one.figure.passage is not PassageKind.BODY)
    text = _with_act(lead)
    others = [f"“{found[0].figure.text}”" for _, found in ranked[1:4]]
    return f"{text} (also reported: {', '.join(others)})" if others else text


def _with_act(item: Counted) -> str:
    from_words = item.figure.text.strip()
    act = item.figure.act
    if not act or act.casefold() in from_words.casefold():
        return from_words
    return f"{from_words}: {act}"
