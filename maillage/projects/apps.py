from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "maillage.projects"
    label = "projects"
    verbose_name = "Projets"

    def ready(self) -> None:
        from maillage.core.navigation import register

        from .menu import menu_items

        register(*menu_items())
