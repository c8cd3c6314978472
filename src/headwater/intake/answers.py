"""The answer of a web server, as a web archive keeps it, to the bytes of the page: unchunked and unpacked under a cap.

Knows HTTP/1 as it is written down (RFC 9112), opens no page and no connection.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from headwater.intake.limits import MEBIBYTE
from headwater.intake.unfit import Unfit
from headwater.intake.warc import head_fields
from headwater.model import SetAsideKind

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b[^\n]*\n")
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_OK = 200
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")
# How a packed body is opened, by what it says it is; deflate is sent with and without its wrapper.
_GZIP_BITS = 16 + zlib.MAX_WBITS
_BARE_BITS = -zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Answered:
    """A page as a server sent it: its bytes, and the encoding that the server gave or None."""

    body: bytes
    charset: str | None


def page_of(block: bytes, *, longest: int) -> Answered:
    """Return the page in a recorded answer. Raises Unfit for any other answer, and beyond `longest` bytes."""
    status = _STATUS.match(block)
    if status is None:
        raise Unfit(SetAsideKind.UNREADABLE, "It holds no answer of a web server.")
    if int(status.group(1)) != _OK:
        raise Unfit(SetAsideKind.UNSUPPORTED, f"The server answered with {int(status.group(1))} and not with a page.")
    stream = BytesIO(block)
    stream.seek(status.end())
    fields, complete = head_fields(stream)
    if not complete:
        raise Unfit(SetAsideKind.UNREADABLE, "The head of the server's answer does not end.")
    content = fields.get("content-type", "")
    kind = content.partition(";")[0].strip().lower()
    if kind not in _PAGES:
        raise Unfit(SetAsideKind.UNSUPPORTED, f"It is {kind[:80] or 'of an unknown kind'}, not a page.")
    body = stream.read()
    if fields.get("transfer-encoding", "").lower() == "chunked":
        body = _unchunked(body)
    body = _unpacked(body, fields, longest=longest)
    if not body.strip():
        raise Unfit(SetAsideKind.EMPTY, "The page is empty.")
    charset = _CHARSET.search(content)
    return Answered(body, charset.group(1) if charset else None)


def _unchunked(body: bytes) -> bytes:
    """Join the chunks of a body; crawlers often keep one already joined under its old head: that is taken as it is."""
    parts: list[bytes] = []
    at = 0
    while (size := _SIZE.match(body, at)) is not None:
        length = int(size.group(1), 16)
        if length == 0:
            return b"".join(parts)
        start = size.end()
        parts.append(body[start : start + length])
        at = start + length
        if at > len(body):
            break
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if not parts:
        return body
    raise Unfit(SetAsideKind.UNREADABLE, "The page was sent in pieces, and they are cut short or damaged.")


def _unpacked(body: bytes, fields: Mapping[str, str], *, longest: int) -> bytes:
    packing = fields.get("content-encoding", "").strip().lower()
    if packing in {"", "identity"}:
        return body
    if packing in {"gzip", "x-gzip"}:
        return _inflated(body, _GZIP_BITS, longest) if body.startswith(b"\x1f\x8b") else body
    if packing == "deflate":
        wrapped = len(body) > 1 and body[0] & 15 == zlib.DEFLATED and int.from_bytes(body[:2], "big") % 31 == 0
        # A page that was unpacked when it was kept begins with a mark or a space, never with deflated bytes.
        return (
            body if body.lstrip()[:1] == b"<" else _inflated(body, zlib.MAX_WBITS if wrapped else _BARE_BITS, longest)
        )
    raise Unfit(SetAsideKind.UNSUPPORTED, f"It was sent packed with {packing[:40]}, which is not read.")


def _inflated(body: bytes, bits: int, longest: int) -> bytes:
    inflater = zlib.decompressobj(bits)
    try:
        data = inflater.decompress(body, longest + 1)
    except zlib.error as error:
        raise Unfit(SetAsideKind.UNREADABLE, "The page was sent packed and is damaged.") from error
    if len(data) > longest:
        why = f"Unpacked it is larger than {longest / MEBIBYTE:g} MB, the most that is read of one page."
        raise Unfit(SetAsideKind.TOO_LARGE, why)
    if not inflater.eof:
        raise Unfit(SetAsideKind.UNREADABLE, "The page was sent packed and is cut short.")
    return data
