"""The list of programmes, the page of one, and the switch between them."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import require
from maillage.programs import services
from maillage.programs.forms import EditionForm, ProgramForm
from maillage.programs.forms.fields import carried_out
from maillage.programs.models import Program
from maillage.programs.permissions import can_create_program, standing
from maillage.programs.queries import SESSION_KEY, coverage, hours_grid, partners_of, setup_steps, team_size

from .access import coordinated, seen

FIELDS = ("name", "kind", "description", "start", "end", "territory", "coverage_tenures")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The programmes that the person belongs to."""
    visible = Program.objects.visible_to(request.user).select_related("territory", "previous_edition")
    page = Paginator(visible.order_by("-start", "id"), 30).get_page(request.GET.get("page"))
    return render(request, "programs/list.html", {"page": page, "can_create": can_create_program(request.user)})


@require_safe
def program(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a programme: its public part for all its members, its team's part for the team."""
    found = seen(request, slug)
    team, coordinates = (bool(decision) for decision in standing(request.user, found))
    covered, grid, partners, people = coverage(found), hours_grid(found), partners_of(found), team_size(found)
    steps = []
    if coordinates:
        counts = {"partners": len(partners), "sites": covered.covered, "hours": grid.total, "workers": people.workers}
        steps = setup_steps(found, **counts)
    context = {
        "program": found,
        "coverage": covered,
        "grid": grid,
        "partners": partners,
        "people": people,
        "next_editions": found.next_editions.all(),
        "targeted": _targeted(found) if team else [],
        "team": team,
        "coordinates": coordinates,
        "steps": steps,
        "ready": all(step.done for step in steps),
    }
    return render(request, "programs/program.html", context)


def _targeted(program: Program) -> list:
    lines = program.program_sites.filter(is_targeted=True).select_related("site__mrc")
    return list(lines.order_by("site__name", "id")[:50])


def new(request: HttpRequest) -> HttpResponse:
    """Open a programme."""
    require(can_create_program(request.user))
    form = ProgramForm(request.POST or None, initial={"kind": "agreement", "coverage_tenures": ["omh"]})
    if request.method == "POST" and form.is_valid():
        made: list[Program] = []
        create = services.create_program
        if carried_out(form, lambda: made.append(create(actor=request.user, **form.cleaned_data))):
            request.session[SESSION_KEY] = made[0].slug
            messages.success(request, _("Le programme est ouvert. Voici ce qu'il reste à préparer."))
            return redirect("programs:program", slug=made[0].slug)
    return render(request, "programs/new.html", {"form": form})


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the name, the period, the territory."""
    found = coordinated(request, slug)
    title = found.name
    form = ProgramForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        save = services.edit_program
        if carried_out(form, lambda: save(actor=request.user, program=found, **form.cleaned_data)):
            messages.success(request, _("Le programme est enregistré."))
            return redirect("programs:program", slug=slug)
    return render(request, "programs/edit.html", {"program": found, "form": form, "title": title})


def next_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the next edition."""
    found = coordinated(request, slug)
    copies = dict.fromkeys(("copy_partners", "copy_sites", "copy_hours", "copy_team"), True)
    form = EditionForm(request.POST or None, initial={"name": found.name, "share_frame": "", **copies})
    if request.method == "POST" and form.is_valid():
        made: list[Program] = []
        opened = services.open_next_edition
        if carried_out(form, lambda: made.append(opened(actor=request.user, program=found, **form.cleaned_data))):
            request.session[SESSION_KEY] = made[0].slug
            messages.success(request, _("La nouvelle édition est ouverte."))
            return redirect("programs:program", slug=made[0].slug)
    return render(request, "programs/next_edition.html", {"program": found, "form": form})


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Work in another programme; the person stays on the page where that makes sense."""
    visible = Program.objects.visible_to(request.user)
    chosen = get_object_or_404(visible, slug=request.POST.get("programme", ""))
    request.session[SESSION_KEY] = chosen.slug
    return HttpResponseRedirect(_same_page(request, chosen))


def _same_page(request: HttpRequest, chosen: Program) -> str:
    """The page the person was on, for the programme chosen; « / » where that page is about one thing of another."""
    path = urlsplit(request.POST.get("next", "")).path
    if not path or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return "/"
    try:
        match = resolve(path)
    except Resolver404:
        return "/"
    if not match.kwargs:
        return path
    if set(match.kwargs) == {"slug"} and Program.objects.filter(slug=match.kwargs["slug"]).exists():
        return reverse(match.view_name, kwargs={"slug": chosen.slug})
    return "/"
