"""Reports that were withdrawn from a case do not come back unseen: with a folder in which their file still lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from headwater import casefile
from headwater.errors import WithdrawnBefore
from headwater.model import Received

_TRACE = "withdrawn "  # leads the id of a report in the event that says it was withdrawn
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Gone:
    """A report that was withdrawn: its id, the digest of its original, the day, and the sentence of the custody log."""

    report: str
    sha256: str
    day: str
    said: str


def withdrawn_from(path: Path, key: casefile.Key | None = None) -> tuple[Gone, ...]:
    """Return what was withdrawn from the case at `path`, as its custody log has it. Raises as `casefile.custody`."""
    return tuple(
        Gone(made.name.removeprefix(_TRACE), made.sha256, event.time[:10], event.action)
        for event in casefile.custody(path, key=key)
        for made in event.outputs
        if made.name.startswith(_TRACE) and made.sha256
    )


def check_none_returns(path: Path, before: Received, after: Received, key: casefile.Key | None = None) -> None:
    """Raise WithdrawnBefore when `after` holds the bytes of a report that was withdrawn and is not in `before`."""
    here = {original.sha256 for original in before.originals}
    gone = {each.sha256: each for each in withdrawn_from(path, key) if each.sha256 not in here}
    back = [(file, gone[sha256]) for file, sha256 in _files(after) if sha256 in gone]
    if not back:
        return
    named = [f"{file} (on {each.day}: {each.said})" for file, each in back[:_SHOWN]]
    more = f" and {len(back) - _SHOWN:,} more" if len(back) > _SHOWN else ""
    raise WithdrawnBefore(
        f"{len(back):,} of these files {'was' if len(back) == 1 else 'were'} withdrawn from {path}: "
        f"{'; '.join(named)}{more}.",
        next_step="Leave what was withdrawn out. If it may be in the case again: headwater add CASE REPORT --again.",
    )


def _files(received: Received) -> Iterator[tuple[str, str]]:
    """Yield every file that was received with the digest of its bytes, each once."""
    found = {file: report.info.sha256 for report in received.reports for file in report.info.files}
    found |= {each.file: each.sha256 for each in received.set_aside if each.sha256}
    yield from found.items()
