"""Sources and reports under pseudonyms: the plan, its application to everything that leaves, and the leak scan.

Knows records and strings only: opens no file, reads no original for meaning.
"""

from headwater.protection.apply import apply
from headwater.protection.names import next_pseudonym, proposed_names
from headwater.protection.plan import Mask, Plan, plan
from headwater.protection.receiving import WITHHELD
from headwater.protection.replacing import Replacer
from headwater.protection.scan import Leak, scan
from headwater.protection.withheld import WITHHELD_WORDS

__all__ = [
    "WITHHELD",
    "WITHHELD_WORDS",
    "Leak",
    "Mask",
    "Plan",
    "Replacer",
    "apply",
    "next_pseudonym",
    "plan",
    "proposed_names",
    "scan",
]
