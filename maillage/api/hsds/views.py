"""The addresses of the HSDS API."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.api.problems import Problem
from maillage.core.text import as_uid
from maillage.directory.exchange.hsds.tables import VERSION

from . import choosing
from .answers import IN_FULL, PAGE, count, door, said, streamed
from .document import document_for, profile_fields
from .lists import COLLECTIONS, Collection
from .parameters import read


@door
def about(request: HttpRequest) -> HttpResponseBase:
    """What this API is: the version of HSDS, the profile, the document."""
    read(request, ())
    return said(
        request,
        {
            "version": VERSION,
            "profile": request.build_absolute_uri(reverse("api:hsds-profile")),
            "openapi_url": request.build_absolute_uri(reverse("api:hsds-openapi")),
        },
    )


@door
def document(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document."""
    return said(request, document_for(request.build_absolute_uri(reverse("api:hsds")).rstrip("/")))


@login_not_required
def profile(request: HttpRequest) -> HttpResponse:
    """The profile, for a person."""
    return render(request, "api/hsds_profile.html", {"fields": profile_fields()})


@door
def listing(request: HttpRequest, name: str) -> HttpResponseBase:
    """A page of a list, or all of it, one object a line."""
    collection = COLLECTIONS[name]
    asked = read(request, collection.takes)
    chosen = collection.choose(asked, collection.read_with)
    if asked.format == "ndjson":
        few = asked.most if asked.full_service else choosing.AT_ONCE
        return streamed(request, lambda: (row for part in chosen.parts(few) for row in collection.say(part, asked)))
    if asked.full or asked.full_service or asked.minimal:
        count(request, IN_FULL - PAGE)
    total, size = chosen.total(), asked.size
    rows = chosen.part((asked.page - 1) * size, size) if (asked.page - 1) * size < total else []
    contents = collection.say(rows, asked)
    pages = -(-total // size)
    return said(
        request,
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": asked.page,
            "size": len(contents),
            "first_page": asked.page == 1,
            "last_page": asked.page >= pages,
            "empty": not contents,
            "contents": contents,
        },
    )


@door
def one(request: HttpRequest, name: str, id: str) -> HttpResponseBase:
    """One object with all that is known of it."""
    collection = COLLECTIONS[name]
    asked = read(request, collection.one)
    uid = as_uid(id)
    row = choosing.one_of(collection.visible(), uid, collection.read_with) if uid else None
    if row is None or uid is None:
        return _elsewhere(collection, uid)
    (whole,) = collection.say([row], replace(asked, full=collection.nested))
    return said(request, whole)


def _elsewhere(collection: Collection, uid: Any) -> HttpResponseBase:
    """The way to the service into which this one was merged, or the 404 of what nobody sees."""
    heir = choosing.heir_of(uid) if uid and collection.name == "services" else None
    if heir is None:
        raise Problem(404, "not_found", _("Aucun objet public ne porte cet identifiant."))
    return HttpResponsePermanentRedirect(reverse("api:hsds-services-one", kwargs={"id": str(heir)}))
