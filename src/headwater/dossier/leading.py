"""What stands first, on the first screen and in the terminal alike: which records of a case, and in which order.

Picks and groups what weighing found; counts nothing, reads no words. In the order of reading: the loudest echo and what
stands on the same origin, figures that several reports carry, denials by who denies, patterns, then the other claims.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from headwater.model import Case, Claim, ClaimKind, Comparison, Figure, Pattern, Relation, Statement

_SEVERAL = 2
_TELLING = (Relation.CONFLICT, Relation.UPDATE, Relation.COMPATIBLE)
_GROWN = "later count"  # weighing says so where one version may be a later count of what the other counted
_Amount = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class FigureStory:
    """A figure that several reports carry: its versions, the smallest first, and what is said of how they compare.

    `versions` are figures of one amount each. `comparison` is the most telling one between two versions, or None.
    """

    claim: Claim
    versions: tuple[tuple[Figure, ...], ...]
    comparison: Comparison | None

    @property
    def label(self) -> str:
        """In two words what the comparison says: "conflict", "later count", or nothing where nothing is to be said."""
        if self.comparison is None:
            return ""
        if self.comparison.relation is Relation.CONFLICT:
            return "conflict"
        return _GROWN if _GROWN in self.comparison.reason or self.comparison.relation is Relation.UPDATE else ""

    @property
    def note(self) -> str:
        """Weighing's own words on it, without the part that names what is compared."""
        if not self.label or self.comparison is None:
            return ""
        return self.comparison.reason.partition("; ")[2] or self.comparison.reason


@dataclass(frozen=True, slots=True)
class Denial:
    """One denial in all its wordings, and the claims beside which it is set."""

    wordings: tuple[Statement, ...]
    reports: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Acts that the same origins tell in words of their own."""

    patterns: tuple[Pattern, ...]

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that tell them."""
        return self.patterns[0].origins

    @property
    def independent(self) -> int:
        """How many of these are independent at least, for every one of the acts."""
        return min(each.origins_low for each in self.patterns)


@dataclass(frozen=True, slots=True)
class Leading:
    """The first things to be shown. No claim stands in two of `echo`, `beside`, `figures` and `stories`.

    `stories` are the other claims, those of the same origins together.
    """

    echo: Claim | None
    beside: tuple[Claim, ...]
    figures: tuple[FigureStory, ...]
    denials: tuple[Denial, ...]
    tellings: tuple[Telling, ...]
    stories: tuple[tuple[Claim, ...], ...]
    contradictions: tuple[tuple[Claim, Claim], ...]


def leading(case: Case) -> Leading:
    """Return what stands first in a case. Raises KeyError when records point at something the case does not hold."""
    claims = case.weighed.claims
    echo = next((each for each in claims if each.id == case.weighed.summary.loudest_echo), None)
    figures = tuple(_figures(case, echo))
    denials = _denials(case)
    shown = {each.claim.id for each in figures} | _denials_among(claims)
    figures_by_id = {each.id: each for reading in case.readings for each in reading.figures}
    rest = [each for each in claims if each is not echo and each.id not in shown and not _is_age(each, figures_by_id)]
    beside = tuple(each for each in rest if echo and _one_story(each) and each.origins == echo.origins)
    aside = {each.id for each in beside}
    return Leading(
        echo=echo,
        beside=beside,
        figures=figures,
        denials=denials,
        tellings=tuple(_tellings(case.weighed.patterns)),
        stories=_stories([each for each in rest if each.id not in aside]),
        contradictions=tuple(_contradictions(claims)),
    )


def _figures(case: Case, echo: Claim | None) -> Iterator[FigureStory]:
    """Yield counts that several reports carry, or that are in conflict, the widest carried first; no ages.

    What is counted without anything being said of it ("12 km") comes last.
    """
    figures = {each.id: each for reading in case.readings for each in reading.figures}

    compared: dict[str, list[Comparison]] = {}
    for each in case.weighed.comparisons:
        compared.setdefault(each.a, []).append(each)

    def last(claim: Claim) -> tuple[bool, int]:
        return all(figures[each].act is None for each in claim.figures), -len(claim.reports)

    for claim in sorted(case.weighed.claims, key=last):
        if claim.kind is not ClaimKind.FIGURE or claim is echo or _is_age(claim, figures):
            continue
        telling = _telling_comparison(compared, claim)
        disputed = telling is not None and telling.relation is Relation.CONFLICT
        if len(claim.reports) >= _SEVERAL or disputed:
            yield FigureStory(claim, _versions([figures[each] for each in claim.figures]), telling)


