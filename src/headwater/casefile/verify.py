"""Checking a case file: every byte, record, anchor, reference and log entry, each damage with its place.

Reads no format and repairs nothing. What it cannot know it calls not checked; only passed is good news.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import apsw

from headwater.casefile import checks, log_checks
from headwater.casefile.checks import Check
from headwater.casefile.database import opened
from headwater.casefile.disk import still
from headwater.casefile.evidence import gather, unopened
from headwater.casefile.keys import Key
from headwater.model import Verdict


@dataclass(frozen=True, slots=True)
class Verification:
    """The answers to all checks of one case.

    `head` is the digest of the last custody event, or None when there is none: keep it elsewhere.
    """

    path: Path
    checks: tuple[Check, ...]
    case_digest: str
    head: str | None
    events: int

    @property
    def sound(self) -> bool:
        """True when no check failed. What was not checked is not covered by it."""
        return not self.having(Verdict.FAILED)

    def having(self, verdict: Verdict) -> tuple[Check, ...]:
        """The checks with this answer."""
        return tuple(check for check in self.checks if check.verdict is verdict)


def verify(path: Path, *, checkpoint: str | None = None, key: Key | None = None) -> Verification:
    """Check the whole case in the file `path` and say where each damage is. Writes nothing.

    `checkpoint` is the digest of a custody event that was kept outside the file; with it, a log that was cut short,
    rewritten or rolled back shows. Raises PathMissing, NotACase, NewerCase, Locked, WrongPassphrase and InUse; damage
    never raises.
    """
    try:
        # A damaged page makes reading begin anew; nobody may commit in between.
        with opened(path, key) as connection, still(path):
            evidence = gather(path, connection)
    except apsw.Error as error:
        evidence = unopened(path, str(error))
    return Verification(
        path=path,
        checks=(
            checks.database(evidence),
            checks.schema(evidence),
            checks.originals(evidence),
            checks.texts(evidence),
            *checks.texts_from_originals(evidence),
            checks.passages(evidence),
            checks.records(evidence),
            checks.decisions(evidence),
            checks.anchors(evidence),
            checks.references(evidence),
            checks.received_files(evidence),
            log_checks.custody_log(evidence),
            log_checks.case_as_recorded(evidence),
            log_checks.checkpoint(evidence, checkpoint),
        ),
        case_digest=evidence.case_digest,
        head=evidence.log[-1].digest if evidence.log else None,
        events=len(evidence.log),
    )
