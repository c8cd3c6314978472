"""Statements made ready for comparing: their words as roots, weights learned from this case, order of the reports.

Read-only views on reports and readings; nothing here decides that two things belong together.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from headwater.model import Mention, Reading, Report, Span, Statement, Word, words
from headwater.tracing.roots import NEGATIONS, compound, is_light, number_in, root

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9])|\n+")
# Words that make grammar keep a little weight, so that of two equal overlaps the wordwise closer one wins.
_LIGHT_WEIGHT = 0.04
_LEAST_WEIGHT = 0.15
# Above this share of capitals a text is set like a headline, and capitals say nothing about names.
_HEADLINE_CAPITALS = 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement ready for comparing. `order` is the place in the fixed order of all statements of the case."""

    order: int
    statement: Statement
    rank: int
    keys: tuple[str, ...]
    roots: tuple[str, ...]
    names: frozenset[int]
    negations: frozenset[int]
    mention: Mention | None

    @property
    def span(self) -> Span:
        """The whole stretch from the first to the last word of the content."""
        return Span(self.statement.content[0].start, self.statement.content[-1].end)


@dataclass(frozen=True, slots=True)
class Material:
    """All that tracing compares, in an order that does not depend on the order of the input."""

    reports: tuple[Report, ...]
    readings: tuple[Reading, ...]
    pieces: tuple[Piece, ...]
    mentions: tuple[Mention, ...]
    weights: Weights


class Weights:
    """How much a shared root tells, from 0 to 1: rare in this case tells most."""

    def __init__(self, sentences: Iterable[frozenset[str]]) -> None:
        distinct = set(sentences)
        self._seen = Counter(shape for sentence in distinct for shape in sentence)
        self._top = math.log(len(distinct) + 2)
        self._total = len(distinct) + 2
        self._known: dict[str, float] = {}

    def of(self, shape: str) -> float:
        """Return the weight of one root."""
        known = self._known.get(shape)
        if known is None:
            rare = math.log(self._total / max(1, self._seen[shape])) / self._top
            known = _LIGHT_WEIGHT if is_light(shape) else max(_LEAST_WEIGHT, rare)
            self._known[shape] = known
        return known

    def mass(self, shapes: Iterable[str]) -> float:
        """Return the summed weight of the roots that carry content."""
        return sum(self.of(shape) for shape in shapes if not is_light(shape))


def prepare(reports: Sequence[Report], readings: Sequence[Reading]) -> Material:
    """Put reports, statements and mentions into their fixed order and make the statements comparable."""
    by_id = {reading.report: reading for reading in readings}
    ordered = tuple(sorted(reports, key=lambda report: (moment(report) or "9999", report.id)))
    read = tuple(by_id.get(report.id, Reading(report.id)) for report in ordered)
    mentions = tuple(mention for reading in read for mention in reading.mentions)
    who = {mention.id: mention for mention in mentions}
    pieces: list[Piece] = []
    for rank, (report, reading) in enumerate(zip(ordered, read, strict=True)):
        for statement in sorted(reading.statements, key=lambda item: (item.content, item.id)):
            mention = who.get(statement.source) if statement.source else None
            pieces.append(_piece(statement, report.text, len(pieces), rank, mention))
    weights = Weights(
        frozenset(folded(report.text, (sentence,))[1]) for report in ordered for sentence in sentences(report.text)
    )
    return Material(ordered, read, tuple(pieces), mentions, weights)


def moment(report: Report) -> str | None:
    """When the report was published, comparable as text within one precision, or None."""
    return report.info.published.value if report.info.published else None


def earlier(first: Report, second: Report) -> bool | None:
    """True when `first` was published before `second`, False when after, None when the dates do not tell."""
    a, b = moment(first), moment(second)
    if not a or not b:
        return None
    day = len("2000-01-01")
    if a[:day] != b[:day]:
        return a[:day] < b[:day] if min(len(a), len(b)) >= day or a[:4] != b[:4] else None
    return _clock_earlier(a, b)


def _clock_earlier(a: str, b: str) -> bool | None:
    try:
        one, two = datetime.fromisoformat(a), datetime.fromisoformat(b)
    except ValueError:
        return None
    if "T" not in a.replace(" ", "T") or "T" not in b.replace(" ", "T"):
        return None
    if (one.tzinfo is None) != (two.tzinfo is None) or one == two:
        return None
    return one < two


def sentences(text: str) -> list[Span]:
    """Return rough sentence spans (also split at line breaks), without white space at the ends."""
    out: list[Span] = []
    start = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.start() + len(match.group().rstrip()) if match else len(text)
        body = text[start:end]
        left = start + len(body) - len(body.lstrip())
        right = start + len(body.rstrip())
        if left < right:
            out.append(Span(left, right))
        start = match.end() if match else end
    return out


def folded(text: str, spans: Iterable[Span]) -> tuple[list[Word], list[str]]:
    """Return the words at the spans and the root of each; "twenty-one" becomes one word with the root "21"."""
    found: list[Word] = []
    shapes: list[str] = []
    for span in spans:
        for word in words(text, span.start, span.end):
            both = compound(shapes[-1], root(word.key)) if shapes and word.key.isalpha() else None
            if both and found[-1].end + 1 == word.start:
                found[-1] = Word(found[-1].start, word.end, both)
                shapes[-1] = both
            else:
                found.append(word)
                shapes.append(root(word.key))
    return found, shapes


def _piece(statement: Statement, text: str, order: int, rank: int, mention: Mention | None) -> Piece:
    found, shapes = folded(text, statement.content)
    return Piece(
        order=order,
        statement=statement,
        rank=rank,
        keys=tuple(word.key for word in found),
        roots=tuple(shapes),
        names=_names(found, text),
        negations=frozenset(i for i, word in enumerate(found) if word.key in NEGATIONS),
        mention=mention,
    )


def _names(found: Sequence[Word], text: str) -> frozenset[int]:
    content = [i for i, word in enumerate(found) if not is_light(word.key) and not word.key[0].isdigit()]
    capital = {i for i in content if text[found[i].start].isupper()}
    if len(capital) > _HEADLINE_CAPITALS * len(content):
        return frozenset()
    return frozenset(i for i in capital if i and not _opens(text, found[i].start))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \"'“‘«(")
    return not before or before[-1] in ".!?:\n…"


def numbers(piece: Piece) -> frozenset[str]:
    """The numbers of a statement that can contradict other numbers."""
    return frozenset(shape for shape in piece.roots if number_in(shape))
