"""The démarche of Shawinigan (source 004): communities by year, their projects, yearly plans with their reviews.

The committee, the two communities, their years and the subjects of the projects are those of the source; plans and reviews are invented.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from maillage.accounts.models import User
from maillage.concertation.models import Group
from maillage.directory.models import Organization
from maillage.portal.demonstration import others
from maillage.programs.models import Program
from maillage.projects.models import Action, Objective, Plan, Project
from maillage.projects.services.action_supports import add_support
from maillage.projects.services.actions import add_action, mark_action
from maillage.projects.services.communities import engage_community
from maillage.projects.services.measures import add_measure
from maillage.projects.services.objectives import add_objective
from maillage.projects.services.plans import edit_plan, open_plan
from maillage.projects.services.project_team import save_partner
from maillage.projects.services.projects import open_project, show_project
from maillage.projects.services.reviews import NextPlan, add_priority, close_review, judge_action, open_review

from .ground import Ground, walk

RULE = "Aucune action ne commence sans appui nommé."
COMMITTEE = "Comité d'orientation – Ma communauté clé en main"


class Local(NamedTuple):
    """A project born of a community's work."""

    name: str
    community: str
    summary: str
    population: str
    start: date
    stage: str


COMMUNITIES = (
    ("Saint-Marc / Christ-Roi", 2013, "Quatre projets portés avec les citoyens du quartier en sont nés."),
    (
        "Saint-Paul de Grand-Mère",
        2014,
        "Un comité de partenaires rapproche les services du quartier et aide les ressources à se parler.",
    ),
)
PROJECTS = (
    Local("Jardins populaires de quartier", "Saint-Marc / Christ-Roi", "Des jardins que les gens du quartier cultivent et gèrent.", "Gens du quartier", date(2013, 5, 6), "under_way"),
    Local("Comité de parents pour animer le quartier", "Saint-Marc / Christ-Roi", "Des parents animent et occupent les lieux du quartier.", "Familles", date(2013, 9, 16), "under_way"),
    Local("Comité de développement de la littératie", "Saint-Marc / Christ-Roi", "Lire, écrire et se faire comprendre, avec les ressources du quartier.", "Toute la population", date(2013, 11, 4), "under_way"),
    Local("Journal de quartier", "Saint-Marc / Christ-Roi", "Un journal écrit par celles et ceux qui y vivent.", "Toute la population", date(2014, 1, 13), "handed_over"),
    Local("Des services près du quartier", "Saint-Paul de Grand-Mère", "De meilleures communications entre les ressources, et des services offerts sur place, l'alphabétisation d'abord.", "Personnes loin des services", date(2014, 10, 6), "under_way"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aim:
    """An action of a yearly plan, with its support and what came of it."""

    title: str
    indicator: str
    target: int
    came: int
    verdict: str
    words: str
    support: str = ""
    held: str = "held"


YEARS: dict[int, tuple[tuple[str, tuple[Aim, ...]], ...]] = {
    2013: (
        (
            "Interpeller une première communauté",
            (
                Aim("Rencontrer les citoyens de Saint-Marc / Christ-Roi", "citoyens rencontrés", 60, 74, "reached", "Deux soirées et une fête de quartier.", "quartiers"),
                Aim("Soutenir les projets qui en naissent", "projets soutenus", 3, 4, "reached", "Quatre projets, chacun avec un organisme qui l'accompagne.", "csss"),
            ),
        ),
        (
            "Relier les politiques du territoire",
            (Aim("Déposer le portrait au conseil de ville", "dépôts", 1, 1, "reached", "Reçu et cité dans la politique de développement social.", "ville"),),
        ),
    ),
    2014: (
        (
            "Ouvrir la démarche à une deuxième communauté",
            (
                Aim("Réaliser le portrait de Saint-Paul de Grand-Mère", "portraits", 1, 1, "reached", "Fait avec un comité de partenaires.", "csss"),
                Aim("Offrir des services sur place", "services offerts", 3, 2, "partly", "L'alphabétisation et l'impôt ; le local manque pour le reste.", "cdc", "partly"),
            ),
        ),
        (
            "Tenir les projets du premier quartier",
            (
                Aim("Assurer la suite des jardins", "jardins cultivés", 2, 2, "reached", "Une citoyenne coordonne.", "quartiers"),
                Aim("Ouvrir une maison de quartier", "lieux", 1, 0, "not_reached", "Aucun appui n'a été trouvé : l'action n'a pas commencé."),
            ),
        ),
    ),
    2015: (
        (
            "Consolider deux communautés",
            (
                Aim("Trouver un local à Saint-Paul", "locaux", 1, 0, "too_early", "Une école est intéressée.", "ville"),
                Aim("Former des citoyens à animer leurs rencontres", "citoyens formés", 12, 0, "too_early", "", "cdc"),
                Aim("Ouvrir une maison de quartier", "lieux", 1, 0, "too_early", ""),
            ),
        ),
    ),
}  # fmt: skip
PRIORITIES = {
    2013: (("Ouvrir la démarche à une deuxième communauté", "CSSS de l'Énergie : une organisatrice communautaire, un jour par semaine"), ("Tenir les projets du premier quartier", "Revitalisation Quartiers : accompagnement")),
    2014: (("Consolider deux communautés", "Ville de Shawinigan : recherche d'un lieu"), ("Des citoyens qui animent leurs rencontres", "CDC Centre-Mauricie : formation")),
}  # fmt: skip


def load(ground: Ground) -> None:
    """The démarche, its communities and projects, three yearly plans and two reviews, each opening the plan that follows."""
    program = Program.objects.get(slug=others.PROCESS)
    committee = Group.objects.get(name=COMMITTEE)
    instances = {
        key: Organization.objects.get(external_id=f"demo-shawinigan-{key}") for key, *_rest in others.INSTANCES
    }
    _communities(ground.coordinator, program, committee, instances)
    first = min(YEARS)
    opened = {"title": _title(first), "start": date(first, 1, 1), "end": date(first, 12, 31), "words": RULE}
    plan = open_plan(actor=ground.coordinator, program=program, values=opened)
    for year, objectives in YEARS.items():
        _filled(ground.coordinator, plan, objectives, instances, year)
        if year in PRIORITIES:
            following = _reviewed(ground.coordinator, plan, year)
            plan = edit_plan(actor=ground.coordinator, plan=following, values={"words": RULE})


def _title(year: int) -> str:
    return f"Plan d'action {year} de la démarche"


def _communities(actor: User, program: Program, committee: Group, instances: dict[str, Organization]) -> None:
    born: dict[str, list[Project]] = {}
    for local in PROJECTS:
        project = open_project(
            actor=actor, name=local.name, group=committee, program=program, population=local.population,
            issue="Participation citoyenne", summary=local.summary, description=local.summary, confirmed=True,
            funding="Autofinancement et appuis des partenaires", promoter=instances["csss"], born_on=local.start,
            pride="Rien n'a commencé sans appui : les projets durent et les gens y restent.",
            impacts="La concertation s'intensifie ; des réseaux qui ne se parlaient pas travaillent ensemble.",
            continuity="Les partenaires soutiennent la suite, autant que possible.",
        )  # fmt: skip
        for key, kind in (("quartiers", "time"), ("cdc", "expertise")):
            part = {"kind": kind, "since": local.start}
            save_partner(actor=actor, project=project, organization=instances[key], values=part, confirmed=True)
        stages = [("start", local.start, "Un organisme l'accompagne.")]
        if local.stage == "handed_over":
            stages.append(("hand_over", date(2015, 6, 1), "Une équipe de citoyens le mène."))
        walk(actor, project, stages, "Une équipe de citoyens, avec l'appui des partenaires.")
        show_project(actor=actor, project=project, public=True)
        born.setdefault(local.community, []).append(project)
    for name, year, words in COMMUNITIES:
        values = {"name": name, "year": year, "words": words}
        engage_community(actor=actor, program=program, values=values, projects=born[name])


def _filled(
    actor: User,
    plan: Plan,
    objectives: tuple[tuple[str, tuple[Aim, ...]], ...],
    instances: dict[str, Organization],
    year: int,
) -> None:
    """The objectives of the year that its plan has not yet, and the actions that do not go on from the year before."""
    known = {objective.title: objective for objective in plan.objectives.order_by("id")}
    going = set(Action.objects.filter(objective__plan=plan).order_by().values_list("title", flat=True))
    for place, (title, aims) in enumerate(objectives):
        objective = known.get(title)
        if objective is None:
            objective = add_objective(actor=actor, plan=plan, values={"title": title, "is_priority": not place})
        for aim in aims:
            if aim.title not in going:
                _aimed(actor, objective, aim, instances.get(aim.support), year)


def _aimed(actor: User, objective: Objective, aim: Aim, organization: Organization | None, year: int) -> None:
    """An action with its support, and what came of it by November."""
    values = {
        "title": aim.title, "indicator": aim.indicator, "target": aim.target,
        "starts_on": date(year, 2, 1), "due_on": date(year, 11, 28), "organization": organization,
        "state": "under_way" if organization else "to_do",
    }  # fmt: skip
    action = add_action(actor=actor, objective=objective, values=values)
    if organization is not None:
        promised = {
            "organization": organization, "kind": "time", "words": "Accompagnement", "promised_on": date(year, 1, 20)
        }  # fmt: skip
        add_support(actor=actor, action=action, values=promised)
    if aim.came:
        add_measure(actor=actor, action=action, values={"on": date(year, 11, 20), "value": Decimal(aim.came)})
    if aim.verdict == "reached":
        mark_action(actor=actor, action=action, state="done", outcome=aim.words, on=date(year, 11, 20))


def _reviewed(actor: User, plan: Plan, year: int) -> Plan:
    """The review of a year: each action judged, its supports said, what comes first, and the plan of the next year."""
    values = {
        "year": year, "held_on": date(year, 12, 5),
        "words": "Quand des citoyens en situation de pauvreté sont soutenus, leurs projets réussissent.",
    }  # fmt: skip
    review = open_review(actor=actor, plan=plan, values=values)
    aims = {aim.title: aim for _title, told in YEARS[year] for aim in told}
    for action in Action.objects.filter(objective__plan=plan).select_related("objective__plan").order_by("id"):
        aim = aims[action.title]
        line = {"verdict": aim.verdict, "words": aim.words, "goes_on": aim.verdict != "reached"}
        supports = dict.fromkeys(action.supports.order_by().values_list("pk", flat=True), aim.held)
        judge_action(actor=actor, review=review, action=action, values=line, supports=supports)
    for statement, support in PRIORITIES[year]:
        add_priority(actor=actor, review=review, values={"statement": statement, "support": support})
    following = NextPlan(_title(year + 1), date(year + 1, 1, 1), date(year + 1, 12, 31))
    closed = close_review(actor=actor, review=review, following=following)
    assert closed.next_plan is not None
    return closed.next_plan
