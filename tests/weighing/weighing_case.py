"""Builds small invented cases for the tests of weighing: records as reading and tracing would hand them over."""

from __future__ import annotations

from collections import defaultdict

from headwater.model import (
    Basis,
    Bound,
    Certainty,
    Chain,
    Cited,
    CitedKind,
    DateMention,
    Figure,
    Form,
    Hop,
    HopKind,
    Mention,
    Noted,
    Origin,
    PassageKind,
    Place,
    Reading,
    Relay,
    ReportInfo,
    Reuse,
    ReuseKind,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
    Traced,
    Utterance,
    Weighed,
)
from headwater.weighing import weigh


class CaseBuilder:
    """Collects reports, sources and what they said; every call places its words further down in its report."""

    def __init__(self) -> None:
        self.infos: list[ReportInfo] = []
        self.sources: dict[str, Source] = {}
        self.origins: dict[str, tuple[str | None, str | None]] = {}
        self.statements: dict[str, list[Statement]] = defaultdict(list)
        self.figures: dict[str, list[Figure]] = defaultdict(list)
        self.dates: dict[str, list[DateMention]] = defaultdict(list)
        self.cited: dict[str, Cited] = {}
        self.heard: dict[str, str] = {}
        self.carried: dict[str, list[str]] = defaultdict(list)
        self.counted: dict[str, list[str]] = defaultdict(list)
        self.utterances: dict[str, tuple[str | None, list[Statement]]] = {}
        self.reuse: list[Reuse] = []
        self._at: dict[str, int] = defaultdict(int)

    def report(self, name: str, day: str | None = None, *, title: str | None = None) -> str:
        """Add a report of an outlet of that name; its id is the name in small letters."""
        ident = name.lower().replace(" ", "-")
        published = Noted(day, Basis.GIVEN) if day else None
        outlet = Noted(name, Basis.GIVEN)
        headline = Noted(title, Basis.GIVEN) if title else None
        file = f"{ident}.txt"
        self.infos.append(ReportInfo(ident, file, (file,), "0" * 64, "1" * 64, "utf-8", outlet, headline, published))
        return ident

    def origin(
        self,
        key: str,
        name: str,
        kind: SourceKind = SourceKind.WITNESS,
        *,
        told_to: str | None = None,
        named: bool = False,
        plural: bool = False,
        source: str | None = None,
    ) -> str:
        """Add an origin; `source` names another origin's key when it is the same source on another occasion."""
        ident = f"src-{source or key}"
        self.sources.setdefault(ident, Source(ident, name, (name,), kind, named, plural, (f"m-{source or key}",)))
        self.origins[key] = (ident, told_to)
        return key

    def say(
        self,
        report: str,
        text: str,
        origin: str | None,
        *,
        utterance: str | None = None,
        stance: Stance = Stance.ASSERTS,
        behind: str | None = None,
        via: str | None = None,
        heard: str | None = None,
    ) -> Statement:
        """Add a statement; those of one `utterance` render one act of speech, `heard` is the carrier it is from."""
        span = self._span(report, len(text))
        relay = Span(span.start, span.start + 1)
        mention = self.origins[origin][0] if origin else None
        statement = Statement(
            id=f"s-{report}-{span.start}",
            report=report,
            content=(span,),
            text=text,
            form=Form.DIRECT,
            source=f"m-{mention.removeprefix('src-')}" if mention else None,
            source_span=None,
            cue=None,
            told_to=None,
            certainty=Certainty.CLEAR,
            stance=stance,
            passage=PassageKind.BODY,
            via=(Relay(via, relay),) if via else (),
            behind=(Relay(behind, relay),) if behind else (),
        )
        self.statements[report].append(statement)
        self.utterances.setdefault(utterance or statement.id, (origin, []))[1].append(statement)
        if origin:
            self.carried[origin].append(statement.id)
        if heard:
            self.heard[statement.id] = heard
        return statement

    def number(
        self,
        report: str,
        text: str,
        low: int | None,
        high: int | None,
        *,
        unit: str = "people",
        act: str | None = "killed",
        bound: Bound = Bound.EXACT,
        origin: str | None = None,
        place: str | None = None,
        when: str | None = None,
        passage: PassageKind = PassageKind.BODY,
        source: str | None = None,
    ) -> Figure:
        """Add a figure."""
        span = self._span(report, len(text))
        figure = Figure(
            id=f"f-{report}-{span.start}",
            report=report,
            span=span,
            text=text,
            low=low,
            high=high,
            bound=bound,
            unit=unit,
            act=act,
            place=place,
            when=when,
            passage=passage,
            source=f"m-{source}" if source else None,
        )
        self.figures[report].append(figure)
        if origin:
            self.counted[origin].append(figure.id)
        return figure

    def date(self, report: str, text: str, earliest: str | None, latest: str | None, *, resolved: bool = True) -> None:
        """Add a dated passage."""
        span = self._span(report, len(text))
        self.dates[report].append(
            DateMention(f"d-{report}-{span.start}", report, span, text, earliest, latest, resolved)
        )

    def carrier(self, name: str, *reports: str, kind: CitedKind = CitedKind.OUTLET, source: str | None = None) -> str:
        """Name an outlet with its own reports in the case; `source` is the key of an origin that is that outlet."""
        sources = (f"src-{source}",) if source else ()
        self.cited[name] = Cited(f"cited-{name}", kind, name, (name,), (), sources, reports)
        return name

    def copied(self, a: Figure | Statement, b: Figure | Statement, credit: str | None = None) -> None:
        """Let two reports share the narrative around two records."""
        one, two = (Place(x.report, x.span if isinstance(x, Figure) else x.content[0]) for x in (a, b))
        self.reuse.append(Reuse(f"r-{len(self.reuse)}", one, two, ReuseKind.NARRATIVE, 30, 1.0, credit))

    def readings(self) -> list[Reading]:
        """The readings in the order of the reports."""
        return [
            Reading(
                report=info.id,
                mentions=tuple(
                    Mention(one.mentions[0], info.id, one.name, Span(0, 1), one.kind, one.named, one.plural)
                    for one in self.sources.values()
                    if any(one.mentions[0] == said.source for said in self.statements[info.id])
                ),
                statements=tuple(self.statements[info.id]),
                figures=tuple(self.figures[info.id]),
                dates=tuple(self.dates[info.id]),
            )
            for info in self.infos
        ]

    def traced(self) -> Traced:
        """What tracing would have found."""
        home = {one.id: one.report for found in self.statements.values() for one in found}
        home |= {one.id: one.report for found in self.figures.values() for one in found}
        origins = []
        for key, (source, told_to) in self.origins.items():
            records = (*self.carried[key], *self.counted[key])
            kind = self.sources[source].kind if source else SourceKind.UNKNOWN
            origins.append(
                Origin(
                    id=key,
                    source=source,
                    name=self.sources[source].name if source else "unknown",
                    kind=kind,
                    told_to=told_to,
                    told_to_in=(),
                    own_reporting=False,
                    reports=tuple(sorted({home[one] for one in records})),
                    statements=tuple(self.carried[key]),
                    figures=tuple(self.counted[key]),
                )
            )
        utterances = tuple(
            Utterance(f"u-{key}", max((one.text for one in found), key=len), tuple(one.id for one in found), origin)
            for key, (origin, found) in self.utterances.items()
        )
        chains = tuple(self._chain(one) for found in self.statements.values() for one in found)
        sources = tuple(self.sources.values())
        return Traced(sources, utterances, tuple(origins), tuple(self.reuse), (), tuple(self.cited.values()), chains)

    def _chain(self, statement: Statement) -> Chain:
        """The source, the carrier it was heard from, and the report; nobody where no source is named."""
        place = Place(statement.report, statement.content[0])
        source = f"src-{statement.source.removeprefix('m-')}" if statement.source else None
        same = next((one.id for one in self.cited.values() if source in one.sources), None)
        name = self.sources[source].name if source else "somebody"
        hops = [Hop(HopKind.SOURCE, name, place if source else None, source, same)]
        if heard := self.heard.get(statement.id):
            hops.append(Hop(HopKind.VIA, heard, place, None, self.cited[heard].id))
        hops.append(Hop(HopKind.REPORT, statement.report, place))
        return Chain(f"chain-{statement.id}", statement.id, tuple(hops), len(hops) - 1, at_least=False)

    def weighed(self) -> Weighed:
        """Weigh the case."""
        return weigh(self.infos, self.readings(), self.traced(), set_aside=())

    def _span(self, report: str, length: int) -> Span:
        start = self._at[report]
        self._at[report] = start + length + 1
        return Span(start, start + length)
