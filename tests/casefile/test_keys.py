from __future__ import annotations

import copy
import pickle
import random
import threading
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import cast

import apsw
import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sealed import PASSPHRASE, quick, sealed_case, some_key

from headwater.casefile import (
    Key,
    belongs_to_a_case,
    generated_passphrase,
    is_encrypted,
    keys,
    new_key,
    read_case,
    unlock,
    verify,
)
from headwater.casefile.keys import MARK, SETTINGS, Passphrase, Setting, derived
from headwater.errors import (
    HeadwaterError,
    Locked,
    NewerCase,
    NotACase,
    PathMissing,
    WeakPassphrase,
    WrongPassphrase,
)

SALT = MARK + b"\x01" + b"twelve bytes"


def test_the_library_makes_what_rfc_9106_says() -> None:
    # RFC 9106, section 5.3.
    method = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8
    )
    assert method.derive(b"\x01" * 32).hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_our_call_makes_what_the_reference_program_says() -> None:
    # The test suite of the reference implementation, version 0x13.
    made = keys._argon2id(b"password", b"somesalt", Setting(memory=65536, passes=2, lanes=1))
    assert made is not None
    assert made.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_the_first_setting_never_changes_and_the_passphrase_is_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "café under the willow")
    assert SETTINGS[1] == Setting(memory=262_144, passes=3, lanes=4)
    assert (
        derived(decomposed, SALT).secret().hex() == "64101b3738b864f91501a6a99a44a5bc989d4514b602a5cbf799375f9f00f323"
    )


def test_each_new_key_has_its_own_salt(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)
    made = [new_key(PASSPHRASE) for _ in range(50)]
    assert len({key.salt for key in made}) == len({key.secret() for key in made}) == 50
    assert all(key.salt.startswith(MARK + b"\x01") for key in made)


def test_a_key_shows_itself_to_nobody() -> None:
    key = some_key()
    for shown in (repr(key), str(key), f"{key}", f"{key!r}", "%s" % (key,), repr([key]), repr({"key": key})):  # noqa: UP031
        assert key.secret().hex() not in shown
        assert "<Key>" in shown
    assert not hasattr(key, "__dict__")
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not copied"):
            attempt(key)
    with pytest.raises(TypeError):
        hash(key)


def test_keys_are_equal_by_secret_and_salt() -> None:
    assert some_key() == some_key()
    assert some_key() != some_key("two")
    assert some_key() != Key(some_key().secret(), SALT)
    assert some_key() != 5


@pytest.mark.parametrize(
    ("secret", "salt"), [(b"", SALT), (b"1" * 31, SALT), (b"1" * 32, SALT[:15]), (b"1" * 32, b"x" * 16)]
)
def test_what_is_no_key_is_not_made(secret: bytes, salt: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Key(secret, salt)


def test_a_wiped_key_is_overwritten_and_refuses(tmp_path: Path) -> None:
    key = some_key()
    path = tmp_path / "a.headwater"
    sealed_case(path, key)
    key.wipe()
    key.wipe()
    assert bytes(key._secret) == bytes(32)
    for use in (key.secret, lambda: read_case(path, key=key), lambda: key == some_key()):
        with pytest.raises(Locked):
            use()


def test_a_key_wiped_by_another_thread_is_never_half_zeros() -> None:
    for _ in range(200):
        key = some_key()
        whole = key.secret()
        other = threading.Thread(target=key.wipe)
        other.start()
        try:
            while True:
                assert key.secret() == whole
        except Locked:
            other.join()


@pytest.mark.parametrize("weak", ["", "short", "eleven char", "aaaaaaaaaaaaaaaaaaaa", "abababababababab"])
def test_a_weak_passphrase_is_refused(weak: str) -> None:
    with pytest.raises(WeakPassphrase):
        new_key(weak)


def test_generated_passphrases_are_strong_and_differ() -> None:
    made = {generated_passphrase() for _ in range(100)}
    assert len(made) == 100
    assert all(not keys._weakness(each) for each in made)


def test_a_case_opens_with_its_passphrase_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)
    path = tmp_path / "a.headwater"
    case = sealed_case(path, new_key(PASSPHRASE))
    assert is_encrypted(path)
    assert path.read_bytes()[:4] == MARK + b"\x01"
    assert read_case(path, key=unlock(path, PASSPHRASE)) == case
    assert verify(path, key=unlock(path, PASSPHRASE)).sound
    with pytest.raises(Locked, match="no passphrase was given"):
        read_case(path)


