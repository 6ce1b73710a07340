"""The sites that a programme covers, and its hours a week by MRC and role."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.text import as_number
from maillage.programs import services
from maillage.programs.enums import TEAM
from maillage.programs.forms import SitesFilter
from maillage.programs.forms.fields import DayField
from maillage.programs.models import Program, ProgramSite
from maillage.programs.queries import HoursGrid, HoursRow, coverage, hours_grid, mrcs_of
from maillage.programs.templatetags.weekly import weekly
from maillage.territories.models import HousingSite

from .access import coordinated

PER_PAGE = 30
# What a button does to the sites that are checked: the arguments of `cover_sites`.
GESTURES = {
    "cover": {"served": None},
    "serve": {"served": True},
    "unserve": {"served": False},
    "target": {"targeted": True},
    "untarget": {"targeted": False},
}


def sites(request: HttpRequest, slug: str) -> HttpResponse:
    """The register of the territory, filtered; what is checked is covered, served, targeted or taken out."""
    program = coordinated(request, slug)
    form = SitesFilter(request.GET, program=program)
    if request.method == "POST":
        _act(request, program, form)
        return redirect(f"{reverse('programs:sites', kwargs={'slug': slug})}?{request.GET.urlencode()}")
    page = Paginator(form.sites(), PER_PAGE).get_page(request.GET.get("page"))
    _with_coverage(program, page)
    context = {
        "program": program,
        "form": form,
        "page": page,
        "coverage": coverage(program),
        "filters": _removable(request.GET, form.in_force()),
        "since": DayField(required=False),
    }
    return render(request, "programs/sites.html", context)


def _act(request: HttpRequest, program: Program, form: SitesFilter) -> None:
    """Carry out the button that was pressed, on one site (`one`), on those checked, or on all that the filter keeps."""
    gesture, _sep, one = request.POST.get("do", "").partition(":")
    if one:
        chosen = [as_number(one) or 0]
    else:
        chosen = [as_number(key) or 0 for key in request.POST.getlist("site")]
    kept = form.sites()
    found = list(kept if "all" in request.POST and not one else HousingSite.objects.filter(pk__in=chosen))
    if not found:
        messages.warning(request, _("Aucun milieu n'est coché : cochez-en au moins un."))
        return
    try:
        days = {}
        if since := DayField(required=False).clean(request.POST.get("since", "")):
            days["served_from"] = since
        if gesture == "uncover":
            count = services.uncover_sites(actor=request.user, program=program, sites=found)
        elif gesture in GESTURES:
            dated = days if gesture in ("serve", "target") else {}
            count = services.cover_sites(actor=request.user, program=program, sites=found, **GESTURES[gesture], **dated)
        else:
            return
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    messages.success(
        request, ngettext("%(count)d milieu modifié.", "%(count)d milieux modifiés.", count) % {"count": count}
    )


def _with_coverage(program: Program, page: Page) -> None:
    lines = {line.site_id: line for line in program.program_sites.filter(site__in=[site.pk for site in page])}
    for site in page:
        site.coverage = lines.get(site.pk) or ProgramSite(program=program, site=site)


def _removable(given: QueryDict, in_force: list[tuple[str, str, str]]) -> list[dict[str, str]]:
    found = []
    for name, label, value in in_force:
        rest = given.copy()
        rest.pop(name, None)
        rest.pop("page", None)
        found.append({"label": label, "value": value, "remove": f"?{rest.urlencode()}"})
    return found


def hours(request: HttpRequest, slug: str) -> HttpResponse:
    """Hours a week, a line an MRC, a column a role."""
    program = coordinated(request, slug)
    divisions = mrcs_of(program)
    typed, errors = {}, []
    if request.method == "POST":
        cells = {}
        for division in divisions:
            for role in TEAM:
                name = f"h-{division.pk}-{role.value}"
                typed[name] = request.POST.get(name, "").strip()
                try:
                    cells[division, role.value] = _hours(typed[name])
                except ValidationError as error:
                    errors.append(f"{division.name}, {role.label} : {error.message}")
        if not errors:
            try:
                services.set_hours(actor=request.user, program=program, hours=cells)
            except ValidationError as error:
                errors.extend(error.messages)
            else:
                messages.success(request, _("Les heures sont enregistrées."))
                return redirect("programs:program", slug=slug)
    grid = hours_grid(program, divisions)
    cells = [(row, _inputs(grid, row, typed)) for row in grid.rows]
    return render(request, "programs/hours.html", {"program": program, "grid": grid, "cells": cells, "errors": errors})


def _inputs(grid: HoursGrid, row: HoursRow, typed: dict[str, str]) -> list[tuple[str, str, str]]:
    """`(name, label, value)` of the fields of an MRC: what was typed, else what is stored."""
    found = []
    for (role, label), hours in zip(grid.roles, row.hours, strict=True):
        name = f"h-{row.division.pk}-{role}"
        found.append((name, str(label), typed.get(name, weekly(hours))))
    return found


def _hours(text: str) -> Decimal | None:
    """Hours typed with a comma or a point; nothing is None."""
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", ".").replace("\u00a0", "").replace("\u202f", "").replace(" ", ""))
    except InvalidOperation:
        raise ValidationError(_("« %(text)s » n'est pas un nombre d'heures.") % {"text": text[:20]}) from None
    if not value.is_finite() or not 0 <= value <= 2000:
        raise ValidationError(_("les heures par semaine vont de 0 à 2 000."))
    return value.quantize(Decimal("0.01"))
