"""What a source is called: the name that most reports agree on, in words that one of them prints.

The fullest wording is often a slip of reading ("Today Vesmin"); the one that many use is the plain name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from headwater.model import Mention, keys
from headwater.tracing.name_parts import Name, without_run_on
from headwater.tracing.names import initials

# What explains a name, behind it.
_ASIDE = re.compile(r",| \(|\)| who | whose | which | – | — |;")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


class Called(NamedTuple):
    """The words a source is called by, and the mention they stand in."""

    words: str
    mention: Mention


def called(found: Sequence[tuple[Mention, Name]]) -> Called | None:
    """Return the words that name a source best and their mention, or None when no mention names it.

    Of the full personal names the one in most reports, else the full name of a body, else whatever most reports use;
    of the mentions with that name the wording in most reports, the shorter one when they are equal.
    """
    bearers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for mention, name in found:
        for words in _whole(name):
            bearers[words].add(mention.report)
    if not bearers:
        return None
    best = max(bearers, key=lambda words: (_full(words, bearers), len(bearers[words]), len(words), words))
    able = [(mention, _plain(mention, best)) for mention, name in found if best in _whole(name)]
    reports: dict[str, set[str]] = defaultdict(set)
    for mention, text in able:
        reports[_key(text)].add(mention.report)
    written = Counter(text for _, text in able)

    def rank(item: tuple[Mention, str]) -> tuple[int, int, int, str]:
        key = _key(item[1])
        return len(reports[key]), -len(key), written[item[1]], item[1]

    shown, text = max(able, key=rank)
    return Called(text, shown)


def _plain(mention: Mention, name: tuple[str, ...]) -> str:
    """The words of a mention without what explains them behind a comma, as long as the name is among them."""
    whole = without_run_on(mention.text).strip()
    kept = _ASIDE.split(whole, maxsplit=1)[0].strip()
    return kept if {key for word in name for key in keys(word)} <= set(keys(kept)) else whole


def _key(words: str) -> str:
    return _ARTICLE.sub("", words).casefold()


def _whole(name: Name) -> tuple[tuple[str, ...], ...]:
    return (name.person,) if name.person else name.bodies


def _full(words: tuple[str, ...], known: dict[tuple[str, ...], set[str]]) -> bool:
    """True for a given and a family name, and for a body's name that is not the initials of another one here."""
    if len(words) > 1:
        return True
    return not any(len(other) > 1 and (other[-1] == words[0] or initials(other) == words[0]) for other in known)
