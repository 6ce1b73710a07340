"""An application that came on paper, of a call that may be long past: the keepers of the fund write it for the group."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import write
from maillage.core.typography import day
from maillage.projects.applying import had_ended, refuse_another_program
from maillage.projects.enums import ProjectStage
from maillage.projects.identities import names_of, refuse_identities
from maillage.projects.models import Application, ApplicationStep, Call, Project
from maillage.projects.permissions import can_manage_fund

from .applications import WORDS, proposed_words

RECORDED, EDITED = "projects.application_recorded", "projects.application_edited"


@transaction.atomic
def record_application(
    *, actor: Any, project: Project, call: Call, received_on: date, late_because: str = ""
) -> Application:
    """Begin to write an application that came on paper on a day, for those who carry `project`; what the project says is proposed.

    Raises `NotAllowed`, `Refused` (a project that the actor does not see, a day to come or outside of the call: late only with
    the reason why it was taken; a project or a group that had ended), `ValidationError` (the project already
    applies to it, or is of another programme; a reason that says who somebody is).
    """
    require(can_manage_fund(actor, call.fund))
    if not Project.objects.visible_to(actor).filter(pk=project.pk).exists():
        raise Refused(_("Ce projet n'existe pas, ou vous n'y avez pas accès."))
    held = Project.objects.select_for_update(of=("self",)).select_related("group", "promoter").get(pk=project.pk)
    reason = " ".join(late_because.split())
    refuse_another_program(held, call)
    _check_day(call, received_on, reason)
    refuse_identities({"late_because": reason}, known=lambda: names_of(held), confirmed=None)
    _check_living(held, received_on)
    application = Application(call=call, project=held, group=held.group, received_on=received_on)
    values = {"payee": held.promoter, **proposed_words(actor=actor, project=held)}
    written = write(actor=actor, obj=application, values=values, new=RECORDED, changed=EDITED, secret=WORDS).obj
    words = _("Reçue sur papier, en retard : %s") % reason if received_on > call.closes_on else _("Reçue sur papier.")
    ApplicationStep.objects.create(
        application=written, after=written.state, on=received_on, words=words, by_label=str(actor)[:200]
    )
    return written


def _check_day(call: Call, on: date, reason: str) -> None:
    if on > timezone.localdate():
        raise Refused(
            _("La demande serait reçue un jour à venir : donnez le jour où elle est arrivée."), on="received_on"
        )
    if on < call.opens_on:
        raise Refused(
            _("L'appel a ouvert le %s : une demande ne peut pas être arrivée avant.") % day(call.opens_on),
            on="received_on",
        )
    if call.fund.end is not None and on > call.fund.end:
        raise Refused(
            _("La mesure a pris fin le %s : elle ne reçoit plus de demande après.") % day(call.fund.end),
            on="received_on",
        )
    if on > call.closes_on and not reason:
        raise Refused(
            _("L'appel a fermé le %s : dites pourquoi cette demande est prise en retard.") % day(call.closes_on),
            on="late_because",
        )
    if len(reason) > 500:
        raise Refused(_("La raison du retard compte plus de 500 caractères : raccourcissez-la."), on="late_because")


def _check_living(project: Project, on: date) -> None:
    if project.stage == ProjectStage.ENDED and (project.ended_on is None or project.ended_on <= on):
        raise Refused(_("Ce projet était terminé ce jour-là : vérifiez la date, ou reprenez-le."))
    if project.group is not None and had_ended(project.group, on):
        raise Refused(_("Le groupe « %s » était terminé ce jour-là : vérifiez la date.") % project.group.name)
