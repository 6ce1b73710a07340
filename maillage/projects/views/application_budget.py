"""The budget of an application: all its lines on one page, its totals while one types."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.text import as_number
from maillage.directory.models import Organization
from maillage.projects.application_parts import application_seen
from maillage.projects.applying import can_write_application
from maillage.projects.budget import most_to_ask
from maillage.projects.completeness import unbalanced
from maillage.projects.forms.budget_pages import BudgetPage
from maillage.projects.models import Application
from maillage.projects.services.applications import ApplicationMoved, save_budget

OFFERED = 500  # organizations that the list of names offers


@require_http_methods(["GET", "HEAD", "POST"])
def application_budget(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the budget; « more lines » and « compute » write nothing."""
    one = _written(request, uid)
    if request.method != "POST":
        return _show(request, one, BudgetPage(one))
    asked = request.POST.get("do", "")
    page = BudgetPage(one, request.POST, more=asked == "more")
    if asked in ("more", "totals"):
        return _show(request, one, page)
    if not page.is_valid():
        return _show(request, one, page, status=422)
    try:
        revision = as_number(request.POST.get("revision")) or 0
        sure = "confirmed" in request.POST
        save_budget(actor=request.user, application=one, lines=page.lines(), revision=revision, confirmed=sure)
    except NotAllowed:
        raise
    except ApplicationMoved as refusal:
        return _show(request, refusal.application, page, status=422, refusal=str(refusal))
    except Refused as refusal:
        return _show(request, one, page, status=422, refusal=str(refusal))
    except ValidationError as error:
        if hasattr(error, "error_dict") and all(place.isdigit() for place in error.error_dict):
            page.refuse(error)
            return _show(request, one, page, status=422, asks=True)
        return _show(request, one, page, status=422, refusal=" ".join(error.messages))
    messages.success(request, _("Le budget est enregistré. La demande n'est pas encore déposée."))
    return redirect("projects:application", uid)


@require_POST
def budget_totals(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The totals of what is typed, while one types; nothing is written."""
    one = _written(request, uid)
    return render(request, "projects/application/_totals.html", _sums(one, BudgetPage(one, request.POST)))


def _written(request: HttpRequest, uid: UUID) -> Application:
    seen = application_seen(request, uid)
    require(can_write_application(request.user, seen.application, seen.carries))
    return seen.application


def _sums(one: Application, page: BudgetPage) -> dict[str, object]:
    totals, fund = page.totals(), one.call.fund
    told = "" if totals.balances else unbalanced(totals)
    most = most_to_ask(totals.cost, fund.most, fund.most_share)
    return {"totals": totals, "unread": page.unread, "unbalanced": told, "most": most, "application": one}


def _show(
    request: HttpRequest,
    one: Application,
    page: BudgetPage,
    *,
    status: int = 200,
    refusal: str = "",
    asks: bool = False,
) -> HttpResponse:
    names = Organization.objects.order_by("name", "id").values_list("name", flat=True)[:OFFERED]
    context = {"budget": page, "organizations": names, "refusal": refusal, "asks": asks, **_sums(one, page)}
    if refusal:  # what stands now, beside what was typed
        context["written"] = list(one.budget.all())
    return render(request, "projects/application/budget.html", context, status=status)
