"""The parts of an RFC 3161 time-stamp reply, and whether the signature in it holds. No files, no clock, no network.

A reply is DER (ITU-T X.690): a status and a token, which is CMS signed data (RFC 5652) around the information that was
signed (TSTInfo). Read strictly: a byte too many, a length written long, two signers or a part that stands twice are
refused, so that one reply can be read in one way only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

_SEQUENCE, _SET, _INTEGER, _OCTETS, _OID = 0x30, 0x31, 0x02, 0x04, 0x06
_FIELD_0, _FIELD_1 = 0xA0, 0xA1
_LONG_LENGTH, _LONG_TAG = 0x80, 0x1F

_SIGNED_DATA = "2a864886f70d010702"  # 1.2.840.113549.1.7.2
_TST_INFO = "2a864886f70d0109100104"  # 1.2.840.113549.1.9.16.1.4
_CONTENT_TYPE = "2a864886f70d010903"
_MESSAGE_DIGEST = "2a864886f70d010904"
_SIGNING_CERTIFICATE = "2a864886f70d010910020c"  # RFC 2634: by SHA-1
_SIGNING_CERTIFICATE_V2 = "2a864886f70d010910022f"  # RFC 5035
_SHA1 = "2b0e03021a"
_SHA256 = "608648016503040201"
_DIGESTS: dict[str, hashes.HashAlgorithm] = {
    _SHA256: hashes.SHA256(),
    "608648016503040202": hashes.SHA384(),
    "608648016503040203": hashes.SHA512(),
}
_RSA = "2a864886f70d010101"  # the digest is the one that the signer names
_RSA_WITH: dict[str, hashes.HashAlgorithm] = {
    "2a864886f70d01010b": hashes.SHA256(),
    "2a864886f70d01010c": hashes.SHA384(),
    "2a864886f70d01010d": hashes.SHA512(),
}
_ECDSA_WITH: dict[str, hashes.HashAlgorithm] = {
    "2a8648ce3d040302": hashes.SHA256(),
    "2a8648ce3d040303": hashes.SHA384(),
    "2a8648ce3d040304": hashes.SHA512(),
}


class BrokenToken(ValueError):
    """The bytes are not a reply that can be read or trusted; the words say why, without a capital or a full stop."""


class _Part(NamedTuple):
    tag: int
    whole: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Token:
    """What a reply holds. `status` is its PKIStatus (0 is granted); all else is empty or None unless a token came.

    `info` is the signed TSTInfo (DER), `certificates` those that came with it (DER), `signer` the one of them that the
    signature names. `imprint` is the digest that was stamped, as (object identifier in hex, hex digest). `in_order` is
    the reply with its certificates sorted as DER asks: OpenSSL writes them unsorted, stricter readers then refuse it,
    and their order is not signed.
    """

    status: int
    in_order: bytes = b""
    info: bytes = b""
    imprint: tuple[str, str] = ("", "")
    certificates: tuple[bytes, ...] = ()
    signer: x509.Certificate | None = None

    @property
    def sha256(self) -> str | None:
        """The SHA-256 digest (hex) that was stamped, or None when it was another kind of digest."""
        return self.imprint[1] if self.imprint[0] == _SHA256 else None


@dataclass(frozen=True, slots=True)
class _Signature:
    issuer: bytes
    serial: bytes
    digest: str
    attributes: dict[str, _Part]
    signed: bytes
    method: str
    value: bytes


def read_token(reply: bytes) -> Token:
    """Return what a reply holds, its signature checked with the certificate that came with it.

    Checked are: the content is a TSTInfo with the digest that was signed; the signature holds with the certificate of
    the one signer; and the signed attribute of RFC 5035 or RFC 2634 names exactly this certificate, so that no other
    of the same key can be put in its place. Whose certificate it is, is not asked here. Raises BrokenToken.
    """
    response = _parts(_only(reply, _SEQUENCE), _SEQUENCE)
    status = _parts(response[0].content, _INTEGER)[0].content
    if len(response) == 1:
        return Token(int.from_bytes(status))
    if len(response) != 2:
        raise BrokenToken("it has more parts than a reply has")
    token = _parts(_expect(response[1], _SEQUENCE), _OID, _FIELD_0)
    if token[0].content.hex() != _SIGNED_DATA or len(token) != 2:
        raise BrokenToken("it holds no signed data")
    parts = _parts(_only(token[1].content, _SEQUENCE), _INTEGER, _SET, _SEQUENCE)
    info = _info(parts[2].content)
    rest = {part.tag: part for part in parts[3:]}
    if len(rest) != len(parts) - 3 or not {_SET} <= rest.keys() <= {_SET, _FIELD_0, _FIELD_1}:
        raise BrokenToken("its signed data does not have the parts that it must have")
    certificates = tuple(part.whole for part in _elements(rest[_FIELD_0].content)) if _FIELD_0 in rest else ()
    signature = _signature(_only(rest[_SET].content, _SEQUENCE))
    signer = _signer(certificates, signature)
    _require_signed(info, signature, signer)
    return Token(
        status=int.from_bytes(status),
        in_order=_in_order(response[0], token[0], parts),
        info=info,
        imprint=_imprint(info),
        certificates=certificates,
        signer=signer,
    )


def _in_order(status: _Part, kind: _Part, parts: Sequence[_Part]) -> bytes:
    sorted_parts = [
        _written(_FIELD_0, *sorted(one.whole for one in _elements(part.content)))
        if part.tag == _FIELD_0
        else part.whole
        for part in parts
    ]
    signed_data = _written(_FIELD_0, _written(_SEQUENCE, *sorted_parts))
    return _written(_SEQUENCE, status.whole, _written(_SEQUENCE, kind.whole, signed_data))


def _written(tag: int, *contents: bytes) -> bytes:
    """Return one part in DER."""
    content = b"".join(contents)
    length = len(content)
    if length < _LONG_LENGTH:
        return bytes([tag, length]) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, _LONG_LENGTH + len(digits)]) + digits + content


def _elements(data: bytes) -> list[_Part]:
    """Split DER into the parts that stand in it one after another. Raises BrokenToken."""
    found = []
    at = 0
    while at < len(data):
        head = data[at : at + 2]
        if len(head) < 2 or head[0] & _LONG_TAG == _LONG_TAG:
            raise BrokenToken("it cannot be read: it is cut short or is something else")
        start, length = at + 2, head[1]
        if length & _LONG_LENGTH:
            count = length - _LONG_LENGTH
            digits = data[start : start + count]
            start, length = start + count, int.from_bytes(digits)
            shortest = 1 if length < _LONG_LENGTH else 1 + (length.bit_length() + 7) // 8
            if not 1 <= count <= 4 or len(digits) != count or shortest != 1 + count:
                raise BrokenToken("it cannot be read: a length in it is not written as it must be")
        end = start + length
        if end > len(data):
            raise BrokenToken("it is cut short, or a length in it was changed")
        found.append(_Part(head[0], data[at:end], data[start:end]))
        at = end
    return found


def _expect(part: _Part, tag: int) -> bytes:
    if part.tag != tag:
        raise BrokenToken("a part of it is not what must stand there")
    return part.content


def _parts(data: bytes, *tags: int) -> list[_Part]:
    """Split DER whose first parts must have these tags."""
    found = _elements(data)
    if tuple(part.tag for part in found[: len(tags)]) != tags:
        raise BrokenToken("a part of it is not what must stand there")
    return found


def _only(data: bytes, tag: int) -> bytes:
    """Return the content of the one part that `data` must be."""
    found = _parts(data, tag)
    if len(found) != 1:
        raise BrokenToken("something stands in it twice, or after its end")
    return found[0].content


def _info(content: bytes) -> bytes:
    kind, *wrapped = _parts(content, _OID, _FIELD_0)
    if kind.content.hex() != _TST_INFO or len(wrapped) != 1:
        raise BrokenToken("what it signs is not a time-stamp")
    return _only(wrapped[0].content, _OCTETS)


def _imprint(info: bytes) -> tuple[str, str]:
    parts = _parts(_only(info, _SEQUENCE), _INTEGER, _OID, _SEQUENCE)
    method, digest, *more = _parts(parts[2].content, _SEQUENCE, _OCTETS)
    if more:
        raise BrokenToken("something stands in it twice, or after its end")
    return _parts(method.content, _OID)[0].content.hex(), digest.content.hex()


def _signature(content: bytes) -> _Signature:
    parts = _parts(content, _INTEGER, _SEQUENCE, _SEQUENCE, _FIELD_0, _SEQUENCE, _OCTETS)
    if len(parts) > 7 or any(part.tag != _FIELD_1 for part in parts[6:]):
        raise BrokenToken("its signature does not have the parts that it must have")
    issuer, serial, *more = _parts(parts[1].content, _SEQUENCE, _INTEGER)
    attributes = {}
    listed = _elements(parts[3].content)
    for one in listed:
        kind, values, *others = _parts(_expect(one, _SEQUENCE), _OID, _SET)
        held = _elements(values.content)
        if others or len(held) != 1:
            raise BrokenToken("a signed attribute of it does not have exactly one value")
        attributes[kind.content.hex()] = held[0]
    if more or len(attributes) != len(listed):
        raise BrokenToken("something stands in it twice, or after its end")
    return _Signature(
        issuer=issuer.whole,
        serial=serial.content,
        digest=_parts(parts[2].content, _OID)[0].content.hex(),
        attributes=attributes,
        signed=bytes([_SET]) + parts[3].whole[1:],  # RFC 5652, 5.4: signed as a SET, whatever tag it is stored with
        method=_parts(parts[4].content, _OID)[0].content.hex(),
        value=parts[5].content,
    )


def _signer(certificates: Sequence[bytes], signature: _Signature) -> x509.Certificate:
    """Return the certificate that the signature names by issuer and serial, and by its digest."""
    for data in certificates:
        if not _is_named(data, signature.attributes):
            continue
        fields = _elements(_elements(_only(data, _SEQUENCE))[0].content)
        serial, _, issuer, *_ = fields[1:] if fields[0].tag == _FIELD_0 else fields  # the first may be the version
        if (issuer.whole, serial.content) != (signature.issuer, signature.serial):
            raise BrokenToken("it names one certificate in two ways that do not agree")
        try:
            return x509.load_der_x509_certificate(data)
        except (ValueError, x509.InvalidVersion) as error:
            raise BrokenToken("the certificate of its signer cannot be read") from error
    raise BrokenToken("the certificate of its signer did not come with it, or was changed; ask with certificates")


def _is_named(certificate: bytes, attributes: dict[str, _Part]) -> bool:
    if not attributes.keys() & {_SIGNING_CERTIFICATE, _SIGNING_CERTIFICATE_V2}:
        raise BrokenToken("its signature does not say with which certificate it was made")
    for kind in (_SIGNING_CERTIFICATE, _SIGNING_CERTIFICATE_V2):
        if kind not in attributes:
            continue
        first = _elements(_parts(_expect(attributes[kind], _SEQUENCE), _SEQUENCE)[0].content)[:1]
        parts = _elements(_expect(first[0], _SEQUENCE)) if first else []
        method = _SHA1 if kind == _SIGNING_CERTIFICATE else _SHA256
        if len(parts) > 1 and parts[0].tag == _SEQUENCE:
            method = _parts(parts.pop(0).content, _OID)[0].content.hex()
        if not parts or _expect(parts[0], _OCTETS) != _digest(method, certificate):
            return False
    return True


def _digest(method: str, data: bytes) -> bytes:
    if method == _SHA1:
        # Names one certificate among those of one key; the signature itself is never made over a SHA-1.
        return hashlib.sha1(data, usedforsecurity=False).digest()
    if method not in _DIGESTS:
        raise BrokenToken("it uses a kind of digest that is not known, or no longer safe")
    return hashlib.new(_DIGESTS[method].name, data).digest()


def _require_signed(info: bytes, signature: _Signature, signer: x509.Certificate) -> None:
    kind = signature.attributes.get(_CONTENT_TYPE)
    digest = signature.attributes.get(_MESSAGE_DIGEST)
    if kind is None or digest is None or _expect(kind, _OID).hex() != _TST_INFO:
        raise BrokenToken("its signature does not say what was signed")
    if signature.digest not in _DIGESTS or _expect(digest, _OCTETS) != _digest(signature.digest, info):
        raise BrokenToken("what it says is not what was signed: it was altered")
    try:
        key = signer.public_key()
        if isinstance(key, rsa.RSAPublicKey):
            method = _DIGESTS.get(signature.digest) if signature.method == _RSA else _RSA_WITH.get(signature.method)
            if method is not None:
                key.verify(signature.value, signature.signed, padding.PKCS1v15(), method)
                return
        elif isinstance(key, ec.EllipticCurvePublicKey) and signature.method in _ECDSA_WITH:
            key.verify(signature.value, signature.signed, ec.ECDSA(_ECDSA_WITH[signature.method]))
            return
    except InvalidSignature as error:
        raise BrokenToken("its signature does not hold: it was altered") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BrokenToken("the key of its signer cannot be read") from error
    raise BrokenToken("it is signed in a way that is not known (RSA with PKCS 1.5 and ECDSA are)")
