"""What pages cost with 500 projects and a plan of 300 actions. They are written for the measure, and undone."""

from collections.abc import Callable

from django.urls import reverse

from maillage.core.benchmarks import Measure

from . import many_projects
from .pages import PageMeasure, measure_made, rows_of

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
    return measure_made(lambda: many_projects.make(projects, actions), addresses, repeats)


def run(entries: int, say: Callable[[str], None]) -> list[Measure]:
    """Three rows a page (CPU, queries, weight) beside the budget. `entries` is not used."""
    say(f"{PROJECTS} projets, un plan de {ACTIONS} actions")
    return [row for page in measure() for row in rows_of(page)]
