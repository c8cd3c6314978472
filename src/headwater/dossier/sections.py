"""The sections of the dossier in reading order, cut into pages of two hundred entries; nothing is left out silently.

Chooses which records a section holds and makes their views; the counts an editor reads come from the summary.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from headwater.dossier.book import Book
from headwater.dossier.gaps import circle_view, missing_view
from headwater.dossier.leading import Denial, leading
from headwater.dossier.paging import (
    ENTRY,
    REASONS,
    cut,
    page_name,
    pattern_size,
    retelling_size,
    room,
    shared_size,
)
from headwater.dossier.reason_pages import chunk_view
from headwater.dossier.retold import retelling_view
from headwater.dossier.sharing import shared_view
from headwater.dossier.viewer import Viewer
from headwater.dossier.views import (
    ClaimView,
    More,
    PatternView,
    QuoteView,
    ReceivedView,
    Ref,
    SetAsideView,
    StatementView,
    TimelineView,
    Voice,
)
from headwater.dossier.whys import by_bearing
from headwater.model import (
    Case,
    Claim,
    Figure,
    Link,
    LinkKind,
    Pattern,
    Place,
    Report,
    Reuse,
    ReuseKind,
    SetAside,
    Span,
    Stance,
    Statement,
    TimelineEntry,
)

_Record = TypeVar("_Record")
_ROUND = 160  # code points on either side of a date
_SENTENCE_END = re.compile(r"[.!?]+[\"”’')\]]*\s|\n")


@dataclass(frozen=True, slots=True)
class Section:
    """A section on one page: its entries as views, and where the rest stands. `name` picks the macro that draws it.

    `total` are its entries on all pages, `group` the heading of the contents under which it is named.
    """

    name: str
    title: str
    group: str
    total: int
    entries: tuple[object, ...]
    more: More | None


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the whole case: `make` turns its records `from:to` into views; `starts` are where pages begin."""

    name: str
    title: str
    group: str
    total: int
    make: Callable[[Viewer, int, int], tuple[object, ...]]
    starts: tuple[int, ...]

    @property
    def pages(self) -> int:
        """Number of pages the section fills; the first is the index, which may hold none of it."""
        return len(self.starts)

    def on(self, viewer: Viewer, number: int) -> Section:
        """Return the `number`-th (from 0) page of the section."""
        start, stop = self._bounds(number)
        entries = self.make(viewer, start, stop)
        return Section(self.name, self.title, self.group, self.total, entries, self._more(viewer, start, stop))

    def _bounds(self, number: int) -> tuple[int, int]:
        return self.starts[number], (*self.starts, self.total)[number + 1]

    def _more(self, viewer: Viewer, start: int, stop: int) -> More | None:
        if self.pages == 1:
            return None
        bounds = [self._bounds(number) for number in range(self.pages)]
        held = [number for number in range(self.pages) if bounds[number][0] < bounds[number][1]]
        links = {each: self._link(viewer, each, *bounds[each]) for each in held}
        here = bounds.index((start, stop))
        return More(
            shown_from=start + 1,
            shown_to=stop,
            total=self.total,
            pages=tuple(links.values()),
            before=links.get(here - 1),
            after=links.get(here + 1),
        )

    def _link(self, viewer: Viewer, number: int, first: int, last: int) -> Ref:
        target = page_name(self.name, number)
        label = f"{last:,}" if last == first + 1 else f"{first + 1:,}–{last:,}"
        return Ref(label, viewer.page.to(target, self.name), target)


@dataclass(frozen=True, slots=True)
class Against:
    """Claims that the same statements deny or qualify, and those statements."""

    claims: tuple[ClaimView, ...]
    voices: tuple[Voice, ...]


