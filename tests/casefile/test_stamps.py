"""Time-stamps are checked offline, and nothing that was altered is ever taken for a good one.

The files in `stamps` were made once by openssl (`ts -query`, `ts -reply`) with keys that were thrown away.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import socket
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from make_log import entries_of, make_log
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
from stamp_authority import POLICY, SERIAL, STAMPED_AT, Signer, authority, der, info, oid, refusal, reply, root

from headwater.casefile.codec import codec
from headwater.casefile.kinds import Stamp
from headwater.casefile.stamps import Stamped, check, judge_stamps, request, stamp_of
from headwater.casefile.tokens import read_token
from headwater.errors import BadStamp
from headwater.model import Verdict

FILES = Path(__file__).parent / "stamps"
EVENT = b"an event of a custody log, invented\n"
DIGEST = hashlib.sha256(EVENT).hexdigest()
LOG = make_log(6)
ROOT = root()
AUTHORITY = authority(ROOT)
TST_INFO = "1.2.840.113549.1.9.16.1.4"
SHA512 = der(0x30, oid("2.16.840.1.101.3.4.2.3"), der(0x05))
OTHERS_ROOT = root("Another Root")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid every socket."""

    def refused(*_: object, **__: object) -> socket.socket:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)


def _file(name: str) -> bytes:
    return (FILES / name).read_bytes()


def test_a_request_is_the_one_that_openssl_and_the_library_make() -> None:
    assert request(DIGEST) == _file("request.tsq")
    made = TimestampRequestBuilder().data(EVENT).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=False).build()
    assert request(DIGEST) == made.as_bytes()
    for wrong in (DIGEST[1:], DIGEST.upper(), "", "x" * 64):
        with pytest.raises(ValueError, match="SHA-256"):
            request(wrong)


@pytest.mark.parametrize(
    ("name", "serial", "who", "time"),
    [
        ("reply-ecdsa.tsr", "8", "O=Harbour Office of Osk,CN=Invented Time of Osk", "2026-11-21T11:52:40Z"),
        ("reply-rsa.tsr", "9", "CN=Invented Time of Sellmouth", "2026-11-21T11:52:40Z"),
    ],
)
def test_the_replies_of_openssl_pass_offline(name: str, serial: str, who: str, time: str) -> None:
    found = check(_file(name), DIGEST, [_file("root.pem")])
    assert (found.time, found.policy, found.serial, found.authority) == (time, POLICY, serial, who)
    assert found.chain_checked
    alone = check(_file(name), DIGEST)
    assert alone == replace(found, root=None)
    assert not alone.chain_checked
    with pytest.raises(BadStamp, match="does not lead to the root that was given"):
        check(_file(name), DIGEST, [ROOT.pem])


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_good_reply_says_when_by_whom_and_up_to_which_root(kind: str) -> None:
    its_root = root(f"Root {kind}", kind=kind)
    made = reply(DIGEST, authority(its_root, f"Stamps {kind}", kind=kind))
    for given in ([its_root.pem], [its_root.der], [ROOT.pem, its_root.der], [ROOT.pem + its_root.pem]):
        found = check(made, DIGEST, given)
        assert found == Stamped(
            time="2031-05-05T08:30:15Z",
            policy=POLICY,
            serial=str(SERIAL),
            authority=f"CN=Stamps {kind}",
            root=hashlib.sha256(its_root.der).hexdigest(),
        )


_HOUR = timedelta(hours=1)
_EXPIRED = authority(ROOT, "Too Late", until=STAMPED_AT - _HOUR)
_EARLY = authority(ROOT, "Too Early", since=STAMPED_AT + _HOUR)
_FOR_CODE = authority(ROOT, "For Code", usage=ExtendedKeyUsageOID.CODE_SIGNING)
_GOOD = reply(DIGEST, AUTHORITY)


