"""Projects and what they need."""

from typing import Any

from maillage.directory.models import Person
from maillage.projects.models import Plan, Project, ProjectPerson

from .concertation import make_group
from .counter import following
from .people import make_user


def make_project(**fields: Any) -> Project:
    """A project carried by a group (a new one by default unless a programme is given), with a name of its own."""
    number = following()
    if "group" not in fields and "program" not in fields:
        fields["group"] = make_group()
    values = {"name": f"Projet inventé {number}", "slug": f"projet-{number}", "summary": "Agir ensemble.", **fields}
    return Project.objects.create(**values)


def make_project_person(project: Project, role: str = "lead", user: Any = None) -> ProjectPerson:
    """Somebody with an account who works on `project`."""
    user = user or make_user()
    person, _new = Person.objects.get_or_create(user=user, defaults={"name": user.full_name, "email": user.email})
    return ProjectPerson.objects.create(project=project, person=person, role=role)


def make_plan(**fields: Any) -> Plan:
    """A plan of a group (a new one by default) for 2026."""
    if not {"group", "project", "program"} & set(fields):
        fields["group"] = make_group()
    values = {"title": f"Plan inventé {following()}", "start": "2026-01-01", "end": "2026-12-31", **fields}
    return Plan.objects.create(**values)
