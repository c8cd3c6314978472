"""Names of sources: their normal form, and how two of them stand to one another.

Only the words of mentions. It knows titles and kinds of bodies, no particular person and no particular body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from headwater.model import Mention, SourceKind, fold, stem
from headwater.tracing.similarity import same_but_slip

_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*['’]?|[,;:()\[\]–—|/]")
_POSSESSIVE = re.compile(r"['’]s?$")
_BESIDE = re.compile(r",|\b(?:from|at|of) (?:the )?[A-Z]")
_SAYING = frozenset("reported reports said says told claimed claims wrote writes added".split())
_BREAKS = frozenset(",;:()[]–—|/")

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady baroness president vice prime minister deputy chief senator "
    "gen general col colonel capt captain lt lieutenant sgt sergeant maj major cpl corporal pte private pc det "
    "detective inspector superintendent constable commissioner mayor governor king queen prince princess sheikh imam "
    "mallam alhaji pastor rev reverend father sister bishop archbishop pope cardinal judge ambassador "
    "secretary chancellor director chairman chairwoman chair head leader commander spokesman spokeswoman spokesperson "
    "assistant attorney mp rep representative sen congressman congresswoman lawmaker premier envoy councillor "
    "editor reporter correspondent journalist author historian analyst economist scientist researcher lawyer "
    "solicitor doctor nurse officer official former then "
    "acting senior junior co-founder founder ceo executive manager coordinator rapporteur emir sultan ayatollah".split()
)
# What a minister or a ministry is for: part of a title before one of TITLES, else part of the body's name.
_TOPICS = frozenset(
    "foreign defence defense interior information finance health justice education energy labour labor trade "
    "agriculture economy transport culture press home".split()
)
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen"})
# "Harbour Board officials" and "a Harbour Board spokesman" are the board speaking.
_SPEAK_FOR_BODY = _SPEAKERS | {"officials", "statement"}
# An office named by its country or town ("the Marren government") is known by both words together.
_OFFICES = frozenset(
    "government ministry army military presidency parliament court embassy police navy cabinet senate".split()
)
_BODY = frozenset(
    "police ministry authority committee network brigade service services agency office government army military "
    "court party council commission union group university institute trust department federation association "
    "campaign bank company church hospital force forces guard parliament congress senate branch bureau international "
    "organisation organization foundation society nations cross crescent times post news herald tribune telegraph "
    "standard gazette press media watch centre center administration presidency corporation college school club "
    "embassy republic movement front alliance league board fund transport authorities initiative project coalition "
    "ltd inc plc corps navy command embassy secretariat tribunal assembly".split()
)
_ROLES_ONLY = frozenset(
    "authorities officials investigators police witnesses survivors residents sources media outlets government "
    "military army experts analysts activists local locals victims relatives rescuers soldiers villagers doctors "
    "prosecutors lawmakers protesters firefighters eyewitnesses people men women parents families reports rights "
    "another one a an the this that some several many two three four five six other".split()
)
_LINKS = frozenset("for of from at with to who which whose in on by near about and as told said".split())
_LITTLE = frozenset("of for the and in on at a an to".split())
_PRONOUNS = frozenset("he she they it we i him her them his their one man woman person".split())
_PARTICLES = frozenset("al el bin ibn van von de da di la le abu bint".split())
_BODY_KINDS = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.DOCUMENT})
# Roles that fit almost anybody; sharing one of them is no sign of one source.
_SAY_LITTLE = frozenset(
    stem(word)
    for word in "source sources official officials one another other some several many who a an the this that man men "
    "woman women person people old year who former senior from in".split()
)
# What follows or explains the name of a body: "the Longshore news agency", "Sea Law, a small charity".
_THINGS = frozenset(
    "newspaper paper agency news broadcaster channel station magazine website outlet network group organisation "
    "organization charity daily weekly portal foundation campaign".split()
)
_LEAST_ACRONYM = 2
_LEAST_PLACE = 4


class Affinity(IntEnum):
    """How the words for two sources stand to one another, from forbidding to the same."""

    CONFLICT = 0  # two different names
    APART = 1  # nothing in common and of different sorts
    OPEN = 2  # one or both say nothing that could differ
    LIKELY = 3  # a role, an office or an affiliation in common
    SAME = 4  # the same name


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of what a report calls a source, folded.

    `person` are the words of a personal name in order, `bodies` the names of bodies that speak themselves,
    `ties` the names beside it ("of the coast guard", "for Mayor Brandt"), `roles` stems of the other words.
    `speaks` is true for an unnamed spokesman.
    """

    person: tuple[str, ...] = ()
    bodies: tuple[tuple[str, ...], ...] = ()
    ties: tuple[tuple[str, ...], ...] = ()
    roles: frozenset[str] = frozenset()
    speaks: bool = False
    kind: SourceKind = SourceKind.UNKNOWN

    @property
    def named(self) -> bool:
        """True when a person or a body is named."""
        return bool(self.person or self.bodies)


