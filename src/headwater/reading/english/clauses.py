"""Where clauses of their own begin: a noun phrase and then a finite verb, alone or after a conjunction."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.reading.english.lexicon import PRONOUNS
from headwater.reading.english.lexicon_verbs import AUXILIARY, DETERMINERS, PREPOSITIONS, SUBORDINATORS, may_be_finite
from headwater.reading.english.tokens import Token

_REACH = 14
_SUBJECTS = frozenset("he she it they we the".split())


def begins_clause(tokens: Sequence[Token], at: int) -> bool:
    """True when a noun phrase and then a finite verb follow: "said (that) the girls were ..."."""
    first = tokens[at]
    if first.quote is not None:
        return verb_follows(tokens, at + 1)
    if not first.is_word or first.low in SUBORDINATORS - {"as", "since", "after", "before", "once", "while"}:
        return False
    if first.low in PREPOSITIONS and counts(tokens, at):
        return verb_follows(tokens, at + 1)
    if first.low in PREPOSITIONS:
        comma = next((k for k in range(at, min(len(tokens), at + _REACH)) if tokens[k].text == ","), None)
        aims = comma is not None and any(t.low == "to" for t in tokens[at:comma])
        if comma is not None and not aims and comma + 1 < len(tokens) and begins_clause(tokens, comma + 1):
            return True
        return any(
            tokens[k].low in _SUBJECTS and verb_follows(tokens, k + 1) for k in range(at + 2, min(len(tokens), at + 5))
        )
    return verb_follows(tokens, at + 1)


def counts(tokens: Sequence[Token], at: int) -> bool:
    """True for "at least 40 people", "over 100 men": a quantity, not a preposition."""
    following = tokens[at + 1 : at + 3]
    return any(t.text[0].isdigit() or t.low in {"least", "most", "to"} for t in following)


def verb_follows(tokens: Sequence[Token], at: int, end: int | None = None) -> bool:
    """Return True when a finite verb stands between `at` and `end` (or soon after `at`)."""
    for token in tokens[at : at + 24 if end is None else end]:
        if token.text in ";:":
            return False
        if token.quote is None and not token.is_cap and may_be_finite(token.low):
            return True
        if token.is_cap and token.low in AUXILIARY:
            return True
    return False


def coordinated(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """Cut a content at conjunctions between whole clauses: "seven were killed and dozens were injured"."""
    cuts = [start]
    for at in range(start + 3, end - 3):
        if tokens[at].low not in {"and", "but"} or not whole_clause(tokens, at + 1, end):
            continue
        if any(not t.is_cap and may_be_finite(t.low) for t in tokens[cuts[-1] : at] if t.quote is None):
            cuts.append(at)
    parts: list[tuple[int, int]] = []
    for begin, stop in zip(cuts, [*cuts[1:], end], strict=True):
        first = begin
        while first < stop and (tokens[first].low in {"and", "but", "that"} or tokens[first].text == ","):
            first += 1
        last = stop
        while last > first and tokens[last - 1].text in ",;":
            last -= 1
        if last > first:
            parts.append((first, last))
    return parts


def whole_clause(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Return True when a clause with a subject of its own begins at `at`, after a conjunction."""
    if at < end and tokens[at].low == "that":
        at += 1
    if at >= end or tokens[at].quote is not None:
        return False
    comma = at >= 2 and tokens[at - 2].text == ","
    first = tokens[at]
    begins = (
        first.low in DETERMINERS
        or first.low in PRONOUNS
        or first.low == "there"
        or first.is_cap
        or first.text[0].isdigit()
    )
    if not begins or (first.low not in PRONOUNS and may_be_finite(first.low)):
        return False
    following = [t for t in tokens[at + 1 : min(end, at + 7)] if t.quote is None and not t.is_cap]
    if comma or first.low in PRONOUNS:
        return any(may_be_finite(t.low) for t in following)
    return any(t.low in AUXILIARY for t in following)
