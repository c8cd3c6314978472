"""Bytes to text: which encoding a file is in, and whether it is text at all. Never changes a character.

The rule that everything later stands on: `data.decode(encoding) == text`. A byte-order mark of UTF-8 is therefore
kept as the first code point (U+FEFF); UTF-16's belongs to its encoding and is consumed by it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP container (such as DOCX, XLSX or EPUB)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "an RTF document"),
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_CONTROL_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_GUESSES = (
    "cp1252 cp1251 cp1250 koi8_r cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 mac_roman mac_cyrillic cp866 "
    "shift_jis euc_jp gb18030 big5 euc_kr"
).split()
_GUESS_BYTES = 64 * 1024
_MOSTLY_ASCII = 0.06
_CONTROL_SHARE = 0.01
_ODD_SHARE = 0.001
_RIGHT_A_WRONG = 3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text: `data.decode(encoding) == text`. `note` says how a guessed encoding was chosen, or is empty."""

    text: str
    encoding: str
    note: str = ""


class NotText(Exception):
    """The bytes are not text; the message says what they look like."""


class Undecodable(Exception):
    """The bytes may be text, in an encoding that cannot be told."""


def decode(data: bytes, *, declared: str | None = None, mend: bool = False) -> Decoded:
    """Return the file as text, unchanged. `declared` is the encoding that a page claims for itself.

    UTF-8 is tried before any claim, because text that is valid UTF-8 by accident is rare and wrong labels are
    not. With `mend`, single damaged bytes become U+FFFD and a note says so (for pages, whose working text is not
    the file); without it they make a file undecodable. Raises NotText and Undecodable.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _by_mark(data, encoding)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise NotText(f"It is {what}, not a text file.")
    wide = _without_mark(data)
    if wide:
        return wide
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) * _CONTROL_SHARE:
        raise NotText("It holds control bytes that no text has: a program, a picture or a damaged file.")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", _stray(data))
    except UnicodeDecodeError:
        return _claimed(data, declared) or _damaged(data, mend=mend) or _guessed(data)


def _by_mark(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(f"It says it is {encoding.upper()}, but byte {error.start} does not fit.") from error
    if len(_CONTROL_TEXT.findall(text)) > len(text) * _CONTROL_SHARE:
        raise NotText("It opens like a text file but holds control characters that no text has.")
    return Decoded(text, encoding)


def _without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: in Western text every second byte is zero."""
    half = len(data) // 2
    if half < 8 or len(data) % 2:
        return None
    for encoding, zeros, others in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if zeros.count(0) > half * 0.6 and others.count(0) < half * 0.05:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                return None
            if not _CONTROL_TEXT.search(text):
                return Decoded(text, encoding, "the encoding was guessed: UTF-16 without its byte-order mark")
    return None


def _claimed(data: bytes, declared: str | None) -> Decoded | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
        text = data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    # Browsers read pages that claim Latin-1 as Windows-1252; the difference is curly quotation marks.
    if name in {"iso8859-1", "ascii"} or _ODD.search(text):
        return None
    return Decoded(text, name)


def _damaged(data: bytes, *, mend: bool) -> Decoded | None:
    """UTF-8 with a few wrong bytes: read as anything else, every letter beyond ASCII would be wrong."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(char > "\x7f" for char in text) - wrong
    if right < wrong * _RIGHT_A_WRONG:
        return None
    if not mend:
        raise Undecodable(f"It is UTF-8 with damage in {wrong} {'place' if wrong == 1 else 'places'}.")
    return Decoded(text, "utf-8", f"{wrong} damaged bytes are shown as the sign for a lost character")


def _guessed(data: bytes) -> Decoded:
    best = "cp1252" if _is_western(data) else _most_likely(data)
    if best is None:
        raise Undecodable("No encoding tried (UTF-8, UTF-16, Windows and national code pages) makes text of it.")
    try:
        text = data.decode(best)
    except UnicodeDecodeError as error:
        raise Undecodable(f"It is not UTF-8; read as {best}, byte {error.start} does not fit.") from error
    if len(_ODD.findall(text)) > len(text) * _ODD_SHARE:
        raise Undecodable(f"It is not UTF-8; read as {best} it holds characters that no text has.")
    return Decoded(text, best, f"the encoding was guessed: not UTF-8, read as {best}")


def _most_likely(data: bytes) -> str | None:
    found = from_bytes(data[:_GUESS_BYTES], cp_isolation=_GUESSES).best()
    return found.encoding if found else None


def _is_western(data: bytes) -> bool:
    """Mostly ASCII with a few bytes that Windows-1252 reads as letters or typographic marks."""
    high = [byte for byte in data if byte > 0x7F]
    if len(high) > len(data) * _MOSTLY_ASCII:
        return False
    seen = bytes(sorted(set(high))).decode("cp1252", "replace")
    return "\ufffd" not in seen and not _ODD.search(seen)


def _stray(data: bytes) -> str:
    return "it holds stray control characters, which are kept" if _CONTROL_TEXT.search(data.decode("latin-1")) else ""
