"""Time-stamps by others (RFC 3161): the request for the head of a custody log, and what a stored reply proves.

What is stamped is an event of the custody log as it is stored: the imprint of the request is the SHA-256 of its
`record`, which is the digest of the event, byte for byte. So `openssl ts -query -digest DIGEST -sha256 -cert -no_nonce`
makes the same request, and `openssl ts -verify -data FILE` checks the reply, with the record in FILE. The record names
the digest of the case, and the authority is told nothing but one SHA-256.

Headwater sends nothing. The person sends the file of the request by a way of their own choice, and should know that
asking tells the authority, and whoever sees the line, that and when somebody works. There is no nonce: the reply comes
back in a file, and an old reply for the same digest would only prove an earlier time.

A time-stamp proves that the log up to this event existed at that time, as far as one trusts the authority. Only
qualified time-stamps carry a legal presumption of their time in the European Union (Regulation 910/2014, eIDAS,
article 41); whether an authority is a qualified one stands in the trusted lists of the member states, not in its
reply, and Headwater does not judge it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
from rfc3161_client.tsp import TimeStampResponse

from headwater.casefile.checks import Check, Damage
from headwater.casefile.custody import CustodyEvent, LogEntry, timestamp
from headwater.casefile.kinds import Stamp
from headwater.casefile.tokens import BrokenToken, Token, read_token
from headwater.errors import BadStamp
from headwater.model import Verdict, sha256_bytes

# TimeStampReq (RFC 3161, 2.4.1) in DER: version 1, an imprint with the algorithm SHA-256, certificates wanted. It
# has a fixed length, and only the digest differs from one request to another.
_BEFORE_DIGEST = bytes.fromhex("30390201013031300d060960864801650304020105000420")
_AFTER_DIGEST = bytes.fromhex("0101ff")
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PEM = b"-----BEGIN"
_GRANTED = 0
_STATUS = {
    1: "it granted something else than what was asked",
    2: "it refused the request",
    3: "it has not answered yet; a reply comes later",
    4: "its certificate is about to be revoked",
    5: "its certificate was revoked",
}
# What OpenSSL answers within the sentence of the library.
_REASON = re.compile(r"Verify error: ?([^\"\\]+)")
_ASK_AGAIN = "Make a new request with `headwater stamp CASE --request FILE`, and send that."
_KEEP = "Give the reply exactly as the authority sent it, as one file."


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a sound reply says: `time` (UTC, ISO 8601, to the second), policy (dotted), serial (decimal), authority.

    `authority` is the subject of the certificate that signed. `root` is the SHA-256 (hex) of the given root that this
    certificate leads to, or None when no root was given: then only the signature holds, and whose it is is not known.
    """

    time: str
    policy: str
    serial: str
    authority: str
    root: str | None

    @property
    def chain_checked(self) -> bool:
        """True when the certificates were followed up to a root that was given."""
        return self.root is not None


def request(digest: str) -> bytes:
    """Return the request for a time-stamp of the custody event with this digest (hex), in DER: always the same bytes.

    Raises ValueError when it is no SHA-256 digest.
    """
    if not _DIGEST.fullmatch(digest):
        raise ValueError("a time-stamp is asked for a SHA-256 digest: 64 characters of 0-9 and a-f")
    return _BEFORE_DIGEST + bytes.fromhex(digest) + _AFTER_DIGEST


def check(reply: bytes, digest: str, roots: Sequence[bytes] = ()) -> Stamped:
    """Return what `reply` says of the event with `digest` (hex), after everything in it was checked, offline.

    Checked are the status, the imprint, the signature and by which certificate it was made (tokens.py); that this
    certificate is one for time-stamps only and was valid at the time of the stamp; and, where `roots` (PEM or DER) are
    given, that it leads to one of them at that time. Revocation is not looked up. Raises BadStamp, with the reason.

    Not signed, so that changes there do not matter to any of this and are seen only by the digest of the stored reply:
    words beside the status, the list of digest algorithms and the version numbers of the envelope, certificates that
    are not needed, lists of revoked ones, and unsigned attributes.
    """
    token = _token(reply)
    if token.sha256 != digest:
        raise BadStamp("This reply is a time-stamp of another digest, not of this one.", next_step=_ASK_AGAIN)
    certificates = tuple(certificate for data in roots for certificate in _certificates(data))
    try:
        response = decode_timestamp_response(token.in_order)
        info = response.tst_info
        time = info.gen_time
        said = (timestamp(time), info.policy.dotted_string, str(info.serial_number))
    except (ValueError, OverflowError, AttributeError) as error:  # the last where there is no policy
        raise _broken("what it says cannot be read") from error
    signer = _signer(token, time)
    root = _root(response, digest, certificates) if certificates else None
    return Stamped(*said, authority=signer.subject.rfc4514_string(), root=root)


def stamp_of(events: Sequence[CustodyEvent], reply: bytes, roots: Sequence[bytes] = ()) -> Stamp:
    """Return the record of a reply for whichever of `events` it stamps, after the checks of `check`.

    Raises BadStamp, also when the reply is of no event of this log.
    """
    imprint = _token(reply).sha256
    event = next((one for one in events if one.digest == imprint), None)
    if event is None:
        raise BadStamp("This reply is a time-stamp of something else than this case.", next_step=_ASK_AGAIN)
    said = check(reply, event.digest, roots)
    return Stamp(
        sequence=event.sequence,
        digest=event.digest,
        time=said.time,
        policy=said.policy,
        serial=said.serial,
        authority=said.authority,
        reply_sha256=sha256_bytes(reply),
        roots=tuple(_pem(certificate) for data in roots for certificate in _certificates(data)),
    )


