"""Initiatives of a group: the list, one with its way and its story, opening and changing one, its public page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.community.initiatives import detailed, initiatives_of, way_of
from maillage.concertation.community.permissions import can_tell
from maillage.concertation.enums import InitiativeStage
from maillage.concertation.forms.initiatives import InitiativeForm, StepForm
from maillage.concertation.models import Initiative
from maillage.concertation.queries import GroupSeen, as_seen, group_seen
from maillage.concertation.services.initiatives import (
    WrittenMeanwhile,
    add_step,
    edit_initiative,
    open_initiative,
    remove_step,
    revision_of,
    show_initiative,
)
from maillage.core.errors import Refused, require
from maillage.core.text import as_number, as_uid

PER_PAGE = 25


@require_safe
def initiatives(request: HttpRequest, slug: str) -> HttpResponse:
    """What was born of a group, those that moved last first."""
    seen = group_seen(request, slug)
    stage = request.GET.get("etape", "")
    page = Paginator(initiatives_of(seen.group, stage), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "seen": seen,
        "tab": "initiatives",
        "page": page,
        "stage": stage,
        "stages": InitiativeStage.choices,
        "tells": bool(can_tell(request.user, seen.group, seen.member)),
    }
    return render(request, "concertation/community/initiatives.html", shown)


@require_http_methods(["GET", "POST"])
def initiative_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell of something that is born; `question`, `besoin`, `rencontre` in the address say of what."""
    seen = group_seen(request, slug)
    require(can_tell(request.user, seen.group, seen.member))
    blank = Initiative(group=seen.group)
    if request.method == "GET":
        for name, field, rows in (
            ("question", "question", seen.group.questions),
            ("besoin", "need", seen.group.needs),
            ("rencontre", "meeting", seen.group.meetings),
        ):
            if (uid := as_uid(request.GET.get(name))) is not None:
                found = rows.filter(uid=uid).first()
                setattr(blank, field, found)
                blank.title = blank.title or (str(found)[:200] if found and field != "meeting" else "")
        return _form(request, seen, InitiativeForm(instance=blank, group=seen.group))
    form = InitiativeForm(request.POST, instance=blank, group=seen.group)
    if form.is_valid():
        try:
            opened = open_initiative(actor=request.user, group=seen.group, **form.said())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("L'initiative est inscrite. Dites au fil du temps ce qui lui arrive."))
            return redirect("concertation:initiative", opened.uid)
    return _form(request, seen, form, 422)


@require_http_methods(["GET", "POST"])
def initiative_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is told; what somebody else wrote meanwhile is shown, never written over."""
    found = get_object_or_404(Initiative.objects.visible_to(request.user).select_related("group"), uid=uid)
    seen = as_seen(request.user, found.group)
    require(can_tell(request.user, seen.group, seen.member))
    if request.method == "GET":
        return _form(request, seen, InitiativeForm(instance=found, group=seen.group), initiative=found)
    form, theirs = InitiativeForm(request.POST, instance=Initiative.objects.get(pk=found.pk), group=seen.group), None
    if form.is_valid():
        try:
            edit_initiative(actor=request.user, initiative=found, seen=request.POST.get("seen", ""), **form.said())
        except ValidationError as refused:
            form.add_error(None, refused)
        except WrittenMeanwhile as refused:
            form.add_error(None, str(refused))
            theirs = found
        else:
            messages.success(request, _("C'est enregistré."))
            return redirect("concertation:initiative", uid)
    return _form(request, seen, form, 409 if theirs else 422, found, theirs)


@require_safe
def initiative(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One initiative."""
    return _page(request, *initiative_seen(request, uid), StepForm())


@require_POST
def initiative_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what happened to an initiative, or take a step back (`remove`)."""
    found, seen = initiative_seen(request, uid)
    require(can_tell(request.user, seen.group, seen.member))
    if request.POST.get("remove"):
        step = get_object_or_404(found.steps, pk=as_number(request.POST["remove"]))
        try:
            remove_step(actor=request.user, step=step)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("concertation:initiative", uid)
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            add_step(actor=request.user, initiative=found, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("L'étape est ajoutée."))
            return redirect("concertation:initiative", uid)
    return _page(request, found, seen, form, 422)


@require_POST
def initiative_show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let everybody read an initiative, or keep it in the group."""
    found, _seen = initiative_seen(request, uid)
    show_initiative(actor=request.user, initiative=found, public=request.POST.get("do") == "show")
    return redirect("concertation:initiative", uid)


@login_not_required
@require_safe
def initiative_public(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What anybody reads of an initiative: no person is named by the product."""
    known = Initiative.objects.filter(is_public=True, group__is_public=True)
    found = get_object_or_404(detailed(known), uid=uid)
    return render(request, "concertation/community/initiative_public.html", {"initiative": found, "way": way_of(found)})


def initiative_seen(request: HttpRequest, uid: UUID) -> tuple[Initiative, GroupSeen]:
    """An initiative of the groups that the person sees; 404 for any other."""
    found = get_object_or_404(detailed(Initiative.objects.visible_to(request.user)), uid=uid)
    return found, as_seen(request.user, found.group)


def _page(request: HttpRequest, found: Initiative, seen: GroupSeen, form: StepForm, status: int = 200) -> HttpResponse:
    shown = {
        "seen": seen,
        "tab": "initiatives",
        "initiative": found,
        "way": way_of(found),
        "form": form,
        "tells": bool(can_tell(request.user, seen.group, seen.member)),
    }
    return render(request, "concertation/community/initiative.html", shown, status=status)


def _form(
    request: HttpRequest,
    seen: GroupSeen,
    form: Any,
    status: int = 200,
    initiative: Initiative | None = None,
    theirs: Initiative | None = None,
) -> HttpResponse:
    shown = {
        "seen": seen,
        "tab": "initiatives",
        "form": form,
        "initiative": initiative,
        "theirs": theirs,
        "revision": revision_of(initiative=initiative) if initiative else "",
    }
    return render(request, "concertation/community/initiative_form.html", shown, status=status)
