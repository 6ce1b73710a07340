"""Writes what groups did before today, with its dates: services would date it of today."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maillage.concertation.enums import Access, Capacity, FollowUpState, MeetingState, MemberRole, MinutesState
from maillage.concertation.models import (
    AgendaItem,
    Attendance,
    Decision,
    FollowUp,
    Group,
    GuestCount,
    Meeting,
    Member,
    Minutes,
)
from maillage.directory.models import Organization, Person
from maillage.territories.models import Division

OFFERS = [Access.STEP_FREE, Access.QUIET, Access.PLAIN_LANGUAGE, Access.TRANSPORT, Access.MEAL]
ORIGINS = {
    "health": Capacity.INSTITUTION,
    "education": Capacity.INSTITUTION,
    "government": Capacity.INSTITUTION,
    "municipal": Capacity.MUNICIPAL,
    "housing_office": Capacity.HOUSING,
    "housing_nonprofit": Capacity.HOUSING,
    "housing_coop": Capacity.HOUSING,
    "research": Capacity.RESEARCH,
}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody to be seated: their name, for whom, as what."""

    name: str
    organization: Organization | None
    capacity: str = ""
    role: str = MemberRole.MEMBER
    start: date | None = None


def capacity_of(organization: Organization | None) -> str:
    """As what somebody of this organization takes part."""
    return ORIGINS.get(organization.kind, Capacity.COMMUNITY) if organization else Capacity.TENANT


def working(day: date) -> date:
    """That day, or the Friday before it: nobody meets on a Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That hour of that day, as clocks show it."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def seat_all(group: Group, seats: Sequence[Seat], domain: str) -> list[Member]:
    """Invented persons become members; each has an address where nothing arrives."""
    people = Person.objects.bulk_create(
        Person(name=seat.name, email=f"membre{place}@{domain}.exemple.test") for place, seat in enumerate(seats, 1)
    )
    return Member.objects.bulk_create(
        Member(
            group=group,
            person=person,
            organization=seat.organization,
            capacity=seat.capacity or capacity_of(seat.organization),
            role=seat.role,
            start=seat.start,
        )
        for person, seat in zip(people, seats, strict=True)
    )


@dataclass(slots=True)
class Recorder:
    """Writes the meetings of one group as they were held."""

    group: Group
    members: list[Member]
    today: date
    division: Division | None = None
    address: str = ""
    point: tuple[float, float] | None = None
    seed: int = 0
    decided: int = 0

    def hold(
        self,
        *,
        days: int,
        title: str,
        items: Iterable[tuple[str, str, int, str]],
        people: int,
        kind: str = "meeting",
        hour: int = 9,
        length: float = 2.5,
        guests: int = 0,
        summary: str = "",
        public: bool = False,
        **values: Any,
    ) -> Meeting:
        """A meeting `days` ago with its agenda, who was there, and its minutes, adopted unless it is the last."""
        day = working(self.today - timedelta(days=days))
        starts = at(day, hour)
        meeting = self._make(title, kind, starts, length, state=MeetingState.HELD, is_public=public, **values)
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=meeting, position=place, title=name, kind=what, minutes=minutes, notes=notes)
            for place, (name, what, minutes, notes) in enumerate(items, 1)
        )
        self._attended(meeting, people, guests)
        recent = days < 40
        Minutes.objects.create(
            meeting=meeting,
            state=MinutesState.CIRCULATED if recent else MinutesState.ADOPTED,
            circulated_at=at(day + timedelta(days=4)),
            adopted_on=None if recent else day + timedelta(days=35),
            summary=summary,
            published_at=at(day + timedelta(days=6)) if summary and public else None,
        )
        return meeting

    def plan(
        self, *, days: int, title: str, items: Iterable[tuple[str, str, int]], hour: int = 9, **values: Any
    ) -> Meeting:
        """A meeting to come, with its agenda."""
        kind, length = values.pop("kind", "meeting"), values.pop("length", 2.5)
        meeting = self._make(title, kind, at(working(self.today + timedelta(days=days)), hour), length, **values)
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=meeting, position=place, title=name, kind=what, minutes=minutes)
            for place, (name, what, minutes) in enumerate(items, 1)
        )
        return meeting

    def decide(self, meeting: Meeting, texts: Iterable[str]) -> None:
        """What the meeting decided, under its last item."""
        item = meeting.items.order_by("-position", "-id").first()
        for text in texts:
            self.decided += 1
            Decision.objects.create(
                group=self.group,
                meeting=meeting,
                item=item,
                number=self.decided,
                text=text,
                decided_on=timezone.localdate(meeting.starts_at),
            )

    def promise(self, meeting: Meeting, promises: Iterable[tuple[str, int, bool]]) -> None:
        """What members promised: what, due so many days after, done."""
        draw = random.Random(self.seed + meeting.pk)
        day = timezone.localdate(meeting.starts_at)
        for what, days, done in promises:
            due = day + timedelta(days=days)
            promised = FollowUp.objects.create(
                group=self.group,
                meeting=meeting,
                item=meeting.items.order_by("-position", "-id").first(),
                what=what,
                due_on=due,
                state=FollowUpState.DONE if done else FollowUpState.OPEN,
                done_on=min(due, self.today) if done else None,
            )
            promised.members.set(draw.sample(self.members, min(draw.choice((1, 1, 2)), len(self.members))))

    def _make(self, title: str, kind: str, starts: datetime, length: float, **values: Any) -> Meeting:
        hours = values.pop("hours", "")
        latitude, longitude = self.point or (None, None)
        usual = {
            "division": self.division,
            "address": self.address,
            "latitude": latitude,
            "longitude": longitude,
            "offers": list(OFFERS),
        }
        return Meeting.objects.create(
            group=self.group,
            kind=kind,
            title=title,
            starts_at=starts,
            ends_at=starts + timedelta(hours=length),
            hours=Decimal(hours) if hours else None,
            **usual | values,
        )

    def _attended(self, meeting: Meeting, people: int, guests: int) -> None:
        draw = random.Random(self.seed + meeting.pk)
        day = timezone.localdate(meeting.starts_at)
        there = [seat for seat in self.members if seat.start is None or seat.start <= day]
        came = sorted(draw.sample(there, min(people, len(there))), key=lambda seat: seat.pk)
        Attendance.objects.bulk_create(
            Attendance(
                meeting=meeting,
                person=seat.person,
                name=seat.person.name,
                organization=seat.organization,
                capacity=seat.capacity,
                presence="remote" if draw.random() < 0.15 else "on_site",
                arrived_at=meeting.starts_at,
            )
            for seat in came
        )
        if guests:
            GuestCount.objects.create(meeting=meeting, capacity=Capacity.CITIZEN, count=guests)
