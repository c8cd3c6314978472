"""The folded shadow of a text: words made comparable, each with its place in the text it came from.

Evidence is never normalised: comparing happens on the shadow, anchors stay on the original. Folding removes case,
accents, quotation and apostrophe styles, writes contractions out ("can't" is "can" and "not" at the same place) and
brings British and American spellings together. English; words of other scripts are only case-folded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from headwater.model.spans import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*")
_APOSTROPHE = re.compile(r"['’ʼ`´]")

_TAILS = {"ll": ("will",), "ve": ("have",), "re": ("are",), "m": ("am",), "d": ("would",), "s": ()}
_IRREGULAR = {"won't": ("will", "not"), "can't": ("can", "not"), "shan't": ("shall", "not"), "ain't": ("is", "not")}
_JOINED = {"cannot": ("can", "not"), "gonna": ("going", "to")}

_OUR = re.compile(
    r"^(hon|col|lab|neighb|fav|behavi|harb|rum|hum|vap|od|end|sav|vig|rig|arm|val|cand|ferv|glam|tum|flav|parl)our"
)
_ISE = re.compile(r"(?<=.{3})is(e|ed|es|ing|er|ers|ation|ations|ational)$")
_ALWAYS_ISE = re.compile(
    r"^(advert|adv|appra|arise|bapt|bruise|chast|circumc|comprom|conc|cour|cru|dem|desp|dev|disgu|enterpr|exc|exerc"
    r"|expert|franch|improv|inc|like|merchand|mort|noise|other|pra|prec|prem|prom|ra|rev|superv|surm|surpr|telev|treat)"
)
_SPELLINGS = {
    "centre": "center",
    "centres": "centers",
    "metre": "meter",
    "metres": "meters",
    "kilometre": "kilometer",
    "kilometres": "kilometers",
    "theatre": "theater",
    "fibre": "fiber",
    "litre": "liter",
    "litres": "liters",
    "defence": "defense",
    "offence": "offense",
    "licence": "license",
    "grey": "gray",
    "programme": "program",
    "programmes": "programs",
    "tyre": "tire",
    "tyres": "tires",
    "towards": "toward",
    "afterwards": "afterward",
    "whilst": "while",
    "amongst": "among",
    "judgement": "judgment",
    "jewellery": "jewelry",
    "plough": "plow",
    "sceptical": "skeptical",
    "ageing": "aging",
    "mum": "mom",
    "analyse": "analyze",
    "analysed": "analyzed",
    "paralysed": "paralyzed",
    "travelling": "traveling",
    "travelled": "traveled",
    "cancelled": "canceled",
    "labelled": "labeled",
    "counsellor": "counselor",
}

FUNCTION_WORDS = frozenset(
    "a an the of for and or but nor so in on at to from by with without as is am are was were be been being do "
    "does did have has had having will would shall should can could may might must not no this that these "
    "those there here it its he she they we you i me him her them us my your his our their who whom whose "
    "which what when where why how if then than also too very just only even more most much many some any all "
    "each every other another such into onto over under about after before up down out off again once s".split()
)

# The words of somebody who speaks of themselves alone; "we" is also an office, an outlet, a country.
FIRST_PERSON = frozenset("i i'm i've i'd i'll me my mine myself".split())


class Word(NamedTuple):
    """One folded word: its place in the text (code points) and the form used for comparing."""

    start: int
    end: int
    key: str

    @property
    def span(self) -> Span:
        """The place of the word in the text it was folded from."""
        return Span(self.start, self.end)


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the folded words of `text[start:end]` with offsets into `text`; numbers count as words."""
    stop = len(text) if end is None else end
    return [
        Word(match.start(), match.end(), key)
        for match in _WORD.finditer(text, start, stop)
        for key in fold(match.group())
    ]


def keys(text: str) -> list[str]:
    """Return only the folded forms of the words of `text`."""
    return [key for match in _WORD.finditer(text) for key in fold(match.group())]


@lru_cache(maxsize=65536)
def fold(word: str) -> tuple[str, ...]:
    """Return the folded form of one written word: usually one, two for a contraction, none for a bare "'s"."""
    return tuple(key for key in _folded(_plain(word)) if key)


def _folded(plain: str) -> tuple[str, ...]:
    if plain in _IRREGULAR:
        return _IRREGULAR[plain]
    if plain in _JOINED:
        return _JOINED[plain]
    if "'" not in plain:
        return (_spelling(plain),)
    head, _, tail = plain.rpartition("'")
    if tail == "t" and head.endswith("n"):
        return (_spelling(head[:-1].replace("'", "")), "not")
    if tail in _TAILS:
        return (_spelling(head.replace("'", "")), *_TAILS[tail])
    return (_spelling(plain.replace("'", "")),)


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """Return a light stem of a folded English word (plural, -ed, -ing, -ly taken off), for candidates and overlap.

    Deliberately weaker than Porter's: it must not bring different words together.
    """
    if len(key) < 4 or not key.isascii() or not key.isalpha():
        return key
    for ending, least, put in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= least:
            return _undouble(key[: -len(ending)] + put, ending)
    return key[:-1] if key.endswith("e") and len(key) > 4 else key


_ENDINGS = (
    ("sses", 2, "ss"),
    ("ies", 2, "y"),
    ("ied", 2, "y"),
    ("ings", 3, ""),
    ("ing", 3, ""),
    ("edly", 3, ""),
    ("eed", 9, ""),
    ("ed", 3, ""),
    ("ily", 3, "y"),
    ("ly", 4, ""),
    ("ches", 2, "ch"),
    ("shes", 2, "sh"),
    ("xes", 2, "x"),
    ("ss", 1, "ss"),
    ("us", 1, "us"),
    ("is", 1, "is"),
    ("s", 3, ""),
)


def _undouble(base: str, ending: str) -> str:
    if ending in {"ing", "ings", "ed"} and len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
        return base[:-1]
    return base[:-1] if base.endswith("e") and len(base) > 4 else base


def _plain(word: str) -> str:
    low = _APOSTROPHE.sub("'", word.casefold())
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))


def _spelling(word: str) -> str:
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    if "our" in word:
        word = _OUR.sub(r"\1or", word)
    if "is" in word and _ISE.search(word) and not _ALWAYS_ISE.match(word):
        word = _ISE.sub(r"iz\1", word)
    return word
