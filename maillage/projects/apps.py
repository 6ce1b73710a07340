from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "maillage.projects"
    label = "projects"
    verbose_name = "Projets"

    def ready(self) -> None:
        from maillage.core.files import names_files
        from maillage.core.mailing import topics
        from maillage.core.navigation import register

        from .mail_topics import support_words
        from .menu import menu_items
        from .models import ProjectDocument

        register(*menu_items())
        names_files(ProjectDocument)
        topics.speak("support", support_words)
