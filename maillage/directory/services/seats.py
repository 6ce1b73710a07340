"""People as higher floors seat them somewhere: found or made by their e-mail, and tied to the account that bears it.

Who may seat somebody is the higher floor's to say; it has checked it.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q

from maillage.accounts.models import User
from maillage.core.services import audit, write
from maillage.directory.models import Person


@transaction.atomic
def person_of(*, actor: Any, name: str, email: str = "") -> Person:
    """The person of this e-mail, else a new one, tied to the active account of the e-mail when nobody has it yet.

    Without e-mail, a new person: a name alone tells nobody apart. The name of a person who is known is left as it is.
    """
    email = email.strip().lower()
    known = Q(email__iexact=email) | Q(user__email__iexact=email)
    found = Person.objects.filter(known).order_by("user_id", "pk").first() if email else None
    person = (
        found
        or write(
            actor=actor,
            obj=Person(),
            values={"name": " ".join(name.split()), "email": email},
            new="directory.person_added",
            changed="directory.person_edited",
        ).obj
    )
    user = User.objects.filter(email__iexact=email, is_active=True).first() if email else None
    if user is not None and person.user_id is None:
        link_account(user=user, person=person)
    return person


@transaction.atomic
def link_account(*, user: User, person: Person | None = None) -> Person | None:
    """Tie an account to `person`, else to the one person who bears its e-mail and has no account.

    Nothing is done when the account is already somebody's, or when several people bear the e-mail.
    """
    if Person.objects.filter(user=user).exists():
        return None
    if person is None:
        same = list(Person.objects.filter(email__iexact=user.email, user=None).order_by("pk")[:2])
        person = same[0] if len(same) == 1 else None
    if person is None or person.user_id is not None:
        return None
    person.user = user
    person.full_clean()
    person.save(update_fields=["user", "updated_at"])
    audit(actor=user, verb="directory.person_linked", obj=person)
    return person
