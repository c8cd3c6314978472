"""Everything that weighing looks up, gathered once: records by id, and who stands behind each statement and figure.

Holds records only. Nothing here decides anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from headwater.model import (
    Cited,
    DateMention,
    Figure,
    Hop,
    Origin,
    Place,
    Reading,
    Reason,
    ReportInfo,
    Source,
    Span,
    Statement,
    Traced,
    Utterance,
)
from headwater.weighing.ways import ways

_CLAUSE = re.compile(r"\s*(?:,|;|—|–| who is | and whose )")
_NONE: Mapping[frozenset[str], str] = {}
_ARTICLES = frozenset("a an the one another some several".split())


@dataclass(frozen=True, slots=True)
class Pile:
    """The case as weighing sees it. `rank` is the place of a report in the order of the case.

    `same_words` says of two utterances (ids) why they are kept apart although their words agree. `hops` is the way of
    each statement and figure, without its report. `independent` are pairs of origins (ids) that a person
    called so, with the decision.
    """

    infos: dict[str, ReportInfo]
    rank: dict[str, int]
    statements: dict[str, Statement]
    figures: dict[str, Figure]
    dates: dict[str, tuple[DateMention, ...]]
    utterances: tuple[Utterance, ...]
    origins: dict[str, Origin]
    sources: dict[str, Source]
    source_of_mention: dict[str, str]
    utterance_of: dict[str, str]
    origin_of_statement: dict[str, str]
    origin_of_figure: dict[str, str]
    traced: Traced
    readings: dict[str, Reading] = field(default_factory=dict)
    same_words: dict[frozenset[str], Reason] = field(default_factory=dict)
    hops: dict[str, tuple[Hop, ...]] = field(default_factory=dict)
    cited: dict[str, Cited] = field(default_factory=dict)
    independent: Mapping[frozenset[str], str] = field(default_factory=dict)

    def name(self, report: str) -> str:
        """How to speak of a report: its outlet, else its file."""
        return self.infos[report].name

    def names(self, reports: Iterable[str], most: int = 4) -> str:
        """Return the reports' names as people list them, in the order of the case."""
        found = list(dict.fromkeys(self.name(one) for one in self.ordered(reports)))
        if len(found) > most:
            found = [*found[: most - 1], f"{len(found) - most + 1} more"]
        return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"

    def ordered(self, reports: Iterable[str]) -> tuple[str, ...]:
        """Return the reports without repetition, in the order of the case."""
        return tuple(sorted(set(reports), key=lambda one: self.rank[one]))

    def statement_place(self, statement: Statement) -> Place:
        """Return the place of a statement: from its first to its last content span."""
        return Place(statement.report, Span(statement.content[0].start, statement.content[-1].end))

    def position(self, statement: Statement) -> tuple[int, int]:
        """Return the sort key of a statement in reading order."""
        return self.rank[statement.report], statement.content[0].start

    def speaker(self, origin: str) -> str:
        """How to speak of an origin within a sentence: its source in few words, articles in small letters."""
        source = self.source_of(origin)
        return in_few_words(source.name if source else self.origins[origin].name)

    def source_of(self, origin: str) -> Source | None:
        """Return the source of an origin, or None when it is unknown."""
        source = self.origins[origin].source
        return self.sources.get(source) if source else None


def gather(
    infos: Sequence[ReportInfo],
    readings: Sequence[Reading],
    traced: Traced,
    independent: Mapping[frozenset[str], str] = _NONE,
) -> Pile:
    """Return the case's records by id. Raises ValueError when a reading belongs to no report."""
    by_report = {info.id: info for info in infos}
    strangers = [reading.report for reading in readings if reading.report not in by_report]
    if strangers:
        raise ValueError(f"readings of reports that are not in the case: {', '.join(strangers)}")
    statements = {one.id: one for reading in readings for one in reading.statements if one.content}
    figures = {one.id: one for reading in readings for one in reading.figures}
    origins = {origin.id: origin for origin in traced.origins}
    utterance_of = {one: utt.id for utt in traced.utterances for one in utt.statements}
    of_statement = _statement_origins(traced, origins)
    source_of_mention = {mention: source.id for source in traced.sources for mention in source.mentions}
    return Pile(
        infos=by_report,
        rank={info.id: at for at, info in enumerate(infos)},
        statements=statements,
        figures=figures,
        dates={reading.report: reading.dates for reading in readings},
        utterances=traced.utterances,
        origins=origins,
        sources={source.id: source for source in traced.sources},
        source_of_mention=source_of_mention,
        utterance_of=utterance_of,
        origin_of_statement=of_statement,
        origin_of_figure=_figure_origins(figures, origins, of_statement, source_of_mention),
        traced=traced,
        readings={reading.report: reading for reading in readings},
        same_words=_same_words(traced),
        hops=ways(traced, figures.values(), source_of_mention),
        cited={one.id: one for one in traced.cited},
        independent=independent,
    )


def _same_words(traced: Traced) -> dict[frozenset[str], Reason]:
    """The reasons that stand beside two utterances at once: the reports name two sources for the same words."""
    holders: dict[Reason, list[str]] = defaultdict(list)
    for utterance in traced.utterances:
        for reason in utterance.reasons:
            holders[reason].append(utterance.id)
    return {frozenset(found): reason for reason, found in holders.items() if len(found) > 1}


def first_clause(name: str) -> str:
    """Return a description without what follows its first comma or dash."""
    return _CLAUSE.split(name, maxsplit=1)[0] or name


def in_few_words(name: str, limit: int = 70) -> str:
    """Return a long description cut where a clause ends: "a man who fled, his name withheld" gives the first part."""
    short = first_clause(name) if len(name) > limit // 2 else name
    if len(short) > limit:
        short = short[: limit - 1].rsplit(" ", 1)[0] + "…"
    first, _, rest = short.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in _ARTICLES else short


def figure_place(figure: Figure) -> Place:
    """Return the place of a figure."""
    return Place(figure.report, figure.span)


def _known(origin: Origin) -> bool:
    return origin.source is not None or origin.own_reporting


def _statement_origins(traced: Traced, origins: dict[str, Origin]) -> dict[str, str]:
    out: dict[str, str] = {}
    for origin in traced.origins:
        if _known(origin):
            out.update(dict.fromkeys(origin.statements, origin.id))
    for utterance in traced.utterances:
        if utterance.origin in origins and _known(origins[utterance.origin]):
            out.update(dict.fromkeys(utterance.statements, utterance.origin))
    return out


def _figure_origins(
    figures: dict[str, Figure],
    origins: dict[str, Origin],
    of_statement: dict[str, str],
    source_of_mention: dict[str, str],
) -> dict[str, str]:
    out: dict[str, str] = {}
    by_source: dict[str, list[Origin]] = defaultdict(list)
    for origin in origins.values():
        if _known(origin):
            out.update(dict.fromkeys((one for one in origin.figures if one in figures), origin.id))
        if origin.source:
            by_source[origin.source].append(origin)
    for figure in figures.values():
        if figure.id in out:
            continue
        if figure.statement in of_statement:
            out[figure.id] = of_statement[figure.statement]
        elif figure.source and (found := by_source.get(source_of_mention.get(figure.source, ""))):
            out[figure.id] = min(found, key=lambda one: (figure.report not in one.reports, one.id)).id
    return out
