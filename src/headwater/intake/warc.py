"""The records of a web archive (WARC 0.17 to 1.1, plain or gzipped), one after another, in bounded memory.

Written for files that are cut, damaged or meant to harm: no line, head or block may ask for more than its cap, and
where the file no longer makes sense it says so and ends. Format: ISO 28500 (WARC 1.1). Nothing is known of pages here.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from headwater.errors import PathMissing
from headwater.intake.limits import MEBIBYTE
from headwater.intake.unfit import Unfit
from headwater.intake.unpacking import Unpacked, unpacked
from headwater.model import SetAsideKind

ENDINGS = (".warc", ".warc.gz")
_VERSION = re.compile(rb"WARC/\d\.\d{1,2}\s*")
_LENGTH = re.compile(r"\d{1,18}")
_DIGESTS = frozenset({"sha1", "sha256", "md5"})
_LONGEST_LINE = 64 * 1024
_MOST_LINES = 1_000
_CHUNK = MEBIBYTE


class Lines(Protocol):
    """Something to read lines of."""

    def readline(self, most: int, /) -> bytes:
        """Return the next line with its end, or its first `most` bytes."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number in the file from 1, its fields by lower-case name, its block.

    `block` is None when it is longer than what is read of one record; `length` is what the record says it is.
    """

    number: int
    fields: Mapping[str, str]
    length: int
    block: bytes | None

    @property
    def damaged(self) -> bool:
        """True when the block does not agree with the digest that the record gives of it, in a way that is known."""
        algorithm, _, told = self.fields.get("warc-block-digest", "").partition(":")
        if self.block is None or algorithm.lower() not in _DIGESTS:
            return False
        real = hashlib.new(algorithm.lower(), self.block, usedforsecurity=False).digest()
        written = {real.hex(), base64.b32encode(real).decode().rstrip("=").lower()}
        return told.strip().rstrip("=").lower() not in written

    @property
    def kind(self) -> str:
        """What sort of record it says it is, in lower case."""
        return self.fields.get("warc-type", "").lower()


def is_warc(path: Path) -> bool:
    """True for a file whose name says that it is a web archive."""
    return path.name.lower().endswith(ENDINGS)


def read_records(path: Path, *, longest: int, after: int = 0, blocks: bool = True) -> Iterator[Record | Unfit]:
    """Yield the records beyond the first `after`; where the file cannot be read on, why, as the last.

    A record is yielded once what follows it was reached, because a packed one is checked only at its end. Blocks
    longer than `longest` bytes, or all of them without `blocks`, are passed over. Raises PathMissing.
    """
    place = 0
    try:
        with path.open("rb") as raw:
            stream = unpacked(raw)
            for place, found in enumerate(_records(stream, longest if blocks else -1, after), start=1):
                if place > after:
                    yield found
    except FileNotFoundError as error:
        raise PathMissing(f"There is nothing at {path}.", next_step="Check the path and try again.") from error
    except (OSError, EOFError, zlib.error) as error:
        if place >= after:
            yield _from_here(getattr(error, "strerror", None) or "it is cut short or damaged")


def _records(stream: Unpacked, longest: int, after: int) -> Iterator[Record | Unfit]:
    number = end = 0
    record: Record | None = None
    try:
        while (fields := _head(stream)) is not None:
            if record:
                yield record
                record = None
            number += 1
            record = _record(stream, number, fields, longest if number > after else -1)
            end = stream.tell()
    except Unfit as unfit:
        yield from filter(None, (record, unfit))
    except (EOFError, zlib.error):
        if record and stream.checked(end):
            yield record
        raise
    else:
        yield from filter(None, (record,))


def _head(stream: Unpacked) -> dict[str, str] | None:
    """Read up to the end of the fields of the next record; None at the end of the file."""
    line = b"\n"
    while line in {b"\n", b"\r\n"}:
        line = stream.readline(_LONGEST_LINE)
    if not line:
        return None
    if not _VERSION.fullmatch(line):
        raise _from_here("no record begins where one should")
    fields, complete = head_fields(stream)
    if not complete:
        raise _from_here("the head of a record does not end")
    return fields


def _record(stream: Unpacked, number: int, fields: Mapping[str, str], longest: int) -> Record:
    length = fields.get("content-length", "")
    if not _LENGTH.fullmatch(length):
        raise _from_here("a record does not say how long it is")
    left = int(length)
    parts: list[bytes] = []
    while left:
        part = stream.read(min(left, _CHUNK))
        if not part:
            raise _from_here("it is cut short")
        left -= len(part)
        if int(length) <= longest:
            parts.append(part)
    return Record(number, fields, int(length), b"".join(parts) if int(length) <= longest else None)


def head_fields(stream: Lines) -> tuple[dict[str, str], bool]:
    """Read "Name: value" lines up to an empty one; of a name that comes twice the first. False when there is no end.

    A line that begins with white space goes on with the value before it.
    """
    fields: dict[str, str] = {}
    last = ""
    for _ in range(_MOST_LINES):
        line = stream.readline(_LONGEST_LINE)
        if not line.endswith(b"\n"):
            return fields, False
        if not line.strip():
            return fields, True
        text = line.decode("utf-8", "replace")
        name, _, value = text.partition(":")
        if text[0] in " \t" and last:
            fields[last] = f"{fields[last]} {text.strip()}"[:_LONGEST_LINE]
        else:
            last = name.strip().lower()
            last = "" if last in fields else last
            if last:
                fields[last] = value.strip()
    return fields, False


def _from_here(why: str) -> Unfit:
    return Unfit(SetAsideKind.UNREADABLE, f"From here on the file could not be read ({why}).")
