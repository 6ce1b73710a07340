"""What the first page of a project shows of itself: where it stands, what it may pass to, what stands beside it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from maillage.concertation.enums import GroupState

from .enums import ProjectStage
from .lifecycle import PROJECT
from .models import Project
from .project_beside import beside_of
from .queries import ProjectSeen

WAY = (ProjectStage.IDEA, ProjectStage.SEEKING, ProjectStage.UNDER_WAY, ProjectStage.HANDED_OVER, ProjectStage.ENDED)
QUIET = ("back", "end", "reopen")  # passages that are not the next step of the work


@dataclass(frozen=True, slots=True)
class Passing:
    """A passage as a button: its code, its verb, whether it is the next step of the work."""

    code: str
    verb: Any
    forward: bool


def life_part(request: HttpRequest, seen: ProjectSeen) -> dict[str, Any]:
    """The stage, its log, the passages open to who edits, and people, partners, places and needs."""
    project = seen.project
    return {
        "beside": beside_of(project),
        "steps": project.steps.order_by("-on", "-id"),
        "way": [stage.label for stage in WAY],
        "way_at": WAY.index(ProjectStage(project.stage)) + 1,
        "passings": passings_of(project) if seen.edits else [],
        "seen_group": request.user.is_administrator or bool(getattr(project, "my_seat", "")),  # type: ignore[union-attr]
        "group_ended": project.group is not None and project.group.state == GroupState.ENDED,
    }


def passings_of(project: Project) -> list[Passing]:
    """The passages open from the stage of `project`, the next steps of the work first."""
    found = [Passing(one.code, one.verb, one.code not in QUIET) for one in PROJECT.open_from(project.stage)]
    return sorted(found, key=lambda passing: not passing.forward)


def places_part(request: HttpRequest, project: Project) -> dict[str, Any]:
    """What the public sheet says of places and partners: territories and organizations, never a site nor a person."""
    beside = beside_of(project)
    return {"territories": beside.territories, "partners": partners_told(beside.partners)}


def partners_told(lines: list[Any]) -> list[tuple[str, str]]:
    """Each organization once, with all that it gives."""
    told: dict[str, list[str]] = {}
    for line in lines:
        told.setdefault(line.name, []).append(line.detail)
    return [(name, ", ".join(parts)) for name, parts in told.items()]
