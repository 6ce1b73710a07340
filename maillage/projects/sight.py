"""What lets a person see projects, read once for a page: many reads then name what they need without asking again.

It says what `Project.objects.visible_to` says.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest

from maillage.concertation.enums import ANIMATING
from maillage.concertation.models import Member
from maillage.journal.queries import team_programs

from .models import Project, ProjectPerson


@dataclass(frozen=True, slots=True)
class Sight:
    """The groups a person is in, the programmes in whose team they are, the projects they work on."""

    everything: bool = False
    groups: frozenset[int] = frozenset()
    programs: frozenset[int] = frozenset()
    projects: frozenset[int] = frozenset()
    animates: bool = False

    def of(self, way: str = "") -> Q:
        """The projects in sight; `way` leads to the project, as `project__`."""
        if self.everything:
            return Q()
        return (
            Q(**{f"{way}group__in": self.groups})
            | Q(**{f"{way}program__in": self.programs})
            | Q(**{f"{way}id__in": self.projects})
        )

    def holds(self, project: Project) -> bool:
        """Whether `project` is in sight, without asking the database."""
        mine = project.pk in self.projects or project.group_id in self.groups or project.program_id in self.programs
        return self.everything or mine

    @property
    def opens(self) -> bool:
        """What `can_open_somewhere` says."""
        return self.everything or self.animates or bool(self.programs)


def sight_of(request: HttpRequest) -> Sight:
    """What the person of `request` sees, in two reads; nothing without an account."""
    user = request.user
    if not user.is_authenticated:
        return Sight()
    if user.is_administrator:
        return Sight(everything=True)
    seats = Member.objects.current().filter(person__user_id=user.pk).order_by().values_list("group", "role")
    mine = ProjectPerson.objects.filter(person__user_id=user.pk).order_by().values_list("project", flat=True)
    sat = list(seats)
    return Sight(
        groups=frozenset(group for group, _role in sat),
        programs=team_programs(request),
        projects=frozenset(mine),
        animates=any(role in ANIMATING for _group, role in sat),
    )
