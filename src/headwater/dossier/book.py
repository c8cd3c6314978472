"""The case as a book: every record under its id, its short label (R1, O3, U12) and the page and place it stands on.

Looks up and labels; counts nothing, reads no words. Labels follow the order of the case.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from headwater.dossier.paging import (
    REASONS,
    WHOLE,
    claim_size,
    cut,
    missing_size,
    origin_size,
    page_name,
    reasons_size,
    room,
    utterance_size,
)
from headwater.dossier.whys import Chunk, long_ones, why_origin
from headwater.model import (
    Assessment,
    Case,
    Chain,
    Circle,
    Claim,
    Comparison,
    Figure,
    Mention,
    MissingDocument,
    Origin,
    Report,
    Source,
    Statement,
    Utterance,
)

_Value = TypeVar("_Value")
_CIRCLE = 2500  # bytes of the page, about


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the dossier; `name` is its path inside the folder, with forward slashes."""

    name: str

    @property
    def up(self) -> str:
        """What leads from this page to the folder of the dossier: "" or "../"."""
        return "../" * self.name.count("/")

    def to(self, target: str, anchor: str = "") -> str:
        """Return the relative address of `anchor` on the page `target`."""
        place = f"#{anchor}" if anchor else ""
        return place if target == self.name and place else f"{self.up}{target}{place}"


