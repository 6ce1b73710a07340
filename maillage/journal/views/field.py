"""The journal without network: what the device keeps of the form, the page it shows then, and what waits on it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.journal.forms.on_device import field_data
from maillage.journal.kept_directory import kept_directory

from .writing import fresh_form, writer_of


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page that a device keeps and shows when the network does not answer. It holds nothing of anybody."""
    return render(request, "journal/offline.html", {"settle": reverse("journal:to_settle")})


@require_GET
def form(request: HttpRequest) -> HttpResponse:
    """The form alone, as the device keeps it (encrypted) to open it without network."""
    context, worker = writer_of(request)
    page, _notice = fresh_form(request, context, worker)
    return render(request, "journal/form/part.html", {"page": page})


@require_GET
def directory(request: HttpRequest) -> JsonResponse:
    """What the device keeps of the directory (encrypted) to name a service without network, and to write its slip."""
    context, _worker = writer_of(request)
    return JsonResponse({"services": kept_directory(context.program)})


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """« Sur cet appareil »: what was written with this device and where it stands. The script fills it."""
    return render(
        request, "journal/field/page.html", {"on_device": field_data(request), "settle": reverse("journal:to_settle")}
    )
