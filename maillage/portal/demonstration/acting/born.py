"""The four initiatives of the community of practice (source 000) that became projects, with the search for money of one of them."""

from datetime import timedelta
from typing import Any

from maillage.concertation.models import Initiative
from maillage.directory.models import Organization
from maillage.portal.demonstration import others
from maillage.programs.models import Program
from maillage.projects.models import Project
from maillage.projects.services.project_team import save_partner
from maillage.projects.services.projects import open_project, show_project

from .ground import Ground, walk

# By what an initiative that became a project passed, from its stage.
PASSAGES = {"exploring": (), "seeking": ("seek",), "under_way": ("start",), "handed_over": ("start", "hand_over")}
GOES_ON = "Des gens du quartier continuent, avec les organismes qui l'ont vu naître."
POPULATIONS = {
    "Halte-garderie animale": "Personnes en situation d'itinérance qui ont un animal",
    "Rejoindre et mobiliser les jeunes": "Jeunes du Centre-Sud",
    "Faciliter la cohabitation": "Résident·es du quartier",
    "Un pont entre la santé et le communautaire": "Personnes accompagnées d'un réseau à l'autre",
}


def load(ground: Ground) -> None:
    """A project for each of the four, with the laboratory that helped two of them."""
    program = Program.objects.get(slug=others.COMMUNITY)
    host = Organization.objects.get(external_id="demo-cdp-hote")
    laboratory = Organization.objects.get(external_id="demo-cdp-7")
    for place, initiative in enumerate(Initiative.objects.filter(group__programs=program).order_by("id")):
        start = ground.today - timedelta(days=300 - 40 * place)
        project = open_project(
            actor=ground.coordinator, name=initiative.title, group=initiative.group, program=program,
            initiative=initiative, population=POPULATIONS.get(initiative.title, ""), issue="Exclusion sociale",
            summary=initiative.story.split(". ")[0][:290] + ".", description=initiative.story, story=initiative.story,
            promoter=host, born_on=start, confirmed=True,
            funding="À trouver" if initiative.stage == "seeking" else "Temps des organismes membres",
        )  # fmt: skip
        if initiative.stage in ("seeking", "handed_over"):
            part = {"kind": "expertise", "words": "Laboratoire d'intelligence collective", "since": start}
            _partner(ground, project, laboratory, part)
        for organization in initiative.organizations.order_by("id")[:3]:
            _partner(ground, project, organization, {"kind": "time", "since": start})
        codes = PASSAGES.get(initiative.stage, ())
        days = [(code, start + timedelta(days=60 * turn), "") for turn, code in enumerate(codes, 1)]
        walk(ground.coordinator, project, days, GOES_ON)
        show_project(actor=ground.coordinator, project=project, public=True)


def _partner(ground: Ground, project: Project, organization: Organization, values: dict[str, Any]) -> None:
    save_partner(actor=ground.coordinator, project=project, organization=organization, values=values, confirmed=True)
