"""Words that are withheld: whose they are, where they stand, and where other strings repeat them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from headwater.model import Case, Reading, Span, Statement, SubjectKind, words
from headwater.protection.plan import Plan
from headwater.protection.replacing import Edit

WITHHELD_WORDS = "[words withheld]"
# Runs of withheld words that are withheld elsewhere too: in reasons, titles and names, where a phrase of four words of
# a testimony is hardly chance; and in the texts of other reports, where stock phrases of five and six words are many.
RUN_IN_RECORDS = 4
RUN_IN_TEXTS = 7


@dataclass(frozen=True, slots=True)
class Withheld:
    """The statements, figures and reports whose words do not leave, and the spans of each report that hold them."""

    statements: frozenset[str]
    figures: frozenset[str]
    reports: frozenset[str]
    spans: dict[str, tuple[Span, ...]]

    def covers(self, report: str, span: Span) -> bool:
        """True when the place lies in withheld words."""
        return report in self.reports or any(each.overlaps(span) for each in self.spans.get(report, ()))


def withheld(case: Case, plan: Plan) -> Withheld:
    """Return what the plan withholds: all renderings of what its sources said, and all that stands in its reports."""
    mentions = {each for mask in plan.of(SubjectKind.SOURCE) if mask.withheld for each in mask.ids}
    reports = frozenset(each for mask in plan.of(SubjectKind.REPORT) if mask.withheld for each in mask.ids)
    said = {each.id: each for reading in ever_read(case) for each in reading.statements}
    own = {each.id for each in said.values() if each.source in mentions or each.report in reports}
    theirs = {each.id for each in said.values() if each.source in mentions}
    for utterance in case.traced.utterances:
        if theirs & set(utterance.statements):
            own.update(utterance.statements)
    own.update(_same_words(said.values(), own))
    spans: dict[str, tuple[Span, ...]] = {}
    for each in sorted(own & said.keys()):
        spans[said[each].report] = (*spans.get(said[each].report, ()), *said[each].content)
    found = Withheld(frozenset(own), frozenset(), reports, spans)
    figures = frozenset(
        each.id
        for reading in ever_read(case)
        for each in reading.figures
        if each.source in mentions or each.statement in own or found.covers(each.report, each.span)
    )
    for reading in ever_read(case):
        for figure in reading.figures:
            if figure.id in figures:
                spans[figure.report] = (*spans.get(figure.report, ()), figure.span)
    return Withheld(frozenset(own), figures, reports, spans)


def _same_words(said: Iterable[Statement], own: set[str]) -> Iterator[str]:
    """Yield the statements, whoever they are given to, of which every run of words stands in withheld statements."""
    rows = {each.id: tuple(word.key for word in words(each.text)) for each in said}
    grams = {gram for each in own for gram in _grams(rows[each], RUN_IN_RECORDS)}
    for each, keys in rows.items():
        if len(keys) >= RUN_IN_RECORDS and all(gram in grams for gram in _grams(keys, RUN_IN_RECORDS)):
            yield each


def _grams(keys: tuple[str, ...], run: int) -> Iterator[tuple[str, ...]]:
    return (keys[at : at + run] for at in range(len(keys) - run + 1))


def ever_read(case: Case) -> Iterator[Reading]:
    """Yield the readings as they were made, then as they are: what a person rejected was said all the same."""
    yield from case.as_read
    yield from case.readings


def withheld_texts(case: Case, found: Withheld) -> list[str]:
    """Return the words of the withheld statements."""
    return [each.text for reading in ever_read(case) for each in reading.statements if each.id in found.statements]


class Repeats:
    """Finds runs of withheld words in other strings, on folded words. A shorter string must be all of what was said."""

    def __init__(self, texts: Iterable[str], run: int) -> None:
        self._run = run
        self._grams: set[tuple[str, ...]] = set()
        self._whole: set[tuple[str, ...]] = set()
        for text in texts:
            keys = tuple(each.key for each in words(text))
            if len(keys) > 1:
                self._whole.add(keys)
            self._grams.update(_grams(keys, run))

    def edits(self, text: str) -> Iterator[Edit]:
        """Yield every run of withheld words in `text`."""
        if not self._whole:
            return
        found = words(text)
        keys = tuple(each.key for each in found)
        if keys in self._whole:
            yield Edit(found[0].start, found[-1].end, WITHHELD_WORDS)
            return
        at = 0
        while at + self._run <= len(keys):
            end = at
            while keys[end : end + self._run] in self._grams:
                end += 1
            if end > at:
                yield Edit(found[at].start, found[end + self._run - 2].end, WITHHELD_WORDS)
                at = end + self._run - 1
            else:
                at += 1
