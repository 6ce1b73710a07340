from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "maillage.projects"
    label = "projects"
    verbose_name = "Projets"

    def ready(self) -> None:
        from maillage.core.files import names_files
        from maillage.core.navigation import register

        from .menu import menu_items
        from .models import ProjectDocument

        register(*menu_items())
        names_files(ProjectDocument)
