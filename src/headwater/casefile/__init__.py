"""The one-file case: originals, derived records and the custody log in SQLite; written whole, read back exactly.

Knows digests, positions and references; never what a record means. The format is documented in docs/casefile.md.
"""

from pathlib import Path

from headwater.casefile.backup import BackedUp, Restored, backup, restore
from headwater.casefile.checks import Check, Damage
from headwater.casefile.convert import Converted, encrypt, make_plain
from headwater.casefile.custody import CustodyEvent, CustodyObject, custody
from headwater.casefile.keys import Key, Passphrase, generated_passphrase, is_encrypted, new_key, unlock
from headwater.casefile.kinds import case_digest
from headwater.casefile.people import NewDecision, NewHandling, Stored, add_stamp, bring, decide, handle
from headwater.casefile.read import behind, pseudonym_secret, read_both, read_case, read_people
from headwater.casefile.recovery import from_recovery, recovery_code
from headwater.casefile.session import Session
from headwater.casefile.verify import Verification, verify
from headwater.casefile.withdraw import withdraw
from headwater.casefile.write import CaseWritten, write_case

SUFFIX = ".headwater"
_BESIDE = (".ballast", ".lock", ".partial", ".checkpoints", "-journal")


def belongs_to_a_case(path: Path) -> bool:
    """True for the name of a file that Headwater or SQLite puts beside a case."""
    return any(path.name.endswith(f"{SUFFIX}{ending}") for ending in _BESIDE)


__all__ = [
    "SUFFIX",
    "BackedUp",
    "CaseWritten",
    "Check",
    "Converted",
    "CustodyEvent",
    "CustodyObject",
    "Damage",
    "Key",
    "NewDecision",
    "NewHandling",
    "Passphrase",
    "Restored",
    "Session",
    "Stored",
    "Verification",
    "add_stamp",
    "backup",
    "behind",
    "belongs_to_a_case",
    "bring",
    "case_digest",
    "custody",
    "decide",
    "encrypt",
    "from_recovery",
    "generated_passphrase",
    "handle",
    "is_encrypted",
    "make_plain",
    "new_key",
    "pseudonym_secret",
    "read_both",
    "read_case",
    "read_people",
    "recovery_code",
    "restore",
    "unlock",
    "verify",
    "withdraw",
    "write_case",
]
