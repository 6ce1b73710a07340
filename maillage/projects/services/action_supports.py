"""Named supports of an action: who promised what, and whether it was held (source 004 begins no action without one)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.projects.enums import SupportState
from maillage.projects.models import Action, ActionSupport
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_words import refuse_in_plan

from .plans import held_plan

ADDED, EDITED = "projects.support_added", "projects.support_edited"
MOST = 30


@transaction.atomic
def add_support(
    *, actor: Any, action: Action, values: Mapping[str, Any], confirmed: bool | None = False
) -> ActionSupport:
    """Write who supports an action (organization or name, kind, words, amount, promised_on). `confirmed`: its words name nobody met.

    Raises `NotAllowed`, `Refused` past `MOST`, `ValidationError` when nobody is named.
    """
    require(can_edit_plan(actor, action.objective.plan))
    plan = held_plan(pk=action.objective.plan_id)
    if action.supports.count() >= MOST:
        raise Refused(_("Cette action a déjà %d appuis.") % MOST)
    given = {"promised_on": timezone.localdate(), **values}
    support, named = ActionSupport(action=action), [given.get("organization"), given.get("name")]
    refuse_in_plan(plan=plan, obj=support, values=given, texts=("words",), named=named, confirmed=confirmed)
    refuse_in_plan(plan=plan, obj=support, values=given, texts=("name",), confirmed=True)
    return write(actor=actor, obj=support, values=given, new=ADDED, changed=EDITED).obj


@transaction.atomic
def say_support(*, actor: Any, support: ActionSupport, state: str, on: date | None = None) -> ActionSupport:
    """Say whether a support was held, seen on a day (today by default). Raises `NotAllowed`, `Refused` for no such state or a day to come."""
    require(can_edit_plan(actor, support.action.objective.plan))
    if state not in SupportState.values:
        raise Refused(_("Dites si cet appui est promis, tenu, tenu en partie ou pas tenu."))
    if on is not None and on > timezone.localdate():
        raise Refused(_("Un appui se constate au plus tard aujourd'hui : vérifiez la date."))
    held = _held(support)
    said = None if state == SupportState.PROMISED else on or timezone.localdate()
    if held.state == state:
        return held
    return write(
        actor=actor, obj=held, values={"state": state, "said_on": said}, new=ADDED, changed="projects.support_said"
    ).obj


@transaction.atomic
def remove_support(*, actor: Any, support: ActionSupport) -> None:
    """Take back a support written by mistake. Raises `NotAllowed`, or `Refused` once it was said held or not."""
    require(can_edit_plan(actor, support.action.objective.plan))
    held = _held(support)
    if held.state != SupportState.PROMISED:
        raise Refused(_("On a dit ce que cet appui est devenu : il reste inscrit."))
    audit(actor=actor, verb="projects.support_removed", obj=held)
    held.delete()


def _held(support: ActionSupport) -> ActionSupport:
    found = ActionSupport.objects.select_for_update(of=("self",)).filter(pk=support.pk).first()
    if found is None:
        raise Refused(_("Cet appui a été retiré entre-temps."))
    return found
