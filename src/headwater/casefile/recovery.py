"""The recovery code: the key of a case in groups of letters and digits that a person can copy by hand. Writes nothing.

The alphabet is Douglas Crockford's Base32 (no I, L, O or U; what looks alike is read alike). The secret bytes of the
key and 24 bits of their digest fill 14 groups of four characters. The fifth character of a group is its check: the
sum of its place and its characters, weighted by powers of a generator of the field of 32 elements. It finds every
wrong character, every two characters exchanged and every two groups exchanged, and names the group.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from headwater.casefile.keys import KEY_BYTES, Key, Passphrase, require_fit, salt_of
from headwater.errors import WrongPassphrase

GROUPS = 14
_GROUP = 5
_LINE = 7
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011")
_APART = re.compile(r"[\s‐-―−-]+")
_BITS = 5
_TAIL_BITS = GROUPS * (_GROUP - 1) * _BITS - KEY_BYTES * 8
_FIELD = 0b100101  # x^5 + x^2 + 1, primitive: its powers of x run through all 31 elements but zero


def recovery_code(key: Key) -> str:
    """Return the recovery code of a key: two lines of seven groups. Whoever has it opens the case without passphrase.

    Raises Locked for a key that was wiped.
    """
    secret = key.secret()
    number = int.from_bytes(secret) << _TAIL_BITS | _tail(secret)
    size = _GROUP - 1
    digits = [number >> _BITS * place & 31 for place in reversed(range(GROUPS * size))]
    groups = []
    for place in range(GROUPS):
        own = digits[place * size : (place + 1) * size]
        groups.append("".join(_ALPHABET[digit] for digit in (*own, _check(place, own))))
    return "\n".join(" ".join(groups[start : start + _LINE]) for start in range(0, GROUPS, _LINE))


def from_recovery(path: Path, code: str) -> Key:
    """Return the key of the encrypted case at `path` from its recovery code, tried against the case.

    Capitals, spaces, hyphens and line ends do not matter; O is read as 0, I and L as 1. Raises WrongPassphrase, which
    names the group that was mistyped, PathMissing, NotACase.
    """
    code = Passphrase(code)
    salt = salt_of(path)
    groups, fault = _groups(code)
    secret = b"" if fault else _secret(groups)
    if not fault and not secret:
        fault = "Each group of the recovery code is right by itself, but together they are not: two are from another."
    if fault:
        raise WrongPassphrase(fault, next_step="Compare it with the recovery sheet and type it again.")
    return _fitting(path, secret, salt)


def _fitting(path: Path, secret: bytes, salt: bytes) -> Key:
    key = Key(secret, salt)
    try:
        require_fit(path, key)
    except WrongPassphrase as error:
        raise WrongPassphrase(
            f"The recovery code is typed correctly, but it does not open {path}.",
            next_step="It belongs to another case, or to the time before the passphrase was changed. Look for the "
            "newest recovery sheet of this case.",
        ) from error
    return key


def _tail(secret: bytes) -> int:
    digest = hashlib.sha256(b"headwater recovery code" + secret).digest()
    return int.from_bytes(digest[:3])


def _check(place: int, digits: Sequence[int]) -> int:
    total = place + 1
    for digit in digits:
        total = _next(total) ^ digit
    return _next(total)


def _next(element: int) -> int:
    element <<= 1
    return element ^ _FIELD if element > len(_ALPHABET) - 1 else element


def _groups(code: str) -> tuple[list[list[int]], str]:
    """Return the digits of each group, and what is wrong with the first one that is wrong."""
    parts = [part for part in _APART.split(code.upper().translate(_ALIKE)) if part]
    whole = "".join(parts)
    if len(whole) != GROUPS * _GROUP:
        odd = next((place for place, part in enumerate(parts, 1) if len(part) != _GROUP), None)
        where = f"; group {odd} has not {_GROUP}" if odd and len(parts) > 1 else ""
        return [], f"The recovery code has {GROUPS * _GROUP} letters and digits, not {len(whole)}{where}."
    groups = []
    for place in range(GROUPS):
        digits = [_ALPHABET.find(letter) for letter in whole[place * _GROUP : (place + 1) * _GROUP]]
        if min(digits) < 0 or digits[-1] != _check(place, digits[:-1]):
            return [], f"Group {place + 1} of the recovery code is mistyped."
        groups.append(digits[:-1])
    return groups, ""


def _secret(groups: Sequence[Sequence[int]]) -> bytes:
    """Return the secret bytes, or nothing when they do not fit their digest."""
    number = 0
    for digits in groups:
        for digit in digits:
            number = number << _BITS | digit
    secret = (number >> _TAIL_BITS).to_bytes(KEY_BYTES)
    return secret if number & (1 << _TAIL_BITS) - 1 == _tail(secret) else b""
