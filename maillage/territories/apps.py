from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "maillage.territories"
    label = "territories"
    verbose_name = "Territoires"

    def ready(self) -> None:
        """Read files of places, and offer the import of divisions."""
        from maillage.core.imports import Reader, register, register_reader

        from .geo import is_geo, list_layers, read_places
        from .imports import DivisionImporter

        register_reader(Reader(is_geo, list_layers, read_places))
        register(DivisionImporter())
