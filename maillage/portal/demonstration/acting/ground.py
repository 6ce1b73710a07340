"""What projects of the demonstration stand on: programmes, groups, territories, and how money and heads divide."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maillage.accounts.models import User
from maillage.concertation.models import Group, Member, NamedNeed, NeedStep
from maillage.portal.demonstration.concerting.local_teams import TEAMS
from maillage.portal.demonstration.concerting.past import at
from maillage.programs.models import Program
from maillage.projects.models import Project
from maillage.projects.services.project_stages import move_project
from maillage.territories.enums import Level
from maillage.territories.models import Division


@dataclass(frozen=True, slots=True)
class Ground:
    """What they stand on."""

    users: Mapping[str, User]
    second: Program
    current: Program
    today: date

    @property
    def coordinator(self) -> User:
        """Who coordinates the agreements, and keeps their measure."""
        return self.users["coordination"]

    @property
    def worker(self) -> User:
        """Who accompanies the teams: she opens their projects and leads them."""
        return self.users["intervenante"]

    def mrc(self, name: str) -> Division:
        """The MRC of that name in the region."""
        region = self.second.territory
        return Division.objects.get(level=Level.MRC, name=name, parent=region)

    def team(self, key: str) -> Group:
        """The local team of that key."""
        return Group.objects.get(name=next(team.name for team in TEAMS if team.key == key))


def members_of(group: Group) -> list[Member]:
    """Who is in a group, in a steady order."""
    return list(group.members.select_related("person", "organization").order_by("id"))  # type: ignore[attr-defined]


def named(group: Group, statement: str, day: date, came: str, code: str) -> NamedNeed:
    """A need that tenants named on that day, answered since."""
    need = NamedNeed.objects.create(
        group=group, code=code, statement=statement, named_as="tenant", state="answered", is_public=True
    )
    NamedNeed.objects.filter(pk=need.pk).update(named_at=at(day, 19))
    for state, text, when in (("open", "", day), ("answered", came, day + timedelta(days=420))):
        step = NeedStep.objects.create(need=need, state=state, text=text)
        NeedStep.objects.filter(pk=step.pk).update(at=at(when, 19))
    return need


def walk(actor: User, project: Project, steps: Sequence[tuple[str, date, str]], continuity: str = "") -> None:
    """The project passes by these codes (of `lifecycle.PROJECT`) on these days: code, day, words; `continuity` goes with handing over."""
    for code, day, words in steps:
        goes_on = continuity if code == "hand_over" else ""
        move_project(actor=actor, project=project, code=code, on=day, words=words, continuity=goes_on, confirmed=True)


def days_between(start: date, end: date, number: int) -> list[date]:
    """That many days from `start` to `end`, evenly."""
    span = (end - start).days
    return [start + timedelta(days=round(span * place / max(1, number - 1))) for place in range(number)]


def divided(total: int, parts: int, seed: int) -> list[int]:
    """Whole numbers around total ÷ parts that add up to `total` exactly."""
    draw = random.Random(seed)
    weights = [draw.uniform(0.6, 1.4) for _part in range(parts)]
    exact = [total * weight / sum(weights) for weight in weights]
    found = [int(share) for share in exact]
    rest = sorted(range(parts), key=lambda place: exact[place] - found[place], reverse=True)
    for place in rest[: total - sum(found)]:
        found[place] += 1
    return found
