"""Which needs come first: opened by those who animate, filled by each member on their phone, counted in sight of all."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.concertation.forms.fields import carried_out
from maillage.concertation.forms.prioritizing import OpenForm, SheetForm
from maillage.concertation.models import Ballot, Group, Member, Prioritization
from maillage.concertation.needs.results import Results, without_account
from maillage.concertation.permissions import can_animate, can_give_sheet
from maillage.concertation.queries import GroupSeen, as_seen, group_seen
from maillage.concertation.services.prioritizing import close_prioritization, give_sheet, open_prioritization
from maillage.core.errors import require
from maillage.core.text import as_uid

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def prioritizations(request: HttpRequest, slug: str) -> HttpResponse:
    """The prioritisings of a group, and the form to open one when none is."""
    seen = group_seen(request, slug)
    found = Prioritization.objects.filter(group=seen.group).order_by("-opened_at", "-id")
    opened = found.filter(closed_at=None).first()
    if request.method == "POST":
        require(can_animate(request.user, seen.group, seen.member))
    form = None
    if seen.animates and opened is None:
        form = OpenForm(request.POST if request.method == "POST" else None, group=seen.group)
        if request.method == "POST" and form.is_valid():
            made: list[Prioritization] = []
            if carried_out(form, lambda: made.append(_opened(request, seen, form))):
                messages.success(request, _("L'exercice est ouvert : chaque membre peut remplir sa feuille."))
                return redirect("concertation:prioritization", uid=made[0].uid)
    elif request.method == "POST" and opened is not None:
        return redirect("concertation:prioritization", uid=opened.uid)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"seen": seen, "tab": "needs", "page": page, "opened": opened, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "concertation/needs/prioritizations.html", context, status=status)


def _opened(request: HttpRequest, seen: GroupSeen, form: OpenForm) -> Prioritization:
    data = form.cleaned_data
    return open_prioritization(
        actor=request.user,
        group=seen.group,
        needs=form.chosen(),
        method=data["method"],
        dots=5 if data["dots"] is None else data["dots"],
        meeting=data.get("meeting"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def prioritization(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A prioritising: one's sheet while it is open, its results once it is closed."""
    seen, found = _seen(request, uid)
    if found.closed_at is not None:
        return _results(request, seen, found)
    needs = list(found.needs.order_by("-named_at", "-id"))
    member = _member(request, seen)
    if request.method == "POST":
        require(can_give_sheet(request.user, seen.group, member))
    form = None
    if member is not None:
        given = Ballot.objects.filter(prioritization=found, member=member).order_by("need_id")
        before = {f"need-{need}": value for need, value in given.values_list("need_id", "value")}
        sent = request.POST if request.method == "POST" else None
        form = SheetForm(sent, prioritization=found, needs=needs, initial=before)
        if sent is not None and form.is_valid() and _gave(request, found, member, form):
            return redirect("concertation:prioritization", uid=uid)
    context: dict[str, Any] = {"seen": seen, "tab": "needs", "one": found, "form": form, "member": member}
    context["given"] = Ballot.objects.filter(prioritization=found).order_by().values("member").distinct().count()
    context["others"] = without_account(seen.group) if seen.animates else []
    status = 422 if form is not None and form.errors else 200
    return render(request, "concertation/needs/prioritization.html", context, status=status)


def _gave(request: HttpRequest, found: Prioritization, member: Member, form: SheetForm) -> bool:
    def work() -> None:
        give_sheet(actor=request.user, prioritization=found, member=member, sheet=form.sheet())

    if not carried_out(form, work):
        return False
    messages.success(request, _("C'est noté. Vous pouvez changer la feuille tant que l'exercice est ouvert."))
    return True


def _results(request: HttpRequest, seen: GroupSeen, found: Prioritization) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, _("Cet exercice est fermé : ses résultats sont comptés."))
    context = {"seen": seen, "tab": "needs", "one": found, "results": Results(found)}
    return render(request, "concertation/needs/results.html", context, status=409 if request.method == "POST" else 200)


@require_POST
def prioritization_close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close and count."""
    seen, found = _seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    close_prioritization(actor=request.user, prioritization=found)
    messages.success(request, _("L'exercice est fermé et compté."))
    return redirect("concertation:prioritization", uid=uid)


def _seen(request: HttpRequest, uid: UUID) -> tuple[GroupSeen, Prioritization]:
    mine = Group.objects.visible_to(request.user).order_by().values("pk")
    found = Prioritization.objects.filter(group__in=mine).select_related("group", "meeting")
    one = get_object_or_404(found, uid=uid)
    return as_seen(request.user, one.group), one


def _member(request: HttpRequest, seen: GroupSeen) -> Member | None:
    """Whose sheet it is: one's own, or that of a member without account whom `pour` names."""
    asked = as_uid(request.GET.get("pour"))
    if asked is None:
        return seen.member
    others = Member.objects.current().filter(group=seen.group).select_related("person")
    member = get_object_or_404(others, uid=asked)
    require(can_give_sheet(request.user, seen.group, member))
    return member
