"""What participation changes, along the five cycles of value (Wenger, Trayner and de Laat, 2011): stories beside figures.

Each cycle is read in two ways: figures that the group's own work gives, and stories that members tell. The words are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, IntegerField, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import MeetingKind, MeetingState, NeedState, ValueCycle
from maillage.concertation.models import (
    Answer,
    Attendance,
    Document,
    Group,
    GuestCount,
    InitiativeStep,
    Meeting,
    Member,
    NeedStep,
    PracticeArea,
    Question,
    ValuePart,
    ValueStory,
)

from .initiatives import ACTING, SETTLED

ASKS: dict[int, str | Promise] = {
    ValueCycle.IMMEDIATE: _(
        "Ce que la rencontre a donné sur le moment : qui vous avez rencontré, ce qui vous a parlé."
    ),
    ValueCycle.POTENTIAL: _("Ce que vous en avez gardé : une idée, un outil, un contact, plus d'assurance."),
    ValueCycle.APPLIED: _("Ce que vous avez fait autrement, dans votre travail ou votre milieu."),
    ValueCycle.REALIZED: _("Ce que cela a amélioré, pour des locataires, une équipe, un milieu."),
    ValueCycle.REFRAMING: _("Ce qui a changé dans votre façon de voir ce qui compte, ou de dire ce qu'est réussir."),
}


class Figure(NamedTuple):
    """A figure of a cycle; `base` is what it is counted among, when it is."""

    label: str | Promise
    value: int
    base: int | None = None
    base_label: str | Promise = ""


class Cycle(NamedTuple):
    """A cycle: its name, what it asks, its figures, how many stories tell of it."""

    value: int
    label: str | Promise
    asks: str | Promise
    figures: list[Figure]
    stories: int


@dataclass(frozen=True, slots=True)
class Line:
    """A story in the matrix: for each cycle, what it says (None when it says nothing of it)."""

    story: ValueStory
    cells: list[ValuePart | None]


def year_of(text: str | None, group: Group) -> tuple[int, list[int]]:
    """The year that an address asks for (this one otherwise), and those that the group has lived."""
    this = timezone.localdate().year
    first = min(group.founded_on.year if group.founded_on else this - 4, this)
    years = list(range(this, max(first, this - 9) - 1, -1))
    asked = int(text) if text and text.isascii() and text.isdigit() and len(text) == 4 else this
    return (asked if asked in years else this), years


def span_of(year: int) -> tuple[datetime, datetime]:
    """The first moment of `year` and of the next one, where the group lives."""
    start, end = (datetime(one, 1, 1) for one in (year, year + 1))
    return timezone.make_aware(start), timezone.make_aware(end)


def stories_of(group: Group, start: datetime, end: datetime) -> QuerySet[ValueStory]:
    """The stories told in a period, the latest first, with what they say of each cycle."""
    told = ValueStory.objects.filter(group=group, told_at__gte=start, told_at__lt=end)
    return (
        told.select_related("told_by__person", "told_by__organization")
        .prefetch_related("parts")
        .order_by("-told_at", "-id")
    )


def line_of(story: ValueStory) -> Line:
    """`story`, its parts read, as a line of the matrix."""
    said = {part.cycle: part for part in story.parts.all()}
    return Line(story, [said.get(cycle) for cycle in ValueCycle.values])


def cycles_of(group: Group, start: datetime, end: datetime) -> list[Cycle]:
    """The five cycles with their figures in a period, all read at once."""
    counted = _counted(group, start, end)
    figures = _figures(counted)
    return [
        Cycle(cycle.value, cycle.label, ASKS[cycle], figures[cycle], counted[f"stories_{cycle.value}"])
        for cycle in ValueCycle
    ]


def _counted(group: Group, start: datetime, end: datetime) -> Mapping[str, int]:
    held = Meeting.objects.filter(group=group, state=MeetingState.HELD, starts_at__gte=start, starts_at__lt=end)
    inside = held.order_by().values("pk")
    there, asked = (
        Attendance.objects.filter(meeting__in=inside),
        Question.objects.filter(group=group, asked_at__gte=start, asked_at__lt=end),
    )
    days = {"on__gte": start.date(), "on__lt": end.date()}
    moved = InitiativeStep.objects.filter(initiative__group=group, **days)
    came = NeedStep.objects.filter(need__group=group, at__gte=start, at__lt=end)
    current = Member.objects.current().filter(group=group)
    knowing = PracticeArea.objects.filter(member__in=current.order_by().values("pk"))
    parts = ValuePart.objects.filter(story__group=group, story__told_at__gte=start, story__told_at__lt=end)
    reads = {
        "meetings": _rows(held),
        "trainings": _rows(held.filter(kind=MeetingKind.TRAINING)),
        "named": _rows(there),
        "persons": _rows(there.filter(person__isnull=False), "person"),
        "guests": _one(GuestCount.objects.filter(meeting__in=inside), Sum("count")),
        "asked": _rows(asked),
        "answered": _rows(asked.filter(answers__isnull=False)),
        "helped": _rows(Answer.objects.filter(question__in=asked.order_by().values("pk"), helped=True)),
        "documents": _rows(Document.objects.filter(group=group, added_at__gte=start, added_at__lt=end)),
        "members": _rows(current),
        "knowing": _rows(knowing, "member"),
        "tried": _rows(moved.filter(stage__in=ACTING), "initiative"),
        "settled": _rows(moved.filter(stage__in=SETTLED), "initiative"),
        "moved": _rows(moved, "initiative"),
        "taken_up": _rows(came.filter(state=NeedState.TAKEN_UP), "need"),
        "needs_answered": _rows(came.filter(state=NeedState.ANSWERED), "need"),
        "shown": _rows(parts.filter(cycle=ValueCycle.REALIZED).exclude(evidence="")),
        "reframed": _rows(parts.filter(cycle=ValueCycle.REFRAMING).exclude(evidence="")),
        **{f"stories_{cycle}": _rows(parts.filter(cycle=cycle)) for cycle in ValueCycle.values},
    }
    named = {f"n_{name}": read for name, read in reads.items()}
    row = Group.objects.filter(pk=group.pk).order_by("pk").values(**named).get()
    return {name.removeprefix("n_"): int(value) for name, value in row.items()}


def _figures(n: Mapping[str, int]) -> dict[int, list[Figure]]:
    return {
        ValueCycle.IMMEDIATE: [
            Figure(_("rencontres et formations tenues"), n["meetings"]),
            Figure(_("participations"), n["named"] + n["guests"]),
            Figure(_("personnes différentes nommées présentes"), n["persons"]),
            Figure(_("questions posées"), n["asked"]),
        ],
        ValueCycle.POTENTIAL: [
            Figure(_("questions répondues"), n["answered"], n["asked"], _("posées")),
            Figure(_("réponses qui ont aidé"), n["helped"]),
            Figure(_("documents mis en commun"), n["documents"]),
            Figure(_("formations tenues"), n["trainings"], n["meetings"], _("rencontres")),
            Figure(_("membres qui disent ce qu'ils savent"), n["knowing"], n["members"], _("membres aujourd'hui")),
        ],
        ValueCycle.APPLIED: [
            Figure(_("initiatives mises à l'essai"), n["tried"], n["moved"], _("qui ont bougé")),
            Figure(_("besoins pris en charge"), n["taken_up"]),
        ],
        ValueCycle.REALIZED: [
            Figure(_("initiatives en marche ou passées à d'autres"), n["settled"], n["moved"], _("qui ont bougé")),
            Figure(_("besoins répondus"), n["needs_answered"]),
            Figure(_("récits avec ce qui le montre"), n["shown"], n["stories_4"], _("récits de ce cycle")),
        ],
        ValueCycle.REFRAMING: [
            Figure(_("récits avec ce qui le montre"), n["reframed"], n["stories_5"], _("récits de ce cycle")),
        ],
    }


def _rows(found: QuerySet[Any], of: str = "pk") -> Coalesce:
    """How many different `of` there are in `found`, as a value of one row."""
    return _one(found, Count(of, distinct=True))


def _one(found: QuerySet[Any], what: Any) -> Coalesce:
    counted = found.order_by().annotate(together=Value(1)).values("together").annotate(counted=what).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
