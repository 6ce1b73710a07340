"""What answers beside the endpoints: the page that says what is there, other versions, addresses where nothing is."""

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja.responses import Response

from .openapi import DescribedAPI
from .problems import problem


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What there is, for a person who comes to look."""
    return render(request, "api/home.html")


@login_not_required
@csrf_exempt
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """No such address."""
    return problem(404, "not_found", _("Rien ne se trouve à cette adresse."))


@login_not_required
@csrf_exempt
def other_version(request: HttpRequest, version: str, rest: str = "") -> HttpResponse:
    """The address of a version of the protocol that this server does not speak."""
    if version == "1":
        return nothing(request)
    said = _("Cette version du protocole n'est pas connue de ce serveur : mettez l'application à jour.")
    return problem(426, "upgrade", said, protocols=["v1"])


@lru_cache(maxsize=1)
def _document(api: DescribedAPI) -> bytes:
    return Response(api.get_openapi_schema()).content


def document(request: HttpRequest, api: DescribedAPI) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(_document(api), content_type="application/json")
