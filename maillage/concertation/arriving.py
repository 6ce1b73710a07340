"""The door of a meeting: the secret of its QR code, the hours when it opens, how somebody is found by a code or an address."""

import secrets
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.text import fold

from .enums import MeetingState
from .models import Meeting, Registration
from .registering import LIVE, arrival_code

OPENS_BEFORE, CLOSES_AFTER = timedelta(hours=1), timedelta(hours=2)


def new_secret() -> str:
    """What stands in the address of a door: nobody guesses it."""
    return secrets.token_urlsafe(16)


def why_door_is_shut(meeting: Meeting) -> str:
    """Why nobody can say their arrival now, in a sentence; nothing while the door is open."""
    if meeting.state == MeetingState.CANCELLED:
        return _("Cette rencontre est annulée.")
    if meeting.starts_at is None or meeting.ends_at is None:
        return _("La date de cette rencontre n'est pas encore choisie.")
    now = timezone.now()
    if now < meeting.starts_at - OPENS_BEFORE:
        return _("C'est trop tôt : cette page ouvre une heure avant la rencontre.")
    if now > meeting.ends_at + CLOSES_AFTER:
        return _("Cette rencontre est terminée : les arrivées ne se notent plus ici.")
    return ""


def registration_at_door(meeting: Meeting, typed: str) -> Registration | None:
    """The registration of who gives this code or this address; None for what finds nobody, or several."""
    typed = fold(typed)
    live = meeting.registrations.filter(state__in=LIVE).order_by("rank")
    if "@" in typed:
        return live.filter(email=typed).first()
    code = "".join(typed.split()).upper()
    found = [one for one in live.only("uid", "meeting") if arrival_code(one) == code]
    return live.get(pk=found[0].pk) if len(found) == 1 else None