@pytest.mark.parametrize("roots", [(), (ROOT.pem,)], ids=["alone", "with the root"])
@pytest.mark.parametrize(
    ("made", "why"),
    [
        (reply("0" * 64, AUTHORITY), "of another digest"),
        (reply(DIGEST, AUTHORITY, signed=info(DIGEST, algorithm=SHA512)), "of another digest"),
        (reply(DIGEST, _EXPIRED), "not valid at the time"),
        (reply(DIGEST, _EARLY), "not valid at the time"),
        (reply(DIGEST, _FOR_CODE), "not one for time-stamps"),
        (refusal(2), "refused the request"),
        (refusal(3), "has not answered yet"),
        (refusal(0), "holds no time-stamp"),
        (reply(DIGEST, AUTHORITY, status=1), "something else than what was asked"),
        (_GOOD.replace(b"20310505083015Z", b"20300505083015Z"), "not what was signed"),
        (_GOOD[:-1], "cut short"),
        (_GOOD + b"\n", "cannot be read"),
        (_GOOD + _GOOD, "twice, or after its end"),
        (b"\x30\x83\x00" + _GOOD[2:], "a length in it is not written as it must be"),
        (b"\x30\x80" + _GOOD[4:] + b"\x00\x00", "a length in it is not written as it must be"),
        (b"", "not what must stand there"),
        (b"<html>", "a length in it was changed"),
    ],
)
def test_each_fault_has_its_words(made: bytes, why: str, roots: tuple[bytes, ...]) -> None:
    with pytest.raises(BadStamp, match=why):
        check(made, DIGEST, roots)


def test_the_control_the_same_authority_at_another_time_passes() -> None:
    earlier = info(DIGEST, time=STAMPED_AT - 100 * _HOUR)
    assert check(reply(DIGEST, AUTHORITY, signed=earlier), DIGEST, [ROOT.pem]).time == "2031-05-01T04:30:15Z"


def test_a_certificate_of_the_same_key_cannot_take_the_place_of_the_one_that_signed() -> None:
    twin = authority(ROOT, until=STAMPED_AT + 900 * _HOUR)
    assert twin.key == AUTHORITY.key
    assert len(twin.der) == len(AUTHORITY.der)
    with pytest.raises(BadStamp, match="did not come with it, or was changed"):
        check(_GOOD.replace(AUTHORITY.der, twin.der), DIGEST, [ROOT.pem])


def test_what_is_no_certificate_is_no_root() -> None:
    for wrong in (b"", b"root", b"-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n", ROOT.der[:-1]):
        with pytest.raises(BadStamp, match="is not a certificate"):
            check(_GOOD, DIGEST, [wrong])


# Of odd serial numbers and versions the library of certificates warns before it refuses.
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@pytest.mark.parametrize("roots", [(), (ROOT.pem,)], ids=["alone", "with the root"])
@pytest.mark.parametrize("signer", [AUTHORITY, authority(ROOT, "Curves", kind="ec")], ids=["rsa", "ec"])
def test_a_flipped_bit_at_any_byte_is_refused_or_stands_where_nothing_is_signed(
    signer: Signer, roots: tuple[bytes, ...]
) -> None:
    made = reply(DIGEST, signer, ROOT)
    good = check(made, DIGEST, roots)
    chance = random.Random(20310505)
    accepted = []
    for at in range(len(made)):
        flipped = bytearray(made)
        flipped[at] ^= 1 << chance.randrange(8)
        try:
            assert check(bytes(flipped), DIGEST, roots) == good, at
            accepted.append(at)
        except BadStamp:
            continue
    # Not signed: versions and list of digests of the envelope, and a certificate that is not needed.
    unneeded = made.index(ROOT.der)
    envelope = {*range(made.index(bytes.fromhex("020103310f")), made.index(oid(TST_INFO)) - 2)}
    version = made.rindex(ROOT.certificate.subject.public_bytes()) - 3
    allowed = {*range(unneeded, unneeded + len(ROOT.der)), *envelope, version}
    assert accepted
    assert {at for at in accepted if at not in allowed} == set()


def test_a_reply_cut_anywhere_is_refused() -> None:
    for length in range(0, len(_GOOD), 7):
        with pytest.raises(BadStamp):
            check(_GOOD[:length], DIGEST)