def parts(book: Book) -> tuple[Part, ...]:
    """Return every section of the case, in the order in which they are read: what an editor asks first comes first."""
    case, weighed = book.case, book.case.weighed
    doubted = grouped((each.caveats, each) for each in weighed.claims)
    opposed = [each for each in weighed.claims if each.contradicts]
    behind = _shelf(book, "How many origins, and whose")
    changed = _shelf(book, "What changed on the way")
    against = _shelf(book, "What is denied or doubted")
    unknown = _shelf(book, "What is not known")
    record = _shelf(book, "The record")
    return (
        behind("claims", "Claims", weighed.claims, Viewer.claim),
        behind("travel", "How things travelled", case.traced.origins, Viewer.origin_row),
        behind("circles", "Reports that have it from one another", weighed.circles, circle_view),
        behind("patterns", "Patterns: the same act, told in other words", weighed.patterns, pattern_view, pattern_size),
        changed("retellings", "How one testimony was retold", weighed.retellings, retelling_view, retelling_size),
        changed("comparisons", "Figures compared", book.comparisons, Viewer.comparison),
        changed("figures", "Every figure", _figures(book), lambda viewer, each: viewer.figure(each.id)),
        unknown("next", "What to get next", weighed.missing, missing_view),
        unknown("unattributed", "Carried without a named source", _unattributed(book), Viewer.claim),
        unknown("unclear", "Statements whose source is not clear", _unclear(book), Viewer.statement),
        against("denials", "Denials beside what they deny", leading(case).denials, _denial, _denial_size),
        against("contradictions", "Claims that contradict one another", opposed, Viewer.claim),
        against("answers", "Other denials and refusals", _untied(book), Viewer.statement),
        against("caveats", "Caveats beside what they qualify", doubted, _against),
        against("doubts", "Other caveats", _loose_caveats(book), Viewer.statement),
        record("utterances", "What was said, word by word", book.utterance_order, Viewer.utterance),
        record("shared", "Wording that reports share", _shared(case), shared_view, shared_size),
        record("timeline", "Timeline", _by_day(weighed.timeline), _entry),
        record("aside", "What was set aside, and why", case.received.set_aside, _aside),
        record("received", "Reports as received", case.received.reports, _received),
        record(REASONS, "Reasons in full", book.long_reasons, chunk_view),
    )


class _Shelf(Protocol):
    def __call__(
        self,
        name: str,
        title: str,
        records: Sequence[_Record],
        view: Callable[[Viewer, _Record], object],
        size: Callable[[_Record], int] = ...,
    ) -> Part: ...


def _shelf(book: Book, group: str) -> _Shelf:
    """Return what makes the parts of one group."""

    def part(
        name: str,
        title: str,
        records: Sequence[_Record],
        view: Callable[[Viewer, _Record], object],
        size: Callable[[_Record], int] = lambda _: ENTRY,
    ) -> Part:
        def make(viewer: Viewer, start: int, stop: int) -> tuple[object, ...]:
            return tuple(map(partial(view, viewer), records[start:stop]))

        starts = book.starts.get(name) or cut(list(map(size, records)), room(name, whole=book.whole))
        return Part(name, title, group, len(records), make, starts)

    return part


def _shared(case: Case) -> list[Reuse | Link]:
    """Links, and the shared wording on which no link rests: where one does, it says what the wording would say again.

    Wording that a third report credits is kept: only there is that said.
    """
    links = [each for each in case.traced.links if each.kind is not LinkKind.QUOTE_VARIANT]
    linked = {frozenset((each.later, each.earlier)) for each in links}
    reuse = [each for each in case.traced.reuse if each.kind is not ReuseKind.QUOTE]
    return [*links, *(each for each in reuse if frozenset((each.a, each.b)) not in linked or not _pair_tells(each))]


def _pair_tells(each: Reuse) -> bool:
    return each.credit_in in {None, each.a.report, each.b.report}


def _figures(book: Book) -> list[Figure]:
    """Figures of the same claim next to one another, in the order of the claims; then those in no claim."""
    claimed = [each for claim in book.case.weighed.claims for each in claim.figures]
    return [book.figures[each] for each in dict.fromkeys([*claimed, *book.figures])]


def _untied(book: Book) -> list[str]:
    tied = {each for claim in book.case.weighed.claims for each in claim.denied_by}
    stances = {Stance.DENIES, Stance.DECLINES}
    return [each.id for each in book.statements.values() if each.stance in stances and each.id not in tied]


def _loose_caveats(book: Book) -> list[str]:
    tied = {each for claim in book.case.weighed.claims for each in claim.caveats}
    return [each.id for each in book.statements.values() if each.stance is Stance.CAVEAT and each.id not in tied]


def _unattributed(book: Book) -> list[Claim]:
    return [each for each in book.case.weighed.claims if each.unattributed]


def _unclear(book: Book) -> list[str]:
    return [each.id for each in book.statements.values() if each.source is None and each.stance is Stance.ASSERTS]


