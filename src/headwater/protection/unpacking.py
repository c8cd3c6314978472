"""Whatever is packed inside bytes, unpacked: zip members, gzip, flate streams, data in addresses. Bounded."""

from __future__ import annotations

import binascii
import io
import re
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator

DEEPEST = 5
MOST_BYTES = 1 << 30  # unpacked from one file; what is larger is said to be unread, never taken for clean
_MOST_STREAMS = 5000
_LEAST_STREAM = 8  # bytes; two right header bytes come up by chance, and what follows then breaks off
_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_RAW_STREAM = re.compile(rb"stream\r?\n")
_DATA_URI = re.compile(rb";base64,([A-Za-z0-9+/\s]{16,}={0,2})")
_ZIP_END = b"PK\x05\x06"


class TooMuch(ValueError):
    """More is packed into a file than is looked at."""


def unpacked(data: bytes, *, depth: int = 0, room: list[int] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield (how it is packed, bytes) for everything packed in `data`, and in that, and so on.

    Raises TooMuch when it is packed deeper than DEEPEST or unpacks to more than MOST_BYTES.
    """
    left = room if room is not None else [MOST_BYTES]
    for how, inner in _inside(data, left):
        left[0] -= len(inner)
        if left[0] < 0 or depth >= DEEPEST:
            raise TooMuch
        yield how, inner
        for deeper, bottom in unpacked(inner, depth=depth + 1, room=left):
            yield f"{how}, {deeper}", bottom


def _inside(data: bytes, left: list[int]) -> Iterator[tuple[str, bytes]]:
    for found in _DATA_URI.finditer(data):
        try:
            yield "base64", b64decode(found.group(1))
        except binascii.Error:
            continue
    if _ZIP_END in data:
        yield from _members(data, left)
    if _STREAM.search(data) or _RAW_STREAM.search(data):
        yield from _streams(data, left)


def _members(data: bytes, left: list[int]) -> Iterator[tuple[str, bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        return
    with archive:
        for member in archive.infolist():
            yield "zip", f"{member.filename}\n{member.comment!r}".encode("utf-8", "replace")
            if member.file_size > left[0]:
                raise TooMuch
            try:
                yield "zip", archive.read(member)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as error:
                raise TooMuch from error


def _streams(data: bytes, left: list[int]) -> Iterator[tuple[str, bytes]]:
    places = [(found.start(), 47) for found in _STREAM.finditer(data)]  # 47: zlib and gzip headers, told apart by zlib
    places += [(found.end(), -15) for found in _RAW_STREAM.finditer(data)]  # -15: flate without a header
    tried = 0
    for at, header in sorted(places):
        tried += 1
        if tried > _MOST_STREAMS:
            raise TooMuch
        machine = zlib.decompressobj(header)
        try:
            out = machine.decompress(data[at:] if at else data, max(1, left[0] + 1))
        except zlib.error:
            continue
        if len(out) >= _LEAST_STREAM:
            yield "flate", out
