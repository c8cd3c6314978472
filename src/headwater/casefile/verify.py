"""Checking a case file: every byte, record, anchor, reference and log entry, each damage with its place.

Reads no format and repairs nothing. What it cannot know it calls not checked; only passed is good news.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import apsw

from headwater.casefile import checks, log_checks
from headwater.casefile.checkpoints import Checkpoint, beside, judge, read_checkpoints
from headwater.casefile.checks import Check
from headwater.casefile.database import opened
from headwater.casefile.disk import still
from headwater.casefile.evidence import Evidence, gather, unopened
from headwater.casefile.keys import Key
from headwater.casefile.stamps import judge_stamps
from headwater.errors import BadCheckpoint
from headwater.model import Verdict, uncollected


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


@uncollected()
def verify(
    path: Path,
    *,
    checkpoints: Sequence[Checkpoint | str] = (),
    roots: Sequence[bytes] = (),
    key: Key | None = None,
) -> Verification:
    """Check the whole case in the file `path` and say where each damage is. Writes nothing.

    `checkpoints` are what was kept outside the file, bare digests of custody events among them; with these, a log that
    was cut short, rewritten or rolled back shows. `roots` are certificates of time-stamp authorities (PEM or
    DER), in place of those in the file. Raises PathMissing, NotACase, NewerCase, Locked, WrongPassphrase and InUse;
    damage never raises.
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
            *judge_stamps(evidence.log, evidence.stamps, roots),
            *_beside(path, evidence),
            judge(evidence.log, checkpoints),
        ),
        case_digest=evidence.case_digest,
        head=evidence.log[-1].digest if evidence.log else None,
        events=len(evidence.log),
    )


def _beside(path: Path, evidence: Evidence) -> Iterator[Check]:
    """Compare the log with the checkpoints in the file beside the case, if there is one."""
    name, file = "checkpoints beside the case", beside(path)
    if not file.exists():
        return
    try:
        kept = read_checkpoints(file)
    except BadCheckpoint as error:
        yield Check(name, Verdict.NOT_CHECKED, error.what)
        return
    if kept:
        found = judge(evidence.log, kept)
        weak = " Whoever can write the case can write this file too: keep a copy of it elsewhere."
        yield Check(name, found.verdict, found.sentence + weak, found.damages)
