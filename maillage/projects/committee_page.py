"""What a committee reads of an application and of all that it has to evaluate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone

from maillage.concertation.models import Meeting, Member

from .conflicts import conflicts_among
from .enums import ApplicationState
from .models import Application, Conflict, Criterion, Fund, Score
from .scoring import Summary, is_whole, summary_of

PER_PAGE = 25
OFFERED = 30  # meetings that the decision form offers
EVALUATED = (ApplicationState.SUBMITTED, ApplicationState.REVIEWED)


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """What one member scored: a score by criterion, None where there is none."""

    member: Member
    scores: Sequence[Score | None]


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """An application before its committee, as one person reads it.

    `conflict` is theirs (then there is nothing else); `opens` says whether they read the others' scores: once their own sheet is
    whole, or when they do not score.
    """

    application: Application
    criteria: Sequence[Criterion]
    conflict: str
    own: Mapping[int, Score]
    opens: bool
    sheets: Sequence[MemberSheet]
    rows: Sequence[tuple[Criterion, Any]]
    summary: Summary | None
    apart: int


def committee_page(application: Application, reviewer: Member | None) -> CommitteePage:
    """The page of `application` for `reviewer` (None for who manages the fund without sitting); three queries."""
    criteria = criteria_of(application.call.fund)
    scores = list(Score.objects.filter(application=application).select_related("member__person").order_by("id"))
    members = {score.member_id: score.member for score in scores}
    if reviewer is not None:
        members.setdefault(reviewer.pk, reviewer)
    conflicts = conflicts_among([application], members.values())
    conflict = conflicts.get((application.pk, reviewer.pk), "") if reviewer else ""
    if conflict:
        return CommitteePage(application, criteria, conflict, {}, False, (), (), None, 0)
    asked = {criterion.pk for criterion in criteria}
    kept: dict[int, dict[int, Score]] = {}
    for score in scores:
        if (application.pk, score.member_id) not in conflicts and score.criterion_id in asked:
            kept.setdefault(score.member_id, {})[score.criterion_id] = score
    own = kept.get(reviewer.pk, {}) if reviewer else {}
    opens = reviewer is None or is_whole({pk: one.points for pk, one in own.items()}, criteria) or _is_over(application)
    summary = summary_of(({pk: one.points for pk, one in sheet.items()} for sheet in kept.values()), criteria)
    sheets = [MemberSheet(members[pk], [sheet.get(one.pk) for one in criteria]) for pk, sheet in kept.items()]
    sheets.sort(key=lambda sheet: (str(sheet.member), sheet.member.pk))
    rows = [(criterion, summary.means.get(criterion.pk)) for criterion in criteria]
    apart = sum(member in members for _application, member in conflicts)
    return CommitteePage(
        application, criteria, "", own, opens, sheets if opens else (), rows if opens else (),
        summary if opens else None, apart,
    )  # fmt: skip


def criteria_of(fund: Fund) -> list[Criterion]:
    """What the committee of `fund` scores today."""
    return list(fund.criteria.filter(is_retired=False).order_by("position", "id"))


@dataclass(frozen=True, slots=True)
class ToEvaluate:
    """A line of the committee's list: how many scores the person gave, the summary when they may read it, their conflict.

    `declared`: they said so themselves, and may take it back.
    """

    application: Application
    given: int
    summary: Summary | None
    conflict: str
    declared: bool = False


@dataclass(frozen=True, slots=True)
class CommitteeList:
    """The applications that wait for the committee of a fund."""

    criteria: Sequence[Criterion]
    lines: Sequence[ToEvaluate]
    page: Page[Application]


def committee_list(
    found: QuerySet[Application], fund: Fund, reviewer: Member | None, asked: str | None
) -> CommitteeList:
    """The page `asked` of the applications `found` of `fund` that are to be evaluated, with where the scores stand."""
    criteria = criteria_of(fund)
    waiting = found.filter(call__fund=fund, state__in=EVALUATED).select_related("project", "call", "group")
    page = Paginator(waiting.order_by("call__closes_on", "submitted_on", "id"), PER_PAGE).get_page(asked)
    listed = list(page)
    scores = Score.objects.filter(application__in=[one.pk for one in listed], criterion__in=criteria)
    sheets: dict[int, dict[int, dict[int, int]]] = {}
    members: dict[int, Member] = {reviewer.pk: reviewer} if reviewer else {}
    for score in scores.select_related("member").order_by("id"):
        members.setdefault(score.member_id, score.member)
        sheets.setdefault(score.application_id, {}).setdefault(score.member_id, {})[score.criterion_id] = score.points
    conflicts = conflicts_among(listed, members.values())
    declared = _declared(reviewer, [one.pk for one in listed if reviewer and (one.pk, reviewer.pk) in conflicts])
    lines = []
    for one in listed:
        kept = {pk: sheet for pk, sheet in sheets.get(one.pk, {}).items() if (one.pk, pk) not in conflicts}
        own = kept.get(reviewer.pk, {}) if reviewer else {}
        conflict = conflicts.get((one.pk, reviewer.pk), "") if reviewer else ""
        reads = not conflict and (reviewer is None or is_whole(own, criteria))
        lines.append(
            ToEvaluate(
                one, len(own), summary_of(kept.values(), criteria) if reads else None, conflict, one.pk in declared
            )
        )
    return CommitteeList(criteria, lines, page)


def _declared(reviewer: Member | None, applications: Sequence[int]) -> set[int]:
    """In which of these the reviewer said that they have an interest; no query when there is none."""
    if reviewer is None or not applications:
        return set()
    found = Conflict.objects.filter(member=reviewer, application__in=applications).order_by()
    return set(found.values_list("application", flat=True))


def meetings_of(actor: Any, fund: Fund) -> QuerySet[Meeting]:
    """The latest meetings, already begun, of the committee of `fund` that `actor` sees."""
    if fund.committee_id is None:
        return Meeting.objects.none()
    begun = Meeting.objects.visible_to(actor).filter(group=fund.committee_id, starts_at__lte=timezone.now())
    keys = begun.order_by("-starts_at", "-id").values_list("pk", flat=True)[:OFFERED]
    return Meeting.objects.filter(pk__in=list(keys)).order_by("-starts_at", "-id")


def _is_over(application: Application) -> bool:
    return application.state not in EVALUATED
