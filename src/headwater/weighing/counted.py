"""What a figure counts, made comparable: the things, what narrows them, the act, the place, the time, the interval.

Decides whether two figures can count the same thing; says why not in words for a person. Never computes a mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from headwater.model import Bound, Figure, keys, stem
from headwater.weighing.wording import stems_of

_ANYBODY = frozenset(
    "person people individual victim other life citizen civilian soul captive hostage detainee prisoner inmate "
    "survivor human casualty body gay homosexual resident villager local inhabitant fatality them those member".split()
)
_OF_A_KIND = {
    word: sort
    for sort, text in {
        "men": "man men male boy",
        "women": "woman women female girl lady wife",
        "children": "child children kid baby infant minor teenager youth",
        "students": "student pupil",
    }.items()
    for word in text.split()
}
_ROLES = frozenset(
    "activist militant soldier officer worker journalist fighter rebel protester protestor demonstrator insurgent "
    "policeman policemen police gunman gunmen passenger driver guard doctor nurse teacher refugee migrant official "
    "leader commander farmer employee staff troop rescuer firefighter paramedic medic lawyer mourner "
    "worshipper pilgrim tourist aide attacker suspect bomber terrorist combatant volunteer relative".split()
)
_ONE_ROLE = {
    stem(word): role
    for role, words in {
        "protester": "protestor demonstrator marcher",
        "militant": "insurgent rebel fighter gunman gunmen terrorist jihadist",
        "officer": "policeman policemen police policewoman",
        "journalist": "reporter correspondent",
    }.items()
    for word in words.split()
}
_TAILS = ("girl", "boy", "child", "woman")  # of "schoolgirl", and of a hashtag written together
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "people": "person", "lives": "life"}
_IRREGULAR |= {"bodies": "body", "babies": "baby", "ladies": "lady", "wives": "wife", "others": "other"}
_VAGUE = frozenset("new local several alleged suspect suspected reported total confirmed kidnapped captive".split())
_PART = re.compile(r"\bof (?:them|those|these|the|whom|us)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_ANYWHERE = stems_of("region republic country city area scene town village province state territory place capital")
_OTHER = frozenset(("other", "others", "another", "additional", "further"))
_KINDRED = (
    frozenset("detained abducted missing released rescued evacuated exchanged freed escaped".split()),
    frozenset("injured treated shot beaten".split()),
)
_CLASSES = frozenset(
    "killed injured shot tortured beaten raped detained abducted displaced deported disappeared released rescued "
    "evacuated trapped charged convicted threatened attacked destroyed missing hospitalised treated escaped aged "
    "exchanged freed".split()
)


def singular(word: str) -> str:
    """Return the singular of a folded English noun; one word for what reports call by several."""
    plain = _IRREGULAR.get(word, stem(word))
    return _ONE_ROLE.get(plain) or next((tail for tail in _TAILS if plain.endswith(tail)), plain)


_MEASURES = frozenset(
    singular(word)
    for word in "cent percent dollars pounds euros mph kph miles kilometers kilometres meters feet acres tons tonnes "
    "hours minutes days weeks months years points degrees".split()
)
_ABOUT = 0.1  # "about 100" is read as 90 to 110: the least that makes "about 100" and "more than 100" agree


class Fit(StrEnum):
    """How well the things counted by two figures agree."""

    SAME = "same"
    COMPATIBLE = "compatible"
    DOUBT = "doubt"
    DIFFERENT = "different"


class Sort(StrEnum):
    """What sort of thing is counted."""

    ANYBODY = "anybody"
    KIND = "kind"
    ROLE = "role"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure made comparable. `low` and `high` are the interval with "about" widened; None is open."""

    figure: Figure
    head: str
    sort: Sort
    narrow: frozenset[str]
    act: str | None
    place: frozenset[str]
    years: frozenset[str]
    months: frozenset[str]
    other: bool
    part: bool
    low: float
    high: float

    @property
    def value(self) -> tuple[int | None, int | None]:
        """The bounds as the figure gives them."""
        return self.figure.low, self.figure.high

    @property
    def is_measure(self) -> bool:
        """True for shares, money, lengths and speeds: a number of them says little without what it is of."""
        return self.head in _MEASURES

    @property
    def is_age(self) -> bool:
        """True for ages: they describe people and never count them."""
        return self.act == "aged"

    @property
    def number(self) -> int | None:
        """The number in the words: the lower bound, or the upper one where only that is given."""
        return self.figure.high if self.figure.low is None else self.figure.low


_SINGULAR = {name: frozenset(singular(word) for word in words) for name, words in (("any", _ANYBODY), ("role", _ROLES))}


