"""What stands beside a project (people, partners, places, needs), in one read: parts of its page share a budget of queries."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from .enums import PartKind, ProjectRole
from .models import Project

PERSON, PARTNER, TERRITORY, SITE, NEED = "person", "partner", "territory", "site", "need"


@dataclass(frozen=True, slots=True)
class Line:
    """One of them: what names it in an address, its name, what is said of it."""

    key: str
    name: str
    detail: str = ""


@dataclass(slots=True)
class Beside:
    """All of them, each kind by name."""

    people: list[Line] = field(default_factory=list)
    partners: list[Line] = field(default_factory=list)
    territories: list[Line] = field(default_factory=list)
    sites: list[Line] = field(default_factory=list)
    needs: list[Line] = field(default_factory=list)


def beside_of(project: Project) -> Beside:
    """What stands beside `project`."""
    rows = _rows(project.people, PERSON, "pk", "person__name", "role").union(
        _rows(project.partners, PARTNER, "pk", "organization__name", "kind"),
        _rows(project.territories, TERRITORY, "pk", "name", "level"),
        _rows(project.sites, SITE, "pk", "name", ""),
        _rows(project.needs, NEED, "uid", "statement", "state"),
        all=True,
    )
    found = Beside()
    lists = {
        PERSON: found.people,
        PARTNER: found.partners,
        TERRITORY: found.territories,
        SITE: found.sites,
        NEED: found.needs,
    }
    for kind, key, name, detail in sorted(rows, key=lambda row: row[2].casefold()):
        # One engine keeps identifiers without their dashes.
        lists[kind].append(Line(str(UUID(key)) if kind == NEED else key, name, _said(kind, detail)))
    return found


def _rows(links: Any, kind: str, key: str, name: str, detail: str) -> QuerySet[Any, tuple[str, str, str, str]]:
    told = Cast(F(detail), CharField()) if detail else Value("", output_field=CharField())
    return (
        links.order_by()
        .annotate(
            beside_kind=Value(kind, output_field=CharField()),
            beside_key=Cast(F(key), CharField()),
            beside_name=Cast(F(name), CharField()),
            beside_detail=told,
        )
        .values_list("beside_kind", "beside_key", "beside_name", "beside_detail")
    )


def _said(kind: str, detail: str) -> str:
    if kind == PERSON:
        return str(ProjectRole(detail).label)
    return str(PartKind(detail).label) if kind == PARTNER else detail
