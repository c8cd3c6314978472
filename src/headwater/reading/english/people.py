"""The people a text names, whether they speak or not: candidates for "he", "she" and a surname alone.

Two capitalised words are a person only on evidence in the same text; a name list would know nobody of a small town.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from headwater.model import Span
from headwater.reading.english.lexicon_people import BODIES, EXPERT, OFFICIAL, TITLES, WITNESS
from headwater.reading.english.lexicon_verbs import PREPOSITIONS, SUBORDINATORS
from headwater.reading.english.naming import Naming, naming_of

_OFFICES = (
    r"spokes(?:man|woman|person)|minister|president|leader|chancellor|director|commissioner|mayor|governor|general|colonel"
    r"|secretary|chief|chairman|officer|constable|professor|lawyer|activist|analyst|correspondent|journalist|ambassador"
    r"|prosecutor|judge|head"
)
_FULL_NAME = re.compile(
    rf"(?:\b[A-Z][\w’'-]+(?:\s+(?:of|for|and|the)(?=\s+[A-Z]))?\s+|\b(?:{_OFFICES})\s+){{0,6}}"
    r"[A-Z][\w’'-]+\s+(?:(?:al|bin|de|van|von|el|ibn)[ -])?[A-Z][\w’'-]+"
)
_TITLED = re.compile(rf"\b(?:{'|'.join(sorted(t.capitalize() for t in TITLES))})\.?\s+[A-Z][\w’'-]+(?!\s+[A-Z])")
_WORD_OR_MARK = re.compile(r"[\w’'-]+|[^\w\s]")
_EVIDENCE = re.compile(r",? (?:\(?\d\d\b|who\b|whose\b)|, (?:an?|the|his|her|from|of)\b| \(\d\d")
_NOT_NAMES = frozenset("street road university hospital north south east west city river county station stop".split())
_HOLDERS = (TITLES | OFFICIAL | EXPERT | WITNESS) - BODIES
_NO_PART = PREPOSITIONS | SUBORDINATORS | {"but", "and", "then", "now", "yet", "meanwhile", "both"}


def people_in(text: str) -> list[tuple[Span, Naming]]:
    """Return every place where the text names one person, with what the words say, in reading order."""
    before: dict[str, set[str]] = defaultdict(set)
    for previous, word in pairwise(["", *_WORD_OR_MARK.findall(text)]):
        if word[0].isupper():
            before[word].add(previous)
    taken = [Span(*match.span()) for match in _FULL_NAME.finditer(text)]
    inside = {place for span in taken for place in range(span.start, span.end)}
    taken += [Span(*m.span()) for m in _TITLED.finditer(text) if m.start() not in inside]
    found: list[tuple[Span, Naming]] = []
    for span in (_without_opener(text, place) for place in sorted(taken)):
        words = span.of(text)
        naming = naming_of(" ".join(words.split()))
        if "\n" not in words and naming.person and _is_person(text, span, naming, before):
            found.append((span, naming))
    return found


def _without_opener(text: str, span: Span) -> Span:
    """Drop "As", "While", "In" from the front of a name at a sentence's beginning."""
    words = span.of(text)
    first = words.split(maxsplit=1)[0]
    if first.lower() not in _NO_PART or len(words.split()) < 2:
        return span
    return Span(span.end - len(words[len(first) :].lstrip()), span.end)


def _is_person(text: str, span: Span, naming: Naming, before: dict[str, set[str]]) -> bool:
    """True on evidence: an office or title, an age, "who", or the surname alone elsewhere."""
    if set(naming.name) & _NOT_NAMES or text[max(0, span.start - 4) : span.start].lower() == "the ":
        return False
    if naming.words & _HOLDERS:
        return True
    words = span.of(text).split()
    if len(naming.name) < 2 or len(words) < 2:
        return False
    if _EVIDENCE.match(text, span.end):
        return True
    return bool(before[words[-1]] - {words[-2]})
