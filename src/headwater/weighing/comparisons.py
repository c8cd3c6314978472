"""Figures beside one another: the same, compatible, a later count, in conflict, or not the same thing at all.

Every answer names what was compared. Different things are shown as different, never compared (METHOD R7, R30, R32).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from headwater.model import Comparison, PassageKind, Relation, make_id
from headwater.weighing.counted import Counted, Fit, apart_in_place, apart_in_time, fit, overlap, same_number
from headwater.weighing.figure_claims import FigureGroup, ordinal
from headwater.weighing.pile import Pile

_SAME_AT_MOST = 12  # of one claim
_VERSIONS_AT_MOST = 8  # of one claim
_FEW = 3  # "one of them" and "two men" are met everywhere
_TELLING = 10  # a smaller number met twice says nothing
_LOOKALIKES_EACH = 2
_LOOKALIKES_AT_MOST = 40


def compare_within(pile: Pile, group: FigureGroup) -> Iterator[Comparison]:
    """Yield the comparisons of one claim: each version once against each other, equal ones against the first."""
    versions = sorted(group.versions().values(), key=lambda found: (found[0].low, found[0].high))
    others = [
        (found[0], next(one for one in found if one.figure.report == report))
        for found in versions
        for report in dict.fromkeys(one.figure.report for one in found)
        if report != found[0].figure.report
    ]
    for first, one in others[:_SAME_AT_MOST]:
        yield _same(pile, first, one)
    for smaller, larger in combinations(versions[:_VERSIONS_AT_MOST], 2):
        yield _versions(pile, group, smaller, larger)


def _same(pile: Pile, a: Counted, b: Counted) -> Comparison:
    exact = a.figure.bound == b.figure.bound
    relation = Relation.SAME if exact else Relation.COMPATIBLE
    bound = "with the same bound" if exact else f"as “{a.figure.bound}” and as “{b.figure.bound}”"
    reason = f"{_pair(pile, a, b)}: {_what(a, b)}; the same number {bound}."
    return _comparison(a, b, relation, reason)


def _versions(pile: Pile, group: FigureGroup, smaller: Sequence[Counted], larger: Sequence[Counted]) -> Comparison:
    a, b = smaller[0], larger[0]
    start = f"{_pair(pile, a, b)}: {_what(a, b)}; "
    later = _later(pile, group, smaller, larger)
    grown = b.low > a.high or (b.low > a.low and b.figure.high is None and a.figure.high is None and b.low >= 2 * a.low)
    if grown and later:
        return _comparison(a, b, Relation.UPDATE, f"{start}{later}: a later and larger count, not two measurements.")
    if overlap(a, b):
        text = "the bounds allow both to be true"
        if grown:
            text += "; the larger one may be a later count, not a second measurement"
        return _comparison(a, b, Relation.COMPATIBLE, f"{start}{text}.")
    if _is_floor(group, a) and b.low > a.high:
        text = (
            f"{start}elsewhere the smaller number is given as “at least”, so that the larger one may be a later count."
        )
        return _comparison(a, b, Relation.COMPATIBLE, text)
    when = "the reports do not show that one is later" if later is None else "the later count is not the larger one"
    return _comparison(a, b, Relation.CONFLICT, f"{start}both cannot be true, and {when}.")


def _is_floor(group: FigureGroup, item: Counted) -> bool:
    return any(one.figure.high is None and same_number(one, item) for one in group.items)


def _later(pile: Pile, group: FigureGroup, smaller: Sequence[Counted], larger: Sequence[Counted]) -> str | None:
    """Return what shows that the larger count is a later one, or None.

    A source that gave both numbers has counted on; whoever repeats the smaller one without "at least" changes nothing.
    """
    number = smaller[0].figure.low
    gave = {pile.origin_of_figure.get(one.figure.id) for one in group.items if one.figure.low == number}
    for one in larger:
        origin = pile.origin_of_figure.get(one.figure.id)
        if origin and origin in gave:
            return f"{pile.origins[origin].name} gave both numbers"
    before = [ordinal(pile.infos[one.figure.report].day) for one in smaller]
    after = [ordinal(pile.infos[one.figure.report].day) for one in larger]
    if all(before) and all(after) and min(after) > min(before):
        first = pile.infos[smaller[before.index(min(before))].figure.report].day
        then = pile.infos[larger[after.index(min(after))].figure.report].day
        return f"the first was published on {first}, the second not before {then}"
    if any(one.figure.passage is PassageKind.CAPTION for one in smaller):
        return "the smaller one stands in a caption, which may be older than the story"
    return None


def look_alikes(pile: Pile, groups: Sequence[FigureGroup]) -> Iterator[Comparison]:
    """Yield figures that share the act or the number but not the thing counted, the widest carried first."""
    counts = [
        at for at, group in enumerate(groups) if (group.items[0].number or 0) >= _FEW and not group.items[0].is_age
    ]
    ranked = sorted(counts, key=lambda at: (-len(groups[at].reports), at))
    by_act: dict[str, list[int]] = {}
    by_number: dict[int, list[int]] = {}
    for at in ranked:
        item = groups[at].clearest
        if item.act:
            by_act.setdefault(item.act, []).append(at)
        if item.number and item.number >= _TELLING:
            by_number.setdefault(item.number, []).append(at)
    seen: set[tuple[int, int]] = set()
    shown: dict[int, int] = {}
    for bucket in (*by_act.values(), *by_number.values()):
        for a, b in combinations(bucket[:_LOOKALIKES_AT_MOST], 2):
            pair = (min(a, b), max(a, b))
            if len(groups[a].reports | groups[b].reports) < 2:
                continue
            if pair in seen or max(shown.get(a, 0), shown.get(b, 0)) >= _LOOKALIKES_EACH:
                continue
            why = _why_different(groups[pair[0]].clearest, groups[pair[1]].clearest)
            if why is None:
                continue
            seen.add(pair)
            shown[a], shown[b] = shown.get(a, 0) + 1, shown.get(b, 0) + 1
            yield _different(pile, groups[pair[0]].clearest, groups[pair[1]].clearest, why)
            if len(seen) >= _LOOKALIKES_AT_MOST:
                return


def _different(pile: Pile, a: Counted, b: Counted, why: str) -> Comparison:
    return _comparison(a, b, Relation.DIFFERENT, f"{_pair(pile, a, b)}: not the same thing, {why}.")


def _why_different(a: Counted, b: Counted) -> str | None:
    if a.act and b.act and a.act != b.act:
        return f"one is “{a.figure.act}”, the other “{b.figure.act}”"
    if a.act != b.act:
        return None
    match = fit(a, b)
    if match is Fit.DIFFERENT or (match is Fit.DOUBT and a.figure.unit != b.figure.unit):
        return f"one counts “{a.figure.unit}”, the other “{b.figure.unit}”"
    if apart_in_time(a, b):
        return f"one is of {a.figure.when}, the other of {b.figure.when}"
    if apart_in_place(a, b):
        return f"one is placed in {a.figure.place}, the other in {b.figure.place}"
    return None if overlap(a, b) else "the numbers exclude one another"


def _comparison(a: Counted, b: Counted, relation: Relation, reason: str) -> Comparison:
    one, two = a.figure.id, b.figure.id
    return Comparison(make_id("comparison", one, two, relation), one, two, relation, reason)


def _pair(pile: Pile, a: Counted, b: Counted) -> str:
    return f"“{a.figure.text}” ({pile.name(a.figure.report)}) and “{b.figure.text}” ({pile.name(b.figure.report)})"


def _what(a: Counted, b: Counted) -> str:
    """Say what was compared: things, act, place and time, as far as they are given."""
    units = " / ".join(dict.fromkeys(unit for unit in (a.figure.unit, b.figure.unit) if unit)) or "people"
    parts = [f"both count {units}"]
    act = a.figure.act or b.figure.act
    if act:
        parts.append(act)
    parts += [_given(a.figure.place, b.figure.place), _given(a.figure.when, b.figure.when)]
    return ", ".join(part for part in parts if part)


def _given(a: str | None, b: str | None) -> str:
    return " / ".join(dict.fromkeys(value for value in (a, b) if value))
