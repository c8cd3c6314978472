"""Finding words in a finished case: every place that carries them, and every other rendering of what they belong to.

Words are compared folded (case, accents, quotation marks, spelling), as everywhere; what is returned are exact
places. Reads records only, decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from headwater.model import Case, Figure, Origin, Report, ReportInfo, Span, Statement, Utterance, keys, words
from headwater.reading import vectors
from headwater.tracing import nearest

_UNKNOWN_DAY = "9999"  # an unknown day comes after every known one


class How(StrEnum):
    """How a place answers the question."""

    WORDS = "words"  # it carries the words asked for
    VARIANT = "variant"  # it renders the same utterance in other, fewer or more words


@dataclass(frozen=True, slots=True)
class Found:
    """One place: the report, the exact span of its working text, and what is known of where it comes from.

    `exact` are the words at `span`. `statement` is None for words that the report attributes to nobody.
    `told_to_inferred` is True when this report says nowhere whom the source told, so that it is another one's word.
    """

    report: ReportInfo
    span: Span
    exact: str
    how: How
    statement: str | None = None
    utterance: str | None = None
    source: str | None = None
    origin: Origin | None = None
    told_to: str | None = None
    told_to_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """All places, earliest report first, and, when there is none, the nearest statement's words or None."""

    places: tuple[Found, ...]
    nearest: str | None = None


def find(case: Case, asked: str) -> Answer:
    """Return every place that carries the words `asked`, and all renderings of the utterances they belong to.

    Where no report carries them, the statement that says most nearly the same is offered. Raises ValueError when
    `asked` has no word, DamagedModel when it is looked for by meaning and the encoder is not what it should be.
    """
    wanted = keys(asked)
    if not wanted:
        raise ValueError("there is no word to look for")
    index = _Index(case)
    found: list[Found] = []
    seen: set[str] = set()
    utterances: set[str] = set()
    for report in case.received.reports:
        for span in _carrying(report.text, wanted):
            touched = index.statements_at(report.id, span)
            if not touched:
                found.append(index.own_words(report, span))
            for statement in touched:
                found.append(index.said(statement, span, How.WORDS))
                seen.add(statement.id)
                utterances.add(index.utterance_of[statement.id].id)
    for utterance in case.traced.utterances:
        if utterance.id in utterances:
            rest = (index.statements[other] for other in utterance.statements if other not in seen)
            found += [index.said(statement, None, How.VARIANT) for statement in rest]
    if not found:
        near = nearest(list(index.statements.values()), asked, vectors)
        return Answer((), near.text if near else None)
    return Answer(tuple(sorted(found, key=_earliest)))


def _earliest(place: Found) -> tuple[str, str, Span, str]:
    return place.report.day or _UNKNOWN_DAY, place.report.file, place.span, place.statement or ""


def _carrying(text: str, wanted: Sequence[str]) -> Iterator[Span]:
    """Yield the places of `text` where the folded words stand one after another, from left to right, disjoint."""
    at = words(text)
    length = len(wanted)
    position = 0
    while position + length <= len(at):
        window = at[position : position + length]
        if all(word.key == key for word, key in zip(window, wanted, strict=True)):
            yield Span(window[0].start, window[-1].end)
            position += length
        else:
            position += 1


def _infers(origin: Origin | None, report: str) -> bool:
    return origin is not None and origin.told_to is not None and report not in origin.told_to_in


class _Index:
    """The records of a case by id and by place."""

    def __init__(self, case: Case) -> None:
        self.reports: dict[str, Report] = {report.id: report for report in case.received.reports}
        self.statements: dict[str, Statement] = {s.id: s for reading in case.readings for s in reading.statements}
        self.utterance_of: dict[str, Utterance] = {s: u for u in case.traced.utterances for s in u.statements}
        self._mentions = {mention.id: mention.text for reading in case.readings for mention in reading.mentions}
        self._figures = {reading.report: reading.figures for reading in case.readings}
        self._origins = {origin.id: origin for origin in case.traced.origins}
        self._origin_of_figure = {figure: origin for origin in case.traced.origins for figure in origin.figures}
        self._by_report: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements.values():
            self._by_report[statement.report].append(statement)

    def statements_at(self, report: str, span: Span) -> list[Statement]:
        """Return the statements that the place touches; of a quotation inside another only the inner one."""
        touched = [s for s in self._by_report[report] if any(part.overlaps(span) for part in s.content)]
        outer = {statement.inside for statement in touched}
        return [statement for statement in touched if statement.id not in outer]

    def said(self, statement: Statement, span: Span | None, how: How) -> Found:
        """Return the place `span`, or the whole statement, as something said."""
        report = self.reports[statement.report]
        place = span or Span(statement.content[0].start, statement.content[-1].end)
        utterance = self.utterance_of[statement.id]
        origin = self._origins.get(utterance.origin or "")
        told = statement.told_to.text if statement.told_to else None
        inferred = told is None and _infers(origin, statement.report)
        return Found(
            report=report.info,
            span=place,
            exact=place.of(report.text),
            how=how,
            statement=statement.id,
            utterance=utterance.id,
            source=self._mentions.get(statement.source or ""),
            origin=origin,
            told_to=told or (origin.told_to if origin else None),
            told_to_inferred=inferred,
        )

    def own_words(self, report: Report, span: Span) -> Found:
        """Return a place that no statement covers; a figure there brings its own origin."""
        figure = next((f for f in self._figures[report.id] if f.span.overlaps(span)), None)
        origin = self._origin_of_figure.get(figure.id) if figure else None
        return Found(
            report=report.info,
            span=span,
            exact=span.of(report.text),
            how=How.WORDS,
            source=self._source_of(figure),
            origin=origin,
            told_to=origin.told_to if origin else None,
            told_to_inferred=_infers(origin, report.id),
        )

    def _source_of(self, figure: Figure | None) -> str | None:
        return self._mentions.get(figure.source or "") if figure else None
