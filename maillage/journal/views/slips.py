"""The slip of a referral: the paper that the person takes along, with a code instead of a name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.directory.models import Service
from maillage.directory.sheet_page import sheet_page

from .follow_ups import referral_seen


@require_safe
def slip(request: HttpRequest, uid: str) -> HttpResponse:
    """One referral on paper: where to go, when, what to bring, and the code by which it is followed. No need is written
    on it, and nobody's name."""
    referral = referral_seen(request, uid)
    service = _heir(referral.service)
    address = request.build_absolute_uri(reverse("journal:code"))
    shown = {
        "referral": referral,
        "service": service,
        "organization": service.organization if service else referral.organization,
        "page": sheet_page(service) if service else None,
        "address": address.split("://", 1)[-1],
        "code_address": f"{address}?code={referral.code}",
    }
    return render(request, "journal/slip.html", shown)


def _heir(service: Service | None) -> Service | None:
    """The service that took this one up, at any distance."""
    for _step in range(10):
        if service is None or service.merged_into_id is None:
            break
        service = Service.objects.select_related("organization").get(pk=service.merged_into_id)
    return service
