"""The chain of each statement: who is at the far end, whom it was told, who passed it on, and the report.

As far as the words of the reports show: what one report says of the way is taken for another only for the same
utterance or origin, and marked with the reason. Nothing is guessed; whoever is not named is "somebody".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from headwater.model import (
    Chain,
    CitedKind,
    Hop,
    HopKind,
    Origin,
    Place,
    Reuse,
    ReuseKind,
    Source,
    SourceKind,
    Span,
    Statement,
    keys,
    make_id,
)
from headwater.tracing.cited import Listing, listener
from headwater.tracing.material import Material, Piece
from headwater.tracing.occasions import Setting
from headwater.tracing.outlets import is_outlet
from headwater.tracing.utterances import Group, place_of

SOMEBODY = "somebody"
_NOBODY_NAMED = "the report names nobody"
_CARRIERS = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})
_NO_MOUTH = frozenset({HopKind.OCCASION})
_GIVEN_OUT = frozenset({CitedKind.DOCUMENT, CitedKind.STATEMENT, CitedKind.POST})
_BODIES = _CARRIERS | {SourceKind.ORGANISATION, SourceKind.UNKNOWN}
_PERSONS = frozenset({SourceKind.WITNESS, SourceKind.PERSON, SourceKind.EXPERT, SourceKind.UNKNOWN})
# "Told the channel": it passes on what it heard, whatever its name.
_CARRIER_NOUNS = frozenset(
    "channel newspaper paper station broadcaster agency magazine website outlet network daily weekly".split()
)
_OURS = frozenset({"this", "our"})
_UNTOLD = frozenset({Setting.INTERVIEW})


@dataclass(frozen=True, slots=True)
class _Way:
    """A chain in the making. `shown` is True when the words say to whom or where the far end spoke."""

    hops: tuple[Hop, ...]
    shown: bool


def find(
    material: Material,
    groups: Sequence[Group],
    origins: Sequence[Origin],
    sources: Sequence[Source],
    reuse: Sequence[Reuse],
    listing: Listing,
) -> list[Chain]:
    """Return the chain of every statement, in the order of the statements."""
    builder = _Builder(material, groups, origins, sources, reuse, listing)
    ways = {piece.order: builder.way(piece) for piece in material.pieces}
    through = _Through(material, groups, listing, ways)
    return [builder.chain(piece, through.whole(piece)) for piece in material.pieces]


class _Builder:
    """Puts together what the words beside one statement, and its origin, say of its way."""

    def __init__(
        self,
        material: Material,
        groups: Sequence[Group],
        origins: Sequence[Origin],
        sources: Sequence[Source],
        reuse: Sequence[Reuse],
        listing: Listing,
    ) -> None:
        self._material = material
        ranks = {
            i: frozenset(material.pieces[j].rank for j in group.members) for group in groups for i in group.members
        }
        self._rendered_in = ranks
        self._listing = listing
        self._saying: dict[str, list[Piece]] = {}
        self._infos = {report.id: report.info for report in material.reports}
        self._pieces = {piece.statement.id: piece for piece in material.pieces}
        self._origin_of = {statement: origin for origin in origins for statement in origin.statements}
        self._sources = {source.id: source for source in sources}
        self._source_of = {mention: source for source in sources for mention in source.mentions}
        self._kinds = {one.id: one for one in listing.records}
        self._copied: dict[str, list[tuple[Span, Place, str]]] = defaultdict(list)
        for item in reuse:
            if item.kind is ReuseKind.NARRATIVE and item.credit:
                for here, there in ((item.a, item.b), (item.b, item.a)):
                    self._copied[here.report].append((here.span, there, item.credit))

    def way(self, piece: Piece) -> _Way:
        """Return the hops of a statement as far as its own report and its origin show them, the report last."""
        return self._way(piece, frozenset())

    def _way(self, piece: Piece, within: frozenset[str]) -> _Way:
        said = piece.statement
        outer = self._pieces.get(said.inside or "")
        start = [*self._behind(said), self._speaker(piece)]
        if outer is not None and outer.statement.id not in within:
            # Words inside words: who is quoted spoke to the one who quotes.
            around = self._way(outer, within | {said.id})
            return _Way(_once((*start, *around.hops)), shown=True)
        told, shown = self._told(piece)
        return _Way(self._in_report(piece, _once((*start, *told, *self._relays(piece)))), shown)

    def chain(self, piece: Piece, way: _Way) -> Chain:
        """Return the record of a statement's way."""
        mouths = [hop for hop in way.hops if hop.kind not in _NO_MOUTH]
        first = mouths[0]
        unknown = first.source is None and first.kind is not HopKind.REPORT
        passed_on = first.kind is not HopKind.REPORT and (first.cited is not None or self._is_carrier(first))
        unnamed = piece.mention is None and first.kind is not HopKind.REPORT
        at_least = unknown or unnamed or passed_on or not (way.shown or first.kind is HopKind.REPORT)
        return Chain(
            make_id("chain", piece.statement.id), piece.statement.id, way.hops, len(mouths) - 1, at_least=at_least
        )

    def _is_carrier(self, hop: Hop) -> bool:
        source = self._sources.get(hop.source or "")
        return source is not None and source.kind in _CARRIERS

    def _behind(self, said: Statement) -> Iterable[Hop]:
        for relay in said.behind:
            place = Place(said.report, relay.span)
            yield Hop(HopKind.BEHIND, relay.text, place, self._id_of(relay.mention), self._listing.by_place.get(place))

    def _speaker(self, piece: Piece) -> Hop:
        """The source in the words of the report; that of the origin where the report names nobody."""
        said, origin = piece.statement, self._origin_of.get(piece.statement.id)
        known = self._sources.get(origin.source or "") if origin else None
        if piece.mention is not None:
            span = said.source_span or piece.mention.span
            own = self._source_of.get(piece.mention.id)
            source = known or own
            cited = self._listing.by_source.get(own.id) if own else None
            return Hop(
                HopKind.SOURCE,
                piece.mention.text,
                Place(said.report, span),
                source.id if source else None,
                cited,
            )
        if origin is None or known is None:
            return Hop(HopKind.SOURCE, SOMEBODY, None, inferred=_NOBODY_NAMED)
        other = self._elsewhere(origin, piece)
        if other is None or other.mention is None:
            return Hop(HopKind.SOURCE, SOMEBODY, None, inferred=_NOBODY_NAMED)
        return replace(self._speaker(other), inferred=f"{self._name(other)} names the source of the same words")

    def _elsewhere(self, origin: Origin, piece: Piece) -> Piece | None:
        """A statement of the same origin whose report names the source: of this report before others."""
        found = [one for each in origin.statements if (one := self._pieces[each]).mention is not None]
        return min(found, key=lambda one: (one.rank != piece.rank, one.order), default=None)

    def _told(self, piece: Piece) -> tuple[list[Hop], bool]:
        """To whom or where it was said, and whether anything says so."""
        said = piece.statement
        if said.told_to is not None:
            return self._heard(piece, piece, ""), True
        origin = self._origin_of.get(said.id)
        if origin is None or not origin.told_to:
            return [], False
        told = [
            one for one in self._that_say(origin) if one.rank == piece.rank or self._same_occasion(origin, piece, one)
        ]
        if not told:
            return [], False
        best = min(told, key=lambda one: (one.rank != piece.rank, not self._listing.told(one.statement), one.order))
        where = "this report says so elsewhere" if best.rank == piece.rank else f"{self._name(best)} says so"
        return self._heard(best, piece, where), True

    def _that_say(self, origin: Origin) -> list[Piece]:
        """The statements of an origin that say to whom or where."""
        if origin.id not in self._saying:
            pieces = (self._pieces[each] for each in origin.statements)
            self._saying[origin.id] = [one for one in pieces if one.statement.told_to]
        return self._saying[origin.id]

    def _same_occasion(self, origin: Origin, piece: Piece, other: Piece) -> bool:
        """Whether another report's word on the occasion goes for a statement: bodies speak all day, in many ways."""
        return origin.kind in _PERSONS or other.rank in self._rendered_in[piece.order]

    def _heard(self, saying: Piece, piece: Piece, inferred: str) -> list[Hop]:
        said = saying.statement
        if said.told_to is None:
            return []
        place = Place(said.report, said.told_to.span)
        cited = self._listing.by_place.get(place)
        name, where = listener(said.told_to)
        if cited is not None and self._kinds[cited].kind not in _GIVEN_OUT:
            return [Hop(HopKind.TOLD_TO, said.told_to.text, place, None, cited, inferred)]
        called = keys(said.told_to.text)
        if name is None and called[-1:] and called[-1] in _CARRIER_NOUNS:
            if called[0] in _OURS and saying.rank == piece.rank:
                return [Hop(HopKind.REPORT, said.told_to.text, place)]
            return [self._by_its_noun(saying, place, inferred)]
        if not where.names and where.settings == _UNTOLD:
            # "By telephone", "told us": the outlet of the report that says so heard it itself.
            if saying.rank == piece.rank:
                return [Hop(HopKind.REPORT, said.told_to.text, place)]
            own = min(self._listing.own.get(said.report, ()), default=None)
            return [Hop(HopKind.TOLD_TO, self._name(saying), place, None, own, inferred)]
        return [Hop(HopKind.OCCASION, said.told_to.text, place, None, cited, inferred)]

    def _by_its_noun(self, saying: Piece, place: Place, inferred: str) -> Hop:
        """A carrier called "the channel": the one that the same source is said to have told elsewhere, if any."""
        said = saying.statement
        origin = self._origin_of.get(said.id)
        others = self._that_say(origin) if origin else []
        named = {found: one for one in reversed(others) if (found := self._told_carrier(one))}
        words = place.span.of(self._material.reports[saying.rank].text)
        if len(named) != 1:
            return Hop(HopKind.TOLD_TO, words, place, None, None, inferred)
        ((cited, other),) = named.items()
        return Hop(HopKind.TOLD_TO, words, place, None, cited, inferred or f"{self._name(other)} names it")

    def _told_carrier(self, piece: Piece) -> str | None:
        found = self._listing.told(piece.statement)
        return found if found and self._kinds[found].kind not in _GIVEN_OUT else None

    def _relays(self, piece: Piece) -> Iterable[Hop]:
        said = piece.statement
        for relay in said.via:
            place = Place(said.report, relay.span)
            cited = self._listing.by_place.get(place)
            if cited is not None or self._id_of(relay.mention) is not None:
                yield Hop(HopKind.VIA, relay.text, place, self._id_of(relay.mention), cited)
        yield from self._agency(piece)

    def _agency(self, piece: Piece) -> Iterable[Hop]:
        """The agency whose copy the report prints: credited by itself, or by a report that prints the same copy."""
        cited = self._listing.by_credit.get(piece.statement.report)
        if cited is not None:
            record = self._kinds[cited]
            place = next((one for one in record.places if one.report == piece.statement.report), None)
            yield Hop(HopKind.VIA, record.name, place, None, cited, "the report credits it for its text")
            return
        here = place_of(piece)
        for span, there, credit in self._copied.get(here.report, ()):
            if 2 * span.shared(here.span) >= here.span.length:
                known = self._listing.by_credit.get(there.report)
                if known is not None:
                    why = f"{self._report(there.report)} prints the same copy and credits {credit}"
                    yield Hop(HopKind.VIA, self._kinds[known].name, there, None, known, why)
                    return

    def _in_report(self, piece: Piece, hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
        """Put the report at the end; its own outlet, named on the way, is the report and counts once."""
        report = self._material.reports[piece.rank]
        place: Place | None = None
        kept = list(hops)
        while kept and self._is_own(kept[-1], report.id):
            place = kept.pop().place
        kept = [
            hop for hop in kept if not (hop.kind in {HopKind.TOLD_TO, HopKind.VIA} and self._is_own(hop, report.id))
        ]
        return (*kept, Hop(HopKind.REPORT, report.info.called, place or place_of(piece)))

    def _is_own(self, hop: Hop, report: str) -> bool:
        if hop.kind is HopKind.REPORT:
            return True
        if hop.kind in _NO_MOUTH or hop.kind is HopKind.BEHIND:
            return False
        source = self._sources.get(hop.source or "")
        named = hop.cited in self._listing.own.get(report, frozenset())
        body = hop.cited is not None or (source is not None and source.kind in _BODIES)
        outlet = self._infos[report].outlet
        return named or bool(body and outlet and is_outlet(hop.words, outlet.value))

    def _id_of(self, mention: str | None) -> str | None:
        source = self._source_of.get(mention or "")
        return source.id if source else None

    def _name(self, piece: Piece) -> str:
        return self._report(piece.statement.report)

    def _report(self, report: str) -> str:
        return self._infos[report].called


class _Through:
    """Lengthens a way by what a carrier's own report in the case says of it, for the same utterance."""

    def __init__(self, material: Material, groups: Sequence[Group], listing: Listing, ways: dict[int, _Way]) -> None:
        self._material = material
        self._ways = ways
        self._reports = {one.id: one.reports for one in listing.records}
        self._names = {report.id: report.info.called for report in material.reports}
        self._kin: dict[int, dict[str, list[Piece]]] = {}
        for group in groups:
            by_report: dict[str, list[Piece]] = defaultdict(list)
            for i in group.members:
                by_report[material.pieces[i].statement.report].append(material.pieces[i])
            self._kin.update(dict.fromkeys(group.members, by_report))

    def whole(self, piece: Piece) -> _Way:
        """Return the way with everything that carriers of the case add to its far end; no report is asked twice."""
        return self._whole(piece, {piece.statement.report})

    def _whole(self, piece: Piece, asked: set[str]) -> _Way:
        way = self._ways[piece.order]
        for at, hop in enumerate(way.hops[:-1]):
            for other in self._own(piece, hop):
                if other.statement.report in asked:
                    continue
                asked.add(other.statement.report)
                before = self._whole(other, asked)
                head = before.hops[:-1]
                if _mouths(head) > _mouths(way.hops[:at]):
                    why = f"{self._names[other.statement.report]} says so"
                    added = tuple(one if one.inferred else replace(one, inferred=why) for one in head)
                    passing = hop if hop.kind is not HopKind.SOURCE else replace(hop, kind=HopKind.VIA)
                    return _Way((*added, passing, *way.hops[at + 1 :]), before.shown)
        return way

    def _own(self, piece: Piece, hop: Hop) -> Iterable[Piece]:
        """The renderings of the same utterance in the own reports of a carrier."""
        if hop.cited is not None and hop.kind not in _NO_MOUTH:
            for report in self._reports[hop.cited]:
                yield from self._kin[piece.order].get(report, ())


def _mouths(hops: Iterable[Hop]) -> int:
    return sum(1 for hop in hops if hop.kind not in _NO_MOUTH)


def _once(hops: Iterable[Hop]) -> tuple[Hop, ...]:
    """The same mouth twice in a row is one mouth; the place that shows it more clearly stays."""
    out: list[Hop] = []
    for hop in hops:
        last = out[-1] if out else None
        same = last and last.kind not in _NO_MOUTH and hop.kind not in _NO_MOUTH and _one(last, hop)
        if same and last:
            out[-1] = hop if last.inferred and not hop.inferred else last
        else:
            out.append(hop)
    return tuple(out)


def _one(a: Hop, b: Hop) -> bool:
    if a.cited or b.cited:
        return a.cited == b.cited
    return a.source is not None and a.source == b.source
