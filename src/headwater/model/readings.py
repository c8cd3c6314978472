"""What one report says: mentions of sources, statements, figures, dates and citations. Spans are of its text."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.model.spans import Span
from headwater.model.words import Bound, Certainty, CitationKind, CueKind, Form, PassageKind, SourceKind, Stance


@dataclass(frozen=True, slots=True)
class Mention:
    """A source as one report speaks of it, resolved to its fullest mention in that report.

    `text` are the words of the fullest mention (at `span`), `aliases` the other words that lead to it
    ("Marn", "the regional leader"), `spans` every place where it is named as a source.
    """

    id: str
    report: str
    text: str
    span: Span
    kind: SourceKind
    named: bool
    plural: bool
    aliases: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldTo:
    """The outlet, body or occasion something was said to, in the words of the report."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Relay:
    """Somebody between the source and the report, or somebody the source itself relies on.

    "according to the Vellmar Post" is the first; "relief groups report that ..., said Oda Renn" the second.
    `mention` is set when it was resolved.
    """

    text: str
    span: Span
    mention: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence-sized piece of attributed content in one report.

    `content` are the spans of what was said, without its quotation marks, in reading order; `text` the exact
    words at these spans, joined with " ... " where the report breaks them. `source` is the id of a Mention or
    None ("source not clear"); `source_span` the words beside this statement that name the source ("he"),
    `cue` the attributing words. `via` are relays between source and report, nearest to the report last;
    `behind` are those the source itself relies on. `quotation` is shared by the sentences of one quotation;
    `inside` is the id of the statement in which this one is quoted. `probability` is how sure the trained
    reader is of what it added to this statement (content and source), calibrated; None where rules read all of it.
    `repeats` is the id of a statement of another report whose words this report prints without naming anybody; such
    statements are made by tracing, since only the comparison of reports shows them.
    """

    id: str
    report: str
    content: tuple[Span, ...]
    text: str
    form: Form
    source: str | None
    source_span: Span | None
    cue: Span | None
    told_to: ToldTo | None
    certainty: Certainty
    stance: Stance
    passage: PassageKind
    via: tuple[Relay, ...] = ()
    behind: tuple[Relay, ...] = ()
    quotation: str | None = None
    inside: str | None = None
    reasons: tuple[str, ...] = ()
    probability: float | None = None
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that a report ascribes to somebody, as they stand: said, believed, planned or held.

    Wider than statements, and unresolved: `source` are the words that name the source here ("he"), empty when none do,
    `cue` the attributing words or None, `content` the spans of what is ascribed, in reading order, without outer marks.
    `kind` is what the cue says the source did. `probability` is the trained reader's, calibrated; 1 for rules.
    """

    id: str
    report: str
    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    kind: CueKind
    probability: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts. `low` and `high` are inclusive; None is an open end.

    "at least 3" is (3, None), "more than 30" (31, None), "up to 20" (None, 20), "about 100" (100, 100) with
    bound ABOUT, "dozens" (24, None). `unit` are the things counted ("young men"), `act` what is said of them as a
    plain verb form ("detained"), `whom`, `place` and `when` the words that narrow it. `statement` is the
    statement whose words carry the figure, `source` the mention it is attributed to.
    """

    id: str
    report: str
    span: Span
    text: str
    low: int | None
    high: int | None
    bound: Bound
    unit: str
    act: str | None
    whom: str | None = None
    place: str | None = None
    when: str | None = None
    statement: str | None = None
    source: str | None = None
    passage: PassageKind = PassageKind.BODY


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period in the words of the report, resolved against its day of publication.

    `earliest` and `latest` are ISO days, inclusive; None is an open or unknown end. `resolved` is False when
    the words cannot be placed (no publication date).
    """

    id: str
    report: str
    span: Span
    text: str
    earliest: str | None
    latest: str | None
    resolved: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where a report names another carrier: whom something was told, who reported it, who is credited."""

    id: str
    report: str
    span: Span
    kind: CitationKind
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader found in one report, each list in reading order.

    `attributions` is everything ascribed to anybody, thought as well as speech; `statements` is what was said or
    written, cut into sentences and resolved to its sources.
    """

    report: str
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    attributions: tuple[Attribution, ...] = ()
