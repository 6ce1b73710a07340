"""Members of a group: the list, adding, changing, ending, leaving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.composition import composition_of
from maillage.concertation.forms.fields import DayField, carried_out
from maillage.concertation.forms.members import MemberForm
from maillage.concertation.joining import waiting_part
from maillage.concertation.listing import members_listed, members_of
from maillage.concertation.member_file import COLUMNS, rows_of
from maillage.concertation.models import Member
from maillage.concertation.offered import organizations_offered, people_found, person_chosen
from maillage.concertation.permissions import can_animate, can_keep_members
from maillage.concertation.queries import GroupSeen, group_seen
from maillage.concertation.services.members import add_member, change_member, end_member, leave_group, remove_member
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.tabular import csv_answer


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in the group."""
    seen = group_seen(request, slug)
    context = {"seen": seen, "tab": "members", "composition": composition_of(seen.group)}
    context |= waiting_part(request, seen)
    return render(request, "concertation/members.html", context | members_listed(request, seen))


@require_safe
def members_file(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The members as a CSV file, for those who animate: names and e-mails, as their work needs."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    found = members_of(seen.group, request.GET.get("anciens") == "1")
    return csv_answer(f"membres-{seen.group.slug}", COLUMNS, rows_of(found))


@require_http_methods(["GET", "POST"])
def member_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add somebody: a person of the directory (`personne`), or a name and an e-mail."""
    seen = _kept(request, slug)
    chosen = person_chosen(request.user, request.GET.get("personne"))
    if request.GET.get("personne") and chosen is None:
        raise Http404
    initial: dict[str, Any] = {"capacity": "community", "start": timezone.localdate()}
    form = MemberForm(request.POST or None, known=chosen is not None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {"actor": request.user, "group": seen.group, "person": chosen, **form.cleaned_data}
        added: list[Member] = []
        if carried_out(form, lambda: added.append(add_member(**given))):
            messages.success(request, _("%s fait partie du groupe.") % added[0].person.name)
            return redirect("concertation:members", slug=slug)
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    context = {"form": form, "member": None, "person": chosen, "q": words}
    context["found"] = people_found(request.user, seen.group, words) if chosen is None else []
    return _form(request, seen, context)


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Change a membership."""
    seen = _kept(request, slug)
    found = _member(seen, uid)
    form = MemberForm(request.POST or None, member=found, known=found.person.user_id is not None)
    if request.method == "POST" and form.is_valid():
        save = lambda: change_member(actor=request.user, member=found, **form.cleaned_data)  # noqa: E731
        if carried_out(form, save):
            messages.success(request, _("C'est enregistré."))
            return redirect("concertation:members", slug=slug)
    return _form(request, seen, {"form": form, "member": found, "person": found.person, "q": "", "found": []})


@require_POST
def member_end(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say a member's last day, or erase one that was added by mistake."""
    seen = _kept(request, slug)
    found = _member(seen, uid)
    try:
        if "erase" in request.POST:
            remove_member(actor=request.user, member=found)
            messages.success(request, _("L'ajout est effacé."))
        else:
            day = DayField().clean(request.POST.get("end") or str(timezone.localdate()))
            end_member(actor=request.user, member=found, on=day)
            messages.success(request, _("C'est noté. Ce que la personne a fait dans le groupe reste à son nom."))
    except NotAllowed:
        raise
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("concertation:members", slug=slug)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a group by oneself."""
    seen = group_seen(request, slug)
    if seen.member is None:
        raise Http404
    if request.method == "POST":
        try:
            leave_group(actor=request.user, member=seen.member)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("concertation:members", slug=slug)
        messages.success(request, _("Vous avez quitté « %s ».") % seen.group)
        return redirect("concertation:groups")
    return render(request, "concertation/group/leave.html", {"seen": seen, "tab": "members"})


def _kept(request: HttpRequest, slug: str) -> GroupSeen:
    seen = group_seen(request, slug)
    require(can_keep_members(request.user, seen.group, seen.member))
    return seen


def _member(seen: GroupSeen, uid: UUID) -> Member:
    found = Member.objects.filter(group=seen.group).select_related("group", "person__user", "organization")
    return get_object_or_404(found, uid=uid)


def _form(request: HttpRequest, seen: GroupSeen, context: dict[str, Any]) -> HttpResponse:
    context |= {"seen": seen, "tab": "members", "organizations": organizations_offered(request.user, seen.group)}
    status = 422 if request.method == "POST" else 200
    return render(request, "concertation/member_form.html", context, status=status)
