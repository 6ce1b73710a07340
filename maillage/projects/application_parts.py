"""An application as somebody sees it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from maillage.concertation.models import Member

from .models import Application
from .permissions import can_carry_application, can_manage_fund, reviewer_of


@dataclass(frozen=True, slots=True)
class ApplicationSeen:
    """An application as somebody sees it: whether they carry it, manage its fund, sit on its committee."""

    application: Application
    carries: bool
    manages: bool
    reviewer: Member | None


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
