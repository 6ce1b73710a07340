"""A project opened by mistake is taken away, as long as nothing rests on it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.projects.models import Action, Project, Review
from maillage.projects.permissions import can_edit_project

from .projects import held_project


@transaction.atomic
def remove_project(*, actor: Any, project: Project) -> None:
    """Take away a project opened by mistake, with its people, its partners' parts and its plans without actions.

    The needs it had taken up stay with their group, as they stand. Raises `NotAllowed`, or `Refused` with what rests on it.
    """
    require(can_edit_project(actor, project))
    held = held_project(pk=project.pk)
    if holding := holding_of(project=held):
        raise Refused(_("Ce projet ne s'efface pas : il garde %s. Terminez-le plutôt.") % ", ".join(holding))
    audit(actor=actor, verb="projects.removed", obj=held)
    held.delete()


def holding_of(*, project: Project) -> list[str]:
    """What rests on `project`, each kind with its count in words; nothing when it may be taken away."""
    counts = (
        (project.applications, ngettext_lazy("%(n)s demande de soutien", "%(n)s demandes de soutien", "n")),
        (project.funding_requests, ngettext_lazy("%(n)s demande de financement", "%(n)s demandes de financement", "n")),
        (project.activities, ngettext_lazy("%(n)s activité", "%(n)s activités", "n")),
        (project.results, ngettext_lazy("%(n)s retombée", "%(n)s retombées", "n")),
        (project.documents, ngettext_lazy("%(n)s document ou photo", "%(n)s documents ou photos", "n")),
        (
            Action.objects.filter(objective__plan__project=project),
            ngettext_lazy("%(n)s action de plan", "%(n)s actions de plan", "n"),
        ),
        (
            Review.objects.filter(plan__project=project),
            ngettext_lazy("%(n)s bilan annuel", "%(n)s bilans annuels", "n"),
        ),
        (project.communities, ngettext_lazy("%(n)s communauté engagée", "%(n)s communautés engagées", "n")),
    )
    return [words % {"n": n} for rows, words in counts if (n := rows.count())]
