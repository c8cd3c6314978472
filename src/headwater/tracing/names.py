"""Names of sources: how two of them stand to one another.

Only the words of mentions. It knows no particular person and no particular body.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import IntEnum

from headwater.model import Mention, SourceKind, stem
from headwater.tracing.name_parts import Name, parse
from headwater.tracing.name_words import (
    AFTER_NAMES,
    ANY_BODY,
    BODY,
    GOVERNMENTS,
    LITTLE,
    REALMS,
    SAY_LITTLE,
    SPEAKERS,
    STANDS_FOR,
    STATE_VOICES,
)
from headwater.tracing.offices import namesakes
from headwater.tracing.similarity import same_but_slip
from headwater.tracing.spellings import LEAST_ALONE, varies

_BESIDE = re.compile(r",|\b(?:from|at|of) (?:the )?[A-Z]")
_BODY_KINDS = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.DOCUMENT})
# "Al-Harun" and "Mr Harun" are one family name.
_ARTICLE = re.compile(r"^(?:al|el)-(?=.{4})")
_LEAST_PLACE = 4
_LEAST_INITIALS = 2


class Affinity(IntEnum):
    """How the words for two sources stand to one another, from forbidding to the same."""

    CONFLICT = 0  # two different names
    APART = 1  # nothing in common and of different sorts
    OPEN = 2  # one or both say nothing that could differ
    LIKELY = 3  # a role, an office or an affiliation in common
    SAME = 4  # the same name


def name_of(mention: Mention) -> Name:
    """Return the name in a mention's fullest words, with short forms of bodies taken from its aliases."""
    main = parse(mention.text, is_body=_is_body(mention))
    nameless = mention.plural or not mention.named or (len(main.person) == 1 and main.person[0] in ANY_BODY)
    if main.person and nameless:
        # "Farmers", "the mayor and Ada Lorne": a capital letter, but not the name of one person.
        main = unnamed(main)
    bodies = [body for body in main.bodies if not (len(body) == 1 and body[0] in ANY_BODY)]
    if bodies and not main.person:
        for alias in mention.aliases:
            other = parse(alias, is_body=True)
            short = [body for body in other.bodies if len(body) == 1 and body not in bodies]
            bodies.extend(body for body in short if same_body(body, bodies[0]))
    return replace(main, bodies=tuple(bodies), kind=mention.kind)


def unnamed(name: Name) -> Name:
    """Return the name as that of nobody: what looked like a name of its own are words for a role."""
    words = {stem(word) for part in (name.person, *name.bodies) for word in part}
    return replace(name, person=(), bodies=(), roles=name.roles | words)


def _is_body(mention: Mention) -> bool:
    """True when the mention is a body by its kind; somebody "from" or "of" a body, or beside one, is a person."""
    carrier = mention.kind in {SourceKind.OUTLET, SourceKind.AGENCY}
    return carrier or (mention.kind in _BODY_KINDS and not _BESIDE.search(mention.text))


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True when two personal names can be one: family names alike but for a slip, given names not contradicting."""
    last, other = _ARTICLE.sub("", a[-1]), _ARTICLE.sub("", b[-1])
    one, two = a[:-1], b[:-1]
    if last != other and not varies(last, other):
        # A letter that no spelling explains: only whoever bears the same given name may be meant.
        return same_but_slip(last, other) and any(len(x) > 1 and x in two for x in one)
    if not one or not two:
        return last == other or min(len(last), len(other)) >= LEAST_ALONE
    if any(same_but_slip(x, y) for x in one for y in two if min(len(x), len(y)) > 1):
        return True
    return last == other and one[0][0] == two[0][0] and min(len(one[0]), len(two[0])) == 1


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
    # "DA" may be many departments, "PM" anything; two letters say which only of a body of its own name ("UN").
    own = not (BODY | REALMS).isdisjoint(longer) and longer[0] not in BODY
    spelt = word == initials(longer) and (len(word) > _LEAST_INITIALS or own)
    return spelt or (word == longer[0] and set(longer[1:]) <= AFTER_NAMES)


def rival_bodies(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True for two bodies of one sort, each with a place or name of its own ("Norvik City Court", "Tarn Court")."""
    return a[-1] == b[-1] and len(a) > 1 < len(b) and not same_body(a, b)


def is_government(place: str, body: tuple[str, ...]) -> bool:
    """True when a single name is the country whose government, army or police the body is ("Marrania says")."""
    return body[-1] in STANDS_FOR and _same_place(place, body[0])


def _same_place(x: str, y: str) -> bool:
    """True for equal words and for a country and its adjective ("Marrania", "Marranian")."""
    shorter, longer = sorted((x, y), key=len)
    return x == y or (len(shorter) > _LEAST_PLACE and longer.startswith(shorter) and longer[-1] in "nei")


def initials(words: tuple[str, ...]) -> str:
    """The first letters of the words of a body's name."""
    return "".join(word[0] for word in words if word not in LITTLE)


def affinity(a: Name, b: Name) -> Affinity:
    """Say how two names stand to one another, by their words alone."""
    if a.person and b.person:
        if same_person(a.person, b.person):
            return Affinity.LIKELY if namesakes(a, b) else Affinity.SAME
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
    return Affinity.LIKELY if shared & BODY else Affinity.CONFLICT


def _person_and_other(person: Name, other: Name) -> Affinity:
    if other.bodies:
        if person.person in other.bodies and (len(person.person) > 1 or not person.roles | other.roles):
            return Affinity.SAME
        tied = any(same_body(tie, body) for tie in person.ties for body in other.bodies)
        shared = {word for tie in person.ties for word in tie} & {word for body in other.bodies for word in body}
        if len(person.person) == 1 and any(is_government(person.person[0], body) for body in other.bodies):
            return Affinity.SAME
        if tied or shared & BODY:
            return Affinity.LIKELY
        return Affinity.APART if person.ties else Affinity.OPEN
    if (person.roles & other.roles) - SAY_LITTLE or _ties_meet(person, other):
        return Affinity.LIKELY
    return Affinity.OPEN


def _roles(a: Name, b: Name) -> Affinity:
    if _ties_meet(a, b) or _for_the_state(a, b) or _for_the_state(b, a):
        return Affinity.LIKELY
    one, two = ({stem(word) for body in name.bodies for word in body} | set(name.roles) for name in (a, b))
    if (one & two) - SAY_LITTLE:
        return Affinity.LIKELY
    vague = SAY_LITTLE | SPEAKERS
    told_apart = bool(one - vague and two - vague) and not a.kind is b.kind is SourceKind.WITNESS
    sorts = {a.kind, b.kind} - {SourceKind.UNKNOWN, SourceKind.PERSON}
    return Affinity.APART if told_apart or len(sorts) > 1 else Affinity.OPEN


def _for_the_state(a: Name, b: Name) -> bool:
    """True when plain "officials" or "the authorities" stand beside a government that is named."""
    plain = not a.bodies and not a.ties and bool(a.roles & STATE_VOICES) and a.roles <= STATE_VOICES | SAY_LITTLE
    return plain and any(body[-1] in GOVERNMENTS for body in b.bodies)


def _ties_meet(a: Name, b: Name) -> bool:
    one, two = ({word for tie in (*name.ties, *name.bodies) for word in tie} for name in (a, b))
    return bool(one & two)
