"""Those who manage a fund receive an application: they send it back for precisions, or hand it to the committee."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.projects.applying import can_receive_application
from maillage.projects.models import Application

from .application_mail import tell_carriers
from .application_steps import held_application, make_pass


@transaction.atomic
def return_application(*, actor: Any, application: Application, missing: str) -> Application:
    """Ask those who carry the project for precisions, and say which; they are told. Raises `NotAllowed`, `Refused`."""
    held = held_application(application=application)
    require(can_receive_application(actor, held))
    said = missing.strip()
    if not said:
        raise Refused(_("Dites ce qu'il faut préciser : le groupe le lira tel quel."))
    make_pass(actor=actor, application=held, code="return", words=said, missing=said)
    tell_carriers(application=held)
    return held


@transaction.atomic
def hand_to_committee(*, actor: Any, application: Application) -> Application:
    """Give a submitted or deferred application to the committee of its fund. Raises `NotAllowed`, `Refused`."""
    held = held_application(application=application)
    require(can_receive_application(actor, held))
    if held.call.fund.committee is None:
        raise Refused(_("Cette mesure n'a pas encore de comité : nommez-le d'abord dans la mesure."))
    return make_pass(actor=actor, application=held, code="review")
