from .organizations import OrganizationImporter
from .services import ServiceImporter

__all__ = ["OrganizationImporter", "ServiceImporter"]
