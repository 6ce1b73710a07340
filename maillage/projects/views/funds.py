"""Support measures: their list with the calls anybody may read, the page of one, what its programme sets up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.programs.models import Program
from maillage.programs.queries import coordinated_by
from maillage.projects.forms.funds import CallForm, CriterionForm, FundForm, values_of
from maillage.projects.fund_waiting import waiting_of
from maillage.projects.models import Application, Call, Criterion, Fund
from maillage.projects.permissions import can_manage_fund, can_open_fund
from maillage.projects.services.funds import (
    add_criterion,
    edit_call,
    edit_fund,
    open_call,
    open_fund,
    remove_call,
    retire_criterion,
)
from maillage.projects.support_pages import CallSeen, announced, calls_seen, fund_seen


@login_not_required
@require_safe
def funds(request: HttpRequest) -> HttpResponse:
    """The calls that are open or to come and, for whoever signs in, the measures."""
    coming = announced(request.user).filter(closes_on__gte=timezone.localdate()).order_by("closes_on", "id")[:50]
    programs = list(coordinated_by(request.user)) if request.user.is_authenticated else []
    context: dict[str, Any] = {
        "calls": calls_seen(coming),
        "funds": Fund.objects.visible_to(request.user)[:100],
        "programs": programs,
    }
    return render(request, "projects/fund/funds.html", context)


@login_not_required
@require_safe
def call(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A call: its dates, what is supported, on what conditions. Anybody reads an announced one."""
    found = get_object_or_404(announced(request.user), uid=uid)
    criteria = found.fund.criteria.filter(is_retired=False)
    manages = bool(can_manage_fund(request.user, found.fund)) if request.user.is_authenticated else False
    context = {"seen": CallSeen(found, timezone.localdate()), "call": found, "criteria": criteria, "manages": manages}
    return render(request, "projects/fund/call.html", context)


@require_safe
def fund(request: HttpRequest, slug: str) -> HttpResponse:
    """A support measure: what it gives, on what conditions, its criteria and calls."""
    return _page(request, fund_seen(request, slug), CriterionForm())


def _page(request: HttpRequest, found: Fund, form: CriterionForm, status: int = 200) -> HttpResponse:
    manages = bool(can_manage_fund(request.user, found))
    received = Application.objects.visible_to(request.user).filter(call__fund=found)
    context = {
        "fund": found, "manages": manages, "form": form, "criteria": found.criteria.filter(is_retired=False),
        "calls": calls_seen(found.calls.all()), "received": received.count(),
        "waiting": waiting_of(found) if manages else [],
    }  # fmt: skip
    return render(request, "projects/fund/fund.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def fund_new(request: HttpRequest) -> HttpResponse:
    """Set up a measure of a programme that the person coordinates (`?programme=`)."""
    programs = coordinated_by(request.user)
    slug = request.GET.get("programme", "")
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug[:80]) if slug else programs.first()
    if program is None:
        raise NotAllowed(_("Ouvrir une mesure de soutien revient à la coordination d'un programme."))
    require(can_open_fund(request.user, program))
    form = FundForm(request.POST or None, actor=request.user, program=program)
    opened: list[Fund] = []
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: opened.append(open_fund(actor=request.user, program=program, values=form.cleaned_data))
    ):  # fmt: skip
        messages.success(request, _("La mesure est ouverte. Ajoutez ses critères, puis un appel."))
        return redirect("projects:fund", opened[0].slug)
    context = {"form": form, "program": program, "cancel_href": reverse("projects:funds")}
    return render(request, "projects/fund/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def fund_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a measure."""
    found = fund_seen(request, slug)
    require(can_manage_fund(request.user, found))
    form = FundForm(
        request.POST or None, actor=request.user, program=found.program, committee=found.committee,
        initial=values_of(found, FundForm),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: edit_fund(actor=request.user, fund=found, values=form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, _("La mesure est enregistrée."))
        return redirect("projects:fund", slug)
    context = {"form": form, "fund": found, "cancel_href": reverse("projects:fund", args=[slug])}
    return render(request, "projects/fund/form.html", context, status=422 if form.errors else 200)


@require_POST
def criterion_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add what the committee looks at."""
    found = fund_seen(request, slug)
    require(can_manage_fund(request.user, found))
    form = CriterionForm(request.POST)
    if form.is_valid() and carried_out(
        form, lambda: add_criterion(actor=request.user, fund=found, values=form.cleaned_data)
    ):
        return redirect(reverse("projects:fund", args=[slug]) + "#criteres")
    return _page(request, found, form, 422)


@require_POST
def criterion_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a criterion away."""
    visible = Criterion.objects.filter(fund__in=Fund.objects.visible_to(request.user))
    found = get_object_or_404(visible.select_related("fund__program"), pk=pk)
    require(can_manage_fund(request.user, found.fund))
    retire_criterion(actor=request.user, criterion=found)
    return redirect(reverse("projects:fund", args=[found.fund.slug]) + "#criteres")


@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a call of a measure."""
    found = fund_seen(request, slug)
    require(can_manage_fund(request.user, found))
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: open_call(actor=request.user, fund=found, values=form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, _("L'appel est inscrit."))
        return redirect("projects:fund", slug)
    return _call_form(request, form, found, None)


@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a call."""
    found = _call(request, uid)
    form = CallForm(request.POST or None, initial=values_of(found, CallForm))
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: edit_call(actor=request.user, call=found, values=form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, _("L'appel est enregistré."))
        return redirect("projects:call", uid)
    return _call_form(request, form, found.fund, found)


@require_POST
def call_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a call to which nobody applied."""
    found = _call(request, uid)
    try:
        remove_call(actor=request.user, call=found)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:fund", found.fund.slug)


def _call(request: HttpRequest, uid: UUID) -> Call:
    found = get_object_or_404(announced(request.user), uid=uid)
    require(can_manage_fund(request.user, found.fund))
    return found


def _call_form(request: HttpRequest, form: CallForm, fund: Fund, call: Call | None) -> HttpResponse:
    cancel = reverse("projects:fund", args=[fund.slug])
    context = {"form": form, "fund": fund, "call": call, "cancel_href": cancel}
    return render(request, "projects/fund/call_form.html", context, status=422 if form.errors else 200)
