"""Who works on a project, and which organizations take part in it with what they give."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import Written, audit, write
from maillage.directory.models import Organization, Person
from maillage.directory.services import person_of
from maillage.projects.enums import ProjectRole
from maillage.projects.identities import names_of, refuse_identities
from maillage.projects.models import Project, ProjectPartner, ProjectPerson
from maillage.projects.permissions import can_edit_project

PERSON = {"new": "projects.person_added", "changed": "projects.person_edited"}
PARTNER = {"new": "projects.partner_added", "changed": "projects.partner_edited"}


@transaction.atomic
def add_person(
    *, actor: Any, project: Project, role: str, person: Person | None = None, name: str = "", email: str = ""
) -> ProjectPerson:
    """Let somebody see the project and work on it: a person who is known, or a name and an e-mail.

    Raises `NotAllowed`, `Refused` (nobody is named), `ValidationError` (already there).
    """
    require(can_edit_project(actor, project))
    if person is None:
        if not name.strip():
            raise Refused(_("Choisissez une personne, ou écrivez son nom."))
        person = person_of(actor=actor, name=name, email=email)
    if role not in ProjectRole.values:
        raise Refused(_("Dites si la personne est responsable du projet ou y collabore."))
    values = {"project": project, "person": person, "role": role}
    return write(actor=actor, obj=ProjectPerson(), values=values, **PERSON).obj


@transaction.atomic
def change_person(*, actor: Any, seat: ProjectPerson, role: str) -> Written[ProjectPerson]:
    """Say what somebody does in the project."""
    require(can_edit_project(actor, seat.project))
    if role not in ProjectRole.values:
        raise Refused(_("Dites si la personne est responsable du projet ou y collabore."))
    return write(actor=actor, obj=seat, values={"role": role}, **PERSON)


@transaction.atomic
def remove_person(*, actor: Any, seat: ProjectPerson) -> None:
    """Somebody works on the project no longer. Raises `Refused` when a project would lose the last who leads it."""
    require(can_edit_project(actor, seat.project))
    leads = ProjectPerson.objects.filter(project=seat.project, role=ProjectRole.LEAD)
    if seat.role == ProjectRole.LEAD and seat.project.group_id is None and leads.count() == 1:
        raise Refused(_("C'est la dernière personne responsable du projet : nommez-en d'abord une autre."))
    audit(actor=actor, verb="projects.person_removed", obj=seat.project, changes={"name": [seat.person.name, None]})
    seat.delete()


@transaction.atomic
def save_partner(
    *,
    actor: Any,
    project: Project,
    organization: Organization,
    values: Mapping[str, Any],
    partner: ProjectPartner | None = None,
    confirmed: bool = False,
) -> ProjectPartner:
    """Write what an organization gives to the project: `values` are kind, words, since. `partner` is changed when given."""
    require(can_edit_project(actor, project))
    texts = {"words": values.get("words", "")}
    refuse_identities(texts, known=lambda: names_of(project, [organization]), confirmed=confirmed)
    obj = partner or ProjectPartner(project=project)
    given = {"project": project, "organization": organization, **values}
    return write(actor=actor, obj=obj, values=given, **PARTNER).obj


@transaction.atomic
def remove_partner(*, actor: Any, partner: ProjectPartner) -> None:
    """An organization takes part no longer, or never did."""
    require(can_edit_project(actor, partner.project))
    gone = {"name": [partner.organization.name, None], "words": [partner.words, None]}
    audit(actor=actor, verb="projects.partner_removed", obj=partner.project, changes=gone)
    partner.delete()
