"""What the words that name a source say by themselves: name, head noun, kind, number, gender. One phrase at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from headwater.model import SourceKind, fold
from headwater.reading.english.lexicon import PRONOUNS
from headwater.reading.english.lexicon_people import (
    AGENCIES,
    DOCUMENT,
    EXPERT,
    FEMALE,
    MALE,
    MEDIA,
    OFFICIAL,
    ORGANISATION,
    OUTLET_PATTERN,
    OUTLETS,
    PLURAL,
    SPOKES,
    TITLES,
    WITNESS,
)

_WORD = re.compile(r"[@#]?\w+(?:[.'’&/-]\w+)*\.?")
_CUT = re.compile(r",| who | whose | which | that |\(|;| – | — | - ")
_RELATIVE = re.compile(r",? (?:who|whose|whom|which)\b")
_PREPOSITION = re.compile(r"\b(?:of|for|from|at|in|with|on|to|by|near|outside)\b")
_POSSESSIVE = re.compile(r"['’]s?$")
_KNOWN_AGENCIES = {name.lower() for name in AGENCIES}
_KNOWN_OUTLETS = {name.lower().removeprefix("the ") for name in OUTLETS}
_BODIES = OFFICIAL | ORGANISATION | MEDIA | DOCUMENT
_QUANTITY = re.compile(
    r"(?:all|some|many|most|several|both|few|none|each|a number|dozens|scores|hundreds|thousands|(?P<one>one))\s+of\s+"
    r"(?=\w)",
    re.IGNORECASE,
)
_APPOSED_NAME = re.compile(r",\s+(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,3})\s*(?:,|$)")
_SEVERAL = re.compile(r"[A-Z][\w’'-]+ and (?:(?:his|her|their) \w+|(?:[A-Z][\w’'.-]+ ?){1,4})$")
_POSSESSIVES = frozenset({"his", "her", "him"})
_ARTICLES = frozenset({"the", "a", "an"})
_NEVER_PERSONS = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})
_NATIONALITY = 12  # code points that may stand before an outlet's name: "the Russian"


@dataclass(frozen=True, slots=True)
class Naming:
    """What one phrase says: `name` words (folded) when it names somebody, `head` noun (folded, lower) otherwise.

    `pronoun` is "m", "f", "p", "n", "o" or None; `person` is True when the name is a person's; `definite` marks "the
    man", `indefinite` "a man", "another". `gender` is "m", "f" or None. `words` are all content words,
    folded, `core` those before a relative clause or an apposition.
    """

    text: str
    pronoun: str | None
    name: tuple[str, ...]
    person: bool
    head: str
    kind: SourceKind
    plural: bool
    gender: str | None
    definite: bool
    indefinite: bool
    other: bool
    words: frozenset[str]
    core: frozenset[str]

    @property
    def key(self) -> str:
        """The word by which a named person is recognised again: the last of the name."""
        return self.name[-1] if self.name else ""

    @property
    def named(self) -> bool:
        """True when the phrase holds a proper name of its own, not only a description."""
        return bool(self.name)


@lru_cache(maxsize=8192)
def naming_of(text: str) -> Naming:
    """Read one phrase that names a source."""
    low = text.strip().lower()
    if low in PRONOUNS:
        return _pronoun(text, PRONOUNS[low])
    head_part = _CUT.split(text.strip(), maxsplit=1)[0].strip() or text.strip()
    many = _QUANTITY.match(head_part)
    head_part = head_part[many.end() :] if many else head_part
    person = _person_after_office(head_part)
    core = person or _PREPOSITION.split(head_part, maxsplit=1)[0].strip() or head_part
    tokens = [m.group().rstrip(".") for m in _WORD.finditer(core)]
    name = _name(head_part if _is_body(head_part) else core, tokens)
    apposed = None if name else _APPOSED_NAME.match(text.strip(), len(head_part) + (many.end() if many else 0))
    if apposed:
        name = apposed.group("name").split()
    several = _SEVERAL.search(core) is not None
    head = "" if name else _head(tokens)
    lows = _lows(_RELATIVE.split(text, maxsplit=1)[0])
    kind = _kind(core, tokens, name, lows, head) if ", which " not in text else _body_kind(core, lows)
    is_person = bool(name) and kind not in _NEVER_PERSONS and not _is_body(" ".join(name)) and ", which " not in text
    plural = several or (many is not None and not many.group("one")) or (not name and " and " in f" {core} ")
    return Naming(
        text=text,
        pronoun=None,
        name=tuple(key for word in name for key in fold(_POSSESSIVE.sub("", word))),
        person=is_person and not several,
        head=head,
        kind=kind,
        plural=plural or (head in PLURAL and not (many and many.group("one"))),
        gender=_gender(_lows(core)[::-1] + lows),
        definite=low.startswith(("the ", "this ", "that ", "mr ", "ms ", "mrs ")),
        indefinite=low.startswith(("a ", "an ", "one ", "another ", "some ", "two ", "three ", "several ")),
        other=low.startswith(("another ", "a second ", "a third ", "others ")),
        words=_folded(_lows(text)),
        core=_folded(_lows(head_part)),
    )


def _folded(lows: list[str]) -> frozenset[str]:
    return frozenset(key for word in lows if word not in _ARTICLES for key in fold(_POSSESSIVE.sub("", word)))


def _lows(text: str) -> list[str]:
    return [m.group().rstrip(".").lower() for m in _WORD.finditer(text)]


def _pronoun(text: str, kind: str) -> Naming:
    return Naming(
        text=text,
        pronoun=kind,
        name=(),
        person=False,
        head="",
        kind=SourceKind.UNKNOWN,
        plural=kind == "p",
        gender=kind if kind in {"m", "f"} else None,
        definite=True,
        indefinite=False,
        other=False,
        words=frozenset(),
        core=frozenset(),
    )


def _person_after_office(head_part: str) -> str | None:
    """Return the person of "Minister of Information Jane Doe": the two capitalised words after the office."""
    words = [m.group() for m in _WORD.finditer(head_part)]
    if len(words) < 4 or not _PREPOSITION.search(head_part):
        return None
    opens = [w.lower().rstrip(".") for w in words[:4]]
    if not any(w in TITLES or w in OFFICIAL for w in opens):
        return None
    before, *last = words[-3:]
    capital = all(
        w[0].isupper() and w.lower() not in _BODIES | TITLES and w.lower() not in {"state", "affairs"} for w in last
    )
    return " ".join(last) if capital and before.lower() not in {"of", "for", "the", "and", "from", "in", "at"} else None


def _name(core: str, tokens: list[str]) -> list[str]:
    if _is_carrier(core):
        return [t for t in tokens if t.lower() != "the"]
    words = [m.group().rstrip(".") for m in _WORD.finditer(core)]
    last: list[str] = []
    for word in reversed(words):
        plain = _POSSESSIVE.sub("", word)
        if plain and (plain[0].isupper() or plain.startswith("@") or (last and plain.lower() in _LINKS)):
            last.insert(0, plain)
        else:
            break
    while last and (
        last[0].lower() in TITLES
        or last[0].lower() in _COUNTS
        or last[0].lower() in _LINKS
        or last[0].lower() in {"the", "a", "an"}
    ):
        last.pop(0)
    if last and all(word.lower() in TITLES | OFFICIAL | WITNESS for word in last) and len(last) == 1:
        return last if last[0].lower() in {"police", "kremlin", "congress"} and len(words) == 1 else []
    return last


_COUNTS = frozenset("all some many most several both few none each one two three another others".split())
_LINKS = frozenset("of the for and de la al bin ibn van von der el du".split())


def _head(tokens: list[str]) -> str:
    for token in reversed(tokens):
        low = _POSSESSIVE.sub("", token).lower()
        if low not in {"the", "a", "an", "himself", "herself", "themselves"}:
            return low
    return ""


def _is_body(words: str) -> bool:
    """True when the last capitalised word is a body's ("British Transport Police") or the name is an acronym."""
    tokens = [m.group().rstrip(".") for m in _WORD.finditer(words)]
    if not tokens:
        return False
    last = tokens[-1]
    first_part = _PREPOSITION.split(words, maxsplit=1)[0].split()
    if last.isupper() and len(last) > 1 and len(tokens) <= 2:
        return True
    if last.lower() in _BODIES - {"chief", "general", "speaker", "state"} and last[0].isupper():
        return True
    return (
        bool(first_part)
        and first_part[-1][0].isupper()
        and first_part[-1].lower() in _BODIES - TITLES
        and len(tokens) > 2
    )


