"""How many independent origins stand behind one claim: who carries it, what joins them, and the reason of each join.

Judged per claim, never per report. Shown joins lower the upper number, plausible ones only the lower number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from headwater.model import Bearing, Place, Reason, Relay, ReuseKind, Source, SourceKind, by_person, told_words
from headwater.weighing.bounds import Join, Range, Tie, count
from headwater.weighing.circles import Carried, Ring, rings
from headwater.weighing.copies import Copies
from headwater.weighing.doubts import WORDING, of_origin, of_wording
from headwater.weighing.people import (
    could_be_same_office,
    could_be_same_voice,
    could_be_the_spokesman,
    marked_apart,
    one_carrier,
    share_a_name,
)
from headwater.weighing.pile import Pile, first_clause, in_few_words

_CITED = frozenset({SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.DOCUMENT, SourceKind.ORGANISATION})
_CARRIERS = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})
_PEOPLE = frozenset({SourceKind.WITNESS, SourceKind.PERSON, SourceKind.UNKNOWN})
_REASONS_AT_MOST = 60  # of what may be; every join counts, whether or not its reason is listed
_DOUBTS_AT_MOST = 20
_NAMED_AT_MOST = 3  # origins that an unattributed repeat is set beside; one is enough for the lower number


@dataclass(frozen=True, slots=True)
class Carrier:
    """One place that carries a claim: the statement or figure, its origin if any, and its utterance.

    `behind` are those whom the source relies on, `via` those through whom its words came.
    """

    record: str
    place: Place
    origin: str | None
    utterance: str | None
    behind: tuple[Relay, ...] = ()
    via: tuple[Relay, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The range of one claim: remaining origins (ids, one a group), unattributed reports, and every reason.

    `ties` are the reasons that tie two origins to one another, without what one of them alone rests on.
    """

    origins: tuple[str, ...]
    low: int
    high: int
    unattributed: tuple[str, ...]
    reasons: tuple[Reason, ...]
    groups: tuple[tuple[str, ...], ...]
    ties: tuple[Reason, ...] = ()
    rings: tuple[Ring, ...] = ()


def stand(pile: Pile, copies: Copies, carriers: Sequence[Carrier]) -> Standing:
    """Return the range of a claim from everything that carries it. `carriers` must not be empty."""
    nodes = _nodes(carriers)
    bare = tuple(node for node in nodes if node.startswith(_BARE))
    round_ = rings(pile, (Carried(one.record, one.place.report) for one in carriers))
    builder = _Builder(pile, copies, nodes, bare, round_)
    if len(nodes) == 1:
        origins = () if bare else tuple(nodes)
        reports = pile.ordered(node.removeprefix(_BARE) for node in bare)
        reasons = (*builder.repeats(), *(ring.reason for ring in round_), *builder.doubts(()))
        return Standing(origins, 1, 1, reports, reasons, (tuple(nodes),), rings=round_)
    apart = {frozenset(pair): pile.independent[frozenset(pair)] for pair in _independent(pile, nodes)}
    shown = [
        (join, _bearing(reason, Bearing.JOINS))
        for join, reason in builder.shown()
        if frozenset((join.a, join.b)) not in apart
    ]
    together = count(nodes, [join for join, _ in shown], apart).groups
    plausible = [(join, _bearing(reason, Bearing.MAY_JOIN)) for join, reason in builder.plausible(together)]
    plausible = [(join, reason) for join, reason in plausible if frozenset((join.a, join.b)) not in apart]
    outcome = count(nodes, [join for join, _ in (*shown, *plausible)], apart)
    possible = list(dict.fromkeys(reason for _, reason in plausible))[:_REASONS_AT_MOST]
    joined = [reason for _, reason in shown]
    circling = [ring.reason for ring in round_]
    reports = pile.ordered(node.removeprefix(_BARE) for node in bare)
    return Standing(
        origins=_remaining(outcome, nodes),
        low=outcome.low,
        high=outcome.high,
        unattributed=reports,
        reasons=tuple(
            dict.fromkeys(
                [*builder.by_people(apart), *builder.repeats(), *circling, *joined, *possible, *builder.doubts(joined)]
            )
        ),
        groups=outcome.groups,
        ties=tuple(dict.fromkeys([*joined, *possible])),
        rings=round_,
    )


def _independent(pile: Pile, nodes: Mapping[str, list[Carrier]]) -> Iterator[tuple[str, str]]:
    if pile.independent:
        yield from (pair for pair in combinations(nodes, 2) if frozenset(pair) in pile.independent)


