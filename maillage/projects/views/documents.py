"""Documents of a project: listed, added, given as files, taken away."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import require
from maillage.core.fields import carried_out
from maillage.core.files import file_answer
from maillage.projects.enums import DocumentKind
from maillage.projects.forms.documents import DocumentForm
from maillage.projects.models import ProjectDocument
from maillage.projects.permissions import can_edit_project, can_feed_project
from maillage.projects.queries import project_seen
from maillage.projects.services.documents import add_document, remove_document

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """The files that a project keeps; one is added here."""
    seen = project_seen(request, slug)
    form = DocumentForm()
    if request.method == "POST":
        require(can_feed_project(request.user, seen.project))
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in ("kind", "title")}
            upload = form.cleaned_data["file"]
            if carried_out(form, lambda: add_document(actor=request.user, project=seen.project, upload=upload, **said)):
                messages.success(request, _("Le document est joint."))
                return redirect("projects:documents", slug)
    found = seen.project.documents.exclude(kind=DocumentKind.PHOTO).order_by("-added_at", "-id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"seen": seen, "tab": "documents", "form": form, "page": page}
    return render(request, "projects/documents/documents.html", shown, status=422 if form.errors else 200)


@require_safe
def document(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file, to be kept by who asks."""
    found = get_object_or_404(ProjectDocument.objects.visible_to(request.user), uid=uid)
    return file_answer(request, digest=found.digest, file_name=found.file_name, media_type=found.media_type)


@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a document or a photo away."""
    visible = ProjectDocument.objects.visible_to(request.user).select_related("project__group", "project__program")
    found = get_object_or_404(visible, uid=uid)
    require(can_edit_project(request.user, found.project))
    photo = found.kind == DocumentKind.PHOTO
    remove_document(actor=request.user, document=found)
    messages.success(request, _("La photo est effacée.") if photo else _("Le document est retiré."))
    return redirect("projects:photos" if photo else "projects:documents", found.project.slug)
