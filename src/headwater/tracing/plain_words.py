"""Capitalised words that are nobody's name: "Critics say", "Research shows", "two Republicans".

No list of parties, peoples or plain words stands here; the case itself shows how a word is used. One report rarely
shows it, so all of them are looked through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum

from headwater.model import Mention, Report
from headwater.tracing.name_parts import Name
from headwater.tracing.name_words import REALMS

# A word that the case writes so often without a capital letter is a plain one, unless its own report writes it as a
# name only: more than a slip of the pen. A group is met as a plural after a number and as one after "a".
LEAST_SMALL = 2
# Of a family "the Trents" are spoken of more rarely than this beside one of them.
LEAST_SHARE = 0.2
# Shorter words in capitals are initials of a body ("WHO") rather than shouted plain words ("MORE").
LEAST_SHOUTED = 4
_LEAST_GROUP = 5
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]")
# "Ada Lorne, D-Norvik": what stands behind the comma is a party and a state.
_SEAT = re.compile(r"^[DRI][-–][A-Z]")
_MANY = frozenset(
    "some many most several few fewer all other both these those two three four five six seven eight nine ten".split()
)
_ONE = frozenset({"a", "an", "another"})


class _Use(Enum):
    """A way in which a word is used: without a capital, anyhow with one, after a number, in the singular after "a"."""

    SMALL = "small"
    ANY = "any"
    MANY = "many"
    ONE = "one"


class PlainWords:
    """Which capitalised words of a case are plain words or groups of people, from how its reports use them."""

    def __init__(self, reports: Sequence[Report], named: Iterable[tuple[Mention, Name]]) -> None:
        self._texts = {report.id: report.text for report in reports}
        last = [(mention, _bearing(name)[-1:]) for mention, name in named]
        words = {found for mention, word in last if word and (found := _written(mention, word[0]))}
        plurals = {word if word.endswith("s") else f"{word}s" for word in words if len(word) >= _LEAST_GROUP}
        small = {word.lower() for word in words}
        use = _use(self._texts.values(), small, {word.capitalize() for word in words}, plurals)
        self._shouted = {word for word in words if use[_Use.SMALL, word.lower()] > use[_Use.ANY, word.capitalize()]}
        self._plain = {word for word in small if use[_Use.SMALL, word] >= LEAST_SMALL}
        self._groups = {word for word in plurals if use[_Use.MANY, word] and use[_Use.ONE, word] and _common(word, use)}

    def nobody(self, mention: Mention, name: Name) -> bool:
        """True when what looks like a name in the mention is a plain word or a group of people."""
        words = _bearing(name)
        word = _written(mention, words[-1]) if words else None
        if _SEAT.match(mention.text):
            return bool(name.person)
        if word is None:
            return False
        if words[-1] not in REALMS and (word in self._groups or f"{word}s" in self._groups):
            return True
        if len(words) > 1 or word.lower() not in self._plain:
            return False
        if word.isupper():
            return len(word) >= LEAST_SHOUTED and word in self._shouted
        return bool(name.person) and not self._is_name_in(mention.report, word)

    def _is_name_in(self, report: str, word: str) -> bool:
        """True when the report writes the word with a capital letter within its sentences, and never without one."""
        written = re.findall(rf"(?<=[\w,] ){re.escape(word)}\b", self._texts[report], re.IGNORECASE)
        return word in written and word.lower() not in written


def _bearing(name: Name) -> tuple[str, ...]:
    """The words that bear a name: those of the person, else those of the one body."""
    return name.person or (name.bodies[0] if len(name.bodies) == 1 else ())


def _written(mention: Mention, last: str) -> str | None:
    """The last word of a name as the mention writes it."""
    return next((word for word in _WORD.findall(mention.text) if word.casefold() == last), None)


def _common(plural: str, use: Counter[tuple[_Use, str]]) -> bool:
    """True when a plural is used often beside its singular: "Republicans" is, "the two Trents" is not."""
    return use[_Use.ANY, plural] >= LEAST_SHARE * use[_Use.ANY, plural[:-1]]


def _use(texts: Iterable[str], words: set[str], names: set[str], plurals: set[str]) -> Counter[tuple[_Use, str]]:
    """How often each word has no capital letter, and each plural and its singular are used in the ways of a group."""
    found: Counter[tuple[_Use, str]] = Counter()
    singulars = {word[:-1] for word in plurals}
    for text in texts:
        tokens = ["", *_TOKEN.findall(text), ""]
        for at, token in enumerate(tokens):
            if token in words:
                found[_Use.SMALL, token] += 1
            elif token in names or token in plurals or token in singulars:
                before, after = tokens[at - 1].lower(), tokens[at + 1]
                found[_Use.ANY, token] += 1
                if token in plurals and before in _MANY and not after.endswith("s"):
                    found[_Use.MANY, token] += 1
                elif token in singulars and before in _ONE and not after[:1].isupper() and after not in "-’'":
                    found[_Use.ONE, f"{token}s"] += 1
    return found
