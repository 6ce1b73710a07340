"""Documents of a group and of its meetings: listed, added, given as files, taken away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.forms.documents import DocumentForm
from maillage.concertation.models import Document, Meeting
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.concertation.queries import GroupSeen, as_seen, group_seen, meeting_seen
from maillage.concertation.services.documents import add_document, remove_document
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.files import file_answer

from .meetings import take

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that a group keeps; a document of the group itself is added here."""
    return _page(request, group_seen(request, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_documents(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The documents of a meeting."""
    seen, meeting = meeting_seen(request, uid)
    return _page(request, seen, meeting)


def _page(request: HttpRequest, seen: GroupSeen, meeting: Meeting | None) -> HttpResponse:
    form = DocumentForm(meeting=meeting)
    address = (
        reverse("concertation:meeting_documents", args=[meeting.uid])
        if meeting
        else reverse("concertation:documents", args=[seen.group.slug])
    )
    if request.method == "POST":
        if not seen.animates:
            require(can_take_part(request.user, seen.group, seen.member))
        form = DocumentForm(request.POST, request.FILES, meeting=meeting)
        if form.is_valid() and _added(request, seen, meeting, form):
            messages.success(request, _("Le document est joint."))
            return redirect(address)
    found = Document.objects.filter(group=seen.group).select_related("meeting", "item").defer("item__notes")
    if meeting is not None:
        found = found.filter(meeting=meeting)
    shown = {
        "seen": seen,
        "tab": "meetings",
        "meeting": meeting,
        "form": form,
        "page": Paginator(found.order_by("-added_at", "-id"), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "concertation/documents/list.html", shown, status=422 if form.errors else 200)


def _added(request: HttpRequest, seen: GroupSeen, meeting: Meeting | None, form: DocumentForm) -> bool:
    said: dict[str, Any] = {name: form.cleaned_data.get(name) for name in ("title", "url", "item")}
    try:
        add_document(
            actor=request.user, group=seen.group, meeting=meeting, upload=form.cleaned_data.get("file"), **said
        )
    except ValidationError as refused:
        take(form, refused)
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error("file" if form.cleaned_data.get("file") else None, str(refused))
    return not form.errors


@require_safe
def document(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file, to be kept by who asks: a browser never opens it as a page of ours. An address leads there."""
    found = get_object_or_404(Document.objects.visible_to(request.user), uid=uid)
    if not found.digest:
        return redirect(found.url)
    return file_answer(request, digest=found.digest, file_name=found.file_name, media_type=found.media_type)


@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a document away."""
    found = get_object_or_404(Document.objects.visible_to(request.user).select_related("group", "meeting"), uid=uid)
    seen = as_seen(request.user, found.group)
    require(can_animate(request.user, found.group, seen.member))
    remove_document(actor=request.user, document=found)
    messages.success(request, _("Le document est retiré."))
    if found.meeting:
        return redirect("concertation:meeting_documents", found.meeting.uid)
    return redirect("concertation:documents", found.group.slug)
