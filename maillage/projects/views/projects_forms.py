"""Opening a project (of a group, of needs, of an initiative) and changing one."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.concertation.models import Group, Initiative, NamedNeed
from maillage.core.errors import require
from maillage.core.fields import carried_out
from maillage.core.text import as_uid
from maillage.directory.models import Organization
from maillage.programs.queries import current_program
from maillage.projects.forms.projects import ProjectForm
from maillage.projects.models import Project
from maillage.projects.permissions import can_edit_project, can_open_project, can_open_somewhere
from maillage.projects.queries import project_seen
from maillage.projects.services.projects import ChangedMeanwhile, edit_project, open_project, revision_of
from maillage.territories.fields import told_division

OFFERED = 200


@dataclass
class Origin:
    """What a project is opened from, as its address says: a group, needs of one group, an initiative."""

    group: Group | None = None
    needs: list[NamedNeed] = field(default_factory=list)
    initiative: Initiative | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    """Open a project; `groupe`, `besoin` (several times) and `initiative` in the address say what it comes from."""
    origin = _origin(request)
    require(can_open_project(request.user, origin.group) if origin.group else can_open_somewhere(request.user))
    sent = request.POST if request.method == "POST" else None
    form = ProjectForm(sent, actor=request.user, group=origin.group, initial=_proposed(request, origin))
    if request.method == "POST" and form.is_valid():
        values = {"needs": [], "initiative": origin.initiative} | form.cleaned_data
        opened: list[Project] = []
        if carried_out(form, lambda: opened.append(open_project(actor=request.user, **values))):
            messages.success(request, _("Le projet est ouvert. Dites maintenant qui y travaille et qui y participe."))
            return redirect("projects:project_team", slug=opened[0].slug)
    cancel = reverse("concertation:group", args=[origin.group.slug]) if origin.group else reverse("projects:projects")
    return _form(request, form, {"origin": origin, "project": None, "cancel_href": cancel})


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a project; what somebody else wrote meanwhile is shown, never written over."""
    seen = project_seen(request, slug)
    require(can_edit_project(request.user, seen.project))
    sent = request.POST if request.method == "POST" else None
    form = ProjectForm(sent, actor=request.user, project=seen.project, group=seen.project.group)
    theirs: list[Project] = []

    def save() -> None:
        try:
            edit_project(
                actor=request.user, project=seen.project, seen=request.POST.get("seen", ""), **form.cleaned_data
            )
        except ChangedMeanwhile:
            theirs.append(seen.project)
            raise

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, _("Le projet est enregistré."))
        return redirect("projects:project", slug=slug)
    context = {"seen": seen, "project": seen.project, "revision": revision_of(project=seen.project)}
    context |= {"theirs": theirs[0] if theirs else None, "cancel_href": reverse("projects:project", args=[slug])}
    return _form(request, form, context)


def _form(request: HttpRequest, form: ProjectForm, context: dict[str, Any]) -> HttpResponse:
    context |= {"form": form, "organizations": organizations_offered(form.group), "bearers": form.has_bearers}
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/project_form.html", {"theirs": None, "revision": "", **context}, status=status)


def organizations_offered(group: Group | None) -> list[str]:
    """Names that a field of organization proposes: those that sit in the group."""
    if group is None:
        return []
    found = Organization.objects.active().filter(seats__group=group).distinct().order_by("name", "id")
    return list(found.values_list("name", flat=True)[:OFFERED])


def _origin(request: HttpRequest) -> Origin:
    """What the address names, among what the person sees; 404 for any other."""
    found = Origin()
    if (uid := as_uid(request.GET.get("initiative"))) is not None:
        mine = Initiative.objects.visible_to(request.user).select_related("group__territory", "need")
        found.initiative = get_object_or_404(mine, uid=uid)
        found.group = found.initiative.group
        found.needs = [found.initiative.need] if found.initiative.need else []
    elif uids := [uid for text in request.GET.getlist("besoin")[:OFFERED] if (uid := as_uid(text)) is not None]:
        mine_too = NamedNeed.objects.visible_to(request.user).select_related("group__territory", "site")
        first = get_object_or_404(mine_too, uid=uids[0])
        found.group = first.group
        found.needs = list(mine_too.filter(uid__in=uids, group=first.group).order_by("named_at", "id"))
    elif slug := request.GET.get("groupe", "").replace("\x00", ""):
        groups = Group.objects.visible_to(request.user).select_related("territory")
        found.group = get_object_or_404(groups, slug=slug)
    return found


def _proposed(request: HttpRequest, origin: Origin) -> dict[str, Any]:
    """What a new project starts with: what it comes from has."""
    group = origin.group
    found: dict[str, Any] = {"needs": [need.pk for need in origin.needs]}
    if group is None:
        program = current_program(request)
        return found | ({"program": program.pk} if program else {})
    first = group.programs.order_by("-start", "pk").values_list("pk", flat=True).first()
    found |= {"group": group.pk, "program": first}
    found |= {"territories": told_division(group.territory)} if group.territory else {}
    sites = [need.site.name for need in origin.needs if need.site_id and need.site is not None]
    if sites:
        found["sites"] = "\n".join(dict.fromkeys(sites))
    if origin.initiative is not None:
        return found | {"name": origin.initiative.title, "story": origin.initiative.story}
    return found
