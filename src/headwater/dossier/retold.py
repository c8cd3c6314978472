"""Views of the section on retellings: one table a testimony, its details by its reports; and the line that opens it.

Copies what weighing found; chooses what is shown at once and what stands folded.
"""

from __future__ import annotations

from dataclasses import dataclass

from headwater.dossier.sides import Side, side_by_side
from headwater.dossier.viewer import Viewer
from headwater.dossier.views import OriginView, QuoteView, Ref
from headwater.model import Change, ChangeKind, Detail, Place, Rendering, Retelling, Retold, Span

GRAVE = (Rendering.CHANGED, Rendering.HARDENED, Rendering.SOFTENED)
# More columns than this do not fit beside one another: each detail is then a card that lists its reports.
MOST_COLUMNS = 5
# A table up to so many rows is shown whole, in the order of telling; of a longer one what changed stands first.
WHOLE_TABLE = 12
_LABELS = {Rendering.REFERENCE: "these words", Rendering.LONGER: "told at more length"}
_WHAT = {
    ChangeKind.NUMBER: "number",
    ChangeKind.AGE: "age",
    ChangeKind.DAY: "day",
    ChangeKind.NAME: "name",
    ChangeKind.NEGATION: "denied",
    ChangeKind.BOUND: "bound",
    ChangeKind.HEDGE: "doubt",
}


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: what it is in a word, the words here and those of the reference, each with the way to its place."""

    what: str
    effect: str
    here: QuoteView
    there: QuoteView


@dataclass(frozen=True, slots=True)
class CellView:
    """How one report tells a detail. `sides` are the reference and this rendering, only where something changed."""

    report: Ref
    at: Ref
    label: str
    grave: bool
    reference: bool
    changes: tuple[ChangeView, ...]
    sides: tuple[tuple[Ref, Side], ...]


@dataclass(frozen=True, slots=True)
class DetailView:
    """One row: the words of the reference, and a cell for each report of the table, None where the detail is absent."""

    words: str
    language: str | None
    reference: Ref
    utterances: tuple[Ref, ...]
    cells: tuple[tuple[Ref, CellView | None], ...]
    grave: bool

    @property
    def absent(self) -> tuple[Ref, ...]:
        """The reports of the table that lack it."""
        return tuple(report for report, cell in self.cells if cell is None)

    @property
    def loud(self) -> tuple[CellView, ...]:
        """The cells in which something changed."""
        return tuple(cell for _, cell in self.cells if cell and cell.grave)

    @property
    def quiet(self) -> dict[str, tuple[Ref, ...]]:
        """The other reports by how they tell it, each with the way to its words; the reference is named beside them."""
        found: dict[str, tuple[Ref, ...]] = {}
        for report, cell in self.cells:
            if cell and not cell.grave and not cell.reference:
                at = Ref(report.label, cell.at.href, report.name)
                found[cell.label] = (*found.get(cell.label, ()), at)
        return found


@dataclass(frozen=True, slots=True)
class RetellingView:
    """One testimony. `rows` are shown at once, `folded` behind a line; `alone` are details of one report only."""

    anchor: str
    origin: OriginView
    reports: tuple[Ref, ...]
    verdict: str
    wide: bool
    rows: tuple[DetailView, ...]
    folded: tuple[DetailView, ...]
    alone: tuple[tuple[Ref, tuple[Ref, ...]], ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """The line of the first screen: how many details changed, and the gravest of the changes."""

    sentence: str
    first: ChangeView | None


def retelling_view(viewer: Viewer, retelling: Retelling) -> RetellingView:
    """Return the table of one testimony for a page."""
    shared = [each for each in retelling.details if len(each.retold) > 1]
    rows = [_detail(viewer, retelling, each) for each in shared]
    split = len(rows) > WHOLE_TABLE and any(each.grave for each in rows)
    origin = viewer.origin(retelling.origin)
    return RetellingView(
        anchor=f"retold-{origin.ref.label}",
        origin=origin,
        reports=viewer.refs(retelling.reports),
        verdict=_verdict([each.worst for each in shared]),
        wide=len(retelling.reports) <= MOST_COLUMNS,
        rows=tuple(each for each in rows if each.grave or not split),
        folded=tuple(each for each in rows if split and not each.grave),
        alone=_alone(viewer, retelling),
    )


def drift(viewer: Viewer) -> Drift | None:
    """Return the line of the first screen, or None when nothing was changed or hardened."""
    summary = viewer.book.case.weighed.summary
    if not summary.details_changed and not summary.details_hardened:
        return None
    found = [
        change
        for each in viewer.book.case.weighed.retellings
        for detail in each.details
        for retold in detail.retold
        for change in retold.changes
        if change.effect is not Rendering.SOFTENED
    ]
    gravest = min(found, key=lambda change: GRAVE.index(change.effect), default=None)
    counts = changes_in_words(summary.details_changed, summary.details_hardened)
    return Drift(counts, _change(viewer, gravest) if gravest else None)


def _verdict(worst: list[Rendering]) -> str:
    return changes_in_words(*(worst.count(each) for each in GRAVE))


def changes_in_words(changed: int, hardened: int, softened: int = 0) -> str:
    """Return "2 details changed, 1 hardened"; empty when nothing did."""
    counts = ((changed, "changed"), (hardened, "hardened"), (softened, "softened"))
    named = [f"{number:,} {word}" for number, word in counts if number]
    if not named:
        return ""
    first = named[0].replace(" ", " detail " if named[0].startswith("1 ") else " details ", 1)
    return ", ".join([first, *named[1:]])


def _alone(viewer: Viewer, retelling: Retelling) -> tuple[tuple[Ref, tuple[Ref, ...]], ...]:
    found: dict[str, list[str]] = {}
    for detail in retelling.details:
        if len(detail.retold) == 1:
            found.setdefault(detail.reference, []).extend(detail.utterances)
    return tuple((viewer.ref(each), viewer.refs(found[each])) for each in retelling.reports if each in found)


def _detail(viewer: Viewer, retelling: Retelling, detail: Detail) -> DetailView:
    told = {each.report: each for each in detail.retold}
    first = told[detail.reference]
    cells = tuple(
        (viewer.ref(each), _cell(viewer, told[each], first) if each in told else None) for each in retelling.reports
    )
    return DetailView(
        words=_words(viewer, told[detail.reference]),
        language=viewer.lang(detail.reference),
        reference=viewer.ref(detail.reference),
        utterances=viewer.refs(detail.utterances),
        cells=cells,
        grave=detail.worst in GRAVE,
    )


def _words(viewer: Viewer, retold: Retold) -> str:
    return " … ".join(dict.fromkeys(viewer.book.statements[each].text for each in retold.statements))


def _passage(viewer: Viewer, retold: Retold, around: Place) -> Place:
    """The statements of a report that hold the words at a place; they may stand far from the others of the detail."""
    stretches = []
    for each in retold.statements:
        content = viewer.book.statements[each].content
        stretches.append(Span(content[0].start, content[-1].end))
    held = [span for span in stretches if span.overlaps(around.span)] or stretches[:1]
    return Place(retold.report, Span(min(span.start for span in held), max(span.end for span in held)))


def _cell(viewer: Viewer, retold: Retold, first: Retold) -> CellView:
    grave = retold.rendering in GRAVE
    return CellView(
        report=viewer.ref(retold.report),
        at=viewer.ref(retold.statements[0]),
        label=_LABELS.get(retold.rendering, retold.rendering.value),
        grave=grave,
        reference=retold.rendering is Rendering.REFERENCE,
        changes=tuple(_change(viewer, each) for each in retold.changes),
        sides=_sides(viewer, first, retold) if grave else (),
    )


def _sides(viewer: Viewer, first: Retold, retold: Retold) -> tuple[tuple[Ref, Side], ...]:
    change = retold.changes[0]
    places = _passage(viewer, first, change.there), _passage(viewer, retold, change.here)
    quotes = [viewer.quote(each) for each in places]
    return tuple(zip((each.at for each in quotes), side_by_side(*(each.text for each in quotes)), strict=False))


def _change(viewer: Viewer, change: Change) -> ChangeView:
    return ChangeView(_WHAT[change.kind], change.effect.value, viewer.quote(change.here), viewer.quote(change.there))
