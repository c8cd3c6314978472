"""When is a statement a denial: by its stance, or by the words of denying in an official mouth."""

from __future__ import annotations

import re

from headwater.model import SourceKind, Stance, Statement, keys, stem
from headwater.weighing.acts import HARMS, acts_in
from headwater.weighing.pile import Pile
from headwater.weighing.wording import NEGATIONS

_ANSWERS = frozenset({SourceKind.OFFICIAL, SourceKind.ORGANISATION, SourceKind.PERSON})
_CONDITIONS = frozenset("if unless until whether only".split())
_CLOSE = 3  # words between a negation and the act it denies
_DENYING = re.compile(
    r"\b(?:no such|unfounded|baseless|groundless|fabricat\w+|invented|hoax|no evidence|untrue|not true|"
    r"(?:is|are|was|were) false|"
    r"(?:do|does|did) ?n[o'’]t exist|(?:do|does|did) not (?:simply )?exist|simply (?:do|does) not exist)\b"
    r"|\b(?:can ?not|can['’]t|impossible to) (?:\w+ ){1,4}(?:who|that|which)\b.*(?:\bnot\b|n['’]t\b)",
    re.IGNORECASE,
)

# Words of denying itself: they tell nothing about what is denied.
DENIAL_WORDS = frozenset(
    stem(word)
    for word in "no such unfounded baseless groundless fabricated fabrication invented hoax evidence untrue true false "
    "deny denies denied denial reject rejected refuted exist exists impossible absolutely simply".split()
)


def is_denial(pile: Pile, statement: Statement) -> bool:
    """Tell whether a statement denies.

    Its stance says so; or an official voice uses the words of denial, or says of a harmful act that it is not so.
    """
    if statement.stance is not Stance.ASSERTS:
        return statement.stance is Stance.DENIES
    origin = pile.origin_of_statement.get(statement.id)
    kind = pile.origins[origin].kind if origin else None
    if kind not in _ANSWERS:
        return False
    if _DENYING.search(statement.text):
        return True
    return kind is SourceKind.OFFICIAL and _says_no_such_act(statement.text)


def _says_no_such_act(text: str) -> bool:
    """Tell whether a negation stands close before a harmful act, unconditionally: "there is no prison there"."""
    folded = keys(text)
    if not _CONDITIONS.isdisjoint(folded):
        return False
    return any(
        acts_in(word) & HARMS and not NEGATIONS.isdisjoint(folded[max(0, at - _CLOSE) : at])
        for at, word in enumerate(folded)
    )
