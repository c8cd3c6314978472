"""Checkpoints: digests of custody events that are kept outside the case file, and what they prove about its log.

A chain of digests proves nothing about its own end: whoever can write the file can cut its log short, write the whole
log anew or put an older copy in its place, and every digest inside will agree. A digest kept where that person does
not reach shows all three. A checkpoint holds numbers, times and digests only, no name and no title: of an encrypted
case it tells when it was written and nothing else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.casefile.checks import Check, Damage, many
from headwater.casefile.custody import CustodyEvent, LogEntry
from headwater.casefile.disk import flush_folder
from headwater.errors import BadCheckpoint, CannotWrite
from headwater.model import Verdict

SUFFIX = ".checkpoints"
_FIRST_LINE = "headwater checkpoints 1"
_ABOUT = """\
# A line for each time the case was written: event of the custody log, time, digest of the log, digest of the case.
# It proves something only where it is kept apart from the case: a copy on another disk, on paper, with a colleague.
# Lines are only ever added.
"""
_TORN = " (torn)"
_NO_CASE = "-"
_LINE = re.compile(r"([1-9]\d{0,8}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) ([0-9a-f]{64}) ([0-9a-f]{64}|-)", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BETWEEN_GROUPS = re.compile(r"[\s.:-]+")
_GROUP, _GROUPS_A_LINE = 4, 4

_NAME = "log proven from outside"
_SLIP = """\
HEADWATER CHECKPOINT

Event   {sequence}
Time    {time}
Log     {log}
Case    {case}

Keep this apart from the case: on paper, with a colleague, in a message that
others date. It holds no name and no word of any report. To find out later
whether the log of the case is still the one it was, give the digest of the
log, with or without its spaces:

  headwater verify CASE --checkpoint "DIGEST"

It proves the log up to event {sequence}. What is done with the case after that
needs another checkpoint.
"""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is kept of a custody event: its number from 1, its time (UTC, ISO 8601) and its SHA-256 (hex).

    `case_digest` is the digest of the case that the event names, or None when it names none.
    """

    sequence: int
    time: str
    digest: str
    case_digest: str | None


def checkpoint_of(event: CustodyEvent) -> Checkpoint:
    """Return the checkpoint of a custody event."""
    return Checkpoint(event.sequence, event.time, event.digest, event.case_digest)


def line_of(checkpoint: Checkpoint) -> str:
    """Return the line of a checkpoint as it stands in a file, without a newline: event, time, log, case."""
    case = checkpoint.case_digest or _NO_CASE
    return f"{checkpoint.sequence} {checkpoint.time} {checkpoint.digest} {case}"


def parse(text: str) -> tuple[Checkpoint, ...]:
    """Return the checkpoints of a file in the order of its lines.

    Empty lines, lines that begin with # and lines that a power cut tore are passed over: the last one without its
    newline when it cannot be read, and earlier ones that `append` has marked. Raises BadCheckpoint for any other line
    that is no checkpoint, and for a file that does not begin as one of checkpoints.
    """
    first, _, rest = text.partition("\n")
    if first.rstrip() != _FIRST_LINE:
        raise BadCheckpoint(
            f"This is not a file of checkpoints that this version can read: its first line is not “{_FIRST_LINE}”.",
            next_step="Give a file that `headwater checkpoint` wrote, or a single digest.",
        )
    lines = rest.split("\n")
    found = []
    for number, raw in enumerate(lines, 2):
        line = raw.rstrip()
        if not line or line.startswith("#") or line.endswith(_TORN):
            continue
        match = _LINE.fullmatch(line)
        if match:
            sequence, time, digest, case = match.groups()
            found.append(Checkpoint(int(sequence), time, digest, None if case == _NO_CASE else case))
        elif number != len(lines) + 1:
            raise BadCheckpoint(
                f"Line {number} of the file of checkpoints is not a checkpoint.",
                safe="The lines before it may be good.",
                next_step="Compare the file with another copy of it: a line was changed or damaged.",
            )
    return tuple(found)


def read_checkpoints(path: Path) -> tuple[Checkpoint, ...]:
    """Return the checkpoints in the file `path`. Raises BadCheckpoint when it cannot be read or is not such a file."""
    try:
        return parse(path.read_bytes().decode("utf-8", "replace"))
    except OSError as error:
        raise BadCheckpoint(
            f"The file of checkpoints {path} cannot be read: {error.strerror or error}.",
            next_step="Check its name and its permissions.",
        ) from error


def append(path: Path, checkpoint: Checkpoint) -> bool:
    """Add a checkpoint to the file `path` and wait until it is on the disk; tell whether a line was added.

    A new file is readable by its owner only (mode 0600). Lines that stand there are never changed; a last line that
    was torn is ended and marked as torn. The checkpoint that already stands last is not added again. Raises
    BadCheckpoint when the file holds something else, CannotWrite.
    """
    try:
        if path.exists():
            _fresh(path).unlink(missing_ok=True)  # of a process that was killed after it had given the file its name
        else:
            _begin(path)
        kept = read_checkpoints(path)
        if kept and kept[-1] == checkpoint:
            return False
        line = _end_of_torn(path.read_bytes(), kept) + f"{line_of(checkpoint)}\n".encode()
        with path.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CannotWrite(
            f"The checkpoint cannot be written to {path}: {error.strerror or error}.",
            safe="The case itself is as it was.",
            next_step="Check the free space and the rights of its folder, or choose another place.",
        ) from error
    return True


