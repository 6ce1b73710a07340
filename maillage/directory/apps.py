from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "maillage.directory"
    label = "directory"
    verbose_name = "Répertoire"

    def ready(self) -> None:
        """Take a place in the menu, and offer the import of organizations."""
        from maillage.core import navigation
        from maillage.core.imports import register

        from .imports import OrganizationImporter

        register(OrganizationImporter())
        navigation.register(navigation.Item(_("Répertoire"), "directory:list", "building", "connaitre", 30))
