from .organizations import save_organization, succeed
from .owners import set_owner
from .tenant_bodies import save_tenant_body

__all__ = ["save_organization", "save_tenant_body", "set_owner", "succeed"]
