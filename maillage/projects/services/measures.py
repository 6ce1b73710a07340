"""Measures of an action's indicator: what it was on a day, against its target."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.projects.doers import can_mark_action
from maillage.projects.models import Action, Measure
from maillage.projects.plan_words import refuse_in_plan

ADDED, EDITED = "projects.measure_added", "projects.measure_edited"
MOST = 200


@transaction.atomic
def add_measure(*, actor: Any, action: Action, values: Mapping[str, Any], confirmed: bool | None = False) -> Measure:
    """Write what the indicator of an action was on a day (on, value, words). `confirmed`: its words name nobody met.

    Raises `NotAllowed`, `Refused` (no indicator, a day to come, too many), `ValidationError` (that day has its measure).
    """
    require(can_mark_action(actor, action))
    if not action.indicator:
        raise Refused(_("Dites d'abord ce que cette action mesure : son indicateur."))
    if (on := values.get("on")) and on > timezone.localdate():
        raise Refused(_("Une mesure porte sur un jour passé ou sur aujourd'hui."))
    if action.measures.count() >= MOST:
        raise Refused(_("Cet indicateur a déjà %d mesures.") % MOST)
    measure, plan = Measure(action=action), action.objective.plan
    refuse_in_plan(plan=plan, obj=measure, values=values, texts=("words",), confirmed=confirmed)
    return write(actor=actor, obj=measure, values=values, new=ADDED, changed=EDITED).obj


@transaction.atomic
def remove_measure(*, actor: Any, measure: Measure) -> None:
    """Take back a measure written by mistake. Raises `NotAllowed`."""
    require(can_mark_action(actor, measure.action))
    audit(actor=actor, verb="projects.measure_removed", obj=measure)
    measure.delete()
