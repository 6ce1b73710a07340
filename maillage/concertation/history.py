"""What was done in a group: to itself, its members, its requests and its meetings."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest

from maillage.core.audit_lines import read_line
from maillage.core.models import AuditEvent

from .models import JoinRequest, Meeting, Member
from .queries import GroupSeen

PER_PAGE = 40


def group_history(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """A page of the group's history, the latest first."""
    wanted = Q(object_type="concertation.group", object_id=seen.group.pk)
    for model in (Member, JoinRequest, Meeting):
        inside = model._default_manager.filter(group=seen.group).order_by().values("pk")
        wanted |= Q(object_type=model._meta.label_lower, object_id__in=inside)
    events = AuditEvent.objects.filter(wanted).order_by("-id")
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "history": [read_line(event) for event in page]}