def _by_day(timeline: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Entries with a day first, by day; the others keep the order of the case."""
    return sorted(timeline, key=lambda each: each.earliest or each.latest or "\U0010ffff")


def grouped(pairs: Iterable[tuple[tuple[str, ...], Claim]]) -> list[tuple[tuple[str, ...], tuple[Claim, ...]]]:
    """Return claims grouped by the statements that speak against them, in the order of their first claims."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for statements, claim in pairs:
        if statements:
            groups.setdefault(statements, []).append(claim)
    return [(statements, tuple(claims)) for statements, claims in groups.items()]


def _against(viewer: Viewer, group: tuple[tuple[str, ...], tuple[Claim, ...]]) -> Against:
    statements, claims = group
    return Against(tuple(viewer.claim(each) for each in claims), viewer.voices(statements))


def _denial(viewer: Viewer, denial: Denial) -> Against:
    return Against(tuple(viewer.claim(each) for each in denial.claims), voices_of(viewer, denial))


def _denial_size(denial: Denial) -> int:
    return 500 * len(denial.claims) + 900 * len(denial.wordings) + 130 * len(denial.reports)


def voices_of(viewer: Viewer, denial: Denial) -> tuple[Voice, ...]:
    """Return a denial in each of its wordings, the reports that print the same words together."""
    printed: dict[str, list[Statement]] = {}
    for each in denial.wordings:
        printed.setdefault(each.text, []).append(each)
    return tuple(
        Voice(viewer.statement(same[0].id), viewer.refs(dict.fromkeys(each.report for each in same)))
        for same in printed.values()
    )


def pattern_view(viewer: Viewer, pattern: Pattern) -> PatternView:
    """A pattern told origin by origin; a statement that no listed origin holds comes last."""
    groups: dict[str | None, list[StatementView]] = {each: [] for each in pattern.origins}
    for each in pattern.statements:
        holder = viewer.book.origin_of.get(each)
        groups.setdefault(holder if holder in groups else None, []).append(viewer.statement(each))
    told = ((viewer.origin(each) if each else None, tuple(said)) for each, said in groups.items())
    return PatternView(
        pattern.act, tuple(told), pattern.origins_low, viewer.whys(by_bearing(pattern.reasons), pattern.id)
    )


def verdict(reason: str) -> str:
    """Return why two figures compare as they do without the words that name the two, when these stand beside it."""
    return reason.partition("): ")[2] or reason


def day_words(earliest: str | None, latest: str | None) -> str:
    """Return a period as people read it, no more exact than it is: a day, a month, a year, from one day to another."""
    if earliest is None or latest is None:
        return f"from {earliest}" if earliest else f"until {latest}" if latest else "day not known"
    if earliest == latest:
        return earliest
    year, month = earliest[:4], earliest[:7]
    if (earliest, latest) == (f"{year[:3]}0-01-01", f"{year[:3]}9-12-31"):
        return f"{year}s, no day given"
    if (earliest, latest) == (f"{year}-01-01", f"{year}-12-31"):
        return f"{year}, no day given"
    if earliest.endswith("-01") and latest.startswith(month) and _ends_month(latest):
        return f"{month}, no day given"
    return f"{earliest} to {latest}"


def _ends_month(day: str) -> bool:
    year, month, number = (int(part) for part in day.split("-"))
    return number == monthrange(year, month)[1]


def _entry(viewer: Viewer, entry: TimelineEntry) -> TimelineView:
    earliest, latest = entry.earliest, entry.latest
    when = day_words(earliest, latest)
    info = viewer.book.reports[entry.report].info
    iso = earliest if earliest == latest else None
    if entry.publication or entry.start >= entry.end:
        titled = f"{info.outlet.value}: {info.title.value}" if info.outlet and info.title else info.called
        return TimelineView(when, iso, titled, "", "", entry.publication, viewer.ref(entry.report))
    place = _entry_place(viewer, entry)
    text = viewer.book.reports[entry.report].text
    return TimelineView(when, iso, *sentence_around(text, entry.start, entry.end), entry.publication, place.at)


def sentence_around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what stands before a passage in its sentence, the passage, and what follows; "…" where it runs on."""
    opening = max((found.end() for found in _SENTENCE_END.finditer(text, max(0, start - _ROUND), start)), default=0)
    first = max(opening, start - _ROUND)
    closing = _SENTENCE_END.search(text, end, end + _ROUND)
    last = closing.start() + 1 if closing else min(len(text), end + _ROUND)
    before, after = text[first:start], text[end:last]
    if first > opening:
        before = "…" + before.partition(" ")[2]
    if not closing and last < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before.lstrip(), text[start:end], after.rstrip()


def _entry_place(viewer: Viewer, entry: TimelineEntry) -> QuoteView:
    return viewer.quote(Place(entry.report, Span(entry.start, entry.end)))


def _aside(viewer: Viewer, each: SetAside) -> SetAsideView:
    twin = viewer.ref(each.duplicate_of) if each.duplicate_of else None
    return SetAsideView(each.file, each.kind.value, each.why, each.sha256, twin)


def _received(viewer: Viewer, report: Report) -> ReceivedView:
    info = report.info
    size = viewer.book.sizes.get(info.sha256)
    return ReceivedView(
        ref=viewer.ref(report.id),
        files=info.files,
        size=f"{size:,} bytes" if size is not None else "size not known",
        encoding=info.encoding,
        sha256=info.sha256,
        text_sha256=info.text_sha256,
        completeness=info.completeness.value,
    )
