"""Devices: what each said last of itself, what it lacks, and how it is stopped; the file that one of them wrote down."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maillage.core.errors import Refused
from maillage.journal.device_list import devices_of
from maillage.journal.models import Device
from maillage.journal.permissions import can_bring_file
from maillage.journal.queries import reads_a_journal
from maillage.journal.services import receive_sealed_file, revoke_device
from maillage.journal.services.sealed_files import MAX_FILE, Received


@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """One's own devices, those of the teams one coordinates, all for an administrator."""
    shown = devices_of(request.user)
    if not shown and not reads_a_journal(request):
        raise Http404
    others = any(one.device.user_id != request.user.pk for one in shown)
    page = {"shown": shown, "others": others, "brings_file": bool(can_bring_file(request.user))}
    return render(request, "journal/devices/list.html", page)


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, uid: str) -> HttpResponse:
    """Stop trusting a device; what it sends afterwards is held."""
    device = get_object_or_404(Device.objects.visible_to(request.user).select_related("user"), uid=uid)
    if request.method == "GET":
        return render(request, "journal/devices/revoke.html", {"device": device})
    revoke_device(actor=request.user, device=device)
    messages.success(request, _("L'appareil est révoqué : ce qu'il enverra attendra la coordination."))
    return redirect("journal:devices")


@require_http_methods(["GET", "POST"])
def sealed_file(request: HttpRequest) -> HttpResponse:
    """Bring the sealed file that a device wrote down."""
    if not can_bring_file(request.user):
        raise Http404
    if request.method == "GET":
        return _file(request)
    upload = request.FILES.get("file")
    if upload is None or not upload.size:
        return _file(request, _("Choisissez un fichier."), status=400)
    if upload.size > MAX_FILE:
        return _file(request, _("Ce fichier dépasse 20 Mo : un fichier scellé est plus petit."), status=400)
    try:
        return _file(request, received=receive_sealed_file(actor=request.user, data=upload.read()))
    except Refused as refusal:
        return _file(request, str(refusal), status=400)


def _file(request: HttpRequest, problem: str = "", received: Received | None = None, status: int = 200) -> HttpResponse:
    page = {"problem": problem, "received": received}
    return render(request, "journal/devices/sealed_file.html", page, status=status)
