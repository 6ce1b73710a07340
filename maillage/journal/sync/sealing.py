"""Sealing: what a phone writes for the organization, that the phone itself cannot open again.

An ephemeral P-256 key agrees with the organization's public key (ECDH); HKDF-SHA-256 draws an AES-256-GCM key from the
shared secret. The envelope is the ephemeral point (65 bytes), the nonce (12) and the ciphertext with its tag. It is
bound to one operation by the associated data. (NIST SP 800-56A, RFC 5869; the construction is that of ECIES.)
"""

import base64
import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from maillage.core.private_file import make_once

POINT, NONCE = 65, 12
CURVE = ec.SECP256R1()
Keys = dict[str, tuple[ec.EllipticCurvePrivateKey, bytes]]  # by identifier, each with its public point


class Unopenable(Exception):
    """The envelope is damaged, was sealed for a key that is not held, or for another operation."""


def seal(plain: bytes, bound_to: bytes, recipient: bytes) -> bytes:
    """An envelope for the public point `recipient`: what a device does, here for tests, demonstration and tools."""
    ephemeral = ec.generate_private_key(CURVE)
    point = _point(ephemeral.public_key())
    nonce = os.urandom(NONCE)
    shared = ephemeral.exchange(ec.ECDH(), public_from(recipient))
    return point + nonce + AESGCM(_key(shared, point, recipient)).encrypt(nonce, plain, bound_to)


def unseal(envelope: bytes, bound_to: bytes, key_id: str) -> bytes:
    """What was sealed. Raises `Unopenable`."""
    held = _private_keys().get(key_id)
    if held is None or len(envelope) < POINT + NONCE + 16:
        raise Unopenable
    private, recipient = held
    point, nonce, sealed = envelope[:POINT], envelope[POINT : POINT + NONCE], envelope[POINT + NONCE :]
    try:
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
        return AESGCM(_key(shared, point, recipient)).decrypt(nonce, sealed, bound_to)
    except (ValueError, InvalidTag) as error:
        raise Unopenable from error


def sealing_key() -> tuple[str, bytes]:
    """The identifier and the public point of the key for which devices seal now: the newest that is held."""
    key_id, (_private, point) = list(_private_keys().items())[-1]
    return key_id, point


def signature_holds(public_key: bytes, signature: bytes, text: bytes) -> bool:
    """Whether `signature` (r and s, 32 bytes each, as WebCrypto writes them) was made over `text` by this key."""
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        der = utils.encode_dss_signature(r, s)
        public_from(public_key).verify(der, text, ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


@lru_cache(maxsize=4096)
def public_from(point: bytes) -> ec.EllipticCurvePublicKey:
    """The public key of an uncompressed point of P-256. Raises `ValueError` where it is not on the curve."""
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Bytes of base64url text, with or without padding. Raises `ValueError` for anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _key(shared: bytes, point: bytes, recipient: bytes) -> bytes:
    info = b"maillage/1 seal" + point + recipient
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(shared)


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _private_keys() -> Keys:
    path = Path(settings.SEALING_KEYS)
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        _make(path)
        changed = path.stat().st_mtime_ns
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Keys:
    found = {}
    for block in path.read_text().split("-----END PRIVATE KEY-----")[:-1]:
        pem = f"{block.strip()}\n-----END PRIVATE KEY-----\n".encode()
        private = serialization.load_pem_private_key(pem, None)
        point = _point(private.public_key())
        found[sha256(point).hexdigest()[:16]] = private, point
    return found


def _make(path: Path) -> None:
    private = ec.generate_private_key(CURVE)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    make_once(path, pem)
