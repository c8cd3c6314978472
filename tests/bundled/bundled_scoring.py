"""Measures a traced case against a gold reading: how much was found, and joined as a careful reader would join it.

Definitions (each 0 to 1):
  quote_recall         direct and mixed statements of the gold reading that found ones cover to 80 %
  quote_precision      found direct and mixed statements of 3+ words that lie to 50 % in such gold statements
  indirect_recall      indirect statements covered to 50 % by anything found
  source, told_to      of the statements found: the words beside it or those of its origin agree with the gold ones
  variant_*, origin_*  pairs of statements of different reports with the same utterance, the same origin
  figure_recall        figures found with the same low and high
  figure_pairs_*       pairs of figures of different reports that count the same thing: in one claim
  reuse_recall         characters of both sides covered by found reuse of the same two reports
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from headwater.model import Case, Figure, Form, Origin, Span, Statement

Row = Mapping[str, Any]

_EMPTY = frozenset(
    "a an the of for and in on at to by from with his her its their one who whom that this is was were be been "
    "mr mrs ms dr sir said man men woman police".split()
)


@dataclass(frozen=True, slots=True)
class Expected:
    """One row of the gold reading at its place in the working text."""

    row: Row
    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class Found:
    """One statement of the case with all that is known of it across reports."""

    statement: Statement
    utterance: str
    origin: Origin | None
    source: str
    told_to: tuple[str, ...]


class Reader:
    """A traced case beside its gold reading. Raises ValueError for gold words that the working text lacks."""

    def __init__(self, case: Case, gold: Row) -> None:
        self.case = case
        self.gold = gold
        self.texts = {report.info.file.rsplit("/", 1)[-1]: report for report in case.received.reports}
        self.statements = [self._expected(row) for row in gold["statements"]]
        self.figures = [self._expected(row) for row in gold["figures"]]
        self.found = self._all_found()
        self.matched = [self.match(each) for each in self.statements]

    def match(self, expected: Expected) -> Found | None:
        """Return the statement found that covers most of an expected one, at least 40 %."""
        best = max(
            self.found[expected.report], key=lambda each: _cover(expected.span, each.statement.content), default=None
        )
        return best if best and _cover(expected.span, best.statement.content) >= 0.4 else None

    def of(self, utterance: str, *, report: str | None = None) -> list[tuple[Expected, Found | None]]:
        """Return the expected statements of one gold utterance with what was found for each."""
        return [
            (expected, found)
            for expected, found in zip(self.statements, self.matched, strict=True)
            if expected.row["utterance"] == utterance and (report is None or expected.row["report"].startswith(report))
        ]

    def figure(self, expected: Expected) -> Figure | None:
        """Return the figure found at the place of an expected one, the one with the same numbers first."""
        reading = next(each for each in self.case.readings if each.report == expected.report)
        touching = [each for each in reading.figures if each.span.overlaps(expected.span)]
        wanted = (expected.row["low"], expected.row["high"])
        return min(
            touching,
            key=lambda each: ((each.low, each.high) != wanted, -each.span.shared(expected.span)),
            default=None,
        )

    def speaker(self, expected: Expected) -> str:
        """Return every word the gold reading has for who said it."""
        speaker = self.gold["origins"][expected.row["origin"]]["speaker"]
        return f"{expected.row['source_text']} {speaker}"

    def _expected(self, row: Row) -> Expected:
        report = self.texts[row["report"]]
        start = -1
        for _ in range(row["nth"] + 1):
            start = report.text.find(row["text"], start + 1)
            if start < 0:
                raise ValueError(f"{row['report']} lacks the words {row['text']!r}")
        return Expected(row, report.id, Span(start, start + len(row["text"])))

    def _all_found(self) -> dict[str, list[Found]]:
        utterance_of = {s: each for each in self.case.traced.utterances for s in each.statements}
        origins = {each.id: each for each in self.case.traced.origins}
        out: dict[str, list[Found]] = defaultdict(list)
        for reading in self.case.readings:
            mentions = {each.id: each.text for each in reading.mentions}
            for statement in reading.statements:
                utterance = utterance_of[statement.id]
                origin = origins.get(utterance.origin or "")
                told = (statement.told_to.text if statement.told_to else None, origin.told_to if origin else None)
                source = mentions.get(statement.source or "", "")
                words = tuple(each for each in told if each)
                out[reading.report].append(Found(statement, utterance.id, origin, source, words))
        return out


def scores(reader: Reader) -> dict[str, float]:
    """Return every measure by name."""
    out = {**_quotations(reader), **_attribution(reader), **_figures(reader), "reuse_recall": _reuse(reader)}
    rows = [each.row for each in reader.statements]
    out |= _pairs("variant", rows, "utterance", [each.utterance if each else None for each in reader.matched])
    out |= _pairs(
        "origin", rows, "origin", [each.origin.id if each and each.origin else None for each in reader.matched]
    )
    return out


def agree(found: str, expected: str) -> bool:
    """True when two wordings can speak of the same source: they share a word that tells, give or take a slip."""
    ours, theirs = _telling(found), _telling(expected)
    if not ours or not theirs:
        return bool(set(_plain(found)) & set(_plain(expected)))
    return any(_close(a, b) for a in ours for b in theirs)


def _quotations(reader: Reader) -> dict[str, float]:
    quoted = [each for each in reader.statements if each.row["form"] != "indirect"]
    indirect = [each for each in reader.statements if each.row["form"] == "indirect"]
    hits = sum(_cover(each.span, _spans(reader.found[each.report], quoted_only=True)) >= 0.8 for each in quoted)
    gold = defaultdict(list)
    for each in quoted:
        gold[each.report].append(each.span)
    long = [
        (report, each.statement.content)
        for report, every in reader.found.items()
        for each in every
        if each.statement.form is not Form.INDIRECT and len(_plain(each.statement.text)) >= 3
    ]
    right = sum(
        sum(_cover(span, gold[report]) * span.length for span in content) >= 0.5 * sum(s.length for s in content)
        for report, content in long
    )
    covered = sum(_cover(each.span, _spans(reader.found[each.report])) >= 0.5 for each in indirect)
    recall, precision = _share(hits, len(quoted)), _share(right, len(long))
    return {
        "quote_recall": recall,
        "quote_precision": precision,
        "quote_f1": _f1(precision, recall),
        "indirect_recall": _share(covered, len(indirect)),
    }


def _attribution(reader: Reader) -> dict[str, float]:
    named = [(e, f) for e, f in zip(reader.statements, reader.matched, strict=True) if f]
    right = sum(
        agree(f.source, reader.speaker(e)) or agree(f.origin.name if f.origin else "", reader.speaker(e))
        for e, f in named
    )
    told = [(f, reader.gold["origins"][e.row["origin"]]["told"]) for e, f in named]
    asked = [(f, words) for f, words in told if words]
    return {
        "source": _share(right, len(named)),
        "told_to": _share(sum(any(agree(t, words) for t in f.told_to) for f, words in asked), len(asked)),
    }


def _figures(reader: Reader) -> dict[str, float]:
    claims = {figure: claim.id for claim in reader.case.weighed.claims for figure in claim.figures}
    found = [reader.figure(each) for each in reader.figures]
    same = sum(
        f is not None and (f.low, f.high) == (e.row["low"], e.row["high"])
        for e, f in zip(reader.figures, found, strict=True)
    )
    rows = [each.row for each in reader.figures]
    pairs = _pairs("figure_pairs", rows, "key", [claims.get(each.id) if each else None for each in found])
    return {"figure_recall": _share(same, len(rows)), **pairs}


def _reuse(reader: Reader) -> float:
    names = {report.id: name for name, report in reader.texts.items()}
    found = [(names[r.a.report], r.a.span, names[r.b.report], r.b.span) for r in reader.case.traced.reuse]
    found += [(b, y, a, x) for a, x, b, y in found]
    total = 0.0
    for row in reader.gold["reuse"]:
        here = [(x, y) for a, x, b, y in found if (a, b) == (row["a"], row["b"])]
        first, second = Span(*row["span_a"]), Span(*row["span_b"])
        total += (_cover(first, [x for x, _ in here]) + _cover(second, [y for _, y in here])) / 2
    return total / len(reader.gold["reuse"])


def _pairs(name: str, rows: Sequence[Row], key: str, ours: Sequence[str | None]) -> dict[str, float]:
    both = found = wanted = 0
    for i, j in combinations(range(len(rows)), 2):
        if rows[i]["report"] == rows[j]["report"]:
            continue
        same, joined = rows[i][key] == rows[j][key], ours[i] is not None and ours[i] == ours[j]
        both, found, wanted = both + (same and joined), found + joined, wanted + same
    precision, recall = _share(both, found), _share(both, wanted)
    return {f"{name}_p": precision, f"{name}_r": recall, f"{name}_f1": _f1(precision, recall)}


def _spans(found: Iterable[Found], *, quoted_only: bool = False) -> list[Span]:
    return [
        span
        for each in found
        if not quoted_only or each.statement.form is not Form.INDIRECT
        for span in each.statement.content
    ]


def _cover(span: Span, others: Iterable[Span]) -> float:
    covered: set[int] = set()
    for other in others:
        covered.update(range(max(span.start, other.start), min(span.end, other.end)))
    return len(covered) / span.length


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _plain(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKD", text).lower())


def _telling(text: str) -> set[str]:
    return {word for word in _plain(text) if word not in _EMPTY and len(word) > 2}


def _close(a: str, b: str) -> bool:
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 5:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        fresh = [i]
        for j, y in enumerate(b, 1):
            fresh.append(min(row[j] + 1, fresh[-1] + 1, row[j - 1] + (x != y)))
        row = fresh
    return row[-1] <= len(a) // 6 + 1
