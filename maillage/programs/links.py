"""The link of an invitation: a random secret, signed with the installation's key. Only a hash of it is kept.

The signature lets a guessed link be refused before the database is asked.
"""

import hashlib
import secrets

from django.core import signing

_signer = signing.Signer(salt="programs.invitation")


def new_secret() -> tuple[str, str]:
    """A token for the link, and the hash to keep."""
    secret = secrets.token_urlsafe(32)
    return _signer.sign(secret), _digest(secret)


def hash_of(token: str) -> str | None:
    """The hash that was kept for `token`; None when the token was never made here."""
    try:
        return _digest(_signer.unsign(token))
    except signing.BadSignature:
        return None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
