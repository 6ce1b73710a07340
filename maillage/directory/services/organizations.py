"""Writes organizations and their mergers."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import Outcome, Written, write
from maillage.directory.enums import OrganizationKind, PrivacyRegime
from maillage.directory.models import Organization, OrganizationSuccession
from maillage.directory.permissions import can_keep_directory
from maillage.directory.queries import organization_search

from .indexing import index_what_changed

# The law that each kind of organization obeys when nobody says otherwise (domain facts §10.1).
REGIME_OF = {
    OrganizationKind.HOUSING_OFFICE: PrivacyRegime.PUBLIC,
    OrganizationKind.MUNICIPAL: PrivacyRegime.PUBLIC,
    OrganizationKind.EDUCATION: PrivacyRegime.PUBLIC,
    OrganizationKind.GOVERNMENT: PrivacyRegime.PUBLIC,
    OrganizationKind.HOUSING_NONPROFIT: PrivacyRegime.PRIVATE,
    OrganizationKind.HOUSING_COOP: PrivacyRegime.PRIVATE,
    OrganizationKind.COMMUNITY: PrivacyRegime.PRIVATE,
    OrganizationKind.FEDERATION: PrivacyRegime.PRIVATE,
}


@transaction.atomic
def save_organization(
    *, actor: Any, name: str, organization: Organization | None = None, external_id: str | None = None, **values: Any
) -> Written[Organization]:
    """Create an organization, or change `organization`; without it, the one of this `external_id` is changed.

    `values`: fields of `Organization`; only those given are touched. Without `privacy_regime`, a new organization
    takes that of its kind, the strictest for kinds that do not tell.
    """
    require(can_keep_directory(actor))
    if organization is None and external_id:
        organization = Organization.objects.filter(external_id=external_id).first()
    found = organization or Organization()
    if found._state.adding:
        kind = values.get("kind", OrganizationKind.OTHER)
        values.setdefault("privacy_regime", REGIME_OF.get(kind, PrivacyRegime.HEALTH))
    values["name"] = name
    if external_id is not None:
        values["external_id"] = external_id
    values["search"] = organization_search(name, values.get("short_name", found.short_name))
    written = write(
        actor=actor,
        obj=found,
        values=values,
        new="directory.organization_added",
        changed="directory.organization_edited",
    )
    if written.outcome is Outcome.CHANGED:
        index_what_changed(organizations=[written.obj.pk])
    return written


@transaction.atomic
def succeed(
    *, actor: Any, predecessor: Organization, successor: Organization, on: date | None = None, close: bool = True
) -> Written[OrganizationSuccession]:
    """Write that `successor` took up `predecessor` (offices merged); the sites of the latter change owner that day.

    With `close`, the predecessor is closed on that day, when the day is known.
    """
    from .owners import hand_over

    require(can_keep_directory(actor))
    if _descends(successor, predecessor):
        raise Refused(
            _("« {old} » ne peut pas précéder « {new} » : c'est l'inverse qui est inscrit.").format(
                old=predecessor, new=successor
            )
        )
    link = OrganizationSuccession.objects.filter(predecessor=predecessor, successor=successor).first()
    written = write(
        actor=actor,
        obj=link or OrganizationSuccession(predecessor=predecessor, successor=successor),
        values={"on": on},
        new="directory.succession_added",
        changed="directory.succession_edited",
    )
    if written.outcome is Outcome.NEW:
        hand_over(actor=actor, predecessor=predecessor, successor=successor, on=on)
    if close and on and predecessor.closed_on is None:
        save_organization(actor=actor, organization=predecessor, name=predecessor.name, closed_on=on)
    return written


def _descends(ancestor: Organization, organization: Organization) -> bool:
    """Whether `organization` came, at any distance, out of `ancestor`."""
    seen: set[int] = set()
    frontier = {organization.pk}
    while frontier:
        if ancestor.pk in frontier:
            return True
        seen |= frontier
        before = OrganizationSuccession.objects.filter(successor__in=frontier).values_list("predecessor_id", flat=True)
        frontier = set(before) - seen
    return False
