"""The sheet of a service, for anybody: on the screen, on paper, and at its short address."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.directory.models import Service
from maillage.directory.models.service import SHORT_ALPHABET
from maillage.directory.queries import upkeep_of
from maillage.directory.sheet_page import sheet_page

_MOST_MERGES = 10


@login_not_required
@require_safe
def service(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All that is said of a service; higher floors add to it (slots `service_actions` and `service`)."""
    found = _read(request, uid=uid)
    if found.merged_into_id:
        return redirect("directory:service", heir(found).uid)
    request.shown_service = found  # type: ignore[attr-defined]
    return render(request, "directory/service.html", _context(request, found))


@login_not_required
@require_safe
def printed(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same on a sheet of paper, for the person met: what to do, where, when, and the drawing of the address."""
    found = _read(request, uid=uid)
    if found.merged_into_id:
        return redirect("directory:service_print", heir(found).uid)
    return render(request, "directory/service_print.html", _context(request, found))


@login_not_required
@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The short address of a service, as it is dictated or read on paper: it leads to the sheet."""
    code = code.strip().lower()
    if not code or set(code) - set(SHORT_ALPHABET):
        raise Http404
    return redirect("directory:service", heir(_read(request, short_code=code)).uid)


def heir(found: Service) -> Service:
    """The service that took this one up, at any distance; itself when none did."""
    for _step in range(_MOST_MERGES):
        if found.merged_into is None:
            break
        found = found.merged_into
    return found


def _read(request: HttpRequest, **named: object) -> Service:
    """The service of this address. One that was merged leads whoever kept its address to the other."""
    rows = Service.objects.visible_to(request.user)
    found = rows.select_related("organization", "source", "merged_into").filter(**named).first()
    if found is None:
        found = get_object_or_404(Service.objects.exclude(merged_into=None), **named)
        if not rows.filter(pk=heir(found).pk).exists():
            raise Http404
    return found


def _context(request: HttpRequest, found: Service) -> dict[str, object]:
    address = request.build_absolute_uri(reverse("short:service", args=[found.short_code]))
    return {
        "service": found,
        "page": sheet_page(found),
        "upkeep": upkeep_of(found, request.user),
        "short_address": address,
        "shown_address": address.split("://", 1)[-1],
    }
