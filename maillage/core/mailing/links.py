"""The address by which whoever holds a message chooses what is written to them, without account.

It names the message, never the person: an e-mail address stands in no address of a page.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from maillage.core.models import OutgoingMail
from maillage.core.public_address import public_url

_signer = Signer(salt="core.mail_choices")


def choices_address(mail: OutgoingMail) -> str:
    """The full address of the choices of whoever `mail` is written to."""
    return public_url(reverse("core:mail_choices", args=[_signer.sign(mail.uid.hex)]))


def mail_of(token: str) -> OutgoingMail | None:
    """The message that an address names; None when it names none (any more)."""
    try:
        return OutgoingMail.objects.filter(uid=UUID(_signer.unsign(token))).first()
    except (BadSignature, ValueError):
        return None
