"""What a reading must be whatever reader made it, checked. Compares ids and places; never judges what was read."""

from __future__ import annotations

from collections.abc import Iterator

from headwater.model import Attribution, Citation, DateMention, Figure, Mention, Reading, Report, Span, Statement


def faults(report: Report, reading: Reading) -> Iterator[str]:
    """Yield, in half a sentence each, what in a reading does not hold. No words of the report are quoted."""
    if reading.report != report.id:
        yield "the reading belongs to another report"
    records: tuple[Mention | Statement | Figure | DateMention | Citation | Attribution, ...] = (
        *reading.mentions,
        *reading.statements,
        *reading.figures,
        *reading.dates,
        *reading.citations,
        *reading.attributions,
    )
    if any(record.report != report.id for record in records):
        yield "a record of the reading belongs to another report"
    if len({record.id for record in records}) != len(records):
        yield "two records of the reading share an id"
    if any(not 0 <= span.start < span.end <= len(report.text) for span in _spans(reading)):
        yield "a place does not fit the text of the report"
    elif any(each.text != " ... ".join(span.of(report.text) for span in each.content) for each in reading.statements):
        yield "the text of a statement is not the words at its places"
    if not _named(reading) <= {mention.id for mention in reading.mentions}:
        yield "a source is named that is no mention of the reading"
    holders = {each.inside for each in reading.statements} | {figure.statement for figure in reading.figures}
    if not holders <= {None, *(each.id for each in reading.statements)}:
        yield "a statement is named that the reading does not hold"


def _spans(reading: Reading) -> Iterator[Span]:
    yield from (figure.span for figure in reading.figures)
    yield from (date.span for date in reading.dates)
    yield from (citation.span for citation in reading.citations)
    for mention in reading.mentions:
        yield mention.span
        yield from mention.spans
    for statement in reading.statements:
        yield from statement.content
        yield from (relay.span for relay in (*statement.via, *statement.behind))
        yield from (span for span in (statement.source_span, statement.cue) if span is not None)
        if statement.told_to:
            yield statement.told_to.span
    for attribution in reading.attributions:
        yield from (*attribution.source, *attribution.content)
        if attribution.cue is not None:
            yield attribution.cue


def _named(reading: Reading) -> set[str]:
    named = {each.source for each in reading.statements} | {figure.source for figure in reading.figures}
    named |= {relay.mention for each in reading.statements for relay in (*each.via, *each.behind)}
    return {each for each in named if each is not None}