def _begin(path: Path) -> None:
    """Make a file without checkpoints, whole or not at all, so that its first line is never torn."""
    # One name for all: what a killed process left is written over, and every process writes the same bytes.
    fresh = _fresh(path)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(f"{_FIRST_LINE}\n{_ABOUT}".encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # unlike a replacement it leaves alone what another process made meanwhile
        except (FileExistsError, FileNotFoundError):
            return  # another process was quicker
        except OSError:  # sticks often have no links
            fresh.replace(path)
        flush_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _fresh(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def _end_of_torn(data: bytes, kept: Sequence[Checkpoint]) -> bytes:
    """Return what must follow a file that does not end with a newline: the mark of a torn line, or only a newline."""
    if data.endswith(b"\n"):
        return b""
    last = data.rpartition(b"\n")[2].decode("utf-8", "replace").rstrip()
    whole = last.startswith("#") or not last or (bool(kept) and last == line_of(kept[-1]))
    return b"\n" if whole else f"{_TORN}\n".encode()


def beside(case_path: Path) -> Path:
    """Return where the checkpoints of a case lie by default: `case.headwater.checkpoints`."""
    return case_path.with_name(case_path.name + SUFFIX)


def export_checkpoint(case_path: Path, event: CustodyEvent) -> Path:
    """Add the checkpoint of `event` to the file beside the case and return that file; to be called at each close.

    Whoever can change the case can change this file too: it shows accidents (an older copy put back, a file cut
    short), and somebody's hand only where a copy of it is kept elsewhere. Raises BadCheckpoint, CannotWrite; the case
    is already written then.
    """
    path = beside(case_path)
    append(path, checkpoint_of(event))
    return path


def slip(checkpoint: Checkpoint) -> str:
    """Return a checkpoint as a page to print or read aloud: digests in groups of four, and what to do with it."""
    return _SLIP.format(
        sequence=checkpoint.sequence,
        time=checkpoint.time,
        log=_in_groups(checkpoint.digest),
        case=_in_groups(checkpoint.case_digest) if checkpoint.case_digest else "none",
    )


def _in_groups(digest: str) -> str:
    groups = [digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP)]
    lines = [" ".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]
    return f"\n{'':8}".join(lines)


def judge(entries: Sequence[LogEntry], kept: Sequence[Checkpoint | str]) -> Check:
    """Compare the log of a case with what was kept elsewhere: checkpoints, or bare digests of events (str).

    Passed: every one of them is an event of this log, and the log is whole up to the last of them; the sentence says
    how many events come after it and are not covered. Failed: the log was cut short, written anew or rolled back, and
    each damage names the checkpoint. Not checked: nothing was kept. Pure; no file is opened here.
    """
    if not kept:
        head = entries[-1].digest if entries else "none"
        return Check(
            _NAME,
            Verdict.NOT_CHECKED,
            "The log is proven up to its last entry only when its digest is kept elsewhere, and none was given. "
            f"It is {head}.",
        )
    places = {entry.digest: place for place, entry in enumerate(entries, 1)}
    damages = []
    proven = 0
    for one in kept:
        digest = _BETWEEN_GROUPS.sub("", one).lower() if isinstance(one, str) else one.digest
        place = places.get(digest)
        fault = _bare_fault(digest, place) if isinstance(one, str) else _fault(one, place, entries)
        if fault:
            damages.append(Damage("custody", None if isinstance(one, str) else one.sequence, None, fault))
        proven = max(proven, place or 0)
    damages += [
        Damage("custody", entry.sequence, None, "the log is not whole up to the checkpoint: see the custody log")
        for entry in entries[:proven]
        if entry.faults
    ]
    if damages:
        return Check(_NAME, Verdict.FAILED, _failure(damages, proven), tuple(damages))
    later = len(entries) - proven
    after = f" It does not cover the {many(later, 'event')} after that." if later else ""
    return Check(_NAME, Verdict.PASSED, f"The log is proven up to event {proven}.{after}")


def _bare_fault(digest: str, place: int | None) -> str | None:
    if not _DIGEST.fullmatch(digest):
        return f"what was given is no digest: it needs 64 characters of 0-9 and a-f, and these are {len(digest)}"
    if place is None:
        return "the digest that was kept is that of no event: the log was cut short, rewritten or rolled back"
    return None


def _fault(kept: Checkpoint, place: int | None, entries: Sequence[LogEntry]) -> str | None:
    if place is None and kept.sequence > len(entries):
        return (
            f"the checkpoint names event {kept.sequence}, and the log ends at {len(entries)}: it was cut short, or the "
            "case was rolled back to an older copy"
        )
    if place is None:
        return (
            f"event {kept.sequence} has another digest than the checkpoint: the log was rewritten, or rolled back to "
            "an older copy and continued"
        )
    if place != kept.sequence:
        return f"the event of the checkpoint stands at place {place}: events were removed, added or exchanged"
    event = entries[place - 1].event
    if event is not None and checkpoint_of(event) != kept:
        return "the checkpoint has the digest of this event and another time or case: the checkpoint was changed"
    return None


def _failure(damages: Sequence[Damage], proven: int) -> str:
    places = "1 place does" if len(damages) == 1 else f"{len(damages):,} places do"
    reached = f" Of the events that were kept, {proven} is the last that is still there." if proven else ""
    return f"{places} not agree with what was kept elsewhere.{reached}"
