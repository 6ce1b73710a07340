"""What was done to a project: to itself, its people and partners, its files, its results, its activities, its plans."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest

from maillage.core.audit_lines import AuditLine, read_line
from maillage.core.models import AuditEvent

from .models import Activity, FundingRequest, Plan, ProjectDocument, ProjectPartner, ProjectPerson, Result, Session
from .queries import ProjectSeen

PER_PAGE = 40
BEGINNINGS = {"projects.opened", "projects.plan_opened", "projects.result_told"}
# What belongs to a project. A thing taken away leaves its line on the project; money has its own file.
INSIDE: tuple[tuple[Any, str], ...] = (
    (ProjectPerson, "project"), (ProjectPartner, "project"), (ProjectDocument, "project"), (Result, "project"),
    (Activity, "project"), (Session, "activity__project"), (Plan, "project"), (FundingRequest, "project"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line, and which thing of the project it is about (nothing for the project itself)."""

    line: AuditLine
    about: str
    told: bool  # whether what changed is told: where something begins, its page says the rest


def project_history(request: HttpRequest, seen: ProjectSeen) -> dict[str, Any]:
    """A page of the project's history, the latest first."""
    project = seen.project
    wanted = Q(object_type=project._meta.label_lower, object_id=project.pk)
    for model, way in INSIDE:
        inside = model._default_manager.filter(**{way: project}).order_by().values("pk")
        wanted |= Q(object_type=model._meta.label_lower, object_id__in=inside)
    events = AuditEvent.objects.filter(wanted).order_by("-id")
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "history": [_read(event, project) for event in page]}


def _read(event: AuditEvent, project: Any) -> HistoryLine:
    line = read_line(event)
    own = event.object_type == project._meta.label_lower
    about = "" if own else line.label.removesuffix(f" – {project}")
    return HistoryLine(line, about, bool(line.changes) and not line.is_addition and event.verb not in BEGINNINGS)