def counted(figure: Figure) -> Counted:
    """Return what a figure counts in comparable form."""
    unit = keys(figure.unit)
    head = singular(unit[-1]) if unit else "person"
    narrow = {stem(word) for word in unit[:-1]} | (stems_of(figure.whom) if figure.whom else frozenset())
    when = figure.when or ""
    low = 0.0 if figure.low is None else float(figure.low)
    high = float("inf") if figure.high is None else float(figure.high)
    if figure.bound is Bound.ABOUT:
        low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
    act = figure.act.casefold().strip() if figure.act else None
    return Counted(
        figure=figure,
        head=head,
        sort=_sort(head),
        narrow=frozenset(narrow - {stem(word) for word in _VAGUE} - {head}),
        act=act or None,
        place=stems_of(figure.place) - _ANYWHERE if figure.place else frozenset(),
        years=frozenset(_YEAR.findall(when)),
        months=frozenset(key for key in keys(when) if key in _MONTHS),
        other=not _OTHER.isdisjoint((*unit, *keys(figure.text))),
        part=bool(_PART.search(figure.text)) or (figure.whom or "").startswith("of "),
        low=low,
        high=high,
    )


def _sort(head: str) -> Sort:
    if head in _SINGULAR["any"]:
        return Sort.ANYBODY
    if head in _OF_A_KIND:
        return Sort.KIND
    if head in _SINGULAR["role"]:
        return Sort.ROLE
    return Sort.THING


def same_number(a: Counted, b: Counted) -> bool:
    """Tell whether two figures give the same number, whatever they say of its bound."""
    return a.number is not None and a.number == b.number


def overlap(a: Counted, b: Counted) -> bool:
    """Tell whether one number can satisfy both figures."""
    return max(a.low, b.low) <= min(a.high, b.high)


def fit(a: Counted, b: Counted) -> Fit:
    """Compare the things counted, not the numbers."""
    if same_head(a, b):
        if a.other != b.other:
            return Fit.DOUBT
        if a.narrow and b.narrow and a.narrow.isdisjoint(b.narrow):
            return Fit.DOUBT
        return Fit.SAME if a.narrow == b.narrow else Fit.COMPATIBLE
    if Sort.THING in {a.sort, b.sort}:
        return Fit.DIFFERENT
    if a.other != b.other:
        return Fit.DOUBT
    sorts = {a.sort, b.sort}
    if sorts == {Sort.ANYBODY}:
        return Fit.COMPATIBLE
    if sorts == {Sort.ANYBODY, Sort.KIND}:
        return Fit.COMPATIBLE
    if sorts == {Sort.ANYBODY, Sort.ROLE}:
        return Fit.DOUBT
    if sorts == {Sort.KIND} and _OF_A_KIND[a.head] == _OF_A_KIND[b.head]:
        return Fit.COMPATIBLE
    return Fit.DOUBT if sorts == {Sort.ROLE} and a.narrow & b.narrow else Fit.DIFFERENT


def same_head(a: Counted, b: Counted) -> bool:
    """Tell whether the nouns agree, "girls" and "schoolgirls" included."""
    return a.head == b.head or _inside(a.head, b.head)


def _inside(a: str, b: str) -> bool:
    return (len(a) > 3 and b.endswith(a)) or (len(b) > 3 and a.endswith(b))


def same_act(a: Counted, b: Counted) -> Fit:
    """Compare the acts: one class; loosely worded ones (compatible); kindred classes (doubt); or different ones."""
    if a.act == b.act and a.act:
        return Fit.SAME
    if a.act not in _CLASSES or b.act not in _CLASSES:
        return Fit.COMPATIBLE
    kindred = any(a.act in family and b.act in family for family in _KINDRED)
    return Fit.DOUBT if kindred else Fit.DIFFERENT


def fingerprint(a: Counted, b: Counted, *, least: int) -> bool:
    """Tell whether two figures give one number, not round and not small: it is hardly met twice by chance."""
    beyond = {Bound.MORE_THAN: -1, Bound.LESS_THAN: 1}.get(a.figure.bound, 0)
    number = (a.number or 0) + beyond  # "more than 100" is a round number, though it begins at 101
    return same_number(a, b) and number >= least and number % 10 != 0


def apart_in_time(a: Counted, b: Counted) -> bool:
    """Tell whether the words place two figures in different years or months."""
    years = a.years and b.years and a.years.isdisjoint(b.years)
    months = a.months and b.months and a.months.isdisjoint(b.months)
    return bool(years or months)


def dated_alone(a: Counted, b: Counted) -> bool:
    """Tell whether only one of two figures is placed in a year or month."""
    return bool(a.years or a.months) != bool(b.years or b.months)


def apart_in_place(a: Counted, b: Counted) -> bool:
    """Tell whether two figures are placed at names that share no word; one may still lie inside the other."""
    return bool(a.place and b.place) and a.place.isdisjoint(b.place)
