"""Add a site to the register, and correct one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.core.errors import require
from maillage.directory.queries import search_organizations
from maillage.programs import services
from maillage.programs.forms.fields import carried_out
from maillage.programs.forms.register import SiteForm
from maillage.programs.models import Program
from maillage.programs.permissions import can_edit_site
from maillage.programs.queries import coordinated_by, current_program, towns_of
from maillage.territories.models import HousingSite
from maillage.territories.permissions import can_keep_register, sites_visible_to

OFFERED = 400


def new(request: HttpRequest) -> HttpResponse:
    """Add a site, covered by a programme that the person coordinates."""
    require(can_keep_register(request.user))
    programs = list(coordinated_by(request.user))
    by_slug = {program.slug: program for program in programs}
    form = SiteForm(
        request.POST if request.method == "POST" else None,
        instance=HousingSite(),
        programs=programs,
        optional=request.user.is_administrator,
    )
    current = current_program(request)
    form.fields["program"].initial = current.slug if current and current.slug in by_slug else None
    made: list[HousingSite] = []

    def work() -> None:
        values = dict(form.cleaned_data)
        program = by_slug.get(values.pop("program"))
        made.append(services.create_site(actor=request.user, program=program, **values))

    if request.method == "POST" and form.is_valid() and carried_out(form, work):
        messages.success(request, _("Le milieu est ajouté."))
        return redirect("programs:site", made[0].uid)
    return _page(request, form, _("Ajouter un milieu"), reverse("programs:territories"), programs)


def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct a site."""
    found = get_object_or_404(sites_visible_to(request.user).select_related("municipality", "mrc"), uid=uid)
    require(can_edit_site(request.user, found))
    form = SiteForm(request.POST if request.method == "POST" else None, instance=found, programs=[])

    def work() -> None:
        services.edit_site(actor=request.user, site=found, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and carried_out(form, work):
        messages.success(request, _("Le milieu est corrigé."))
        return redirect("programs:site", uid)
    covering = list(Program.objects.filter(program_sites__site=found).distinct())
    return _page(request, form, found.name, reverse("programs:site", args=[uid]), covering)


def _page(request: HttpRequest, form: SiteForm, heading: str, cancel: str, programs: list[Program]) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "heading": heading,
        "cancel_href": cancel,
        "towns": towns_of(programs)[:OFFERED],
        "owners": search_organizations("", "", False).values_list("name", flat=True)[:OFFERED],
    }
    return render(request, "programs/site_form.html", context, status=422 if form.errors else 200)
