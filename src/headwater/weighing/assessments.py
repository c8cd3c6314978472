"""Graded opinions about claims, each by a named method that is not ours and with its explanation.

Never "confirmed" and never "discounted": those words are a person's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from headwater.model import Assessment, CitationKind, Claim, make_id
from headwater.weighing.bounds import circles
from headwater.weighing.pile import Pile
from headwater.weighing.wording import all_names_in

PROVISIONAL = "Iraq Body Count: two independent data sources, else provisional"
LADDER = "Casualty ladder in the style of Airwars, without confirmed and discounted"
CIRCULAR = "Circular reporting test"


def assess(pile: Pile, claims: Sequence[Claim], conflicts: Mapping[str, int]) -> tuple[Assessment, ...]:
    """Return the assessments in the order of the claims. `conflicts` counts conflicting numbers by claim id."""
    rings = circular_outlets(pile)
    out: list[Assessment] = []
    for claim in claims:
        out.append(_two_sources(claim))
        out.append(_ladder(claim, conflicts.get(claim.id, 0)))
        out.extend(_circular(pile, claim, rings))
    return tuple(out)


def _assessment(claim: Claim, method: str, grade: str, explanation: str) -> Assessment:
    return Assessment(make_id("assessment", claim.id, method), claim.id, method, grade, explanation)


def _two_sources(claim: Claim) -> Assessment:
    if claim.origins_low >= 2:
        text = f"At least {claim.origins_low} origins remain if every plausible dependence is real."
        return _assessment(claim, PROVISIONAL, "two or more independent origins", text)
    text = f"{_reports(claim)} on {claim.origin_range} independent {_origins(claim)}: fewer than two are certain."
    return _assessment(claim, PROVISIONAL, "provisional", text)


def _ladder(claim: Claim, conflicts: int) -> Assessment:
    if claim.contradicts or conflicts:
        what = "numbers that exclude one another" if conflicts else "a claim to the contrary"
        return _assessment(claim, LADDER, "contested", f"The reports carry {what}.")
    if claim.origins_low >= 2:
        return _assessment(claim, LADDER, "fair", f"At least {claim.origins_low} independent origins. {_denied(claim)}")
    return _assessment(claim, LADDER, "weak", f"One origin is certain. {_denied(claim)}")


def _denied(claim: Claim) -> str:
    if not claim.denied_by:
        return "No denial of it stands in these reports."
    return f"It is denied in {len(claim.denied_by)} statement{'s' if len(claim.denied_by) > 1 else ''}."


def _reports(claim: Claim) -> str:
    return f"{len(claim.reports)} report{'s' if len(claim.reports) > 1 else ''}"


def _origins(claim: Claim) -> str:
    return "origin" if claim.origins_high == 1 else "origins"


def _circular(pile: Pile, claim: Claim, rings: Mapping[str, int]) -> Iterator[Assessment]:
    found: dict[int, list[str]] = {}
    for report in claim.reports:
        if report in rings:
            found.setdefault(rings[report], []).append(report)
    for reports in found.values():
        names = sorted({pile.name(report) for report in reports})
        if len(names) > 1:
            text = f"{pile.names(reports)} cite one another: each may be the other's source."
            yield _assessment(claim, CIRCULAR, "circular", text)
            return


def circular_outlets(pile: Pile) -> dict[str, int]:
    """Return the reports whose outlets cite one another in a circle, with the number of the circle (METHOD R11)."""
    outlets = sorted({info.outlet.value for info in pile.infos.values() if info.outlet})
    at = {outlet: number for number, outlet in enumerate(outlets)}
    known = {names: outlet for outlet in outlets if (names := all_names_in(outlet))}
    onward: list[list[int]] = [[] for _ in outlets]
    for report, reading in pile.readings.items():
        outlet = pile.infos[report].outlet
        for citation in reading.citations if outlet else ():
            cited = known.get(all_names_in(citation.name))
            if outlet and cited and cited != outlet.value and citation.kind is CitationKind.REPORTED_BY:
                onward[at[outlet.value]].append(at[cited])
    part = circles(onward)
    return {
        info.id: part[at[info.outlet.value]]
        for info in pile.infos.values()
        if info.outlet and part.count(part[at[info.outlet.value]]) > 1
    }
