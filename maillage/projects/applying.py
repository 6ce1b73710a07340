"""Who asks a fund for support of a project, in which calls, and until when an application may be changed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import ANIMATING, GroupState
from maillage.concertation.models import Group, Member
from maillage.core.decision import YES, Decision, no
from maillage.programs.models import Membership

from .enums import ApplicationState, ProjectRole, ProjectStage
from .models import Application, Call, Project
from .permissions import can_carry_application, can_edit_project, can_manage_fund

# Where those who ask may still write.
WRITTEN = (ApplicationState.DRAFT, ApplicationState.RETURNED)


def can_apply(actor: Any, project: Project) -> Decision:
    """Prepare an application: those who carry the project, as long as it and its group live."""
    if not can_edit_project(actor, project):
        return no(_("Demander un soutien revient à qui porte le projet : ses responsables, l'animation du groupe."))
    return lives(project)


def lives(project: Project) -> Decision:
    """Whether support may still be asked for `project`: it has not ended, nor its group."""
    if project.stage == ProjectStage.ENDED:
        return no(_("Ce projet est terminé : reprenez-le avant de demander un soutien."))
    if project.group is not None and project.group.state == GroupState.ENDED:
        return no(_("Le groupe « %s » est terminé : il ne demande plus de soutien.") % project.group.name)
    return YES


def is_of_its_program(project: Project, call: Call) -> bool:
    """Whether `project` is of the programme of the fund of `call`, or its group is; one of no programme at all is of none other."""
    own = {project.program_id} if project.program_id else set()
    if project.group is not None:
        own |= set(project.group.programs.order_by().values_list("pk", flat=True))
    return not own or call.fund.program_id in own


def of_another_program(call: Call) -> str:
    """Why a project of another programme does not answer `call`."""
    told = {"fund": call.fund.name, "program": call.fund.program.name}
    return (
        _(
            "« %(fund)s » soutient les projets du programme « %(program)s » ; celui-ci n'en est pas. Choisissez un autre appel."
        )
        % told
    )


def refuse_another_program(project: Project, call: Call) -> None:
    """Raise `ValidationError` on `call` when `project` is of another programme than its fund."""
    if not is_of_its_program(project, call):
        raise ValidationError({"call": of_another_program(call)})


def had_ended(group: Group | None, on: date) -> bool:
    """Whether `group` lived no longer on a day: its end is that day or before, or it ended on a day that nobody said."""
    return group is not None and group.state == GroupState.ENDED and (group.ended_on is None or group.ended_on <= on)


def can_write_application(actor: Any, application: Application, carries: bool | None = None) -> Decision:
    """Change an application: those who carry it, before it is submitted or while it is to be completed.

    `carries` says whether `actor` carries it, when it was read.
    """
    if not (can_carry_application(actor, application) if carries is None else carries):
        return no(_("Écrire cette demande revient à qui porte le projet."))
    if application.state not in WRITTEN:
        said = application.get_state_display().lower()
        return no(_("Cette demande est %s : elle ne se change plus.") % said)
    return YES


def can_receive_application(actor: Any, application: Application) -> Decision:
    """Send an application back for precisions or hand it to the committee: those who manage the fund."""
    return can_manage_fund(actor, application.call.fund)


def projects_carried(actor: Any) -> QuerySet[Project]:
    """The living projects for which `actor` may ask support: what `can_apply` says, in one query."""
    living = Project.objects.exclude(stage=ProjectStage.ENDED).exclude(group__state=GroupState.ENDED)
    if actor.is_administrator:
        return living
    groups = Member.objects.current().filter(person__user_id=actor.pk, role__in=ANIMATING).order_by().values("group")
    mine = Membership.objects.current().filter(user=actor, role="coordinator").order_by().values("program")
    led = Q(people__person__user_id=actor.pk, people__role=ProjectRole.LEAD)
    keys = Project.objects.filter(led | Q(group__in=groups) | Q(program__in=mine)).order_by().values("pk")
    return living.filter(pk__in=keys)


def calls_to_answer(day: date | None = None) -> QuerySet[Call]:
    """The calls for which an application may be prepared on `day` (today): open or to come, of funds that still live."""
    today = day or timezone.localdate()
    living = Q(fund__end=None) | Q(fund__end__gte=today)
    return Call.objects.filter(living, closes_on__gte=today).select_related("fund").order_by("closes_on", "id")


def is_open(call: Call, day: date | None = None) -> bool:
    """Whether applications are taken on `day` (today)."""
    return call.opens_on <= (day or timezone.localdate()) <= call.closes_on
