"""Whether a clause of its own begins somewhere: a noun phrase and then a finite verb."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.reading.english.lexicon_verbs import AUXILIARY, PREPOSITIONS, SUBORDINATORS, may_be_finite
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
        if comma is not None and comma + 1 < len(tokens) and begins_clause(tokens, comma + 1):
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
