"""The value of a group: figures and stories by cycle, the matrix of both, telling a story."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.concertation.community.permissions import can_correct
from maillage.concertation.community.value import cycles_of, line_of, span_of, stories_of, year_of
from maillage.concertation.forms.value import StoryForm
from maillage.concertation.models import ValueStory
from maillage.concertation.permissions import can_take_part
from maillage.concertation.queries import GroupSeen, as_seen, group_seen
from maillage.concertation.services.value_stories import tell_story, withdraw_story
from maillage.core.errors import require

PER_PAGE = 20


@require_safe
def value(request: HttpRequest, slug: str) -> HttpResponse:
    """The five cycles in a year: what the group's work counts, what its members tell."""
    seen = group_seen(request, slug)
    year, years = year_of(request.GET.get("annee"), seen.group)
    start, end = span_of(year)
    page = Paginator(stories_of(seen.group, start, end), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "seen": seen,
        "tab": "value",
        "year": year,
        "years": years,
        "cycles": cycles_of(seen.group, start, end),
        "page": page,
        "lines": [line_of(story) for story in page],
    }
    return render(request, "concertation/community/value.html", shown)


@require_http_methods(["GET", "POST"])
def story_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell a story."""
    seen = group_seen(request, slug)
    require(can_take_part(request.user, seen.group, seen.member))
    return _told(request, seen, None)


@require_safe
def story(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One story."""
    found, seen = _story_seen(request, uid)
    parts = sorted(found.parts.all(), key=lambda part: part.cycle)
    corrects = bool(can_correct(request.user, seen.group, found.told_by, seen.member))
    shown = {"seen": seen, "tab": "value", "story": found, "parts": parts, "corrects": corrects}
    return render(request, "concertation/community/story.html", shown)


@require_http_methods(["GET", "POST"])
def story_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a story, or take it back (`do=withdraw`)."""
    found, seen = _story_seen(request, uid)
    require(can_correct(request.user, seen.group, found.told_by, seen.member))
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        withdraw_story(actor=request.user, story=found)
        messages.success(request, _("Le récit est retiré."))
        return redirect("concertation:value", seen.group.slug)
    return _told(request, seen, found)


def _told(request: HttpRequest, seen: GroupSeen, found: ValueStory | None) -> HttpResponse:
    form: Any = StoryForm(request.POST if request.method == "POST" else None, seen.group, found)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("title", "may_be_quoted")}
        try:
            told = tell_story(actor=request.user, group=seen.group, parts=form.parts(), story=found, **values)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Merci : votre récit est inscrit."))
            return redirect("concertation:story", told.uid)
    status = 422 if request.method == "POST" else 200
    shown = {"seen": seen, "tab": "value", "form": form, "story": found}
    return render(request, "concertation/community/story_form.html", shown, status=status)


def _story_seen(request: HttpRequest, uid: UUID) -> tuple[ValueStory, GroupSeen]:
    """A story of the groups that the person sees; 404 for any other."""
    known = ValueStory.objects.visible_to(request.user).select_related(
        "group", "told_by__person", "told_by__organization"
    )
    found = get_object_or_404(known.prefetch_related("parts__meeting"), uid=uid)
    return found, as_seen(request.user, found.group)
