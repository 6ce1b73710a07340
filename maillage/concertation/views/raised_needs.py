"""« Besoins portés »: what the group's programmes raise, to be taken up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.concertation.needs.raised import raised_before
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import group_seen
from maillage.concertation.services.raised_needs import take_up
from maillage.core.errors import Refused, require
from maillage.journal.models import RaisedNeed


@require_safe
def raised(request: HttpRequest, slug: str) -> HttpResponse:
    """The raised needs of the group's programmes: open ones, and those that the group has."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    page, lines = raised_before(seen.group, request.GET.get("page"))
    context = {"seen": seen, "tab": "needs", "page": page, "lines": lines}
    return render(request, "concertation/needs/raised.html", context)


@require_POST
def raised_take(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Put a raised need on the group's board."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    found = RaisedNeed.objects.filter(program__in=seen.group.programs.order_by().values("pk"))
    try:
        need = take_up(actor=request.user, group=seen.group, raised=get_object_or_404(found, uid=uid))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("concertation:raised", slug=slug)
    messages.success(request, _("Le groupe porte ce besoin ; la coordination du programme le voit."))
    return redirect("concertation:need", uid=need.uid)
