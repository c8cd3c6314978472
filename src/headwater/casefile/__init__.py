"""The one-file case: originals, derived records and the custody log in SQLite; written whole, read back exactly.

Knows digests, positions and references; never what a record means. The format is documented in docs/casefile.md.
"""

from headwater.casefile.checks import Check, Damage
from headwater.casefile.custody import CustodyEvent, CustodyObject, custody
from headwater.casefile.kinds import case_digest
from headwater.casefile.read import read_case
from headwater.casefile.verify import Verification, verify
from headwater.casefile.write import CaseWritten, write_case

SUFFIX = ".headwater"

__all__ = [
    "SUFFIX",
    "CaseWritten",
    "Check",
    "CustodyEvent",
    "CustodyObject",
    "Damage",
    "Verification",
    "case_digest",
    "custody",
    "read_case",
    "verify",
    "write_case",
]
