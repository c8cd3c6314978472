"""Records of the case turned into views for one page: labels become links that are right from where that page stands.

Copies what the case says. The only arithmetic is how many squares and discs fit into a small drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from headwater.dossier.align import Change, Stretch, aligned
from headwater.dossier.book import Book, Page
from headwater.dossier.chain_views import chain_view, ways
from headwater.dossier.paging import PLACES_HERE, REASONS_HERE
from headwater.dossier.sides import SHARED_WORDING, side_by_side
from headwater.dossier.views import (
    ChainView,
    ClaimView,
    ComparisonView,
    FigureView,
    Glyph,
    OriginRow,
    OriginView,
    QuoteView,
    ReasonView,
    Ref,
    StatementView,
    UtteranceView,
    VariantView,
    Voice,
    WhyView,
)
from headwater.dossier.visible import language
from headwater.dossier.whys import Headed, by_bearing, of_origin, of_utterance
from headwater.model import (
    Claim,
    ClaimKind,
    Comparison,
    Figure,
    Origin,
    Place,
    Reason,
    SourceKind,
    Span,
    Statement,
    Utterance,
    as_heading,
)

HUES = 8
_SQUARES, _ROUNDS, _ROWS = 9, 6, 12
_SHAPES = {
    SourceKind.WITNESS: "circle",
    SourceKind.PERSON: "circle",
    SourceKind.EXPERT: "circle",
    SourceKind.OFFICIAL: "square",
    SourceKind.ORGANISATION: "diamond",
    SourceKind.OUTLET: "triangle",
    SourceKind.AGENCY: "triangle",
    SourceKind.DOCUMENT: "page",
    SourceKind.UNKNOWN: "ring",
}


def place_anchor(span: Span) -> str:
    """Return the anchor of a place inside a report page."""
    return f"at-{span.start}-{span.end}"


def amount(low: int | None, high: int | None) -> str:
    """Return the ends of a figure as people read them: "12 or more", "up to 20", "16–50", "30"."""
    if low is None:
        return "not said" if high is None else f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


class Viewer:
    """Makes the views for `page`. Every place it links to is noted in `linked`, so that report pages can carry it."""

    def __init__(self, book: Book, page: Page, linked: dict[str, set[Span]]) -> None:
        self.book = book
        self.page = page
        self._linked = linked
        self._origins: dict[str, OriginView] = {}
        self._refs: dict[tuple[str, str], Ref] = {}
        self._statements: dict[str, StatementView] = {}

    def ref(self, record: str, name: str = "") -> Ref:
        """Return the link to a record; a report is named by its outlet or file."""
        key = record, name
        if key not in self._refs:
            report = self.book.reports.get(record)
            words = report.info.called if report else name
            self._refs[key] = Ref(self.book.labels[record], self.page.to(*self.book.home(record)), words)
        return self._refs[key]

    def refs(self, records: Iterable[str]) -> tuple[Ref, ...]:
        """Return the links to several records."""
        return tuple(self.ref(each) for each in records)

    def lang(self, report: str) -> str | None:
        """Return the language of a report's words when it is known and well formed."""
        noted = self.book.reports[report].info.language
        return language(noted.value if noted else None)

    def at(self, place: Place) -> Ref:
        """Return the link to a place inside a report page."""
        self._linked.setdefault(place.report, set()).add(place.span)
        href = self.page.to(self.book.report_page(place.report), place_anchor(place.span))
        return Ref(self.book.labels[place.report], href, self.book.reports[place.report].info.called)

    def quote(self, place: Place) -> QuoteView:
        """Return the exact words at a place."""
        words = place.span.of(self.book.reports[place.report].text)
        return QuoteView(self.at(place), words, self.lang(place.report))

    def reason(self, reason: Reason, most: int | None = None) -> ReasonView:
        """Return a reason with its first `most` passages, each wording once with every place that has it."""
        shown = reason.places[:most]
        by_words: dict[str, QuoteView] = {}
        for each in map(self.quote, shown):
            held = by_words.get(each.text)
            by_words[each.text] = replace(held, also=(*held.also, each.at)) if held else each
        quotes = tuple(by_words.values())
        shared = reason.rule in SHARED_WORDING and len(shown) == len(quotes) == 2
        sides = side_by_side(quotes[0].text, quotes[1].text) if shared else ()
        return ReasonView(reason.rule, reason.text, quotes, sides, len(reason.places) - len(shown))

    def whys(self, headed: Headed, record: str) -> tuple[WhyView, ...]:
        """Return the reasons of a record under their headings; the first of them, where all stand on pages apart."""
        home = self.book.why_home(record)
        if home is None:
            every = ((words, tuple(map(self.reason, found))) for words, found in headed)
            return tuple(WhyView(words, found, len(found), None) for words, found in every)
        rest = Ref(self.book.labels[record], self.page.to(*home), "")
        return tuple(
            WhyView(words, tuple(self.reason(each, PLACES_HERE) for each in found[:REASONS_HERE]), len(found), rest)
            for words, found in headed
        )

    def origin(self, origin_id: str) -> OriginView:
        """Return an origin."""
        if origin_id not in self._origins:
            self._origins[origin_id] = self._origin(origin_id)
        return self._origins[origin_id]

    def origin_row(self, origin: Origin) -> OriginRow:
        """Return an origin with the wordings of its source and the reasons of both, each reason once."""
        source = self.book.sources.get(origin.source or "")
        names = tuple(each for each in source.names if each != origin.name) if source else ()
        return OriginRow(self.origin(origin.id), names, self.whys(of_origin(origin, self.book.sources), origin.id))

    def origin_for(self, record: str) -> OriginView | None:
        """Return the origin of a statement or figure, or None when none is known."""
        found = self.book.origin_of.get(record)
        return self.origin(found) if found else None

    def statement(self, statement_id: str) -> StatementView:
        """Return a statement."""
        if statement_id not in self._statements:
            self._statements[statement_id] = self._statement(self.book.statements[statement_id])
        return self._statements[statement_id]

    def _statement(self, each: Statement) -> StatementView:
        mention = self.book.mentions[each.source] if each.source else None
        utterance = self.book.utterance_of.get(each.id)
        return StatementView(
            ref=self.ref(each.id),
            report=self.ref(each.report),
            text=each.text,
            language=self.lang(each.report),
            source=mention.text if mention else None,
            told_to=each.told_to.text if each.told_to else None,
            form=each.form.value,
            certainty=each.certainty.value,
            stance=each.stance.value,
            passage=each.passage.value,
            origin=self.origin_for(each.id),
            utterance=self.ref(utterance) if utterance else None,
            several=utterance is not None and len(self.book.utterances[utterance].statements) > 1,
            reasons=each.reasons,
            chain=self.chain(each.id),
            repeats=each.repeats is not None,
        )

    def chain(self, statement_id: str) -> ChainView | None:
        """Return how a statement came into its report, or None where the case does not say."""
        found = self.book.chains.get(statement_id)
        return chain_view(self.book, found, self.at) if found else None

    def voices(self, statements: Iterable[str]) -> tuple[Voice, ...]:
        """Return the utterances behind statements, those that most reports carry first; no words are said twice."""
        book = self.book
        groups: dict[str, list[str]] = {}
        for each in statements:
            groups.setdefault(book.utterance_of.get(each, each), []).append(each)
        voices = [
            Voice(
                self.statement(max(group, key=lambda each: len(book.statements[each].text))),
                self.refs(book.reports_of(group)),
            )
            for group in groups.values()
        ]
        return tuple(sorted(voices, key=lambda voice: -len(voice.reports)))

    def figure(self, figure_id: str) -> FigureView:
        """Return a figure."""
        each: Figure = self.book.figures[figure_id]
        mention = self.book.mentions[each.source] if each.source else None
        return FigureView(
            ref=self.ref(each.id),
            report=self.ref(each.report),
            text=each.text,
            language=self.lang(each.report),
            amount=amount(each.low, each.high),
            bound=each.bound.value,
            unit=each.unit,
            act=each.act,
            narrowed=tuple(
                words for words in (each.whom, each.place, each.when) if words and words.casefold() not in each.unit
            ),
            source=mention.text if mention else None,
            origin=self.origin_for(each.id),
            claims=self.refs(self.book.claims_of.get(each.id, ())),
        )

    def comparison(self, each: Comparison) -> ComparisonView:
        """Return two figures side by side."""
        return ComparisonView(self.figure(each.a), self.figure(each.b), each.relation.value, each.reason)

    def claim(self, claim: Claim) -> ClaimView:
        """Return a claim with all that bears on it."""
        book = self.book
        utterances = dict.fromkeys(book.utterance_of[each] for each in claim.statements if each in book.utterance_of)
        return ClaimView(
            ref=self.ref(claim.id, claim.text),
            text=claim.text,
            language=self.lang(claim.reports[0]) if claim.reports else None,
            is_figure=claim.kind is ClaimKind.FIGURE,
            origin_range=claim.origin_range,
            glyph=glyph(claim),
            reports=self.refs(claim.reports),
            origins=tuple(self.origin(each) for each in claim.origins),
            unattributed=self.refs(claim.unattributed),
            utterances=self.refs(utterances),
            statements=tuple(self.statement(each) for each in claim.statements),
            figures=tuple(self.figure(each) for each in claim.figures),
            denials=self.voices(claim.denied_by),
            caveats=self.voices(claim.caveats),
            contradicts=tuple(self.ref(each, book.claims[each].text) for each in claim.contradicts),
            assessments=tuple((a.method, a.grade, a.explanation) for a in book.assessments_of.get(claim.id, ())),
            reasons=self.whys(by_bearing(claim.reasons), claim.id),
            ways=ways(book, claim, self.at, self.refs),
            missing=tuple(self._missing(claim.id, each) for each in book.missing_of.get(claim.id, ())),
            circles=self.refs(book.circles_of.get(claim.id, ())),
        )

    def _missing(self, claim: str, each: str) -> tuple[Ref, str, bool]:
        found = self.book.missing[each]
        return self.ref(each, found.name), found.sentence.partition(":")[0], claim in found.alone

    def utterance(self, utterance: Utterance) -> UtteranceView:
        """Return an utterance with its renderings aligned."""
        book = self.book
        rendered = [book.statements[each] for each in utterance.statements]
        claims = dict.fromkeys(claim for each in utterance.statements for claim in book.claims_of.get(each, ()))
        origin = utterance.origin
        fullest = next((each.id for each in rendered if each.text == utterance.text), None)
        return UtteranceView(
            ref=self.ref(utterance.id),
            text=utterance.text,
            language=self.lang(rendered[0].report) if rendered else None,
            origin=self.origin(origin) if origin else None,
            variants=self._variants(rendered, utterance.text, fullest),
            several=len(rendered) > 1,
            reasons=self.whys(of_utterance(utterance), utterance.id),
            claims=self.refs(claims),
        )

    def _variants(self, rendered: list[Statement], text: str, fullest: str | None) -> tuple[VariantView, ...]:
        """One row a statement; where there are many, one row for all that carry exactly the same words."""
        many = len(rendered) > _ROWS
        rows: dict[str, list[Statement]] = {}
        for each in rendered:
            rows.setdefault(each.text if many else each.id, []).append(each)
        return tuple(self._variant(row, text, fullest) for row in rows.values())

    def _variant(self, row: list[Statement], text: str, fullest: str | None) -> VariantView:
        statement = row[0]
        stretches = aligned(text, statement.text)
        return VariantView(
            statement=self.statement(statement.id),
            stretches=stretches,
            also=tuple(self.statement(each.id) for each in row[1:]),
            fullest=any(each.id == fullest for each in row),
            same=_only_same(stretches),
        )

    def _origin(self, origin_id: str) -> OriginView:
        origin = self.book.origins[origin_id]
        label = self.book.labels[origin_id]
        inferred = set(origin.reports) - set(origin.told_to_in)
        return OriginView(
            ref=self.ref(origin_id, as_heading(origin.name)),
            name=as_heading(origin.name),
            kind=origin.kind.value,
            shape=_SHAPES[origin.kind],
            told_to=origin.told_to,
            own_reporting=origin.own_reporting,
            known=origin.source is not None or origin.own_reporting,
            reports=self.refs(self.book.in_order(origin.reports)),
            stated=self.refs(self.book.in_order(origin.told_to_in)),
            inferred=self.refs(self.book.in_order(inferred)) if origin.told_to else (),
            hue=int(label[1:]) % HUES,
        )


def glyph(claim: Claim) -> Glyph:
    """Return the small drawing of a claim: its reports, and the range of its origins."""
    reports, low, high = len(claim.reports), claim.origins_low, max(claim.origins_low, claim.origins_high)
    discs = min(low, _ROUNDS)
    rings = min(high - low, _ROUNDS - discs)
    return Glyph(
        squares=min(reports, _SQUARES),
        more_squares=max(0, reports - _SQUARES),
        discs=discs,
        rings=rings,
        more_rounds=high - discs - rings,
    )


def _only_same(stretches: tuple[Stretch, ...]) -> bool:
    return all(each.change is Change.SAME for each in stretches)
