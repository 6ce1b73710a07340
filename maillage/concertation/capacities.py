"""As what somebody takes part, from the organization that sent them."""

from maillage.directory.enums import OrganizationKind
from maillage.directory.models import Organization

from .enums import Capacity

_OF_KIND = {
    OrganizationKind.HOUSING_OFFICE: Capacity.HOUSING,
    OrganizationKind.HOUSING_NONPROFIT: Capacity.HOUSING,
    OrganizationKind.HOUSING_COOP: Capacity.HOUSING,
    OrganizationKind.HEALTH: Capacity.INSTITUTION,
    OrganizationKind.EDUCATION: Capacity.INSTITUTION,
    OrganizationKind.GOVERNMENT: Capacity.INSTITUTION,
    OrganizationKind.MUNICIPAL: Capacity.MUNICIPAL,
    OrganizationKind.RESEARCH: Capacity.RESEARCH,
    OrganizationKind.OTHER: Capacity.OTHER,
}


def capacity_for(organization: Organization | None) -> Capacity:
    """The category in which somebody who speaks for `organization` is counted, until a person says otherwise."""
    if organization is None:
        return Capacity.OTHER
    return _OF_KIND.get(OrganizationKind(organization.kind), Capacity.COMMUNITY)