class Book:
    """Look-ups over one case. Raises KeyError when a record points at something the case does not hold."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.reports: dict[str, Report] = {each.id: each for each in case.received.reports}
        self.mentions: dict[str, Mention] = {m.id: m for reading in case.readings for m in reading.mentions}
        self.statements: dict[str, Statement] = {s.id: s for reading in case.readings for s in reading.statements}
        self.figures: dict[str, Figure] = {f.id: f for reading in case.readings for f in reading.figures}
        self.sources: dict[str, Source] = {each.id: each for each in case.traced.sources}
        self.utterances: dict[str, Utterance] = {each.id: each for each in case.traced.utterances}
        self.origins: dict[str, Origin] = {each.id: each for each in case.traced.origins}
        self.claims: dict[str, Claim] = {each.id: each for each in case.weighed.claims}
        self.missing: dict[str, MissingDocument] = {each.id: each for each in case.weighed.missing}
        self.circles: dict[str, Circle] = {each.id: each for each in case.weighed.circles}
        self.chains: dict[str, Chain] = {each.statement: each for each in case.traced.chains}
        self.cited: dict[str, str] = {each.id: each.name for each in case.traced.cited}
        self._rank = {each: at for at, each in enumerate(self.reports)}
        self.labels = self._labels()
        self.long_reasons: tuple[Chunk, ...] = tuple(long_ones(case))
        self.whole, self.starts = self._cut()
        self._homes = self._paged()

    @cached_property
    def utterance_of(self) -> dict[str, str]:
        """Statement id → utterance id."""
        return _first((each, u.id) for u in self.case.traced.utterances for each in u.statements)

    @cached_property
    def origin_of(self) -> dict[str, str]:
        """Statement or figure id → origin id: as the origin lists it, else through the utterance."""
        listed = _first((each, o.id) for o in self.case.traced.origins for each in (*o.statements, *o.figures))
        through = _first((each, u.origin) for u in self.case.traced.utterances if u.origin for each in u.statements)
        return {**through, **listed}

    @cached_property
    def claims_of(self) -> dict[str, tuple[str, ...]]:
        """Statement or figure id → the claims it belongs to."""
        return _all((each, c.id) for c in self.case.weighed.claims for each in (*c.statements, *c.figures))

    @cached_property
    def missing_of(self) -> dict[str, tuple[str, ...]]:
        """Claim id → the missing documents that it rests on, those that settle most first."""
        return _all((claim, each.id) for each in self.case.weighed.missing for claim in each.claims)

    @cached_property
    def circles_of(self) -> dict[str, tuple[str, ...]]:
        """Claim id → the circles in which it goes round."""
        return _all((each.claim, each.id) for each in self.case.weighed.circles)

    @cached_property
    def sizes(self) -> dict[str, int]:
        """SHA-256 of an original → its number of bytes."""
        return {each.sha256: each.size for each in self.case.received.originals}

    @cached_property
    def assessments_of(self) -> dict[str, tuple[Assessment, ...]]:
        """Claim id → the assessments of it."""
        out: dict[str, tuple[Assessment, ...]] = {}
        for each in self.case.weighed.assessments:
            out[each.claim] = (*out.get(each.claim, ()), each)
        return out

    @cached_property
    def utterance_order(self) -> tuple[Utterance, ...]:
        """Utterances that several reports carry first, each part in case order."""
        several = {each.id: len(self.reports_of(each.statements)) > 1 for each in self.case.traced.utterances}
        return tuple(sorted(self.case.traced.utterances, key=lambda each: not several[each.id]))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Comparisons with those that say most about the reports first: conflicts, then updates, then the rest."""
        order = {"conflict": 0, "update": 1, "compatible": 2, "same": 3, "different": 4}
        return tuple(sorted(self.case.weighed.comparisons, key=lambda each: order[each.relation.value]))

    def reports_of(self, statements: Iterable[str]) -> tuple[str, ...]:
        """Return the reports in which the statements stand, in the order of the case."""
        return self.in_order({self.statements[each].report for each in statements})

    def in_order(self, reports: Iterable[str]) -> tuple[str, ...]:
        """Return reports in the order of the case."""
        return tuple(sorted(set(reports), key=self._rank.__getitem__))

    def home(self, record: str) -> tuple[str, str]:
        """Return (page, anchor) of the place where a record is shown in full."""
        label = self.labels[record]
        if record in self.statements:
            return self.report_page(self.statements[record].report), label
        if record in self.figures:
            return self.report_page(self.figures[record].report), label
        if record in self.reports:
            return self.report_page(record), ""
        return self._homes[record], label

    def report_page(self, report: str) -> str:
        """Return the page of a report."""
        return f"reports/{self.labels[report]}.html"

    def _labels(self) -> dict[str, str]:
        kinds: dict[str, Iterable[str]] = {
            "R": self.reports,
            "O": self.origins,
            "C": self.claims,
            "U": self.utterances,
            "S": self.statements,
            "F": self.figures,
            "D": self.missing,
            "L": self.circles,
        }
        return {each: f"{letter}{at}" for letter, ids in kinds.items() for at, each in enumerate(ids, 1)}

    def _cut(self) -> tuple[bool, dict[str, tuple[int, ...]]]:
        """Whether the sections fit on the first page, and where the pages begin of those that others link into."""
        sizes = {
            "claims": [claim_size(each) for each in self.claims.values()],
            "utterances": [utterance_size(each) for each in self.utterance_order],
            "travel": [origin_size(each, why_origin(each, self.sources)) for each in self.origins.values()],
            "next": [missing_size(each) for each in self.missing.values()],
            "circles": [_CIRCLE for _ in self.circles],
        }
        whole = sum(map(sum, sizes.values())) <= WHOLE
        starts = {section: cut(found, room(section, whole=whole)) for section, found in sizes.items()}
        starts[REASONS] = cut([reasons_size(each.reasons) for each in self.long_reasons], 0)
        return whole, starts

    def _paged(self) -> dict[str, str]:
        sections: dict[str, tuple[str, ...]] = {
            "claims": tuple(self.claims),
            "utterances": tuple(each.id for each in self.utterance_order),
            "travel": tuple(self.origins),
            "next": tuple(self.missing),
            "circles": tuple(self.circles),
        }
        return {
            each: page_name(section, bisect_right(self.starts[section], at) - 1)
            for section, ids in sections.items()
            for at, each in enumerate(ids)
        }

    @cached_property
    def why_first(self) -> dict[str, int]:
        """Record → which entry of the pages of reasons is its first, for those that have too many to stand with it."""
        return _first((each.record, at) for at, each in enumerate(self.long_reasons))

    def why_home(self, record: str) -> tuple[str, str] | None:
        """Return (page, anchor) where all reasons of a record stand, or None when they stand with it."""
        at = self.why_first.get(record)
        if at is None:
            return None
        return page_name(REASONS, bisect_right(self.starts[REASONS], at) - 1), f"why-{self.labels[record]}"


def _first(pairs: Iterable[tuple[str, _Value]]) -> dict[str, _Value]:
    out: dict[str, _Value] = {}
    for key, value in pairs:
        out.setdefault(key, value)
    return out


def _all(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for key, value in pairs:
        out.setdefault(key, []).append(value)
    return {key: tuple(dict.fromkeys(values)) for key, values in out.items()}
