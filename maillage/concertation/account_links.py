"""The link by which a member without account opens one: signed, for one member and one e-mail, for fourteen days.

Nothing is kept of it: it opens as long as the member is one, has no account and has this e-mail.
"""

import hashlib
from datetime import timedelta

from django.core import signing
from django.urls import reverse

from maillage.core.public_address import public_url

from .models import Member

SALT = "concertation.account"
DAYS = 14


def account_link(member: Member) -> str:
    """The full address, for a message to the member's e-mail."""
    token = signing.dumps([member.pk, _mark(member.person.email)], salt=SALT)
    return public_url(reverse("concertation:account_link", args=[token]))


def member_of_link(token: str) -> tuple[Member | None, bool]:
    """The member of a link made here, and whether it still opens."""
    try:
        number, mark = signing.loads(token, salt=SALT)
        fresh = bool(signing.loads(token, salt=SALT, max_age=timedelta(days=DAYS)))
    except signing.SignatureExpired:
        fresh = False
    except (signing.BadSignature, ValueError, TypeError):
        return None, False
    found = Member.objects.select_related("person", "group").filter(pk=number).first()
    if found is None:
        return None, False
    return found, fresh and opens(found) and mark == _mark(found.person.email)


def opens(member: Member) -> bool:
    """Whether an account can be opened for this member now."""
    person = member.person
    return bool(person.email) and person.user_id is None and Member.objects.current().filter(pk=member.pk).exists()


def _mark(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:24]
