"""The first screen: what an editor must know in ten seconds, in sentences. It counts nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.dossier.gaps import circle_view, missing_view
from headwater.dossier.leading import Denial, FigureStory, Telling, leading
from headwater.dossier.retold import Drift, drift
from headwater.dossier.sections import pattern_view, voices_of
from headwater.dossier.viewer import Viewer
from headwater.dossier.views import CircleView, ClaimView, MissingView, OriginView, PatternView, Ref, Voice
from headwater.model import Claim, Completeness, Report, Summary, as_heading

TOP_STORIES = 5
TOP_FIGURES = 4
TOP_DISPUTES = 3
TOP_REPLIES = 2
TOP_BESIDE = 3
TOP_MISSING = 3
_SHORT = 220
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Echo:
    """The loudest echo, as a sentence around the words of its claim, and other claims of the same origins.

    `carry` is "Four reports carry", `stand` "Behind them stands one origin:", before the origins that are known.
    """

    carry: str
    claim: ClaimView
    stand: str
    origins: tuple[OriginView, ...]
    beside: tuple[ClaimView, ...]
    beside_all: int


@dataclass(frozen=True, slots=True)
class Top:
    """A claim, and further claims that stand on the same origins."""

    claim: ClaimView
    others: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A figure in its versions, each with the reports that print it, and how they compare as far as that says anything.

    `act` is what is said of those counted.
    """

    claim: ClaimView
    act: str
    versions: tuple[tuple[str, str | None, tuple[Ref, ...]], ...]
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One denial in its wordings, who it is from, and the claims it stands beside.

    `origins` are one speaker's occasions, `name` how the speaker is called, None where no report says.
    """

    origins: tuple[OriginView, ...]
    name: str | None
    wordings: tuple[Voice, ...]
    more: int
    lead: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts that the same sources tell in words of their own."""

    acts: str
    told: PatternView
    tellers: str


@dataclass(frozen=True, slots=True)
class Front:
    """The first screen."""

    reports: str
    origins: str
    single: str
    unread: tuple[tuple[Ref, str], ...]
    incomplete: tuple[Ref, ...]
    echo: Echo | None
    numbers: tuple[Numbers, ...]
    numbers_more: int
    drift: Drift | None
    replies: tuple[Reply, ...]
    replies_more: int
    acts: tuple[Acts, ...]
    tops: tuple[Top, ...]
    tops_more: int
    contradictions: tuple[tuple[ClaimView, Ref], ...]
    missing: tuple[MissingView, ...]
    missing_more: int
    circles: tuple[CircleView, ...]
    summary: Summary
    facts: tuple[tuple[str, str, str], ...]


def front(viewer: Viewer) -> Front:
    """Return the first screen of the case."""
    case = viewer.book.case
    summary, first = case.weighed.summary, leading(case)
    return Front(
        reports=counted(summary.reports, "report"),
        origins=counted(summary.origins, "origin"),
        single=_single(summary),
        unread=tuple((viewer.ref(each.report), note) for each in case.readings for note in each.notes),
        incomplete=viewer.refs(each.id for each in case.received.reports if _is_incomplete(each)),
        echo=_echo(viewer, summary, first.echo, first.beside),
        numbers=tuple(_numbers(viewer, each) for each in first.figures[:TOP_FIGURES]),
        numbers_more=max(0, len(first.figures) - TOP_FIGURES),
        drift=drift(viewer),
        replies=tuple(_reply(viewer, each) for each in first.denials[:TOP_REPLIES]),
        replies_more=max(0, len(first.denials) - TOP_REPLIES),
        acts=tuple(_acts(viewer, each) for each in first.tellings[:TOP_DISPUTES]),
        tops=tuple(_top(viewer, each) for each in first.stories[:TOP_STORIES]),
        tops_more=sum(len(each) for each in first.stories[TOP_STORIES:]),
        contradictions=tuple(
            (viewer.claim(claim), viewer.ref(other.id, other.text)) for claim, other in first.contradictions
        )[:TOP_DISPUTES],
        missing=tuple(missing_view(viewer, each) for each in case.weighed.missing[:TOP_MISSING]),
        missing_more=max(0, len(case.weighed.missing) - TOP_MISSING),
        circles=tuple(circle_view(viewer, each) for each in case.weighed.circles),
        summary=summary,
        facts=_facts(summary),
    )


