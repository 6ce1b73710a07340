"""Calendars: of a person, of a territory; as a list, a month or a map."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.concertation.calendars import month as months
from maillage.concertation.calendars.asked import Asked
from maillage.concertation.calendars.places import points
from maillage.concertation.calendars.seen import page_of
from maillage.concertation.models import Meeting
from maillage.territories.models import Division

PER_PAGE = 20
MOST_POINTS = 300
MOST_IN_MONTH = 600


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The meetings of the person's groups, and those that are announced to everybody."""
    return _calendar(request, Asked(request.GET, request.user), reverse("concertation:calendar_points"))


@login_not_required
@require_safe
def calendar_territory(request: HttpRequest, pk: int) -> HttpResponse:
    """What is held in a territory: what everybody may know, and the person's groups."""
    asked = Asked(request.GET, request.user, _territory(pk))
    return _calendar(request, asked, reverse("concertation:calendar_territory_points", args=[pk]))


@login_not_required
@require_safe
def calendar_points(request: HttpRequest) -> HttpResponse:
    """The places of a calendar, as GeoJSON."""
    return _points(Asked(request.GET, request.user), reverse("concertation:calendar"))


@login_not_required
@require_safe
def calendar_territory_points(request: HttpRequest, pk: int) -> HttpResponse:
    """The places of a territory's calendar, as GeoJSON."""
    page = reverse("concertation:calendar_territory", args=[pk])
    return _points(Asked(request.GET, request.user, _territory(pk)), page)


def _territory(pk: int) -> Division:
    return get_object_or_404(Division.objects.select_related("parent"), pk=pk)


def _calendar(request: HttpRequest, asked: Asked, map_points: str) -> HttpResponse:
    shown: dict[str, Any] = {"asked": asked, "territory": asked.territory}
    if asked.face == "mois":
        first, last = months.bounds(asked.month)
        found = _linked(asked.between(first, last)[:MOST_IN_MONTH], asked)
        shown["weeks"] = months.weeks(asked.month, found)
        shown["before"], shown["after"] = (asked.address(mois=months.moved(asked.month, by)) for by in (-1, 1))
    else:
        lines = asked.coming if asked.face == "carte" else asked.from_day
        page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
        _linked(page.object_list, asked)
        shown |= {"page": page, "points": map_points + asked.address(), "earlier": _earlier(asked)}
    return render(request, "concertation/calendar/calendar.html", shown)


def _linked(meetings: Any, asked: Asked) -> list[Meeting]:
    """The meetings, each with the address of its page (`href`)."""
    found = list(meetings)
    for meeting in found:
        meeting.href = page_of(meeting, asked.member_of)
    return found


def _earlier(asked: Asked) -> str:
    """The address of the list a month earlier."""
    return asked.address(du=f"{months.moved(asked.day.replace(day=1), -1)}-01")


def _points(asked: Asked, page: str) -> HttpResponse:
    found = asked.coming.select_related("group__territory", "division")[:MOST_POINTS]
    features = points(found, asked.member_of, page + asked.address(vue="liste"))
    collection = {"type": "FeatureCollection", "features": features}
    return JsonResponse(collection, content_type="application/geo+json")
