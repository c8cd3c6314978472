"""Who is "he"? Within one report every source leads to its fullest mention; nothing is known of other reports.

Names by their last word, bodies by their words and acronyms, "the man" by an earlier man, pronouns by the person in
view. Where nothing fits the phrase stays its own mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from headwater.model import Mention, SourceKind, Span, make_id
from headwater.reading.english.entities import VAGUE, Entity, agrees, may_be, same_description, same_name, within
from headwater.reading.english.lexicon_people import (
    BODIES,
    EXPERT,
    MEDIA,
    OFFICIAL,
    ORGANISATION,
    PLURAL,
    SPOKES,
    TITLES,
    WITNESS,
)
from headwater.reading.english.naming import Naming, naming_of
from headwater.reading.english.people import people_in
from headwater.reading.english.tokens import Sentence

_PERSON_NOUN = re.compile(
    r"\b(?:an?|one|another)\s+(?:[\w-]+\s+){0,3}(?:" + "|".join(sorted(WITNESS)) + r")\b", re.IGNORECASE
)
_AGE = re.compile(r"\d+-year-old")
_ONE_PERSON = (WITNESS | OFFICIAL | EXPERT | SPOKES | TITLES) - PLURAL - BODIES
_NEED_SOMEBODY = frozenset({"m", "f", "p", "n"})
_ASIDE = re.compile(r",? (?:citing|quoting|speaking)\b")
_LONG = 80
_SHORT = 20
_LOOK_BACK = 6
_BODY_KINDS = frozenset(
    {SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.OFFICIAL, SourceKind.DOCUMENT}
)


class Resolver:
    """Resolves the source phrases of one report, in reading order. Use once per report."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], subjects: Sequence[Span | None], quoted: Sequence[Span]
    ) -> None:
        self._text = text
        self._subjects = subjects
        self._sentences = sentences
        self._quoted = quoted
        self._entities: list[Entity] = []
        self._by_span: dict[Span, Entity] = {}
        self.doubtful: set[Span] = set()
        self._people = people_in(text)

    def resolve(self, source: Span) -> Entity | None:
        """Return the entity that the words at `source` lead to, always the same; None for a "he" that leads nowhere."""
        if source in self._by_span:
            return self._by_span[source]
        naming = naming_of(" ".join(source.of(self._text).split()))
        entity = self._find(naming, source)
        if entity is None and naming.pronoun in _NEED_SOMEBODY:
            return None
        if entity is None:
            entity = Entity()
            self._entities.append(entity)
            entity.forms.append((source, naming))
        elif not naming.pronoun:
            entity.forms.append((source, naming))
        entity.sources.append(source)
        entity.last = source.start
        entity.gender = entity.gender or naming.gender
        self._by_span[source] = entity
        return entity

    def mentions(self, report: str) -> dict[int, Mention]:
        """Return the mention of each entity that is a source, by the entity's identity."""
        return {id(entity): self._mention(report, entity) for entity in self._entities if entity.sources}

    def _mention(self, report: str, entity: Entity) -> Mention:
        span, naming = entity.best
        span = _shortened(self._text, span)
        best_text = " ".join(span.of(self._text).split())
        aliases = sorted({" ".join(place.of(self._text).split()) for place in entity.sources} - {best_text})
        return Mention(
            id=make_id("mention", report, span.start, span.end),
            report=report,
            text=best_text,
            span=span,
            kind=entity.kind,
            named=naming.named,
            plural=entity.plural,
            aliases=tuple(aliases),
            spans=tuple(sorted(set(entity.sources))),
        )

    def _find(self, naming: Naming, source: Span) -> Entity | None:
        if naming.pronoun:
            return self._pronoun(naming, source)
        if naming.named:
            return self._named(naming) or self._now_named(naming) or self._from_text(naming, source)
        same = self._same_words(naming)
        if same or naming.indefinite or naming.other:
            return same
        return self._definite(naming, source)

    def _named(self, naming: Naming) -> Entity | None:
        for entity in reversed(self._entities):
            if any(same_name(form, naming) for _, form in entity.forms if form.named):
                return entity
        return self._by_first_name(naming)

    def _by_first_name(self, naming: Naming) -> Entity | None:
        """The one person of the report with that first name: "As Ilse explains", after "QBC's Ilse Marrow"."""
        if len(naming.name) != 1:
            return None
        held = [e for e in self._entities if any(f.person and naming.key in f.name[:-1] for _, f in e.forms)]
        return held[0] if len(held) == 1 else None

    def _now_named(self, naming: Naming) -> Entity | None:
        """The one who spoke before without a name: "A ministry spokesman said so. The spokesman, Jan Doe, said"."""
        if not (naming.person and naming.definite):
            return None
        roles = naming.words & _ONE_PERSON
        unnamed = [e for e in self._entities if e.sources and e.person and not e.best[1].named]
        held = [e for e in unnamed if e.best[1].head in roles and agrees(e, naming)]
        return held[0] if len(held) == 1 else None

    def _from_text(self, naming: Naming, source: Span) -> Entity | None:
        """A surname met for the first time as a source: its fuller form may stand elsewhere in the report."""
        full = [
            (span, person)
            for span, person in self._people
            if naming.person and same_name(person, naming) and len(person.name) >= len(naming.name) and span != source
        ]
        if not full:
            return None
        span, person = min(full, key=lambda item: (-len(item[1].name), item[0].start))
        entity = Entity(forms=[(span, person)], gender=person.gender)
        self._entities.append(entity)
        return entity

    def _same_words(self, naming: Naming) -> Entity | None:
        if naming.other:
            return None
        for entity in reversed(self._entities):
            if any(not form.named and same_description(form, naming) for _, form in entity.forms):
                return entity
        return None

    def _definite(self, naming: Naming, source: Span) -> Entity | None:
        """Somebody spoken of before: "the man", "the newspaper", "the transport police", "the vice president"."""
        for entity in reversed(self._entities):
            if any(within(naming, form) for _, form in entity.forms):
                return entity
        if not naming.definite:
            return None
        known = self._title_in_text(naming) or self._name_beside(naming, source)
        if known:
            return known
        if _AGE.match(naming.head):
            people = [e for e in self._entities if e.person and 0 <= e.last < source.start and agrees(e, naming)]
            return max(people, key=lambda entity: entity.last, default=None)
        for entity in reversed(self._entities):
            if may_be(entity, naming):
                return entity
        return self._described_before(naming, source)

    def _title_in_text(self, naming: Naming) -> Entity | None:
        """The one person of the report with that title: "the vice president" after "Vice President Jane Doe"."""
        titles = {w for w in naming.words - BODIES if w in TITLES or w in OFFICIAL or w in {"leader", "head"}}
        if not titles:
            return None
        held = {person.key: (span, person) for span, person in self._people if titles <= person.words}
        if len(held) != 1:
            return None
        span, person = next(iter(held.values()))
        entity = self._named(person)
        if entity is None:
            entity = Entity(forms=[(span, person)], gender=person.gender)
            self._entities.append(entity)
        return entity

    def _name_beside(self, naming: Naming, source: Span) -> Entity | None:
        """Find "the newspaper" in "the opposition newspaper Northern Herald", the last one before."""
        if naming.head not in MEDIA | ORGANISATION:
            return None
        beside = re.compile(rf"\b{re.escape(naming.head)}\s+(?:[A-Z][\w’-]*\s?){{1,4}}")
        found = [m for m in beside.finditer(self._text, 0, source.start) if not self._inside_quote(m.start())]
        if not found:
            return None
        span = Span(found[-1].start(), found[-1].start() + len(found[-1].group().rstrip()))
        other = naming_of(" ".join(span.of(self._text).split()))
        return self._named(other) or self._add(span, other)

    def _described_before(self, naming: Naming, source: Span) -> Entity | None:
        """Find "the man" in "a man who ..." that was not itself a source."""
        if naming.plural or naming.head not in WITNESS:
            return None
        earlier = [m for m in _PERSON_NOUN.finditer(self._text, 0, source.start) if not self._inside_quote(m.start())]
        for match in reversed(earlier):
            other = naming_of(match.group())
            fits = (other.gender or naming.gender) == (naming.gender or other.gender)
            if fits and (other.head == naming.head or {other.head, naming.head} <= VAGUE):
                span = Span(*match.span())
                entity = Entity(forms=[(span, other)], gender=other.gender)
                self._entities.append(entity)
                return entity
        return None

    def _pronoun(self, naming: Naming, source: Span) -> Entity | None:
        if naming.pronoun in {"m", "f"}:
            return self._he_or_she(naming, source)
        if naming.pronoun == "o":
            return None
        recent = sorted(self._entities, key=lambda entity: -entity.last)
        can = [e for e in recent if 0 <= e.last <= source.start and _can_be(e, naming.pronoun)]
        if can and naming.pronoun == "p" and can[0].best[1].head in SPOKES:
            # They after a spokesman are the body he speaks for.
            return next((e for e in can if not e.person), can[0])
        if can:
            return can[0]
        return self._body_before(source) if naming.pronoun == "n" else None

    def _body_before(self, source: Span) -> Entity | None:
        """Find the charity of "Openhand is a charity. “...,” it said": a named subject that is no person."""
        people = {name for _, person in self._people for name in person.name}
        for sentence, subject in list(zip(self._sentences, self._subjects, strict=True))[::-1]:
            if subject is None or sentence.span.start > source.start or self._inside_quote(subject.start):
                continue
            other = naming_of(" ".join(subject.of(self._text).split()))
            if other.named and not other.plural and not other.gender and not set(other.name) & people:
                return self._named(other) or self._add(subject, other)
        return None

    def _he_or_she(self, naming: Naming, source: Span) -> Entity | None:
        here = next((k for k, s in enumerate(self._sentences) if s.span.end > source.start), len(self._sentences) - 1)
        line = self._sentences[here].line if self._sentences else 0
        near = [k for k in range(here, -1, -1) if self._sentences[k].line >= line - 1][: 2 * _LOOK_BACK]
        far = [k for k in range(here, max(-1, here - _LOOK_BACK), -1) if k not in near]
        for look, places in (
            (self._known_in, near),
            (self._anybody_in, near),
            (self._unnamed_in, near),
            (self._known_in, far),
            (self._unnamed_in, far),
        ):
            for at in places:
                found = look(at, source.start, naming)
                if found:
                    if self._rivals(found, self._sentences[at].span.start, source.start, naming):
                        self.doubtful.add(source)
                    return found
        people = [e for e in self._entities if e.person and 0 <= e.last < source.start and agrees(e, naming)]
        self.doubtful.add(source)
        return max(people, key=lambda entity: entity.last, default=None)

    def _rivals(self, entity: Entity, start: int, end: int, naming: Naming) -> bool:
        """True when between `start` and `end` somebody else is named who could be meant as well."""
        return any(
            start <= span.start < end
            and not self._inside_quote(span.start)
            and (person.gender or naming.gender) == naming.gender
            and not any(same_name(form, person) for _, form in entity.forms if form.named)
            for span, person in self._people
        )

    def _anybody_in(self, at: int, before: int, naming: Naming) -> Entity | None:
        """Any person whom the sentence names, last one first: "the girls listened to Vice President Jane Doe"."""
        sentence = self._sentences[at]
        for span, person in reversed(self._people):
            inside = sentence.span.start <= span.start and span.end < min(sentence.span.end, before)
            if inside and not self._inside_quote(span.start):
                entity = self._named(person) or self._add(span, person)
                if agrees(entity, naming):
                    return entity
        return None

    def _known_in(self, at: int, before: int, naming: Naming) -> Entity | None:
        """The person a sentence is about: its source if it has one, else its subject when that is named."""
        span = self._sentences[at].span
        sources = [
            (source, entity)
            for entity in self._entities
            for source in entity.sources
            if span.start <= source.start < min(span.end, before) and entity.person
        ]
        for _, entity in sorted(sources, key=lambda item: -item[0].start):
            if agrees(entity, naming):
                return entity
        return self._subject(at, before, naming, named=True)

    def _unnamed_in(self, at: int, before: int, naming: Naming) -> Entity | None:
        """The unnamed person a sentence is about ("One prisoner never returned"): only when no source is in view."""
        return self._subject(at, before, naming, named=False)

    def _subject(self, at: int, before: int, pronoun: Naming, *, named: bool) -> Entity | None:
        """The subject of a sentence as somebody "he" can stand for, or None."""
        subject = self._subjects[at]
        if subject is None or subject.end > before:
            return None
        other = naming_of(" ".join(subject.of(self._text).split()))
        if other.pronoun or other.plural or self._inside_quote(subject.start):
            return None
        known = self._same_words(other) or (self._definite(other, subject) if other.definite else None)
        if not (other.person or (not other.named and other.head in _ONE_PERSON)):
            return None
        if named and not other.named and known is None:
            return None
        if other.gender and pronoun.gender and other.gender != pronoun.gender:
            return None
        entity = self._find(other, subject) or self._add(subject, other)
        return entity if agrees(entity, pronoun) else None

    def _add(self, span: Span, naming: Naming) -> Entity:
        entity = Entity(forms=[(span, naming)], gender=naming.gender)
        self._entities.append(entity)
        return entity

    def _inside_quote(self, at: int) -> bool:
        return any(span.start <= at < span.end for span in self._quoted)


def _can_be(entity: Entity, pronoun: str | None) -> bool:
    """True when "it" (a body, an outlet, a document) or "they" (several, a body, one unnamed) can be the entity."""
    if pronoun == "n":
        return entity.kind in _BODY_KINDS and not (entity.person and entity.best[1].person)
    return not (entity.person and entity.best[1].named)


def _shortened(text: str, span: Span) -> Span:
    """A long description ends at a comma: "One man who fled the town, and whose name has been kept a secret ..."."""
    words = span.of(text)
    aside = _ASIDE.search(words)
    if aside and aside.start():
        return Span(span.start, span.start + aside.start())
    if span.length <= _LONG:
        return span
    cut = max(words.rfind(",", _SHORT, _LONG), words.find(" who ", _SHORT, _LONG))
    return Span(span.start, span.start + cut) if cut > 0 else span
