"""A time-stamp authority in miniature, for tests: signs what a real one would sign, and anything that it would not.

Written from RFC 3161 and RFC 5652 without the code that is tested, and without openssl.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

STAMPED_AT = datetime(2031, 5, 5, 8, 30, 15, tzinfo=UTC)
POLICY = "1.3.6.1.4.1.99999.7"
SERIAL = 2031
_DAY = timedelta(days=1)
_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def der(tag: int, *contents: bytes) -> bytes:
    """Return one part in DER."""
    content = b"".join(contents)
    length = len(content)
    digits = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag]) + (bytes([length]) if length < 128 else bytes([128 + len(digits)]) + digits) + content


def oid(dotted: str) -> bytes:
    """Return an object identifier in DER."""
    first, second, *rest = (int(number) for number in dotted.split("."))
    data = [first * 40 + second]
    for number in rest:
        digits = [number & 127]
        while number := number >> 7:
            digits.append(128 | number & 127)
        data += reversed(digits)
    return der(0x06, bytes(data))


def integer(number: int) -> bytes:
    """Return a whole number from 0 on in DER."""
    return der(0x02, number.to_bytes(number.bit_length() // 8 + 1))


SHA256 = der(0x30, oid("2.16.840.1.101.3.4.2.1"), der(0x05))
_SIGNED_DATA, _TST_INFO = oid("1.2.840.113549.1.7.2"), oid("1.2.840.113549.1.9.16.1.4")


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass(frozen=True)
class Signer:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: _Key

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate in PEM."""
        return self.certificate.public_bytes(Encoding.PEM)


@cache
def _key(name: str, kind: str) -> _Key:
    """Return a new key; `name` keeps keys apart."""
    assert name
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def root(name: str = "Invented Root", *, kind: str = "rsa") -> Signer:
    """Return a root certificate that anybody may trust for a hundred years."""
    key = _key(name, kind)
    builder = _builder(name, name, key, STAMPED_AT - 3650 * _DAY, STAMPED_AT + 36500 * _DAY)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return Signer(builder.sign(key, hashes.SHA256()), key)


def _builder(subject: str, issuer: str, key: _Key, since: datetime, until: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(int(hashlib.sha256(subject.encode()).hexdigest()[:12], 16))
        .not_valid_before(since)
        .not_valid_after(until)
    )


def authority(
    issuer: Signer,
    name: str = "Invented Time-Stamps",
    *,
    kind: str = "rsa",
    since: datetime = STAMPED_AT - 300 * _DAY,
    until: datetime = STAMPED_AT + 300 * _DAY,
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
) -> Signer:
    """Return a certificate for time-stamps, with its key, that `issuer` signed."""
    key = _key(name, kind)
    common = issuer.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    builder = _builder(name, str(common), key, since, until)
    builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return Signer(builder.sign(issuer.key, hashes.SHA256()), key)


def info(digest: str, *, time: datetime = STAMPED_AT, algorithm: bytes = SHA256) -> bytes:
    """Return what is signed (TSTInfo)."""
    return der(
        0x30,
        integer(1),
        oid(POLICY),
        der(0x30, algorithm, der(0x04, bytes.fromhex(digest))),
        integer(SERIAL),
        der(0x18, time.strftime("%Y%m%d%H%M%SZ").encode()),
    )


def reply(digest: str, signer: Signer, *others: Signer, status: int = 0, signed: bytes | None = None) -> bytes:
    """Return the reply of an authority for a digest (hex); `others` are certificates that come along.

    `signed` is signed in place of what should be.
    """
    content = info(digest) if signed is None else signed
    attributes = _attributes(content, signer)
    signer_info = der(
        0x30,
        integer(1),
        der(0x30, signer.certificate.issuer.public_bytes(), integer(signer.certificate.serial_number)),
        SHA256,
        der(0xA0, attributes),
        _method(signer),
        der(0x04, _sign(signer, der(0x31, attributes))),
    )
    signed_data = der(
        0x30,
        integer(3),
        der(0x31, SHA256),
        der(0x30, _TST_INFO, der(0xA0, der(0x04, content))),
        der(0xA0, *sorted(one.der for one in (signer, *others))),
        der(0x31, signer_info),
    )
    return der(0x30, der(0x30, integer(status)), der(0x30, _SIGNED_DATA, der(0xA0, signed_data)))


def refusal(status: int = 2) -> bytes:
    """Return the reply of an authority that gives no time-stamp."""
    return der(0x30, der(0x30, integer(status)))


def _attributes(content: bytes, signer: Signer) -> bytes:
    named = der(0x30, der(0x30, der(0x30, der(0x04, hashlib.sha256(signer.der).digest()))))
    values = {
        "1.2.840.113549.1.9.3": _TST_INFO,
        "1.2.840.113549.1.9.4": der(0x04, hashlib.sha256(content).digest()),
        "1.2.840.113549.1.9.16.2.47": named,
    }
    return b"".join(sorted(der(0x30, oid(kind), der(0x31, value)) for kind, value in values.items()))


def _method(signer: Signer) -> bytes:
    if isinstance(signer.key, rsa.RSAPrivateKey):
        return der(0x30, oid("1.2.840.113549.1.1.11"), der(0x05))
    return der(0x30, oid("1.2.840.10045.4.3.2"))


def _sign(signer: Signer, data: bytes) -> bytes:
    if isinstance(signer.key, rsa.RSAPrivateKey):
        return signer.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return signer.key.sign(data, ec.ECDSA(hashes.SHA256()))
