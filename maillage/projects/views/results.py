"""Results: of a project, of a programme; told, changed, shown by what they rest on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import require
from maillage.core.fields import carried_out
from maillage.core.tabular import csv_answer
from maillage.journal.queries import reads_a_journal
from maillage.programs.models import Program
from maillage.programs.queries import current_program
from maillage.projects.forms.results import ProofForm, ResultForm
from maillage.projects.models import Proof, Result
from maillage.projects.permissions import can_edit_result, can_feed_project
from maillage.projects.queries import ProjectSeen, as_seen, project_seen
from maillage.projects.services.results import add_proof, add_result, drop_proof, edit_result, remove_result
from maillage.projects.sight import sight_of
from maillage.projects.told import ProgramResults, counted, page_of, result_columns, result_rows, seen_results


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """What came of a project."""
    seen = project_seen(request, slug)
    told = Result.objects.filter(project=seen.project).order_by("effect", "-observed_on", "-id")
    counts = counted(told)
    page = page_of(told, counts.results, request.GET.get("page"))
    shown = {
        "seen": seen, "tab": "results", "page": page,
        "effects": [count for count in counts.effects if count.results],
        "lines": seen_results(request.user, list(page), inside=True),
    }  # fmt: skip
    return render(request, "projects/results/project.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def result_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell what came of a project."""
    seen = project_seen(request, slug)
    require(can_feed_project(request.user, seen.project))
    form = ResultForm(request.POST if request.method == "POST" else None, edits=seen.edits)
    if form.is_valid() and carried_out(
        form, lambda: add_result(actor=request.user, project=seen.project, values=form.cleaned_data)
    ):
        messages.success(request, _("C'est inscrit. Ajoutez ce qui le montre, si vous l'avez."))
        return redirect("projects:results", slug)
    return _form(request, seen, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def result_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is told."""
    found, seen = _result(request, uid)
    require(can_edit_result(request.user, found))
    form = ResultForm(request.POST if request.method == "POST" else None, result=found, edits=seen.edits)
    if form.is_valid() and carried_out(
        form, lambda: edit_result(actor=request.user, result=found, values=form.cleaned_data)
    ):
        messages.success(request, _("C'est enregistré."))
        return redirect("projects:results", seen.project.slug)
    return _form(request, seen, form, found)


@require_POST
def result_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a result away."""
    found, seen = _result(request, uid)
    require(can_edit_result(request.user, found))
    remove_result(actor=request.user, result=found)
    messages.success(request, _("La retombée est retirée."))
    return redirect("projects:results", seen.project.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def proof_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what a result rests on."""
    found, seen = _result(request, uid)
    require(can_feed_project(request.user, seen.project))
    sent = request.POST if request.method == "POST" else None
    form = ProofForm(sent, actor=request.user, project=seen.project, journal=reads_a_journal(request))
    if form.is_valid():
        given: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value}
        if carried_out(form, lambda: add_proof(actor=request.user, result=found, **given)):
            messages.success(request, _("C'est ajouté."))
            return redirect("projects:results", seen.project.slug)
    context = {"seen": seen, "tab": "results", "result": found, "form": form}
    return render(request, "projects/results/proof_form.html", context, status=422 if form.errors else 200)


@require_POST
def proof_drop(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Take a proof away."""
    found, seen = _result(request, uid)
    require(can_feed_project(request.user, seen.project))
    proof = get_object_or_404(Proof.objects.select_related("result__project"), result=found, pk=pk)
    drop_proof(actor=request.user, proof=proof)
    messages.success(request, _("C'est retiré."))
    return redirect("projects:results", seen.project.slug)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Leads to the results of the programme in which the person works. 404 when they have none."""
    program = current_program(request)
    if program is None:
        raise Http404
    return redirect("projects:program_results", program.slug)


@require_safe
def of_program(request: HttpRequest, slug: str) -> HttpResponse:
    """What came of the projects of a programme: how many by effect, then the stories."""
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    sight = sight_of(request)
    asked = ProgramResults(sight, program, request.GET.get("effet", ""))
    counts = counted(asked.whole)
    page = page_of(asked.found(), counts.of(asked.effect), request.GET.get("page"))
    shown = {
        "program": program,
        "asked": asked,
        "page": page,
        "counts": counts,
        "projects": asked.projects.count(),
        "chosen": next((count.label for count in counts.effects if count.code == asked.effect), ""),
        "lines": seen_results(request.user, list(page), inside=sight),
    }
    return render(request, "projects/results/program.html", shown)


@require_safe
def file(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The same results as a file."""
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    asked = ProgramResults(sight_of(request), program, request.GET.get("effet", ""))
    return csv_answer(f"retombees-{slug}", result_columns(), result_rows(asked.found()))


def _result(request: HttpRequest, uid: UUID) -> tuple[Result, ProjectSeen]:
    visible = Result.objects.visible_to(request.user).select_related("project__group", "project__program")
    found = get_object_or_404(visible, uid=uid)
    return found, as_seen(request.user, found.project)


def _form(request: HttpRequest, seen: ProjectSeen, form: ResultForm, found: Result | None) -> HttpResponse:
    context = {
        "seen": seen, "tab": "results", "form": form, "result": found,
        "cancel_href": reverse("projects:results", args=[seen.project.slug]),
    }  # fmt: skip
    return render(request, "projects/results/form.html", context, status=422 if form.errors else 200)
