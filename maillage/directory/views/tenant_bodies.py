"""Pages of tenants' bodies: their state, recognition and history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.core.audit_lines import history_of
from maillage.core.errors import require
from maillage.directory.forms import TenantBodyForm
from maillage.directory.models import TenantBody
from maillage.directory.permissions import can_keep_directory
from maillage.directory.queries import bodies_visible_to
from maillage.directory.services import save_tenant_body
from maillage.territories.permissions import sites_visible_to


def tenant_body(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a body of tenants, its history last."""
    found = get_object_or_404(bodies_visible_to(request.user).select_related("organization"), pk=pk)
    context = {
        "body": found,
        "sites": list(sites_visible_to(request.user).filter(tenant_bodies=found).order_by("name", "id")),
        "history": history_of(found, 30),
        "can_keep": bool(can_keep_directory(request.user)),
    }
    return render(request, "directory/tenant_body.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Add a body of tenants; `milieu` in the address names a site, `organisation` an owner."""
    require(can_keep_directory(request.user))
    initial: dict[str, Any] = {}
    if site := sites_visible_to(request.user).filter(uid=_uuid(request.GET.get("milieu"))).first():
        owner = site.ownerships.filter(end=None).values_list("organization", flat=True).first()
        initial = {"sites": [site.pk], "organization": owner, "name": ""}
    return _edit(request, TenantBody(), _("Ajouter une instance de locataires"), reverse("directory:list"), initial)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a body of tenants."""
    found = get_object_or_404(bodies_visible_to(request.user), pk=pk)
    require(can_keep_directory(request.user))
    return _edit(request, found, found.name, reverse("directory:tenant_body", args=[pk]), {})


def _edit(request: HttpRequest, found: TenantBody, heading: str, cancel: str, initial: dict[str, Any]) -> HttpResponse:
    form = TenantBodyForm(
        request.POST if request.method == "POST" else None, instance=found, initial=initial, actor=request.user
    )
    if request.method == "POST" and form.is_valid():
        stored = TenantBody.objects.filter(pk=found.pk).first() if found.pk else None
        values = dict(form.cleaned_data)
        sites = list(values.pop("sites"))
        if stored is not None:
            hidden = stored.sites.exclude(pk__in=sites_visible_to(request.user).values("pk"))
            sites += list(hidden.order_by("pk"))
        try:
            written = save_tenant_body(actor=request.user, body=stored, sites=sites, **values)
            messages.success(request, _("C'est enregistré."))
            return redirect("directory:tenant_body", written.obj.pk)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
    context = {"form": form, "heading": heading, "cancel_href": cancel}
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
