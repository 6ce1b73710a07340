"""A plan along time: the actions of a page on the scale of the whole plan, each with what it comes after."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils import timezone

from .action_list import IN_ORDER
from .models import Action, Objective, Plan
from .plan_lines import Line, lines_of, told_days, waits_by_action
from .timeline import Bar, Reach, Scale, Span, begins_too_early

ON_A_PAGE = 40  # actions of a time line


class Earlier(NamedTuple):
    """What an action comes after; `too_early`: it begins before this one is over. `reach` is drawn between the two."""

    title: str
    href: str
    too_early: bool
    reach: Reach | None


@dataclass(frozen=True, slots=True)
class TimeLine:
    """An action on the time line, in words, with what it comes after."""

    line: Line
    when: str
    bar: Bar | None
    earlier: list[Earlier]


@dataclass(frozen=True, slots=True)
class TimePart:
    """An objective and its actions on the time line."""

    objective: Objective
    lines: list[TimeLine]


class PlanInTime:
    """The time line of a plan: its scale is that of the whole plan on each of its pages."""

    def __init__(self, plan: Plan, asked: Any, language: str) -> None:
        self.plan, self.now, self.language = plan, timezone.localdate(), language
        whole = Action.objects.filter(objective__plan=plan)
        ends = {f"{end.__name__}_{name}": end(name) for end in (Min, Max) for name in ("starts_on", "due_on")}
        undated = Count("pk", filter=Q(starts_on=None, due_on=None))
        days = whole.aggregate(**ends, whole=Count("pk"), undated=undated)
        spans = [Span(days[f"{end}_starts_on"], days[f"{end}_due_on"]) for end in ("Min", "Max")]
        self.scale, self.undated = Scale.around(plan.start, plan.end, spans), days["undated"]
        paginator = Paginator(whole.order_by(*IN_ORDER), ON_A_PAGE)
        paginator.count = days["whole"]
        self.page: Page[Action] = paginator.get_page(asked.get("page"))
        self.marks, self.today = self.scale.marks(), self.scale.today(self.now)

    def parts(self) -> list[TimePart]:
        """The objectives of this page with their actions."""
        lines = lines_of(self.page.object_list)  # type: ignore[arg-type]
        objectives = Objective.objects.order_by().in_bulk({line.objective_id for line in lines})
        earlier: dict[int, list[Any]] = {}
        for here, *other in waits_by_action([line.pk for line in lines]):
            earlier.setdefault(here, []).append(other)
        return [
            TimePart(objectives[key], [self._line(line, earlier.get(line.pk, [])) for line in rows])
            for key, rows in groupby(lines, key=lambda line: line.objective_id)
        ]

    def _line(self, line: Line, earlier: list[Any]) -> TimeLine:
        told = [
            Earlier(
                title,
                reverse("projects:action", args=[uid]),
                begins_too_early(line.starts_on, due),
                self.scale.reach(due, line.starts_on or line.due_on),
            )
            for _pk, title, uid, due in earlier
        ]
        bar = self.scale.bar(Span(line.starts_on, line.due_on))
        return TimeLine(line, told_days(line.starts_on, line.due_on, self.language), bar, told)
