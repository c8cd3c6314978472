"""The words for a source taken apart: personal name, bodies, what it is tied to, roles.

Only the words of one mention; how two of them stand to one another is `names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile, takewhile

from headwater.model import SourceKind, fold, stem
from headwater.tracing.name_words import (
    BEFORE_NAMES,
    BODY,
    DAYS,
    GENERATIONS,
    LINKS,
    LITTLE,
    MONTHS,
    NUMERALS,
    OFFICES,
    PARTICLES,
    PRONOUNS,
    ROLES_ONLY,
    SAYING,
    SPEAK_FOR_BODY,
    SPEAKERS,
    THINGS,
    TITLES,
    TOPICS,
)

_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*['’]?|[,;:()\[\]–—|/]")
_POSSESSIVE = re.compile(r"['’]s?$")
_BREAKS = frozenset(",;:()[]–—|/")
_LEAST_ACRONYM = 2
# A day or a month before so many words of a name is when something was said.
_LEAST_DATED = 2
_RUN_ON = re.compile(r"\b(?P<name>[A-Z][\w’'-]{2,})\b.*?\b(?P=name)(?=[A-Z0-9“‘])")
_ASIDE = re.compile(r",| \(| who | which | – | — |;")
# Words that bring in somebody besides a name.
_ANOTHER = frozenset("his her their its other others several many some fellow both numerous congressional".split())


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


@lru_cache(maxsize=65536)
def parse(text: str, *, is_body: bool = False) -> Name:
    """Return the parts of the words for a source."""
    parts = _Parts(is_body=is_body)
    plain = without_run_on(text)
    for index, chunk in enumerate(_chunks(plain)):
        parts.take(chunk, first=index == 0)
    found = parts.name()
    if not names_several(plain):
        return found
    names = (*found.bodies, *found.ties, *([found.person] if found.person else []))
    return Name(ties=tuple(dict.fromkeys(names)), roles=found.roles)


def without_run_on(text: str) -> str:
    """Cut what a web page set close to a name, as "Orla Vesmin Orla (Ory) VesminMore from Norvik"; else unchanged."""
    found = _RUN_ON.search(text)
    return text[: found.end("name")] if found else text


def names_several(text: str) -> bool:
    """True when two are named who could each speak alone: "the Port Office and the FCC", "Vesmin and his aides"."""
    before, link, after = _ASIDE.split(text, maxsplit=1)[0].partition(" and ")
    return bool(link) and _second(before.split(), after.split())


def _second(before: list[str], after: list[str]) -> bool:
    """True when what stands after "and" is somebody besides a name before it, and no more words of that name."""
    if not before or not before[-1][:1].isupper():
        return False
    first = after[0].lower() if after else ""
    if first in _ANOTHER or first.strip(".") in TITLES:
        return True
    known = {word.lower() for word in before}
    whole = known.isdisjoint({"of", "for"})
    run = list(takewhile(lambda word: word[:1].isupper(), after[first == "the" :]))
    if first == "the":
        return (whole and len(run) > 1) or any(map(_ends_body, run))
    if any(map(_ends_body, run)) and _ends_body(before[-1]):
        return len(before) > 1 and known.isdisjoint(_low(run))
    titled = next((place for place, word in enumerate(after) if word.lower().strip(".") in TITLES), len(after) - 1)
    person = after[titled + 1 :] if titled < len(after) - 1 else run if BODY.isdisjoint(_low(run)) else []
    people = [word for word in before if word[:1].isupper() and word.lower().strip(".") not in TITLES]
    named = whole and (len(people) > 1 or not TITLES.isdisjoint(known)) and BODY.isdisjoint(known)
    return named and len(person) > 1 and person[-1][:1].isupper()


def _ends_body(word: str) -> bool:
    return word.lower() in BODY or _is_acronym(word)


def _low(words: list[str]) -> set[str]:
    return {word.lower() for word in words}


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive words of one sort within a chunk: capitalised names, or everything else."""

    words: tuple[str, ...]
    raw: tuple[str, ...]
    capital: bool
    owns: bool
    article: bool = False


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
        self._thing = self._thing or (first and not THINGS.isdisjoint(token.lower() for token in head[-2:]))
        runs = [run for run in _runs(head) if not set(run.words) <= SAYING]
        self._acronyms.update(run.words for run in runs if run.capital and any(_is_acronym(t) for t in run.raw))
        for place, run in enumerate(runs):
            following = runs[place + 1] if place + 1 < len(runs) else None
            if not run.capital:
                beside = not first and not THINGS.isdisjoint(run.words)
                self._things_beside = self._things_beside or (beside and not self._titled)
                self._roles.update(stem(word) for word in run.words if word not in LITTLE)
                self._speaks = self._speaks or any(word in SPEAKERS for word in run.words)
                self._for_body = self._for_body or any(word in SPEAK_FOR_BODY for word in run.words)
                self._titled = self._titled or any(word in TITLES for word in run.words)
                self._offices.extend(word for word in run.words if word in OFFICES and first)
            elif run.owns and following is not None and following.capital and _looks_like_body(following):
                runs[place + 1] = replace(following, words=run.words + following.words)
            elif run.owns or (following is not None and not _is_thing(runs[place + 1 :])):
                self._ties.append(run.words)
            else:
                self._head(run, first=first, titled=place > 0, alone=following is None)
        for words in context:
            self._ties.extend(run.words for run in _runs(words) if run.capital)
            self._roles.update(stem(word) for run in _runs(words) if not run.capital for word in run.words if first)

    def _head(self, run: _Run, *, first: bool, titled: bool, alone: bool) -> None:
        body = _looks_like_body(run) or (self._is_body and not self._titled) or (first and self._thing)
        if body and (first or self._bodies):
            dated = len(run.words) > _LEAST_DATED and run.words[0] in DAYS | MONTHS
            self._bodies.append(run.words[1:] if dated else run.words)
        elif body or self._person:
            self._ties.append(run.words)
        elif first and alone and run.article:
            self._bodies.append(run.words)
        elif first or self._speaks or titled or self._roles:
            self._person = self._personal(run.words)

    def _personal(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The personal name in capitalised words; the day, the party, the office before it are roles or nothing."""
        names = tuple(dropwhile(BEFORE_NAMES.__contains__, words[:-1])) + words[-1:]
        names = () if DAYS.issuperset(names) else names[: -1 if len(names) > 1 and names[-1] in NUMERALS else None]
        self._roles.update(stem(word) for word in words[: len(words) - len(names)])
        if names and names[-1] in GENERATIONS:
            # "Ivo Tarn Jr." is not his father: the family name and the word behind it are one.
            return (*names[:-2], " ".join(names[-2:])) if len(names) > 1 else ()
        return names

    def name(self) -> Name:
        """Return what was collected."""
        if self._person and self._things_beside:
            self._bodies, self._person = [self._person, *self._bodies], ()
        unnamed = not self._person and not self._bodies
        bodies, ties = self._bodies, self._ties
        if self._for_body and unnamed:
            bodies = [tie for tie in ties if body_words(tie) or tie in self._acronyms]
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


def _is_thing(after: list[_Run]) -> bool:
    """True for "newspaper" behind a name; "the Tarnish newspaper Norvik Echo" is only described as Tarnish."""
    return set(after[0].words) <= THINGS and not any(run.capital for run in after)


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
        if token.lower() in LINKS and current and not _inside_name(chunk, place):
            current = []
            context.append(current)
        else:
            current.append(token)
    return head, [words for words in context if words]


def _inside_name(chunk: list[str], place: int) -> bool:
    if chunk[place].lower() not in {"of", "for", "and", "in"} or place == 0:
        return False
    before, words = chunk[place - 1], [_POSSESSIVE.sub("", token).lower() for token in chunk[:place]]
    # "Mayor Ada Lorne of Norvik": what stands before a title is no part of the name.
    title = max((at + 1 for at, word in enumerate(words) if word.rstrip(".") in TITLES), default=0)
    words = [word for word in words[title:] if word not in LITTLE] or words
    whole = chunk[place].lower() == "and" or (len(words) == 1 and not title) or not BODY.isdisjoint(words)
    after = next((token for token in chunk[place + 1 :] if token.lower() not in LITTLE), "")
    return whole and _is_name_word(before) and after[:1].isupper() and after.lower() not in TITLES


def _runs(tokens: list[str]) -> list[_Run]:
    out: list[_Run] = []
    current: list[str] = []
    capital = False

    def close(*, owns: bool) -> None:
        if current:
            words = tuple(key for token in current for key in fold(_POSSESSIVE.sub("", token).replace(".", "")))
            kept = tuple(word for word in words if word not in LITTLE) if capital else words
            if kept:
                # "The Tarnhof" is a body; nobody's family name has an article.
                article = capital and len(out) == 1 and out[0].words == ("the",)
                out.append(_Run(kept, tuple(current), capital, owns, article))
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
    return tokens[place].lower() in TOPICS and not beside.isdisjoint(TITLES)


def _carries_on(tokens: list[str], place: int) -> bool:
    """True for the small words inside a name ("of" in "Ministry of Ports", "al" in a family name)."""
    if tokens[place].lower() not in LITTLE | PARTICLES:
        return False
    rest = [token for token in tokens[place + 1 :] if token.lower() not in LITTLE | PARTICLES]
    return bool(rest) and _is_name_word(rest[0])


def _is_name_word(token: str) -> bool:
    plain = _POSSESSIVE.sub("", token)
    low = re.split(r"['’]", plain.lower().rstrip("."))[0] if plain[:1] == "I" else plain.lower().rstrip(".")
    if not plain[:1].isupper() or low in LITTLE or low in PRONOUNS or low in ROLES_ONLY:
        return plain[:1].isupper() and low in {"police", "government", "media", "rights"} and len(plain) > 1
    return low not in TITLES


def _looks_like_body(run: _Run) -> bool:
    return body_words(run.words) or any(_is_acronym(token) for token in run.raw)


def body_words(words: tuple[str, ...]) -> bool:
    """True when one of the words says that they name a body."""
    return any(word in BODY for word in words)


def _is_acronym(token: str) -> bool:
    plain = _POSSESSIVE.sub("", token)
    return len(plain) >= _LEAST_ACRONYM and plain.lower() not in NUMERALS and plain.isupper() and plain.isalpha()
