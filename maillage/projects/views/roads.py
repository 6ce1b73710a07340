"""Tables of travel between sites, loaded from a file."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.core.fields import carried_out
from maillage.projects.forms.twinning import RoadsForm
from maillage.projects.models import RoadMatrix
from maillage.projects.services.roads import load_roads
from maillage.projects.team_programs import team_program, worked_in


@require_http_methods(["GET", "HEAD", "POST"])
def roads(request: HttpRequest) -> HttpResponse:
    """The tables of a programme, and the form that loads one."""
    program = team_program(request)
    form = RoadsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with tempfile.TemporaryDirectory() as folder:
            path = _written(Path(folder), form.cleaned_data["file"])
            said = {name: form.cleaned_data[name] for name in ("name", "unit")}
            done = carried_out(form, lambda: load_roads(actor=request.user, program=program, path=path, **said))
        if done:
            messages.success(request, _("La table de trajets est chargée."))
            return redirect(f"{request.path}?programme={program.slug}")
    tables = RoadMatrix.objects.filter(program=program).annotate(ways=Count("roads")).order_by("name", "id")
    context = {"form": form, "program": program, "programs": worked_in(request), "tables": tables}
    return render(request, "projects/twinning/roads.html", context, status=422 if form.errors else 200)


def _written(folder: Path, file: UploadedFile) -> Path:
    path = folder / f"file{Path(file.name or '').suffix.lower()[:10]}"
    with path.open("wb") as written:
        for chunk in file.chunks():
            written.write(chunk)
    return path
