"""Short invented texts as reports, and their readings as a person would note them. Holds no test of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from _pytest.mark.structures import ParameterSet

from headwater.intake.passages import divide
from headwater.model import (
    Basis,
    Certainty,
    Form,
    Mention,
    Noted,
    Passage,
    PassageKind,
    Reading,
    Report,
    ReportInfo,
    Span,
    Stance,
    Statement,
    sha256_text,
)
from headwater.reading import reader_for


def report_of(text: str, *, passages: tuple[Passage, ...] | None = None) -> Report:
    """Return a report whose whole text is body, unless its passages are given."""
    digest = sha256_text(text)
    info = ReportInfo(
        id=f"report-{digest[:12]}",
        file="report.txt",
        files=("report.txt",),
        sha256=digest,
        text_sha256=digest,
        encoding="utf-8",
        outlet=Noted("The Corran Herald", Basis.GIVEN),
        published=Noted("2031-05-17", Basis.GIVEN),
    )
    if passages is None:
        passages = (Passage(Span(0, len(text)), PassageKind.BODY),) if text.strip() else ()
    return Report(info, text, passages)


def divided(text: str) -> Report:
    """Return a report with the passages that intake finds: headline, captions, by-lines, furniture."""
    return report_of(text, passages=divide(text))


def reading_of(report: Report) -> Reading:
    """Return the reading of a report by the English rules."""
    return reader_for("en").read(report)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as a person would note it; None where nothing is named. `names` are all words for the source."""

    text: str
    who: str | None
    names: tuple[str, ...]
    beside: str | None
    cue: str | None
    told: str | None
    mention: Mention | None
    statement: Statement

    @property
    def form(self) -> Form:
        """Direct, mixed or indirect."""
        return self.statement.form

    @property
    def certainty(self) -> Certainty:
        """How clearly the source is shown."""
        return self.statement.certainty

    @property
    def stance(self) -> Stance:
        """What the statement does with what it speaks of."""
        return self.statement.stance

    @property
    def via(self) -> tuple[str, ...]:
        """Relays between source and report."""
        return tuple(relay.text for relay in self.statement.via)

    @property
    def behind(self) -> tuple[str, ...]:
        """Whom the source relies on."""
        return tuple(relay.text for relay in self.statement.behind)

    def is_by(self, name: str) -> bool:
        """Return True when the words `name` stand among the names of the source, whatever the case."""
        return any(name.lower() in known.lower() for known in self.names)


def said_in(report: Report) -> list[Said]:
    """Return every statement of a report in reading order."""
    reading = reading_of(report)
    mentions = {mention.id: mention for mention in reading.mentions}
    return [_said(report.text, s, mentions.get(s.source) if s.source else None) for s in reading.statements]


def said(text: str) -> list[Said]:
    """Return every statement of a text that is all body."""
    return said_in(report_of(text))


def carrying(found: list[Said], text: str, words: str) -> list[Said]:
    """Return the statements whose places lie on `words` (which stand in `text` once), fullest share first."""
    start = text.index(words)
    place = Span(start, start + len(words))
    held = [(sum(s.shared(place) for s in item.statement.content), item) for item in found]
    return [item for shared, item in sorted(held, key=lambda pair: -pair[0]) if shared]


def only(text: str, words: str) -> Said:
    """Return the one statement of the text that lies on `words`. Raises LookupError when none or several do."""
    held = carrying(said(text), text, words)
    if len(held) != 1:
        raise LookupError(f"{len(held)} statements on {words!r}: {[item.text for item in held]}")
    return held[0]


def _said(text: str, statement: Statement, mention: Mention | None) -> Said:
    return Said(
        text=statement.text,
        who=mention.text if mention else None,
        names=(mention.text, *mention.aliases) if mention else (),
        beside=statement.source_span.of(text) if statement.source_span else None,
        cue=statement.cue.of(text) if statement.cue else None,
        told=statement.told_to.text if statement.told_to else None,
        mention=mention,
        statement=statement,
    )


def wrong(why: str, *row: object) -> ParameterSet:
    """Return a row of a table that comes out wrong today. Strict: once it is right the row loses this mark."""
    return pytest.param(*row, marks=pytest.mark.xfail(strict=True, reason=why))