def _bearing(reason: Reason, bearing: Bearing) -> Reason:
    return replace(reason, bearing=bearing)


_BARE = "unattributed:"


def _nodes(carriers: Sequence[Carrier]) -> dict[str, list[Carrier]]:
    """Group the carriers by origin; a report that names nobody at all for the claim is a node of its own."""
    nodes: dict[str, list[Carrier]] = {}
    named = {carrier.place.report for carrier in carriers if carrier.origin}
    for carrier in carriers:
        if carrier.origin:
            nodes.setdefault(carrier.origin, []).append(carrier)
        elif carrier.place.report not in named:
            nodes.setdefault(_BARE + carrier.place.report, []).append(carrier)
    return nodes


def _remaining(outcome: Range, nodes: Mapping[str, list[Carrier]]) -> tuple[str, ...]:
    rank = {node: at for at, node in enumerate(nodes)}
    kept: list[str] = []
    for group in outcome.groups:
        origins = sorted((one for one in group if not one.startswith(_BARE)), key=lambda one: rank[one])
        kept.extend(origins[:1])
    return tuple(sorted(kept, key=lambda one: rank[one]))


_Found = tuple[Join, Reason]


class _Builder:
    """Finds every join of one claim, each with its reason."""

    def __init__(
        self,
        pile: Pile,
        copies: Copies,
        nodes: dict[str, list[Carrier]],
        bare: tuple[str, ...],
        round_: tuple[Ring, ...],
    ) -> None:
        self.pile = pile
        self.round = round_
        self.copies = copies
        self.nodes = nodes
        self.bare = bare
        self.origins = tuple(node for node in nodes if not node.startswith(_BARE))

    def repeats(self) -> Iterator[Reason]:
        """Yield why several reports are one origin: they repeat the same words, or cite the same source."""
        for node in self.origins:
            carriers = self.nodes[node]
            reports = self.pile.ordered(one.place.report for one in carriers)
            if len(reports) < 2:
                continue
            places = tuple(next(c.place for c in carriers if c.place.report == report) for report in reports)
            same_words = len({c.utterance for c in carriers}) == 1 and carriers[0].utterance is not None
            who = self._speaker(node)
            names = self.pile.names(reports)
            if same_words:
                text = f"{names} repeat what {who} ({len(reports)} reports, one act of speech)."
                yield Reason("same utterance", text, places, Bearing.JOINS)
            else:
                text = f"{names} give the same source: {self._name(node)} ({len(reports)} reports)."
                yield Reason("same source", text, places, Bearing.JOINS)

    def by_people(self, apart: Mapping[frozenset[str], str]) -> Iterator[Reason]:
        """Yield which of the origins a person called independent."""
        for a, b in combinations(self.origins, 2):
            if decision := apart.get(frozenset((a, b))):
                text = f"A person says that {self._name(a)} and {self._name(b)} are two, and independent"
                yield by_person(text, (decision,), self._both(a, b))

    def doubts(self, joined: Sequence[Reason]) -> Iterator[Reason]:
        """Yield what the upper number rests on where it rests on inference; `joined` are the reasons of shown joins."""
        every = (
            *(why for node in self.origins for why in of_origin(self.pile, node, [c.place for c in self.nodes[node]])),
            *(of_wording(why.text, why.places) for why in joined if why.rule in WORDING),
        )
        yield from list(dict.fromkeys(every))[:_DOUBTS_AT_MOST]

    def shown(self) -> Iterator[_Found]:
        """Yield the joins that the reports themselves show."""
        yield from self._same_unattributed_utterance()
        yield from self._copied()
        for a, b in combinations(self.origins, 2):
            source, other = self.pile.source_of(a), self.pile.source_of(b)
            if source and other and self._one_cited(source, other):
                text = f"Both rest on the same cited source: {in_few_words(source.name)}."
                yield Join(a, b, Tie.SHOWN), Reason("same source", text, self._both(a, b))
        for node in self.bare:
            outlet = self._report(node)
            for origin in self.origins:
                if self._is_outlet(origin, outlet):
                    text = f"{outlet} is itself the source that the others name."
                    yield Join(node, origin, Tie.SHOWN), Reason("own report", text, self._both(node, origin))

    def _one_cited(self, a: Source, b: Source) -> bool:
        kinds = {a.kind, b.kind}
        if a.id == b.id:
            return kinds <= _CITED
        return not kinds.isdisjoint(_CITED) and a.named and b.named and one_carrier(a, b) is True

    def plausible(self, together: Sequence[Sequence[str]]) -> Iterator[_Found]:
        """Yield the dependences that may be real, for the lower number, between groups that are not one as shown."""
        group = {node: at for at, members in enumerate(together) for node in members}
        pairs = [(a, b) for a, b in combinations(self.origins, 2) if group[a] != group[b]]
        for a, b in pairs:
            yield from self._same_words(a, b)
            yield from self._one_voice(a, b)
            yield from self._resting(a, b)
            yield from self._resting(b, a)
        yield from self._going_round()
        first = {group[origin]: origin for origin in reversed(self.origins)}
        bare = {group[node]: node for node in reversed(self.bare) if group[node] not in first}
        named = list(reversed(first.values()))[:_NAMED_AT_MOST]
        for node in reversed(bare.values()):
            if named:
                reason = self._repeat(node, named, more=len(first) > len(named))
                yield from ((Join(node, origin, Tie.RESTS), reason) for origin in named)
        if not first:
            yield from self._circle(list(reversed(bare.values())))

    def _same_unattributed_utterance(self) -> Iterator[_Found]:
        by_utterance: dict[str, list[str]] = defaultdict(list)
        for node in self.bare:
            for utterance in dict.fromkeys(c.utterance for c in self.nodes[node] if c.utterance):
                by_utterance[utterance].append(node)
        for nodes in by_utterance.values():
            for a, b in pairwise(nodes):
                text = f"{self._report(a)} and {self._report(b)} render the same act of speech; neither says whose."
                yield Join(a, b, Tie.SHOWN), Reason("same unattributed words", text, self._both(a, b))

    def _copied(self) -> Iterator[_Found]:
        every = [(node, carrier) for node, found in self.nodes.items() for carrier in found]
        done: set[tuple[str, str]] = set()
        for (a, one), (b, two) in combinations(every, 2):
            if a == b or (a, b) in done or self._both_named(a, b):
                continue
            shared = self.copies.covering(one.place, two.place)
            if shared is None:
                continue
            done.add((a, b))
            what = "agency copy" if shared.kind is ReuseKind.AGENCY else "an agency's text, rewritten"
            what = f"{what} ({shared.credit})" if shared.credit else "the same narrative"
            text = (
                f"{self.pile.name(one.place.report)} and {self.pile.name(two.place.report)} share {shared.words} words "
                f"around this: {what}."
            )
            rule = "agency copy" if shared.credit else "narrative copy"
            yield Join(a, b, Tie.SHOWN), Reason(rule, text, (shared.here, shared.there))

    def _both_named(self, a: str, b: str) -> bool:
        """Two names for one copied passage are a disagreement about whose it is, not one origin."""
        if a in self.bare or b in self.bare:
            return False
        one, two = self.pile.source_of(a), self.pile.source_of(b)
        return one is not None and two is not None and one.named and two.named

    def _same_words(self, a: str, b: str) -> Iterator[_Found]:
        """Yield the tie of two origins to whom reports give the same words: one of the reports may be mistaken."""
        if not self.pile.same_words:
            return
        mine, yours = ({one.utterance for one in self.nodes[node] if one.utterance} for node in (a, b))
        for pair in sorted(sorted((one, two)) for one in mine for two in yours):
            reason = self.pile.same_words.get(frozenset(pair))
            if reason is not None:
                yield Join(a, b, Tie.SAME), reason

    def _one_voice(self, a: str, b: str) -> Iterator[_Found]:
        one, two = self.pile.source_of(a), self.pile.source_of(b)
        if one is None or two is None:
            return
        if one.id == two.id:
            if one.kind not in _CITED:
                where = f"{self._occasion(a)}; {self._occasion(b)}"
                text = f"{in_few_words(one.name)} on two occasions ({where}): one speaker."
                yield Join(a, b, Tie.SAME), Reason("same speaker, two occasions", text, self._both(a, b))
        elif could_be_same_voice(one, two):
            if not self._told_apart(a, b, one, two):
                text = f"{self._pair(one, two)} could be one person: nothing in the reports tells them apart."
                yield Join(a, b, Tie.SAME), Reason("could be the same person", text, self._both(a, b))
        elif could_be_same_office(one, two) or could_be_the_spokesman(one, two):
            text = f"{self._pair(one, two)} may speak for the same office."
            yield Join(a, b, Tie.SAME), Reason("same office", text, self._both(a, b))
        elif one.kind in _CITED and two.kind in _CITED and one_carrier(one, two) is None:
            text = f"{self._pair(one, two)} may be one and the same source."
            yield Join(a, b, Tie.SAME), Reason("could be the same source", text, self._both(a, b))

    def _told_apart(self, a: str, b: str, one: Source, two: Source) -> bool:
        """Tell whether a report that speaks of both sets them apart; without a word it may call one man two names."""
        shared = set(self.pile.origins[a].reports) & set(self.pile.origins[b].reports)
        return bool(shared) and marked_apart(one, two)

    def _resting(self, a: str, b: str) -> Iterator[_Found]:
        one, two = self.pile.origins[a], self.pile.origins[b]
        source = self.pile.source_of(b)
        relied = [(carrier, relay, b) for carrier in self.nodes[a] for relay in carrier.behind]
        passed_on = [(carrier, relay, a) for carrier in self.nodes[b] for relay in carrier.via]
        for carrier, relay, named in (*relied, *passed_on):
            if self._names(relay, named):
                how = f"relies on “{relay.text}”" if named == b else f"passes on what {self._name(b)} said"
                text = f"{self._name(a)} {how}, and both say it."
                place = Place(carrier.place.report, relay.span)
                other = self.nodes[b if named == b else a][0].place
                yield Join(a, b, Tie.RESTS), Reason("rests on another origin", text, (place, other))
                return
        if one.kind in _CARRIERS and two.kind in _PEOPLE and not (source and source.named):
            text = f"{self._name(a)} may have it from the same unnamed source as “{self._name(b)}”."
            yield Join(a, b, Tie.RESTS), Reason("outlet on an unnamed source", text, self._both(a, b))

    def _names(self, relay: Relay, origin: str) -> bool:
        record = self.pile.origins[origin]
        if relay.mention is not None and record.source:
            known = self.pile.source_of_mention.get(relay.mention)
            if known is not None:
                return known == record.source
        return share_a_name(relay.text, record.name)

    def _repeat(self, node: str, named: Sequence[str], *, more: bool) -> Reason:
        names = list(dict.fromkeys(self._name(origin) for origin in named))
        listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        text = (
            f"{self._report(node)} names nobody for this: it may come from {listed}{', among others' if more else ''}."
        )
        places = (self.nodes[node][0].place, *(self.nodes[origin][0].place for origin in named))
        return Reason("unattributed repeat", text, places)

    def _going_round(self) -> Iterator[_Found]:
        """Yield the ties of outlets that have it from one another: together they may be one origin, never none."""
        for ring in self.round:
            inside = [node for node, found in self.nodes.items() if any(one.record in ring.records for one in found)]
            if len(inside) > 1:
                for a, b in zip(inside, (*inside[1:], inside[0]), strict=True):
                    yield Join(a, b, Tie.RESTS), ring.reason

    def _circle(self, bare: Sequence[str]) -> Iterator[_Found]:
        for a, b in pairwise(bare):
            text = f"Neither {self._report(a)} nor {self._report(b)} names anybody: they may have it from one another."
            reason = Reason("unattributed repeat", text, self._both(a, b))
            yield Join(a, b, Tie.RESTS), reason
            yield Join(b, a, Tie.RESTS), reason

    def _is_outlet(self, origin: str, outlet: str) -> bool:
        source = self.pile.source_of(origin)
        names = {self.pile.origins[origin].name, *(source.names if source else ())}
        return any(_plain(first_clause(name)) == _plain(outlet) for name in names)

    def _both(self, a: str, b: str) -> tuple[Place, ...]:
        first = self.nodes[a][0].place
        second = next((c.place for c in self.nodes[b] if c.place.report != first.report), self.nodes[b][0].place)
        return first, second

    def _pair(self, a: Source, b: Source) -> str:
        return f"“{in_few_words(a.name)}” and “{in_few_words(b.name)}”"

    def _report(self, node: str) -> str:
        return self.pile.name(node.removeprefix(_BARE))

    def _name(self, origin: str) -> str:
        return self.pile.speaker(origin)

    def _speaker(self, origin: str) -> str:
        told_to, who = self.pile.origins[origin].told_to, self._name(origin)
        if "," in who:
            who += ","
        if not told_to:
            return f"{who} said"
        lead, words = told_words(told_to)
        return f"{who} said {words}" if lead == "said" else f"{who} told {words}"

    def _occasion(self, origin: str) -> str:
        told_to = self.pile.origins[origin].told_to
        if not told_to:
            return "to whom is not said"
        lead, words = told_words(told_to)
        return words if lead == "said" else f"to {words}"


def _plain(name: str) -> str:
    folded = "".join(c for c in name.casefold() if c.isalnum())
    return folded.removeprefix("the").removesuffix("news") or folded
