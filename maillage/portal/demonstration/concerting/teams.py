"""The local teams of the agreement, with their tenants, and what the first one lives."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from maillage.concertation.enums import Capacity, GroupKind, MemberRole, NeedState
from maillage.concertation.models import Group, Meeting, Member, NamedNeed, NeedEvidence, NeedStep, NeedSupport
from maillage.concertation.services import add_member, name_need, open_group
from maillage.territories.models import HousingSite

from .ground import Region, around, known, point_of, seats
from .local_teams import COMING, HELD, NEEDS, TEAMS, TO_READ, Team
from .past import Recorder, at, seat_all

SEED = 76
FIRST = TEAMS[0].key


def open_team(region: Region, team: Team, table: Group | None, number: int) -> Group:
    """Open an ÉLÉ, inside its table when it has one, seat its tenants and partners, and write what it did."""
    mrc = region.mrc(team.mrc)
    sites = list(HousingSite.objects.filter(mrc=mrc, closed_on=None).order_by("-units", "id")[:2])
    group = open_group(
        actor=region.coordinator,
        name=team.name,
        kind=GroupKind.ELE,
        programs=[one for one in (region.program.previous_edition, region.program) if one],
        sites=sites,
        parent=table,
        territory=mrc,
        summary=team.summary,
        mandate=team.mandate,
        charter="Les locataires parlent d'abord. On se tutoie ou non, au choix. Le repas et le transport sont offerts.",
        founded_on=date(2013, 2, 1) + timedelta(days=40 * number),
        is_public=True,
        takes_requests=True,
        takes_needs=True,
    )
    people = seats(team.tenants, SEED * 2 + number, (), Capacity.TENANT)
    people += seats(team.partners, SEED * 3 + number, around(region, mrc, team.partners))
    members = seat_all(group, people, f"ele{number}")
    for word, role in (("proximite", MemberRole.SECRETARY), ("intervenante", MemberRole.MEMBER)):
        if number in (0, 3):
            add_member(
                actor=region.coordinator,
                group=group,
                **known(region.users[word]),
                organization=region.partners[0],
                capacity=Capacity.INSTITUTION,
                role=role,
                start=date(2023, 3, 1),
            )
    if team.key != FIRST:
        _live(region, team, group, members, number)
    return group


def _live(region: Region, team: Team, group: Group, members: list[Member], number: int) -> None:
    """What a team did: it got acquainted, named needs, chose a project."""
    mrc = region.mrc(team.mrc)
    record = Recorder(group, members, region.today, division=mrc, point=point_of(mrc), seed=SEED + number)
    for turn in range(3):
        record.hold(
            days=200 - 62 * turn - 3 * number,
            title=("Faire connaissance", "Nommer les besoins", "Choisir un projet")[turn],
            items=(("Tour de table", "discussion", 30, ""), ("Ce qu'on fait ensuite", "decision", 30, "")),
            people=team.tenants,
            hour=18,
            length=2,
            place="Salle communautaire",
        )
    record.plan(
        days=9 + 5 * number,
        title="Rencontre de l'ÉLÉ",
        items=(("Nouvelles", "information", 15),),
        hour=18,
        length=2,
    )
    _named(group, region, NEEDS[number : number + 2], None)


def live_first_team(region: Region, group: Group) -> None:
    """The team that the tenant of the demonstration belongs to: its meetings, needs and what came of them."""
    add_member(
        actor=region.coordinator,
        group=group,
        **known(region.users["locataire"]),
        capacity=Capacity.TENANT,
        role=MemberRole.FACILITATOR,
        start=date(2023, 3, 1),
    )
    members = list(group.members.order_by("id"))  # type: ignore[attr-defined]
    mrc = group.territory
    assert mrc is not None
    record = Recorder(group, members, region.today, division=mrc, point=point_of(mrc), seed=SEED * 5)
    first: Meeting | None = None
    for days, title, items, decisions, promises in HELD:
        meeting = record.hold(
            days=days, title=title, items=items, people=11, hour=18, length=2, place="École du quartier", guests=2
        )
        record.decide(meeting, decisions)
        record.promise(meeting, promises)
        first = first or meeting
    days, title, coming = COMING
    record.plan(
        days=days, title=title, items=coming, hour=18, length=2, place="École du quartier", takes_registrations=True
    )
    _named(group, region, NEEDS, first)
    for number, (statement, named_as) in enumerate(TO_READ):
        NamedNeed.objects.create(
            group=group, code=f"LIRE{number}DEMO", statement=statement, named_as=named_as, state=NeedState.PROPOSED
        )


def _named(
    group: Group, region: Region, needs: Sequence[tuple[str, str, str, str, str, int]], meeting: Meeting | None
) -> None:
    draw = random.Random(group.pk)
    members = list(group.members.order_by("id"))  # type: ignore[attr-defined]
    for place, (statement, details, named_as, state, came, supports) in enumerate(needs):
        day = region.today - timedelta(days=158 - 9 * place)
        need = name_need(
            actor=region.coordinator,
            group=group,
            values={"statement": statement, "details": details, "named_as": named_as, "meeting": meeting},
        )
        NamedNeed.objects.filter(pk=need.pk).update(named_at=at(day, 19), state=state, is_public=True)
        NeedStep.objects.filter(need=need).update(at=at(day, 19))
        if came:
            step = NeedStep.objects.create(need=need, state=state, text=came, by_label=str(region.coordinator))
            NeedStep.objects.filter(pk=step.pk).update(at=at(min(day + timedelta(days=60), region.today), 10))
        if meeting is not None:
            NeedEvidence.objects.create(
                need=need, kind="meeting", meeting=meeting, added_by_label=str(region.coordinator)
            )
        some = draw.sample(members, min(len(members), supports // 2))
        NeedSupport.objects.bulk_create(
            NeedSupport(need=need, member=seat, supported_as=seat.capacity) for seat in some
        )
        NeedSupport.objects.bulk_create(
            NeedSupport(need=need, key=f"demonstration-{need.pk}-{turn}") for turn in range(supports - len(some))
        )
