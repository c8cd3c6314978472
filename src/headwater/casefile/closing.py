"""What follows every change of a case: its checkpoint goes to the file beside it, and ballast is there again."""

from __future__ import annotations

import contextlib
from pathlib import Path

from headwater.casefile import ballast
from headwater.casefile.checkpoints import beside, export_checkpoint
from headwater.casefile.custody import CustodyEvent
from headwater.errors import HeadwaterError


def close(case: Path, event: CustodyEvent) -> None:
    """Export the checkpoint of the last event. The change is on the disk already, so that nothing here can fail it.

    A file of checkpoints that cannot be continued is told by verify.
    """
    with contextlib.suppress(HeadwaterError, OSError):
        export_checkpoint(case, event)
    ballast.keep(case)


def set_aside_checkpoints(case: Path, time: str, now_at: Path | None = None) -> Path | None:
    """Give the checkpoints beside a case that is gone, or is being replaced by an older copy, a name of their own.

    `time` is ISO 8601 in UTC, `now_at` where that other case is kept, if it is: the checkpoints go with it. What they
    prove they prove of the other case. Returns where they are now, None when there are none.
    """
    there = beside(case)
    if not there.exists():
        return None
    kept = beside(now_at) if now_at else there.with_name(f"{there.name}-until-{time.replace(':', '')}")
    there.rename(kept)
    return kept
