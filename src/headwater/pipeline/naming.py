"""Names groups by their founders: the first statement, mention or figure of each by the arrival of its report.

Reports that arrive later never found what stands already, so that a group keeps its id while the case grows; of two
that become one, the id of the older founder stays. Pure: nothing but ids is changed, and no order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from headwater.model import (
    Chain,
    Circle,
    Cited,
    Claim,
    ClaimKind,
    MissingDocument,
    Origin,
    Pattern,
    Reading,
    Retelling,
    Source,
    Statement,
    Traced,
    Utterance,
    Weighed,
    make_id,
    source_id,
    whole,
)

_Spot = tuple[int, int, int]
_Names = Mapping[str, str]
_Record = TypeVar("_Record", Cited, Circle)


@dataclass(frozen=True, slots=True)
class _Founder:
    """Something that can be the first of a group: where it stands in the order of arrival, and what names it."""

    spot: _Spot
    name: tuple[str | int, ...]


class _Founders:
    """All statements, mentions and figures of a case by their arrival."""

    def __init__(self, arrived: Sequence[str], readings: Sequence[Reading]) -> None:
        self.rank = {report: at for at, report in enumerate(arrived)}
        self._mentions: dict[str, _Founder] = {}
        self._others: dict[str, _Founder] = {}
        for reading in readings:
            rank = self.rank[reading.report]
            for mention in reading.mentions:
                self._mentions[mention.id] = _Founder((rank, mention.span.start, 0), (mention.id,))
            for number, statement in _numbered(reading.statements):
                start = whole(statement).start
                # By where it begins: a quotation that is parted later keeps its first part under the same name.
                self._others[statement.id] = _Founder(
                    (rank, start, number), ("statement", reading.report, start, number)
                )
            after = len(reading.statements)
            for figure in reading.figures:
                self._others[figure.id] = _Founder((rank, figure.span.start, after), ("figure", figure.id))

    def mention(self, source: Source) -> str:
        """The id of the first mention."""
        return min(source.mentions, key=lambda one: (self._mentions[one].spot, one))

    def name(self, members: Iterable[str]) -> tuple[str | int, ...]:
        """What names a group of statements and figures: its first."""
        first = min((self._others[one] for one in members), key=lambda founder: (founder.spot, founder.name[1:2]))
        return first.name


def _numbered(statements: Sequence[Statement]) -> Iterable[tuple[int, Statement]]:
    """Number those that begin at one place: the longest first, since what is quoted inside is shorter."""
    at: dict[int, list[Statement]] = defaultdict(list)
    for each in statements:
        at[whole(each).start].append(each)
    for found in at.values():
        yield from enumerate(sorted(found, key=lambda each: (-whole(each).end, each.id)))


def named(
    arrived: Sequence[str], readings: Sequence[Reading], traced: Traced, weighed: Weighed
) -> tuple[Traced, Weighed]:
    """Return what was traced and weighed with the ids that founders give; `arrived` are the reports by arrival."""
    founders = _Founders(arrived, readings)
    sources = {one.id: source_id(founders.mention(one)) for one in traced.sources}
    origins = {one.id: make_id("origin", *founders.name((*one.statements, *one.figures))) for one in traced.origins}
    utterances = {one.id: make_id("utterance", *founders.name(one.statements)) for one in traced.utterances}
    cited = _told_apart(traced.cited, lambda one: ("cited", *_first_place(one, founders.rank)))
    renamed = Traced(
        sources=tuple(replace(one, id=sources[one.id]) for one in traced.sources),
        utterances=tuple(_utterance(one, utterances, origins) for one in traced.utterances),
        origins=tuple(_origin(one, origins, sources) for one in traced.origins),
        reuse=traced.reuse,
        links=traced.links,
        cited=tuple(_cited(one, cited, sources) for one in traced.cited),
        chains=tuple(_chain(one, sources, cited) for one in traced.chains),
        divergences=traced.divergences,
    )
    return renamed, _weighed(weighed, founders, _Groups(utterances, origins, cited))


@dataclass(frozen=True, slots=True)
class _Groups:
    """The new ids of what was traced, by the old ones."""

    utterances: _Names
    origins: _Names
    cited: _Names


def _weighed(weighed: Weighed, founders: _Founders, groups: _Groups) -> Weighed:
    claims = {one.id: make_id("claim", one.kind, *founders.name(_made_of(one))) for one in weighed.claims}
    patterns = {one.id: make_id("pattern", one.act, *founders.name(one.statements)) for one in weighed.patterns}
    circles = _told_apart(weighed.circles, lambda one: ("circle", claims[one.claim], _first(one, founders.rank)))
    echo = weighed.summary.loudest_echo
    return replace(
        weighed,
        claims=tuple(_claim(one, claims, groups.origins) for one in weighed.claims),
        patterns=tuple(_pattern(one, patterns, groups.origins) for one in weighed.patterns),
        assessments=tuple(
            replace(one, id=make_id("assessment", claims[one.claim], one.method), claim=claims[one.claim])
            for one in weighed.assessments
        ),
        summary=replace(weighed.summary, loudest_echo=claims[echo] if echo else None),
        missing=tuple(_missing(one, groups.cited, claims) for one in weighed.missing),
        circles=tuple(replace(one, id=circles[one.id], claim=claims[one.claim]) for one in weighed.circles),
        retellings=tuple(_retelling(one, groups) for one in weighed.retellings),
    )


def _told_apart(records: Sequence[_Record], parts: Callable[[_Record], tuple[str | int, ...]]) -> dict[str, str]:
    """Name records by their parts; those with the same parts are numbered in their order."""
    seen: Counter[tuple[str | int, ...]] = Counter()
    out: dict[str, str] = {}
    for one in records:
        prefix, *rest = key = parts(one)
        out[one.id] = make_id(str(prefix), *rest, *((seen[key],) if seen[key] else ()))
        seen[key] += 1
    return out


def _first_place(one: Cited, rank: Mapping[str, int]) -> tuple[str | int, ...]:
    """Where it is first named; by its name, when only a credit without a place tells of it."""
    if not one.places:
        return (one.name,)
    first = min(one.places, key=lambda place: (rank[place.report], place.span))
    return first.report, first.span.start


def _first(one: Circle, rank: Mapping[str, int]) -> str:
    return min(one.reports, key=lambda report: rank[report])


def _made_of(claim: Claim) -> tuple[str, ...]:
    return claim.figures if claim.kind is ClaimKind.FIGURE else claim.statements


def _utterance(one: Utterance, utterances: _Names, origins: _Names) -> Utterance:
    return replace(one, id=utterances[one.id], origin=origins[one.origin] if one.origin else None)


def _origin(one: Origin, origins: _Names, sources: _Names) -> Origin:
    return replace(one, id=origins[one.id], source=sources[one.source] if one.source else None)


def _cited(one: Cited, cited: _Names, sources: _Names) -> Cited:
    return replace(one, id=cited[one.id], sources=tuple(sorted(sources[each] for each in one.sources)))


def _chain(one: Chain, sources: _Names, cited: _Names) -> Chain:
    hops = tuple(
        replace(
            hop,
            source=sources[hop.source] if hop.source else None,
            cited=cited[hop.cited] if hop.cited else None,
        )
        for hop in one.hops
    )
    return replace(one, hops=hops)


def _claim(one: Claim, claims: _Names, origins: _Names) -> Claim:
    return replace(
        one,
        id=claims[one.id],
        origins=tuple(origins[each] for each in one.origins),
        contradicts=tuple(sorted(claims[each] for each in one.contradicts)),
    )


def _pattern(one: Pattern, patterns: _Names, origins: _Names) -> Pattern:
    return replace(one, id=patterns[one.id], origins=tuple(origins[each] for each in one.origins))


def _missing(one: MissingDocument, cited: _Names, claims: _Names) -> MissingDocument:
    return replace(
        one,
        id=make_id("missing", cited[one.cited]),
        cited=cited[one.cited],
        claims=tuple(claims[each] for each in one.claims),
        alone=tuple(claims[each] for each in one.alone),
    )


def _retelling(one: Retelling, groups: _Groups) -> Retelling:
    details = tuple(
        replace(detail, utterances=tuple(groups.utterances[each] for each in detail.utterances))
        for detail in one.details
    )
    origin = groups.origins[one.origin]
    return replace(one, id=make_id("retelling", origin), origin=origin, details=details)
