"""Claims from figures: those that count the same people, act, place and time, whatever number they give.

In doubt two figures stay two claims, unless they give the same number. Versions are kept, never averaged
(METHOD R30, R32).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from headwater.model import Bonds, Figure, PassageKind
from headwater.weighing.counted import (
    Counted,
    Fit,
    Sort,
    apart_in_place,
    apart_in_time,
    counted,
    dated_alone,
    fingerprint,
    fit,
    overlap,
    same_act,
    same_head,
    same_number,
)
from headwater.weighing.linking import May, linked
from headwater.weighing.nearness import Nearness
from headwater.weighing.pile import Pile

_FAR_APART_DAYS = 45  # counts that exclude one another and were published further apart are of two happenings
_ORDER_OF_SIZE = 20  # "8 killed" and "20,000 killed" are not two counts of one thing
_TELLING = 10  # a number from here on, given twice for the same things, joins figures whose acts are not clear
_LARGE = 100  # from here on the same number outweighs unlike words on place and time
_DOUBTS_OF = 3  # one pair in three across two groups may be in doubt
_HEAD_END = 4  # letters: "girls" and "schoolgirls" meet
_FIRM = frozenset({Sort.ROLE, Sort.THING})
_STRENGTH = {Fit.SAME: 0, Fit.COMPATIBLE: 1, Fit.DOUBT: 2}


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that count the same thing, in reading order; `decisions` are those by which people made it one claim."""

    items: tuple[Counted, ...]
    decisions: tuple[str, ...] = ()

    @property
    def reports(self) -> frozenset[str]:
        """The reports that carry it."""
        return frozenset(one.figure.report for one in self.items)

    @property
    def clearest(self) -> Counted:
        """The figure whose words say most clearly what is counted."""
        return max(self.items, key=lambda one: (one.sort is not Sort.ANYBODY, bool(one.narrow), -self.items.index(one)))

    def versions(self) -> dict[tuple[int | None, int | None], list[Counted]]:
        """Return the figures by the bounds they give, in reading order."""
        out: dict[tuple[int | None, int | None], list[Counted]] = defaultdict(list)
        for one in self.items:
            out[one.value].append(one)
        return dict(out)


def in_reading_order(pile: Pile) -> list[Figure]:
    """Return all figures of the case."""
    return sorted(pile.figures.values(), key=lambda one: (pile.rank[one.report], one.span, one.id))


def group_figures(pile: Pile, nearness: Nearness, ordered: Sequence[Figure], bonds: Bonds) -> list[FigureGroup]:
    """Return the figure claims in reading order; each figure is in exactly one of them.

    `ordered` are the figures in reading order, `bonds` what people decided, by the index of a figure.
    """
    items = _settle_others([counted(figure) for figure in ordered])
    matcher = _Matcher(pile, nearness, items, bonds)
    groups = linked(len(items), ((a, b) for _, a, b in sorted(set(matcher.pairs()))), matcher.may_join)
    return [FigureGroup(tuple(items[one] for one in group), why) for group, why in bonds.united(groups)]


def _settle_others(items: Sequence[Counted]) -> list[Counted]:
    """Keep "others" only where the figure before it counts people for the same act.

    In "20 killed and 300 others displaced" the others are other than the killed, not than some displaced.
    """
    out: list[Counted] = []
    before: Counted | None = None
    for one in items:
        same = before is not None and before.figure.report == one.figure.report and before.act == one.act
        out.append(replace(one, other=one.other and same))
        before = one
    return out


