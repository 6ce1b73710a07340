"""What pages cost with 500 projects and a plan of 300 actions. They are written for the measure, and undone."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from maillage.core.benchmarks import Measure

from . import many_projects
from .pages import PageMeasure, measure_page, rows_of

PROJECTS, ACTIONS = 500, 300


def addresses(many: many_projects.ManyProjects) -> list[tuple[str, str]]:
    """The pages, by the name a person knows them under, for the coordination."""
    project, plan = [many.project.slug], [many.plan.uid]
    named = (
        ("Projets", "projects", []),
        ("Projet", "project", project),
        ("Fiche de projet", "sheet", project),
        ("Plan d'action", "plan", plan),
        ("Plan en colonnes", "plan_board", plan),
        ("Ligne du temps", "plan_timeline", plan),
        ("Plan à imprimer", "plan_print", plan),
        ("Mes actions", "my_actions", []),
        ("Action", "action", [many.action.uid]),
        ("Mesure de soutien", "fund", [many.fund.slug]),
        ("Demandes", "applications", []),
        ("Demande", "application", [many.application.uid]),
        ("Bilan de la mesure", "fund_outcome", [many.fund.slug]),
        ("Retombées du programme", "program_results", [many.program.slug]),
        ("Sources de financement", "funding_sources", []),
        ("Activités", "activities", []),
        ("Activité", "activity", [many.activity.uid]),
    )
    return [(label, reverse(f"projects:{name}", args=words)) for label, name, words in named]


def measure(projects: int = PROJECTS, actions: int = ACTIONS, repeats: int = 20) -> list[PageMeasure]:
    """The cost of each page, in the order of `addresses`."""
    with transaction.atomic():
        many = many_projects.make(projects, actions)
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(many.coordinator, backend=settings.AUTHENTICATION_BACKENDS[0])
        found = [measure_page(client, name, address, repeats) for name, address in addresses(many)]
        transaction.set_rollback(True)
    return found


def run(entries: int, say: Callable[[str], None]) -> list[Measure]:
    """Three rows a page (CPU, queries, weight) beside the budget. `entries` is not used."""
    say(f"{PROJECTS} projets, un plan de {ACTIONS} actions")
    return [row for page in measure() for row in rows_of(page)]