def test_200_wrong_passphrases_give_one_and_the_same_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    quick(monkeypatch)
    path = tmp_path / "a.headwater"
    sealed_case(path, new_key(PASSPHRASE))
    before = path.read_bytes()
    chance = random.Random(20310504)
    tries = ["", PASSPHRASE[:-1], PASSPHRASE + " ", PASSPHRASE.upper(), "\ud800", "\x00"]
    tries += ["".join(chance.choices("abc def'\";ÄŁ", k=chance.randint(1, 40))) for _ in range(194)]
    told = set()
    for attempt in tries:
        with pytest.raises(WrongPassphrase) as caught:
            unlock(path, attempt)
        told.add(str(caught.value))
    assert len(told) == 1
    assert capfd.readouterr() == ("", "")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if not belongs_to_a_case(each)] == ["a.headwater"]


def test_the_key_of_another_case_under_the_same_passphrase_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    one, two = tmp_path / "1.headwater", tmp_path / "2.headwater"
    sealed_case(one, new_key(PASSPHRASE))
    sealed_case(two, new_key(PASSPHRASE), reports=4)
    with pytest.raises(WrongPassphrase):
        read_case(two, key=unlock(one, PASSPHRASE))
    exchanged = bytearray(one.read_bytes())
    page = two.read_bytes()[8192:12288]
    assert exchanged[8192:12288] != page
    exchanged[8192:12288] = page
    one.write_bytes(exchanged)
    with pytest.raises(HeadwaterError):
        read_case(one, key=unlock(one, PASSPHRASE))


def test_what_is_no_encrypted_case_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)
    plain, piece, later = tmp_path / "plain.headwater", tmp_path / "piece", tmp_path / "later"
    sealed_case(plain, None)
    assert not is_encrypted(plain)
    with pytest.raises(NotACase, match="not encrypted"):
        unlock(plain, PASSPHRASE)
    for content in (b"", b"Hdw", MARK + b"\x01" + b"x" * 11, b"PK\x03\x04" + b"x" * 5000):
        piece.write_bytes(content)
        with pytest.raises(NotACase):
            is_encrypted(piece)
    later.write_bytes(MARK + b"\x09" + b"x" * 5000)
    with pytest.raises(NewerCase):
        unlock(later, PASSPHRASE)
    with pytest.raises(PathMissing):
        unlock(tmp_path / "missing", PASSPHRASE)
    with pytest.raises(NotACase):
        is_encrypted(tmp_path)


def test_a_damaged_first_page_is_damage_and_not_a_wrong_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    path = tmp_path / "a.headwater"
    sealed_case(path, new_key(PASSPHRASE))
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(data)
    key = unlock(path, PASSPHRASE)
    with pytest.raises(HeadwaterError) as caught:
        read_case(path, key=key)
    assert not isinstance(caught.value, WrongPassphrase)


def _tried(path: Path, key: Key, case: object) -> str:
    """What comes of opening a case: an error, or "right" and what `verify` says of the file."""
    try:
        if read_case(path, key=key) != case:
            return "wrong"
        return "right, sound" if verify(path, key=key).sound else "right, damage told"
    except HeadwaterError as error:
        return type(error).__name__


