"""Services that look alike: one decision a line, and the undoing of a merger."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from maillage.core.errors import Refused, require
from maillage.directory.enums import PairState
from maillage.directory.models import Service, ServicePair
from maillage.directory.permissions import can_keep_directory
from maillage.directory.queries import REASONS, pairs_to_decide
from maillage.directory.services import decide_pair, find_pairs, merge_services, part_services

PER_PAGE = 20


def listing(request: HttpRequest) -> HttpResponse:
    """The pairs that nobody decided; a POST looks for others."""
    require(can_keep_directory(request.user))
    if request.method == "POST":
        n = find_pairs()
        messages.success(request, ngettext("%d nouvelle paire proposée.", "%d nouvelles paires proposées.", n) % n)
        return redirect("directory:pairs")
    page = Paginator(pairs_to_decide(), PER_PAGE).get_page(request.GET.get("page"))
    pair: Any
    for pair in page:
        pair.told = [REASONS[code] for code in pair.reasons if code in REASONS]
        pair.sides = [("low", pair.low), ("high", pair.high)]
    merged = Service.objects.exclude(merged_into=None).select_related("merged_into", "organization")
    return render(request, "directory/pairs.html", {"page": page, "merged": merged.order_by("-updated_at", "pk")[:10]})


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge into one side (`do=low`, `do=high`) or say that they are two (`do=distinct`)."""
    require(can_keep_directory(request.user))
    pair = get_object_or_404(ServicePair.objects.select_related("low", "high"), pk=pk)
    asked = request.POST.get("do")
    try:
        if asked == "distinct":
            decide_pair(actor=request.user, one=pair.low, other=pair.high, state=PairState.DISTINCT)
            messages.success(request, _("C'est noté : deux services distincts. Cette paire ne reviendra pas."))
        elif asked in ("low", "high"):
            kept, merged = (pair.low, pair.high) if asked == "low" else (pair.high, pair.low)
            merge_services(actor=request.user, kept=kept, merged=merged)
            messages.success(
                request, _("« {name} » a pris l'autre fiche, qui mène maintenant à elle.").format(name=kept)
            )
        else:
            messages.error(request, _("Dites laquelle des deux fiches garder, ou qu'elles sont distinctes."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("directory:pairs")


@require_POST
def part(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Undo a merger."""
    require(can_keep_directory(request.user))
    found = get_object_or_404(Service, uid=uid)
    try:
        part_services(actor=request.user, merged=found)
        messages.success(request, _("La fusion est défaite : « {name} » a de nouveau sa fiche.").format(name=found))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("directory:pairs")
