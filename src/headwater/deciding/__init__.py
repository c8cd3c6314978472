"""What people decided about a case: replayed, named, and brought together from several copies.

Pure: it knows decisions and handlings, no case and no file.
"""

from headwater.deciding.copies import Brought, bring, stricter
from headwater.deciding.naming import BLOCK, GIVEN_TO, named
from headwater.deciding.standing import Conflict, Standing, about, answered, bringing_back, standing, taking_back

__all__ = [
    "BLOCK",
    "GIVEN_TO",
    "Brought",
    "Conflict",
    "Standing",
    "about",
    "answered",
    "bring",
    "bringing_back",
    "named",
    "standing",
    "stricter",
    "taking_back",
]
