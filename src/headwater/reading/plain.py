"""The smallest ways in and out: a text read into its statements, and statements told as attributions."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.model import (
    Attribution,
    Basis,
    CueKind,
    Noted,
    Reading,
    Span,
    Statement,
    make_id,
    plain_report,
)
from headwater.reading.registry import reader_for


def read(text: str, *, language: str | None = None, reader: str | None = None) -> tuple[Statement, ...]:
    """Return what somebody is said to have said in a text, sentence by sentence, in reading order.

        >>> from headwater.reading import read
        >>> [(said.text, said.source_span) for said in read("The road is closed, Oda Renn said.")]
        [('The road is closed', Span(start=20, end=28))]

    Spans are code points of `text`, all of which is taken as the body of one report. `language` is a code such as "en"
    (None: not known, read as English), `reader` the name of a reader. Raises ReaderUnusable when there is none.
    """
    report = plain_report(text, language=Noted(language, Basis.GIVEN) if language else None)
    return reader_for(language, reader).read(report).statements


def attributions_of(text: str, reading: Reading) -> tuple[Attribution, ...]:
    """Return the attributions of a reading; where its reader made none, those that its statements amount to.

    The sentences of one quotation become one attribution. `text` is the text that was read.
    """
    if reading.attributions:
        return reading.attributions
    groups: dict[str, list[Statement]] = {}
    for statement in reading.statements:
        groups.setdefault(statement.quotation or statement.id, []).append(statement)
    return tuple(_attribution(text, each) for each in groups.values())


def _attribution(text: str, said: Sequence[Statement]) -> Attribution:
    report = said[0].report
    content = _closed(text, sorted({span for each in said for span in each.content}))
    source = sorted({each.source_span for each in said if each.source_span})
    return Attribution(
        id=make_id("attribution", report, *(edge for span in content for edge in span), said[0].id),
        report=report,
        source=tuple(source),
        cue=next((each.cue for each in said if each.cue), None),
        content=content,
        kind=CueKind.SPEECH,
        probability=min(1.0 if each.probability is None else each.probability for each in said),
    )


def _closed(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans with those made one that only white space parts: sentences of one quotation follow so."""
    closed = [spans[0]]
    for span in spans[1:]:
        last = closed[-1]
        if span.start <= last.end or text[last.end : span.start].isspace():
            closed[-1] = Span(last.start, max(last.end, span.end))
        else:
            closed.append(span)
    return tuple(closed)
