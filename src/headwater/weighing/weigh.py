"""The one way into weighing: reports' records in, claims with their standing out. Pure; calls nothing true or false."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from headwater import __version__
from headwater.model import (
    Claim,
    Comparison,
    Decided,
    Maker,
    Reading,
    Relation,
    ReportInfo,
    SetAside,
    Traced,
    Weighed,
)
from headwater.weighing import missing
from headwater.weighing.assessments import assess
from headwater.weighing.circles import as_circle
from headwater.weighing.claims import group_sayings, sayings
from headwater.weighing.comparisons import compare_within, look_alikes
from headwater.weighing.copies import Copies
from headwater.weighing.denials import Beside, set_beside
from headwater.weighing.draft import Draft, from_figures, from_saying
from headwater.weighing.figure_claims import FigureGroup, group_figures, in_reading_order
from headwater.weighing.nearness import Nearness
from headwater.weighing.patterns import find_patterns
from headwater.weighing.pile import Pile, gather
from headwater.weighing.retelling import find_retellings
from headwater.weighing.rulings import OnClaims, Rulings
from headwater.weighing.summary import in_order, summarise
from headwater.weighing.timeline import timeline
from headwater.weighing.wording import Rarity, wording

MAKER = Maker("headwater weighing", __version__)
_NOTHING = Decided()


def weigh(
    infos: Sequence[ReportInfo],
    readings: Sequence[Reading],
    traced: Traced,
    *,
    set_aside: Sequence[SetAside],
    decided: Decided = _NOTHING,
) -> Weighed:
    """Return the claims of a case, how each stands, and everything set beside them.

    `infos` and `readings` are in the order of the case; every reading belongs to one of the reports, else ValueError.
    Deterministic: the order of records inside `traced` does not change the outcome. What people decided outranks every
    rule here (`decided`), and says so in its reasons.
    """
    rulings = Rulings(readings, traced, decided)
    pile = gather(infos, readings, traced, rulings.independent)
    copies = Copies(pile)
    found = sayings(pile)
    rarity = Rarity(wording(one.text) for one in pile.statements.values())
    of_words = rulings.bonds([[one.id for one in saying.statements] for saying in found])
    said = [from_saying(pile, copies, group) for group in group_sayings(pile, found, rarity, of_words)]
    nearness = Nearness(pile)
    figures = in_reading_order(pile)
    of_figures = rulings.bonds([[one.id] for one in figures])
    groups = group_figures(pile, nearness, figures, of_figures)
    drafts = [*said, *(from_figures(pile, copies, group) for group in groups)]
    within = {
        draft.id: list(compare_within(pile, group)) for draft, group in zip(drafts[len(said) :], groups, strict=True)
    }
    conflicts = Counter({claim: _conflicts(compared) for claim, compared in within.items()})
    beside = set_beside(pile, drafts, rarity, rulings.refused(drafts))
    minor = frozenset(draft.id for draft in drafts if draft.minor)
    first = {draft.id: draft.first for draft in drafts}
    claims = in_order(pile, _claims(said, drafts, beside, rulings.on_claims(pile, drafts)), conflicts, first, minor)
    comparisons = _comparisons(pile, claims, within, groups)
    rings = {draft.id: draft.standing.rings for draft in drafts}
    circles = tuple(as_circle(claim.id, ring) for claim in claims for ring in rings[claim.id])
    retold = find_retellings(pile)
    return Weighed(
        claims=tuple(claims),
        comparisons=comparisons,
        patterns=find_patterns(pile, copies, drafts, nearness),
        assessments=assess(claims, conflicts, circles),
        timeline=timeline(pile),
        summary=summarise(pile, claims, comparisons, set_aside, minor, retold),
        missing=missing.find(pile, claims),
        circles=circles,
        retellings=retold,
    )


def _conflicts(compared: Sequence[Comparison]) -> int:
    return sum(1 for one in compared if one.relation is Relation.CONFLICT)


def _comparisons(
    pile: Pile, claims: Sequence[Claim], within: Mapping[str, list[Comparison]], groups: Sequence[FigureGroup]
) -> tuple[Comparison, ...]:
    """Return the comparisons in the order of the claims, then what must not be compared."""
    inside = [one for claim in claims for one in within.get(claim.id, ())]
    return (*inside, *look_alikes(pile, groups))


def _claims(said: Sequence[Draft], drafts: Sequence[Draft], beside: Beside, ruled: OnClaims) -> list[Claim]:
    def opposed(draft: Draft) -> list[str]:
        return [said[one].id for one in draft.opposed if frozenset((draft.id, said[one].id)) not in ruled.agreeing]

    return [
        Claim(
            id=draft.id,
            text=draft.text,
            kind=draft.kind,
            statements=tuple(one.id for one in draft.statements),
            figures=tuple(one.id for one in draft.figures),
            reports=draft.reports,
            origins=draft.standing.origins,
            origins_low=draft.standing.low,
            origins_high=draft.standing.high,
            unattributed=draft.standing.unattributed,
            denied_by=beside.denied_by.get(draft.id, ()),
            contradicts=tuple(sorted(opposed(draft))),
            caveats=beside.caveats.get(draft.id, ()),
            reasons=(*ruled.reasons.get(draft.id, ()), *draft.standing.reasons, *beside.reasons.get(draft.id, ())),
        )
        for draft in drafts
    ]
