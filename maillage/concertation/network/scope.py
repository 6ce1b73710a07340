"""Whose deeds somebody may read in the web, and where: groups that are not discreet, programmes, territories.

A discreet group, or a sub-group of one, never counts, for nobody. Referrals are read exactly by the team of their
programme; for all others they are protected (`protection.py`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage.concertation.models import Group, Member
from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Membership, Program
from maillage.territories.enums import Level
from maillage.territories.models import Division


@dataclass(frozen=True, slots=True)
class Place:
    """A territory as it is chosen."""

    pk: int
    parent: int | None
    level: str
    name: str


class Territories:
    """All divisions, in one read (or those of `rows`): which stand in which."""

    def __init__(self, rows: Iterable[tuple[int, int | None, str, str]] | None = None) -> None:
        if rows is None:
            rows = Division.objects.order_by("level", "name", "id").values_list("pk", "parent_id", "level", "name")
        self.places = {pk: Place(pk, *rest) for pk, *rest in rows}
        self._children: defaultdict[int | None, list[int]] = defaultdict(list)
        for place in self.places.values():
            self._children[place.parent].append(place.pk)

    def under(self, tops: Collection[int]) -> set[int]:
        """These territories and all that stand in them."""
        found: set[int] = set()
        waiting = list(tops)
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting += self._children[pk]
        return found

    def offered(self, tops: Collection[int]) -> list[Place]:
        """What can be chosen around `tops`: themselves, what holds them, and the MRC that they hold; by level, then name."""
        found = {pk for pk in self.under(tops) if self.places[pk].level == Level.MRC}
        for pk in tops:
            at: int | None = pk
            while at is not None:
                found.add(at)
                at = self.places[at].parent
        order = list(Level.values)
        return sorted(
            (self.places[pk] for pk in found), key=lambda place: (order.index(place.level), place.name, place.pk)
        )


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody may read: groups by number with their territory and programmes, programmes, those read exactly."""

    groups: dict[int, tuple[int | None, frozenset[int]]]
    programs: dict[int, Program]
    exact: frozenset[int]
    territories: Territories

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.groups and not self.programs

    def places(self) -> list[Place]:
        """The territories that can be chosen."""
        tops = {place for place, _programs in self.groups.values() if place}
        tops |= {program.territory_id for program in self.programs.values() if program.territory_id}
        return self.territories.offered(tops)


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a reach that is asked: `groups` and `programs` by number; `places` are the territories where a deed
    counts (None for anywhere)."""

    groups: frozenset[int]
    placed: frozenset[int]  # groups that are themselves in the territory asked
    programs: frozenset[int]
    exact: frozenset[int]
    places: frozenset[int] | None = field(default=None)

    @property
    def is_exact(self) -> bool:
        """Whether all referrals are read as they are."""
        return self.programs <= self.exact


def reach_of(actor: Any) -> Reach:
    """What `actor` may read, in three queries."""
    territories = Territories()
    programs = _programs(actor)
    exact = frozenset(program.pk for program in programs if program.in_team)  # type: ignore[attr-defined]
    # one row a group and programme
    rows = open_groups().annotate(mine=Exists(_seats(actor).filter(group=OuterRef("pk")))).order_by("pk")
    told = list(rows.values_list("pk", "territory_id", "mine", "programs"))
    known = {program.pk for program in programs}
    home = territories.under({place for _pk, place, mine, _program in told if mine and place})
    of: defaultdict[int, set[int]] = defaultdict(set)
    places: dict[int, int | None] = {}
    for pk, place, mine, program in told:
        if program:
            of[pk].add(program)
        if actor.is_administrator or mine or program in known or place in home:
            places[pk] = place
    groups = {pk: (place, frozenset(of[pk])) for pk, place in places.items()}
    return Reach(groups, {program.pk: program for program in programs}, exact, territories)


def open_groups() -> QuerySet[Group]:
    """Groups whose deeds may count."""
    return Group.objects.filter(is_discreet=False).exclude(parent__is_discreet=True)


def narrow(reach: Reach, program: int | None = None, place: int | None = None) -> Scope:
    """What is asked of `reach`: one programme or all, one territory with what stands in it or all."""
    groups = {pk: at for pk, (at, programs) in reach.groups.items() if program is None or program in programs}
    programs = frozenset(reach.programs) if program is None else frozenset({program}) & frozenset(reach.programs)
    if place is None:
        return Scope(frozenset(groups), frozenset(groups), programs, reach.exact)
    inside = frozenset(reach.territories.under({place}))
    placed = frozenset(pk for pk, at in groups.items() if at in inside)
    return Scope(frozenset(groups), placed, programs, reach.exact, inside)


def _seats(actor: Any) -> QuerySet[Member]:
    return Member.objects.current().filter(person__user_id=actor.pk)


def _programs(actor: Any) -> list[Program]:
    """Programmes of whose team or partners `actor` is, or a group of which they are in; all for an administrator."""
    here = Membership.objects.current().filter(user_id=actor.pk, program=OuterRef("pk"))
    found = Program.objects.annotate(in_team=Exists(here.filter(role__in=TEAM))).order_by("-start", "id")
    if actor.is_administrator:
        return list(found)
    concerned = Exists(here.filter(role__in=(*TEAM, Role.PARTNER)))
    seated = Q(pk__in=open_groups().filter(pk__in=_seats(actor).values("group")).values("programs"))
    return list(found.filter(concerned | seated))
