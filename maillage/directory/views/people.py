"""People of organizations, for those who keep the directory: where each belongs, in which role, since when."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from maillage.core.audit_lines import history_of
from maillage.core.errors import require
from maillage.core.text import as_number
from maillage.directory.forms.people import Affiliations, PersonForm
from maillage.directory.models import Person
from maillage.directory.permissions import can_keep_directory
from maillage.directory.queries import search_people
from maillage.directory.services import save_person

PER_PAGE = 40


def listing(request: HttpRequest) -> HttpResponse:
    """People, by name, with where they belong today."""
    require(can_keep_directory(request.user))
    words = request.GET.get("q", "")[:100]
    page = Paginator(search_people(words), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/people.html", {"page": page, "words": words})


def new(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    require(can_keep_directory(request.user))
    return _edit(request, None)


def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A person, and where they belong."""
    require(can_keep_directory(request.user))
    return _edit(request, get_object_or_404(Person.objects.select_related("user"), uid=uid))


def _edit(request: HttpRequest, found: Person | None) -> HttpResponse:
    sent: Any = request.POST if request.method == "POST" else None
    is_adding = "add" in request.POST
    if sent is not None and is_adding:
        sent = sent.copy()
        sent["places-TOTAL_FORMS"] = str(min(as_number(sent.get("places-TOTAL_FORMS")) or 0, 30) + 1)
    account = found.user.email if found and found.user else ""
    form = PersonForm(sent, instance=Person.objects.get(pk=found.pk) if found else None, initial={"account": account})
    rows = found.affiliations.select_related("organization").order_by("pk") if found else []
    names = ("id", "role", "function", "start", "end")
    shown = [{n: getattr(row, n) for n in names} | {"organization": row.organization.name} for row in rows]
    places = Affiliations(sent, prefix="places", initial=shown)
    if sent is not None and not is_adding and all([form.is_valid(), places.is_valid()]):
        values: dict[str, Any] = {name: form.cleaned_data[name] for name in ("name", "email", "phone", "is_listed")}
        given = [line.cleaned_data for line in places.forms if line.cleaned_data.get("organization")]
        kept = [line for line in given if not line.get("DELETE")]
        try:
            done = save_person(
                actor=request.user, person=found, places=kept, user=form.cleaned_data["account"], **values
            )
            messages.success(request, _("C'est enregistré."))
            return redirect("directory:person", done.obj.uid)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
    context = {
        "form": form,
        "places": places,
        "person": found,
        "history": history_of(found, 10) if found else [],
    }
    refused_at_all = sent is not None and not is_adding
    return render(request, "directory/person.html", context, status=422 if refused_at_all else 200)
