"""The démarche of Shawinigan (source 004): communities by year, their projects, yearly plans with their reviews.

The committee, the two communities, their years and the subjects of the projects are those of the source; plans and reviews are invented.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from maillage.concertation.models import Group
from maillage.directory.models import Organization
from maillage.portal.demonstration import others
from maillage.programs.models import Program
from maillage.projects.models import (
    Action,
    ActionSupport,
    EngagedCommunity,
    Measure,
    NextPriority,
    Objective,
    Plan,
    Project,
    ProjectPartner,
    Review,
    ReviewLine,
)

from .ground import Ground, walk

COMMITTEE = "Comité d'orientation – Ma communauté clé en main"


class Local(NamedTuple):
    """A project born of a community's work."""

    slug: str
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
    Local("jardins-populaires", "Jardins populaires de quartier", "Saint-Marc / Christ-Roi", "Des jardins que les gens du quartier cultivent et gèrent.", "Gens du quartier", date(2013, 5, 6), "under_way"),
    Local("parents-du-quartier", "Comité de parents pour animer le quartier", "Saint-Marc / Christ-Roi", "Des parents animent et occupent les lieux du quartier.", "Familles", date(2013, 9, 16), "under_way"),
    Local("litteratie", "Comité de développement de la littératie", "Saint-Marc / Christ-Roi", "Lire, écrire et se faire comprendre, avec les ressources du quartier.", "Toute la population", date(2013, 11, 4), "under_way"),
    Local("journal-de-quartier", "Journal de quartier", "Saint-Marc / Christ-Roi", "Un journal écrit par celles et ceux qui y vivent.", "Toute la population", date(2014, 1, 13), "handed_over"),
    Local("services-proches", "Des services près du quartier", "Saint-Paul de Grand-Mère", "De meilleures communications entre les ressources, et des services offerts sur place, l'alphabétisation d'abord.", "Personnes loin des services", date(2014, 10, 6), "under_way"),
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
    2013: (("Une deuxième communauté", "CSSS de l'Énergie : une organisatrice communautaire, un jour par semaine"), ("Tenir les quatre projets", "Revitalisation Quartiers : accompagnement")),
    2014: (("Un local à Saint-Paul", "Ville de Shawinigan : recherche d'un lieu"), ("Des citoyens qui animent", "CDC Centre-Mauricie : formation")),
}  # fmt: skip


def load(ground: Ground) -> None:
    """The démarche, its communities and projects, three yearly plans and two reviews."""
    program = Program.objects.get(slug=others.PROCESS)
    committee = Group.objects.get(name=COMMITTEE)
    instances = {
        key: Organization.objects.get(external_id=f"demo-shawinigan-{key}") for key, *_rest in others.INSTANCES
    }
    _communities(ground, program, committee, instances)
    before: Plan | None = None
    for year, objectives in YEARS.items():
        plan = Plan.objects.create(
            program=program,
            title=f"Plan d'action {year} de la démarche",
            start=date(year, 1, 1),
            end=date(year, 12, 31),
            words="Aucune action ne commence sans appui nommé.",
            copied_from=before,
        )
        lines = _objectives(plan, objectives, instances, year)
        if before is not None:
            Review.objects.filter(plan=before).update(next_plan=plan)
        if year in PRIORITIES:
            _review(plan, lines, year)
        before = plan


def _communities(ground: Ground, program: Program, committee: Group, instances: dict[str, Organization]) -> None:
    entered = {
        name: EngagedCommunity.objects.create(program=program, name=name, year=year, words=words)
        for name, year, words in COMMUNITIES
    }
    for local in PROJECTS:
        project = Project.objects.create(
            slug=local.slug, name=local.name, group=committee, program=program, population=local.population,
            issue="Participation citoyenne", summary=local.summary, description=local.summary,
            funding="Autofinancement et appuis des partenaires", promoter=instances["csss"], started_on=local.start,
            pride="Rien n'a commencé sans appui : les projets durent et les gens y restent.",
            impacts="La concertation s'intensifie ; des réseaux qui ne se parlaient pas travaillent ensemble.",
            continuity="Les partenaires soutiennent la suite, autant que possible.", is_public=True,
        )  # fmt: skip
        for key, kind in (("quartiers", "time"), ("cdc", "expertise")):
            ProjectPartner.objects.create(project=project, organization=instances[key], kind=kind, since=local.start)
        stages = [
            ("idea", local.start, "Des citoyens en parlent."),
            ("under_way", local.start, "Un organisme l'accompagne."),
        ]
        if local.stage == "handed_over":
            stages.append(("handed_over", date(2015, 6, 1), "Une équipe de citoyens le mène."))
        walk(project, stages, str(ground.coordinator))
        entered[local.community].projects.add(project)


def _objectives(
    plan: Plan, objectives: tuple[tuple[str, tuple[Aim, ...]], ...], instances: dict[str, Organization], year: int
) -> list[tuple[Action, Aim]]:
    found = []
    for place, (title, aims) in enumerate(objectives, 1):
        objective = Objective.objects.create(plan=plan, position=place, title=title, is_priority=place == 1)
        for turn, aim in enumerate(aims, 1):
            done = aim.verdict == "reached"
            action = Action.objects.create(
                objective=objective, position=turn, title=aim.title, indicator=aim.indicator,
                target=aim.target, starts_on=date(year, 2, 1), due_on=date(year, 11, 28),
                state="done" if done else "under_way" if aim.support else "to_do",
                done_on=date(year, 11, 20) if done else None, organization=instances.get(aim.support), outcome=aim.words,
            )  # fmt: skip
            if aim.support:
                ActionSupport.objects.create(
                    action=action, organization=instances[aim.support], kind="time", state="promised" if aim.verdict == "too_early" else aim.held,
                    words="Accompagnement", promised_on=date(year, 1, 20),
                )  # fmt: skip
            if aim.came:
                Measure.objects.create(action=action, on=date(year, 11, 20), value=aim.came)
            found.append((action, aim))
    return found


def _review(plan: Plan, lines: list[tuple[Action, Aim]], year: int) -> None:
    review = Review.objects.create(
        plan=plan, year=year, held_on=date(year, 12, 5),
        words="Quand des citoyens en situation de pauvreté sont soutenus, leurs projets réussissent.",
        closed_at=timezone.make_aware(datetime(year, 12, 5, 16)),
    )  # fmt: skip
    for action, aim in lines:
        ReviewLine.objects.create(
            review=review, action=action, verdict=aim.verdict, words=aim.words, goes_on=aim.verdict != "reached"
        )
    for place, (statement, support) in enumerate(PRIORITIES[year], 1):
        NextPriority.objects.create(review=review, position=place, statement=statement, support=support)
