"""What people decided, in the terms of weighing: claims that are one or two, origins that are independent, no answers.

It looks up; what follows for a number is said where the number is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from headwater.model import Bonds, Decided, Leaves, Place, Reading, Reason, Traced, by_person
from headwater.weighing.draft import Draft
from headwater.weighing.pile import Pile, figure_place

_NOTHING = Decided()


class OnClaims(NamedTuple):
    """Why people made claims one, keep them apart, or hold them to agree (by claim id), and the pairs that agree."""

    reasons: Mapping[str, Sequence[Reason]]
    agreeing: Mapping[frozenset[str], str]


class Rulings:
    """The decisions on one case as it was read and traced."""

    def __init__(self, readings: Sequence[Reading], traced: Traced, decided: Decided) -> None:
        self._decided = decided
        self._leaves = Leaves(readings, decided.stood)
        self._utterance = {one: each.id for each in traced.utterances for one in each.statements}
        self.independent = self._independent(traced)

    def bonds(self, groups: Iterable[Sequence[str]]) -> Bonds:
        """Return what people decided of claims, among things that are each made of statements or figures (ids)."""
        number = {ident: at for at, members in enumerate(groups) for ident in members}
        return Bonds(self._decided.claims, lambda ident: [number[one] for one in self._now(ident) if one in number])

    def _now(self, ident: str) -> tuple[str, ...]:
        return self._leaves.now(ident)

    def _independent(self, traced: Traced) -> dict[frozenset[str], str]:
        """The pairs of origins that a person called independent, or whose sources, with the decision."""
        of_source: dict[str, list[str]] = defaultdict(list)
        for origin in traced.origins:
            of_source[origin.source or ""].append(origin.id)
        mentions = {mention: of_source[source.id] for source in traced.sources for mention in source.mentions}
        leaves = {one: [origin.id] for origin in traced.origins for one in (*origin.statements, *origin.figures)}
        out: dict[frozenset[str], str] = {}
        for binding, known in ((self._decided.sources, mentions), (self._decided.origins, leaves)):
            for wall in (each for each in binding.apart if each.independent):
                one, other = (
                    {origin for ident in side for each in self._now(ident) for origin in known.get(each, ())}
                    for side in (wall.one, wall.other)
                )
                out.update({frozenset((a, b)): wall.decision for a in one for b in other if a != b})
        return out

    def refused(self, claims: Sequence[Draft]) -> dict[tuple[str, str], str]:
        """Return (claim, statement) pairs of which a person said that the one does not answer the other."""
        home = _homes(claims)
        kin: dict[str, list[str]] = defaultdict(list)
        for statement, utterance in self._utterance.items():
            kin[utterance].append(statement)
        out: dict[tuple[str, str], str] = {}
        for each in self._decided.unanswered:
            claim = self._claim(each.one, home)
            if claim is not None:
                said = [one for ident in each.other for one in self._now(ident)]
                # What renders the same act of speech in another report answers no more.
                every = [other for one in said for other in kin.get(self._utterance.get(one, ""), (one,))]
                out.update({(claim, one): each.decision for one in every})
        return out

    def on_claims(self, pile: Pile, claims: Sequence[Draft]) -> OnClaims:
        """Return what people decided of claims as they are now."""
        out: dict[str, list[Reason]] = defaultdict(list)
        place = {claim.id: _places(pile, claim) for claim in claims} if self._decided != _NOTHING else {}
        for claim in claims:
            if claim.decisions:
                text = "A person decided that this is one claim"
                out[claim.id].append(by_person(text, claim.decisions, place[claim.id]))
        home = _homes(claims)
        for wall in self._decided.claims.apart:
            for a, b in sorted({(a, b) for a in self._claims(wall.one, home) for b in self._claims(wall.other, home)}):
                why = by_person("A person keeps these apart: two claims", (wall.decision,), (place[a][0], place[b][0]))
                for one in (a, b) if a != b else ():
                    out[one].append(why)
        agreeing = self._agreeing(home)
        for pair, decision in agreeing.items():
            a, b = sorted(pair)
            text = "A person decided that these do not contradict one another"
            for one in (a, b):
                out[one].append(by_person(text, (decision,), (place[a][0], place[b][0])))
        return OnClaims(out, agreeing)

    def _claims(self, members: Sequence[str], home: Mapping[str, str]) -> set[str]:
        return {home[one] for ident in members for one in self._now(ident) if one in home}

    def _agreeing(self, home: Mapping[str, str]) -> dict[frozenset[str], str]:
        out: dict[frozenset[str], str] = {}
        for each in self._decided.agreeing:
            one, other = self._claim(each.one, home), self._claim(each.other, home)
            if one and other and one != other:
                out[frozenset((one, other))] = each.decision
        return out

    def _claim(self, members: Sequence[str], home: Mapping[str, str]) -> str | None:
        """The claim that holds the founder now, else the first of its members that is left."""
        return next((home[one] for ident in members for one in self._now(ident) if one in home), None)


def _homes(claims: Sequence[Draft]) -> dict[str, str]:
    words = {one.id: claim.id for claim in claims for one in claim.statements}
    return words | {one.id: claim.id for claim in claims for one in claim.figures}


def _places(pile: Pile, claim: Draft) -> tuple[Place, ...]:
    """The first place of a claim in each report."""
    every = [*map(pile.statement_place, claim.statements), *map(figure_place, claim.figures)]
    first = {place.report: place for place in reversed(every)}
    return tuple(first[report] for report in pile.ordered(first))
