"""The order in which an editor should read the claims, and the counts that the first screen shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from headwater.model import Claim, ClaimKind, Comparison, Relation, Rendering, Retelling, SetAside, Summary, keys
from headwater.weighing.pile import Pile
from headwater.weighing.wording import is_sentence, wording

_MANY = 3
_TAIL = 3
_AT_A_TIME = 3


def reach(pile: Pile, claim: Claim) -> int:
    """Return how many outlets carry a claim: one that repeats itself is no echo. Unknown outlets count singly."""
    infos = [pile.infos[report] for report in claim.reports]
    return len({info.outlet.value.casefold() if info.outlet else info.id for info in infos})


def in_order(
    pile: Pile,
    claims: Sequence[Claim],
    conflicts: Mapping[str, int],
    first: Mapping[str, tuple[int, int]],
    minor: frozenset[str],
) -> list[Claim]:
    """Return the claims as an editor should meet them.

    Echoes first (three or more outlets on fewer origins), then what is contested, then what several reports carry,
    then the long tail in the order of the reports, ages included. Among equals, what the headlines take up comes
    first. `first` is the place of each in reading order.
    """

    def key(claim: Claim) -> tuple[int, float, int, bool, int, tuple[int, int], str]:
        reports = reach(pile, claim)
        echo = reports / claim.origins_high
        if claim.id in minor:
            tier = _TAIL
        elif reports >= _MANY and echo > 1:
            tier = 0
        elif claim.contradicts or conflicts.get(claim.id) or claim.denied_by:
            tier = 1
        else:
            tier = 2 if reports > 1 else _TAIL
        if tier == _TAIL:
            return tier, 0.0, 0, False, 0, first[claim.id], claim.id
        return tier, -echo, -reports, not reads_well(claim), -in_headlines(pile, claim), first[claim.id], claim.id

    ranked = sorted(claims, key=key)
    heard: Counter[tuple[int, tuple[str, ...]]] = Counter()
    turns: list[tuple[int, int, int]] = []
    for at, claim in enumerate(ranked):
        tier = key(claim)[0]
        voice = tier, claim.origins or (claim.id,)
        turns.append((tier, heard[voice] // _AT_A_TIME if tier != _TAIL else 0, at))
        heard[voice] += 1
    return [ranked[at] for _, _, at in sorted(turns)]


def reads_well(claim: Claim) -> bool:
    """Tell whether the words of a claim can stand alone on a first screen."""
    return claim.kind is ClaimKind.FIGURE or is_sentence(claim.text)


def in_headlines(pile: Pile, claim: Claim) -> int:
    """Return how often the titles of the reports that carry a claim take up its words: what they hold to be the point.

    A figure's text is our own wording, so that it counts for nothing here.
    """
    if claim.kind is ClaimKind.FIGURE:
        return 0
    said = wording(claim.text).stems
    titles = (info.title.value for report in claim.reports if (info := pile.infos[report]).title)
    return sum(len(said & wording(title).stems) for title in titles)


def loudest_echo(pile: Pile, claims: Sequence[Claim], minor: frozenset[str]) -> Claim | None:
    """Return the claim that most outlets carry on the fewest origins, of at least three outlets, else of two."""
    for least in (_MANY, 2):
        heard = [(reach(pile, one), one) for one in claims if one.id not in minor]
        found = [(outlets, one) for outlets, one in heard if outlets >= least and outlets > one.origins_high]
        if found:
            return max(found, key=lambda item: _loudness(pile, *item))[1]
    return None


def _loudness(pile: Pile, outlets: int, claim: Claim) -> tuple[float, int, bool, int, int, str]:
    taken_up, length = in_headlines(pile, claim), len(keys(claim.text))
    return outlets / claim.origins_high, outlets, reads_well(claim), taken_up, length, claim.id


def summarise(
    pile: Pile,
    claims: Sequence[Claim],
    comparisons: Sequence[Comparison],
    set_aside: Sequence[SetAside],
    minor: frozenset[str],
    retold: Sequence[Retelling] = (),
) -> Summary:
    """Return the counts of the first screen."""
    worst = Counter(detail.worst for each in retold for detail in each.details)
    outlets = {info.outlet.value for info in pile.infos.values() if info.outlet}
    echo = loudest_echo(pile, claims, minor)
    sources = [pile.source_of(origin) for origin in pile.origins]
    opposed = {tuple(sorted((one.id, other))) for one in claims for other in one.contradicts}
    return Summary(
        reports=len(pile.infos),
        outlets=len(outlets),
        statements=len(pile.statements),
        figures=len(pile.figures),
        utterances=len(pile.utterances),
        origins=len(pile.origins),
        origins_named=sum(1 for source in sources if source and source.named),
        claims=len(claims),
        claims_single_origin=sum(1 for one in claims if one.origins_high == 1),
        denied=sum(1 for one in claims if one.denied_by),
        contradictions=len(opposed) + sum(1 for one in comparisons if one.relation is Relation.CONFLICT),
        unattributed=sum(1 for one in claims if one.unattributed),
        set_aside=len(set_aside),
        loudest_echo=echo.id if echo else None,
        echo_reports=len(echo.reports) if echo else 0,
        echo_origins=echo.origin_range if echo else "",
        details_changed=worst[Rendering.CHANGED],
        details_hardened=worst[Rendering.HARDENED],
        details_softened=worst[Rendering.SOFTENED],
    )
