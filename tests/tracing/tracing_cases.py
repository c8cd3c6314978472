"""A small language for invented reports: text, and who is said in it to have said which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.model import (
    Basis,
    Bound,
    Certainty,
    Citation,
    CitationKind,
    Figure,
    Form,
    Mention,
    Noted,
    Origin,
    Passage,
    PassageKind,
    Reading,
    Relay,
    Report,
    ReportInfo,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
    ToldTo,
    Traced,
    Utterance,
    make_id,
    sha256_text,
)
from headwater.tracing import trace


@dataclass(frozen=True)
class Said:
    """`words` (found in the text) said by `who`; `told` are words of the text too."""

    words: str
    who: str | None
    form: Form = Form.DIRECT
    kind: SourceKind = SourceKind.PERSON
    told: str | None = None
    named: bool | None = None
    quotation: str | None = None
    stance: Stance = Stance.ASSERTS
    passage: PassageKind = PassageKind.BODY
    via: str | None = None


@dataclass(frozen=True)
class Pile:
    """Reports with their readings."""

    reports: tuple[Report, ...]
    readings: tuple[Reading, ...]

    def traced(self) -> Traced:
        return trace(self.reports, self.readings)[0]


def report(
    text: str,
    *said: Said,
    outlet: str | None = None,
    day: str | None = None,
    furniture: str | None = None,
    cites: Sequence[tuple[str, CitationKind]] = (),
    figures: Sequence[tuple[str, int | None, int | None, str | None]] = (),
) -> tuple[Report, Reading]:
    """Build one report and its reading; each source is one mention of the report."""
    given = Noted(outlet, Basis.GIVEN) if outlet else None
    when = Noted(day, Basis.GIVEN) if day else None
    ident = make_id("report", text, outlet, day)
    info = ReportInfo(ident, f"{ident}.txt", (f"{ident}.txt",), "0" * 64, sha256_text(text), "utf-8", given, None, when)
    mentions: dict[str, Mention] = {}
    for item in said:
        if item.who and item.who not in mentions:
            mentions[item.who] = _mention(ident, text, item)
    statements = [_statement(ident, text, item, mentions) for item in said]
    return Report(info, text, _passages(text, furniture)), Reading(
        report=ident,
        mentions=tuple(mentions.values()),
        statements=tuple(statements),
        figures=tuple(
            _figure(ident, text, words, low, high, mentions.get(who or "")) for words, low, high, who in figures
        ),
        citations=tuple(
            Citation(make_id("citation", ident, name), ident, _find(text, name), kind, name) for name, kind in cites
        ),
    )


def _find(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _passages(text: str, furniture: str | None) -> tuple[Passage, ...]:
    if not furniture:
        return (Passage(Span(0, len(text)), PassageKind.BODY),)
    cut = _find(text, furniture)
    return (Passage(Span(0, cut.start), PassageKind.BODY), Passage(cut, PassageKind.FURNITURE))


def _mention(ident: str, text: str, item: Said) -> Mention:
    who = item.who or ""
    span = _find(text, who) if who in text else Span(0, 1)
    named = any(word[0].isupper() for word in who.split()[1:] or who.split()) if item.named is None else item.named
    return Mention(make_id("mention", ident, who), ident, who, span, item.kind, named, plural=False, spans=(span,))


def _statement(ident: str, text: str, item: Said, mentions: dict[str, Mention]) -> Statement:
    span = _find(text, item.words)
    return Statement(
        id=make_id("statement", ident, span.start, span.end),
        report=ident,
        content=(span,),
        text=item.words,
        form=item.form,
        source=mentions[item.who].id if item.who else None,
        source_span=None,
        cue=None,
        told_to=ToldTo(item.told, _find(text, item.told)) if item.told else None,
        certainty=Certainty.CLEAR,
        stance=item.stance,
        passage=item.passage,
        via=(Relay(item.via, _find(text, item.via)),) if item.via else (),
        quotation=item.quotation,
    )


def _figure(ident: str, text: str, words: str, low: int | None, high: int | None, who: Mention | None) -> Figure:
    span = _find(text, words)
    mention = who.id if who else None
    return Figure(
        make_id("figure", ident, words), ident, span, words, low, high, Bound.EXACT, "people", "held", source=mention
    )


def pile(*items: tuple[Report, Reading]) -> Pile:
    return Pile(tuple(item[0] for item in items), tuple(item[1] for item in items))


def together(traced: Traced, readings: Sequence[Reading]) -> list[set[str]]:
    """The texts of the statements of each utterance that has more than one."""
    words = {statement.id: statement.text for reading in readings for statement in reading.statements}
    return [{words[s] for s in u.statements} for u in traced.utterances if len(u.statements) > 1]


def utterance_of(traced: Traced, statement: str) -> Utterance:
    return next(u for u in traced.utterances if statement in u.statements)


def origin_of(traced: Traced, statement: str) -> Origin | None:
    return next((o for o in traced.origins if statement in o.statements), None)


def source_named(traced: Traced, name: str) -> Source:
    return next(source for source in traced.sources if name in source.names)
