from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "maillage.territories"
    label = "territories"
    verbose_name = "Territoires"

    def ready(self) -> None:
        """Offer the import of divisions."""
        from maillage.core.imports import register

        from .imports import DivisionImporter

        register(DivisionImporter())
