"""What a signed-in page tells the device so that it opens the person's drafts without asking for a PIN."""

from typing import Any

from django.utils.crypto import salted_hmac

SALT = "maillage.journal.vault"


def vault_secret(user: Any) -> str:
    """A secret of this person in this installation, in hexadecimal. It stands in no-store pages and is never kept on
    the device: without a session, only the PIN opens what the device keeps."""
    return salted_hmac(SALT, str(user.pk), algorithm="sha256").hexdigest()
