"""One report as a page: its exact text with every statement and figure marked, and what is known about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from headwater.dossier.marking import Mark, Piece, pieces
from headwater.dossier.viewer import Viewer, place_anchor
from headwater.dossier.views import FigureView, MetaView, PassageView, PieceView, StatementView, TagView
from headwater.dossier.visible import has_unseen, shown_part
from headwater.model import Basis, Completeness, Noted, Passage, PassageKind, Reading, Report, Span

_STATEMENT, _FIGURE = "statement", "figure"
_OPENING = "\"'“‘„‚«‹`"
_EMPTY_LINE = 2


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report page. The visible words of `passages`, tags aside, are exactly the report's text."""

    label: str
    name: str
    title: str | None
    language: str | None
    meta: tuple[MetaView, ...]
    incomplete: bool
    missing: str
    passages: tuple[PassageView, ...]
    statements: tuple[StatementView, ...]
    figures: tuple[FigureView, ...]
    notes: tuple[str, ...]
    text_unseen: bool


def report_view(viewer: Viewer, report: Report, reading: Reading, places: Iterable[Span]) -> ReportView:
    """Return the page of a report; `places` are the passages that other pages link to."""
    info = report.info
    statements = {each.id: viewer.statement(each.id) for each in reading.statements}
    figures = {each.id: viewer.figure(each.id) for each in reading.figures}
    marks = [Mark(span, each.id, _STATEMENT) for each in reading.statements for span in each.content]
    marks += [Mark(each.span, each.id, _FIGURE) for each in reading.figures]
    return ReportView(
        label=viewer.book.labels[report.id],
        name=info.called,
        title=info.title.value if info.title else None,
        language=viewer.lang(report.id),
        meta=_meta(report),
        incomplete=info.completeness is Completeness.INCOMPLETE,
        missing=info.missing,
        passages=passages(report.text, report.passages, marks, places, Tags(statements, figures)),
        statements=tuple(statements.values()),
        figures=tuple(figures.values()),
        notes=reading.notes,
        text_unseen=has_unseen(report.text),
    )


def passages(
    text: str, kinds: Iterable[Passage], marks: list[Mark], places: Iterable[Span], tags: Tags
) -> tuple[PassageView, ...]:
    """Cut the text into its passages, each with the space that follows it, and mark it."""
    bounds = _bounds(len(text), kinds)
    heads = _heads(text, marks)
    cut = pieces(len(text), marks, (*heads, *(start for start, _ in bounds)), places)
    out, at = [], 0
    for number, (start, kind) in enumerate(bounds):
        end = bounds[number + 1][0] if number + 1 < len(bounds) else len(text)
        body: list[PieceView] = []
        while at < len(cut) and cut[at].end <= end:
            body.append(_piece(text, cut[at], heads, tags))
            at += 1
        if start < end:
            out.append(PassageView(kind.value, _ends_tight(text, start, end), tuple(body)))
    return tuple(out)


def _heads(text: str, marks: list[Mark]) -> dict[int, list[Mark]]:
    """Where the tag of each mark stands: before its words, and before the opening quotation mark right before them."""
    heads: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.kind, mark.key)):
        at = mark.span.start
        while at > 0 and text[at - 1] in _OPENING:
            at -= 1
        opens = at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–-"
        heads.setdefault(at if opens else mark.span.start, []).append(mark)
    return heads


def _ends_tight(text: str, start: int, end: int) -> bool:
    """True when no empty line follows the passage in the text: the page then sets it off a little."""
    passage = text[start:end]
    return passage[len(passage.rstrip()) :].count("\n") < _EMPTY_LINE


def _bounds(length: int, kinds: Iterable[Passage]) -> list[tuple[int, PassageKind]]:
    """(start, kind) of each passage; the first reaches back to the beginning of the text."""
    bounds = [(each.span.start, each.kind) for each in sorted(kinds, key=lambda each: each.span)]
    if not bounds:
        return [(0, PassageKind.BODY)]
    return [(0, bounds[0][1]), *(each for each in bounds[1:] if 0 < each[0] < length)]


def _piece(text: str, piece: Piece, heads: dict[int, list[Mark]], tags: Tags) -> PieceView:
    return PieceView(
        words=shown_part(text, piece.start, piece.end),
        classes=tags.classes(piece.marks),
        anchors=tuple(place_anchor(span) for span in piece.places),
        tags=tuple(tags.before(mark) for mark in heads.get(piece.start, ())),
    )


class Tags:
    """The small links that stand before the words of a statement or figure, and how those words are drawn."""

    def __init__(self, statements: dict[str, StatementView], figures: dict[str, FigureView]) -> None:
        self._statements = statements
        self._figures = figures
        self._seen: set[str] = set()

    def before(self, mark: Mark) -> TagView:
        """Return the tag of a mark; only the first one of a statement carries its anchor."""
        first = mark.key not in self._seen
        self._seen.add(mark.key)
        return self._figure(mark.key) if mark.kind == _FIGURE else self._statement(mark.key, first=first)

    def classes(self, marks: tuple[Mark, ...]) -> str:
        """Return the classes of a piece: its innermost statement, whether several overlap, whether it is a figure."""
        said = [mark.key for mark in marks if mark.kind == _STATEMENT]
        names = []
        if said:
            origin = self._statements[said[0]].origin
            names = ["m", f"k{origin.hue}"] if origin else ["m", "kx", "open"]
        if len(set(said)) > 1:
            names.append("nested")
        if len(said) < len(marks):
            names.append("fig")
        return " ".join(names)

    def _statement(self, key: str, *, first: bool) -> TagView:
        each = self._statements[key]
        origin, utterance = each.origin, each.utterance
        leads_to = utterance or (origin.ref if origin else None)
        wordings = f", utterance {utterance.label}" if utterance else ""
        return TagView(
            label=origin.ref.label if origin else "?",
            classes=f"k{origin.hue}" if origin else "kx",
            shape=origin.shape if origin else "ring",
            anchor=each.ref.label if first else None,
            href=leads_to.href if leads_to else None,
            title=f"{each.ref.label}, {each.form}: {origin.name if origin else 'source not clear'}{wordings}",
        )

    def _figure(self, key: str) -> TagView:
        each = self._figures[key]
        return TagView(
            label=each.ref.label,
            classes="num",
            shape=None,
            anchor=each.ref.label,
            href=each.claims[0].href if each.claims else None,
            title=f"{each.ref.label}, figure: {each.bound} {each.amount} {each.unit}",
        )


def _meta(report: Report) -> tuple[MetaView, ...]:
    info = report.info
    fields: tuple[tuple[str, Noted | None], ...] = (
        ("Outlet", info.outlet),
        ("Title", info.title),
        ("Published", info.published),
        ("Author", info.author),
        ("Address", info.url),
        ("Language", info.language),
    )
    known = tuple(_noted(name, noted) for name, noted in fields)
    return (*known, MetaView("File", ", ".join(info.files), "", ""))


def _noted(name: str, noted: Noted | None) -> MetaView:
    if noted is None:
        return MetaView(name, "unknown", "unknown", "")
    if noted.basis is Basis.PAGE:
        return MetaView(name, noted.value, noted.note or "the page itself", "")
    return MetaView(name, noted.value, "guessed" if noted.basis is Basis.GUESSED else "", noted.note)
