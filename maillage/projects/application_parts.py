"""What stands on an application's page: each subject gives its own, one line here each.

A part reads what its template (`projects/application/_*.html`) shows, in as few queries as it can: the page and all its parts
share the budget of one page (12 queries). The page is `projects:application` (`uid`); it includes
`projects/application/_grant.html` below what the group wrote, and the page of a fund (`projects:fund`, `slug`) includes
`projects/fund/_grants.html` (it reads `fund` and `manages`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from maillage.concertation.models import Member
from maillage.core.parts import gathered

from .models import Application
from .permissions import can_carry_application, can_manage_fund, reviewer_of


@dataclass(frozen=True, slots=True)
class ApplicationSeen:
    """An application as somebody sees it: whether they carry it, manage its fund, sit on its committee."""

    application: Application
    carries: bool
    manages: bool
    reviewer: Member | None


Part = Callable[[HttpRequest, ApplicationSeen], dict[str, Any]]

APPLICATION_PARTS: list[Part] = []


def application_seen(request: HttpRequest, uid: UUID) -> ApplicationSeen:
    """The application of this address as the person sees it. 404 when they do not."""
    beside = ("call__fund__program", "call__fund__committee", "project__group", "project__program", "payee", "group")
    visible = Application.objects.visible_to(request.user).select_related(*beside)
    return application_as_seen(request.user, get_object_or_404(visible, uid=uid))


def application_as_seen(actor: Any, application: Application) -> ApplicationSeen:
    """`application`, already fetched through `visible_to`, with what `actor` may do there."""
    return ApplicationSeen(
        application,
        carries=bool(can_carry_application(actor, application)),
        manages=bool(can_manage_fund(actor, application.call.fund)),
        reviewer=reviewer_of(actor, application.call.fund),
    )


def application_parts(request: HttpRequest, seen: ApplicationSeen) -> dict[str, Any]:
    """All that the parts give to an application's page."""
    return gathered(APPLICATION_PARTS, request, seen)
