"""How things travelled: sources, utterances and origins across reports, reuse, links, and the reason of each."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.model.spans import Place
from headwater.model.words import ChangeKind, LinkKind, ReuseKind, SourceKind


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two things were joined or kept apart: a rule's name, a sentence for a person, the passages it opens on."""

    rule: str
    text: str
    places: tuple[Place, ...] = ()


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
    agency when one of the reports credits it.
    """

    id: str
    a: Place
    b: Place
    kind: ReuseKind
    words: int
    score: float
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """From the later passage to the earlier one.

    `directed` is False when dates and words do not tell which is which.
    """

    id: str
    later: Place
    earlier: Place
    kind: LinkKind
    directed: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Divergence:
    """Two statements of one origin that are nearly the same rendering and differ in what forbids to join them.

    `a` is the statement of the earlier report in the order of tracing, `b` of the later; `kinds` is what differs. They
    stay two utterances.
    """

    id: str
    a: str
    b: str
    kinds: tuple[ChangeKind, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Traced:
    """The outcome of tracing."""

    sources: tuple[Source, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    origins: tuple[Origin, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    links: tuple[Link, ...] = ()
    divergences: tuple[Divergence, ...] = ()
