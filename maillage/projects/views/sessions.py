"""Sessions of an activity: one screen says when it was and how many came, made for a phone at the door of the room."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.core.typography import number
from maillage.projects.forms.activities import SessionForm, counted
from maillage.projects.models import Activity, Session
from maillage.projects.permissions import can_feed_activity
from maillage.projects.services.sessions import add_sessions, edit_session, remove_session

from .activities import BESIDE, GET_AND_POST, sent


@require_http_methods(GET_AND_POST)
def session_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a session, as the last one was; what was counted goes with it."""
    activity = _activity(request, uid)
    require(can_feed_activity(request.user, activity))
    form = SessionForm(sent(request), initial=_as_the_last(activity))
    made: list[Session] = []

    def work() -> None:
        made.extend(
            add_sessions(
                actor=request.user,
                activity=activity,
                numbers=form.numbers(),
                **form.values(),
                **form.repeated(),
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, work):
        said = ngettext("La séance est inscrite.", "%(n)s séances sont inscrites.", len(made))
        messages.success(request, said % {"n": number(len(made))})
        return redirect("projects:activity", uid)
    return _form(request, activity, form, None)


@require_http_methods(GET_AND_POST)
def session(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Say how many came to a session, or correct it."""
    activity, found = _session(request, uid, pk)
    require(can_feed_activity(request.user, activity))
    before = dict(found.turnout.order_by().values_list("audience", "participations"))
    initial = {"on": found.on, "starts_at": found.starts_at, "minutes": found.minutes, **counted(before)}
    form = SessionForm(sent(request), initial=initial, new=False)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: edit_session(actor=request.user, session=found, values=form.values(), numbers=form.numbers()),
        )
    ):
        messages.success(request, _("La séance est enregistrée."))
        return redirect("projects:activity", uid)
    return _form(request, activity, form, found)


@require_POST
def session_remove(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Take back a session written by mistake."""
    _activity_of, found = _session(request, uid, pk)
    try:
        remove_session(actor=request.user, session=found)
        messages.success(request, _("La séance est retirée."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:activity", uid)


def _activity(request: HttpRequest, uid: UUID) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.user).select_related(*BESIDE), uid=uid)


def _session(request: HttpRequest, uid: UUID, pk: int) -> tuple[Activity, Session]:
    activity = _activity(request, uid)
    found = get_object_or_404(activity.sessions.order_by("id"), pk=pk)
    found.activity = activity
    return activity, found


def _as_the_last(activity: Activity) -> dict[str, Any]:
    """A new session as the last one: its hour, its length, and the day that its rhythm gives, today at the latest."""
    days = list(activity.sessions.order_by("-on", "-starts_at", "-id")[:2])
    today = timezone.localdate()
    if not days:
        return {"on": today, "every": 7}
    last = days[0]
    return {"on": _next_day(last.on, today), "starts_at": last.starts_at, "minutes": last.minutes, "every": 7}


def _next_day(last: date, today: date) -> date:
    """Today when the last is past; else a week after the last."""
    return today if last < today else last + timedelta(days=7)


def _form(request: HttpRequest, activity: Activity, form: SessionForm, found: Session | None) -> HttpResponse:
    context = {"activity": activity, "form": form, "session": found}
    return render(request, "projects/activities/session.html", context, status=422 if form.is_bound else 200)
