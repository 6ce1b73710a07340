"""Who works on a project and which organizations take part; its needs; its stages; whether everybody reads its sheet."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.enums import NeedState
from maillage.concertation.models import NamedNeed
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.projects.forms.project_team import PartnerForm, PersonForm, StageForm
from maillage.projects.lifecycle import PROJECT
from maillage.projects.models import ProjectPartner, ProjectPerson
from maillage.projects.permissions import can_edit_project
from maillage.projects.queries import ProjectSeen, project_seen
from maillage.projects.services.project_needs import release_need, take_needs
from maillage.projects.services.project_stages import move_project
from maillage.projects.services.project_team import (
    add_person,
    change_person,
    remove_partner,
    remove_person,
    save_partner,
)
from maillage.projects.services.projects import show_project

from .projects_forms import organizations_offered


@require_safe
def project_team(request: HttpRequest, slug: str) -> HttpResponse:
    """The people of a project and the organizations that take part, with what each gives."""
    return _team(request, project_seen(request, slug))


@require_POST
def project_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody in, say what they do, or take them out."""
    seen = _edited(request, slug)
    if (do := request.POST.get("do", "")) in ("lead", "member", "remove"):
        seat = get_object_or_404(ProjectPerson, project=seen.project, pk=_number(request))
        seat.project = seen.project
        work = (
            (lambda: remove_person(actor=request.user, seat=seat))
            if do == "remove"
            else lambda: change_person(actor=request.user, seat=seat, role=do)
        )
        return _said(request, work, slug)
    form = PersonForm(request.POST, project=seen.project)
    if form.is_valid() and carried_out(
        form, lambda: add_person(actor=request.user, project=seen.project, **form.cleaned_data)
    ):
        messages.success(request, _("La personne fait partie du projet."))
        return redirect("projects:project_team", slug=slug)
    return _team(request, seen, person_form=form, status=422)


@require_POST
def project_partners(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the part of an organization, or take it back."""
    seen = _edited(request, slug)
    if request.POST.get("do") == "remove":
        gone = _partner(seen, _number(request, "partner"))
        return _said(request, lambda: remove_partner(actor=request.user, partner=gone), slug)
    form = PartnerForm(request.POST)
    if _partner_saved(request, seen, form):
        messages.success(request, _("La part de cet organisme est inscrite."))
        return redirect("projects:project_team", slug=slug)
    return _team(request, seen, partner_form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def project_partner(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what an organization gives."""
    seen = _edited(request, slug)
    partner = _partner(seen, pk)
    form = PartnerForm(request.POST if request.method == "POST" else None, partner=partner)
    if request.method == "POST" and _partner_saved(request, seen, form, partner):
        messages.success(request, _("La part de cet organisme est enregistrée."))
        return redirect("projects:project_team", slug=slug)
    context = {"seen": seen, "tab": "team", "form": form, "partner": partner}
    context |= {"organizations": organizations_offered(seen.project.group)}
    return render(request, "projects/project_partner.html", context, status=422 if form.errors else 200)


def _partner(seen: ProjectSeen, pk: int) -> ProjectPartner:
    partner = get_object_or_404(ProjectPartner.objects.select_related("organization"), project=seen.project, pk=pk)
    partner.project = seen.project
    return partner


def _partner_saved(
    request: HttpRequest, seen: ProjectSeen, form: PartnerForm, partner: ProjectPartner | None = None
) -> bool:
    return form.is_valid() and carried_out(
        form,
        lambda: save_partner(
            actor=request.user,
            project=seen.project,
            organization=form.cleaned_data["organization"],
            values=form.values(),
            partner=partner,
            confirmed=form.is_confirmed,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def project_stage(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Make a project pass to another stage."""
    seen = _edited(request, slug)
    if code not in {passage.code for passage in PROJECT}:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form, passage = StageForm(sent, code=code, project=seen.project), PROJECT[code]
    stage = request.POST.get("seen", "")
    if request.method == "POST" and form.is_valid():
        given = {"actor": request.user, "project": seen.project, "code": code, "seen": stage, **form.cleaned_data}
        if carried_out(form, lambda: move_project(**given)):
            messages.success(request, _("L'étape est inscrite au parcours du projet."))
            return redirect("projects:project", slug=slug)
    context = {
        "seen": seen,
        "tab": "project",
        "form": form,
        "passage": passage,
        "opens": seen.project.stage in passage.start,
        "organizations": organizations_offered(seen.project.group),
    }
    return render(request, "projects/project_stage.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def project_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """The needs that a project answers: take some up, or take one back."""
    seen = _edited(request, slug)
    project = seen.project
    if request.method == "POST":
        chosen = [uid for uid in request.POST.getlist("besoin")[:200] if _is_uid(uid)]
        mine = NamedNeed.objects.visible_to(request.user).select_related("group").filter(uid__in=chosen)
        if request.POST.get("do") == "release":
            held = get_object_or_404(project.needs.filter(uid__in=chosen))
            return _said(
                request, lambda: release_need(actor=request.user, project=project, need=held), slug, "project_needs"
            )
        needs = list(mine.order_by("pk"))
        return _said(
            request, lambda: take_needs(actor=request.user, project=project, needs=needs), slug, "project_needs"
        )
    taken = project.needs.select_related("group").order_by("named_at", "id")
    alive = NamedNeed.objects.visible_to(request.user).filter(state__in=(NeedState.OPEN, NeedState.TAKEN_UP))
    offered = alive.filter(group=project.group_id or 0).exclude(pk__in=project.needs.order_by().values("pk"))
    context = {"seen": seen, "tab": "project", "taken": taken, "offered": offered.order_by("-named_at", "-id")[:100]}
    return render(request, "projects/project_needs.html", context)


@require_POST
def project_show(request: HttpRequest, slug: str) -> HttpResponse:
    """Let anybody read the sheet of a project, or keep it."""
    seen = _edited(request, slug)
    public = request.POST.get("do") == "show"
    try:
        show_project(actor=request.user, project=seen.project, public=public)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        told = _("La fiche est publique.") if public else _("La fiche n'est plus publique.")
        messages.success(request, told)
    return redirect("projects:project", slug=slug)


def _edited(request: HttpRequest, slug: str) -> ProjectSeen:
    seen = project_seen(request, slug)
    if not seen.edits:
        require(can_edit_project(request.user, seen.project))
    return seen


def _team(
    request: HttpRequest, seen: ProjectSeen, person_form: Any = None, partner_form: Any = None, status: int = 200
) -> HttpResponse:
    project = seen.project
    context = {
        "seen": seen,
        "tab": "team",
        "people": project.people.select_related("person").order_by("role", "person__name", "id"),
        "partners": project.partners.select_related("organization").order_by("organization__name", "id"),
        "organizations": organizations_offered(project.group) if seen.edits else [],
        "person_form": None,
        "partner_form": None,
    }
    if seen.edits:
        context["person_form"] = person_form or PersonForm(project=project)
        context["partner_form"] = partner_form or PartnerForm()
    return render(request, "projects/project_team.html", context, status=status)


def _said(request: HttpRequest, work: Any, slug: str, back: str = "project_team") -> HttpResponse:
    """Do `work`; its refusal is a sentence on the page that comes next."""
    try:
        work()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("C'est enregistré."))
    return redirect(f"projects:{back}", slug=slug)


def _number(request: HttpRequest, name: str = "person") -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
