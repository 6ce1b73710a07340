"""A project takes needs up, through the door of the groups that named them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.enums import NeedState
from maillage.concertation.models import NamedNeed
from maillage.concertation.permissions import can_animate
from maillage.concertation.services.needs import move_need
from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.projects.models import Project
from maillage.projects.permissions import can_edit_project

TAKEN, RELEASED = "projects.need_taken", "projects.need_released"


@transaction.atomic
def take_needs(*, actor: Any, project: Project, needs: Iterable[NamedNeed]) -> list[NamedNeed]:
    """Let `project` answer these needs; a need that was only named is told taken up. Said twice is said once.

    Raises `NotAllowed` (somebody else's need), `Refused` (a need that is not on its group's board).
    """
    require(can_edit_project(actor, project))
    known = set(project.needs.order_by().values_list("pk", flat=True))
    taken = [need for need in needs if need.pk not in known]
    for need in taken:
        require(can_animate(actor, need.group))
        if need.declined or need.state == NeedState.PROPOSED:
            raise Refused(_("Le besoin « %s » n'est pas au tableau de son groupe : accueillez-le d'abord.") % need)
        if need.state == NeedState.OPEN:
            told = _("Un projet s'en occupe : « %s ».") % project.name
            move_need(actor=actor, need=need, state=NeedState.TAKEN_UP, text=told)
        project.needs.add(need)
        audit(actor=actor, verb=TAKEN, obj=project, changes={"needs": [None, str(need)[:200]]})
    return taken


@transaction.atomic
def release_need(*, actor: Any, project: Project, need: NamedNeed) -> None:
    """Say that `project` does not answer this need; what the group said of it stays, for the group to change."""
    require(can_edit_project(actor, project))
    if not project.needs.filter(pk=need.pk).exists():
        return
    project.needs.remove(need)
    audit(actor=actor, verb=RELEASED, obj=project, changes={"needs": [str(need)[:200], None]})
