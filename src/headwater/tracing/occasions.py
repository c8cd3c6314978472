"""To whom something was told: when the words of two reports can mean one occasion, and when they cannot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headwater.model import keys, stem
from headwater.tracing.name_parts import parse
from headwater.tracing.names import same_body, same_person
from headwater.tracing.outlets import agency


class Setting(StrEnum):
    """The sort of occasion that common words name."""

    PRESS = "press"
    STATEMENT = "statement"
    SOCIAL = "social"
    HOUSE = "house"
    COURT = "court"
    BROADCAST = "broadcast"
    INTERVIEW = "interview"
    OTHER = "other"


_WORDS = {
    Setting.PRESS: "reporter reporters journalist journalists press conference briefing media newsmen correspondents",
    Setting.STATEMENT: "statement release email e-mail letter report communique announcement website",
    Setting.SOCIAL: "twitter tweet tweets tweeted facebook instagram telegram post posted posts youtube vkontakte blog",
    Setting.HOUSE: "parliament lawmakers mps commons lords congress senate deputies assembly council",
    Setting.COURT: "court judge jury inquest tribunal hearing trial prosecutors",
    Setting.BROADCAST: "television tv radio broadcast programme program",
    Setting.INTERVIEW: "interview telephone phone us",
}
_SETTING_OF = {word: setting for setting, listed in _WORDS.items() for word in listed.split()}
# Words that may or may not be part of an outlet's name.
_CARRIERS = frozenset("news agency newspaper tv television channel radio magazine online daily website the".split())
# A carrier known by its initials has no more letters than this.
_LETTERS = 4
_PLATFORMS = frozenset("twitter facebook instagram telegram youtube vkontakte x".split())


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the words for a told-to say: the names in it, the sort of occasion, and the remaining content words."""

    text: str
    names: tuple[tuple[str, ...], ...]
    settings: frozenset[Setting]
    rest: frozenset[str]
    platforms: frozenset[str]


def occasion(text: str) -> Occasion:
    """Read the words of a told-to."""
    name = parse(text, is_body=True)
    named = [_in_full(part) for part in (*name.bodies, *name.ties, *([name.person] if name.person else []))]
    found = keys(text)
    plain = tuple(part for part in dict.fromkeys(named) if not set(part) <= _PLATFORMS | set(_SETTING_OF))
    inside = {word for part in plain for word in part}
    settings = frozenset(_SETTING_OF[word] for word in found if word in _SETTING_OF and word not in inside)
    if text.startswith("@"):
        return Occasion(text, (), frozenset({Setting.SOCIAL}), frozenset(), frozenset({"twitter"}))
    rest = frozenset(stem(word) for word in found if len(word) > 2 and word not in _SETTING_OF)
    return Occasion(text, plain, settings or frozenset({Setting.OTHER}), rest, _PLATFORMS & set(found))


# Words that attribute and name the occasion at once. Nothing more is known of it, so it fits beside any other one.
_BY_CUE = {"announc": "an announcement", "tweet": "Twitter", "testify": "testimony"}


def occasion_of_cue(cue: str) -> Occasion | None:
    """The occasion that the attributing words themselves name ("announced", "tweeted"), or None."""
    named = next((_BY_CUE[stem(word)] for word in keys(cue) if stem(word) in _BY_CUE), None)
    if named is None:
        return None
    platforms = _PLATFORMS & set(keys(named))
    settings = frozenset({Setting.SOCIAL if platforms else Setting.OTHER})
    return Occasion(named, (), settings, frozenset(), platforms)


def _in_full(name: tuple[str, ...]) -> tuple[str, ...]:
    """The full name of a known agency for its short one, so that both are one carrier."""
    known = agency(" ".join(name))
    return tuple(keys(known)) if known else name


def differ(a: Occasion, b: Occasion) -> bool:
    """True when the words clearly mean two occasions: two different names, or a name against a public setting."""
    if a.names and b.names:
        return not any(_same(x, y) for x in a.names for y in b.names)
    if a.platforms and b.platforms and not a.platforms & b.platforms:
        return True
    if a.settings & b.settings and Setting.OTHER not in a.settings:
        return False
    if a.names or b.names:
        plain, named = (b, a) if a.names else (a, b)
        return bool(plain.settings - {Setting.INTERVIEW, Setting.OTHER}) and not named.rest & plain.rest
    return Setting.OTHER not in a.settings | b.settings and Setting.INTERVIEW not in a.settings | b.settings


def firmly_differ(a: Occasion, b: Occasion) -> bool:
    """True when both are named and the names differ: no shared wording can make these one occasion."""
    return bool(a.names and b.names) and differ(a, b)


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    one, two = (tuple(word for word in name if word not in _CARRIERS) or name for name in (a, b))
    return same_body(one, two) or same_person(one, two) or _programme(one, two) or _programme(two, one)


def _programme(carrier: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """True when a name is that of a programme or service of a carrier known by a few letters ("QBC Radio 4")."""
    return len(carrier) == 1 and len(carrier[0]) <= _LETTERS and name[0] == carrier[0]
