"""Which mentions in different reports are one source: by name, and by the utterances they share.

Unnamed sources are never joined by description alone. Two groups that carry different names are never joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from headwater.model import Bonds, Mention, Place, Reason, Source, Voices, by_person, make_id
from headwater.tracing.bearers import ALONE, of_two_sexes, parted, prominent, spelled, told_apart, two_spellings
from headwater.tracing.called import called
from headwater.tracing.joining import printed_twice
from headwater.tracing.material import Material, Piece
from headwater.tracing.name_parts import Name
from headwater.tracing.names import Affinity, affinity, initials, name_of, rival_bodies, same_person, unnamed
from headwater.tracing.occasions import Occasion, differ, occasion
from headwater.tracing.offices import namesakes, walks
from headwater.tracing.outlets import outlet_keys
from headwater.tracing.plain_words import PlainWords
from headwater.tracing.source_kinds import carrier, kind_of, tells
from headwater.tracing.utterances import FREE, Group, place_of

# One shared utterance joins two sources when its shared wording weighs this much (about five rare words);
# lighter ones need company. Chosen with the bars of `joining`, on the same reports.
LONG_MASS = 4.5
LEAST_SHARED = 2
LEAST_SHARED_MASS = 2.5
# A country and its adjective agree in so many letters; only chooses whom to compare.
_PLACE_LETTERS = 5
# Words that set a source apart from the one before it.
_SOMEBODY_ELSE = frozenset({"another", "other", "second", "third", "different"})


@dataclass(slots=True)
class _Cluster:
    """Mentions taken for one source while joining; `names` are the distinct names among them."""

    mentions: list[int]
    names: list[Name]
    reasons: list[Reason] = field(default_factory=list)


class Sources:
    """A union of mentions into sources that remembers why and refuses to join what differs by name.

    Clusters grow by the rules; `bonds` (numbers are those of the mentions) tell which of them people hold for one.
    """

    def __init__(self, material: Material, bonds: Bonds = FREE) -> None:
        self._bonds = bonds
        self._voices = Voices(len(material.mentions), bonds)
        self._mentions = mentions = material.mentions
        self._told = _told(material)
        outlets = {report.info.outlet.value for report in material.reports if report.info.outlet}
        self._carriers = frozenset(key for outlet in outlets for key in outlet_keys(outlet))
        self._index = {mention.id: i for i, mention in enumerate(mentions)}
        # One object for equal names: whom `_two_names` has compared it knows again without looking at their words.
        same: dict[Name, Name] = {}
        read = [name_of(mention) for mention in mentions]
        plain = PlainWords(material.reports, zip(mentions, read, strict=True))
        self._names = [
            same.setdefault(name, name)
            for name in (
                unnamed(name) if plain.nobody(mention, name) else name
                for mention, name in zip(mentions, read, strict=True)
            )
        ]
        self._compared: dict[tuple[int, int], Affinity] = {}
        self._home = list(range(len(mentions)))
        self._stands: dict[tuple[int, int, int, int], Affinity] = {}
        self._namesakes: list[tuple[int, int]] = []
        self._clusters = {i: _Cluster([i], [name]) for i, name in enumerate(self._names)}

    def key(self, mention: Mention) -> int:
        """The number of the source that a mention belongs to at this moment."""
        return self._voices.find(self._index[mention.id])

    def _cluster(self, mention: Mention) -> int:
        return self._home[self._index[mention.id]]

    def kept_apart(self, a: Mention, b: Mention) -> bool:
        """True when a person said that two mentions are not one source."""
        return self._voices.forbid(self._index[a.id], self._index[b.id])

    def affinity(self, a: Mention, b: Mention) -> Affinity:
        """How two mentions stand to one another, given what has been joined so far."""
        one, two = self._cluster(a), self._cluster(b)
        if one == two or self.key(a) == self.key(b):
            return Affinity.SAME
        if self.kept_apart(a, b):
            return Affinity.CONFLICT
        words = self._between(self._clusters[one], self._clusters[two])
        if a.report == b.report:
            return min(words, Affinity.OPEN)
        if words in {Affinity.OPEN, Affinity.LIKELY} and self._same_listener(a, b):
            return Affinity(words + 1)
        return Affinity.LIKELY if words is Affinity.SAME and not (a.named and b.named) else words

    def _same_listener(self, a: Mention, b: Mention) -> bool:
        """True when both reports say that their source spoke to the same named outlet."""
        return any(not differ(x, y) for x in self._told.get(a.id, ()) for y in self._told.get(b.id, ()))

    def rank(self, mention: Mention) -> int:
        """How much a source is named so far: 2 a person, 1 a body, 0 nobody."""
        names = self._clusters[self._cluster(mention)].names
        return 2 if any(name.person for name in names) else int(any(name.bodies for name in names))

    def join_by_name(self) -> None:
        """Join named persons and bodies of all reports by their names; a family name alone only when it is unique."""
        self._join_persons()
        self._join_bodies()

    def join_by_utterances(self, material: Material, groups: Iterable[Group]) -> bool:
        """Join sources that share utterances; strongest evidence first. True when anything was joined."""
        shared: dict[tuple[int, int], list[tuple[float, Piece, Piece]]] = defaultdict(list)
        for group in groups:
            for mass, a, b in _across(material, group):
                if a.mention and b.mention and (one := self._cluster(a.mention)) != (two := self._cluster(b.mention)):
                    shared[min(one, two), max(one, two)].append((mass, a, b))
        ranked = sorted(shared.items(), key=lambda item: (-sum(found[0] for found in item[1]), item[0]))
        joined = False
        for (one, two), found in ranked:
            joined = self._join_shared(one, two, found) or joined
        return joined

    def _join_shared(self, one: int, two: int, found: list[tuple[float, Piece, Piece]]) -> bool:
        one, two = self._home[one], self._home[two]
        if one == two or self._voices.forbid(one, two):
            return False
        count, mass = len(found), sum(item[0] for item in found)
        heard = any(a.mention and b.mention and self._same_listener(a.mention, b.mention) for _, a, b in found)
        again = any(a.rank == b.rank for _, a, b in found)
        enough = again or mass >= LONG_MASS or ((heard or count >= LEAST_SHARED) and mass >= LEAST_SHARED_MASS)
        if not enough or not self._may_join(one, two, found):
            return False
        best = max(found, key=lambda item: (item[0], -item[1].order))
        what = "an utterance of some length" if count == 1 else f"{count} utterances"
        if again:
            what = "words that one report prints twice"
        text = f"They share {what}, and nothing said about them differs."
        places = (place_of(best[1]), place_of(best[2]))
        self._union(one, two, Reason("shared utterances", text, places))
        return True

    def _may_join(self, one: int, two: int, found: Sequence[tuple[float, Piece, Piece]]) -> bool:
        """Two mentions of one report stay two sources, unless that report prints the same words under both."""
        a, b = self._clusters[one], self._clusters[two]
        both = {self._mentions[i].report for i in a.mentions} & {self._mentions[i].report for i in b.mentions}
        twice = {x.statement.report for _, x, y in found if x.rank == y.rank}
        if both - twice and not self._vague_twice(a, b):
            return False
        words = self._between(a, b)
        both_named = any(name.named for name in a.names) and any(name.named for name in b.names)
        # Words that one report prints under two descriptions ("Investigators", "a spokesman for the board") are one's.
        least = Affinity.APART if twice else Affinity.OPEN
        return words >= least and not (both_named and words is not Affinity.SAME)

    @staticmethod
    def _vague_twice(a: _Cluster, b: _Cluster) -> bool:
        """True when one report may speak of one unnamed source in two ways ("a man", "one prisoner")."""
        names = [*a.names, *b.names]
        return not any(name.named for name in names) and not any(name.roles & _SOMEBODY_ELSE for name in names)

    def _between(self, a: _Cluster, b: _Cluster) -> Affinity:
        # Names are only ever added, so that the first mention and their number say which state of a source it was.
        state = a.mentions[0], len(a.names), b.mentions[0], len(b.names)
        known = self._stands.get(state)
        if known is None:
            known = self._stands[state] = self._of_names(a.names, b.names)
        return known

    def _of_names(self, a: Sequence[Name], b: Sequence[Name]) -> Affinity:
        best = Affinity.CONFLICT
        most = Affinity.SAME
        for x in a:
            for y in b:
                found = self._two_names(x, y)
                if found is Affinity.CONFLICT:
                    if not _one_has_both(x, y, (*a, *b)):
                        return found
                    found = Affinity.LIKELY
                best = max(best, found)
                if namesakes(x, y) or any(rival_bodies(one, two) for one in x.bodies for two in y.bodies):
                    most = Affinity.LIKELY
        return min(best, most)

    def _two_names(self, x: Name, y: Name) -> Affinity:
        known = self._compared.get((id(x), id(y)))
        if known is None:
            known = self._compared[id(x), id(y)] = affinity(x, y)
        return known

    def _union(self, one: int, two: int, why: Reason) -> None:
        keep, gone = min(one, two), max(one, two)
        self._voices.unite(keep, gone)
        kept, lost = self._clusters[keep], self._clusters.pop(gone)
        for mention in lost.mentions:
            self._home[mention] = keep
        kept.mentions += lost.mentions
        kept.names += [name for name in lost.names if name not in kept.names]
        kept.reasons += [*lost.reasons, why]

    def _join_persons(self) -> None:
        holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for i, name in enumerate(self._names):
            if name.person:
                holders[name.person].append(i)
        reports = spelled(self._names, (mention.report for mention in self._mentions))
        heads: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for person in sorted(holders, key=lambda words: (-len(words), words)):
            near = [other for key in _slips(person[-1]) for other in heads[key] if same_person(person, other)]
            bearers = [i for other in near if not two_spellings(person, other, reports) for i in holders[other]]
            if len(person) > 1:
                self._join_full(holders[person], bearers)
            else:
                self._join_family(holders[person], bearers)
            for key in _slips(person[-1]):
                heads[key].append(person)

    def _join_full(self, found: Sequence[int], bearers: Sequence[int]) -> None:
        """Join the mentions of one full name, and them with the first bearer of a like name who can be the same."""
        parts = parted(found, self._names)
        self._namesakes += [(parts[0][0], part[0]) for part in parts[1:]]
        for part in parts:
            for other in part[1:]:
                self._named(part[0], other)
            any(self._named(root, part[0]) for root in sorted({self._home[i] for i in bearers}))

    def _join_family(self, found: Sequence[int], bearers: Sequence[int]) -> None:
        """Join each mention of a family name alone with the one who is meant by it, or with others of that name."""
        reports: dict[int, set[str]] = defaultdict(set)
        for i in bearers:
            reports[self._home[i]].add(self._mentions[i].report)
        meant = prominent({root: len(where) for root, where in reports.items()})
        alone = [i for i in found if meant is None or not self._is_meant(i, meant, reports)]
        # A word that most reports use alone is a name of its own ("Tarnland"), whoever else is called so.
        by_itself = len({self._mentions[i].report for i in alone}) > ALONE * sum(map(len, reports.values()))
        for part in parted(alone, self._names) if alone else []:
            heads = part[:1]
            for other in part[1:]:
                if reports and not by_itself and not walks(self._names[other]):
                    continue
                alike = (
                    head for head in heads if not told_apart(self._names[other], self._clusters[self._home[head]].names)
                )
                if not any(self._named(head, other) for head in alike):
                    heads.append(other)

    def _is_meant(self, i: int, meant: int, reports: Mapping[int, set[str]]) -> bool:
        """Join a family name alone with the one bearer who can be meant; True when they are one source then."""
        names, here = self._clusters[self._home[meant]].names, self._mentions[i].report
        if any(here in where for root, where in reports.items() if root != meant):
            return False
        return not of_two_sexes(self._names[i], names) and self._named(meant, i)

    def _join_bodies(self) -> None:
        by_key: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(self._names):
            for place in (body[0] for body in (*name.bodies, name.person) if body):
                by_key[f"place {place[:_PLACE_LETTERS]}"].append(i)
            for body in name.bodies:
                for key in {" ".join(sorted(set(body))), initials(body) if len(body) > 1 else body[0], *_tails(body)}:
                    by_key[key].append(i)
        # The whole name first: what is only the end of several names is then none of them.
        for key, found in sorted(by_key.items(), key=lambda item: (-item[0].count(" "), item[0])):
            whole = [i for i in found if any(" ".join(sorted(set(body))) == key for body in self._names[i].bodies)]
            fuller = [i for i in found if i not in set(whole)]
            fit = whole if whole and self._rivals(whole[0], fuller) else found
            heads = fit[:1]
            for other in fit[1:]:
                # Two persons are not joined by a word that is the name of a place to others.
                able = (head for head in heads if not (self._names[head].person and self._names[other].person))
                if not any(self._named(head, other) for head in able):
                    heads.append(other)

    def _rivals(self, end: int, fuller: Sequence[int]) -> bool:
        """True when two bodies of one sort end in the name of a third ("Norvik City Court", "Tarn City Court")."""
        tails = {body for body in self._names[end].bodies if len(body) > 1}
        longer = {
            body for i in fuller for body in self._names[i].bodies if any(body[-len(tail) :] == tail for tail in tails)
        }
        return any(rival_bodies(x, y) for x in longer for y in longer)

    def _named(self, a: int, b: int) -> bool:
        """Join two mentions whose names are the same; True when they are one source afterwards."""
        one, two = self._home[a], self._home[b]
        if one == two:
            return True
        if self._voices.forbid(one, two):
            return False
        if self._between(self._clusters[one], self._clusters[two]) is not Affinity.SAME:
            return False
        first, second = self._mentions[a], self._mentions[b]
        same = first.text.casefold() == second.text.casefold()
        text = "They carry the same name." if same else f"“{first.text}” and “{second.text}” name the same source."
        places = (Place(first.report, first.span), Place(second.report, second.span))
        self._union(one, two, Reason("name", text, places))
        return True

    def records(self) -> list[Source]:
        """Write the sources as records, in the order of their first mention."""
        doubts: dict[int, list[Reason]] = defaultdict(list)
        for a, b in self._namesakes:
            first, second = self._mentions[a], self._mentions[b]
            text = (
                f"“{first.text}” and “{second.text}” bear one name; what is told of them fits two people, "
                "so they are kept apart."
            )
            places = (Place(first.report, first.span), Place(second.report, second.span))
            for root in {self._home[a], self._home[b]}:
                doubts[root].append(Reason("namesakes", text, places))
        return [self._record(cluster, doubts[root]) for root, cluster in sorted(self._by_people(doubts).items())]

    def _by_people(self, doubts: dict[int, list[Reason]]) -> dict[int, _Cluster]:
        """The clusters with those made one that people hold for one; what people keep apart is added to the doubts."""
        out: dict[int, _Cluster] = {}
        for root, cluster in sorted(self._clusters.items()):
            key = self._voices.find(root)
            known = out.setdefault(key, _Cluster([], []))
            known.mentions += cluster.mentions
            known.names += cluster.names
            known.reasons += cluster.reasons
            if key != root:
                doubts[key] += doubts.pop(root, [])
        keys = list(out)
        for block in self._bonds.blocks:
            first = {self._mentions[i].report: i for i in sorted(block.members, reverse=True)}
            places = tuple(Place(self._mentions[i].report, self._mentions[i].span) for i in sorted(first.values()))
            why = by_person("A person decided that this is one source", block.decisions, places)
            out[self._voices.find(min(block.members))].reasons.insert(0, why)
        for at, others in self._bonds.walled([cluster.mentions for cluster in out.values()]).items():
            for other, wall in others:
                heads = (self._mentions[min(out[keys[i]].mentions)] for i in sorted((at, other)))
                places = tuple(Place(head.report, head.span) for head in heads)
                text = "A person keeps these apart: two sources" + (", independent of each other" * wall.independent)
                doubts[keys[at]].append(by_person(text, (wall.decision,), places))
        return out

    def _record(self, cluster: _Cluster, doubts: Sequence[Reason]) -> Source:
        members = sorted(cluster.mentions)
        found = [self._mentions[i] for i in members]
        named = [mention for mention in found if mention.named] or found
        best = called([(self._mentions[i], self._names[i]) for i in members])
        shown = best.mention if best else max(named, key=lambda mention: (tells(mention), -self._index[mention.id]))
        names = sorted({text for mention in found for text in (mention.text, *mention.aliases)})
        return Source(
            id=make_id("source", *sorted(mention.id for mention in found)),
            name=best.words if best and len(found) > 1 else shown.text,
            names=tuple(names),
            kind=carrier(found, self._carriers) or kind_of(found),
            named=any(mention.named for mention in found),
            plural=shown.plural,
            mentions=tuple(mention.id for mention in found),
            reasons=(*cluster.reasons, *doubts),
        )


def _one_has_both(x: Name, y: Name, names: Iterable[Name]) -> bool:
    """True when one report writes two names of a body side by side ("the Sea Law Institute (SLI)")."""
    return bool(x.bodies and y.bodies) and any(
        1 in map(len, name.bodies) and len(name.bodies) > 1 and affinity(name, x) is affinity(name, y) is Affinity.SAME
        for name in names
    )


def _across(material: Material, group: Group) -> Iterable[tuple[float, Piece, Piece]]:
    for pair in group.joins:
        a, b = material.pieces[pair.a], material.pieces[pair.b]
        if a.rank != b.rank or printed_twice(a, b):
            yield pair.likeness.mass, a, b


def _told(material: Material) -> dict[str, list[Occasion]]:
    """For each mention the named outlets that its report says it spoke to."""
    out: dict[str, list[Occasion]] = defaultdict(list)
    for piece in material.pieces:
        if piece.mention and piece.statement.told_to and (found := occasion(piece.statement.told_to.text)).names:
            out[piece.mention.id].append(found)
    return out


def _tails(body: tuple[str, ...]) -> list[str]:
    return [" ".join(sorted(set(body[-size:]))) for size in range(2, len(body))]


def _slips(word: str) -> list[str]:
    """The word and all its forms with one letter left out: two words one slip apart share one of them."""
    return sorted({word, *(word[:i] + word[i + 1 :] for i in range(len(word)))})
