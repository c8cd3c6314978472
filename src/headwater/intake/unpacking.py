"""Unpacking gzip files of one or many members, with the place up to which their checksums were found right.

The standard reader of gzip does not tell where a member ended, so that a damaged record could not be told from the
whole one before it. Memory is bounded whatever the packed bytes say.
"""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

_GZIP = b"\x1f\x8b"
_BITS = 16 + zlib.MAX_WBITS
_CHUNK = 64 * 1024


def unpacked(file: BinaryIO) -> Unpacked:
    """Return the bytes of an open file, unpacked when it begins like a gzip file."""
    packed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    return Unpacked(_Members(file) if packed else None, file)


class Unpacked:
    """Bytes to be read in order. Reading raises EOFError and zlib.error where a packed file is cut or damaged."""

    def __init__(self, members: _Members | None, file: BinaryIO) -> None:
        self._members = members
        self._stream: io.BufferedIOBase | BinaryIO = io.BufferedReader(members) if members else file

    def read(self, most: int) -> bytes:
        """Return the next bytes, fewer than `most` only at the end."""
        return self._stream.read(most)

    def readline(self, most: int) -> bytes:
        """Return the next line with its end, or its first `most` bytes."""
        return self._stream.readline(most)

    def checked(self, offset: int) -> bool:
        """True when the bytes up to `offset` are what was packed; of a file that is not packed nobody can say more."""
        return self._members is None or offset <= self._members.checked

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._stream.tell()


class _Members(io.RawIOBase):
    """The members of a gzip file as one run of bytes; `checked` is the end of the last whole one."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.checked = 0
        self._file = file
        self._given = 0
        self._packed = b""
        self._member = zlib.decompressobj(_BITS)
        self._inside = False

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._given

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            if not self._inside and not self._begin():
                return 0
            out = self._member.decompress(self._packed, len(buffer))
            self._packed = self._member.unconsumed_tail
            self._given += len(out)
            if self._member.eof:
                self._packed = self._member.unused_data
                self._inside = False
                self.checked = self._given
            if out:
                buffer[: len(out)] = out
                return len(out)
            if self._inside and not self._packed and not self._more():
                raise EOFError("the file ends within a member")

    def _begin(self) -> bool:
        """Begin the next member; False at the end of the file. Zeros between members are padding."""
        self._packed = self._packed.lstrip(b"\0")
        while not self._packed:
            if not self._more():
                return False
            self._packed = self._packed.lstrip(b"\0")
        self._member = zlib.decompressobj(_BITS)
        self._inside = True
        return True

    def _more(self) -> bool:
        self._packed = self._file.read(_CHUNK)
        return bool(self._packed)