def _is_age(claim: Claim, figures: Mapping[str, Figure]) -> bool:
    return bool(claim.figures) and all(figures[each].act == "aged" for each in claim.figures)


def _versions(figures: Sequence[Figure]) -> tuple[tuple[Figure, ...], ...]:
    by_amount: dict[_Amount, list[Figure]] = {}
    for each in figures:
        by_amount.setdefault((each.low, each.high), []).append(each)
    once = (tuple({each.report: each for each in reversed(found)}.values())[::-1] for found in by_amount.values())
    return tuple(sorted(once, key=lambda found: (found[0].low or 0, found[0].high or math.inf)))


def _telling_comparison(compared: Mapping[str, Sequence[Comparison]], claim: Claim) -> Comparison | None:
    """Return what says most of how the versions of a figure compare: a conflict, a later count, then the rest."""
    mine = set(claim.figures)
    inside = [each for figure in claim.figures for each in compared.get(figure, ()) if each.b in mine]
    ranked = [each for relation in _TELLING for each in inside if each.relation is relation]
    return max(ranked, key=lambda each: (each.relation is not Relation.COMPATIBLE, _GROWN in each.reason), default=None)


def _denials(case: Case) -> tuple[Denial, ...]:
    """Denials that are one claim of their own are one denial, in all the wordings of that claim; the widest first."""
    statements = {each.id: each for reading in case.readings for each in reading.statements}
    rank = {each.id: at for at, each in enumerate(case.received.reports)}
    denying = {each for claim in case.weighed.claims for each in claim.denied_by}
    home = {each: claim for claim in case.weighed.claims if _is_denial(claim, denying) for each in claim.statements}
    groups: dict[str, dict[str, Statement]] = {}
    answered: dict[str, dict[str, Claim]] = {}
    for claim in case.weighed.claims:
        for each in claim.denied_by:
            own = home.get(each)
            key, members = (own.id, own.statements) if own else (each, (each,))
            groups.setdefault(key, {one: statements[one] for one in members})
            answered.setdefault(key, {})[claim.id] = claim
    found = []
    for key, members_of in groups.items():
        ordered = sorted(members_of.values(), key=lambda each: (rank[each.report], each.content[0].start))
        reports = tuple(dict.fromkeys(each.report for each in ordered))
        found.append(Denial(tuple(ordered), reports, tuple(answered[key].values())))
    return tuple(sorted(found, key=lambda each: (-len(each.reports), -len(each.claims))))


def _is_denial(claim: Claim, denying: Set[str]) -> bool:
    """A claim whose statements are for the most part denials is shown as the denial it is."""
    return bool(claim.statements) and 2 * sum(each in denying for each in claim.statements) >= len(claim.statements)


def _denials_among(claims: Sequence[Claim]) -> set[str]:
    denying = {each for claim in claims for each in claim.denied_by}
    return {claim.id for claim in claims if _is_denial(claim, denying)}


def _tellings(patterns: Sequence[Pattern]) -> Iterator[Telling]:
    groups: dict[tuple[str, ...], list[Pattern]] = {}
    for each in patterns:
        groups.setdefault(tuple(sorted(each.origins)), []).append(each)
    yield from (Telling(tuple(group)) for group in groups.values())


def _one_story(claim: Claim) -> bool:
    return claim.kind is ClaimKind.SAID and bool(claim.origins) and not claim.unattributed


def _stories(claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], ...]:
    """Claims that stand on the same origins are one story; a figure is a story of its own. Keeps their order."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.origins if _one_story(claim) else (claim.id,), []).append(claim)
    return tuple(tuple(group) for group in groups.values())


def _contradictions(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield each pair of claims that cannot both hold as worded, once."""
    by_id = {each.id: each for each in claims}
    seen: set[frozenset[str]] = set()
    for claim in claims:
        for other in claim.contradicts:
            pair = frozenset((claim.id, other))
            if pair not in seen:
                seen.add(pair)
                yield claim, by_id[other]
