"""The page where a service is written, by its organization or by those who keep the directory, and its history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.audit_lines import history_of, read_line
from maillage.core.errors import require
from maillage.core.models import AuditEvent
from maillage.directory.forms.service_sheet import ServicePage
from maillage.directory.models import Organization, Service
from maillage.directory.permissions import (
    can_edit_organization,
    can_edit_service,
    can_keep_directory,
    organizations_edited_by,
)
from maillage.directory.queries import differences_of, organizations_editable_by
from maillage.directory.services import SheetConflict, save_service

PER_PAGE = 40


def new(request: HttpRequest) -> HttpResponse:
    """Write a service of an organization that the person keeps; `organisation` in the address names it."""
    offered = organizations_editable_by(request.user)
    if named := request.GET.get("organisation"):
        chosen = get_object_or_404(Organization, uid=_uid(named))
        require(can_edit_organization(request.user, chosen))
        offered = Organization.objects.filter(pk=chosen.pk)
    elif not offered.exists():
        require(can_keep_directory(request.user))
    page = ServicePage(None, offered, _mine(request), request.POST if request.method == "POST" else None)
    return _answer(request, page, reverse("directory:search"))


def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a service; what somebody else wrote meanwhile is shown, never written over."""
    found = _seen(request, uid)
    require(can_edit_service(request.user, found))
    mine = _mine(request)
    offered = Organization.objects.filter(pk__in={found.organization_id, *(mine or ())}).order_by("name", "pk")
    page = ServicePage(found, offered, mine, request.POST if request.method == "POST" else None)
    return _answer(request, page, reverse("directory:service", args=[uid]))


def _answer(request: HttpRequest, page: ServicePage, cancel: str) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "cancel_href": cancel, "service": page.service}
    status = 200
    if request.method == "POST" and not page.is_adding:
        status = 422
        if page.is_valid():
            sheet = page.filled(timezone.localdate(), str(request.user))
            revision = page.form.cleaned_data["revision"]
            try:
                written = save_service(actor=request.user, sheet=sheet, service=page.service, revision=revision)
                messages.success(request, _("La fiche est enregistrée."))
                return redirect("directory:service", written.obj.uid)
            except SheetConflict:
                assert page.service is not None
                context |= {"theirs": history_of(page.service, 1), "lines": differences_of(page.sheet, sheet)}
                status = 409
            except ValidationError as refused:
                page.take(refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages})
    context["revision"] = page.service.revision if page.service else ""
    return render(request, "directory/service_form.html", context, status=status)


def history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who changed what in a service, the latest first: for those who may change it."""
    found = _seen(request, uid)
    require(can_edit_service(request.user, found))
    events = AuditEvent.objects.filter(object_type=found._meta.label_lower, object_id=found.pk).order_by("-id")
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    context = {"service": found, "page": page, "history": [read_line(event) for event in page]}
    return render(request, "directory/service_history.html", context)


def _seen(request: HttpRequest, uid: UUID) -> Service:
    """A service that the person sees: one that is refused to them answers by a sentence, one that is none by 404."""
    return get_object_or_404(
        Service.objects.visible_to(request.user).select_related("organization"), uid=uid, merged_into=None
    )


def _mine(request: HttpRequest) -> set[int] | None:
    return None if can_keep_directory(request.user) else organizations_edited_by(request.user)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
