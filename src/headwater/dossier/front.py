"""The first screen: what an editor must know in ten seconds, in sentences. It counts nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.dossier.sections import grouped, pattern_view
from headwater.dossier.viewer import Viewer
from headwater.dossier.views import ClaimView, ComparisonView, OriginView, PatternView, Ref, Voice
from headwater.model import Claim, ClaimKind, Completeness, Relation, Report, Summary

TOP_STORIES = 7
TOP_DISPUTES = 3
_OCCASION = frozenset("in at on to during before after via through".split())
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
class Top:
    """A claim, and further claims that stand on the same origins."""

    claim: ClaimView
    others: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims that the same statements deny, and the first of those denials; `more` counts the others."""

    claims: tuple[ClaimView, ...]
    denial: Voice
    more: int


@dataclass(frozen=True, slots=True)
class Front:
    """The first screen."""

    reports: str
    origins: str
    single: str
    unread: tuple[tuple[Ref, str], ...]
    incomplete: tuple[Ref, ...]
    echo: Echo | None
    tops: tuple[Top, ...]
    tops_more: int
    patterns: tuple[PatternView, ...]
    disputes: tuple[Dispute, ...]
    disputes_more: int
    contradictions: tuple[tuple[ClaimView, Ref], ...]
    figures: tuple[ComparisonView, ...]
    summary: Summary
    facts: tuple[tuple[str, str, str], ...]


def front(viewer: Viewer) -> Front:
    """Return the first screen of the case."""
    case = viewer.book.case
    weighed, summary = case.weighed, case.weighed.summary
    denied = grouped((each.denied_by, each) for each in weighed.claims)
    opposed = [each for each in weighed.claims if each.contradicts]
    stories = _stories(weighed.claims)
    return Front(
        reports=counted(summary.reports, "report"),
        origins=counted(summary.origins, "origin"),
        single=_single(summary),
        unread=tuple((viewer.ref(each.report), note) for each in case.readings for note in each.notes),
        incomplete=viewer.refs(each.id for each in case.received.reports if _is_incomplete(each)),
        echo=_echo(viewer, summary),
        tops=tuple(_top(viewer, each) for each in stories[:TOP_STORIES]),
        tops_more=sum(len(each) for each in stories[TOP_STORIES:]),
        patterns=tuple(pattern_view(viewer, each) for each in weighed.patterns[:TOP_DISPUTES]),
        disputes=tuple(_dispute(viewer, each) for each in denied[:TOP_DISPUTES]),
        disputes_more=max(0, len(denied) - TOP_DISPUTES),
        contradictions=_pairs(viewer, opposed),
        figures=_figures(viewer),
        summary=summary,
        facts=_facts(summary),
    )


def _stories(claims: Sequence[Claim]) -> list[tuple[Claim, ...]]:
    """Claims that stand on the same origins are one story; a figure is a story of its own. Keeps their order."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        said_by_known = claim.kind is ClaimKind.SAID and claim.origins and not claim.unattributed
        groups.setdefault(claim.origins if said_by_known else (claim.id,), []).append(claim)
    return [tuple(group) for group in groups.values()]


def _top(viewer: Viewer, story: tuple[Claim, ...]) -> Top:
    return Top(viewer.claim(story[0]), tuple(viewer.ref(each.id, each.text) for each in story[1:]))


def counted(number: int, noun: str) -> str:
    """Return "1 report", "7 reports"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def origins_in_words(origin_range: str) -> str:
    """Return "1 origin", "1–3 origins"."""
    return f"{origin_range} origin{'' if origin_range == '1' else 's'}"


def told_phrase(text: str) -> tuple[str, str]:
    """Return how to lead on to a told-to: ("told to", "Radio Selm"), ("said", "in a written reply")."""
    first = text.split(None, 1)[0].casefold() if text.strip() else ""
    return ("said", text[0].lower() + text[1:]) if first in _OCCASION else ("told to", text)


def spelled(number: int) -> str:
    """Return a number up to twelve as a word."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def short(text: str, limit: int = _SHORT) -> tuple[str, bool]:
    """Return the beginning of `text` up to a word's end, and whether something was left off."""
    if len(text) <= limit:
        return text, False
    head = text[:limit].rsplit(None, 1)[0]
    return head, True


def _is_incomplete(report: Report) -> bool:
    return report.info.completeness is Completeness.INCOMPLETE


def _single(summary: Summary) -> str:
    """The sentence that keeps a large number of origins from looking like corroboration."""
    if not summary.claims:
        return ""
    alone, claims = summary.claims_single_origin, summary.claims
    if alone == claims > 1:
        return f"Each of the {claims:,} claims rests on a single origin."
    return f"{alone:,} of {counted(claims, 'claim')} {'rests' if alone == 1 else 'rest'} on a single origin."


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


def _dispute(viewer: Viewer, group: tuple[tuple[str, ...], tuple[Claim, ...]]) -> Dispute:
    voices = viewer.voices(group[0])
    return Dispute(tuple(viewer.claim(each) for each in group[1]), voices[0], len(voices) - 1)


def _figures(viewer: Viewer) -> tuple[ComparisonView, ...]:
    """Figures that cannot both stand, then later counts; the same two amounts of the same act only once.

    Figures whose claims are already shown against one another are left to those.
    """
    book = viewer.book
    opposed = {(claim.id, other) for claim in book.claims.values() for other in claim.contradicts}
    shown: dict[tuple[str, ...], ComparisonView] = {}
    for each in book.comparisons:
        pairs = {pair for a, b in ((each.a, each.b), (each.b, each.a)) for pair in book.claim_pairs(a, b)}
        if each.relation in {Relation.CONFLICT, Relation.UPDATE} and not pairs & opposed:
            view = viewer.comparison(each)
            key = (view.relation, *sorted((view.a.amount, view.b.amount)), view.a.act or "")
            shown.setdefault(key, view)
    return tuple(shown.values())[:TOP_DISPUTES]


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
    """(number, words, section) for the row of counts; outlets only where any is known."""
    facts = (
        (summary.outlets, "outlets", "received"),
        (summary.statements, "statements", "utterances"),
        (summary.figures, "figures", "figures"),
        (summary.claims, "claims", "claims"),
        (summary.claims_single_origin, "claims on a single origin", "claims"),
        (summary.denied, "claims denied", "denials"),
        (summary.contradictions, "contradictions", "comparisons"),
        (summary.unattributed, "claims carried without a named source", "unattributed"),
        (summary.set_aside, "files set aside", "aside"),
    )
    return tuple((f"{number:,}", words, section) for number, words, section in facts if number or section != "received")
