"""Identifiers and digests. Nothing here knows what a record means.

An id is a readable prefix and the head of a SHA-256 over a type tag and length-prefixed parts, so that
two different records can never be written as the same string of parts (joining with a separator can).
"""

from __future__ import annotations

import hashlib

_ID_HEX = 16


def digest(tag: str, *parts: str | int | None) -> str:
    """Return the SHA-256 (hex) of `tag` and `parts`, each prefixed with its type and length.

    `None`, the empty string and the number 0 give different digests.
    """
    state = hashlib.sha256()
    for part in (tag, *parts):
        kind = "n" if part is None else "i" if isinstance(part, int) else "s"
        body = b"" if part is None else str(part).encode("utf-8", "surrogatepass")
        state.update(f"{kind}{len(body)}:".encode())
        state.update(body)
    return state.hexdigest()


def make_id(prefix: str, *parts: str | int | None) -> str:
    """Return `prefix-<16 hex digits>`, the same for the same parts on every machine."""
    return f"{prefix}-{digest(prefix, *parts)[:_ID_HEX]}"


def source_id(mention: str) -> str:
    """Return the id of the source whose first mention, in the order of arrival, this one is."""
    return make_id("source", mention)


def sha256_bytes(data: bytes) -> str:
    """Return the SHA-256 (hex) of the bytes as received."""
    return hashlib.sha256(data).hexdigest()


def sha256_text(text: str) -> str:
    """Return the SHA-256 (hex) of a working text encoded as UTF-8 (lone surrogates kept as they are)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
