"""The community of practice of Centre-Sud: 200 members of 80 organizations, six meetings and three trainings in a year."""

import random
from collections.abc import Mapping
from datetime import date, timedelta

from maillage.accounts.models import User
from maillage.concertation.enums import GroupKind, RegistrationState
from maillage.concertation.models import (
    Answer,
    Group,
    Initiative,
    InitiativeStep,
    Meeting,
    Member,
    PracticeArea,
    Question,
    Registration,
    Topic,
    ValuePart,
    ValueStory,
)
from maillage.concertation.services import index_question, open_group
from maillage.directory.models import Organization
from maillage.portal.demonstration.others import COMMUNITY
from maillage.programs.models import Membership, Program

from .community_life import INITIATIVES, QUESTIONS, STORIES, TOPICS
from .community_trainings import COMING, TRAININGS
from .community_year import MEETINGS
from .past import Recorder, Seat, at, seat_all

SEED = 2018
PLACE = (45.5205, -73.5569)  # of the neighbourhood, not of a house
SUMMARY = "Quelque 200 intervenant·es de 80 organisations partagent leurs façons de faire contre l'exclusion."
MANDATE = (
    "Partager les expertises des équipes communautaires et institutionnelles qui accompagnent des personnes exclues ; "
    "s'outiller ensemble ; rendre nos lieux accessibles à toutes et à tous."
)
CHARTER = (
    "Six rencontres et deux ou trois formations par année. On parle de situations, jamais de personnes. "
    "Chaque rencontre dit ce qui est offert pour y participer."
)


def load(users: Mapping[str, User], today: date) -> Group:
    """Open the group, seat the members of the programme, and write its year."""
    program = Program.objects.get(slug=COMMUNITY)
    coordinator = users["coordination"]
    group = open_group(
        actor=coordinator,
        name="Communauté de pratique Mieux lutter contre l'exclusion",
        kind=GroupKind.COMMUNITY,
        programs=[program],
        host=Organization.objects.get(external_id="demo-cdp-hote"),
        summary=SUMMARY,
        mandate=MANDATE,
        charter=CHARTER,
        contact="Écrivez à la coordination : cdp@exemple.test",
        founded_on=date(2018, 3, 1),
        is_public=True,
        takes_requests=True,
    )
    members = _members(group, program)
    held = _year(group, members, today)
    _known(group, members, held, today)
    _born(group, held, today)
    return group


def _members(group: Group, program: Program) -> list[Member]:
    rows = Membership.objects.filter(program=program, user=None).select_related("organization").order_by("id")
    seats = [Seat(row.label, row.organization, start=row.start) for row in rows]
    return seat_all(group, seats, "cdp")


def _year(group: Group, members: list[Member], today: date) -> dict[str, Meeting]:
    record = Recorder(group, members, today, point=PLACE, address="Centre-Sud, Montréal", seed=SEED)
    found = {}
    for past in sorted((*MEETINGS, *TRAININGS), key=lambda past: -past.days):
        meeting = record.hold(
            days=past.days,
            title=past.title,
            kind=past.kind,
            items=past.items,
            people=past.people,
            guests=past.guests,
            summary=past.summary,
            public=True,
            place=past.place,
            purpose=past.purpose,
            hours=past.hours,
            length=float(past.hours or 2.5),
        )
        record.decide(meeting, past.decisions)
        record.promise(meeting, past.follow_ups)
        found[past.title] = meeting
    for coming in COMING:
        meeting = record.plan(
            days=coming.days,
            title=coming.title,
            kind=coming.kind,
            items=[item[:3] for item in coming.items],
            place=coming.place,
            purpose=coming.purpose,
            hours=coming.hours,
            length=float(coming.hours or 2.5),
            capacity=coming.capacity,
            takes_registrations=True,
            is_public=True,
            online_url="" if coming.kind == "training" else "https://visio.exemple.test/cdp",
        )
        _register(meeting, members, coming.registered)
    return found


def _register(meeting: Meeting, members: list[Member], number: int) -> None:
    """The first to ask have the places; the others wait in the order in which they asked."""
    draw = random.Random(SEED + meeting.pk)
    places = meeting.capacity or number
    rows = []
    for place, seat in enumerate(draw.sample(members, number), 1):
        rows.append(
            Registration(
                meeting=meeting,
                person=seat.person,
                name=seat.person.name,
                email=seat.person.email,
                organization=seat.organization,
                capacity=seat.capacity,
                asked_for=draw.choice(([], [], [], ["step_free"], ["meal", "transport"], ["quiet"], ["child_care"])),
                rank=place,
                state=RegistrationState.REGISTERED if place <= places else RegistrationState.WAITING,
            )
        )
    Registration.objects.bulk_create(rows)


def _known(group: Group, members: list[Member], held: Mapping[str, Meeting], today: date) -> None:
    """Themes, who knows what (with their consent), questions and answers."""
    draw = random.Random(SEED)
    topics = {name: Topic.objects.create(group=group, name=name) for name in TOPICS}
    for seat in draw.sample(members, 46):
        for name in draw.sample(TOPICS, draw.choice((1, 1, 2))):
            PracticeArea.objects.create(member=seat, topic=topics[name], may_be_asked=draw.random() < 0.8)
    for place, (topic, title, text, answers) in enumerate(QUESTIONS):
        day = today - timedelta(days=150 - 28 * place)
        asker, *others = draw.sample(members, 4)
        question = Question.objects.create(group=group, topic=topics[topic], title=title, text=text, asked_by=asker)
        Question.objects.filter(pk=question.pk).update(asked_at=at(day, 14, 10))
        for step, (words, helped) in enumerate(answers, 1):
            answer = Answer.objects.create(question=question, text=words, answered_by=others[step], helped=helped)
            Answer.objects.filter(pk=answer.pk).update(answered_at=at(day + timedelta(days=2 * step), 11, 20))
        index_question(question=question)
    for title, parts in STORIES:
        story = ValueStory.objects.create(group=group, title=title, told_by=draw.choice(members), may_be_quoted=True)
        ValuePart.objects.bulk_create(
            ValuePart(story=story, cycle=cycle, text=text, evidence=evidence) for cycle, text, evidence in parts
        )


def _born(group: Group, held: Mapping[str, Meeting], today: date) -> None:
    """The four initiatives of source 000, each with the meeting it came from and its life."""
    draw = random.Random(SEED)
    meetings = sorted(held.values(), key=lambda meeting: meeting.starts_at or 0)  # type: ignore[arg-type,return-value]
    organizations = list(Organization.objects.filter(external_id__startswith="demo-cdp-").order_by("id"))
    for title, stage, days, story, steps, public in INITIATIVES:
        born = today - timedelta(days=days)
        before = [one for one in meetings if one.starts_at and one.starts_at.date() <= born]
        initiative = Initiative.objects.create(
            group=group,
            title=title,
            stage=stage,
            story=story,
            meeting=before[-1] if before else None,
            started_on=born,
            is_public=public,
        )
        initiative.organizations.set(draw.sample(organizations, 5))
        InitiativeStep.objects.bulk_create(
            InitiativeStep(initiative=initiative, on=today - timedelta(days=ago), stage=at_stage, text=text)
            for ago, at_stage, text in steps
        )
