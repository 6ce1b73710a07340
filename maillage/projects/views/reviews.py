"""Yearly reviews of a plan: the list, opening one, judging each target, what comes first next, closing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.projects.forms.plans import next_period, next_title
from maillage.projects.forms.reviews import CloseForm, LineForm, PriorityForm, ReviewForm
from maillage.projects.models import Action, Review, ReviewLine
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_seen import OWNERS, PlanSeen, plan_as_seen, plan_seen
from maillage.projects.review_document import review_pdf_bytes
from maillage.projects.reviewing import ReviewPage, measured, proposal
from maillage.projects.services.reviews import (
    add_priority,
    close_review,
    edit_review,
    judge_action,
    open_review,
    raise_priority,
    remove_priority,
    remove_review,
    reopen_review,
)

PER_PAGE = 25


@require_safe
def plan_reviews(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The reviews of a plan, the latest year first."""
    seen = plan_seen(request, uid)
    page = Paginator(seen.plan.reviews.select_related("next_plan"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/reviews/reviews.html", {"seen": seen, "tab": "reviews", "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def review_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open the review of a year."""
    seen = plan_seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    form = ReviewForm(request.POST or None, actor=request.user, plan=seen.plan)
    made: list[Review] = []
    if request.method == "POST" and form.is_valid():
        values, sure = form.values(), form.is_confirmed
        if carried_out(
            form,
            lambda: made.append(open_review(actor=request.user, plan=seen.plan, values=values, confirmed=sure)),
        ):
            messages.success(request, _("Le bilan est ouvert."))
            return redirect("projects:review", made[0].uid)
    context = {"seen": seen, "tab": "reviews", "form": form, "review": None}
    return render(request, "projects/reviews/form.html", context, status=422 if form.errors else 200)


@require_safe
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A review: each target and what came of it, supports promised and held, what comes first next."""
    seen, found = _seen(request, uid)
    return _show(request, seen, found)


@require_safe
def review_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole review as PDF."""
    seen, found = _seen(request, uid)
    answer = HttpResponse(
        review_pdf_bytes(found, get_language() or "fr", timezone.localtime()), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="bilan-{found.year}-{str(seen.plan.uid)[:8]}.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def review_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change when it was made and what is kept of it."""
    seen, found = _seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    form = ReviewForm(request.POST or None, actor=request.user, plan=seen.plan, review=found)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: edit_review(actor=request.user, review=found, values=form.values(), confirmed=form.is_confirmed),
        )
    ):
        messages.success(request, _("Le bilan est enregistré."))
        return redirect("projects:review", uid)
    context = {"seen": seen, "tab": "reviews", "form": form, "review": found}
    return render(request, "projects/reviews/form.html", context, status=422 if form.errors else 200)


@require_POST
def review_line(request: HttpRequest, uid: UUID, action: UUID) -> HttpResponse:
    """Say what came of one action's target."""
    seen, found = _seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    one = get_object_or_404(measured(Action.objects.filter(objective__plan=seen.plan)), uid=action)
    line = ReviewLine.objects.filter(review=found, action=one).first()
    form = LineForm(request.POST, action=one, line=line, proposed=proposal(one))
    if form.is_valid() and carried_out(
        form,
        lambda: judge_action(
            actor=request.user,
            review=found,
            action=one,
            values=form.values(),
            supports=form.said(),
            confirmed=form.is_confirmed,
        ),
    ):
        return redirect(_back(request, found) + f"#a-{one.uid}")
    return _show(request, seen, found, typed=(one.pk, form))


@require_POST
def priority_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a target that comes first in the year to come."""
    seen, found = _seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    form = PriorityForm(request.POST)
    if form.is_valid() and carried_out(
        form,
        lambda: add_priority(actor=request.user, review=found, values=form.values(), confirmed=form.is_confirmed),
    ):
        return redirect(reverse("projects:review", args=[uid]) + "#priorites")
    return _show(request, seen, found, priority=form)


@require_POST
def priority_change(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Put a priority higher, or take it back."""
    seen, found = _seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    one = get_object_or_404(found.priorities.select_related("review__plan").order_by("id"), pk=pk)
    work = remove_priority if request.POST.get("do") == "remove" else raise_priority
    _tried(request, lambda: work(actor=request.user, priority=one))
    return redirect(reverse("projects:review", args=[uid]) + "#priorites")


@require_http_methods(["GET", "HEAD", "POST"])
def review_close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close the review, and open the plan of the year to come with what goes on."""
    seen, found = _seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    plan = seen.plan
    title = next_title(plan, {plan.start.year, plan.end.year})
    # A form whose only box is unchecked sends next to nothing: the method says whether it was sent.
    form = CloseForm(request.POST if request.method == "POST" else None, period=next_period(plan), title=title)
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            form,
            lambda: close_review(
                actor=request.user, review=found, following=form.following(), confirmed=form.is_confirmed
            ),
        )
        if done:
            messages.success(request, _("Le bilan est clos."))
            return redirect("projects:review", uid)
    context = {"seen": seen, "tab": "reviews", "form": form, "shown": ReviewPage(found, {})}
    return render(request, "projects/reviews/close.html", context, status=422 if form.errors else 200)


@require_POST
def review_reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open a closed review again."""
    seen, found = _seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    _tried(request, lambda: reopen_review(actor=request.user, review=found))
    return redirect("projects:review", uid)


@require_POST
def review_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a review opened by mistake."""
    seen, found = _seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    if _tried(request, lambda: remove_review(actor=request.user, review=found)):
        return redirect("projects:plan_reviews", seen.plan.uid)
    return redirect("projects:review", uid)


def _seen(request: HttpRequest, uid: UUID) -> tuple[PlanSeen, Review]:
    owners = [f"plan__{owner}" for owner in OWNERS]
    visible = Review.objects.visible_to(request.user).select_related(*owners, "meeting", "next_plan")
    found = get_object_or_404(visible, uid=uid)
    return plan_as_seen(request.user, found.plan), found


def _show(
    request: HttpRequest, seen: PlanSeen, found: Review, typed: Any = None, priority: PriorityForm | None = None
) -> HttpResponse:
    shown = ReviewPage(found, request.POST if typed else request.GET)
    writes = seen.edits and found.closed_at is None
    lines = []
    for action in shown.page:
        line, form = shown.judged.get(action.pk), None
        if typed and typed[0] == action.pk:
            form = typed[1]
        elif writes:
            proposed = proposal(action)
            form = LineForm(action=action, line=line, proposed=proposed)
        lines.append((action, line, form, "" if line else proposal(action).why))
    context = {
        "seen": seen, "tab": "reviews", "shown": shown, "writes": writes, "lines": lines,
        "priority": priority or PriorityForm(),
    }  # fmt: skip
    wrong = typed is not None or priority is not None
    return render(request, "projects/reviews/review.html", context, status=422 if wrong else 200)


def _back(request: HttpRequest, found: Review) -> str:
    query = {name: value for name in ("reste", "page") if (value := request.POST.get(name))}
    address = reverse("projects:review", args=[found.uid])
    return f"{address}?{urlencode(query)}" if query else address


def _tried(request: HttpRequest, work: Any) -> bool:
    try:
        work()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True
