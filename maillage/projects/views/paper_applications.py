"""The keepers of a fund write an application that came on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.core.errors import require
from maillage.core.fields import carried_out
from maillage.projects.forms.paper_applications import RecordForm
from maillage.projects.models import Application
from maillage.projects.permissions import can_manage_fund
from maillage.projects.services.paper_applications import record_application
from maillage.projects.support_pages import fund_seen


@require_http_methods(["GET", "HEAD", "POST"])
def application_record(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which project asked, in which call, and when it came; its words and its budget follow."""
    fund = fund_seen(request, slug)
    require(can_manage_fund(request.user, fund))
    chosen = {"project": request.GET.get("projet", ""), "call": request.GET.get("appel", "")}
    form = RecordForm(request.POST or None, actor=request.user, fund=fund, initial=chosen)
    made: list[Application] = []
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: made.append(record_application(actor=request.user, **form.cleaned_data))
    ):  # fmt: skip
        messages.success(request, _("Recopiez maintenant ses mots, puis son budget."))
        return redirect("projects:application_words", made[0].uid)
    context = {"form": form, "fund": fund, "cancel_href": reverse("projects:fund", args=[slug])}
    return render(request, "projects/application/record.html", context, status=422 if form.errors else 200)
