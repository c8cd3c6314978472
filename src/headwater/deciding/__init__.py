"""What people decided about a case: what holds now, and what it asks of reading, tracing and weighing.

Replayed, named, brought together from several copies, and turned into constraints. It knows no file.
"""

from headwater.deciding.constraints import Unresolved
from headwater.deciding.copies import Brought, bring, stricter
from headwater.deciding.naming import BLOCK, GIVEN_TO, named
from headwater.deciding.standing import (
    Conflict,
    Standing,
    about,
    answered,
    bringing_back,
    is_pair,
    standing,
    taking_back,
)
from headwater.deciding.verbs import allowed

__all__ = [
    "BLOCK",
    "GIVEN_TO",
    "Brought",
    "Conflict",
    "Standing",
    "Unresolved",
    "about",
    "allowed",
    "answered",
    "bring",
    "bringing_back",
    "is_pair",
    "named",
    "standing",
    "stricter",
    "taking_back",
]
