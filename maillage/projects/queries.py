"""Page-ready reads of projects."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from maillage.concertation.enums import ANIMATING
from maillage.concertation.models import Member
from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Membership

from .enums import ProjectRole
from .models import Project, ProjectPerson
from .permissions import project_standing

BESIDE = ("group", "program", "promoter", "continued_by", "theme", "initiative")


@dataclass(frozen=True, slots=True)
class ProjectSeen:
    """A project as somebody sees it, with what they may do there."""

    project: Project
    edits: bool
    feeds: bool


def project_seen(request: HttpRequest, slug: str) -> ProjectSeen:
    """The project of this address as the person sees it, in one query. 404 when they do not."""
    visible = Project.objects.visible_to(request.user).select_related(*BESIDE)
    found = get_object_or_404(with_standing(visible, request.user), slug=slug)
    edits, feeds = standing_of(found, request.user)
    return ProjectSeen(found, edits, feeds)


def as_seen(actor: Any, project: Project) -> ProjectSeen:
    """`project`, already fetched through `visible_to`, with what `actor` may do there."""
    edits, feeds = project_standing(actor, project)
    return ProjectSeen(project, bool(edits), bool(feeds))


def with_standing(found: QuerySet[Project], actor: Any) -> QuerySet[Project]:
    """Each with what `standing_of` reads of `actor`: the part they have in it, in its group, in its programme."""
    own = ProjectPerson.objects.filter(project=OuterRef("pk"), person__user_id=actor.pk).order_by("role")
    seats = Member.objects.current().filter(group=OuterRef("group"), person__user_id=actor.pk).order_by("id")
    places = Membership.objects.current().filter(program=OuterRef("program"), user_id=actor.pk)
    return found.annotate(
        my_part=Subquery(own.values("role")[:1]),
        my_seat=Subquery(seats.values("role")[:1]),
        coordinates=Exists(places.filter(role=Role.COORDINATOR)),
        in_team=Exists(places.filter(role__in=TEAM)),
    )


def standing_of(project: Any, actor: Any) -> tuple[bool, bool]:
    """What `can_edit_project` and `can_feed_project` say, without asking the database again."""
    leads = project.my_part == ProjectRole.LEAD
    edits = bool(actor.is_administrator or leads or project.my_seat in ANIMATING or project.coordinates)
    return edits, edits or bool(project.my_part or project.my_seat or project.in_team)
