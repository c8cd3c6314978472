"""What a source is called: the name that most reports agree on, in words that one of them prints.

The fullest wording is often a slip of reading ("Today Vesmin"); the one that many use is the plain name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from headwater.model import Mention
from headwater.tracing.name_parts import Name, without_run_on
from headwater.tracing.names import initials

# What explains a name, behind it.
_ASIDE = re.compile(r",| \(|\)| who | whose | which | – | — |;")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


def called(found: Sequence[tuple[Mention, Name]]) -> Mention | None:
    """Return the mention that names the source best, or None when none of them names it.

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
    able = [mention for mention, name in found if best in _whole(name)]
    return _most_used(able)


def plain_name(text: str) -> str:
    """Return the words of a named source without what explains them behind a comma, and without run-on words."""
    kept = _ASIDE.split(without_run_on(text).strip(), maxsplit=1)[0].strip()
    return kept or text


def _whole(name: Name) -> tuple[tuple[str, ...], ...]:
    return (name.person,) if name.person else name.bodies


def _full(words: tuple[str, ...], known: dict[tuple[str, ...], set[str]]) -> bool:
    """True for a given and a family name, and for a body's name that is not the initials of another one here."""
    if len(words) > 1:
        return True
    return not any(len(other) > 1 and (other[-1] == words[0] or initials(other) == words[0]) for other in known)


def _most_used(able: Sequence[Mention]) -> Mention:
    reports: dict[str, set[str]] = defaultdict(set)
    written: Counter[str] = Counter()
    for mention in able:
        reports[_key(mention)].add(mention.report)
        written[plain_name(mention.text)] += 1
    return max(
        able,
        key=lambda each: (
            len(reports[_key(each)]),
            -len(_key(each)),
            written[plain_name(each.text)],
            plain_name(each.text),
        ),
    )


def _key(mention: Mention) -> str:
    return _ARTICLE.sub("", plain_name(mention.text)).casefold()
