from .organization import Organization, OrganizationSuccession
from .ownership import SiteOwnership
from .tenant_body import TenantBody

__all__ = ["Organization", "OrganizationSuccession", "SiteOwnership", "TenantBody"]
