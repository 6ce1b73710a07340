"""One entry: what it says, its history, and what can be done with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.core.errors import Refused, require
from maillage.journal.context import DraftContext
from maillage.journal.drafts import draft_of
from maillage.journal.forms.on_device import field_data
from maillage.journal.forms.page import draft_key
from maillage.journal.history import history_of
from maillage.journal.models import Entry, Sibling
from maillage.journal.permissions import can_edit, can_read_note
from maillage.journal.queries import deleted_entry, with_details
from maillage.journal.services import IdentitySuspected, delete_entry, restore_entry
from maillage.journal.targets import names_like
from maillage.journal.wording import lines_of
from maillage.programs.permissions import roles_in


@require_GET
def entry(request: HttpRequest, uid: str) -> HttpResponse:
    """The record page of an entry."""
    found = get_object_or_404(with_details(Entry.objects.visible_to(request.user)), uid=uid)
    context, roles = DraftContext.of_entry(found), roles_in(request.user, found.program)
    reads_note = bool(can_read_note(request.user, found, roles))
    shown = {
        "entry": found,
        "lines": lines_of(draft_of(found), context, with_note=False),
        "reads_note": reads_note,
        "can_edit": bool(can_edit(request.user, found, roles)),
        "history": history_of(found, context, with_note=reads_note),
        "sibling": Sibling.objects.visible_to(request.user).waiting().filter(entry=found).order_by("id").first(),
    }
    return render(request, "journal/entry.html", shown)


@require_GET
def saved(request: HttpRequest, uid: str) -> HttpResponse:
    """What follows a save: it is written; write another, take it back, or see it."""
    found = get_object_or_404(with_details(Entry.objects.visible_to(request.user)), uid=uid)
    shown = {
        "entry": found,
        "can_edit": bool(can_edit(request.user, found)),
        "on_device": field_data(request),
        "draft_key": draft_key(request.user, found.program),
    }
    return render(request, "journal/saved.html", shown)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, uid: str) -> HttpResponse:
    """Delete an entry, with a reason if one likes; the page that follows offers to undo."""
    found = get_object_or_404(with_details(Entry.objects.visible_to(request.user)), uid=uid)
    require(can_edit(request.user, found))
    if request.method == "GET":
        return render(request, "journal/delete.html", {"entry": found, "reason": "", "findings": ()})
    reason = request.POST.get("reason", "")
    try:
        delete_entry(actor=request.user, entry=found, reason=reason)
    except IdentitySuspected as refusal:
        shown = {"entry": found, "reason": reason, "findings": refusal.findings}
        return render(request, "journal/delete.html", shown, status=400)
    return redirect("journal:deleted", uid=found.uid)


@require_GET
def deleted(request: HttpRequest, uid: str) -> HttpResponse:
    """The trace of a deleted entry, for those who could correct it: it can be brought back for a while."""
    found = deleted_entry(request.user, uid)
    return render(request, "journal/deleted.html", {"entry": found})


@require_POST
def restore(request: HttpRequest, uid: str) -> HttpResponse:
    """Bring a deleted entry back."""
    found = deleted_entry(request.user, uid)
    try:
        restore_entry(actor=request.user, entry=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("journal:deleted", uid=found.uid)
    messages.success(request, _("Intervention rétablie."))
    return redirect("journal:entry", uid=found.uid)


@require_GET
def organizations(request: HttpRequest) -> JsonResponse:
    """Names of services and organizations for the words typed in a referral row."""
    return JsonResponse({"names": names_like(request.GET.get("q", "")[:100])})
