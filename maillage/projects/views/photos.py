"""Photos of a project: added with what the people shown agreed to, shown, taken back from the public sheet."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import require
from maillage.core.fields import carried_out
from maillage.core.files import file_answer
from maillage.projects.enums import DocumentKind
from maillage.projects.forms.documents import PhotoForm
from maillage.projects.models import ProjectDocument
from maillage.projects.permissions import can_edit_project, can_feed_project
from maillage.projects.queries import ProjectSeen, as_seen, project_seen
from maillage.projects.services.documents import add_photo, edit_photo, withdraw_consent

PER_PAGE = 24


@require_safe
def photos(request: HttpRequest, slug: str) -> HttpResponse:
    """The photos that a project keeps, and what was agreed for each."""
    seen = project_seen(request, slug)
    found = seen.project.documents.filter(kind=DocumentKind.PHOTO).order_by("-added_at", "-id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/documents/photos.html", {"seen": seen, "tab": "documents", "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def photo_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a photo."""
    seen = project_seen(request, slug)
    require(can_feed_project(request.user, seen.project))
    form = PhotoForm(edits=seen.edits)
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES, edits=seen.edits)
        if form.is_valid() and carried_out(
            form,
            lambda: add_photo(
                actor=request.user, project=seen.project, upload=form.cleaned_data["file"], values=form.values()
            ),
        ):
            messages.success(request, _("La photo est ajoutée. Le lieu et l'appareil qu'elle disait sont effacés."))
            return redirect("projects:photos", slug)
    return _form(request, seen, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is said of a photo, and whether it is public."""
    found = _photo(request, uid)
    seen = as_seen(request.user, found.project)
    # What anybody reads is changed by those who carry the project.
    require((can_edit_project if found.is_public else can_feed_project)(request.user, found.project))
    form = PhotoForm(request.POST if request.method == "POST" else None, photo=found, edits=seen.edits)
    if form.is_valid() and carried_out(form, lambda: edit_photo(actor=request.user, photo=found, values=form.values())):
        messages.success(request, _("C'est enregistré."))
        return redirect("projects:photos", found.project.slug)
    return _form(request, seen, form, found)


@require_POST
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody on the photo no longer agrees."""
    found = _photo(request, uid)
    require(can_feed_project(request.user, found.project))
    withdraw_consent(actor=request.user, photo=found)
    messages.success(request, _("La photo n'est plus sur la fiche publique. Effacez-la si la personne le demande."))
    return redirect("projects:photos", found.project.slug)


@login_not_required
@require_safe
def image(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The photo itself (`?taille=petite`: small): for those who see the project, and for anybody when it is on a public sheet."""
    public = Q(is_public=True, project__is_public=True)
    mine = Q(pk__in=ProjectDocument.objects.visible_to(request.user).order_by().values("pk"))
    found = get_object_or_404(ProjectDocument.objects.filter(public | mine, kind=DocumentKind.PHOTO), uid=uid)
    said = {"digest": found.digest, "file_name": found.file_name, "media_type": found.media_type}
    return file_answer(request, **said, inline=True, small=request.GET.get("taille") == "petite")


def _photo(request: HttpRequest, uid: UUID) -> ProjectDocument:
    beside = ("project__group", "project__program")
    visible = ProjectDocument.objects.visible_to(request.user).select_related(*beside)
    return get_object_or_404(visible, uid=uid, kind=DocumentKind.PHOTO)


def _form(request: HttpRequest, seen: ProjectSeen, form: PhotoForm, found: ProjectDocument | None) -> HttpResponse:
    context = {
        "seen": seen, "tab": "documents", "form": form, "photo": found,
        "cancel_href": reverse("projects:photos", args=[seen.project.slug]),
    }  # fmt: skip
    return render(request, "projects/documents/photo_form.html", context, status=422 if form.errors else 200)
