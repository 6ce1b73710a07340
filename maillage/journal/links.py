"""The secret of a receiver's link: a random token, of which only the digest is kept."""

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """A token for the address, and the digest to keep."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """What is kept of a token; the digest of a guess matches nothing."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
