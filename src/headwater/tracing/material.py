"""Statements made ready for comparing: their words as roots, weights learned from this case, order of the reports.

Read-only views on reports and readings; nothing here decides that two things belong together.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from headwater.model import Form, Mention, Reading, Report, Span, Statement, words
from headwater.tracing.roots import NEGATIONS, SAYING, compound, is_light, number_in, root

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9])|\n+")
# Words that make grammar keep a little weight, so that of two equal overlaps the wordwise closer one wins.
_LIGHT_WEIGHT = 0.04
_LEAST_WEIGHT = 0.15
# Of a statement of no more words than this, none is left out.
_FEW = 3
# Above this share of capitals a text is set like a headline, and capitals say nothing about names.
_HEADLINE_CAPITALS = 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement ready for comparing. `order` is the place in the fixed order of all statements of the case.

    `day` is the day of publication of its report, in days since the year 1, None where it is not known to the day.
    """

    order: int
    statement: Statement
    rank: int
    keys: tuple[str, ...]
    roots: tuple[str, ...]
    names: frozenset[int]
    numbers: frozenset[str]
    negations: frozenset[int]
    mention: Mention | None
    day: int | None = None

    @property
    def span(self) -> Span:
        """The whole stretch from the first to the last word of the content."""
        return Span(self.statement.content[0].start, self.statement.content[-1].end)


