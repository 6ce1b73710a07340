"""Activities of projects and programmes: written, changed, taken back."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import Outcome, audit, write
from maillage.programs.models import Program
from maillage.projects.enums import ActivityState
from maillage.projects.identities import refuse_identities
from maillage.projects.models import Activity, Headcount, Project, Turnout
from maillage.projects.permissions import can_feed_activity
from maillage.territories.models import HousingSite

ADDED, EDITED = "projects.activity_added", "projects.activity_edited"


@transaction.atomic
def add_activity(
    *,
    actor: Any,
    values: Mapping[str, Any],
    project: Project | None = None,
    program: Program | None = None,
    sites: Iterable[HousingSite] = (),
    confirmed: bool = False,
) -> Activity:
    """Write an activity of `project` or of `program`. `confirmed`: its words name nobody met.

    Raises `NotAllowed`, `Refused`, `ValidationError` with sentences by field.
    """
    if project is None and program is None:
        raise Refused(_("Dites de quel projet ou de quel programme est cette activité."))
    activity = Activity(project=project, program=program)
    require(can_feed_activity(actor, activity))
    return _written(actor, activity, values, sites, confirmed)


@transaction.atomic
def edit_activity(
    *,
    actor: Any,
    activity: Activity,
    values: Mapping[str, Any],
    sites: Iterable[HousingSite],
    confirmed: bool = False,
) -> Activity:
    """Change an activity. Raises as `add_activity`, and `Refused` to cancel one where people were counted."""
    require(can_feed_activity(actor, activity))
    held = held_activity(pk=activity.pk)
    if values.get("state") == ActivityState.CANCELLED and _was_counted(held):
        raise Refused(_("Des personnes y sont comptées : cette activité a eu lieu, elle ne peut pas être annulée."))
    return _written(actor, held, values, sites, confirmed)


@transaction.atomic
def remove_activity(*, actor: Any, activity: Activity) -> None:
    """Take back an activity written by mistake. Raises `NotAllowed`, or `Refused` once people were counted there."""
    require(can_feed_activity(actor, activity))
    held = held_activity(pk=activity.pk)
    if _was_counted(held):
        raise Refused(_("Des personnes y sont comptées : cette activité reste au dossier."))
    gone = {"name": [held.title, None]}
    audit(actor=actor, verb="projects.activity_removed", obj=held.project or held, changes=gone)
    held.delete()


def held_activity(*, pk: int) -> Activity:
    """The activity as it is now, held until the end of the transaction. `Refused` when it was removed."""
    held = Activity.objects.select_for_update(of=("self",)).select_related("project", "program").filter(pk=pk).first()
    if held is None:
        raise Refused(_("Cette activité a été retirée entre-temps."))
    return held


def _was_counted(activity: Activity) -> bool:
    noted = Turnout.objects.filter(session__activity=activity).exists()
    return noted or Headcount.objects.filter(activity=activity).exists()


def _written(
    actor: Any, activity: Activity, values: Mapping[str, Any], sites: Iterable[HousingSite], confirmed: bool
) -> Activity:
    chosen = list(sites)
    told = {name: values.get(name, "") for name in ("title", "details", "place")}
    refuse_identities(told, known=lambda: _known(activity, values, chosen), confirmed=confirmed)
    before = set() if activity.pk is None else set(activity.sites.order_by().values_list("pk", flat=True))
    written = write(actor=actor, obj=activity, values=values, new=ADDED, changed=EDITED)
    after = {site.pk for site in chosen}
    if before != after:
        written.obj.sites.set(after)
        if written.outcome != Outcome.NEW:
            audit(actor=actor, verb=EDITED, obj=written.obj, changes={"sites": [len(before), len(after)]})
    return written.obj


def _known(activity: Activity, values: Mapping[str, Any], sites: Iterable[HousingSite]) -> Iterator[str]:
    """Names that are nobody's: of the project, the programme, the places, who offers it."""
    for thing in (activity.project, activity.program, values.get("provider"), values.get("division")):
        if thing is not None:
            yield str(thing)
    for site in sites:
        yield site.name
        yield site.address
    if activity.project is not None:
        yield from activity.project.territories.order_by("pk").values_list("name", flat=True)
