"""What goes with an action: its named supports, promised and held, and the measures of its indicator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.projects.action_page import action_page
from maillage.projects.doers import can_mark_action
from maillage.projects.forms.actions import MeasureForm, SupportForm
from maillage.projects.models import ActionSupport, Measure
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_seen import action_seen
from maillage.projects.services.action_supports import add_support, remove_support, say_support
from maillage.projects.services.measures import add_measure, remove_measure


@require_POST
def support_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name a support of the action."""
    seen, action = action_seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    form = SupportForm(request.POST, prefix="appui")
    if form.is_valid() and carried_out(
        form, lambda: add_support(actor=request.user, action=action, values=form.values(), confirmed=form.is_confirmed)
    ):
        messages.success(request, _("L'appui est inscrit."))
        return redirect(reverse("projects:action", args=[uid]) + "#appuis")
    return action_page(request, seen, action, support=form)


@require_POST
def support_change(request: HttpRequest, uid: UUID, support: int) -> HttpResponse:
    """Say whether a support was held, or take it back (`do=remove`)."""
    seen, action = action_seen(request, uid)
    rows = ActionSupport.objects.filter(action=action).select_related("action__objective__plan")
    found = get_object_or_404(rows, pk=support)
    require(can_edit_plan(request.user, seen.plan))
    do = request.POST.get("do", "")
    try:
        if do == "remove":
            remove_support(actor=request.user, support=found)
        else:
            say_support(actor=request.user, support=found, state=do)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("projects:action", args=[uid]) + "#appuis")


@require_POST
def measure_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write what the indicator was on a day."""
    seen, action = action_seen(request, uid)
    require(can_mark_action(request.user, action, seen.edits))
    form = MeasureForm(request.POST, prefix="mesure")
    if form.is_valid() and carried_out(
        form, lambda: add_measure(actor=request.user, action=action, values=form.values(), confirmed=form.is_confirmed)
    ):
        messages.success(request, _("La mesure est inscrite."))
        return redirect(reverse("projects:action", args=[uid]) + "#mesures")
    return action_page(request, seen, action, measure=form)


@require_POST
def measure_remove(request: HttpRequest, uid: UUID, measure: int) -> HttpResponse:
    """Take back a measure written by mistake."""
    seen, action = action_seen(request, uid)
    require(can_mark_action(request.user, action, seen.edits))
    found = get_object_or_404(Measure.objects.filter(action=action), pk=measure)
    remove_measure(actor=request.user, measure=found)
    return redirect(reverse("projects:action", args=[uid]) + "#mesures")
