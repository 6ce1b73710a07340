"""Who may write the directory."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no
from maillage.territories.permissions import can_keep_register

from .enums import AffiliationRole
from .models import Affiliation, Organization, Service


def can_keep_directory(actor: Any) -> Decision:
    """Write organizations, owners and tenants' bodies: those who keep the register of sites."""
    if can_keep_register(actor):
        return YES
    return no(_("Tenir le répertoire revient à la coordination."))


def organizations_edited_by(actor: Any) -> set[int]:
    """The organizations whose sheets `actor` keeps up to date for them, with those that are part of these."""
    if not actor.is_authenticated or actor.pk is None:
        return set()
    mine = Affiliation.objects.current().filter(person__user_id=actor.pk, role=AffiliationRole.EDITOR)
    rows = Organization.objects.filter(
        Q(pk__in=mine.values("organization")) | Q(parent__in=mine.values("organization"))
    )
    return set(rows.order_by("pk").values_list("pk", flat=True))


def can_edit_organization(actor: Any, organization: Organization) -> Decision:
    """Write the services of an organization: those who keep the directory, and its own editors."""
    if can_keep_directory(actor) or organization.pk in organizations_edited_by(actor):
        return YES
    return no(_("Cette fiche se tient à jour par son organisation ou par la coordination."))


def can_edit_service(actor: Any, service: Service) -> Decision:
    """Write the sheet of a service: as its organization."""
    if service.merged_into_id is not None:
        return no(_("Cette fiche est fusionnée : c'est l'autre qui se tient à jour."))
    return can_edit_organization(actor, service.organization)
