from .bulk import OrganizationDraft, save_organizations, set_owners
from .organizations import save_organization, succeed
from .owners import set_owner
from .tenant_bodies import save_tenant_body

__all__ = [
    "OrganizationDraft",
    "save_organization",
    "save_organizations",
    "save_tenant_body",
    "set_owner",
    "set_owners",
    "succeed",
]
