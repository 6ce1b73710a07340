"""Follow-ups of groups: of one group, and mine across groups; done in one tap, and undone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.forms.fields import carried_out
from maillage.concertation.forms.minutes import FollowUpForm, told_who
from maillage.concertation.minutes_page import WITH_MINUTES, WITH_PEOPLE
from maillage.concertation.models import FollowUp
from maillage.concertation.permissions import can_animate
from maillage.concertation.promises import can_mark_follow_up
from maillage.concertation.queries import GroupSeen, as_seen, group_seen, meeting_seen
from maillage.concertation.registers import FollowUpList, follow_up_columns, follow_up_rows, mine
from maillage.concertation.services.follow_ups import (
    FollowUpMoved,
    add_follow_up,
    edit_follow_up,
    mark_follow_up,
    remove_follow_up,
)
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.tabular import csv_answer
from maillage.core.text import as_number, as_uid

from .minutes import show_minutes

PER_PAGE = 25


@require_safe
def follow_ups(request: HttpRequest, slug: str) -> HttpResponse:
    """What the group's people promised, across its meetings."""
    seen = group_seen(request, slug)
    return _list(request, FollowUpList(request.GET, group=seen.group), seen)


@require_safe
def my_follow_ups(request: HttpRequest) -> HttpResponse:
    """What the person promised, across their groups."""
    return _list(request, FollowUpList(request.GET, of=request.user), None)


def _list(request: HttpRequest, shown: FollowUpList, seen: GroupSeen | None) -> HttpResponse:
    page = Paginator(shown.found(), PER_PAGE).get_page(request.GET.get("page"))
    done = as_uid(request.GET.get("fait"))
    context: dict[str, Any] = {"list": shown, "page": page, "seen": seen, "tab": "follow_ups", "done": None}
    if done:
        context["done"] = FollowUp.objects.visible_to(request.user).filter(uid=done).first()
    own = mine(request.user, [line.pk for line in page]) if seen and not seen.animates else set()
    context["lines"] = [(line, seen is None or seen.animates or line.pk in own) for line in page]
    return render(request, f"concertation/follow_ups/{'list' if seen else 'mine'}.html", context)


@require_safe
def follow_ups_file(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The follow-ups of a group as a file, with the same filters."""
    seen = group_seen(request, slug)
    rows = follow_up_rows(FollowUpList(request.GET, group=seen.group).found())
    return csv_answer(f"suivis-{slug}", follow_up_columns(), rows)


@require_POST
def follow_up_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write what somebody promises in a meeting, under one of its items or outside of any."""
    seen, meeting = meeting_seen(request, uid, WITH_MINUTES)
    require(can_animate(request.user, meeting.group, seen.member))
    named = as_uid(request.POST.get("item"))
    item = get_object_or_404(meeting.items.order_by("id"), uid=named) if named else None
    form = FollowUpForm(request.POST, group=meeting.group)
    key = str(item.uid) if item else "elsewhere"
    if form.is_valid() and carried_out(
        form,
        lambda: add_follow_up(
            actor=request.user,
            group=meeting.group,
            meeting=meeting,
            item=item,
            values=form.values(),
            members=form.cleaned_data["members"],
        ),
    ):
        return redirect(reverse("concertation:minutes", args=[uid]) + f"#p-{key}")
    return show_minutes(request, seen, meeting, 422, typed={"kind": "follow_up", "key": key, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write what somebody promises between two meetings."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    form = FollowUpForm(request.POST or None, group=seen.group)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: add_follow_up(
                actor=request.user, group=seen.group, values=form.values(), members=form.cleaned_data["members"]
            ),
        )
    ):
        messages.success(request, _("Le suivi est inscrit."))
        return redirect("concertation:follow_ups", slug)
    return _form(request, seen, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what was promised, by whom, for when."""
    seen, found = _seen(request, uid)
    require(can_animate(request.user, found.group, seen.member))
    initial = {"what": found.what, "who": told_who(found), "due_on": found.due_on}
    form = FollowUpForm(request.POST or None, group=seen.group, initial=initial)
    if request.method != "POST":
        return _form(request, seen, form, found)
    revision = as_number(request.POST.get("revision")) or 0
    if form.is_valid() and carried_out(
        form,
        lambda: edit_follow_up(
            actor=request.user,
            follow_up=found,
            values=form.values(),
            members=form.cleaned_data["members"],
            revision=revision,
        ),
    ):
        messages.success(request, _("Le suivi est enregistré."))
        return redirect("concertation:follow_ups", seen.group.slug)
    return _form(request, seen, form, FollowUp.objects.get(pk=found.pk))


@require_POST
def follow_up_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a follow-up written by mistake."""
    seen, found = _seen(request, uid)
    require(can_animate(request.user, found.group, seen.member))
    try:
        remove_follow_up(actor=request.user, follow_up=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("concertation:follow_ups", seen.group.slug)


@require_POST
def follow_up_mark(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Done, left aside, or to be done again: one tap, from a list or from the minutes."""
    seen, found = _seen(request, uid)
    require(can_mark_follow_up(request.user, found, seen.member))
    try:
        mark_follow_up(
            actor=request.user,
            follow_up=found,
            state=request.POST.get("do", ""),
            seen=request.POST.get("seen", ""),
            outcome=" ".join(request.POST.get("outcome", "").split()),
        )
    except NotAllowed:
        raise
    except FollowUpMoved as refusal:
        messages.warning(request, str(refusal))
        return redirect(_back(request, found, said=False))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_back(request, found, said=False))
    return redirect(_back(request, found, said=request.POST.get("do") != "open"))


def _back(request: HttpRequest, found: FollowUp, *, said: bool) -> str:
    """To the list or the minutes that the tap came from."""
    came = request.POST.get("from", "")
    if (meeting := as_uid(came)) is not None:
        return reverse("concertation:minutes", args=[meeting]) + f"#f-{found.uid}"
    query = {name: value for name in ("etat", "q", "page") if (value := request.POST.get(name))}
    if said:
        query["fait"] = str(found.uid)
    address = (
        reverse("concertation:my_follow_ups")
        if came == "mine"
        else reverse("concertation:follow_ups", args=[found.group.slug])
    )
    return f"{address}?{urlencode(query)}" if query else address


def _seen(request: HttpRequest, uid: UUID) -> tuple[GroupSeen, FollowUp]:
    visible = FollowUp.objects.visible_to(request.user).select_related("group").prefetch_related(WITH_PEOPLE)
    found = get_object_or_404(visible, uid=uid)
    return as_seen(request.user, found.group), found


def _form(request: HttpRequest, seen: GroupSeen, form: FollowUpForm, found: FollowUp | None) -> HttpResponse:
    context = {
        "seen": seen, "tab": "follow_ups", "form": form, "follow_up": found,
        "cancel_href": reverse("concertation:follow_ups", args=[seen.group.slug]),
    }  # fmt: skip
    return render(request, "concertation/follow_ups/form.html", context, status=422 if form.errors else 200)
