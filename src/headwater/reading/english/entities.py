"""A source of one report while it is put together, and whether a new phrase can be the same source."""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from headwater.model import SourceKind, Span
from headwater.reading.english.lexicon_people import (
    BODIES,
    DOCUMENT,
    EXPERT,
    MEDIA,
    OFFICIAL,
    ORGANISATION,
    TITLES,
    WITNESS,
)
from headwater.reading.english.naming import Naming

_LONGEST = 160
_PEOPLE_KINDS = frozenset(
    {SourceKind.WITNESS, SourceKind.OFFICIAL, SourceKind.EXPERT, SourceKind.PERSON, SourceKind.UNKNOWN}
)
_BODY_NOUNS = BODIES | MEDIA | ORGANISATION | DOCUMENT
_OFFICES = TITLES | OFFICIAL | EXPERT | WITNESS | {"leader", "head"}
VAGUE = frozenset("man woman survivor victim witness person escapee resident boy girl".split())


@dataclass(slots=True)
class Entity:
    """One source of the report while it is being put together."""

    forms: list[tuple[Span, Naming]] = field(default_factory=list)
    sources: list[Span] = field(default_factory=list)
    gender: str | None = None
    last: int = -1

    @property
    def best(self) -> tuple[Span, Naming]:
        """The fullest mention: named before unnamed, then the longest, then the first."""
        return max(self.forms, key=lambda form: (form[1].named, min(len(form[1].text), _LONGEST), -form[0].start))

    @property
    def person(self) -> bool:
        """True when it is one human being as far as the words show."""
        naming = self.best[1]
        unnamed = not naming.named and naming.kind in _PEOPLE_KINDS and naming.head not in _BODY_NOUNS
        return not naming.plural and (naming.person or unnamed)

    @property
    def plural(self) -> bool:
        """True for several people spoken of together."""
        return self.best[1].plural

    @property
    def kind(self) -> SourceKind:
        """The most telling kind among its mentions."""
        for _, naming in sorted(self.forms, key=lambda form: (not form[1].named, form[0].start)):
            if naming.kind not in {SourceKind.PERSON, SourceKind.UNKNOWN}:
                return naming.kind
        return self.best[1].kind


def within(naming: Naming, known: Naming) -> bool:
    """True when a shorter phrase is part of a known one and speaks of the same thing.

    "The transport police" of "British Transport Police", "the vice president" of "Vice President Jane Doe"; but not
    "the police" of "Police Killings of 2016", whose head is another.
    """
    if not naming.core or not naming.core <= known.words:
        return False
    same_head = naming.head in {known.head, known.key} or naming.key in {known.key, known.head}
    return same_head or (known.person and naming.head in _OFFICES)


def same_name(known: Naming, naming: Naming) -> bool:
    """Return True when two phrases name one person or body: surname, acronym, part of a name, one slip."""
    if known.plural != naming.plural or (known.gender and naming.gender and known.gender != naming.gender):
        return False
    if known.person and naming.person:
        if not _same_word(known.key, naming.key):
            return False
        firsts, others = known.name[:-1], naming.name[:-1]
        return not firsts or not others or bool(set(firsts) & set(others)) or firsts[0][0] == others[0][0]
    if known.person != naming.person:
        return len(naming.name) == 1 and naming.key == known.key and known.person
    if set(naming.name) <= set(known.name) or set(known.name) <= set(naming.name):
        return True
    return _is_acronym(naming.name, known.name) or _is_acronym(known.name, naming.name)


def same_description(known: Naming, naming: Naming) -> bool:
    """Two descriptions of one: in the same words; "the survivor, who was in tears" is the survivor named before."""
    return known.core == naming.core if naming.definite else known.words == naming.words


def _same_word(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= 6 and Levenshtein.distance(a, b, score_cutoff=1) <= 1)


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    initials = "".join(word[0] for word in long if word not in {"of", "the", "for", "and"})
    return len(short) == 1 and len(long) > 1 and short[0] in {initials, "".join(word[0] for word in long)}


def agrees(entity: Entity, naming: Naming) -> bool:
    """Return True when the genders of the entity and the phrase do not conflict."""
    return entity.gender is None or naming.gender is None or entity.gender == naming.gender


def may_be(entity: Entity, naming: Naming) -> bool:
    """True when a definite description fits an earlier source: the same sort of thing, number and gender."""
    best = entity.best[1]
    described = naming.core - {naming.head} - {key for _, form in entity.forms for key in form.words}
    if naming.plural != best.plural or described or not agrees(entity, naming):
        return False
    if naming.head in MEDIA:
        return entity.kind in {SourceKind.OUTLET, SourceKind.AGENCY} or (naming.head == "agency" and not entity.person)
    if naming.head in {"agency", "department", "ministry", "force", "service", "company", "firm", "club", "authority"}:
        return not entity.person and best.named
    if naming.head in ORGANISATION:
        return entity.kind is SourceKind.ORGANISATION
    if naming.head in WITNESS:
        vague = naming.head in VAGUE and (best.head in VAGUE or not best.named)
        return (
            entity.person
            and entity.kind in {SourceKind.WITNESS, SourceKind.PERSON}
            and (vague or best.head == naming.head)
        )
    return not best.named and best.head == naming.head