def _is_carrier(core: str) -> bool:
    plain = core.strip().lower().removeprefix("the ")
    return plain in _KNOWN_AGENCIES or plain in _KNOWN_OUTLETS


def is_outlet(text: str) -> bool:
    """True when the words name an outlet or an agency, from the curated list or by their shape."""
    plain = text.strip().removeprefix("the ").removeprefix("The ")
    if plain.lower() in _KNOWN_OUTLETS or plain.lower() in _KNOWN_AGENCIES:
        return True
    match = OUTLET_PATTERN.search(text)
    return match is not None and match.start() <= _NATIONALITY and match.end() >= len(text.strip()) - 1


def is_agency(text: str) -> bool:
    """True when the words name a news agency."""
    plain = text.strip().lower().removeprefix("the ")
    return plain in _KNOWN_AGENCIES or plain.endswith(("news agency", "press agency", "newswire"))


def _kind(core: str, tokens: list[str], name: list[str], lows: list[str], head: str) -> SourceKind:
    if is_agency(core):
        return SourceKind.AGENCY
    if _is_carrier(core) or (not (set(lows) & SPOKES) and is_outlet(core)):
        return SourceKind.OUTLET
    by_head = _by_noun(head) if head else _by_noun(name[-1].lower()) if name else None
    if by_head:
        return by_head
    for word in [t.lower() for t in tokens] + lows:
        found = _by_noun(word)
        if found:
            return found
    return SourceKind.PERSON if name or head else SourceKind.UNKNOWN


def _body_kind(core: str, lows: list[str]) -> SourceKind:
    """What is spoken of with "which" is a body, never a person."""
    found = _kind(core, [], [], lows, "")
    return SourceKind.ORGANISATION if found in {SourceKind.PERSON, SourceKind.UNKNOWN, SourceKind.WITNESS} else found


def _by_noun(word: str) -> SourceKind | None:
    word = word.rstrip(".")
    if word in SPOKES or word in OFFICIAL:
        return SourceKind.OFFICIAL
    for nouns, kind in (
        (MEDIA, SourceKind.OUTLET),
        (WITNESS, SourceKind.WITNESS),
        (EXPERT, SourceKind.EXPERT),
        (ORGANISATION, SourceKind.ORGANISATION),
        (DOCUMENT, SourceKind.DOCUMENT),
    ):
        if word in nouns:
            return kind
    return None


def _gender(lows: list[str]) -> str | None:
    """The first word that tells a woman from a man; "his" and "her" speak of somebody else."""
    for word in lows:
        if word in FEMALE and word not in _POSSESSIVES:
            return "f"
        if word in MALE and word not in _POSSESSIVES:
            return "m"
    return None
