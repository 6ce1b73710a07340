"""Pages of organizations: names are for those who sign in, changes for those who keep the directory."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.core.audit_lines import history_of
from maillage.core.errors import Refused, require
from maillage.core.filters import filters_in_force
from maillage.directory.forms import OrganizationFilter, OrganizationForm, SuccessionForm
from maillage.directory.models import Organization, OrganizationSuccession
from maillage.directory.permissions import can_keep_directory
from maillage.directory.queries import bodies_visible_to, search_organizations, team_of
from maillage.directory.services import save_organization, succeed
from maillage.directory.sheet_page import organization_reach, public_services

PER_PAGE = 40
MOST_SERVICES = 50


def listing(request: HttpRequest) -> HttpResponse:
    """Organizations, searched and filtered."""
    form = OrganizationFilter(request.GET)
    form.is_valid()
    data = form.cleaned_data
    found = search_organizations(data.get("q") or "", data.get("type") or "", bool(data.get("fermees")))
    page = Paginator(found.select_related("division"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "filters": filters_in_force(request, form),
        "can_keep": bool(can_keep_directory(request.user)),
    }
    return render(request, "directory/list.html", context)


@login_not_required
def organization(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is known of an organization. Anybody reads one that offers services; higher floors add to it (slot)."""
    found = get_object_or_404(Organization.objects.select_related("division", "parent"), uid=uid)
    services = public_services(found, request.user)
    if request.user.is_authenticated:
        request.shown_organization = found  # type: ignore[attr-defined]
    elif not services:
        return redirect_to_login(request.get_full_path())
    can_keep = bool(can_keep_directory(request.user))
    links = OrganizationSuccession.objects.filter(Q(successor=found) | Q(predecessor=found)).order_by("on", "id")
    links = links.select_related("predecessor", "successor")
    team, can_edit = team_of(found, request.user, can_keep)
    context = {
        "organization": found,
        "team": team,
        "can_edit": can_edit,
        "services": services[:MOST_SERVICES],
        "more_services": max(len(services) - MOST_SERVICES, 0),
        "reach": organization_reach(found),
        "before": [link for link in links if link.successor_id == found.pk],
        "after": [link for link in links if link.predecessor_id == found.pk],
        "bodies": list(bodies_visible_to(request.user, can_keep).filter(organization=found).order_by("name", "id"))
        if request.user.is_authenticated
        else [],
        "can_keep": can_keep,
        "history": history_of(found, 10) if can_keep else [],
    }
    return render(request, "directory/organization.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Add an organization."""
    require(can_keep_directory(request.user))
    return _edit(request, Organization(), _("Ajouter une organisation"), reverse("directory:list"))


def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an organization."""
    require(can_keep_directory(request.user))
    found = get_object_or_404(Organization, uid=uid)
    return _edit(request, found, found.name, reverse("directory:organization", args=[uid]))


def _edit(request: HttpRequest, found: Organization, heading: str, cancel: str) -> HttpResponse:
    form = OrganizationForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        # The form has already changed `found`; the service compares with what is stored.
        stored = Organization.objects.filter(pk=found.pk).first() if found.pk else None
        values: dict[str, Any] = dict(form.cleaned_data)
        try:
            written = save_organization(actor=request.user, organization=stored, **values)
            messages.success(request, _("C'est enregistré."))
            return redirect("directory:organization", written.obj.uid)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
    context = {"form": form, "heading": heading, "cancel_href": cancel}
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


def succession(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that another organization took this one up: its sites change owner that day."""
    require(can_keep_directory(request.user))
    found = get_object_or_404(Organization, uid=uid)
    if found.successions.exists():
        raise Http404
    form = SuccessionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            succeed(actor=request.user, predecessor=found, successor=data["successor"], on=data["on"])
            messages.success(request, _("La succession est inscrite : les milieux ont changé de propriétaire."))
            return redirect("directory:organization", data["successor"].uid)
        except (Refused, ValidationError) as refused:
            form.add_error(None, getattr(refused, "messages", None) or str(refused))
    names = list(search_organizations("", found.kind, False).exclude(pk=found.pk).values_list("name", flat=True)[:500])
    context = {
        "form": form,
        "organization": found,
        "names": names,
        "cancel_href": reverse("directory:organization", args=[uid]),
    }
    return render(request, "directory/succession.html", context, status=422 if form.errors else 200)