def name_of(mention: Mention) -> Name:
    """Return the name in a mention's fullest words, with short forms of bodies taken from its aliases."""
    main = parse(mention.text, is_body=_is_body(mention))
    if main.person and (mention.plural or not mention.named):
        # "Farmers", "the mayor and Ada Lorne": a capital letter, but not the name of one person.
        main = replace(main, person=(), roles=main.roles | {stem(word) for word in main.person})
    bodies = list(main.bodies)
    if bodies and not main.person:
        for alias in mention.aliases:
            other = parse(alias, is_body=True)
            bodies.extend(body for body in other.bodies if body not in bodies and same_body(body, bodies[0]))
    return replace(main, bodies=tuple(bodies), kind=mention.kind)


def _is_body(mention: Mention) -> bool:
    """True when the mention is a body by its kind; somebody "from" or "of" a body, or beside one, is a person."""
    carrier = mention.kind in {SourceKind.OUTLET, SourceKind.AGENCY}
    return carrier or (mention.kind in _BODY_KINDS and not _BESIDE.search(mention.text))


@lru_cache(maxsize=65536)
def parse(text: str, *, is_body: bool = False) -> Name:
    """Return the parts of the words for a source."""
    parts = _Parts(is_body=is_body)
    for index, chunk in enumerate(_chunks(text)):
        parts.take(chunk, first=index == 0)
    return parts.name()


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive words of one sort within a chunk: capitalised names, or everything else."""

    words: tuple[str, ...]
    raw: tuple[str, ...]
    capital: bool
    owns: bool


class _Parts:
    """Collects person, bodies, ties and roles over the chunks of one mention."""

    def __init__(self, *, is_body: bool) -> None:
        self._is_body = is_body
        self._person: tuple[str, ...] = ()
        self._bodies: list[tuple[str, ...]] = []
        self._ties: list[tuple[str, ...]] = []
        self._roles: set[str] = set()
        self._speaks = False
        self._for_body = False
        self._offices: list[str] = []
        self._titled = False
        self._thing = False
        self._things_beside = False
        self._acronyms: set[tuple[str, ...]] = set()

    def take(self, chunk: list[str], *, first: bool) -> None:
        """Read one chunk (between commas or brackets)."""
        head, context = _split(chunk)
        self._thing = self._thing or (first and not _THINGS.isdisjoint(token.lower() for token in head[-2:]))
        runs = [run for run in _runs(head) if not set(run.words) <= _SAYING]
        self._acronyms.update(run.words for run in runs if run.capital and any(_is_acronym(t) for t in run.raw))
        for place, run in enumerate(runs):
            following = runs[place + 1] if place + 1 < len(runs) else None
            if not run.capital:
                beside = not first and not _THINGS.isdisjoint(run.words)
                self._things_beside = self._things_beside or (beside and not self._titled)
                self._roles.update(stem(word) for word in run.words if word not in _LITTLE)
                self._speaks = self._speaks or any(word in _SPEAKERS for word in run.words)
                self._for_body = self._for_body or any(word in _SPEAK_FOR_BODY for word in run.words)
                self._titled = self._titled or any(word in TITLES for word in run.words)
                self._offices.extend(word for word in run.words if word in _OFFICES and first)
            elif run.owns or (following is not None and not set(following.words) <= _THINGS):
                self._ties.append(run.words)
            else:
                self._head(run, first=first, titled=place > 0)
        for words in context:
            self._ties.extend(run.words for run in _runs(words) if run.capital)
            self._roles.update(stem(word) for run in _runs(words) if not run.capital for word in run.words if first)

    def _head(self, run: _Run, *, first: bool, titled: bool) -> None:
        body = _looks_like_body(run) or (self._is_body and not self._titled) or (first and self._thing)
        if body and (first or self._bodies):
            self._bodies.append(run.words)
        elif body or self._person:
            self._ties.append(run.words)
        elif first or self._speaks or titled or self._roles:
            self._person = run.words

    def name(self) -> Name:
        """Return what was collected."""
        if self._person and self._things_beside:
            self._bodies, self._person = [self._person, *self._bodies], ()
        unnamed = not self._person and not self._bodies
        bodies, ties = self._bodies, self._ties
        if self._for_body and unnamed:
            bodies = [tie for tie in ties if _body_words(tie) or tie in self._acronyms]
        elif unnamed and self._offices and ties:
            bodies = [(*ties[0], *self._offices)]
        elif self._person:
            bodies, ties = [], [*bodies, *ties]
        return Name(
            person=self._person,
            bodies=tuple(bodies),
            ties=tuple(dict.fromkeys(ties)),
            roles=frozenset(self._roles - {"s"}),
            speaks=self._speaks and not self._person,
        )


def _chunks(text: str) -> list[list[str]]:
    out: list[list[str]] = [[]]
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in _BREAKS:
            out.append([])
        else:
            out[-1].append(token)
    return [chunk for chunk in out if chunk]


def _split(chunk: list[str]) -> tuple[list[str], list[list[str]]]:
    """Part a chunk at "of", "for", "who": the head before, what it is tied to after; names of bodies stay whole."""
    head: list[str] = []
    context: list[list[str]] = []
    current = head
    for place, token in enumerate(chunk):
        if token.lower() in _LINKS and current and not _inside_name(chunk, place):
            current = []
            context.append(current)
        else:
            current.append(token)
    return head, [words for words in context if words]


def _inside_name(chunk: list[str], place: int) -> bool:
    if chunk[place].lower() not in {"of", "for", "and", "in"} or place == 0:
        return False
    before, words = chunk[place - 1], [_POSSESSIVE.sub("", token).lower() for token in chunk[:place]]
    whole = chunk[place].lower() == "and" or len(words) == 1 or not _BODY.isdisjoint(words)
    after = next((token for token in chunk[place + 1 :] if token.lower() not in _LITTLE), "")
    return whole and _is_name_word(before) and after[:1].isupper() and after.lower() not in TITLES


def _runs(tokens: list[str]) -> list[_Run]:
    out: list[_Run] = []
    current: list[str] = []
    capital = False

    def close(*, owns: bool) -> None:
        if current:
            words = tuple(key for token in current for key in fold(_POSSESSIVE.sub("", token).replace(".", "")))
            kept = tuple(word for word in words if word not in _LITTLE) if capital else words
            if kept:
                out.append(_Run(kept, tuple(current), capital, owns))
            current.clear()

    for place, token in enumerate(tokens):
        goes_on = capital and bool(current) and (token.isdigit() or _carries_on(tokens, place))
        named = goes_on or (_is_name_word(token) and not _is_topic(tokens, place))
        if named != capital:
            close(owns=False)
            capital = named
        current.append(token)
        if named and _POSSESSIVE.search(token):
            close(owns=True)
    close(owns=False)
    return out


def _is_topic(tokens: list[str], place: int) -> bool:
    """True for the subject of an office in a title ("Health" in "Health Minister", "Justice" in "Chief Justice")."""
    beside = {token.lower() for token in (*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2])}
    return tokens[place].lower() in _TOPICS and not beside.isdisjoint(TITLES)


def _carries_on(tokens: list[str], place: int) -> bool:
    """True for the small words inside a name ("of" in "Ministry of Ports", "al" in a family name)."""
    if tokens[place].lower() not in _LITTLE | _PARTICLES:
        return False
    rest = [token for token in tokens[place + 1 :] if token.lower() not in _LITTLE | _PARTICLES]
    return bool(rest) and _is_name_word(rest[0])


def _is_name_word(token: str) -> bool:
    plain = _POSSESSIVE.sub("", token)
    low = plain.lower().rstrip(".")
    if not plain[:1].isupper() or low in _LITTLE or low in _PRONOUNS or low in _ROLES_ONLY:
        return plain[:1].isupper() and low in {"police", "government", "media", "rights"} and len(plain) > 1
    return low not in TITLES


def _looks_like_body(run: _Run) -> bool:
    return _body_words(run.words) or any(_is_acronym(token) for token in run.raw)


def _body_words(words: tuple[str, ...]) -> bool:
    return any(word in _BODY for word in words)


def _is_acronym(token: str) -> bool:
    plain = _POSSESSIVE.sub("", token)
    return len(plain) >= _LEAST_ACRONYM and plain.isupper() and plain.isalpha()


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True when two personal names can be one: family names alike but for a slip, given names not contradicting."""
    if not same_but_slip(a[-1], b[-1]):
        return False
    one, two = a[:-1], b[:-1]
    if not one or not two:
        return True
    return any(same_but_slip(x, y) or (min(len(x), len(y)) == 1 and x[0] == y[0]) for x in one for y in two)


