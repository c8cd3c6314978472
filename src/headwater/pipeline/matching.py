"""Which claim of one state of a case is which of another: by id, else by the statements and figures it is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from headwater.model import Case, Claim, ClaimKind, Origin, Statement


def parts(claim: Claim) -> tuple[str, ...]:
    """Return the ids of all that a claim is made of."""
    return (*claim.statements, *claim.figures)


class Side:
    """One of the two states, its records by their ids. `names` are those of the reports."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.claims = {claim.id: claim for claim in case.weighed.claims}
        self.claim_of = {part: claim.id for claim in case.weighed.claims for part in parts(claim)}
        self.names = {report.id: report.info.name for report in case.received.reports}
        self.statements: dict[str, Statement] = {s.id: s for reading in case.readings for s in reading.statements}
        self.origins: dict[str, Origin] = {origin.id: origin for origin in case.traced.origins}

    def contradictions(self) -> list[tuple[Claim, Claim]]:
        """Return each pair of claims that contradict one another once, in reading order."""
        found: dict[frozenset[str], tuple[Claim, Claim]] = {}
        for claim in self.claims.values():
            for other in claim.contradicts:
                found.setdefault(frozenset((claim.id, other)), (claim, self.claims[other]))
        return list(found.values())


class Match:
    """The claims of two states of one case beside one another.

    `became` names for each claim of before the claim that holds it now, or None when nothing of it is left. `earlier`
    is the claim of before that a claim continues, `merged` those that became part of it beside that one.
    """

    def __init__(self, before: Case, after: Case) -> None:
        self.before, self.after = Side(before), Side(after)
        self.became = {claim.id: self._successor(claim) for claim in before.weighed.claims}
        came_from: dict[str, list[str]] = {}
        for claim, later in self.became.items():
            if later is not None:
                came_from.setdefault(later, []).append(claim)
        self.earlier: dict[str, Claim] = {}
        self.merged: dict[str, list[Claim]] = {}
        for later, claims in came_from.items():
            # The one whose id it kept, else the one that brings most of it.
            first = max(claims, key=lambda each: (each == later, self._shared(each, later)))
            self.earlier[later] = self.before.claims[first]
            self.merged[later] = [self.before.claims[each] for each in claims if each != first]

    def pairs(self) -> Iterator[tuple[Claim, Claim]]:
        """Yield each claim that stands before and after, in the reading order of after."""
        for claim in self.after.case.weighed.claims:
            if earlier := self.earlier.get(claim.id):
                yield earlier, claim

    def parent(self, claim: Claim) -> str | None:
        """Return the claim of before that held the first part of a claim, or None when all of it is new."""
        return next((found for part in parts(claim) if (found := self.before.claim_of.get(part))), None)

    def figures_told(self) -> dict[str, str]:
        """Return for each claim of a figure the claim of what was said in which all its figures stand."""
        figures = {figure.id: figure for reading in self.after.case.readings for figure in reading.figures}
        told: dict[str, str] = {}
        for claim in self.after.case.weighed.claims:
            if claim.kind is ClaimKind.FIGURE:
                within = {self.after.claim_of.get(figures[each].statement or "") for each in claim.figures}
                if len(within) == 1 and (only := within.pop()) is not None:
                    told[claim.id] = only
        return told

    def _successor(self, claim: Claim) -> str | None:
        if claim.id in self.after.claims:
            return claim.id
        held = Counter(found for part in parts(claim) if (found := self.after.claim_of.get(part)))
        # The first of those that hold most: a Counter keeps the order of the parts.
        return max(held, key=lambda each: held[each]) if held else None

    def _shared(self, earlier: str, later: str) -> int:
        return len({*parts(self.before.claims[earlier])} & {*parts(self.after.claims[later])})
