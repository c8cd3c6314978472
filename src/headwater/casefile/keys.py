"""Keys of encrypted cases: made from a passphrase, tried against a file, given to SQLite, and forgotten again.

An encrypted case is an SQLite database whose pages are each sealed with ChaCha20-Poly1305 (SQLite3MultipleCiphers,
cipher "chacha20"). Its first 16 bytes are the salt: `Hdw`, one byte for how the key is made of the passphrase, twelve
random bytes. No error of this module carries a key or a passphrase, nor does the frame that raises it. Writes nothing.
"""

from __future__ import annotations

import hmac
import os
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, NoReturn

import apsw
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from headwater.errors import Locked, NewerCase, NotACase, PathMissing, WeakPassphrase, WrongPassphrase

KEY_BYTES = 32
SALT_BYTES = 16
MARK = b"Hdw"
MINIMUM = 12
"""The fewest characters of a new passphrase; a shorter one is found by trying, however slow each try is."""

_FEWEST_DIFFERENT = 5
_PLAIN = b"SQLite format 3\x00"
_CIPHER = "chacha20"
_PAGE = 4096
# A key is right when any page opens with it. Several are tried, so that a damaged first page is told from a wrong
# passphrase; not all of them, so that a wrong passphrase is told as quickly for a large case as for a small one.
_PAGES_TRIED = 16
_LETTERS = "abcdefghjkmnpqrstuvwxyz"  # without i, l and o, which look like others
_GROUPS, _GROUP = 6, 4  # 23 ** 24 possibilities: 108 bits


class Setting(NamedTuple):
    """How Argon2id makes a key: memory in KiB, passes over it, and lanes (threads)."""

    memory: int
    passes: int
    lanes: int


SETTINGS: Mapping[int, Setting] = MappingProxyType({1: Setting(memory=256 * 1024, passes=3, lanes=4)})
"""Every way in which keys were ever made, by the fourth byte of a case. Settings are added, never changed.

Setting 1 is RFC 9106's second recommendation with four times the memory: 0.8 to 1.2 s a try on two cores of 2026.
"""
NEWEST = 1


