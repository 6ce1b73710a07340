"""What somebody who registered is written: their place, the place that frees, that they gave up; their link again."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.concertation.models import Registration
from maillage.concertation.registering import arrival_code, place_in_line
from maillage.core.public_address import public_url
from maillage.core.services import queue_mail


def tell_placed(*, registration: Registration) -> None:
    """Say to somebody what their registration came to: a place, or the waiting list."""
    _tell(registration, "placed", f"registration.{registration.uid}.placed")


def tell_promoted(*, registration: Registration) -> None:
    """Say to somebody who waited that they have a place."""
    _tell(registration, "promoted", f"registration.{registration.uid}.promoted")


def tell_withdrawn(*, registration: Registration) -> None:
    """Say to somebody that their registration is taken back."""
    _tell(registration, "withdrawn", f"registration.{registration.uid}.withdrawn")


def send_link_again(*, registration: Registration) -> None:
    """Send the link of a registration to its own address once more, once an hour at most."""
    _tell(registration, "again", f"registration.{registration.uid}.link.{timezone.now():%Y%m%d%H}")


def _tell(registration: Registration, what: str, event: str) -> None:
    person = registration.person
    to = registration.email or (person.email if person else "")
    if not to:
        return
    language = person.user.language if person is not None and person.user is not None else "fr-ca"
    with translation.override(language):
        subjects = {
            "placed": _("Votre inscription : %s"),
            "again": _("Votre inscription : %s"),
            "promoted": _("Une place s'est libérée pour vous : %s"),
            "withdrawn": _("Inscription retirée : %s"),
        }
        shown = {
            "what": what,
            "registration": registration,
            "meeting": registration.meeting,
            "line": place_in_line(registration),
            "code": arrival_code(registration),
            "link": public_url(reverse("concertation:registration", args=[registration.uid])),
        }
        text = render_to_string("concertation/mail/registration.txt", shown)
        subject = subjects[what] % registration.meeting.title
    queue_mail(event=event, to=to, subject=subject, text=text, language=language)
