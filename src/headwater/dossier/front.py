"""The first screen: what an editor must know in ten seconds, in sentences. It counts nothing itself."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.dossier.viewer import Viewer
from headwater.dossier.views import ClaimView, OriginView, Ref, StatementView
from headwater.model import Claim, Summary

TOP_CLAIMS = 6
TOP_DISPUTES = 3
_SHORT = 220
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Echo:
    """The loudest echo, as a sentence around the words of its claim.

    `carry` is "Four reports carry", `stand` "Behind them stands one origin:", before the origins that are known.
    """

    carry: str
    claim: ClaimView
    stand: str
    origins: tuple[OriginView, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim with one denial of it, and how many more there are."""

    claim: ClaimView
    denial: StatementView
    more: int


@dataclass(frozen=True, slots=True)
class Front:
    """The first screen."""

    reports: str
    origins: str
    echo: Echo | None
    claims: tuple[ClaimView, ...]
    claims_more: int
    disputes: tuple[Dispute, ...]
    disputes_more: int
    contradictions: tuple[tuple[ClaimView, Ref], ...]
    summary: Summary
    facts: tuple[tuple[str, str, str], ...]


def front(viewer: Viewer) -> Front:
    """Return the first screen of the case."""
    weighed = viewer.book.case.weighed
    summary = weighed.summary
    denied = [each for each in weighed.claims if each.denied_by]
    opposed = [each for each in weighed.claims if each.contradicts]
    return Front(
        reports=counted(summary.reports, "report"),
        origins=counted(summary.origins, "origin"),
        echo=_echo(viewer, summary),
        claims=tuple(viewer.claim(each) for each in weighed.claims[:TOP_CLAIMS]),
        claims_more=max(0, len(weighed.claims) - TOP_CLAIMS),
        disputes=tuple(_dispute(viewer, each) for each in denied[:TOP_DISPUTES]),
        disputes_more=max(0, len(denied) - TOP_DISPUTES),
        contradictions=_pairs(viewer, opposed),
        summary=summary,
        facts=_facts(summary),
    )


def counted(number: int, noun: str) -> str:
    """Return "1 report", "7 reports"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def spelled(number: int) -> str:
    """Return a number up to twelve as a word."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def short(text: str, limit: int = _SHORT) -> tuple[str, bool]:
    """Return the beginning of `text` up to a word's end, and whether something was left off."""
    if len(text) <= limit:
        return text, False
    head = text[:limit].rsplit(None, 1)[0]
    return head, True


def _echo(viewer: Viewer, summary: Summary) -> Echo | None:
    claim = viewer.book.claims.get(summary.loudest_echo or "")
    if claim is None:
        return None
    reports = summary.echo_reports
    one = summary.echo_origins == "1"
    behind = f"one origin{':' if claim.origins else '.'}" if one else f"{summary.echo_origins} origins"
    carry = (
        f"{spelled(reports).capitalize()} report{'' if reports == 1 else 's'} {'carries' if reports == 1 else 'carry'}"
    )
    view = viewer.claim(claim)
    return Echo(
        carry,
        view,
        f"{'Behind it' if reports == 1 else 'Behind them'} stand{'s' if one else ''} {behind}",
        view.origins,
    )


def _dispute(viewer: Viewer, claim: Claim) -> Dispute:
    view = viewer.claim(claim)
    return Dispute(view, view.denials[0], len(view.denials) - 1)


def _pairs(viewer: Viewer, opposed: list[Claim]) -> tuple[tuple[ClaimView, Ref], ...]:
    """Each contradicting pair once."""
    pairs, seen = [], set()
    for claim in opposed:
        for other in claim.contradicts:
            pair = frozenset((claim.id, other))
            if pair not in seen:
                seen.add(pair)
                pairs.append((viewer.claim(claim), viewer.ref(other, viewer.book.claims[other].text)))
    return tuple(pairs[:TOP_DISPUTES])


def _facts(summary: Summary) -> tuple[tuple[str, str, str], ...]:
    """(number, words, section) for the row of counts."""
    return (
        (f"{summary.outlets:,}", "outlets", "received"),
        (f"{summary.statements:,}", "statements", "utterances"),
        (f"{summary.figures:,}", "figures", "figures"),
        (f"{summary.claims:,}", "claims", "claims"),
        (f"{summary.claims_single_origin:,}", "on a single origin", "claims"),
        (f"{summary.denied:,}", "denied", "denials"),
        (f"{summary.unattributed:,}", "carried unattributed", "unattributed"),
        (f"{summary.set_aside:,}", "files set aside", "aside"),
    )
