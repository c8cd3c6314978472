"""Where and when, as far as the words beside a figure say: the nearest named place and the nearest date.

Stays within the figure's own clause; a name is taken as written and never looked up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from headwater.model import Span
from headwater.reading.english.figure_words import END
from headwater.reading.english.number_tokens import Token, word_at

_REACH = 25
_EDGES = frozenset(";:—–|") | {"while", "whereas", "but", "although", "though", "because"}
_PREPOSITIONS = frozenset("in at near outside across inside around".split())
_LOWER_JOINTS = frozenset("of and de la el al del the".split())
_NO_PLACE = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday the a mr mrs ms i christmas easter ramadan english russian arabic french".split()
)


def clause(tokens: list[Token], first: int, last: int) -> tuple[int, int]:
    """Return the tokens (first, last excluded) of the clause around a figure, cut at a few dozen tokens."""
    low, high = first, last
    while low > max(0, first - _REACH) and word_at(tokens, low - 1) not in _EDGES and not _and_that(tokens, low - 1):
        low -= 1
    while high < min(len(tokens), last + _REACH) and tokens[high].word not in _EDGES and not _and_that(tokens, high):
        high += 1
    return low, high


def _and_that(tokens: list[Token], at: int) -> bool:
    return word_at(tokens, at) == "and" and word_at(tokens, at + 1) == "that"


def place_near(text: str, tokens: list[Token], inside: tuple[int, int], figure: tuple[int, int]) -> str | None:
    """Return the first named place after the figure in its clause, else the last one before it, else None."""
    low, high = inside
    first, last = figure
    for at in range(last, high):
        name = _place_at(text, tokens, at, high)
        if name:
            return name
    for at in range(first - 1, low - 1, -1):
        name = _place_at(text, tokens, at, first)
        if name:
            return name
    return None


def _place_at(text: str, tokens: list[Token], at: int, stop: int) -> str | None:
    if tokens[at].word not in _PREPOSITIONS:
        return None
    start = at + 1
    while start < stop and tokens[start].word in {"the", "central", "northern", "southern", "eastern", "western"}:
        start += 1
    end = start
    while (
        end < min(stop, start + 6) and tokens[end].is_word and tokens[end].capital and tokens[end].word not in _NO_PLACE
    ):
        end += 1
        if word_at(tokens, end) in _LOWER_JOINTS - {"and"} and end + 1 < stop and tokens[end + 1].capital:
            end += 1
    if end == start or _goes_on(tokens, end):
        return None
    return text[tokens[start].start : tokens[end - 1].end]


def _goes_on(tokens: list[Token], end: int) -> bool:
    """True when a plain noun follows, so that the name belongs to it: "in Red Cross vehicles"."""
    if word_at(tokens, end) == "'s":
        return True
    return end < len(tokens) and tokens[end].is_word and not tokens[end].capital and tokens[end].word not in END


def _start(span: Span) -> int:
    return span.start


def when_near(text: str, dates: Sequence[Span], tokens: list[Token], inside: tuple[int, int], at: int) -> str | None:
    """Return the date of the clause nearest to offset `at`, lower case, or None; `dates` are sorted and disjoint."""
    if inside[0] >= inside[1]:
        return None
    low, high = tokens[inside[0]].start, tokens[inside[1] - 1].end
    near = []
    for index in range(bisect_left(dates, low, key=_start), len(dates)):
        if dates[index].end > high:
            break
        near.append(dates[index])
    if not near:
        return None
    best = min(near, key=lambda span: (abs(span.start - at), span.start))
    return " ".join(text[best.start : best.end].lower().split())
