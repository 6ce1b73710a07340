"""A queued message as it leaves: its headers, its text and what goes with it (RFC 2369, RFC 3834, RFC 8058)."""

from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from maillage.core.models import OutgoingMail

from .links import choices_address


def message_of(mail: OutgoingMail) -> EmailMessage:
    """The message to send. What may be declined says how, in its text and in headers that mail programs show as a button."""
    headers = {
        "Message-ID": message_id(mail.uid),
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
        "From": settings.DEFAULT_FROM_EMAIL,
    }
    text = mail.text
    if mail.topic:
        address = choices_address(mail)
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        text = f"{text.rstrip()}\n\n-- \n{_footer(mail.language)}\n{address}\n"
    sender = settings.EMAIL_BOUNCES or settings.DEFAULT_FROM_EMAIL
    message = EmailMessage(mail.subject, text, from_email=sender, to=[mail.to], headers=headers)
    for attachment in mail.attachments:
        message.attach(attachment["name"], attachment["text"], attachment["type"])
    return message


def message_id(uid: UUID) -> str:
    """What names a message in the world of mail, drawn from its own number: a bounce that cites it is known by it."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "maillage.invalid"
    return f"<{uid.hex}@{domain}>"


def _footer(language: str) -> str:
    with translation.override(language):
        return _("Choisir les messages que vous recevez, ou n'en plus recevoir :")
