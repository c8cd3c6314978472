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


def set_aside_checkpoints(case: Path, time: str) -> None:
    """Give the checkpoints beside a case that is gone, or is being replaced by an older copy, a name of their own.

    `time` is ISO 8601 in UTC. What they prove they prove of the other case.
    """
    kept = beside(case)
    if kept.exists():
        kept.rename(kept.with_name(f"{kept.name}-until-{time.replace(':', '')}"))
