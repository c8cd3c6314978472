"""Graded opinions about claims, each by a named method that is not ours and with its explanation.

Never "confirmed" and never "discounted": those words are a person's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from headwater.model import Assessment, Circle, Claim, make_id

PROVISIONAL = "Iraq Body Count: two independent data sources, else provisional"
LADDER = "Casualty ladder in the style of Airwars, without confirmed and discounted"
CIRCULAR = "Circular reporting test"


def assess(claims: Sequence[Claim], conflicts: Mapping[str, int], circles: Sequence[Circle]) -> tuple[Assessment, ...]:
    """Return the assessments in the order of the claims. `conflicts` counts conflicting numbers by claim id."""
    by_claim: dict[str, list[Circle]] = {}
    for circle in circles:
        by_claim.setdefault(circle.claim, []).append(circle)
    out: list[Assessment] = []
    for claim in claims:
        out.append(_two_sources(claim))
        out.append(_ladder(claim, conflicts.get(claim.id, 0)))
        out.extend(_circular(claim, by_claim.get(claim.id, ())))
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


def _circular(claim: Claim, found: Sequence[Circle]) -> Iterator[Assessment]:
    """One opinion a claim, however many circles it has."""
    if found:
        text = " ".join(circle.reason.text for circle in found)
        yield _assessment(claim, CIRCULAR, "circular", text)
