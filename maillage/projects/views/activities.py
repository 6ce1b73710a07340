"""Activities: the list of those one sees, those of a project, one of them, its participants."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.core.tabular import csv_answer
from maillage.programs.models import Program
from maillage.projects import activity_list
from maillage.projects.activity_counts import doubts, tally_of
from maillage.projects.forms.activities import ActivityForm, CountForm, counted, offered_organizations
from maillage.projects.models import Activity, Project
from maillage.projects.permissions import can_feed_activity
from maillage.projects.queries import project_seen
from maillage.projects.services.activities import add_activity, edit_activity, remove_activity
from maillage.projects.services.sessions import count_participants

GET_AND_POST = ["GET", "HEAD", "POST"]
BESIDE = ("project__group", "project__program", "program", "division", "provider")


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """The activities that the person sees, across projects and programmes."""
    shown = activity_list.ActivityList(request)
    context = {"list": shown, "page": shown.page, "totals": shown.totals}
    return render(
        request, "projects/activities/list.html", {**context, "writes_for": activity_list.writes_for(request)}
    )


@require_safe
def activities_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same, as a file."""
    found = activity_list.ActivityList(request).found()
    return csv_answer("activites", activity_list.columns(), activity_list.rows(found))


@require_safe
def of_project(request: HttpRequest, slug: str) -> HttpResponse:
    """The activities of one project."""
    seen = project_seen(request, slug)
    shown = activity_list.ActivityList(request, seen.project)
    context = {"seen": seen, "tab": "activities", "list": shown, "page": shown.page, "totals": shown.totals}
    return render(request, "projects/activities/of_project.html", context)


@require_http_methods(GET_AND_POST)
def activity_new(request: HttpRequest) -> HttpResponse:
    """Write an activity of the project (`?projet=`) or the programme (`?programme=`) of the address."""
    draft = _draft(request)
    require(can_feed_activity(request.user, draft))
    form = ActivityForm(sent(request), actor=request.user, activity=draft)
    made: list[Activity] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: made.append(
                add_activity(
                    actor=request.user, project=draft.project, program=draft.program, values=form.values(),
                    sites=form.sites_chosen(), confirmed=form.is_confirmed,
                )
            ),
        )
    ):  # fmt: skip
        messages.success(request, _("L'activité est inscrite. Ajoutez ses séances."))
        return redirect("projects:activity", made[0].uid)
    return _form(request, form, draft)


@require_safe
def activity(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One activity: its sessions, its participations, its participants."""
    found = _seen(request, uid)
    today = timezone.localdate()
    tally = tally_of(found, today)
    sessions = found.sessions.annotate(participations=Sum("turnout__participations")).order_by(
        "-on", "-starts_at", "-id"
    )
    context = {
        "activity": found, "tally": tally, "doubts": doubts(tally), "sites": found.sites.order_by("name", "id"),
        "past": [one for one in sessions if one.on <= today], "to_come": [one for one in sessions if one.on > today][::-1],
        "feeds": bool(can_feed_activity(request.user, found)),
    }  # fmt: skip
    return render(request, "projects/activities/activity.html", context)


@require_http_methods(GET_AND_POST)
def activity_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is said of an activity."""
    found = _seen(request, uid)
    require(can_feed_activity(request.user, found))
    form = ActivityForm(sent(request), actor=request.user, activity=found)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: edit_activity(
                actor=request.user, activity=found, values=form.values(), sites=form.sites_chosen(),
                confirmed=form.is_confirmed,
            ),
        )
    ):  # fmt: skip
        messages.success(request, _("L'activité est enregistrée."))
        return redirect("projects:activity", uid)
    return _form(request, form, found)


@require_POST
def activity_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back an activity written by mistake."""
    found = _seen(request, uid)
    try:
        remove_activity(actor=request.user, activity=found)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("projects:activity", uid)
    messages.success(request, _("L'activité est retirée."))
    if found.project is not None:
        return redirect("projects:project_activities", found.project.slug)
    return redirect("projects:activities")


@require_http_methods(GET_AND_POST)
def participants(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say how many distinct persons took part."""
    found = _seen(request, uid)
    require(can_feed_activity(request.user, found))
    tally = tally_of(found)
    form = CountForm(sent(request), initial=counted(dict(tally.participants or _proposed(tally))))
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: count_participants(actor=request.user, activity=found, numbers=form.numbers()))
    ):
        messages.success(request, _("Les participants sont inscrits."))
        return redirect("projects:activity", uid)
    status = 422 if form.is_bound else 200
    context = {"activity": found, "form": form, "tally": tally, "proposed": _proposed(tally) and not tally.participants}
    return render(request, "projects/activities/participants.html", context, status=status)


def _proposed(tally: Any) -> dict[str, int]:
    """At a single session, everybody came once."""
    return dict(tally.participations) if tally.held == tally.counted == 1 else {}


def _seen(request: HttpRequest, uid: UUID) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.user).select_related(*BESIDE), uid=uid)


def sent(request: HttpRequest) -> QueryDict | None:
    """What the form was sent with; None when the page is only read."""
    return request.POST if request.method == "POST" else None


def _draft(request: HttpRequest) -> Activity:
    """An activity, not saved, of the project or programme that the address names and the person sees."""
    if slug := request.GET.get("projet"):
        visible = Project.objects.visible_to(request.user).select_related("group", "program")
        return Activity(project=get_object_or_404(visible, slug=slug))
    programs = Program.objects.visible_to(request.user)
    return Activity(program=get_object_or_404(programs, slug=request.GET.get("programme", "")))


def _form(request: HttpRequest, form: ActivityForm, activity: Activity) -> HttpResponse:
    context = {"form": form, "activity": activity, "organizations": offered_organizations(activity)}
    return render(request, "projects/activities/form.html", context, status=422 if form.is_bound else 200)
