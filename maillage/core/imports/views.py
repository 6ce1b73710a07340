"""Pages of imports: the same for every app, which gives its section and its addresses."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.core.models import ImportJob, ImportState
from maillage.core.services import import_jobs

from . import progress, registry, run
from .forms import ColumnsForm, FileForm
from .importer import Importer


def start(request: HttpRequest, section: str) -> HttpResponse:
    """Choose a file; it is kept and examined, and the page of the import follows."""
    importers = [importer for importer in registry.in_section(section) if importer.may(request.user)]
    if not importers:
        raise Http404
    initial = {"importer": request.GET.get("type") or importers[0].name}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FileForm(*sent, importers=importers, initial=initial)
    if request.method == "POST" and form.is_valid():
        importer = form.importers[form.cleaned_data["importer"]]
        try:
            job = import_jobs.open_job(actor=request.user, importer=importer, upload=form.cleaned_data["file"])
            import_jobs.start(job=job, state=ImportState.CHECKING)
            return redirect(_address(request, job))
        except Refused as refused:
            form.add_error("file", str(refused))
    recent = ImportJob.objects.filter(actor_id=request.user.pk, importer__in=[i.name for i in importers])[:5]
    page = {"form": form, "importers": importers, "recent": [(job, _address(request, job)) for job in recent]}
    return render(request, "core/imports/start.html", page, status=422 if form.errors else 200)


def job(request: HttpRequest, section: str, uid: UUID) -> HttpResponse:
    """Where an import stands: what was found, the columns, then the report."""
    found = get_object_or_404(ImportJob, uid=uid)
    importer = registry.find(found.importer)
    if importer is None or importer.section != section or not importer.may(request.user):
        raise Http404
    # A sample of the file is shown: a journal holds notes, which an administrator does not read.
    if found.actor_id != request.user.pk:
        raise Http404
    if request.method == "POST":
        return _act(request, found, importer)
    return _show(request, found, importer, _columns_form(request, found, importer))


def _columns_form(request: HttpRequest, found: ImportJob, importer: Importer, data: Any = None) -> ColumnsForm:
    return ColumnsForm(data, importer=importer, actor=request.user, report=found.report, job=found)


def _act(request: HttpRequest, found: ImportJob, importer: Importer) -> HttpResponse:
    action = request.POST.get("action", "")
    state = import_jobs.state_of(found)
    if action == "discard" and state not in (ImportState.RUNNING, ImportState.CHECKING):
        import_jobs.discard(job=found)
        messages.success(request, _("Le fichier est retiré : rien n'a été changé."))
        return redirect(reverse(f"{request.resolver_match.namespace}:import"))
    if state == ImportState.DONE:
        return redirect(_address(request, found))
    try:
        if action == "check":
            form = _columns_form(request, found, importer, request.POST)
            if found.report and not form.is_valid():
                return _show(request, found, importer, form, status=422)
            import_jobs.ask(job=found, asked=form.asked() if found.report else {})
            import_jobs.start(job=found, state=ImportState.CHECKING)
        elif action in ("write", "write-partial") and state in (ImportState.CHECKED, ImportState.INTERRUPTED):
            import_jobs.ask(job=found, asked={"accept_partial": action == "write-partial"})
            import_jobs.start(job=found, state=ImportState.RUNNING)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_address(request, found))


def _show(
    request: HttpRequest, found: ImportJob, importer: Importer, form: ColumnsForm, status: int = 200
) -> HttpResponse:
    state = import_jobs.state_of(found)
    report = found.report
    counts = report.get("counts", {})
    page = {
        "job": found,
        "state": state,
        "importer": importer,
        "form": form,
        "report": report,
        "counts": counts,
        "good": counts.get("new", 0) + counts.get("changed", 0),
        "problems": run.grouped(report.get("problems", [])),
        "remarks": run.grouped(report.get("remarks", [])),
        "progress": progress.read(found.uid),
        "address": _address(request, found),
        "back": reverse(f"{request.resolver_match.namespace}:import"),
        "step": {ImportState.DONE: 4, ImportState.RUNNING: 3}.get(ImportState(state), 2),
        "steps": [_("Fichier"), _("Vérification"), _("Import")],
        "is_working": state in (ImportState.CHECKING, ImportState.RUNNING),
    }
    template = (
        "core/imports/progress.html" if request.GET.get("suivi") and page["is_working"] else "core/imports/job.html"
    )
    response = render(request, template, page, status=status)
    if request.headers.get("HX-Request") and request.GET.get("suivi") and not page["is_working"]:
        response = HttpResponse(status=200, headers={"HX-Refresh": "true"})
    return response


def _address(request: HttpRequest, found: ImportJob) -> str:
    return reverse(f"{request.resolver_match.namespace}:import_job", args=[found.uid])
