"""The readers of English: one report in, its statements, sources, figures, dates and citations out.

`EnglishReader` reads by rules and by the trained model, `EnglishRules` by rules alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from headwater.model import (
    Certainty,
    Citation,
    CitationKind,
    DateMention,
    Figure,
    Maker,
    Mention,
    PassageKind,
    Reading,
    Report,
    SourceKind,
    Span,
    Statement,
    make_id,
)
from headwater.reading.english import attribution, indirect, inheritance, statements
from headwater.reading.english.dates import find_dates
from headwater.reading.english.drafts import drafts_of
from headwater.reading.english.figures import find_figures
from headwater.reading.english.learnt import Learnt, further, learnt, speakers
from headwater.reading.english.mentions import Resolver
from headwater.reading.english.naming import is_agency, is_outlet
from headwater.reading.english.quotations import Quotation, find_quotations
from headwater.reading.english.tokens import Sentence, lines_of, sentences_of
from headwater.reading.trained.tagger import ascribed

Line = tuple[Span, PassageKind]

_MAIN = frozenset({PassageKind.HEADLINE, PassageKind.BODY})
_ASIDE = frozenset({PassageKind.CAPTION})
_CREDIT = re.compile(
    r"\((?:Picture|Photo|Image|Photograph|Source|Credit|File photo)s?:\s*(?P<a>[^)\n]{2,60})\)"
    r"|\b(?:Copyright|©)\s*(?:©\s*)?(?:\d{4})?\s*(?:by\s+)?(?P<b>(?:[Tt]he\s+)?[A-Z][\w.&'’-]*(?:\s+[A-Z][\w.&'’-]*){0,4})"
    r"|^\s*(?P<c>[A-Z][A-Za-z]+(?:[ /-][A-Z][A-Za-z]+){0,2})\s*:\s*(?=[A-Z])"
    r"|[–—-]\s*(?P<d>[A-Z][A-Za-z]+(?:\s[A-Z][A-Za-z]+){0,2})\s*$",
    re.MULTILINE,
)


class EnglishRules:
    """Reads English by rules alone. Implements the Reader interface; holds no state between reports."""

    maker = Maker("reading.english-rules", "1")

    def read(self, report: Report) -> Reading:
        """Return everything found in one report. Raises nothing for any text; writes nothing."""
        lines = {kinds: lines_of(report.text, report.passages, kinds) for kinds in (_MAIN, _ASIDE)}
        main = self._prepared(report, lines[_MAIN], first_line=0)
        aside = self._prepared(report, lines[_ASIDE], first_line=1_000_000)
        models = [self._learnt(part, lines[kinds]) for part, kinds in ((main, _MAIN), (aside, _ASIDE))]
        parts = [self._statements(report, part, model) for part, model in zip((main, aside), models, strict=True)]
        found = sorted((s for part, _ in parts for s in part), key=lambda s: (s.content[0], s.content[-1].end, s.form))
        mentions = sorted((m for _, part in parts for m in part), key=lambda m: m.span)
        spans = sorted(s.span for s in [*main.sentences, *aside.sentences])
        figures = _attributed(_figures(report, spans), found)
        return Reading(
            report=report.id,
            mentions=tuple(_unique(mentions)),
            statements=tuple(_distinct(found)),
            figures=figures,
            dates=_dates(report, spans),
            citations=_citations(report, found, mentions),
            attributions=tuple(one for model in models for one in model.attributions(report.id)),
        )

    def _learnt(self, part: attribution.Reading, lines: Sequence[Line]) -> Learnt:
        """What a trained model ascribes to somebody in one part of the report; the rules have none."""
        del part, lines
        return Learnt(())

    def _prepared(self, report: Report, lines: Sequence[Line], *, first_line: int) -> attribution.Reading:
        quotes: list[Quotation] = find_quotations(report.text, [line for line, _ in lines])
        sentences: list[Sentence] = [
            sentence
            for number, (line, kind) in enumerate(lines)
            for sentence in sentences_of(report.text, line, first_line + number, kind, quotes)
        ]
        return attribution.prepare(report.text, quotes, sentences)

    def _statements(
        self, report: Report, part: attribution.Reading, model: Learnt
    ) -> tuple[list[Statement], list[Mention]]:
        found = inheritance.hand_on(part, attribution.attribute(part))
        found = inheritance.hand_on(part, speakers(part, found, model))
        drafts = drafts_of(part, found, further(part, indirect.find_indirect(part), model))
        subjects = [attribution.subject_of(sentence) for sentence in part.sentences]
        resolver = Resolver(report.text, part.sentences, subjects, [q.outer for q in part.quotes])
        made, _ = statements.build(part, drafts, report.id, resolver)
        return made, list(resolver.mentions(report.id).values())


class EnglishReader(EnglishRules):
    """Reads English by rules and by the trained model that comes with the package. Implements the Reader interface.

    The marks decide where quotations stand, the rules who speaks beside them; the model names speakers that they
    leave open, finds indirect speech that they miss, and everything that is ascribed to anybody. `read` raises
    DamagedModel when the model's files are not what they should be.
    """

    maker = Maker("reading.english", "2")

    def _learnt(self, part: attribution.Reading, lines: Sequence[Line]) -> Learnt:
        return learnt(part, ascribed(part.text, [line for line, _ in lines], part.quotes))


def _unique(mentions: Sequence[Mention]) -> list[Mention]:
    """Each mention once: captions are read apart from the body and may name the same source at other places."""
    return list({mention.id: mention for mention in mentions}.values())


def _distinct(found: Sequence[Statement]) -> list[Statement]:
    return list({statement.id: statement for statement in found}.values())


def _kind_of(report: Report, at: int) -> PassageKind:
    return next((p.kind for p in report.passages if p.span.start <= at < p.span.end), PassageKind.BODY)


def _figures(report: Report, sentences: Sequence[Span]) -> tuple[Figure, ...]:
    return find_figures(report.text, sentences, report=report.id, kind_of=lambda at: _kind_of(report, at))


def _dates(report: Report, sentences: Sequence[Span]) -> tuple[DateMention, ...]:
    return find_dates(report.text, sentences, report=report.id, published=report.info.day)


def _attributed(figures: Sequence[Figure], found: Sequence[Statement]) -> tuple[Figure, ...]:
    """Give each figure the statement whose words carry it, the shortest one when several do."""
    out: list[Figure] = []
    for figure in figures:
        holders = [s for s in found if any(span.shared(figure.span) * 2 > figure.span.length for span in s.content)]
        holder = min(holders, key=lambda s: (sum(span.length for span in s.content), s.id), default=None)
        certain = holder is not None and holder.certainty is not Certainty.UNCLEAR
        out.append(
            replace(figure, statement=holder.id, source=holder.source if certain else None) if holder else figure
        )
    return tuple(out)


def _citations(report: Report, found: Sequence[Statement], mentions: Sequence[Mention]) -> tuple[Citation, ...]:
    made: dict[tuple[Span, CitationKind], str] = {}
    for statement in found:
        if statement.told_to and is_outlet(statement.told_to.text):
            made[statement.told_to.span, CitationKind.TOLD] = statement.told_to.text
        for relay in statement.via:
            made[relay.span, CitationKind.REPORTED_BY] = relay.text
    for mention in mentions:
        if mention.kind in {SourceKind.OUTLET, SourceKind.AGENCY}:
            made[mention.span, CitationKind.REPORTED_BY] = mention.text
    for match in _CREDIT.finditer(report.text):
        group = next(name for name in "abcd" if match.group(name))
        name = match.group(group).strip()
        if group in "ab" or is_agency(name):
            made[Span(*match.span(group)), CitationKind.CREDIT] = name
    return tuple(
        Citation(make_id("citation", report.id, span.start, span.end, kind.value), report.id, span, kind, name)
        for (span, kind), name in sorted(made.items())
        if name.strip()
    )
