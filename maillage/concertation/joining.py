"""Reads of requests to join, and of those who answer them."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest

from maillage.directory.models import Organization
from maillage.directory.queries import organizations_named

from .enums import ANIMATING, OWN_VOICE, RequestState
from .models import Group, JoinRequest, Member
from .queries import GroupSeen

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as those who answer it read it; `organization` is the one of the directory that it names, when sure."""

    request: JoinRequest
    organization: Organization | None
    waits: bool


def waiting_part(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """How many requests wait, and how many needs are to be read, for those who animate; in one query."""
    found = Group.objects.with_waiting().filter(pk=seen.group.pk).order_by().first() if seen.animates else None
    return {name: getattr(found, name, 0) for name in ("waiting_requests", "needs_waiting")}


def requests_listed(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """Requests of a group, those that wait first."""
    waiting = Case(When(state=RequestState.PENDING, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = JoinRequest.objects.filter(group=seen.group).order_by(waiting, "-asked_at", "-id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names: dict[str, Organization | None] = {}
    for row in page:
        if row.state == RequestState.PENDING and row.organization_name not in names:
            names[row.organization_name] = organization_meant(row)
    lines = [
        Asked(row, names.get(row.organization_name), row.state == RequestState.PENDING) for row in page.object_list
    ]
    return {"page": page, "lines": lines}


def organization_meant(asked: JoinRequest) -> Organization | None:
    """The organization of the directory that the request names, when only one can be meant."""
    if not asked.organization_name.strip() or asked.capacity in OWN_VOICE:
        return None
    found = organizations_named(asked.organization_name)
    return found[0] if len(found) == 1 else None


def emails_of_animators(group: Group) -> list[tuple[str, str]]:
    """The e-mail and the language of each person who animates the group today."""
    rows = Member.objects.current().filter(group=group, role__in=ANIMATING).select_related("person__user")
    found: dict[str, str] = {}
    for row in rows.order_by("id"):
        user = row.person.user
        if user is not None and user.is_active:
            found[user.email] = user.language
        elif user is None and row.person.email:
            found[row.person.email] = "fr-ca"
    return sorted(found.items())
