"""How things travelled: sources, utterances and origins across reports, reuse, links, and the reason of each."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.model.spans import Place
from headwater.model.words import Bearing, ChangeKind, CitedKind, HopKind, LinkKind, ReuseKind, SourceKind


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
class Cited:
    """An outlet, agency, body or paper that the reports name as where they have something from.

    `names` is every wording (sorted), `places` where it is so named, `sources` the ids of sources that are it,
    `reports` its own reports in the case: none, when it is known from what others say of it only.
    """

    id: str
    kind: CitedKind
    name: str
    names: tuple[str, ...]
    places: tuple[Place, ...]
    sources: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """One mouth, or the occasion, in the chain of a statement.

    `words` are those of a report, at `place`; "somebody" and None where no report names anybody. `source` is the id of
    a Source, `cited` of a Cited, where known. `inferred` is empty when the report of the statement says so itself,
    else the reason for taking it from elsewhere.
    """

    kind: HopKind
    words: str
    place: Place | None
    source: str | None = None
    cited: str | None = None
    inferred: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """How a statement came into its report: the far end first, the report last.

    `distance` is the number of mouths through which it went from the far end on: 1 when the report has it from the
    source itself, 2 when through an outlet, 0 when the report says it of its own. `at_least` is True when there may be
    more: the report names nobody, the far end is an outlet that does not say whence, or no report says whom the
    source told.
    """

    id: str
    statement: str
    hops: tuple[Hop, ...]
    distance: int
    at_least: bool


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
    cited: tuple[Cited, ...] = ()
    chains: tuple[Chain, ...] = ()
    divergences: tuple[Divergence, ...] = ()
