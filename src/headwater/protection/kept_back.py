"""What is more than words in a record whose words are withheld: numbers, days, kinds of acts and names read in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from headwater.model import (
    Case,
    Citation,
    Cited,
    Claim,
    Comparison,
    DateMention,
    Figure,
    Hop,
    Mention,
    MissingDocument,
    Origin,
    Pattern,
    Place,
    Reading,
    Source,
    Span,
    TimelineEntry,
)
from headwater.protection.withheld import WITHHELD_WORDS, Withheld, ever_read

_W = WITHHELD_WORDS


class KeptBack:
    """Takes out of a record that was made anew what its withheld words would still say. The rest it leaves alone."""

    def __init__(self, case: Case, withheld: Withheld) -> None:
        self._withheld = withheld
        self._report_of = {each.id: each.report for reading in case.readings for each in reading.mentions}
        self._figures: dict[str, set[str]] = {}
        for reading in ever_read(case):
            said = {each.text for each in reading.figures if each.id in withheld.figures}
            self._figures.setdefault(reading.report, set()).update(said)
        self._rules: dict[type, Callable[[Any, Any], Any]] = {
            Mention: self._mention,
            Figure: self._figure,
            DateMention: self._date,
            Citation: self._citation,
            Reading: self._reading,
            TimelineEntry: self._entry,
            Source: self._source,
            Origin: self._origin,
            Cited: self._named_at,
            MissingDocument: self._named_at,
            Hop: self._hop,
            Claim: self._claim,
            Pattern: self._pattern,
            Comparison: self._comparison,
        }

    def __call__(self, value: Any, made: Any) -> Any:
        """Return `made`, the new form of the record `value`, without what is withheld."""
        rule = self._rules.get(type(value))
        return rule(value, made) if rule else made

    def _gone(self, report: str) -> bool:
        return report in self._withheld.reports

    def _mention(self, value: Mention, made: Mention) -> Mention:
        return replace(made, text=_W, aliases=()) if self._gone(value.report) else made

    def _figure(self, value: Figure, made: Figure) -> Figure:
        if value.id not in self._withheld.figures:
            return made
        return replace(made, low=None, high=None, unit=_W, act=None, whom=None, place=None, when=None)

    def _date(self, value: DateMention, made: DateMention) -> DateMention:
        if not self._withheld.covers(value.report, value.span):
            return made
        return replace(made, text=_W, earliest=None, latest=None, resolved=False)

    def _citation(self, value: Citation, made: Citation) -> Citation:
        return replace(made, name=_W) if self._withheld.covers(value.report, value.span) else made

    def _reading(self, value: Reading, made: Reading) -> Reading:
        return replace(made, notes=()) if self._gone(value.report) else made

    def _entry(self, value: TimelineEntry, made: TimelineEntry) -> TimelineEntry:
        if value.publication:
            return made
        if self._withheld.covers(value.report, Span(value.start, value.end)):
            return replace(made, what=_W, earliest=None, latest=None)
        # A day that leaves is told by the figure that stands next to it.
        near = any(words in value.what for words in self._figures.get(value.report, ()))
        return replace(made, what=_W) if near else made

    def _source(self, value: Source, made: Source) -> Source:
        reports = {self._report_of[each] for each in value.mentions if each in self._report_of}
        return replace(made, name=_W, names=(_W,)) if reports and all(map(self._gone, reports)) else made

    def _origin(self, value: Origin, made: Origin) -> Origin:
        if value.reports and all(map(self._gone, value.reports)):
            return replace(made, name=_W, told_to=_W if value.told_to else None)
        if value.told_to and value.told_to_in and all(map(self._gone, value.told_to_in)):
            return replace(made, told_to=_W)
        return made

    def _named_at(self, value: Cited | MissingDocument, made: Any) -> Any:
        if not value.places or not all(self._at(each) for each in value.places):
            return made
        said = {"sentence": _W} if isinstance(value, MissingDocument) else {}
        return replace(made, name=_W, names=(_W,), **said)

    def _hop(self, value: Hop, made: Hop) -> Hop:
        return replace(made, words=_W) if value.place and self._at(value.place) else made

    def _at(self, place: Place) -> bool:
        return self._withheld.covers(place.report, place.span)

    def _claim(self, value: Claim, made: Claim) -> Claim:
        return replace(made, text=_W) if self._rests(*value.statements, *value.figures) else made

    def _pattern(self, value: Pattern, made: Pattern) -> Pattern:
        return replace(made, act=_W) if self._rests(*value.statements) else made

    def _comparison(self, value: Comparison, made: Comparison) -> Comparison:
        return replace(made, reason=_W) if self._rests(value.a, value.b) else made

    def _rests(self, *records: str) -> bool:
        return any(each in self._withheld.statements or each in self._withheld.figures for each in records)
