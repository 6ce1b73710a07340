"""A group as large as any: 500 members who met 200 times, with what they decided, promised, named and asked. Invented."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.services import open_account
from maillage.concertation.enums import Capacity, FollowUpState, GroupKind, MeetingState, MemberRole
from maillage.concertation.models import (
    AgendaItem,
    Answer,
    Attendance,
    Decision,
    FollowUp,
    Group,
    Initiative,
    Meeting,
    Member,
    Minutes,
    NamedNeed,
    Question,
    Registration,
    Topic,
)
from maillage.directory.models import Organization, Person

EACH = 60  # who comes to a meeting
ITEMS = 5


@dataclass(slots=True)
class LargeGroup:
    """The group, its coordinator, and one of each thing that has a page."""

    group: Group
    coordinator: User
    held: Meeting
    coming: Meeting
    need: NamedNeed
    question: Question
    initiative: Initiative
    member: Member


def make(members: int, meetings: int) -> LargeGroup:
    """Write the group in the database of this connection. The caller holds the transaction, and undoes it."""
    group = Group.objects.create(
        slug="banc-tres-grand-groupe",
        name="Très grand groupe",
        kind=GroupKind.COMMUNITY,
        mandate="Se réunir.",
        is_public=True,
    )
    organizations = Organization.objects.bulk_create(Organization(name=f"Organisation {n}") for n in range(80))
    seats = _members(group, members, organizations)
    coordinator = open_account(email="banc@demo.maillage.test", full_name="Banc d'Essai", password="x" * 20)
    person = Person.objects.create(name=coordinator.full_name, email=coordinator.email, user=coordinator)
    Member.objects.create(group=group, person=person, role=MemberRole.COORDINATOR)
    held = _meetings(group, meetings, seats)
    coming = Meeting.objects.filter(group=group, state=MeetingState.PLANNED).order_by("starts_at", "id")[0]
    _registrations(coming, seats)
    need, question, initiative = _said(group, seats, held)
    return LargeGroup(group, coordinator, held[0], coming, need, question, initiative, seats[0])


def _members(group: Group, number: int, organizations: list[Organization]) -> list[Member]:
    people = Person.objects.bulk_create(
        Person(name=f"Personne {n:03d}", email=f"personne{n}@banc.exemple.test") for n in range(number)
    )
    return Member.objects.bulk_create(
        Member(
            group=group,
            person=person,
            organization=organizations[n % len(organizations)] if n % 5 else None,
            capacity=Capacity.COMMUNITY if n % 5 else Capacity.TENANT,
        )
        for n, person in enumerate(people)
    )


def _meetings(group: Group, number: int, seats: list[Member]) -> list[Meeting]:
    """`number` meetings, the last three to come; the held ones with items, minutes, attendance, decisions and follow-ups."""
    now = timezone.now()
    rows = []
    for n in range(number):
        starts = now + timedelta(days=7 * (n - number + 4))
        state = MeetingState.PLANNED if starts > now else MeetingState.HELD
        rows.append(
            Meeting(
                group=group,
                title=f"Rencontre {n + 1}",
                state=state,
                starts_at=starts,
                ends_at=starts + timedelta(hours=2),
                takes_registrations=True,
                capacity=40,
                is_public=True,
            )
        )
    made = Meeting.objects.bulk_create(rows)
    held = [meeting for meeting in made if meeting.state == MeetingState.HELD]
    _lived(made, held, seats)
    _decided(group, held, seats)
    return held[::-1]


def _lived(made: list[Meeting], held: list[Meeting], seats: list[Member]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting, position=place, title=f"Point {place + 1}", minutes=20, notes="Ce qui s'est dit. " * 10
        )
        for meeting in made
        for place in range(ITEMS)
    )
    Minutes.objects.bulk_create(Minutes(meeting=meeting) for meeting in held)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            person=seat.person,
            name=seat.person.name,
            organization=seat.organization,
            capacity=seat.capacity,
        )
        for n, meeting in enumerate(held)
        for seat in (seats[(n * 7 + step) % len(seats)] for step in range(min(EACH, len(seats))))
    )


def _decided(group: Group, held: list[Meeting], seats: list[Member]) -> None:
    Decision.objects.bulk_create(
        Decision(group=group, meeting=meeting, number=n + 1, text=f"Décision {n + 1}.", decided_on=meeting.starts_at)
        for n, meeting in enumerate(held)
    )
    promised = FollowUp.objects.bulk_create(
        FollowUp(
            group=group,
            meeting=meeting,
            what=f"Suivi {n + 1}",
            due_on=meeting.ends_at.date() + timedelta(days=30),
            state=FollowUpState.OPEN if n % 3 == 0 else FollowUpState.DONE,
            done_on=None if n % 3 == 0 else meeting.ends_at.date(),
        )
        for n, meeting in enumerate(held)
        if meeting.ends_at
    )
    through: Any = FollowUp.members.through
    through.objects.bulk_create(
        through(followup_id=row.pk, member_id=seats[n % len(seats)].pk) for n, row in enumerate(promised)
    )


def _registrations(coming: Meeting, seats: list[Member]) -> None:
    Registration.objects.bulk_create(
        Registration(
            meeting=coming,
            person=seat.person,
            name=seat.person.name,
            email=seat.person.email,
            capacity=seat.capacity,
            rank=n + 1,
            state="registered" if n < 40 else "waiting",
        )
        for n, seat in enumerate(seats[:120])
    )


def _said(group: Group, seats: list[Member], held: list[Meeting]) -> tuple[NamedNeed, Question, Initiative]:
    needs = NamedNeed.objects.bulk_create(
        NamedNeed(group=group, code=f"BANC{n:04d}", statement=f"Besoin {n + 1}", named_by=seats[n % len(seats)])
        for n in range(150)
    )
    topics = Topic.objects.bulk_create(Topic(group=group, name=f"Thème {n + 1}") for n in range(8))
    questions = Question.objects.bulk_create(
        Question(group=group, topic=topics[n % 8], title=f"Question {n + 1} ?", asked_by=seats[n % len(seats)])
        for n in range(150)
    )
    Answer.objects.bulk_create(
        Answer(question=question, text="Une réponse. " * 10, answered_by=seats[n % len(seats)])
        for n, question in enumerate(questions)
        for _again in range(2)
    )
    initiatives = Initiative.objects.bulk_create(
        Initiative(group=group, title=f"Initiative {n + 1}", story="Un récit. " * 20, meeting=held[0])
        for n in range(40)
    )
    return needs[0], questions[0], initiatives[0]
