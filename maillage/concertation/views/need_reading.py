"""Needs named without account are read by somebody of the group; the poster that invites to name them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.concertation.forms.needs import sites_of
from maillage.concertation.models import NamedNeed
from maillage.concertation.needs.outside import takes_needs
from maillage.concertation.needs.reading import need_seen
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import group_seen
from maillage.concertation.services.proposed_needs import decline_need, welcome_need
from maillage.core.errors import Refused, require
from maillage.core.text import as_uid

PER_PAGE, SITES = 20, 100


@require_safe
def needs_to_read(request: HttpRequest, slug: str) -> HttpResponse:
    """The needs named without account that nobody has read yet."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    found = NamedNeed.objects.to_read().filter(group=seen.group).select_related("site")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "concertation/needs/to_read.html", {"seen": seen, "tab": "needs", "page": page})


@require_POST
def need_read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Welcome a need on the board, or decline it with a word for whoever holds its code."""
    seen, need = need_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    try:
        if request.POST.get("do") == "decline":
            decline_need(actor=request.user, need=need, text=request.POST.get("text", ""))
            messages.success(request, _("Le besoin n'est pas retenu ; son code dit pourquoi."))
        else:
            welcome_need(actor=request.user, need=need, is_public=request.POST.get("public") == "on")
            messages.success(request, _("Le besoin est au tableau du groupe."))
    except (Refused, ValidationError) as refusal:
        problem = refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal)
        context = {"seen": seen, "tab": "needs", "need": need, "problem": problem, "text": request.POST.get("text", "")}
        return render(request, "concertation/needs/decline.html", context, status=422)
    return redirect("concertation:needs_to_read", slug=seen.group.slug)


@require_safe
def need_poster(request: HttpRequest, slug: str) -> HttpResponse:
    """The poster to print: its QR opens the page where a need is named, for the group or for one of its places."""
    seen = group_seen(request, slug)
    sites = sites_of(seen.group)
    asked = as_uid(request.GET.get("milieu"))
    site = get_object_or_404(sites, uid=asked) if asked else None
    path = reverse("concertation:need_public", args=[slug])
    shown = request.build_absolute_uri(path)
    context = {
        "seen": seen,
        "tab": "needs",
        "opens": takes_needs(seen.group),
        "site": site,
        "sites": list(sites[:SITES]),
        "address": f"{shown}?milieu={site.uid}" if site else shown,
        "shown": shown.split("://", 1)[-1],
        "follow": request.build_absolute_uri(reverse("concertation:need_code")).split("://", 1)[-1],
    }
    return render(request, "concertation/needs/poster.html", context)