class _Matcher:
    def __init__(self, pile: Pile, nearness: Nearness, items: Sequence[Counted], bonds: Bonds) -> None:
        self.pile = pile
        self.bonds = bonds
        self.nearness = nearness
        self.items = items

    def pairs(self) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """Yield pairs that count the same thing, with a key that brings the strongest to the front."""
        for bucket in self._buckets():
            by_report: dict[str, list[int]] = defaultdict(list)
            for at in bucket:
                by_report[self.items[at].figure.report].append(at)
            for report, here in by_report.items():
                there = [at for other in self.nearness.among(report, by_report) for at in by_report[other]]
                for a in here:
                    for b in there:
                        strength = self._strength(self.items[a], self.items[b]) if a < b else None
                        if strength is not None:
                            yield strength, a, b

    def _buckets(self) -> Iterable[list[int]]:
        """Figures are compared when they share the act, or the number and the things counted."""
        by_act: dict[str, list[int]] = defaultdict(list)
        by_number: dict[tuple[int | None, str], list[int]] = defaultdict(list)
        for at, one in enumerate(self.items):
            if one.act:
                by_act[one.act].append(at)
            by_number[one.number, one.head[-_HEAD_END:]].append(at)
        return (*by_act.values(), *by_number.values())

    def _strength(self, a: Counted, b: Counted) -> tuple[int, ...] | None:
        """Return how strongly two figures count the same thing (small is strong), or None when they may not."""
        things, act = fit(a, b), same_act(a, b)
        if self._forbidden(a, b) or self._doubtful(a, b) or not (act is Fit.SAME or self._acts_agree(a, b, act)):
            return None
        if not self._belong(a, b, act):
            return None
        doubts = (_STRENGTH[things] + _STRENGTH[act] + 1) // 2
        order = (0 if overlap(a, b) else 1, doubts, 0 if same_number(a, b) else 1)
        return *order, _STRENGTH[things], abs(self._day(a) - self._day(b))

    def _belong(self, a: Counted, b: Counted, act: Fit) -> bool:
        """In a large case, ask for more than a number and an act: a common utterance or origin, or many names."""
        if self.nearness.few or self._same_origin(a, b):
            return True
        vague = a.is_measure or b.is_measure or act is not Fit.SAME
        if vague and not fingerprint(a, b, least=_LARGE):
            return False
        if same_number(a, b):
            return True
        return self.nearness.close(a.figure.report, b.figure.report) and (overlap(a, b) or bool(a.place & b.place))

    def _same_origin(self, a: Counted, b: Counted) -> bool:
        origin = self.pile.origin_of_figure.get(a.figure.id)
        if origin is not None and origin == self.pile.origin_of_figure.get(b.figure.id):
            return same_number(a, b)
        spoken = self.pile.utterance_of.get(a.figure.statement or "")
        return spoken is not None and spoken == self.pile.utterance_of.get(b.figure.statement or "")

    def _acts_agree(self, a: Counted, b: Counted, act: Fit) -> bool:
        """Tell whether one number for the same things outweighs that the acts are not the same words."""
        if not same_number(a, b):
            return False
        if fingerprint(a, b, least=_LARGE) or (same_head(a, b) and fingerprint(a, b, least=_TELLING)):
            return True
        if act is Fit.COMPATIBLE:
            return same_head(a, b) and (a.sort in _FIRM or (a.number or 0) >= _TELLING)
        return same_head(a, b) and a.sort in _FIRM and bool(a.narrow & b.narrow or not (a.narrow and b.narrow))

    def may_join(self, group: Sequence[int], other: Sequence[int]) -> May:
        """Tell whether two groups may be one claim: nothing forbids it, and few pairs across them are in doubt."""
        pairs = [(self.items[a], self.items[b]) for a in group for b in other]
        if self.bonds.forbid(group, other):
            return May.NEVER
        if any(self._forbidden(a, b) for a, b in pairs):
            return May.NEVER
        doubts = sum(self._doubtful(a, b) for a, b in pairs)
        return May.YES if _DOUBTS_OF * doubts <= len(pairs) else May.NOT_YET

    def _forbidden(self, a: Counted, b: Counted) -> bool:
        if Fit.DIFFERENT in (fit(a, b), same_act(a, b)):
            return True
        if (a.is_age and not same_number(a, b)) or self._of_another_size(a, b):
            return True
        if overlap(a, b):
            return False
        return self._one_report_tells_them_apart(a, b) or self._far_apart(a, b)

    def _doubtful(self, a: Counted, b: Counted) -> bool:
        """Words on things, place or time that set two figures apart unless they give the same number."""
        if same_number(a, b) and (a.number or 0) >= _LARGE:
            return False
        if apart_in_time(a, b) or (apart_in_place(a, b) and not self._may_be_nested(a, b)):
            return True
        if same_number(a, b):
            return False
        return fit(a, b) is Fit.DOUBT or a.part or b.part or (dated_alone(a, b) and not overlap(a, b))

    def _may_be_nested(self, a: Counted, b: Counted) -> bool:
        """A place may lie inside the other one when a report of the one speaks of the other as well."""
        speaks = self.nearness.speaks_of
        return overlap(a, b) and (speaks(a.figure.report, b.place) or speaks(b.figure.report, a.place))

    def _one_report_tells_them_apart(self, a: Counted, b: Counted) -> bool:
        """One report that gives two numbers speaks of two things; a caption may be older than the story."""
        side = (PassageKind.CAPTION, PassageKind.HEADLINE)
        return a.figure.report == b.figure.report and a.figure.passage not in side and b.figure.passage not in side

    def _of_another_size(self, a: Counted, b: Counted) -> bool:
        small, large = sorted((a.number or 0, b.number or 0))
        return large >= _ORDER_OF_SIZE * max(small, 1)

    def _far_apart(self, a: Counted, b: Counted) -> bool:
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
