"""Sheets to verify, and the page of the link by which an organization answers without an account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import Refused, require
from maillage.directory.links import read_link
from maillage.directory.models import Service
from maillage.directory.permissions import can_keep_directory, organizations_edited_by
from maillage.directory.queries import KINDS_TO_CHECK, to_check
from maillage.directory.services import answer_link, confirm_service

PER_PAGE = 30


def listing(request: HttpRequest) -> HttpResponse:
    """Sheets to verify: of everybody for those who keep the directory, of their organizations for editors."""
    if not can_keep_directory(request.user) and not organizations_edited_by(request.user):
        require(can_keep_directory(request.user))
    kind = request.GET.get("quoi") or "perimees"
    kind = kind if kind in KINDS_TO_CHECK else "perimees"
    page = Paginator(to_check(request.user, kind), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "kind": kind,
        "kinds": KINDS_TO_CHECK.items(),
        "can_keep": bool(can_keep_directory(request.user)),
    }
    return render(request, "directory/to_check.html", context)


@require_POST
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """« Toujours exact », by somebody who may write the sheet."""
    found = get_object_or_404(
        Service.objects.visible_to(request.user).select_related("organization"), uid=uid, merged_into=None
    )
    confirm_service(actor=request.user, service=found)
    messages.success(request, _("« {name} » est confirmée à jour.").format(name=found.name))
    return redirect("directory:to_check") if request.POST.get("back") else redirect("directory:service", uid)


@csrf_exempt  # nothing but the address gives a right here, and a page without referrer sends `Origin: null`
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_exact(request: HttpRequest, signed: str) -> HttpResponse:
    """The page of a message's link: a GET shows, a POST answers. Guessed: 404. Answered, replaced or too old: 410."""
    link = read_link(signed)
    context: dict[str, Any] = {"service": link.service, "link": link, "said": "", "refused": ""}
    status = 200 if link.is_open else 410 if link.service else 404
    if link.is_open and request.method == "POST":
        is_exact = request.POST.get("do") == "exact"
        try:
            answer_link(signed=signed, is_exact=is_exact, said=request.POST.get("said", ""))
            context["thanks"] = True
        except Refused as refused:
            context |= {"refused": str(refused), "said": request.POST.get("said", "")[:2000]}
            status = 422
    answer = render(request, "directory/still_exact.html", context, status=status)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
