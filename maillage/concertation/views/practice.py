"""Who knows what in a group, and what I know."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.concertation.community.knowledge import areas_of
from maillage.concertation.community.questions import topics_offered
from maillage.concertation.forms.practice import PracticeForm
from maillage.concertation.permissions import can_take_part
from maillage.concertation.queries import group_seen
from maillage.concertation.services.practice import declare_practice
from maillage.core.errors import require
from maillage.core.text import as_number

PER_PAGE = 50


@require_safe
def knows(request: HttpRequest, slug: str) -> HttpResponse:
    """What members say they know, theme by theme; read by members only."""
    seen = group_seen(request, slug)
    found = areas_of(seen.group)
    topics = list(topics_offered(seen.group))
    chosen = as_number(request.GET.get("theme"))
    if chosen is not None:
        found = found.filter(topic=chosen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "seen": seen,
        "tab": "questions",
        "page": page,
        "topics": topics,
        "chosen": chosen,
        "by_topic": [(topic, list(areas)) for topic, areas in groupby(page, key=lambda area: area.topic)],
    }
    return render(request, "concertation/community/knows.html", shown)


@require_http_methods(["GET", "POST"])
def knows_mine(request: HttpRequest, slug: str) -> HttpResponse:
    """Declare what I know, change it, take it back."""
    seen = group_seen(request, slug)
    require(can_take_part(request.user, seen.group, seen.member))
    assert seen.member is not None
    mine = list(seen.member.practice_areas.order_by("id"))
    sent = request.POST if request.method == "POST" else None
    form = PracticeForm(sent, list(topics_offered(seen.group)), mine)
    if sent is not None and form.is_valid():
        try:
            declare_practice(
                actor=request.user,
                group=seen.group,
                known=form.known(),
                may_be_asked=form.cleaned_data["may_be_asked"],
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("C'est enregistré. Seuls les membres du groupe le lisent."))
            return redirect("concertation:knows", slug)
    shown = {"seen": seen, "tab": "questions", "form": form, "declared": bool(mine)}
    return render(request, "concertation/community/knows_mine.html", shown, status=422 if sent is not None else 200)
