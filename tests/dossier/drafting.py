"""Writing invented reports for tests: spans are found by their words, and a word that is not there fails."""

from __future__ import annotations

from dataclasses import dataclass, field

from headwater.model import (
    Basis,
    Bound,
    Certainty,
    Citation,
    Completeness,
    DateMention,
    Figure,
    Form,
    Mention,
    Noted,
    Passage,
    PassageKind,
    Place,
    Reading,
    Report,
    ReportInfo,
    SourceKind,
    Span,
    Stance,
    Statement,
    ToldTo,
    make_id,
    sha256_bytes,
    sha256_text,
)


@dataclass
class Draft:
    """A report while it is being written."""

    report: Report
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.report.id

    def at(self, words: str) -> Span:
        start = self.report.text.index(words)
        return Span(start, start + len(words))

    def place(self, words: str) -> Place:
        return Place(self.id, self.at(words))

    def source(self, words: str, kind: SourceKind, *, named: bool = False) -> Mention:
        span = self.at(words)
        mention = Mention(make_id("m", self.id, words), self.id, words, span, kind, named, plural=False, spans=(span,))
        self.mentions.append(mention)
        return mention

    def says(
        self,
        *words: str,
        source: Mention | None = None,
        form: Form = Form.DIRECT,
        stance: Stance = Stance.ASSERTS,
        told: str | None = None,
        cue: str | None = None,
        passage: PassageKind = PassageKind.BODY,
    ) -> Statement:
        spans = tuple(self.at(each) for each in words)
        statement = Statement(
            id=make_id("s", self.id, *words),
            report=self.id,
            content=spans,
            text=" ... ".join(words),
            form=form,
            source=source.id if source else None,
            source_span=source.span if source else None,
            cue=self.at(cue) if cue else None,
            told_to=ToldTo(told, self.at(told)) if told else None,
            certainty=Certainty.CLEAR if source else Certainty.UNCLEAR,
            stance=stance,
            passage=passage,
            reasons=("the cue stands right after the closing mark",) if cue else (),
        )
        self.statements.append(statement)
        return statement

    def counts(
        self,
        words: str,
        low: int | None,
        high: int | None,
        bound: Bound,
        *,
        unit: str,
        act: str | None,
        source: Mention | None = None,
    ) -> Figure:
        figure = Figure(
            id=make_id("f", self.id, words),
            report=self.id,
            span=self.at(words),
            text=words,
            low=low,
            high=high,
            bound=bound,
            unit=unit,
            act=act,
            source=source.id if source else None,
        )
        self.figures.append(figure)
        return figure

    def reading(self) -> Reading:
        return Reading(
            self.id,
            tuple(self.mentions),
            tuple(self.statements),
            tuple(self.figures),
            tuple(self.dates),
            tuple(self.citations),
        )


def passages_of(text: str, kinds: dict[int, PassageKind] | None = None) -> tuple[Passage, ...]:
    """One passage a line; the first is the headline unless `kinds` (line number → kind) says otherwise."""
    out, start = [], 0
    for number, line in enumerate(text.split("\n")):
        stripped = line.strip()
        if stripped:
            head = start + line.index(stripped)
            default = PassageKind.HEADLINE if number == 0 else PassageKind.BODY
            out.append(Passage(Span(head, head + len(stripped)), (kinds or {}).get(number, default)))
        start += len(line) + 1
    return tuple(out)


def draft(
    file: str,
    text: str,
    *,
    outlet: str | None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    kinds: dict[int, PassageKind] | None = None,
    guessed: bool = False,
    missing: str = "",
) -> Draft:
    """A report of `text`, with metadata and passages."""

    def noted(value: str | None, basis: Basis = Basis.GIVEN, note: str = "") -> Noted | None:
        return Noted(value, basis, note) if value is not None else None

    info = ReportInfo(
        id=make_id("r", file),
        file=file,
        files=(file,),
        sha256=sha256_bytes(text.encode("utf-8", "surrogatepass")),
        text_sha256=sha256_text(text),
        encoding="utf-8",
        outlet=noted(outlet, Basis.GUESSED, "from the file name") if guessed else noted(outlet),
        title=noted(title if title is not None else text.split("\n", maxsplit=1)[0], Basis.PAGE),
        published=noted(published),
        url=noted(url),
        language=noted("en", Basis.GUESSED, "from common words"),
        completeness=Completeness.INCOMPLETE if missing else Completeness.COMPLETE,
        missing=missing,
    )
    return Draft(Report(info, text, passages_of(text, kinds)))
