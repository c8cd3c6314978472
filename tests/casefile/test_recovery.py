from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sealed import sealed_case, some_key

from headwater.casefile import Key, from_recovery, read_case, recovery, recovery_code
from headwater.casefile.keys import MARK
from headwater.errors import IntegrityFailure, Locked, NotACase, WrongPassphrase

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SALT = MARK + b"\x01" + b"twelve bytes"


def _read(code: str) -> bytes | str:
    """The secret bytes of a code, or what is wrong with it."""
    groups, fault = recovery._groups(code)
    return fault or recovery._secret(groups) or "the groups do not fit one another"


@given(st.binary(min_size=32, max_size=32))
def test_a_code_gives_the_secret_back_however_it_is_typed(secret: bytes) -> None:
    code = recovery_code(Key(secret, SALT))
    assert [len(group) for group in code.split()] == [5] * 14
    assert set(code) <= set(ALPHABET) | {" ", "\n"}
    typed = [
        code,
        code.lower(),
        code.replace(" ", "-").replace("\n", "\r\n"),
        "".join(code.split()),
        code.replace("0", "O").replace("1", "l"),
        code.replace("0", "o").replace("1", "I").replace(" ", " – "),
    ]
    assert {_read(each) for each in typed} == {secret}


@given(st.binary(min_size=32, max_size=32), st.integers(0, 69), st.sampled_from(ALPHABET))
def test_every_wrong_letter_is_located(secret: bytes, place: int, letter: str) -> None:
    letters = list("".join(recovery_code(Key(secret, SALT)).split()))
    if letters[place] == letter:
        return
    letters[place] = letter
    assert _read("".join(letters)) == f"Group {place // 5 + 1} of the recovery code is mistyped."


@given(st.binary(min_size=32, max_size=32), st.integers(0, 69), st.integers(0, 69))
def test_two_letters_exchanged_within_a_group_are_located(secret: bytes, one: int, other: int) -> None:
    letters = list("".join(recovery_code(Key(secret, SALT)).split()))
    if one // 5 != other // 5 or letters[one] == letters[other]:
        return
    letters[one], letters[other] = letters[other], letters[one]
    assert _read("".join(letters)) == f"Group {one // 5 + 1} of the recovery code is mistyped."


@given(st.binary(min_size=32, max_size=32), st.integers(0, 13), st.integers(0, 13))
def test_two_groups_exchanged_are_located(secret: bytes, one: int, other: int) -> None:
    groups = recovery_code(Key(secret, SALT)).split()
    if groups[one] == groups[other]:
        return
    groups[one], groups[other] = groups[other], groups[one]
    assert _read(" ".join(groups)) == f"Group {min(one, other) + 1} of the recovery code is mistyped."


def test_what_the_groups_cannot_tell_the_whole_tells() -> None:
    """Groups that are right by themselves, of two sheets: the digest of 24 bits finds all but one in 16 million."""
    chance = random.Random(20310504)
    for _ in range(300):
        one, other = (recovery_code(Key(chance.randbytes(32), SALT)).split() for _ in range(2))
        place = chance.randrange(14)
        if one[place] != other[place]:
            one[place] = other[place]
            assert _read(" ".join(one)) == "the groups do not fit one another"


def test_letters_left_out_or_doubled_are_told_with_their_group() -> None:
    groups = recovery_code(some_key()).split()
    short = [*groups[:4], groups[4][:-1], *groups[5:]]
    assert "not 69; group 5 has not 5" in str(_read(" ".join(short)))
    assert "not 71; group 14 has not 5" in str(_read(" ".join([*groups[:-1], groups[-1] + "0"])))
    assert "not 0" in str(_read(""))
    for stranger in "U?é!":
        assert _read("".join(groups)[:-1] + stranger) == "Group 14 of the recovery code is mistyped."


def test_the_code_opens_its_case_and_no_other(tmp_path: Path) -> None:
    path, other, plain = tmp_path / "a.headwater", tmp_path / "b.headwater", tmp_path / "c.headwater"
    case = sealed_case(path, some_key())
    sealed_case(other, some_key("two"))
    sealed_case(plain, None)
    code = recovery_code(some_key())
    assert read_case(path, key=from_recovery(path, code)) == case
    with pytest.raises(WrongPassphrase, match="typed correctly"):
        from_recovery(other, code)
    with pytest.raises(WrongPassphrase, match="Group 1 of") as caught:
        from_recovery(path, "W" + code[1:] if code[0] != "W" else "V" + code[1:])
    assert code[1:9] not in str(caught.value)
    with pytest.raises(NotACase):
        from_recovery(plain, code)


def test_a_damaged_salt_is_a_wrong_passphrase_for_the_passphrase_and_damage_for_the_code(tmp_path: Path) -> None:
    path = tmp_path / "a.headwater"
    sealed_case(path, some_key())
    data = bytearray(path.read_bytes())
    data[10] ^= 1
    path.write_bytes(data)
    with pytest.raises(WrongPassphrase):
        read_case(path, key=some_key())
    with pytest.raises(IntegrityFailure):
        read_case(path, key=from_recovery(path, recovery_code(some_key())))


def test_a_wiped_key_has_no_code() -> None:
    key = some_key()
    key.wipe()
    with pytest.raises(Locked):
        recovery_code(key)
