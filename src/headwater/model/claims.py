"""What is asserted or denied across reports, always alleged, and how far it stands on independent origins."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.model.retellings import Retelling
from headwater.model.spans import Place
from headwater.model.traces import Reason
from headwater.model.words import CitedKind, ClaimKind, Relation


@dataclass(frozen=True, slots=True)
class Claim:
    """What statements and figures assert across reports.

    `origins` are the ids of origins that remain after joining only what is shown; `origins_high` is their number
    plus the unattributed reports that could be origins of their own, `origins_low` the number that remains if
    every plausible dependence is real. `unattributed` are reports that carry it without naming anybody.
    `denied_by`, `caveats` are statement ids; `contradicts` claim ids. `reasons` say every joining that was made
    (towards `origins_high`) and every one that may be real (towards `origins_low`).
    """

    id: str
    text: str
    kind: ClaimKind
    statements: tuple[str, ...]
    figures: tuple[str, ...]
    reports: tuple[str, ...]
    origins: tuple[str, ...]
    origins_low: int
    origins_high: int
    unattributed: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def origin_range(self) -> str:
        """The range as people read it: "1", "1–3"."""
        low, high = self.origins_low, self.origins_high
        return str(low) if low == high else f"{low}–{high}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures beside one another, and why they may or may not be compared."""

    id: str
    a: str
    b: str
    relation: Relation
    reason: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """The same act told by sources that share no words: corroboration by pattern, not by repetition.

    `origins` are the ids of the origins, `statements` one or more statements of each. `origins_low` is how many of
    them are independent at least, `origins_high` at most; `reasons` say what might make one of two of them.
    """

    id: str
    act: str
    origins: tuple[str, ...]
    statements: tuple[str, ...]
    origins_low: int
    origins_high: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A graded, explained opinion of a named method about one claim."""

    id: str
    claim: str
    method: str
    grade: str
    explanation: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something with a place in time: a publication or a dated passage. Days are ISO, inclusive, None is open."""

    id: str
    earliest: str | None
    latest: str | None
    what: str
    report: str
    start: int
    end: int
    publication: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts that the first screen shows; computed once, here, so that no page computes a number.

    `loudest_echo` is the id of the claim that most reports carry on the fewest origins, or None. `details_changed`,
    `details_hardened` and `details_softened` are details of testimonies, each counted once, under the gravest.
    """

    reports: int
    outlets: int
    statements: int
    figures: int
    utterances: int
    origins: int
    origins_named: int
    claims: int
    claims_single_origin: int
    denied: int
    contradictions: int
    unattributed: int
    set_aside: int
    loudest_echo: str | None
    echo_reports: int
    echo_origins: str
    details_changed: int = 0
    details_hardened: int = 0
    details_softened: int = 0


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document that the reports name and that is not in the case: what to get next, and what it would settle.

    `cited` is the id of a Cited. `claims` are those that rest on it, `alone` those of them that rest on nothing else
    that is named. `places` is where it is named, `reports` who has it from there. `another` is True when a report of
    that outlet is in the case, but was published after what cites it.
    """

    id: str
    cited: str
    kind: CitedKind
    name: str
    names: tuple[str, ...]
    claims: tuple[str, ...]
    alone: tuple[str, ...]
    reports: tuple[str, ...]
    places: tuple[Place, ...]
    another: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Circle:
    """Circular reporting of one claim: outlets each of which has it from the next, and the last from the first.

    `outlets` are named in that order, `reports` are theirs that carry the claim; `reason` opens on each citation.
    """

    id: str
    claim: str
    outlets: tuple[str, ...]
    reports: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Weighed:
    """The outcome of weighing; claims and retellings in the order in which an editor should read them."""

    claims: tuple[Claim, ...]
    comparisons: tuple[Comparison, ...]
    patterns: tuple[Pattern, ...]
    assessments: tuple[Assessment, ...]
    timeline: tuple[TimelineEntry, ...]
    summary: Summary
    missing: tuple[MissingDocument, ...] = ()
    circles: tuple[Circle, ...] = ()
    retellings: tuple[Retelling, ...] = ()
