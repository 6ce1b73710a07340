"""Action plans: opened for a group, a project or a programme, corrected, taken back while empty."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.enums import GroupState
from maillage.concertation.models import Group
from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.programs.models import Program
from maillage.projects.enums import ProjectStage
from maillage.projects.models import Action, Plan, Project
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_words import refuse_in_plan

OPENED, EDITED = "projects.plan_opened", "projects.plan_edited"
TOLD = ("title", "words")  # what is screened


@transaction.atomic
def open_plan(
    *,
    actor: Any,
    values: Mapping[str, Any],
    group: Group | None = None,
    project: Project | None = None,
    program: Program | None = None,
    confirmed: bool | None = False,
) -> Plan:
    """Open a plan (title, start, end, words) of a group, of a project or of a programme, and of one only.

    `confirmed`: its words name nobody met. Raises `NotAllowed`, `Refused` (nobody's plan, a group that ended, a project that ended), `ValidationError`.
    """
    plan = Plan(group=group, project=project, program=program)
    if sum(owner is not None for owner in (group, project, program)) != 1:
        raise Refused(_("Un plan appartient à un groupe, à un projet ou à un programme, et à un seul."))
    require(can_edit_plan(actor, plan))
    refuse_ended(plan=plan)
    refuse_in_plan(plan=plan, obj=plan, values=values, texts=TOLD, confirmed=confirmed)
    return write(actor=actor, obj=plan, values=values, new=OPENED, changed=EDITED).obj


@transaction.atomic
def edit_plan(*, actor: Any, plan: Plan, values: Mapping[str, Any], confirmed: bool | None = False) -> Plan:
    """Change the title, the period or the words of `plan`. Raises `NotAllowed`, `ValidationError`."""
    require(can_edit_plan(actor, plan))
    held = held_plan(pk=plan.pk)
    refuse_in_plan(plan=held, obj=held, values=values, texts=TOLD, confirmed=confirmed)
    return write(actor=actor, obj=held, values=values, new=OPENED, changed=EDITED).obj


@transaction.atomic
def remove_plan(*, actor: Any, plan: Plan) -> None:
    """Take back a plan opened by mistake. Raises `NotAllowed`, or `Refused` once it has an action or a review."""
    require(can_edit_plan(actor, plan))
    held = held_plan(pk=plan.pk)
    if Action.objects.filter(objective__plan=held).exists() or held.reviews.exists():
        raise Refused(
            _("Ce plan a des actions ou un bilan : il se garde. Laissez de côté les actions qui ne tiennent plus.")
        )
    audit(actor=actor, verb="projects.plan_removed", obj=held.project or held, changes={"name": [held.title, None]})
    held.delete()


def held_plan(*, pk: int) -> Plan:
    """The plan as it is now, held until the end of the transaction: who writes in it waits. `Refused` when it was removed."""
    held = (
        Plan.objects.select_for_update(of=("self",)).select_related("group", "project", "program").filter(pk=pk).first()
    )
    if held is None:
        raise Refused(_("Ce plan a été retiré entre-temps."))
    return held


def refuse_ended(*, plan: Plan) -> None:
    """Raise `Refused` when the group or the project of `plan` ended: nobody would carry it."""
    group = plan.group or (plan.project.group if plan.project is not None else None)
    if group is not None and group.state == GroupState.ENDED:
        raise Refused(_("Le groupe « %s » a pris fin : un plan se rattache à un groupe qui travaille.") % group.name)
    if plan.project is not None and plan.project.stage == ProjectStage.ENDED:
        raise Refused(_("Le projet « %s » est terminé : reprenez-le avant de lui ouvrir un plan.") % plan.project.name)