@dataclass(frozen=True, slots=True)
class Folded:
    """The words of a text in order: where each starts and ends, its folded key and its root."""

    starts: array[int]
    ends: array[int]
    keys: list[str]
    roots: list[str]

    def within(self, span: Span) -> range:
        """The words that begin inside a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))


@dataclass(frozen=True, slots=True)
class Material:
    """All that tracing compares, in an order that does not depend on the order of the input."""

    reports: tuple[Report, ...]
    readings: tuple[Reading, ...]
    folded: tuple[Folded, ...]
    sentences: tuple[tuple[Span, ...], ...]
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
        self._telling: dict[str, float] = {}
        self._hefts: dict[tuple[str, ...], float] = {}
        self._bags: dict[tuple[str, ...], Counter[str]] = {}

    def of(self, shape: str) -> float:
        """Return the weight of one root."""
        known = self._known.get(shape)
        if known is None:
            rare = math.log(self._total / max(1, self._seen[shape])) / self._top
            known = _LIGHT_WEIGHT if is_light(shape) else max(_LEAST_WEIGHT, rare)
            self._known[shape] = known
        return known

    def telling(self, shape: str) -> float:
        """Return the weight of one root, 0 for a root that carries grammar."""
        known = self._telling.get(shape)
        if known is None:
            known = self._telling[shape] = 0.0 if is_light(shape) else self.of(shape)
        return known

    def heft(self, shapes: tuple[str, ...]) -> float:
        """Return the summed weight of all roots of a statement."""
        known = self._hefts.get(shapes)
        if known is None:
            known = self._hefts[shapes] = sum(map(self.of, shapes))
        return known

    def bag(self, shapes: tuple[str, ...]) -> Counter[str]:
        """Return how often each root stands in a statement, in the order of first standing; not to be changed."""
        known = self._bags.get(shapes)
        if known is None:
            known = self._bags[shapes] = Counter(shapes)
        return known

    def mass(self, shapes: Iterable[str]) -> float:
        """Return the summed weight of the roots that carry content."""
        return sum(map(self.telling, shapes))


def prepare(reports: Sequence[Report], readings: Sequence[Reading]) -> Material:
    """Put reports, statements and mentions into their fixed order and make the statements comparable."""
    by_id = {reading.report: reading for reading in readings}
    ordered = tuple(sorted(reports, key=lambda report: (moment(report) or "9999", report.id)))
    read = tuple(by_id.get(report.id, Reading(report.id)) for report in ordered)
    mentions = tuple(mention for reading in read for mention in reading.mentions)
    who = {mention.id: mention for mention in mentions}
    folded = tuple(fold_text(report.text) for report in ordered)
    parts = tuple(tuple(sentences(report.text)) for report in ordered)
    pieces = [
        piece_of(statement, report, folded[rank], rank, who.get(statement.source or ""))
        for rank, (report, reading) in enumerate(zip(ordered, read, strict=True))
        for statement in sorted(reading.statements, key=lambda item: (item.content, item.id))
    ]
    weights = Weights(
        frozenset(found.roots[i] for i in found.within(span))
        for found, spans in zip(folded, parts, strict=True)
        for span in spans
    )
    numbered = tuple(replace(piece, order=order) for order, piece in enumerate(pieces))
    return Material(ordered, read, folded, parts, numbered, mentions, weights)


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


def fold_text(text: str) -> Folded:
    """Fold a whole text once; "twenty-one" becomes one word with the root "21"."""
    starts, ends = array("I"), array("I")
    folded: list[str] = []
    roots: list[str] = []
    behind = -1  # where a word begins that stands one blank or hyphen behind the last one
    for start, end, key in words(text):
        shape = root(key)
        both = compound(roots[-1], shape) if start == behind and len(shape) == 1 else None
        if both and not key[0].isdigit():
            ends[-1], folded[-1], roots[-1] = end, both, both
        else:
            starts.append(start)
            ends.append(end)
            folded.append(key)
            roots.append(shape)
        behind = end + 1
    return Folded(starts, ends, folded, roots)


def with_readings(material: Material, changed: Mapping[int, Reading]) -> Material:
    """Return the material with other readings for some reports (by rank); the weights of words stay what they were."""
    if not changed:
        return material
    pieces = [piece for piece in material.pieces if piece.rank not in changed]
    for rank, reading in changed.items():
        who = {mention.id: mention for mention in reading.mentions}
        pieces += [
            piece_of(each, material.reports[rank], material.folded[rank], rank, who.get(each.source or ""))
            for each in reading.statements
        ]
    pieces.sort(key=lambda piece: (piece.rank, piece.statement.content, piece.statement.id))
    numbered = tuple(replace(piece, order=order) for order, piece in enumerate(pieces))
    readings = tuple(changed.get(rank, reading) for rank, reading in enumerate(material.readings))
    mentions = tuple(mention for reading in readings for mention in reading.mentions)
    return replace(material, readings=readings, pieces=numbered, mentions=mentions)


def piece_of(statement: Statement, report: Report, folded: Folded, rank: int, mention: Mention | None) -> Piece:
    """Make one statement ready for comparing; its `order` is set when all are known."""
    found = [i for span in statement.content for i in folded.within(span)]
    if statement.form is Form.INDIRECT and _opens_with_saying([folded.roots[i] for i in found]):
        found = found[1:]
    keys = tuple(folded.keys[i] for i in found)
    return Piece(
        order=0,
        statement=statement,
        rank=rank,
        keys=keys,
        roots=tuple(folded.roots[i] for i in found),
        names=_names([folded.starts[i] for i in found], keys, report.text),
        numbers=frozenset(shape for shape in (folded.roots[i] for i in found) if number_in(shape)),
        negations=frozenset(i for i, key in enumerate(keys) if key in NEGATIONS),
        mention=mention,
        day=date.fromisoformat(report.info.day).toordinal() if report.info.day else None,
    )


def _opens_with_saying(roots: Sequence[str]) -> bool:
    """True for "called it a hollow pumpkin": the verb is the report's. In "called for a strike" it is what was said."""
    return len(roots) > _FEW and roots[0] in SAYING and {"for", "on"}.isdisjoint(roots[1 : 1 + _FEW])


def _names(starts: Sequence[int], keys: Sequence[str], text: str) -> frozenset[int]:
    """Which words are names: capitalised in mid-sentence, in words that are not all set in capitals."""
    content = [i for i, key in enumerate(keys) if not is_light(key) and not key[0].isdigit()]
    capital = {i for i in content if text[starts[i]].isupper()}
    if len(capital) > _HEADLINE_CAPITALS * len(content):
        return frozenset()
    return frozenset(i for i in capital if i and not _opens(text, starts[i]))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \"'“‘«(")
    return not before or before[-1] in ".!?:\n…"