def _top(viewer: Viewer, story: tuple[Claim, ...]) -> Top:
    return Top(viewer.claim(story[0]), tuple(viewer.ref(each.id, each.text) for each in story[1:]))


def _numbers(viewer: Viewer, story: FigureStory) -> Numbers:
    claim = viewer.claim(story.claim)
    versions = []
    for found in story.versions:
        fullest = max(found, key=lambda each: (story.claim.text.startswith(each.text), len(each.text)))
        reports = viewer.refs(each.report for each in found)
        versions.append((fullest.text, viewer.lang(fullest.report), reports))
    act = next((each.act for found in story.versions for each in found if each.act), "")
    return Numbers(claim, act, tuple(versions), story.label, story.note)


def _reply(viewer: Viewer, denial: Denial) -> Reply:
    wordings = voices_of(viewer, denial)
    spoken = [viewer.statement(each.id) for each in denial.wordings]
    several = len(wordings)
    lead = f"in {spelled(several)} wordings" if several > 1 else ""
    shown = wordings[:TOP_DISPUTES]
    claims = tuple(viewer.claim(each) for each in sorted(denial.claims, key=lambda each: -len(each.reports)))
    origins = tuple({each.origin.ref.label: each.origin for each in spoken if each.origin}.values())
    name = _speaker(viewer, denial) or next((each.source for each in spoken if each.source), None)
    return Reply(origins, name, shown, several - len(shown), lead, claims)


def _speaker(viewer: Viewer, denial: Denial) -> str | None:
    """The source of the denial in the fullest wording the reports have for it, whatever the occasion."""
    book = viewer.book
    found = (book.origin_of.get(each.id) for each in denial.wordings)
    sources = (book.sources.get(book.origins[each].source or "") for each in found if each)
    return next((as_heading(each.name) for each in sources if each), None)


def _acts(viewer: Viewer, telling: Telling) -> Acts:
    tellers = len(telling.origins)
    acts = ", ".join(each.act for each in telling.patterns)
    least = telling.independent
    how = f"at least {spelled(least)} independent" if least > 1 else "who may all go back to one"
    told = "nothing ties them together" if least == tellers else how
    return Acts(acts, pattern_view(viewer, telling.patterns[0]), f"{spelled(tellers)} sources, {told}")


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """Return "1 report", "7 reports"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"


def origins_in_words(origin_range: str) -> str:
    """Return "1 origin", "1–3 origins"."""
    return f"{origin_range} origin{'' if origin_range == '1' else 's'}"


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


def _echo(viewer: Viewer, summary: Summary, claim: Claim | None, beside: Sequence[Claim]) -> Echo | None:
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
        tuple(viewer.claim(each) for each in beside[:TOP_BESIDE]),
        len(beside),
    )


def _facts(summary: Summary) -> tuple[tuple[str, str, str], ...]:
    """(number, words, section) for the row of counts."""
    facts = (
        (summary.statements, "statement", "statements", "utterances"),
        (summary.figures, "figure", "figures", "figures"),
        (summary.claims, "claim", "claims", "claims"),
        (summary.claims_single_origin, "claim on a single origin", "claims on a single origin", "claims"),
        (summary.denied, "claim denied", "claims denied", "denials"),
        (summary.contradictions, "contradiction", "contradictions", "comparisons"),
        (summary.unattributed, "claim without a named source", "claims without a named source", "unattributed"),
        (summary.set_aside, "file set aside", "files set aside", "aside"),
    )
    known = (f"{summary.outlets:,}", "outlet" if summary.outlets == 1 else "outlets")
    outlets = known if summary.outlets else ("?", "outlets unknown")
    counts = ((f"{number:,}", one if number == 1 else many, section) for number, one, many, section in facts)
    return ((*outlets, "received"), *counts)
