"""Sealing and signing of a device, written from the protocol's page alone: nothing of the server's is used."""

import base64
import os
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SIGNED = ("op", "seq", "entry", "kind", "base", "program", "schema", "made", "seal", "body")


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Bytes of base64url text without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def uuid4(random: Random) -> str:
    """A random UUID drawn from the seed."""
    return str(UUID(int=random.getrandbits(128), version=4))


def uuid7(random: Random, milliseconds: int) -> str:
    """A UUID that begins with a time (RFC 9562)."""
    value = (milliseconds & (2**48 - 1)) << 80 | random.getrandbits(80)
    value = value & ~(0xF << 76) | (7 << 76)
    value = value & ~(0x3 << 62) | (2 << 62)
    return str(UUID(int=value))


@dataclass
class Keys:
    """The key pair of a device."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def public(self) -> str:
        return b64(point(self.private.public_key()))

    def sign(self, device: str, operation: dict[str, object]) -> str:
        """r ‖ s over the lines of the operation."""
        lines = "\n".join(["maillage/1", device, *(str(operation[name]) for name in SIGNED)])
        r, s = utils.decode_dss_signature(self.private.sign(lines.encode(), ec.ECDSA(hashes.SHA256())))
        return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def seal(plain: bytes, bound: bytes, recipient: str) -> str:
    """The sealed body of an operation."""
    theirs = unb64(recipient)
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    ours = point(ephemeral.public_key())
    shared = ephemeral.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    info = b"maillage/1 seal" + ours + theirs
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(shared)
    nonce = os.urandom(12)
    return b64(ours + nonce + AESGCM(key).encrypt(nonce, plain, bound))


def point(public: ec.EllipticCurvePublicKey) -> bytes:
    """The uncompressed point of a public key."""
    return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
