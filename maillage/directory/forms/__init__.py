from .organizations import OrganizationFilter, OrganizationForm, SuccessionForm
from .tenant_bodies import TenantBodyForm

__all__ = ["OrganizationFilter", "OrganizationForm", "SuccessionForm", "TenantBodyForm"]
