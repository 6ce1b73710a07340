"""What a need rests on: a piece is added or taken away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.concertation.forms.fields import carried_out
from maillage.concertation.forms.need_evidence import EvidenceForm
from maillage.concertation.forms.needs import OFFERED, meetings_of
from maillage.concertation.models import NeedEvidence
from maillage.concertation.needs.reading import need_seen
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.concertation.services.need_evidence import add_evidence, drop_evidence
from maillage.core.errors import Refused, require
from maillage.journal.queries import reads_a_journal


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what a need rests on: words, a meeting, a document, an address, an entry of the journal."""
    seen, need = need_seen(request, uid)
    if not seen.animates:
        require(can_take_part(request.user, seen.group, seen.member))
    form = EvidenceForm(
        request.POST if request.method == "POST" else None,
        actor=request.user,
        group=seen.group,
        meetings=list(meetings_of(seen.group)[:OFFERED]),
        journal=reads_a_journal(request),
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value}
        if carried_out(form, lambda: add_evidence(actor=request.user, need=need, **given)):
            messages.success(request, _("C'est ajouté."))
            return redirect("concertation:need", uid=uid)
    context = {"seen": seen, "tab": "needs", "need": need, "form": form}
    return render(request, "concertation/needs/evidence_form.html", context, status=422 if form.errors else 200)


@require_POST
def evidence_drop(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Take a piece away."""
    seen, need = need_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    evidence = get_object_or_404(NeedEvidence.objects.select_related("need__group"), need=need, pk=pk)
    try:
        drop_evidence(actor=request.user, evidence=evidence)
        messages.success(request, _("C'est retiré."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("concertation:need", uid=uid)
