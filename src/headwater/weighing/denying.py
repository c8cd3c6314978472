"""When is a statement a denial: by its stance, or by the words of denying in an official mouth."""

from __future__ import annotations

import re

from headwater.model import SourceKind, Stance, Statement, stem
from headwater.weighing.pile import Pile

_ANSWERS = frozenset({SourceKind.OFFICIAL, SourceKind.ORGANISATION, SourceKind.PERSON})
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
    """Tell whether a statement denies: its stance says so, or an official voice uses the words of denial."""
    if statement.stance is not Stance.ASSERTS:
        return statement.stance is Stance.DENIES
    origin = pile.origin_of_statement.get(statement.id)
    return bool(origin and pile.origins[origin].kind in _ANSWERS and _DENYING.search(statement.text))
