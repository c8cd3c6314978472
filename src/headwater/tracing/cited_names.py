"""Names of outlets, bodies and papers joined into those they name: "the Post" is the one Post that it can be.

Only the namings that `cited` found. Two that are beyond doubt different are never joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from headwater.model import Cited, CitedKind, Place, keys, make_id
from headwater.tracing.name_words import LITTLE, THINGS
from headwater.tracing.names import initials, same_body

# The words by which the name of an outlet ends, and by which alone it is called for short ("the Post").
MEDIA = frozenset(
    "news times post herald tribune telegraph standard gazette press radio tv television channel mail journal "
    "chronicle magazine observer mirror wire newswire broadcasting independent express bulletin courier".split()
)
# The words by which it begins ("Radio Selm", "Channel 9").
MEDIA_FIRST = frozenset({"radio", "channel", "tv", "television"})
# What may or may not stand in the name of an outlet.
_OPTIONAL = THINGS | frozenset("news tv television online international".split())
_LETTERS = 4  # a carrier known by its initials has no more, and gives its name to its programmes ("QBC Radio 4")
_GIVEN_OUT = frozenset({CitedKind.DOCUMENT, CitedKind.STATEMENT, CitedKind.POST})


class Naming(NamedTuple):
    """One place where somebody is named: the name without what describes it, and the source it is, if it is one.

    `place` is None for the credit that stands in an address or a by-line only.
    """

    name: str
    kind: CitedKind
    report: str
    place: Place | None
    source: str | None


class _Key(NamedTuple):
    """What namings of the same words share.

    `given_out` is the noun and source of what somebody gave out; `report` stands beside a short name only, because
    "the Post" may be another one in another report.
    """

    words: tuple[str, ...]
    given_out: str
    report: str


Anchor = tuple[str, ...]


class Anchors(Protocol):
    """What names are beyond doubt: ("reports", ids ...) for an outlet of the case, ("agency", full name)."""

    def of(self, name: str) -> Anchor | None:
        """Return what a whole name is, or None."""

    def own(self, word: str, report: str) -> Anchor | None:
        """Return the outlet of a report when it can call itself by that word alone."""

    def ending(self, word: str) -> set[Anchor]:
        """Return all outlets of the case that could be called by that word alone."""


def grouped(namings: Sequence[Naming], anchors: Anchors) -> Iterator[tuple[list[Naming], Cited]]:
    """Yield each that is named, with its namings, in the order in which the first of them stands."""
    groups = _Groups(namings, anchors)
    for members, found in groups.found():
        yield members, _record(members, found)


def _record(members: Sequence[Naming], anchor: Anchor | None) -> Cited:
    kinds = {each.kind for each in members}
    names = Counter(each.name for each in members)
    telling = [name for name in names if len(keys(name)) > 1 or keys(name)[0] not in MEDIA] or list(names)
    fullest = max(telling, key=lambda name: (names[name], len(name), name))
    known = anchor is not None and anchor[0] == "agency"
    places = tuple(dict.fromkeys(each.place for each in members if each.place))
    sources = tuple(sorted({each.source for each in members if each.source}))
    kind = CitedKind.AGENCY if known else next(kind for kind in CitedKind if kind in kinds)
    name = anchor[1] if anchor and known else fullest
    return Cited(
        id=make_id("cited", kind.value, name, *sources, *(part for place in places for part in _flat(place))),
        kind=kind,
        name=name,
        names=tuple(sorted({name, *names})),
        places=places,
        sources=sources,
        reports=anchor[1:] if anchor and not known else (),
    )


def _flat(place: Place) -> tuple[str, int, int]:
    return place.report, place.span.start, place.span.end


class _Groups:
    """Namings joined into those they name; names that are beyond doubt two are never joined."""

    def __init__(self, namings: Sequence[Naming], anchors: Anchors) -> None:
        self._namings = namings
        self._beyond_doubt = anchors
        self._home: dict[_Key, _Key] = {}
        self._anchors: dict[_Key, Anchor] = {}
        self._first: dict[Anchor, _Key] = {}
        by_key: dict[_Key, list[Naming]] = defaultdict(list)
        for each in namings:
            by_key[_key(each)].append(each)
        self._by_key = by_key
        capitals = (word for each in namings for word in each.name.split() if word.isupper() and word.isalpha())
        self._letters = {word.casefold() for word in capitals if len(word) <= _LETTERS}
        for key in by_key:
            self._home[key] = key
            found = None if key.given_out else anchors.of(by_key[key][0].name)
            found = found or (anchors.own(key.words[0], key.report) if key.report else None)
            if found:
                self._anchors[key] = found
        self._join()

    def found(self) -> Iterator[tuple[list[Naming], Anchor | None]]:
        """Yield the namings of each and what it is beyond doubt, in the order in which the first of them stands."""
        out: dict[_Key, list[Naming]] = defaultdict(list)
        for each in self._namings:
            out[self._root(_key(each))].append(each)
        for root, members in out.items():
            yield members, self._anchors.get(root)

    def _join(self) -> None:
        carriers = [key for key in self._by_key if not key.given_out]
        of_source: dict[str, _Key] = {}
        for key in carriers:
            if key in self._anchors:
                self._union(self._first.setdefault(self._anchors[key], key), key)
            for each in self._by_key[key]:
                if each.source:
                    self._union(of_source.setdefault(each.source, key), key)
        index: dict[str, list[_Key]] = defaultdict(list)
        for key in (each for each in carriers if not each.report):
            for form in sorted(_forms(key.words)):
                index[form].append(key)
        for _, near in sorted(index.items()):
            heads: list[_Key] = []
            for key in near:
                alike = next((head for head in heads if self._same(head.words, key.words)), None)
                if alike is None:
                    heads.append(key)
                else:
                    self._union(alike, key)
        for key in carriers:
            self._short(key, carriers)

    def _short(self, key: _Key, carriers: Sequence[_Key]) -> None:
        """Join "the Post" with the one carrier that ends in it: of its report, else of the case."""
        if not key.report or key in self._anchors:
            return
        longer = [other for other in carriers if len(other.words) > 1 and other.words[-1] == key.words[0]]
        here = [other for other in longer if key.report in {each.report for each in self._by_key[other]}]
        roots = {self._root(other) for other in here}
        if not roots:
            roots = {self._root(other) for other in longer}
            named = {self._anchors[root] for root in roots if root in self._anchors}
            others = self._beyond_doubt.ending(key.words[0]) - named
            if not roots and len(others) == 1:
                self._anchors[key] = others.pop()
                self._union(self._first.setdefault(self._anchors[key], key), key)
            if others:
                return
        if len(roots) == 1:
            self._union(roots.pop(), key)

    def _same(self, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
        one, two = _bare(a), _bare(b)
        shorter, longer = sorted((one, two), key=len)
        programme = len(shorter) == 1 and shorter[0] in self._letters and longer[0] == shorter[0]
        return same_body(a, b) or one == two or "".join(one) == "".join(two) or programme

    def _root(self, key: _Key) -> _Key:
        while self._home[key] != key:
            key = self._home[key]
        return key

    def _union(self, a: _Key, b: _Key) -> None:
        one, two = self._root(a), self._root(b)
        if one == two:
            return
        first, second = self._anchors.get(one), self._anchors.get(two)
        if first and second and first != second:
            return
        self._home[two] = one
        if second:
            self._anchors[one] = second


def _key(naming: Naming) -> _Key:
    words = tuple(word for word in keys(naming.name) if word not in LITTLE)
    given_out = f"{naming.name.split(' by ')[0]} {naming.source}" if naming.kind in _GIVEN_OUT else ""
    short = len(words) == 1 and words[0] in MEDIA and not given_out
    return _Key(() if given_out else words, given_out, naming.report if short else "")


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _OPTIONAL) or words


def _forms(words: tuple[str, ...]) -> set[str]:
    """The forms under which two names that may be one are found; says nothing of whether they are."""
    bare = _bare(words)
    return {"".join(bare), "".join(words), initials(words), bare[0], " ".join(words[-2:])}