def same_body(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True when two names of bodies are one: same words, the tail of the fuller name, or its initials."""
    shorter, longer = sorted((a, b), key=len)
    if set(shorter) == set(longer) or "".join(a) == "".join(b):
        return True
    if len(shorter) == len(longer) and all(_same_place(x, y) for x, y in zip(shorter, longer, strict=True)):
        return True
    if len(shorter) > 1:
        return longer[-len(shorter) :] == shorter or shorter[0] == initials(longer)
    word = shorter[0]
    if len(longer) == 1:
        return same_but_slip(word, longer[0])
    return word == initials(longer) or (word in longer[:1] and not _body_words(shorter) and _body_words(longer[1:]))


def is_government(place: str, body: tuple[str, ...]) -> bool:
    """True when a single name is the country whose government, army or police the body is ("Marrania says")."""
    return body[-1] in _OFFICES and _same_place(place, body[0])


def _same_place(x: str, y: str) -> bool:
    """True for equal words and for a country and its adjective ("Marrania", "Marranian")."""
    shorter, longer = sorted((x, y), key=len)
    return x == y or (len(shorter) > _LEAST_PLACE and longer.startswith(shorter) and longer[-1] in "nei")


def initials(words: tuple[str, ...]) -> str:
    """The first letters of the words of a body's name."""
    return "".join(word[0] for word in words if word not in _LITTLE)


@lru_cache(maxsize=262144)
def affinity(a: Name, b: Name) -> Affinity:
    """Say how two names stand to one another, by their words alone."""
    if a.person and b.person:
        if same_person(a.person, b.person):
            return Affinity.SAME
        # One word that is the other's first name, or a family name that comes first: neither one nor surely two.
        single = min(len(a.person), len(b.person)) == 1
        return Affinity.LIKELY if single and a.person[0] == b.person[0] else Affinity.CONFLICT
    if a.bodies and b.bodies and not (a.person or b.person):
        return _bodies(a, b)
    if a.person or b.person:
        return _person_and_other(a, b) if a.person else _person_and_other(b, a)
    return _roles(a, b)


def _bodies(a: Name, b: Name) -> Affinity:
    if any(same_body(x, y) for x in a.bodies for y in b.bodies):
        return Affinity.SAME
    shared = {word for body in a.bodies for word in body} & {word for body in b.bodies for word in body}
    return Affinity.LIKELY if shared & _BODY else Affinity.CONFLICT


def _person_and_other(person: Name, other: Name) -> Affinity:
    if other.bodies:
        tied = any(same_body(tie, body) for tie in person.ties for body in other.bodies)
        shared = {word for tie in person.ties for word in tie} & {word for body in other.bodies for word in body}
        if len(person.person) == 1 and any(is_government(person.person[0], body) for body in other.bodies):
            return Affinity.SAME
        if tied or shared & _BODY:
            return Affinity.LIKELY
        return Affinity.APART if person.ties else Affinity.OPEN
    if (person.roles & other.roles) - _SAY_LITTLE or _ties_meet(person, other):
        return Affinity.LIKELY
    return Affinity.OPEN


def _roles(a: Name, b: Name) -> Affinity:
    if _ties_meet(a, b):
        return Affinity.LIKELY
    one, two = ({stem(word) for body in name.bodies for word in body} | set(name.roles) for name in (a, b))
    if (one & two) - _SAY_LITTLE:
        return Affinity.LIKELY
    vague = _SAY_LITTLE | _SPEAKERS
    told_apart = bool(one - vague and two - vague) and not a.kind is b.kind is SourceKind.WITNESS
    sorts = {a.kind, b.kind} - {SourceKind.UNKNOWN, SourceKind.PERSON}
    return Affinity.APART if told_apart or len(sorts) > 1 else Affinity.OPEN


def _ties_meet(a: Name, b: Name) -> bool:
    one, two = ({word for tie in (*name.ties, *name.bodies) for word in tie} for name in (a, b))
    return bool(one & two)
