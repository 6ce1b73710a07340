"""Members of a committee who have an interest in an application: they said so, or the product sees it in what is written.

What it sees: the organization they sit for promotes the project, takes part in it, receives the money or hosts the group; or they
work on the project themselves. Neither reads the scores nor gives one.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import CharField, Value
from django.utils.translation import gettext as _

from maillage.concertation.models import Member

from .models import Application, Conflict, ProjectPartner, ProjectPerson

# (application, member) → why.
Conflicts = dict[tuple[int, int], str]


def conflicts_among(applications: Iterable[Application], members: Iterable[Member]) -> Conflicts:
    """Who of `members` is in conflict with which of `applications`, and why; in one query whatever their number."""
    asked, sitting = list(applications), list(members)
    people: set[Any] = set()
    partners: set[Any] = set()
    said: Conflicts = {}
    for kind, one, other, reason in _written(asked, sitting):
        if kind == "said":
            said.setdefault((one, other), reason)
        else:
            (people if kind == "works" else partners).add((one, other))
    found: Conflicts = {}
    for application in asked:
        for member in sitting:
            key = (application.pk, member.pk)
            if reason := said.get(key) or _seen(application, member, people, partners):
                found[key] = reason
    return found


def conflict_of(application: Application, member: Member | None) -> str:
    """Why `member` may neither read nor score `application`; nothing when they may, or for nobody."""
    if member is None:
        return ""
    return conflicts_among([application], [member]).get((application.pk, member.pk), "")


def _written(asked: Sequence[Application], sitting: Sequence[Member]) -> Iterable[tuple[str, int, int, str]]:
    """What is declared, and who works on or takes part in these projects, as one list of rows."""
    projects = [application.project_id for application in asked]
    organizations = [member.organization_id for member in sitting if member.organization_id]
    nothing = Value("", output_field=CharField())

    def kind(code: str) -> Value:
        return Value(code, output_field=CharField())

    works = ProjectPerson.objects.filter(project__in=projects, person__in=[one.person_id for one in sitting])
    parts = ProjectPartner.objects.filter(project__in=projects, organization__in=organizations)
    declared = Conflict.objects.filter(application__in=asked, member__in=sitting)
    rows = works.order_by().values_list(kind("works"), "project_id", "person_id", nothing)
    return rows.union(
        parts.order_by().values_list(kind("part"), "project_id", "organization_id", nothing),
        declared.order_by().values_list(kind("said"), "application_id", "member_id", "reason"),
        all=True,
    )


def _seen(application: Application, member: Member, people: set[Any], partners: set[Any]) -> str:
    project, organization = application.project, member.organization_id
    if (project.pk, member.person_id) in people:
        return _("travaille à ce projet")
    if organization is None:
        return ""
    if project.promoter_id == organization:
        return _("son organisme est le promoteur du projet")
    if application.payee_id == organization:
        return _("son organisme recevrait l'argent")
    if (project.pk, organization) in partners:
        return _("son organisme est partenaire du projet")
    if application.group is not None and application.group.host_id == organization:
        return _("son organisme porte le groupe qui demande")
    return ""
