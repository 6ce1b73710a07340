"""Addresses that calendars follow: the person's page where they are opened and closed, and what they give."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.calendars.feeds import etag_of, feed_of, private_text, public_text
from maillage.concertation.calendars.seen import groups_of
from maillage.concertation.models import CalendarFeed
from maillage.concertation.services.calendar_feeds import close_feed, open_feed
from maillage.core.errors import Refused
from maillage.core.public_address import public_url
from maillage.core.text import as_number
from maillage.territories.models import Division

CALENDAR = "text/calendar; charset=utf-8"


@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """The person's addresses; a new one is shown once."""
    shown = {"groups": list(groups_of(request.user).only("pk", "name")), "problem": "", "address": ""}
    status = 200
    if request.method == "POST":
        try:
            shown["address"] = _open(request)
        except Refused as refused:
            shown["problem"], status = str(refused), 422
    mine = CalendarFeed.objects.filter(user=request.user, revoked_at=None).select_related("group")
    shown |= {
        "feeds": mine.order_by("-created_at", "-id"),
        "webcal": str(shown["address"]).replace("https://", "webcal://").replace("http://", "webcal://"),
        "public": public_url(reverse("concertation:public_feed")),
    }
    return render(request, "concertation/calendar/feeds.html", shown, status=status)


def _open(request: HttpRequest) -> str:
    wanted = request.POST.get("group", "")
    group = get_object_or_404(groups_of(request.user), pk=as_number(wanted)) if wanted else None
    _feed, secret = open_feed(actor=request.user, group=group, name=request.POST.get("name", "")[:120])
    return public_url(reverse("concertation:private_feed", args=[secret]))


@require_POST
def feed_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one of the person's addresses."""
    close_feed(actor=request.user, feed=get_object_or_404(CalendarFeed, pk=pk, user=request.user))
    messages.success(request, _("L'adresse est fermée : elle ne donne plus rien."))
    return redirect("concertation:feeds")


@login_not_required
@require_safe
def private_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What an address gives to whoever has it. Closed: gone for good, and clients stop asking."""
    feed = feed_of(secret)
    if feed is None:
        raise Http404
    if feed.revoked_at is not None:
        return HttpResponse(_("Cette adresse est fermée."), status=410, content_type="text/plain; charset=utf-8")
    return _calendar(request, private_text(feed), "private")


@login_not_required
@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    """What is announced to everybody."""
    return _calendar(request, public_text(None), "public")


@login_not_required
@require_safe
def territory_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """What is announced to everybody in a territory."""
    return _calendar(request, public_text(get_object_or_404(Division, pk=pk)), "public")


def _calendar(request: HttpRequest, text: str, reach: str) -> HttpResponse:
    headers = {"ETag": etag_of(text), "Cache-Control": f"{reach}, max-age=900", "X-Robots-Tag": "noindex"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers=headers)
    headers["Content-Disposition"] = 'inline; filename="calendrier.ics"'
    return HttpResponse(text, content_type=CALENDAR, headers=headers)
