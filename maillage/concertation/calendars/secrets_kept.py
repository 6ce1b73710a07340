"""What the database keeps of the secret of an address that calendars follow."""

from hashlib import sha256


def digest_of(secret: str) -> str:
    """The hash of a secret: it is found by it, and nobody reads it back."""
    return sha256(secret.encode()).hexdigest()
