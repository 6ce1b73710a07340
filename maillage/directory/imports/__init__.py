from .organizations import OrganizationImporter

__all__ = ["OrganizationImporter"]
