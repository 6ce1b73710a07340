"""What was counted of activities: participations by session, participants by activity; the one is never the other.

Participations are attendances: a person who comes to four sessions makes four. Participants are distinct persons of one
activity. What contradicts itself is refused (`contradictions`); what is only doubtful is shown (`doubts`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.typography import number

from .enums import Audience
from .models import Activity, Headcount, Session, Turnout

MOST = 100_000  # people of one category, at one session or in one activity


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of one activity: by category, the sessions that are over, those that were counted, the largest of them."""

    participations: Mapping[str, int]
    participants: Mapping[str, int]
    held: int = 0
    counted: int = 0
    largest: int = 0

    @property
    def total_participations(self) -> int:
        """All attendances."""
        return sum(self.participations.values())

    @property
    def total_participants(self) -> int:
        """All distinct persons."""
        return sum(self.participants.values())

    @property
    def is_complete(self) -> bool:
        """Whether every session that is over was counted."""
        return 0 < self.held == self.counted

    @property
    def uncounted(self) -> int:
        """How many sessions are over and were not counted."""
        return max(0, self.held - self.counted)

    @property
    def lines(self) -> list[tuple[str, str, int | None, int | None]]:
        """By category that was counted: its code and word, participations, participants; None where nothing was written."""
        return [
            (word.value, str(word.label), self.participations.get(word), self.participants.get(word))
            for word in Audience
            if word.value in self.participations or word.value in self.participants
        ]


def contradictions(tally: Tally) -> list[str]:
    """Sentences for figures that cannot be: more participants than participations, once every session is counted.

    Participations of an unknown age may be those of any category.
    """
    if not tally.is_complete:
        return []
    found = []
    if tally.total_participants > tally.total_participations:
        found.append(_more(_("En tout"), tally.total_participants, tally.total_participations))
    unknown = tally.participations.get(Audience.UNKNOWN, 0)
    for word in Audience:
        most = tally.participations.get(word, 0) + unknown
        if word is not Audience.UNKNOWN and tally.participants.get(word, 0) > most:
            found.append(_more(str(word.label), tally.participants[word], most))
    return found


def _more(who: str, participants: int, participations: int) -> str:
    return _(
        "%(who)s : %(participants)s participants pour %(participations)s participations. Chaque participant est venu au moins"
        " une fois : vérifiez les deux nombres."
    ) % {"who": who, "participants": number(participants), "participations": number(participations)}


def doubts(tally: Tally) -> list[str]:
    """Sentences for figures to look at again: fewer participants than people at one session."""
    if 0 < tally.total_participants < tally.largest:
        said = _(
            "Une séance a compté %(largest)s personnes et l'activité %(participants)s participants : ce nombre est à revoir."
        )
        return [said % {"largest": number(tally.largest), "participants": number(tally.total_participants)}]
    return []


def tally_of(activity: Activity, today: date | None = None) -> Tally:
    """The figures of `activity`; three queries."""
    today = today or timezone.localdate()
    turnout = Turnout.objects.filter(session__activity=activity, session__on__lte=today).order_by()
    participations: dict[str, int] = {}
    by_session: dict[int, int] = {}
    for session, audience, count in turnout.values_list("session", "audience", "participations"):
        participations[audience] = participations.get(audience, 0) + count
        by_session[session] = by_session.get(session, 0) + count
    participants = dict(activity.headcounts.order_by().values_list("audience", "participants"))
    held = activity.sessions.filter(on__lte=today).count()
    return Tally(participations, participants, held, len(by_session), max(by_session.values(), default=0))


def with_counts(found: QuerySet[Activity], *names: str) -> QuerySet[Activity]:
    """Each activity with `held_sessions`, `counted_sessions`, `first_on`, `last_on`, `participations` and `participants`.

    Those in `names` only, when some are given.
    """
    sessions = Session.objects.filter(activity=OuterRef("pk"), on__lte=timezone.localdate())
    every = Session.objects.filter(activity=OuterRef("pk"))
    turnout = Turnout.objects.filter(session__activity=OuterRef("pk"), session__on__lte=timezone.localdate())
    heads = Headcount.objects.filter(activity=OuterRef("pk"))
    figures = {
        "held_sessions": _one(sessions, "activity", Count("pk")),
        "counted_sessions": _one(turnout, "session__activity", Count("session", distinct=True)),
        "first_on": _one(every, "activity", Min("on")),
        "last_on": _one(every, "activity", Max("on")),
        "participations": _one(turnout, "session__activity", Sum("participations")),
        "participants": _one(heads, "activity", Sum("participants")),
    }
    return found.annotate(**{name: figure for name, figure in figures.items() if not names or name in names})


def _one(rows: QuerySet[Any], by: str, figure: Any) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(figure=figure).values("figure"))


@dataclass(frozen=True, slots=True)
class Totals:
    """How many activities, their participations, their participants (each person once an activity); None when none was counted."""

    activities: int
    participations: int | None
    participants: int | None


def totals_of(activities: QuerySet[Activity]) -> Totals:
    """The totals of these activities, in two queries."""
    told = activities.order_by().aggregate(n=Count("pk", distinct=True), persons=Sum("headcounts__participants"))
    over = Q(session__activity__in=activities.order_by().values("pk"), session__on__lte=timezone.localdate())
    came = Turnout.objects.filter(over).aggregate(figure=Sum("participations"))["figure"]
    return Totals(told["n"], came, told["persons"])