def test_500_truncations_and_1000_flips_never_give_a_wrong_case(tmp_path: Path) -> None:
    path = tmp_path / "a.headwater"
    key = some_key()
    case = sealed_case(path, key, reports=1)
    whole = path.read_bytes()
    chance = random.Random(20310504)
    cut, flipped = Counter[str](), Counter[str]()
    for _ in range(500):
        path.write_bytes(whole[: chance.randrange(len(whole))])
        cut[_tried(path, key, case)] += 1
    for _ in range(1000):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        flipped[_tried(path, key, case)] += 1
    assert set(cut) <= {"IntegrityFailure", "WrongPassphrase", "NotACase"}, cut
    # An index is not read with the records: a case is right without it, and `verify` finds the damage.
    assert set(flipped) <= {"right, damage told", "IntegrityFailure", "WrongPassphrase", "NotACase"}, flipped
    assert flipped["IntegrityFailure"] > 500


class _Talkative:
    """A connection that repeats every statement that it cannot do, as SQLite does."""

    def __init__(self, start: bytes) -> None:
        self._start = start

    def read(self, *_: object) -> tuple[bool, bytes]:
        return True, self._start

    def execute(self, sql: str, **_: object) -> None:
        raise apsw.SQLError(f"near {sql!r}: syntax error")


def test_no_error_carries_a_key_or_a_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)
    path, plain, later = tmp_path / "a.headwater", tmp_path / "plain.headwater", tmp_path / "later"
    key = new_key(PASSPHRASE)
    sealed_case(path, key)
    sealed_case(plain, None)
    later.write_bytes(MARK + b"\x09" + b"x" * 5000)
    said = "only we two know this"
    attempts: list[Callable[[Passphrase], object]] = [
        lambda hidden: unlock(path, hidden),
        lambda hidden: unlock(plain, hidden),
        lambda hidden: unlock(later, hidden),
        lambda hidden: unlock(tmp_path / "missing", hidden),
        lambda hidden: new_key(Passphrase(hidden[:9])),
        lambda _: read_case(path, key=some_key()),
        lambda _: keys.apply(path, cast("apsw.Connection", _Talkative(key.salt)), key),
    ]
    for attempt in attempts:
        with pytest.raises(HeadwaterError) as caught:
            attempt(Passphrase(said))
        error = caught.value
        told = "".join(
            traceback.TracebackException(type(error), error, error.__traceback__.tb_next, capture_locals=True).format()
            if error.__traceback__
            else ""
        )
        assert "keys.py" in told
        for secret in (key.secret(), some_key().secret()):
            assert secret.hex() not in told
            assert repr(secret) not in told
        assert said[:9] not in told


def test_the_control_a_passphrase_that_is_plain_text_shows_in_such_a_report() -> None:
    def careless(passphrase: str) -> None:
        raise ValueError(len(passphrase))

    with pytest.raises(ValueError, match="21") as caught:
        careless("only we two know this")
    report = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "passphrase = 'only we two" in "".join(report.format())


def test_the_statement_with_the_key_is_kept_in_no_cache(tmp_path: Path) -> None:
    path = tmp_path / "a.headwater"
    sealed_case(path, some_key())
    connection = apsw.Connection(str(path))
    keys.apply(path, connection, some_key())
    assert "PRAGMA cipher" in str(connection.cache_stats(include_entries=True))
    assert "hexkey" not in str(connection.cache_stats(include_entries=True))
    assert connection.pragma("temp_store") == 2
    connection.close()


@pytest.mark.parametrize("sealed", [True, False], ids=["encrypted", "the control: plain"])
def test_a_journal_of_an_encrypted_case_holds_nothing_readable(tmp_path: Path, *, sealed: bool) -> None:
    path = tmp_path / "a.headwater"
    sealed_case(path, some_key() if sealed else None)
    connection = apsw.Connection(str(path))
    if sealed:
        keys.apply(path, connection, some_key())
    connection.pragma("journal_mode", "DELETE")
    connection.pragma("cache_size", 1)
    word = connection.execute("SELECT text FROM report LIMIT 1").get[:12].encode()
    connection.execute("BEGIN; UPDATE report SET text = upper(text)")
    files = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    connection.execute("ROLLBACK")
    connection.close()
    assert len(files["a.headwater-journal"]) > 4096
    assert (word in b"".join(files.values())) is not sealed
