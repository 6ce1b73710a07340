"""A calendar's file comes into a group: chosen, shown, then written whole or not at all."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from maillage.concertation.calendars import kept_files
from maillage.concertation.calendars.importing import plan
from maillage.concertation.calendars.reading import LARGEST
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import GroupSeen, group_seen
from maillage.concertation.services.calendar_imports import import_calendar
from maillage.core.errors import Refused, require

SHOWN = 60  # meetings that the page names


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; see what it would change; write it."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    if request.method != "POST":
        return _page(request, seen, {})
    try:
        return _write(request, seen) if "kept" in request.POST else _show(request, seen)
    except ValidationError as refused:
        return _page(request, seen, {"problem": " ".join(refused.messages)}, 422)
    except Refused as refused:
        return _page(request, seen, {"problem": str(refused)}, 422)


def _show(request: HttpRequest, seen: GroupSeen) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        raise Refused(_("Choisissez un fichier .ics."))
    if (sent.size or 0) > LARGEST:
        raise Refused(_("Le fichier pèse plus de 2 Mo : gardez-en une partie."))
    data = sent.read()
    found = plan(seen.group, data)
    kept = "" if found.reading.problems or not found.changes else kept_files.keep(_owner(request, seen), data)
    status = 422 if found.reading.problems else 200
    return _page(request, seen, {"plan": found, "kept": kept, "file_name": (sent.name or "")[:200]}, status)


def _write(request: HttpRequest, seen: GroupSeen) -> HttpResponse:
    owner, name = _owner(request, seen), request.POST["kept"]
    data = kept_files.kept(owner, name)
    if data is None:
        raise Refused(_("Ce fichier n'est plus gardé : choisissez-le de nouveau."))
    done = import_calendar(actor=request.user, group=seen.group, data=data)
    kept_files.forget(owner, name)
    said = ngettext(
        "Le calendrier est inscrit : {n} rencontre touchée.",
        "Le calendrier est inscrit : {n} rencontres touchées.",
        done.changes,
    )
    messages.success(request, said.format(n=done.changes))
    return redirect("concertation:meetings", seen.group.slug)


def _owner(request: HttpRequest, seen: GroupSeen) -> str:
    return f"{request.user.pk}-{seen.group.pk}"


def _page(request: HttpRequest, seen: GroupSeen, found: dict[str, Any], status: int = 200) -> HttpResponse:
    shown = {"seen": seen, "tab": "meetings", "plan": None, "kept": "", "problem": "", "file_name": "", **found}
    made = shown["plan"]
    if made is not None:
        shown["new"], shown["new_more"] = made.new[:SHOWN], max(0, len(made.new) - SHOWN)
        shown["changed"], shown["cancelled"] = made.changed[:SHOWN], made.cancelled[:SHOWN]
        shown["problems"], shown["notes"] = made.reading.problems[:SHOWN], made.reading.notes[:SHOWN]
    return render(request, "concertation/calendar/import.html", shown, status=status)
