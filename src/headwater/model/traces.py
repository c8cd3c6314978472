"""How things travelled: sources, utterances and origins across reports, reuse, links, and the reason of each."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.model.spans import Place
from headwater.model.words import Bearing, LinkKind, ReuseKind, SourceKind


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two things were joined or kept apart: a rule's name, a sentence for a person, the passages it opens on.

    `bearing` says of a claim's reason what it does to the range of origins; all other reasons leave it alone.
    """

    rule: str
    text: str
    places: tuple[Place, ...] = ()
    bearing: Bearing = Bearing.BESIDE


@dataclass(frozen=True, slots=True)
class Source:
    """Who is said to have said something, across the reports of the case.

    `name` is the fullest wording, `names` every wording (sorted), `mentions` the ids joined. Unnamed sources of
    different reports are joined only by what is shown (shared utterances), never by description alone.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: SourceKind
    named: bool
    plural: bool
    mentions: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of speech and the statements that render it. `text` is the fullest rendering."""

    id: str
    text: str
    statements: tuple[str, ...]
    origin: str | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where utterances and figures entered circulation as far as the reports show.

    `source` is the id of a Source or None when unknown; `name` how to speak of it. `told_to` is filled from
    whichever report says it; `told_to_in` are the reports that say it themselves, for all other `reports` it is
    inferred. `own_reporting` marks an outlet that is its own origin.
    """

    id: str
    source: str | None
    name: str
    kind: SourceKind
    told_to: str | None
    told_to_in: tuple[str, ...]
    own_reporting: bool
    reports: tuple[str, ...]
    statements: tuple[str, ...]
    figures: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Reuse:
    """Wording that two reports share, found by alignment.

    `words` is the number of aligned words, `score` their share of the longer side (0 to 1). `credit` names the
    agency whose text it is, where one is known, and `credit_in` the report that shows it: one of the two, or a third
    that has the same passage.
    """

    id: str
    a: Place
    b: Place
    kind: ReuseKind
    words: int
    score: float
    credit: str | None = None
    credit_in: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that bears on which of two passages is the later one.

    `weight` lies between -1 and 1: above 0 it speaks for the direction of its link, below 0 against it.
    """

    name: str
    weight: float
    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """From the later passage to the earlier one.

    `evidence` is all that bears on the direction, what contradicts it included. `directed` is False when the sum of
    its weights does not tell which is which.
    """

    id: str
    later: Place
    earlier: Place
    kind: LinkKind
    directed: bool
    reason: Reason
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Traced:
    """The outcome of tracing."""

    sources: tuple[Source, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    origins: tuple[Origin, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    links: tuple[Link, ...] = ()
