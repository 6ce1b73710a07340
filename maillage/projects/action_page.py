"""The page of an action, and the form that changes it: beside what somebody else wrote, when two people wrote at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .action_list import rank_of, told
from .doers import can_mark_action, told_doers
from .enums import ActionState, SupportState, TargetWay
from .forms.actions import ActionForm, MeasureForm, SupportForm
from .models import Action
from .plan_page import names_offered
from .plan_seen import PlanSeen


def action_page(
    request: HttpRequest,
    seen: PlanSeen,
    action: Action,
    *,
    support: SupportForm | None = None,
    measure: MeasureForm | None = None,
) -> HttpResponse:
    """The page; `support` and `measure` are forms that were refused."""
    today, asked = timezone.localdate(), request.GET.get("ajouter")
    marks = bool(can_mark_action(request.user, action, seen.edits))
    measures = list(action.measures.order_by("-on", "-id"))
    supports = list(action.supports.select_related("organization").order_by("id"))
    if support is None and seen.edits and (asked == "appui" or not supports):
        support = SupportForm(prefix="appui", initial={"promised_on": today})
    if measure is None and marks and asked == "mesure":
        measure = MeasureForm(prefix="mesure", initial={"on": today})
    context = {
        "seen": seen,
        "action": action,
        "marks": marks,
        "action_states": ActionState.choices,
        "tab": "",
        "partners": action.partners.order_by("name", "pk"),
        "after": action.after.order_by("objective__position", "position", "id"),
        "before": action.before.order_by("objective__position", "position", "id"),
        "supports": supports,
        "support_states": SupportState.choices,
        "measures": measures,
        "share": share_of(action, measures[0].value if measures else None),
        "support_form": support,
        "measure_form": measure,
        "names": names_offered(seen.plan) if support is not None else [],
    }
    status = 422 if any(form is not None and form.is_bound for form in (support, measure)) else 200
    return render(request, "projects/plans/action.html", context, status=status)


def share_of(action: Action, value: Any) -> float | None:
    """What part of the target was measured; nothing without target or measure, nor where less is better."""
    if value is None or not action.target or action.target <= 0 or action.way == TargetWay.AT_MOST:
        return None
    return float(value / action.target)


def form_page(
    request: HttpRequest, seen: PlanSeen, form: ActionForm, action: Action | None, now: Action | None = None
) -> HttpResponse:
    """The form of an action, new or not. `now` is how it stands when it changed while the person wrote."""
    context = {
        "seen": seen, "tab": "", "form": form, "action": action, "names": names_offered(seen.plan), "now": now,
        "told": told_beside(form, now) if now is not None else [],
    }  # fmt: skip
    return render(request, "projects/plans/action_form.html", context, status=422 if form.errors else 200)


def initial_of(action: Action) -> dict[str, Any]:
    """An action as its form takes it back."""
    plain = (
        "title",
        "details",
        "state",
        "means",
        "starts_on",
        "due_on",
        "done_on",
        "indicator",
        "unit",
        "target",
        "way",
        "outcome",
    )
    return {name: getattr(action, name) for name in plain} | {
        "objective": action.objective_id,
        "doers": told_doers(action),
        "rank": rank_of(action),
        "partners": "\n".join(action.partners.order_by("name", "pk").values_list("name", flat=True)),
        "after": list(action.after.order_by("pk").values_list("pk", flat=True)),
    }


def standing(action: Action) -> Action:
    """`action` as it is now, with its people read."""
    return told(Action.objects.filter(pk=action.pk)).select_related("objective__plan").get()


def told_beside(form: Any, now: Action) -> list[tuple[Any, str, str]]:
    """For each field that differs: its label, what is inscribed now, what the person wrote."""
    kept = type(form)(plan=form.plan, initial=initial_of(now))
    lines = []
    for field in form:
        if field.name == "confirmed":
            continue
        there = _said(kept[field.name], kept.initial.get(field.name))
        here = _said(field, field.data)
        if there != here:
            lines.append((field.label, there, here))
    return lines


def _said(field: Any, value: Any) -> str:
    shown = field.field.prepare_value(value)
    if shown is None or shown == "":
        return ""
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return str(shown)
    keys = {str(key) for key in (shown if isinstance(shown, list | tuple) else [shown])}
    return ", ".join(str(label) for key, label in choices if str(key) in keys)
