"""Who is to be reminded of a day that comes, and on which mornings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from maillage.concertation.enums import ANIMATING
from maillage.concertation.models import Member
from maillage.directory.models import Person
from maillage.programs.enums import Role
from maillage.programs.models import Membership

from .enums import ProjectRole
from .models import FundingRequest, Project, VigilanceScheme


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is written to; `key` is the same however they are reached, `signs_in` when they have an account."""

    key: str
    name: str
    address: str
    language: str
    signs_in: bool


def reader_of(person: Person) -> Reader | None:
    """A person of the directory: their account when they have one, else their address; None when neither is to be written to."""
    if person.user is not None:
        return reader_with_account(person.user)
    return Reader(f"person.{person.pk}", person.name, person.email, "fr-ca", False) if person.email else None


def reader_with_account(user: Any) -> Reader | None:
    """Somebody who signs in; None when their account is closed."""
    if not user.is_active or not user.email:
        return None
    return Reader(f"user.{user.pk}", str(user), user.email, user.language, True)


def next_day(request: FundingRequest, today: date) -> date:
    """The next day that `request` waits for: its own, or its funder's when it closes first. One of them is to come."""
    closes = request.source.closes_on if request.source is not None else None
    return min(day for day in (request.due_on, closes) if day is not None and day >= today)


def responsible_for(project: Project) -> set[Reader]:
    """Who leads a project; without them, who animates its group; without them, who coordinates its programme."""
    leads = project.people.filter(role=ProjectRole.LEAD).select_related("person__user").order_by("id")
    if found := _readers(reader_of(one.person) for one in leads):
        return found
    animating = Member.objects.current().filter(group=project.group_id, role__in=ANIMATING)
    if found := _readers(reader_of(one.person) for one in animating.select_related("person__user").order_by("id")):
        return found
    team = team_of(project.program_id) if project.program_id else []
    return _readers(reader_with_account(one.user) for one in team if one.role == Role.COORDINATOR)


def team_of(program: int) -> list[Membership]:
    """The team of a programme today, each with the MRC they work in."""
    team = Membership.objects.current().team().filter(program=program).select_related("user")
    return list(team.prefetch_related("divisions").order_by("id"))


def watching(scheme: VigilanceScheme, team: Iterable[Membership]) -> set[Reader]:
    """Of a team: who coordinates, and who works in the MRC of the scheme's site."""
    return _readers(
        reader_with_account(one.user)
        for one in team
        if one.role == Role.COORDINATOR or scheme.site.mrc_id in {division.pk for division in one.divisions.all()}
    )


def _readers(found: Iterable[Reader | None]) -> set[Reader]:
    return {reader for reader in found if reader is not None}


def to_tell(on: date, told: datetime | None, today: date, steps: Sequence[int]) -> bool:
    """Whether a day that comes on `on` is to be told of `today`: once at each of `steps`, numbers of days before it.

    `told` is when it was last told of: a day put off is told of again by itself.
    """
    begun = list(_begun(on, today, steps))
    return bool(begun) and (told is None or timezone.localtime(told).date() < max(begun))


def _begun(on: date, today: date, steps: Sequence[int]) -> Iterator[date]:
    return (start for step in steps if (start := on - timedelta(days=step)) <= today)
