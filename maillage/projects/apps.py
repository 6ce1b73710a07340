from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "maillage.projects"
    label = "projects"
    verbose_name = "Projets"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from maillage.concertation import tabs
        from maillage.core import benchmarks, imports
        from maillage.core.files import names_files
        from maillage.core.mailing import topics
        from maillage.core.navigation import register

        from . import plan_hooks, projects_slots, projects_ties
        from .imports.sources import SourceImporter
        from .mail_topics import WORDS, project_words
        from .menu import menu_items
        from .models import ProjectDocument

        register(*menu_items())
        plan_hooks.connect()
        names_files(ProjectDocument)
        for topic in WORDS:
            topics.speak(topic, project_words)
        tabs.register("projects", _("Projets"), "projects:group_projects")
        projects_slots.connect()
        projects_ties.connect()
        imports.register(SourceImporter())
        benchmarks.register("jumelage", "maillage.projects.bench.twinning")
