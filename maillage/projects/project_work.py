"""Where the work of a project stands, in three lines that open its sections: its plans, its activities, its support."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.typography import day, number

from .amounts import dollars
from .enums import ActionState, ApplicationState
from .models import Application, Plan, Project, Session
from .queries import ProjectSeen

_OPEN = Q(
    objectives__actions__state__in=(ActionState.TO_DO, ActionState.UNDER_WAY), objectives__actions__carried_to=None
)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A section of the project, where it stands in a sentence, its address; `late` when something waits past its day."""

    label: str
    sentence: str
    href: str
    late: bool = False


def work_part(request: HttpRequest, seen: ProjectSeen) -> dict[str, Any]:
    """Who sees a project sees its plans, its sessions and its applications: three queries."""
    project = seen.project
    return {"work": [_plans(project), _sessions(project), _support(project)]}


def _plans(project: Project) -> WorkLine:
    found = Plan.objects.filter(project=project).aggregate(
        plans=Count("pk", distinct=True),
        waiting=Count("objectives__actions", filter=_OPEN, distinct=True),
        late=Count(
            "objectives__actions",
            filter=_OPEN & Q(objectives__actions__due_on__lt=timezone.localdate()),
            distinct=True,
        ),
    )
    if not found["plans"]:
        said = _("Pas encore de plan")
    elif not found["waiting"]:
        said = _("Rien ne reste à faire")
    else:
        told = {"n": number(found["waiting"])}
        said = ngettext("%(n)s action à faire", "%(n)s actions à faire", found["waiting"]) % told
    if found["late"]:
        said += ngettext(", dont %(n)s en retard", ", dont %(n)s en retard", found["late"]) % {
            "n": number(found["late"])
        }
    return WorkLine(_("Plan d'action"), said, reverse("projects:project_plans", args=[project.slug]), found["late"] > 0)


def _sessions(project: Project) -> WorkLine:
    today = timezone.localdate()
    found = Session.objects.filter(activity__project=project).aggregate(
        coming=Min("on", filter=Q(on__gte=today)), last=Max("on", filter=Q(on__lt=today))
    )
    if found["coming"]:
        said = _("Prochaine séance le %s") % day(found["coming"])
    elif found["last"]:
        said = _("Dernière séance le %s") % day(found["last"])
    else:
        said = _("Aucune séance encore")
    return WorkLine(_("Activités"), said, reverse("projects:project_activities", args=[project.slug]))


def _support(project: Project) -> WorkLine:
    living = Application.objects.filter(project=project).exclude(state=ApplicationState.WITHDRAWN)
    last = living.order_by("-created_at", "-id").values("uid", "state", "asked", "granted").first()
    if last is None:
        return WorkLine(
            _("Soutien"), _("Aucune demande encore"), reverse("projects:project_applications", args=[project.slug])
        )
    amount = last["asked"] if last["granted"] is None else last["granted"]
    said = str(ApplicationState(last["state"]).label)
    if amount is not None:
        said = f"{said} · {dollars(amount)}"
    return WorkLine(_("Soutien"), said, reverse("projects:application", args=[last["uid"]]))
