"""Local communities that enter a démarche, and the projects that come of it there."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.programs.models import Program
from maillage.programs.permissions import can_coordinate
from maillage.projects.models import EngagedCommunity, Project

ADDED, EDITED = "projects.community_added", "projects.community_edited"
FIRST, LAST = 1960, 2100


@transaction.atomic
def engage_community(
    *, actor: Any, program: Program, values: Mapping[str, Any], projects: Iterable[Project] = ()
) -> EngagedCommunity:
    """Write that a community enters the démarche (name, division, year, words), with its projects.

    Raises `NotAllowed`, `Refused` (a year out of reach, a project that the actor does not see), `ValidationError`.
    """
    require(can_coordinate(actor, program))
    return _written(actor, EngagedCommunity(program=program), values, projects)


@transaction.atomic
def edit_community(
    *, actor: Any, community: EngagedCommunity, values: Mapping[str, Any], projects: Iterable[Project]
) -> EngagedCommunity:
    """Change what is said of a community and which projects are its own. Raises as `engage_community`."""
    require(can_coordinate(actor, community.program))
    return _written(actor, community, values, projects)


@transaction.atomic
def remove_community(*, actor: Any, community: EngagedCommunity) -> None:
    """Take back a community written by mistake. Raises `NotAllowed`, or `Refused` while projects are tied to it."""
    require(can_coordinate(actor, community.program))
    if community.projects.exists():
        raise Refused(_("Des projets sont liés à cette communauté : détachez-les d'abord, ou gardez-la."))
    audit(actor=actor, verb="projects.community_removed", obj=community)
    community.delete()


def _written(
    actor: Any, community: EngagedCommunity, values: Mapping[str, Any], projects: Iterable[Project]
) -> EngagedCommunity:
    year = values.get("year")
    if year is not None and not FIRST <= year <= LAST:
        raise Refused(_("L'année d'entrée va de %(first)d à %(last)d.") % {"first": FIRST, "last": LAST})
    given = {project.pk for project in projects}
    before = set(community.projects.values_list("pk", flat=True)) if community.pk else set()
    seen = Project.objects.visible_to(actor).filter(pk__in=given - before)
    if seen.count() != len(given - before):
        raise Refused(_("Un projet choisi n'existe pas, ou vous n'y avez pas accès."))
    written = write(actor=actor, obj=community, values=values, new=ADDED, changed=EDITED).obj
    if given != before:
        written.projects.set(given)
        changes = {"projects": [len(before), len(given)]}
        audit(actor=actor, verb="projects.community_projects", obj=written, changes=changes)
    return written