def _stored(roots: tuple[bytes, ...] = (ROOT.pem,)) -> tuple[Stamp, bytes]:
    made = reply(LOG[3].digest, AUTHORITY)
    return stamp_of(LOG, made, roots), made


def test_a_stamp_is_of_the_event_that_it_names_and_can_be_stored() -> None:
    stamp, made = _stored()
    assert (stamp.sequence, stamp.digest) == (4, LOG[3].digest)
    assert stamp.reply_sha256 == hashlib.sha256(made).hexdigest()
    assert stamp.roots == (ROOT.pem.decode(),)
    assert codec(Stamp).load(codec(Stamp).dump(stamp)) == stamp
    with pytest.raises(BadStamp, match="of something else than this case"):
        stamp_of(make_log(6, agent="Eve"), made)


def test_a_stored_stamp_is_judged_with_its_roots_without_any_and_with_others() -> None:
    entries = entries_of(LOG)
    stamp, made = _stored()
    (found,) = judge_stamps(entries, [(stamp, made)])
    assert (found.name, found.verdict) == ("time-stamp of event 4", Verdict.PASSED)
    assert "CN=Invented Time-Stamps says that event 4 existed at 2031-05-05T08:30:15Z" in found.sentence
    assert f"kept in the case, with the SHA-256 {hashlib.sha256(ROOT.der).hexdigest()}" in found.sentence
    (unknown,) = judge_stamps(entries, [_stored(())])
    assert unknown.verdict is Verdict.NOT_CHECKED
    assert "whose it is was not checked" in unknown.sentence
    (given,) = judge_stamps(entries, [_stored(())], [ROOT.pem])
    assert (given.verdict, "root that was given" in given.sentence) == (Verdict.PASSED, True)
    (other,) = judge_stamps(entries, [(stamp, made)], [OTHERS_ROOT.pem])
    assert other.verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"time": "2031-05-01T00:00:00Z"}, "not what the reply says"),
        ({"authority": "CN=Somebody Known"}, "not what the reply says"),
        ({"sequence": 3}, "does not stand at its place"),
        ({"sequence": 99}, "does not stand at its place"),
        ({"digest": LOG[4].digest}, "of another digest"),
        ({"reply_sha256": "0" * 64}, "not the one that was stored"),
        ({"roots": (OTHERS_ROOT.pem.decode(),)}, "does not lead to the root"),
        ({"roots": ("nothing",)}, "is not a certificate"),
    ],
)
def test_a_record_that_does_not_fit_its_reply_fails(change: dict[str, object], why: str) -> None:
    stamp, made = _stored()
    (found,) = judge_stamps(entries_of(LOG), [(replace(stamp, **change), made)])  # type: ignore[arg-type]
    assert found.verdict is Verdict.FAILED
    assert why in found.damages[0].what


def test_a_stamp_shows_that_the_log_was_rewritten_and_that_a_clock_was_ahead() -> None:
    stored = _stored()
    for log in (make_log(6, agent="Eve"), LOG[:3], make_log(6, agent="Eve", since=LOG[:3])):
        assert judge_stamps(entries_of(log), [stored])[0].verdict is Verdict.FAILED
    ahead = replace(LOG[0], time="2031-06-01T00:00:00Z")
    made = reply(ahead.digest, AUTHORITY)
    (found,) = judge_stamps(entries_of([ahead]), [(stamp_of([ahead], made), made)])
    assert "the clock of that computer was ahead" in found.sentence


def test_reading_the_parts_of_a_reply() -> None:
    token = read_token(_file("reply-rsa.tsr"))
    assert (token.status, token.sha256, len(token.certificates)) == (0, DIGEST, 2)


@pytest.mark.skipif(not shutil.which("openssl"), reason="the program openssl is not here")
def test_openssl_agrees_about_the_authority_of_these_tests(tmp_path: Path) -> None:
    for name, data in (("event", EVENT), ("reply", _GOOD), ("root", ROOT.pem)):
        (tmp_path / name).write_bytes(data)
    when = str(int(STAMPED_AT.timestamp()))
    words = ["openssl", "ts", "-verify", "-data", "event", "-in", "reply", "-CAfile", "root", "-attime", when]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr
