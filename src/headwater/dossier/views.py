"""What the templates are given: plain frozen records of words, labels and addresses, nothing to look up or compute."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from headwater.dossier.align import Stretch
from headwater.dossier.sides import Side


@dataclass(frozen=True, slots=True)
class Ref:
    """A link: its label ("R1"), the relative address, and what stands behind it in words."""

    label: str
    href: str
    name: str


@dataclass(frozen=True, slots=True)
class OriginView:
    """An origin: who, told to whom, in which reports that is said (`stated`) and for which it is inferred."""

    ref: Ref
    name: str
    kind: str
    shape: str
    told_to: str | None
    own_reporting: bool
    known: bool
    reports: tuple[Ref, ...]
    stated: tuple[Ref, ...]
    inferred: tuple[Ref, ...]
    hue: int


@dataclass(frozen=True, slots=True)
class OriginRow:
    """An origin in the table: with every wording of its source, and why things were joined to it."""

    origin: OriginView
    names: tuple[str, ...]
    reasons: tuple[WhyView, ...]


@dataclass(frozen=True, slots=True)
class QuoteView:
    """The exact words at a place of a report, with the way to that place; `also` are places with the same words."""

    at: Ref
    text: str
    language: str | None
    also: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why: a rule, a sentence, and the passages it opens on.

    `sides` are two passages that share wording, cut where they differ; nothing for other reasons. `left` is how many
    of its passages stand elsewhere.
    """

    rule: str
    text: str
    quotes: tuple[QuoteView, ...]
    sides: tuple[Side, ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class WhyView:
    """Reasons under one heading; of `total` those shown here, and where all of them stand if these are not all."""

    heading: str
    reasons: tuple[ReasonView, ...]
    total: int
    rest: Ref | None


@dataclass(frozen=True, slots=True)
class HopView:
    """One mouth in a chain: its words, the passage that shows it, and why it is inferred, if it is.

    `occasion` is where it was said, which is no mouth of its own.
    """

    words: str
    at: Ref | None
    occasion: HopView | None
    inferred: str


@dataclass(frozen=True, slots=True)
class ChainView:
    """How a statement came into its report: the mouths before the report, the reports, and how many steps it is."""

    hops: tuple[HopView, ...]
    reports: tuple[Ref, ...]
    steps: str


@dataclass(frozen=True, slots=True)
class MissingView:
    """A document to get next: what for, where it is named, and what would be settled."""

    ref: Ref
    kind: str
    name: str
    claims: int
    sentence: str
    names: tuple[str, ...]
    alone: tuple[Ref, ...]
    others: tuple[Ref, ...]
    reports: tuple[Ref, ...]
    named: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class CircleView:
    """Outlets that have one claim from one another, and the citations by which the circle closes."""

    ref: Ref
    claim: Ref
    outlets: tuple[str, ...]
    reports: tuple[Ref, ...]
    reason: ReasonView


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement: its exact words and all that is said of who said it.

    `several` is True when its utterance has further renderings, `repeats` when the report prints as its own what
    another one attributes.
    """

    ref: Ref
    report: Ref
    text: str
    language: str | None
    source: str | None
    told_to: str | None
    form: str
    certainty: str
    stance: str
    passage: str
    origin: OriginView | None
    utterance: Ref | None
    several: bool
    reasons: tuple[str, ...]
    chain: ChainView | None
    repeats: bool

    @property
    def nobody(self) -> str:
        """What stands in the place of the source where the report names none."""
        return "no source found here" if self.repeats else "source not clear"


@dataclass(frozen=True, slots=True)
class Voice:
    """One utterance among given statements: its longest wording there, and the reports that carry it."""

    statement: StatementView
    reports: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure: its exact words, what they count and who is said to have given it."""

    ref: Ref
    report: Ref
    text: str
    language: str | None
    amount: str
    bound: str
    unit: str
    act: str | None
    narrowed: tuple[str, ...]
    source: str | None
    origin: OriginView | None
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Two figures side by side and how they stand to one another."""

    a: FigureView
    b: FigureView
    relation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Glyph:
    """Squares for reports, discs for origins shown, rings for origins that may be; `more_*` is what did not fit."""

    squares: int
    more_squares: int
    discs: int
    rings: int
    more_rounds: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim with its origin range and all that bears on it; `reasons` by what they do to the range, each headed."""

    ref: Ref
    text: str
    language: str | None
    is_figure: bool
    origin_range: str
    glyph: Glyph
    reports: tuple[Ref, ...]
    origins: tuple[OriginView, ...]
    unattributed: tuple[Ref, ...]
    utterances: tuple[Ref, ...]
    statements: tuple[StatementView, ...]
    figures: tuple[FigureView, ...]
    denials: tuple[Voice, ...]
    caveats: tuple[Voice, ...]
    contradicts: tuple[Ref, ...]
    assessments: tuple[tuple[str, str, str], ...]
    reasons: tuple[WhyView, ...]
    ways: tuple[ChainView, ...]
    missing: tuple[tuple[Ref, str, bool], ...]
    circles: tuple[Ref, ...]

    @property
    def lead(self) -> str:
        """A figure without its other versions ("at least 12 men: detained"); all words of anything else."""
        return self.text.partition(" (also reported")[0] if self.is_figure else self.text

    @property
    def quiet(self) -> bool:
        """True when one report carries it and nothing in the case speaks to it: it can be shown in brief."""
        return len(self.reports) < 2 and not (self.denials or self.caveats or self.contradicts)


@dataclass(frozen=True, slots=True)
class VariantView:
    """One rendering of an utterance aligned with the fullest one."""

    statement: StatementView
    also: tuple[StatementView, ...]
    stretches: tuple[Stretch, ...]
    fullest: bool
    same: bool


@dataclass(frozen=True, slots=True)
class UtteranceView:
    """One act of speech with its renderings."""

    ref: Ref
    text: str
    language: str | None
    origin: OriginView | None
    variants: tuple[VariantView, ...]
    several: bool
    reasons: tuple[WhyView, ...]
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class PatternView:
    """The same act told by sources that share no words; `least` of them are independent, by `reasons`."""

    act: str
    told: tuple[tuple[OriginView | None, tuple[StatementView, ...]], ...]
    least: int
    reasons: tuple[WhyView, ...]


@dataclass(frozen=True, slots=True)
class SignView:
    """One sign of which passage is the later one: a sentence, how much it weighs in words, and where it stands."""

    text: str
    weighs: str
    at: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class SharedView:
    """Wording two reports share outside quotations, or a link between them; `signs` are those of its direction."""

    kind: str
    later: QuoteView
    earlier: QuoteView
    directed: bool
    note: str
    sides: tuple[Side, ...]
    stock: bool = False
    signs: tuple[SignView, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineView:
    """One entry of the timeline; `when` as people read it, `iso` for machines, `date` the words that give the day."""

    when: str
    iso: str | None
    before: str
    date: str
    after: str
    publication: bool
    at: Ref


@dataclass(frozen=True, slots=True)
class MetaView:
    """One piece of a report's metadata: how it is known, and a note about it."""

    name: str
    value: str
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """One report as received."""

    ref: Ref
    files: tuple[str, ...]
    size: str
    encoding: str
    sha256: str
    text_sha256: str
    completeness: str


@dataclass(frozen=True, slots=True)
class SetAsideView:
    """A file that is not a report of its own, with the reason."""

    file: str
    kind: str
    why: str
    sha256: str | None
    duplicate_of: Ref | None


@dataclass(frozen=True, slots=True)
class TagView:
    """The small link before marked words; `anchor` is the name other pages reach it by."""

    label: str
    classes: str
    shape: str | None
    anchor: str | None
    href: str | None
    title: str


@dataclass(frozen=True, slots=True)
class PieceView:
    """A stretch of text under the same marks: its exact words, how they are drawn, and what stands before them."""

    words: Markup
    classes: str
    anchors: tuple[str, ...]
    tags: tuple[TagView, ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage of a report page: its kind, whether the next one follows without an empty line, and its marked text."""

    kind: str
    tight: bool
    pieces: tuple[PieceView, ...]


@dataclass(frozen=True, slots=True)
class More:
    """What did not fit on this page: how many, on which pages, and the pages before and after this one."""

    shown_from: int
    shown_to: int
    total: int
    pages: tuple[Ref, ...]
    before: Ref | None
    after: Ref | None
