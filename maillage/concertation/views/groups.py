"""Groups: the list of mine, the page of one, opening and changing one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.concertation.about import group_described
from maillage.concertation.forms.fields import carried_out
from maillage.concertation.forms.groups import GroupForm
from maillage.concertation.group_parts import group_parts
from maillage.concertation.history import group_history
from maillage.concertation.listing import groups_listed
from maillage.concertation.models import Group
from maillage.concertation.offered import organizations_offered
from maillage.concertation.permissions import can_animate, can_keep_members, can_open_group
from maillage.concertation.queries import group_seen
from maillage.concertation.services.groups import edit_group, open_group
from maillage.concertation.tenant_bodies import body_described
from maillage.concertation.voice import COLUMNS, period_asked, voice_of
from maillage.core.errors import require
from maillage.programs.queries import current_program


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups that the person sees."""
    context = {"list": groups_listed(request), "may_open": bool(can_open_group(request.user))}
    return render(request, "concertation/groups.html", context)


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One group: what waits and what comes."""
    seen = group_seen(request, slug)
    request.shown_group = seen  # type: ignore[attr-defined]
    return render(request, "concertation/group.html", {"seen": seen, "tab": "group", **group_parts(request, seen)})


@require_safe
def group_about(request: HttpRequest, slug: str) -> HttpResponse:
    """What a group is: mandate, ways, composition and voice, tenants' body, sub-groups."""
    seen = group_seen(request, slug)
    context = {"seen": seen, "tab": "about", **group_described(request, seen)}
    return render(request, "concertation/group/about.html", context)


@require_safe
def composition(request: HttpRequest, slug: str) -> HttpResponse:
    """Who a group is made of, and the voice of each kind of member over a period."""
    seen = group_seen(request, slug)
    context = {"seen": seen, "tab": "about", "voice": voice_of(seen.group, *period_asked(request)), "columns": COLUMNS}
    return render(request, "concertation/group/voice.html", context)


@require_safe
def tenant_body(request: HttpRequest, slug: str) -> HttpResponse:
    """A group that is a body of tenants: recognition, assemblies, support received."""
    seen = group_seen(request, slug)
    if seen.group.tenant_body_id is None:
        raise Http404
    context = body_described(request.user, seen.group, *period_asked(request))
    return render(request, "concertation/group/tenant_body.html", {"seen": seen, "tab": "about", **context})


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what in a group, the latest first: for those who animate it."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    return render(
        request, "concertation/group/history.html", {"seen": seen, "tab": "about", **group_history(request, seen)}
    )


@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """Open a group; `sous` in the address names the one it is under."""
    parent = None
    if named := request.GET.get("sous", "").replace("\x00", ""):
        parent = get_object_or_404(Group.objects.visible_to(request.user).select_related("territory"), slug=named)
    require(can_open_group(request.user, parent))
    form = GroupForm(request.POST or None, actor=request.user, initial=_proposed(request, parent))
    if request.method == "POST" and form.is_valid():
        opened: list[Group] = []
        if carried_out(form, lambda: opened.append(open_group(actor=request.user, **form.cleaned_data))):
            messages.success(request, _("Le groupe est ouvert. Ajoutez ses membres : ce sont eux qui le lisent."))
            return redirect(_next(request, opened[0]))
    back = reverse("concertation:group", args=[parent.slug]) if parent else reverse("concertation:groups")
    return _form(request, form, {"cancel_href": back, "parent": parent, "group": None})


@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a group."""
    seen = group_seen(request, slug)
    require(can_keep_members(request.user, seen.group, seen.member))
    form = GroupForm(request.POST or None, actor=request.user, group=seen.group)
    if request.method == "POST" and form.is_valid():
        save = lambda: edit_group(actor=request.user, group=seen.group, **form.cleaned_data)  # noqa: E731
        if carried_out(form, save):
            messages.success(request, _("Le groupe est enregistré."))
            return redirect("concertation:group_about", slug=slug)
    back = reverse("concertation:group_about", args=[slug])
    return _form(request, form, {"cancel_href": back, "group": seen.group, "parent": None})


def _form(request: HttpRequest, form: GroupForm, context: dict[str, Any]) -> HttpResponse:
    context |= {"form": form, "organizations": organizations_offered(request.user, context["group"])}
    status = 422 if request.method == "POST" else 200
    return render(request, "concertation/group/form.html", context, status=status)


def _proposed(request: HttpRequest, parent: Group | None) -> dict[str, Any]:
    """What a new group starts with: what its parent has, else the programme in hand."""
    if parent is not None:
        programs = list(parent.programs.order_by("pk").values_list("pk", flat=True))
        found: dict[str, Any] = {"parent": parent.pk, "kind": "working", "programs": programs}
        return found | ({"territory": parent.territory.name} if parent.territory else {})
    program = current_program(request)
    return {"programs": [program.pk]} if program else {}


def _next(request: HttpRequest, group: Group) -> str:
    seen = Group.objects.visible_to(request.user).filter(pk=group.pk).exists()
    return reverse("concertation:members" if seen else "concertation:groups", args=[group.slug] if seen else [])
