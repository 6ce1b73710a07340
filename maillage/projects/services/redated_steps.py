"""A day was written wrong: the step of a project or the passage of an application is given its own, and what bears it follows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.core.typography import day
from maillage.projects.applying import had_ended
from maillage.projects.enums import ApplicationState, ProjectStage
from maillage.projects.grant_books import refuse_days
from maillage.projects.grant_rights import can_decide
from maillage.projects.models import Application, ApplicationStep, FinalReport, Project, ProjectStep
from maillage.projects.permissions import can_edit_project

from .application_steps import held_application
from .grants import refuse_decision_day
from .projects import held_project

_DECIDED = (ApplicationState.GRANTED, ApplicationState.REFUSED, ApplicationState.DEFERRED)


@transaction.atomic
def redate_stage(*, actor: Any, step: ProjectStep, on: date) -> ProjectStep:
    """Correct the day of a step of a project, between the steps around it; the beginning and the end that it gave follow.

    Raises `NotAllowed`, or `Refused` for a day that is to come or out of order.
    """
    require(can_edit_project(actor, step.project))
    held = held_project(pk=step.project_id)
    steps = list(held.steps.all())
    found = next(one for one in steps if one.pk == step.pk)
    place = steps.index(found)
    _refuse_out_of_order(on, steps[:place], steps[place + 1 :])
    before, found.on = found.on, on
    found.save(update_fields=["on"])
    _dates_follow(held, found.after, before, on)
    audit(actor=actor, verb="projects.stage_redated", obj=held, changes={"on": [str(before), str(on)]})
    return found


def _dates_follow(project: Project, stage: str, before: date, on: date) -> None:
    ends = (ProjectStage.HANDED_OVER, ProjectStage.ENDED)
    name = "started_on" if stage == ProjectStage.UNDER_WAY else "ended_on" if stage in ends else ""
    if name and getattr(project, name) == before:
        setattr(project, name, on)
        project.full_clean()
        project.save(update_fields=[name, "updated_at"])


@transaction.atomic
def redate_passage(*, actor: Any, step: ApplicationStep, on: date) -> ApplicationStep:
    """Correct the day of a passage of an application, between those around it; the decision, the letter or the report follow.

    Raises `NotAllowed`, or `Refused`: a day to come or out of order, an application submitted on line, money that would have moved
    too early.
    """
    require(can_decide(actor, step.application))
    held = held_application(application=step.application)
    steps = list(held.steps.all())
    found = next(one for one in steps if one.pk == step.pk)
    came = found.after == ApplicationState.SUBMITTED and found.before == ApplicationState.DRAFT
    if found.after == ApplicationState.DRAFT or (came and held.received_on is None):
        raise Refused(_("Une demande déposée en ligne garde le jour où elle l'a été ; sur papier, corrigez son dépôt."))
    _refuse_out_of_order(on, *_around(found, steps))
    before, found.on = found.on, on
    found.save(update_fields=["on"])
    if came:
        _received(held, before, on)
    else:
        _facts_follow(held, found, before, on)
    refuse_days(held)
    audit(actor=actor, verb="projects.application_redated", obj=held, changes={"on": [str(before), str(on)]})
    return found


def _around(
    found: ApplicationStep, steps: Sequence[ApplicationStep]
) -> tuple[list[ApplicationStep], list[ApplicationStep]]:
    """The passages before and after which `found` stands. Handing over is paperwork; what came on paper was no draft."""
    left_out = (ApplicationState.REVIEWED, ApplicationState.DRAFT)
    others = [one for one in steps if one.after not in left_out]
    earlier = [one for one in others if one.pk < found.pk]
    later = [one for one in others if one.pk > found.pk]
    return earlier, [] if found.after == ApplicationState.REVIEWED else later


def _refuse_out_of_order(
    on: date, earlier: Sequence[ProjectStep | ApplicationStep], later: Sequence[ProjectStep | ApplicationStep]
) -> None:
    if on > timezone.localdate():
        raise Refused(_("Ce jour est à venir : donnez celui où c'est arrivé."))
    if on.year < 1900:
        raise Refused(_("Vérifiez l'année : elle se situe entre 1900 et 2100."))
    if earlier and on < earlier[-1].on:
        told = {"state": earlier[-1].get_after_display(), "day": day(earlier[-1].on)}
        raise Refused(_("C'est avant l'étape « %(state)s », du %(day)s : vérifiez la date.") % told)
    if later and on > later[0].on:
        told = {"state": later[0].get_after_display(), "day": day(later[0].on)}
        raise Refused(_("C'est après l'étape « %(state)s », du %(day)s : vérifiez la date.") % told)


def _received(held: Application, before: date, on: date) -> None:
    """An application on paper came on another day, within its call or as late as it was."""
    call = held.call
    if on < call.opens_on:
        raise Refused(_("L'appel a ouvert le %s : une demande ne peut pas être arrivée avant.") % day(call.opens_on))
    if on > call.closes_on >= before:
        raise Refused(
            _("L'appel a fermé le %s : elle n'est pas inscrite comme arrivée en retard.") % day(call.closes_on)
        )
    held.received_on = held.submitted_on = on
    held.save(update_fields=["received_on", "submitted_on"])
    held.steps.filter(after=ApplicationState.DRAFT).update(on=on)


def _facts_follow(held: Application, found: ApplicationStep, before: date, on: date) -> None:
    """What bears the day of this passage: the decision, the letter, the report."""
    payments = held.payments.filter(cancelled_at=None).order_by("on", "id")
    first, last = payments.first(), payments.last()
    if found.after in _DECIDED:
        _decision_follows(held, before, on)
    elif found.after == ApplicationState.AGREED and found.before == ApplicationState.GRANTED:
        if first is not None and on > first.on:
            raise Refused(_("Un versement a été fait le %s : la lettre était signée avant.") % day(first.on))
        held.agreed_on = on
        held.save(update_fields=["agreed_on"])
    elif found.after == ApplicationState.REPORTED:
        FinalReport.objects.filter(application=held, submitted_on=before).update(submitted_on=on)
    elif found.after == ApplicationState.CLOSED:
        if last is not None and on < last.on:
            raise Refused(_("Le dernier mouvement est du %s : la demande se ferme ce jour-là ou après.") % day(last.on))
        FinalReport.objects.filter(application=held).update(accepted_on=on)


def _decision_follows(held: Application, before: date, on: date) -> None:
    refuse_decision_day(held=held, on=on)
    decision = held.decisions.filter(decided_on=before).order_by("id").last()
    if decision is None:
        return
    amendment = held.amendments.order_by("decided_on", "id").first()
    if amendment is not None and on > amendment.decided_on:
        raise Refused(_("Un avenant est du %s : la décision le précède.") % day(amendment.decided_on))
    if decision.amount and had_ended(held.group, on):
        raise Refused(_("Le groupe « %s » était terminé ce jour-là : vérifiez la date.") % held.group)
    decision.decided_on = on
    decision.save(update_fields=["decided_on"])