def judge_stamps(
    entries: Sequence[LogEntry], stamps: Sequence[tuple[Stamp, bytes]], roots: Sequence[bytes] = ()
) -> tuple[Check, ...]:
    """Check every stored time-stamp, with the bytes of its reply, against the log: one answer each, in their order.

    `roots` come from outside the file and, where given, stand in place of those that are stored: whoever can rewrite
    the file can also store a root of their own, so the sentence names the root by its digest. Not checked: the
    signature holds, and no root says whose it is. Pure; nothing is asked of anybody.
    """
    return tuple(_judged(entries, stamp, reply, roots) for stamp, reply in stamps)


def _judged(entries: Sequence[LogEntry], stamp: Stamp, reply: bytes, outside: Sequence[bytes]) -> Check:
    name = f"time-stamp of event {stamp.sequence}"
    roots = outside or tuple(pem.encode() for pem in stamp.roots)
    try:
        said = check(reply, stamp.digest, roots)
    except BadStamp as error:
        return _failed(name, stamp, [error.what.rstrip(".")])
    faults = list(_faults(entries, stamp, reply, said))
    if faults:
        return _failed(name, stamp, faults)
    entry = entries[stamp.sequence - 1]
    ahead = entry.event is not None and entry.event.time > said.time
    clock = " The event itself says a later time: the clock of that computer was ahead." if ahead else ""
    existed = f"{said.authority} says that event {stamp.sequence} existed at {said.time}."
    if said.root is None:
        unknown = "The signature holds, but no root certificate was given, so whose it is was not checked."
        return Check(name, Verdict.NOT_CHECKED, f"{existed} {unknown}{clock}")
    whose = "given" if outside else "kept in the case"
    root = f"Its certificates lead to the root that was {whose}, with the SHA-256 {said.root}."
    return Check(name, Verdict.PASSED, f"{existed} {root}{clock}")


def _faults(entries: Sequence[LogEntry], stamp: Stamp, reply: bytes, said: Stamped) -> Iterator[str]:
    if not 1 <= stamp.sequence <= len(entries) or entries[stamp.sequence - 1].digest != stamp.digest:
        yield (
            "the event that was stamped does not stand at its place in the log: the log was cut short, rewritten or "
            "rolled back"
        )
    if hashlib.sha256(reply).hexdigest() != stamp.reply_sha256:
        yield "the reply is not the one that was stored"
    if (stamp.time, stamp.policy, stamp.serial, stamp.authority) != (
        said.time,
        said.policy,
        said.serial,
        said.authority,
    ):
        yield "what was noted of the reply is not what the reply says"


def _failed(name: str, stamp: Stamp, faults: Sequence[str]) -> Check:
    damages = tuple(Damage("stamp", None, f"event {stamp.sequence}", fault) for fault in faults)
    return Check(name, Verdict.FAILED, "It proves nothing as it stands.", damages)


def _broken(why: object) -> BadStamp:
    return BadStamp(f"This is not a sound time-stamp: {why}.", next_step=_KEEP)


def _token(reply: bytes) -> Token:
    try:
        token = read_token(reply)
    except BrokenToken as error:
        raise _broken(error) from error
    if token.status != _GRANTED or token.signer is None:
        why = _STATUS.get(token.status, "its answer holds no time-stamp")
        raise BadStamp(f"The authority gave no time-stamp: {why}.", next_step=_ASK_AGAIN)
    return token


def _signer(token: Token, time: datetime) -> x509.Certificate:
    """Return the certificate that signed, if it may sign time-stamps and could at that time."""
    signer = token.signer
    try:
        if signer is None:
            raise _broken("the certificate of its signer did not come with it")
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        for_stamps = usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
        valid = signer.not_valid_before_utc <= time <= signer.not_valid_after_utc
    except (x509.ExtensionNotFound, ValueError) as error:
        raise _broken("the certificate of its signer is not one for time-stamps") from error
    if not for_stamps:
        raise _broken("the certificate of its signer is not one for time-stamps, or not for these alone")
    if not valid:
        raise _broken("the certificate of its signer was not valid at the time of the stamp")
    return signer


def _certificates(data: bytes) -> list[x509.Certificate]:
    """Return the certificates in a file of PEM or DER. Raises BadStamp."""
    try:
        if _PEM in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except (ValueError, x509.InvalidVersion) as error:
        raise BadStamp(
            "A root that was given is not a certificate.",
            next_step="Give the root certificate of the authority as it publishes it (PEM or DER).",
        ) from error


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode("ascii")


def _root(response: TimeStampResponse, digest: str, roots: Sequence[x509.Certificate]) -> str:
    """Return the digest of the first root that the signature leads to, as OpenSSL finds its way. Raises BadStamp."""
    reasons = []
    for root in roots:
        verifier = VerifierBuilder().add_root_certificate(root).build()
        try:
            verifier.verify(response, bytes.fromhex(digest))
        except (VerificationError, ValueError, x509.InvalidVersion) as error:
            found = _REASON.search(str(error))
            reasons.append(found[1].strip() if found else "the chain of its certificates does not hold")
        else:
            return root.fingerprint(hashes.SHA256()).hex()
    several = "any of the roots that were" if len(roots) > 1 else "the root that was"
    raise BadStamp(
        f"The certificate of its signer does not lead to {several} given ({'; '.join(dict.fromkeys(reasons))}).",
        next_step="Give the root certificate of the authority that made this reply.",
    )
