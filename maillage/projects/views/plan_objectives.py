"""The objectives of a plan: what it wants to reach, in order."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.core.text import as_uid
from maillage.projects.forms.plans import ObjectiveForm
from maillage.projects.models import Objective
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_seen import PlanSeen, plan_seen
from maillage.projects.services.objectives import add_objective, edit_objective, move_objective, remove_objective


@require_http_methods(["GET", "HEAD", "POST"])
def objectives(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The objectives; one more is written here, and one (`editer`) is corrected in place."""
    seen = plan_seen(request, uid)
    form = ObjectiveForm(request.POST if request.method == "POST" else None, prefix="nouveau")
    if request.method == "POST":
        require(can_edit_plan(request.user, seen.plan))
        if form.is_valid() and carried_out(
            form,
            lambda: add_objective(
                actor=request.user, plan=seen.plan, values=form.values(), confirmed=form.is_confirmed
            ),
        ):
            return redirect("projects:objectives", uid)
    return _shown(request, seen, form, status=422 if form.errors else 200)


@require_POST
def objective_change(request: HttpRequest, uid: UUID, objective: UUID) -> HttpResponse:
    """Correct (`do=edit`), move (`up`, `down`) or take back (`remove`) an objective."""
    seen = plan_seen(request, uid)
    found = get_object_or_404(Objective.objects.filter(plan=seen.plan).select_related("plan"), uid=objective)
    require(can_edit_plan(request.user, seen.plan))
    do = request.POST.get("do")
    if do == "edit":
        form = ObjectiveForm(request.POST, prefix="o")
        if not form.is_valid() or not carried_out(
            form,
            lambda: edit_objective(
                actor=request.user, objective=found, values=form.values(), confirmed=form.is_confirmed
            ),
        ):
            return _shown(request, seen, ObjectiveForm(prefix="nouveau"), edited=(found.pk, form), status=422)
    elif do in ("up", "down"):
        move_objective(actor=request.user, objective=found, up=do == "up")
    elif do == "remove":
        try:
            remove_objective(actor=request.user, objective=found)
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(reverse("projects:objectives", args=[uid]) + f"#o-{objective}")


def _shown(
    request: HttpRequest,
    seen: PlanSeen,
    form: ObjectiveForm,
    edited: tuple[int, ObjectiveForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = list(seen.plan.objectives.annotate(count=Count("actions")).order_by("position", "id"))
    uid = as_uid(request.GET.get("editer"))
    if edited is None and (row := next((row for row in rows if row.uid == uid), None)) is not None:
        edited = row.pk, ObjectiveForm(prefix="o", initial={"title": row.title, "is_priority": row.is_priority})
    number, line = edited or (0, None)
    context = {"seen": seen, "tab": "objectives", "objectives": rows, "form": form, "edited": number, "line": line}
    return render(request, "projects/plans/objectives.html", context, status=status)