class Passphrase(str):
    """A passphrase that shows itself to nobody who prints the variables of a frame or a list."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<Passphrase>"


class Key:
    """The key of one case: 32 secret bytes and the salt of its file. Shows its content to nobody.

    Two keys are equal when secret and salt are. After `wipe` every use raises Locked. Wiping overwrites the bytes
    held here; copies that Python or SQLite made while the key was in use are out of reach.
    """

    __slots__ = ("_guard", "_salt", "_secret", "_usable")

    def __init__(self, secret: bytes, salt: bytes) -> None:
        if len(secret) != KEY_BYTES or len(salt) != SALT_BYTES or not salt.startswith(MARK):
            raise ValueError("a key is 32 bytes, its salt 16 that begin with the mark of an encrypted case")
        self._secret = bytearray(secret)
        self._salt = bytes(salt)
        self._usable = True
        # A key that another thread wipes while it is copied would be half zeros, and a file written under it lost.
        self._guard = threading.Lock()

    @property
    def salt(self) -> bytes:
        """The first 16 bytes of the case; not secret."""
        return self._salt

    def secret(self) -> bytes:
        """Return a copy of the secret bytes, to be dropped at once. Raises Locked after `wipe`."""
        with self._guard:
            if self._usable:
                return bytes(self._secret)
        raise Locked("The case was locked.", next_step="Give its passphrase again.")

    def wipe(self) -> None:
        """Overwrite the secret bytes and let nobody use this key again. May be called more than once."""
        with self._guard:
            self._usable = False
            for place in range(KEY_BYTES):
                self._secret[place] = 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Key):
            return NotImplemented
        return hmac.compare_digest(self.secret() + self._salt, other.secret() + other._salt)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "<Key>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not copied, pickled or sent to another process")


def new_key(passphrase: str) -> Key:
    """Return the key of a new case under `passphrase`, with a salt of its own. Raises WeakPassphrase."""
    passphrase = Passphrase(passphrase)
    weakness = _weakness(passphrase)
    if weakness:
        raise WeakPassphrase(
            weakness, next_step="Take a longer one: four or more words that nobody would guess, or a generated one."
        )
    return derived(passphrase, MARK + bytes([NEWEST]) + os.urandom(SALT_BYTES - len(MARK) - 1))


def derived(passphrase: str, salt: bytes) -> Key:
    """Return the key that `passphrase` makes with `salt` (Argon2id, RFC 9106; the setting is the salt's fourth byte).

    The passphrase is taken as UTF-8 of its composed form (NFC), so that it is the same from every keyboard. Takes
    about a second and 256 MiB. Raises NewerCase for an unknown setting, Locked when the memory is not there.
    """
    passphrase = Passphrase(passphrase)
    setting = SETTINGS.get(salt[len(MARK)])
    if setting is None:
        raise NewerCase(
            "The key of this case is made in a way that this version of Headwater does not know.",
            next_step="Install the newer version and try again.",
        )
    made = _argon2id(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"), salt, setting)
    if made is None:
        raise Locked(
            f"There is not enough free memory to make the key: it takes {setting.memory // 1024} MiB.",
            next_step="Close other programs and try again.",
        )
    return Key(made, salt)


def _argon2id(passphrase: bytes, salt: bytes, setting: Setting) -> bytes | None:
    method = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=setting.passes,
        lanes=setting.lanes,
        memory_cost=setting.memory,
    )
    try:
        return method.derive(passphrase)
    except MemoryError:
        return None


def generated_passphrase() -> str:
    """Return a passphrase by chance: six groups of four letters (108 bits), to be written down or learnt."""
    letters = ""
    while len(letters) < _GROUP * _GROUPS:
        # The last bytes are left out, so that every letter is as likely as every other.
        fair = (byte for byte in os.urandom(64) if byte < 256 - 256 % len(_LETTERS))
        letters += "".join(_LETTERS[byte % len(_LETTERS)] for byte in fair)
    return " ".join(letters[start : start + _GROUP] for start in range(0, _GROUP * _GROUPS, _GROUP))


def unlock(path: Path, passphrase: str) -> Key:
    """Return the key of the encrypted case at `path`, tried against its pages.

    Takes about a second. Raises WrongPassphrase, PathMissing, NotACase (also for a case that is not encrypted),
    NewerCase, Locked (not enough memory).
    """
    passphrase = Passphrase(passphrase)
    key = derived(passphrase, salt_of(path))
    require_fit(path, key)
    return key


def require_fit(path: Path, key: Key) -> None:
    """Raise WrongPassphrase unless `key` opens the case at `path`; also what `apply` and `salt_of` raise."""
    with _looking(path) as connection:
        apply(path, connection, key)


def is_encrypted(path: Path) -> bool:
    """Tell whether the case at `path` is encrypted. Raises PathMissing, NotACase for what is neither."""
    return is_encrypted_header(_header(path))


def salt_of(path: Path) -> bytes:
    """Return the salt of the encrypted case at `path`. Raises PathMissing, NotACase."""
    header = _header(path)
    if not is_encrypted_header(header):
        raise _not_encrypted(path)
    return header


def is_encrypted_header(header: bytes) -> bool:
    """Tell whether the first 16 or more bytes of a file are those of an encrypted case."""
    return header.startswith(MARK) and len(header) >= SALT_BYTES


def is_plain_header(header: bytes) -> bool:
    """Tell whether the first 16 or more bytes of a file are those of a database that everybody can read."""
    return header.startswith(_PLAIN)


def require(path: Path, key: Key | None) -> Key:
    """Return the key for the encrypted case at `path`. Raises Locked when there is none."""
    if key is None:
        raise Locked(
            f"{path} is encrypted, and no passphrase was given.",
            next_step="Run the command at a terminal, which asks for it, or name a file that holds it with "
            "--passphrase-file.",
        )
    return key


def apply(path: Path, connection: apsw.Connection, key: Key) -> None:
    """Let a fresh connection to `path` read, or make, the case that `key` opens.

    Call it before any other statement. What SQLite puts aside while it works stays in memory. Takes no lock and plays
    no journal back: that needs the right key. Raises WrongPassphrase when the key opens no page of the file, NotACase
    when the file is not encrypted, Locked when the key was wiped or this SQLite cannot encrypt. Damage is left to be
    found by whoever reads.
    """
    start = _start(path, connection)
    if not _given(connection, key):
        raise Locked(
            "The SQLite of this installation cannot encrypt.",
            next_step="Install Headwater again, without replacing its package apsw-sqlite3mc.",
        )
    if not start:
        return  # a new file
    if not is_encrypted_header(start):
        raise _not_encrypted(path)
    if start != key.salt or not _fits(path, key):
        raise WrongPassphrase(
            f"The passphrase does not open {path}, or the beginning of the file is damaged.",
            next_step="Type it again; capitals and spaces count. The recovery sheet opens the case as well.",
        )


def _fits(path: Path, key: Key) -> bool:
    """Try the key on a connection of its own: a page that does not open spoils the connection for all that follows.

    An interrupted writer leaves such a page, with a journal that would heal it.
    """
    with _looking(path) as probe:
        return _given(probe, key) and _opens(probe)


@contextmanager
def _looking(path: Path) -> Iterator[apsw.Connection]:
    """Give a connection to look at single bytes of a file.

    They are read through SQLite: opening and closing the file beside it would drop the locks that this process holds
    on it (POSIX).
    """
    try:
        if not path.exists():
            raise PathMissing(f"There is no file at {path}.", next_step="Check the name and the folder.")
        if not path.is_file():
            raise _not_readable(path)
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    except (apsw.CantOpenError, UnicodeEncodeError, OSError) as error:
        raise _not_readable(path) from error
    try:
        yield connection
    finally:
        connection.close(force=True)


def _not_readable(path: Path) -> NotACase:
    return NotACase(f"{path} cannot be read as a file.", next_step="Check the name and its permissions.")


def _not_encrypted(path: Path) -> NotACase:
    return NotACase(
        f"{path} is not encrypted, so no passphrase opens it.",
        next_step="If it is the case you mean, leave the passphrase out.",
    )


def _header(path: Path) -> bytes:
    with _looking(path) as connection:
        header = _start(path, connection)
    if not is_encrypted_header(header) and not is_plain_header(header):
        raise NotACase(
            f"{path} is not a Headwater case, or only a piece of one.",
            next_step="Give the .headwater file that `headwater trace` wrote, or a backup of it.",
        )
    return header


def _start(path: Path, connection: apsw.Connection) -> bytes:
    try:
        whole, start = connection.read("main", 0, 0, SALT_BYTES)
    except apsw.IOError as error:
        raise _not_readable(path) from error
    return bytes(start) if whole else bytes(start).rstrip(b"\0")


def _weakness(passphrase: str) -> str:
    plain = unicodedata.normalize("NFC", passphrase)
    if len(plain) < MINIMUM:
        return f"The passphrase is too short: it needs at least {MINIMUM} characters."
    if len(set(plain)) < _FEWEST_DIFFERENT:
        return "The passphrase repeats the same few characters."
    return ""


def _given(connection: apsw.Connection, key: Key) -> bool:
    # The statement holds the key: it is kept in no cache, and what SQLite says about it reaches nobody.
    secret = (b"raw:" + key.secret() + key.salt).hex()
    try:
        chosen = connection.execute(f"PRAGMA cipher = '{_CIPHER}'").get
        taken = connection.execute(f"PRAGMA hexkey = '{secret}'", can_cache=False).get
        connection.execute("PRAGMA temp_store = MEMORY").fetchall()
    except apsw.Error:
        return False
    return bool(chosen == _CIPHER and taken == "ok")


def _opens(connection: apsw.Connection) -> bool:
    """Tell whether any of the first pages opens."""
    for page in range(_PAGES_TRIED):
        try:
            whole, _ = connection.read("main", 0, page * _PAGE, _PAGE)
        except apsw.Error:
            continue
        return bool(whole)
    return False
