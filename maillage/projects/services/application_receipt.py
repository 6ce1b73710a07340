"""Those who manage a fund receive an application: they send it back for precisions, or hand it to the committee."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.projects.applying import can_receive_application
from maillage.projects.identities import names_around, refuse_identities
from maillage.projects.models import Application

from .application_mail import tell_carriers
from .application_steps import held_application, make_pass


@transaction.atomic
def return_application(*, actor: Any, application: Application, missing: str, on: date | None = None) -> Application:
    """Ask those who carry the project for precisions (today by default), and say which; they are told.

    Raises `NotAllowed`, `Refused`, `ValidationError` (words that say who somebody is).
    """
    held = held_application(application=application)
    require(can_receive_application(actor, held))
    said = missing.strip()
    if not said:
        raise Refused(_("Dites ce qu'il faut préciser : le groupe le lira tel quel."), on="missing")
    refuse_identities({"missing": said}, known=lambda: names_around(held), confirmed=None)
    make_pass(actor=actor, application=held, code="return", on=on, words=said, missing=said)
    tell_carriers(application=held, on=on or timezone.localdate())
    return held


@transaction.atomic
def hand_to_committee(*, actor: Any, application: Application, on: date | None = None) -> Application:
    """Give a submitted or deferred application to the committee of its fund (today by default). Raises `NotAllowed`, `Refused`."""
    held = held_application(application=application)
    require(can_receive_application(actor, held))
    if held.call.fund.committee is None:
        raise Refused(_("Cette mesure n'a pas encore de comité : nommez-le d'abord dans la mesure."))
    return make_pass(actor=actor, application=held, code="review", on=on)
