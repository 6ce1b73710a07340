"""Where the work of a project stands, in three lines that open its sections: its plans, its activities, its support."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.typography import day, number

from .amounts import dollars
from .enums import ApplicationState
from .models import Action, Application, Plan, Project, Session
from .queries import ProjectSeen


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A section of the project, where it stands in a sentence, its address; `late` when something waits past its day."""

    label: str
    sentence: str
    href: str
    late: bool = False


def work_part(request: HttpRequest, seen: ProjectSeen) -> dict[str, Any]:
    """Who sees a project sees its plans, its sessions and its applications: three queries, or four."""
    project = seen.project
    return {"work": [_plans(project), _sessions(project), _support(project)]}


def _plans(project: Project) -> WorkLine:
    # The days are few and read faster than the database counts them under conditions.
    waiting = Action.objects.open().filter(objective__plan__project=project, carried_to=None)
    days = list(waiting.order_by().values_list("due_on", flat=True))
    late = sum(due is not None and due < timezone.localdate() for due in days)
    if days:
        said = ngettext("%(n)s action à faire", "%(n)s actions à faire", len(days)) % {"n": number(len(days))}
    elif Plan.objects.filter(project=project).exists():
        said = _("Rien ne reste à faire")
    else:
        said = _("Pas encore de plan")
    if late:
        said += ngettext(", dont %(n)s en retard", ", dont %(n)s en retard", late) % {"n": number(late)}
    return WorkLine(_("Plan d'action"), said, reverse("projects:project_plans", args=[project.slug]), late > 0)


def _sessions(project: Project) -> WorkLine:
    today = timezone.localdate()
    days = list(Session.objects.filter(activity__project=project).order_by("on").values_list("on", flat=True))
    coming = next((on for on in days if on >= today), None)
    if coming:
        said = _("Prochaine séance le %s") % day(coming)
    elif days:
        said = _("Dernière séance le %s") % day(days[-1])
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
