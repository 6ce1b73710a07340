"""What projects show on pages of lower floors: a group's page and sheet, and the page of a need."""

from typing import Any

from django.http import HttpRequest

from maillage.core import slots

from .models import Project

SHOWN = 3


def connect() -> None:
    """Called once, when the product starts."""
    slots.fill("group", "projects/slots/group.html", of_group)
    slots.fill("group_sheet", "projects/slots/group_sheet.html", of_group_sheet)
    slots.fill("named_need", "projects/slots/need.html", of_need)


def of_group(request: HttpRequest) -> dict[str, Any] | None:
    """The projects that move, on the first page of their group."""
    seen = getattr(request, "shown_group", None)
    if seen is None:
        return None
    alive = Project.objects.filter(group=seen.group).exclude(stage="ended").order_by("-updated_at", "-id")
    found = list(alive[: SHOWN + 1])
    return {"group": seen.group, "projects": found[:SHOWN], "more": len(found) > SHOWN} if found else None


def of_group_sheet(request: HttpRequest) -> dict[str, Any] | None:
    """The projects of a group that anybody may read."""
    group = getattr(request, "shown_group_sheet", None)
    if group is None:
        return None
    found = list(Project.objects.public().filter(group=group).order_by("-started_on", "name", "id")[:20])
    return {"projects": found} if found else None


def of_need(request: HttpRequest) -> dict[str, Any] | None:
    """What came of a need: the projects that answer it; and, for those who animate, the door to a new one."""
    shown = getattr(request, "shown_named_need", None)
    if shown is None:
        return None
    seen, need = shown
    found = list(Project.objects.filter(needs=need).order_by("-started_on", "name", "id")[:10])
    opens = seen.animates and not need.declined and need.state in ("open", "taken_up")
    return {"need": need, "projects": found, "opens": opens} if found or opens else None
