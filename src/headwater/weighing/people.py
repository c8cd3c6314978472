"""Could two sources be one and the same voice? Judged by the words that describe them, never by guessing who they are.

Only says whether anything in the descriptions speaks against it; what is possible lowers a range, and joins nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from headwater.model import Source, SourceKind, keys
from headwater.weighing.wording import all_names_in, names_in

_MALE = frozenset("man men boy boys father fathers brother brothers son sons husband gentleman mr he his him".split())
_FEMALE = frozenset(
    "woman women girl girls mother mothers sister sisters daughter wife lady mrs ms miss she her".split()
)
_AGE = re.compile(r"(?:\baged? |, )(\d{1,2})\b(?!\d)|\b(\d{1,2})[ -]years?[ -]old")
_FROM = re.compile(r"\bfrom\s+(?:the\s+\w+\s+of\s+)?((?:[^\W\d_a-z][\w'’-]*\s?)+)")
_ROLES = {
    role: name
    for name, roles in {
        "police": "police officer officers policeman policewoman detective",
        "military": "military soldier soldiers army general colonel commander",
        "medical": "doctor doctors nurse nurses medic medics surgeon paramedic",
        "aid": "aid humanitarian volunteer volunteers",
        "family": "father mother parent parents relative relatives brother sister wife husband son daughter cousin",
        "activist": "activist activists campaigner campaigners",
        "teaching": "teacher teachers professor student students pupil",
        "press": "journalist reporter correspondent editor",
        "law": "lawyer lawyers judge prosecutor prosecutors",
        "driver": "driver drivers pilot",
    }.items()
    for role in roles.split()
}
_APART = frozenset("another other others second third fourth fifth further elsewhere".split())
_SPEAKING_FOR = frozenset(
    "spokesman spokeswoman spokesperson spokespeople office behalf ministry minister adviser aide".split()
)
_REST = re.compile(r"\s*(?:[,;(—–]|\b(?:who|whose|from|of|in|at|with|on|near|speaking|living)\b)")
_OPENERS = frozenset("a an the one another some several two three his her their".split())
_ANYBODY = frozenset(
    "man men woman women boy girl person people individual source sources survivor survivors victim victims witness "
    "witnesses resident residents local locals villager villagers prisoner prisoners detainee detainees inmate "
    "neighbor neighbors one eyewitness bystander passenger passengers escapee refugee refugees youth protester".split()
)
_VOICES = frozenset({SourceKind.WITNESS, SourceKind.PERSON, SourceKind.UNKNOWN})
_PERSONS = frozenset({SourceKind.OFFICIAL, SourceKind.PERSON, SourceKind.UNKNOWN})
_OFFICES = frozenset({SourceKind.OFFICIAL, SourceKind.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Description:
    """What the words say of a source. Empty sets and None mean that they say nothing."""

    sexes: frozenset[str]
    ages: frozenset[str]
    places: frozenset[str]
    roles: frozenset[str]
    heads: frozenset[str]


@lru_cache(maxsize=4096)
def describe(source: Source) -> Description:
    """Return what all wordings of a source say of the person."""
    words = {key for name in source.names for key in keys(name)}
    sexes = {"male"} if words & _MALE else set()
    if words & _FEMALE:
        sexes.add("female")
    joined = " ; ".join(source.names)
    return Description(
        sexes=frozenset(sexes) if len(sexes) == 1 else frozenset(),
        ages=frozenset(found for match in _AGE.finditer(joined) for found in match.groups() if found),
        places=frozenset(key for match in _FROM.finditer(joined) for key in all_names_in(match.group(1))),
        roles=frozenset(_ROLES[word] for word in words if word in _ROLES),
        heads=_heads(source),
    )


def _heads(source: Source) -> frozenset[str]:
    """Return the nouns by which an unnamed source is called ("a ferryman who fled"), unless they fit anybody."""
    found: set[str] = set()
    for name in source.names:
        bare = keys(_REST.split(name, maxsplit=1)[0])
        if len(bare) > 1 and bare[0] in _OPENERS:
            found.add(bare[-1])
    return frozenset(found) if found and found.isdisjoint(_ANYBODY) else frozenset()


def what_speaks_against(a: Source, b: Source) -> str | None:
    """Return what in the descriptions forbids that two voices are one ("one is a woman"), or None."""
    if a.named and b.named:
        return "both are named"
    if a.plural != b.plural:
        return "one is a group"
    one, two = describe(a), describe(b)
    pairs = (
        ("man or woman", one.sexes, two.sexes),
        ("age", one.ages, two.ages),
        ("place", one.places, two.places),
        ("role", one.roles or one.heads, two.roles or two.heads),
    )
    return next((what for what, left, right in pairs if left and right and left.isdisjoint(right)), None)


def could_be_same_voice(a: Source, b: Source) -> bool:
    """Tell whether two witnesses, at least one of them unnamed, may be one person as far as the words show."""
    return a.kind in _VOICES and b.kind in _VOICES and what_speaks_against(a, b) is None


def marked_apart(a: Source, b: Source) -> bool:
    """Tell whether the words of one report set two sources apart: "another victim", "a second man"."""
    words = {key for source in (a, b) for name in source.names for key in keys(name)}
    return not _APART.isdisjoint(words)


def could_be_same_office(a: Source, b: Source) -> bool:
    """Tell whether two official voices may stand for one office: one speaks for it, or is not named at all."""
    if a.kind not in _OFFICES or b.kind not in _OFFICES:
        return False
    if speak_for_one(a, b):
        return True
    both_official = a.kind is SourceKind.OFFICIAL and b.kind is SourceKind.OFFICIAL
    return both_official and (_nameless(a) or _nameless(b)) and not _roles_differ(a, b)


def could_be_the_spokesman(a: Source, b: Source) -> bool:
    """Tell whether a named person may be the unnamed one who speaks for an office elsewhere."""
    for one, two in ((a, b), (b, a)):
        if _speaks_for(one) and _nameless(one) and two.named and two.kind in _PERSONS:
            return one.plural == two.plural and not _sexes_differ(one, two)
    return False


def _nameless(source: Source) -> bool:
    """Tell whether the source is not named, or only by the office it speaks for ("a spokesman for the governor")."""
    first = source.name.split(maxsplit=1)[0].casefold() if source.name.split() else ""
    return not source.named or (first in {"a", "an", "one", "another"} and _speaks_for(source))


def _sexes_differ(a: Source, b: Source) -> bool:
    one, two = describe(a).sexes, describe(b).sexes
    return bool(one and two and one.isdisjoint(two))


def speak_for_one(a: Source, b: Source) -> bool:
    """Tell whether one of two sources speaks for somebody whom the words of the other name too."""
    return bool(_proper(a) & _proper(b)) and (_speaks_for(a) or _speaks_for(b))


def _roles_differ(a: Source, b: Source) -> bool:
    one, two = describe(a).roles, describe(b).roles
    return bool(one and two and one.isdisjoint(two))


def _speaks_for(source: Source) -> bool:
    return any(key in _SPEAKING_FOR for name in source.names for key in keys(name))


@lru_cache(maxsize=4096)
def _proper(source: Source) -> frozenset[str]:
    found: set[str] = set()
    for name in source.names:
        found |= all_names_in(name) if source.named else names_in(name)
    return frozenset(found - _SPEAKING_FOR)


def one_carrier(a: Source, b: Source) -> bool | None:
    """Tell whether two outlets or bodies are one by their names: True when shown, None when possible, False if not.

    "Quill Gazette" and "the weekly Quill Gazette" are one; "Quill" and "Quill Radio" may be.
    """
    one, two = _proper(a), _proper(b)
    if not (one and two):
        nameless = not a.named or not b.named
        return None if nameless and a.kind is b.kind and a.plural == b.plural else False
    smaller, larger = sorted((one, two), key=len)
    if not smaller <= larger:
        return False
    return True if len(smaller) >= 2 or one == two else None


def share_a_name(a: str, b: str) -> bool:
    """Tell whether two labels share a capitalised word of at least three letters."""
    return any(len(word) > 2 for word in all_names_in(a) & all_names_in(b))
