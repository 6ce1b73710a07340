"""A yearly review as its page shows it: targets with what was measured, what was judged, supports promised and held."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.models import Meeting

from .enums import ActionState, SupportState, TargetWay, Verdict
from .models import Action, ActionSupport, Measure, Plan, Review, ReviewLine
from .plan_seen import with_support
from .targets import verdict_of

ON_A_PAGE = 20
IN_ORDER = ("objective__position", "objective_id", "position", "id")


@dataclass(frozen=True, slots=True)
class Tally:
    """A word and how many stand there."""

    code: str
    label: Any
    count: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the page proposes of a target before anybody judged it, and where it comes from."""

    verdict: str
    goes_on: bool
    why: str


class ReviewPage:
    """A review: its actions by pages (`reste=1`: those not judged yet), its counts, its priorities."""

    def __init__(self, review: Review, asked: Any) -> None:
        self.review = review
        self.only_left = asked.get("reste") == "1" and review.closed_at is None
        self.judged = {line.action_id: line for line in ReviewLine.objects.filter(review=review).order_by("id")}
        whole = Action.objects.filter(objective__plan=review.plan_id)
        totals = whole.order_by().aggregate(
            n=Count("pk", distinct=True),
            told=Count("pk", filter=~Q(state=ActionState.DROPPED), distinct=True),
            bare=Count("pk", filter=Q(supports=None) & ~Q(state=ActionState.DROPPED)),
            **{state: Count("supports", filter=Q(supports__state=state)) for state in SupportState.values},
        )
        self.whole, self.told, self.bare = (totals.pop(name) for name in ("n", "told", "bare"))
        self._supports = totals
        found = whole.exclude(pk__in=list(self.judged)) if self.only_left else whole
        pages = Paginator(measured(found, known_until(review)), ON_A_PAGE)
        pages.count = self.left if self.only_left else self.whole  # known already: one query less
        self.page: Page[Action] = pages.get_page(asked.get("page"))
        self.priorities = list(review.priorities.order_by("position", "id"))

    @property
    def verdicts(self) -> list[Tally]:
        """How many targets were judged each way."""
        said = Counter(line.verdict for line in self.judged.values())
        return [Tally(code, label, said.get(code, 0)) for code, label in Verdict.choices]

    @property
    def supports(self) -> list[Tally]:
        """How many supports were promised, held, held in part, not held."""
        return [Tally(code, label, self._supports.get(code, 0)) for code, label in SupportState.choices]

    @property
    def support_total(self) -> int:
        """How many supports the plan has, whatever became of them."""
        return sum(self._supports.values())

    @property
    def going_on(self) -> int:
        """How many actions go on next year."""
        return sum(line.goes_on for line in self.judged.values())

    @property
    def done(self) -> int:
        """How many actions are judged."""
        return len(self.judged)

    @property
    def left(self) -> int:
        """How many actions are not judged yet."""
        return self.whole - len(self.judged)


def measured(actions: QuerySet[Action], until: date | None = None) -> QuerySet[Action]:
    """Actions in the order of their plan, with supports, the last measure (`measured`, `measured_on`) and the first (`began`).

    `until` leaves later measures aside: a closed review keeps saying what was known when it was closed.
    """
    taken = Measure.objects.filter(action=OuterRef("pk"))
    taken = taken if until is None else taken.filter(on__lte=until)
    first, latest = taken.order_by("on", "id"), taken.order_by("-on", "-id")
    supports = Prefetch("supports", ActionSupport.objects.select_related("organization").order_by("id"))
    found = with_support(actions).select_related("objective", "organization").prefetch_related(supports)
    found = found.annotate(measured=Subquery(latest.values("value")[:1]), measured_on=Subquery(latest.values("on")[:1]))
    found = found.annotate(began=Subquery(first.values("value")[:1]), began_on=Subquery(first.values("on")[:1]))
    return found.order_by(*IN_ORDER)


def known_until(review: Review) -> date | None:
    """The day after which measures are no longer of this review: the one on which it was closed."""
    return None if review.closed_at is None else timezone.localtime(review.closed_at).date()


def proposal(action: Any) -> Proposal:
    """What to propose of a target: by its last measure, else by the state of its action."""
    goes_on = action.state in (ActionState.TO_DO, ActionState.UNDER_WAY)
    if action.target is not None and action.measured is not None:
        known = action.began is not None and action.began_on < action.measured_on
        began = action.began if known else None
        verdict = verdict_of(way=action.way, target=action.target, value=action.measured, began=began)
        return Proposal(verdict, goes_on, _why(verdict, action.way))
    if action.state == ActionState.DONE and action.target is None:
        return Proposal(Verdict.REACHED, goes_on, _("Proposé parce que l'action est faite."))
    return Proposal("", goes_on, "")


def _why(verdict: str, way: str) -> str:
    if not verdict:
        return _("La mesure dépasse la cible, et rien ne dit d'où on est parti : c'est à vous de juger.")
    if way == TargetWay.AT_MOST:
        return _("Proposé d'après la dernière mesure : ici, moins, c'est mieux.")
    return _("Proposé d'après la dernière mesure.")


def meetings_of_plan(actor: Any, plan: Plan) -> QuerySet[Meeting]:
    """The dated meetings, that `actor` sees, of the group of a plan, of its project's group, or of its programme's groups."""
    visible = Meeting.objects.visible_to(actor).filter(starts_at__isnull=False).order_by("-starts_at", "-id")
    if plan.group_id is not None:
        return visible.filter(group=plan.group_id)
    if plan.project is not None:
        return visible.filter(group=plan.project.group_id) if plan.project.group_id is not None else visible.none()
    return visible.filter(group__programs=plan.program_id)
