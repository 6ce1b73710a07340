"""The four initiatives of the community of practice (source 000) that became projects, with the search for money of one of them."""

from datetime import timedelta

from maillage.concertation.models import Initiative
from maillage.directory.models import Organization
from maillage.portal.demonstration import others
from maillage.programs.models import Program
from maillage.projects.models import Project, ProjectPartner

from .ground import Ground, walk

# What an initiative's stage is as a project's, and how it came there.
STAGES = {
    "exploring": ("idea",),
    "seeking": ("idea", "seeking"),
    "under_way": ("idea", "under_way"),
    "handed_over": ("idea", "under_way", "handed_over"),
}
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
        project = Project.objects.create(
            slug=f"centre-sud-{place + 1}", name=initiative.title, group=initiative.group, program=program,
            initiative=initiative, population=POPULATIONS.get(initiative.title, ""), issue="Exclusion sociale",
            summary=initiative.story.split(". ")[0][:290] + ".", description=initiative.story, story=initiative.story,
            promoter=host, started_on=start, is_public=True,
            funding="À trouver" if initiative.stage == "seeking" else "Temps des organismes membres",
        )  # fmt: skip
        if initiative.stage in ("seeking", "handed_over"):
            ProjectPartner.objects.create(
                project=project,
                organization=laboratory,
                kind="expertise",
                words="Laboratoire d'intelligence collective",
                since=start,
            )
        for organization in initiative.organizations.order_by("id")[:3]:
            ProjectPartner.objects.get_or_create(
                project=project, organization=organization, kind="time", defaults={"since": start}
            )
        steps = STAGES.get(initiative.stage, ("idea",))
        walk(project, [(stage, start + timedelta(days=60 * turn), "") for turn, stage in enumerate(steps)], str(host))
