"""Twinning: sites grouped so that each group has enough participants for an activity, with the least travel."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused
from maillage.core.fields import carried_out
from maillage.journal.queries import reads_a_journal
from maillage.projects.forms.twinning import SitesForm, TwinningForm, told_twinning
from maillage.projects.models import Twinning
from maillage.projects.services.twinning_groups import keep_groups
from maillage.projects.services.twinnings import (
    choose_sites,
    edit_twinning,
    open_twinning,
    propose_groups,
    remove_twinning,
)
from maillage.projects.team_programs import offered_names, team_program, worked_in
from maillage.projects.twinning_page import program_sites, shown, site_lines
from maillage.projects.twinning_proposal import unit_of

PER_PAGE = 25
SITES_PER_PAGE = 60


@require_safe
def twinnings(request: HttpRequest) -> HttpResponse:
    """The twinnings of the person's programmes, the latest first."""
    found = Twinning.objects.visible_to(request.user).select_related("program")
    found = found.annotate(kept=Count("groups")).order_by("-created_at", "-id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "works": reads_a_journal(request)}
    return render(request, "projects/twinning/list.html", context)


@require_safe
def twinning(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One twinning: its sites, what is proposed and why, what was kept."""
    return _page(request, _found(request, uid))


@require_http_methods(["GET", "HEAD", "POST"])
def twinning_new(request: HttpRequest) -> HttpResponse:
    """Prepare a twinning, for the programme that `?programme=` names or the first of those where the person works."""
    program = team_program(request)
    form = TwinningForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        made: list[Twinning] = []
        if carried_out(
            form,
            lambda: made.append(open_twinning(actor=request.user, program=program, values=form.cleaned_data)),
        ):
            return redirect("projects:twinning_sites", made[0].uid)
    return _form(request, form, program, None)


@require_http_methods(["GET", "HEAD", "POST"])
def twinning_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the activity or its rules."""
    found = _found(request, uid)
    form = TwinningForm(request.POST or None, program=found.program, initial=told_twinning(found))
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: edit_twinning(actor=request.user, twinning=found, values=form.cleaned_data))
    ):
        messages.success(request, _("Le jumelage est enregistré."))
        return redirect("projects:twinning", uid)
    return _form(request, form, found.program, found)


@require_http_methods(["GET", "HEAD", "POST"])
def twinning_sites(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose the sites, a page of the programme's sites at a time."""
    found = _found(request, uid)
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(program_sites(found, words), SITES_PER_PAGE).get_page(request.GET.get("page"))
    lines, refusal, status = site_lines(found, page.object_list), "", 200
    if request.method == "POST":
        form = SitesForm(request.POST, lines)
        try:
            if form.is_valid:
                choose_sites(actor=request.user, twinning=found, chosen=form.chosen)
                messages.success(request, _("Les milieux sont enregistrés."))
                return redirect(_after_sites(request, found))
            refusal = _("Rien n'est enregistré : un nombre ne se lit pas. Il est marqué plus bas.")
        except NotAllowed:
            raise
        except Refused as problem:
            refusal = str(problem)
        status = 422
    context = {"twinning": found, "lines": lines, "page": page, "words": words, "refusal": refusal, **_totals(found)}
    return render(request, "projects/twinning/sites.html", context, status=status)


@require_POST
def twinning_propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for the best groupings."""
    found = _found(request, uid)
    try:
        propose_groups(actor=request.user, twinning=found)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("projects:twinning", args=[uid]) + "#proposition")


@require_POST
def twinning_keep(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep the groupings that are ticked: their shared activities are opened."""
    found = _found(request, uid)
    hosts = [int(key) for key in request.POST.getlist("host") if key.isdigit() and len(key) < 12]
    try:
        kept = keep_groups(actor=request.user, twinning=found, hosts=hosts, seen=request.POST.get("seen", ""))
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, found, refusal=str(refusal))
    told = ngettext("%d activité commune est créée.", "%d activités communes sont créées.", len(kept)) % len(kept)
    messages.success(request, told)
    return redirect("projects:twinning", uid)


@require_POST
def twinning_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a twinning."""
    found = _found(request, uid)
    try:
        remove_twinning(actor=request.user, twinning=found)
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, found, refusal=str(refusal))
    messages.success(request, _("Le jumelage est retiré."))
    return redirect("projects:twinnings")


def _found(request: HttpRequest, uid: UUID) -> Twinning:
    visible = Twinning.objects.visible_to(request.user).select_related("program", "provider", "matrix")
    return get_object_or_404(visible, uid=uid)


def _totals(found: Twinning) -> dict[str, Any]:
    return found.sites.aggregate(count=Count("pk"), people=Sum("interested", default=0))


def _after_sites(request: HttpRequest, found: Twinning) -> str:
    if request.POST.get("do") == "stay":
        return request.get_full_path()
    return reverse("projects:twinning", args=[found.uid])


def _page(request: HttpRequest, found: Twinning, refusal: str = "") -> HttpResponse:
    lines = list(found.sites.select_related("site__municipality").order_by("site__name", "id"))
    kept = found.groups.select_related("host", "activity").prefetch_related("sites").order_by("id")
    context = {
        "twinning": found, "unit": unit_of(found), "lines": lines, "kept": list(kept), "shown": shown(found, lines),
        "people": sum(line.interested for line in lines), "refusal": refusal,
        "seen": found.proposed_at.isoformat() if found.proposed_at else "",
    }  # fmt: skip
    return render(request, "projects/twinning/twinning.html", context, status=422 if refusal else 200)


def _form(request: HttpRequest, form: TwinningForm, program: Any, found: Twinning | None) -> HttpResponse:
    cancel = reverse("projects:twinning", args=[found.uid]) if found else reverse("projects:twinnings")
    context = {
        "form": form, "program": program, "twinning": found, "cancel_href": cancel,
        "programs": [] if found else worked_in(request), "organizations": offered_names(program),
    }  # fmt: skip
    return render(request, "projects/twinning/form.html", context, status=422 if form.errors else 200)
