"""Texts of minutes as they are typed: saved, merged, settled; what others typed meanwhile."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.concertation.minutes_page import WITH_MINUTES, MinutesPage, minutes_of
from maillage.concertation.models import NoteVersion
from maillage.concertation.passages import LONGEST, NOTES, OF_MINUTES, Passage
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import meeting_seen
from maillage.concertation.services.notes import Noted, note_passage, settle_version
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.text import as_number

from .minutes import show_minutes


@require_POST
def minutes_note(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Save a text: the script of the page is answered what it says now, a form is sent back to the page."""
    seen, meeting = meeting_seen(request, uid, WITH_MINUTES)
    require(can_animate(request.user, meeting.group, seen.member))
    by_script = request.headers.get("Accept", "").startswith("application/json")
    key = request.POST.get("key", "")
    try:
        noted = note_passage(
            actor=request.user,
            meeting=meeting,
            key=key,
            text=request.POST.get("text", ""),
            revision=as_number(request.POST.get("revision")) or 0,
            base=request.POST.get("base"),
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        if by_script:
            return JsonResponse({"problem": str(refusal)}, status=422)
        typed = {"kind": "note", "key": key, "text": request.POST.get("text", "")}
        return show_minutes(request, seen, meeting, 422, problem=str(refusal), typed=typed)
    if by_script:
        return JsonResponse(_told(noted))
    if noted.waiting:
        messages.warning(request, _("Quelqu'un a changé les mêmes lignes : les deux versions vous attendent."))
    return redirect(reverse("concertation:minutes", args=[uid]) + f"#p-{noted.passage.key}")


def _told(noted: Noted) -> dict[str, object]:
    passage = noted.passage
    told: dict[str, object] = {"revision": passage.revision, "text": passage.text}
    if noted.waiting:
        told["waiting"] = _(
            "Quelqu'un a changé les mêmes lignes. Votre texte est gardé à côté : rechargez pour choisir."
        )
    return told


@require_safe
def minutes_news(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the texts say now, of those whose revision is no longer the one that the page holds."""
    seen, meeting = meeting_seen(request, uid, WITH_MINUTES)
    require(can_animate(request.user, meeting.group, seen.member))
    minutes = minutes_of(meeting)
    passages = [Passage(minutes, name) for name in OF_MINUTES]
    items = meeting.items.order_by("position", "id")
    passages += [Passage(minutes, NOTES, item) for item in items]
    texts = {
        passage.key: {"revision": passage.revision, "text": passage.text}
        for passage in passages
        if request.GET.get(passage.key) != str(passage.revision)
    }
    page = MinutesPage(meeting, seen.animates)
    made = [[line.pk, line.text, line.way] for line in page.decisions]
    made += [[line.pk, line.what, line.state, line.who, str(line.due_on)] for line in page.promised]
    return JsonResponse({"live": page.is_live, "texts": texts, "made": made})


@require_POST
def version_settle(request: HttpRequest, uid: UUID, version: UUID) -> HttpResponse:
    """Choose between two versions: the one that is written, the one that waits, or what the person made of both."""
    seen, meeting = meeting_seen(request, uid, WITH_MINUTES)
    require(can_animate(request.user, meeting.group, seen.member))
    waiting = NoteVersion.objects.select_related("minutes__meeting__group", "item")
    found = get_object_or_404(waiting, uid=version, minutes__meeting=meeting, waiting=True)
    passage = Passage(found.minutes, found.field, found.item)
    chosen = {"keep": passage.text, "take": found.text}
    text = chosen.get(request.POST.get("do", ""), request.POST.get("text", ""))[: LONGEST[found.field] + 1]
    revision = as_number(request.POST.get("revision")) or 0
    try:
        settle_version(actor=request.user, version=found, text=text, revision=revision)
    except NotAllowed:
        raise
    except Refused as refusal:
        return show_minutes(request, seen, meeting, 409, problem=str(refusal))
    messages.success(request, _("C'est réglé : il n'y a plus qu'un texte."))
    return redirect(reverse("concertation:minutes", args=[uid]) + f"#p-{passage.key}")
