"""Sessions of activities, the participations counted at each, and the participants of an activity."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.core.typography import day, number
from maillage.projects.activity_counts import MOST, contradictions, tally_of
from maillage.projects.enums import ActivityState, Audience
from maillage.projects.models import Activity, Headcount, Session, Turnout
from maillage.projects.permissions import can_feed_activity

from .activities import EDITED, held_activity

ADDED, CHANGED = "projects.session_added", "projects.session_edited"
MOST_SESSIONS, MOST_TIMES = 500, 52
Numbers = Mapping[str, int | None]  # by category; None where nothing was counted


@transaction.atomic
def add_sessions(
    *,
    actor: Any,
    activity: Activity,
    on: date,
    starts_at: time | None = None,
    minutes: int | None = None,
    numbers: Numbers | None = None,
    times: int = 0,
    every: int = 7,
) -> list[Session]:
    """Write a session with what was counted there, and the `times` that follow it, each `every` days.

    Raises `NotAllowed`, or `Refused`: the activity is cancelled, a session already stands there, people counted at a session to
    come, more participants than participations.
    """
    require(can_feed_activity(actor, activity))
    held = _living(activity)
    if not 0 <= times <= MOST_TIMES or not 1 <= every <= 366:
        raise Refused(_("Répétez la séance au plus %(most)s fois, de 1 à 366 jours d'écart.") % {"most": MOST_TIMES})
    if held.sessions.count() + 1 + times > MOST_SESSIONS:
        raise Refused(_("Une activité compte au plus %(most)s séances.") % {"most": MOST_SESSIONS})
    made = []
    for rank in range(times + 1):
        values = {"on": on + timedelta(days=every * rank), "starts_at": starts_at, "minutes": minutes}
        _free(held, values, None)
        made.append(write(actor=actor, obj=Session(activity=held), values=values, new=ADDED, changed=CHANGED).obj)
    if numbers and any(count is not None for count in numbers.values()):
        _count(actor, held, made[0], numbers)
    _check(held)
    return made


@transaction.atomic
def edit_session(*, actor: Any, session: Session, values: Mapping[str, Any], numbers: Numbers) -> Session:
    """Change a session and what was counted there. Raises as `add_sessions`."""
    require(can_feed_activity(actor, session.activity))
    held = _living(session.activity)
    now = _of(held, session.pk)
    _free(held, values, now)
    written = write(actor=actor, obj=now, values=values, new=ADDED, changed=CHANGED).obj
    _count(actor, held, written, numbers)
    _check(held)
    return written


@transaction.atomic
def remove_session(*, actor: Any, session: Session) -> None:
    """Take back a session and what was counted there. Raises as `add_sessions`."""
    require(can_feed_activity(actor, session.activity))
    held = held_activity(pk=session.activity_id)
    now = _of(held, session.pk)
    count = sum(now.turnout.order_by().values_list("participations", flat=True))
    gone = {"on": [str(now.on), None], "participations": [count, None]}
    audit(actor=actor, verb="projects.session_removed", obj=held, changes=gone)
    now.delete()
    _check(held)


@transaction.atomic
def count_participants(*, actor: Any, activity: Activity, numbers: Numbers) -> None:
    """Say how many distinct persons took part, by category; None where nobody was counted.

    Raises `NotAllowed`, or `Refused`: nothing took place yet, more participants than participations.
    """
    require(can_feed_activity(actor, activity))
    held = _living(activity)
    checked = _checked(numbers)
    if checked and not held.sessions.filter(on__lte=timezone.localdate()).exists():
        raise Refused(_("Cette activité n'a pas encore eu lieu : inscrivez d'abord une séance tenue."))
    before = dict(held.headcounts.order_by().values_list("audience", "participants"))
    if before == checked:
        return
    held.headcounts.exclude(audience__in=checked).delete()
    for audience, count in checked.items():
        Headcount.objects.update_or_create(activity=held, audience=audience, defaults={"participants": count})
    moved = [sum(before.values()) if before else None, sum(checked.values()) if checked else None]
    audit(actor=actor, verb="projects.participants_counted", obj=held, changes={"participants": moved})
    _check(held)


def _living(activity: Activity) -> Activity:
    held = held_activity(pk=activity.pk)
    if held.state == ActivityState.CANCELLED:
        raise Refused(_("Cette activité est annulée : changez d'abord son état."))
    return held


def _of(activity: Activity, pk: int) -> Session:
    found = activity.sessions.filter(pk=pk).first()
    if found is None:
        raise Refused(_("Cette séance a été retirée entre-temps."))
    return found


def _free(activity: Activity, values: Mapping[str, Any], session: Session | None) -> None:
    """Refuse a second session on the same day at the same hour, and days that are a slip of the hand."""
    on = values["on"]
    if not 1950 <= on.year <= 2100:
        raise Refused(_("L'année de la séance n'est pas plausible : vérifiez la date."))
    same = activity.sessions.filter(on=on, starts_at=values.get("starts_at"))
    if session is not None:
        same = same.exclude(pk=session.pk)
    if same.exists():
        raise Refused(
            _("Cette activité a déjà une séance le %(day)s à cette heure : ouvrez-la plutôt.") % {"day": day(on)}
        )


def _checked(numbers: Numbers) -> dict[str, int]:
    """What was counted. Raises `Refused` for an unknown category or a number that cannot be."""
    found = {}
    for audience, count in numbers.items():
        if audience not in Audience.values:
            raise Refused(_("Cette catégorie n'existe pas."))
        if count is None:
            continue
        if not 0 <= count <= MOST:
            raise Refused(_("Un nombre de personnes va de 0 à %(most)s.") % {"most": number(MOST)})
        found[audience] = count
    return found


def _count(actor: Any, activity: Activity, session: Session, numbers: Numbers) -> None:
    checked = _checked(numbers)
    if checked and session.on > timezone.localdate():
        raise Refused(_("Cette séance est à venir : les personnes se comptent une fois qu'elle a eu lieu."))
    before = dict(session.turnout.order_by().values_list("audience", "participations"))
    if before == checked:
        return
    session.turnout.exclude(audience__in=checked).delete()
    for audience, count in checked.items():
        Turnout.objects.update_or_create(session=session, audience=audience, defaults={"participations": count})
    moved = [sum(before.values()) if before else None, sum(checked.values()) if checked else None]
    audit(actor=actor, verb="projects.session_counted", obj=session, changes={"participations": moved})
    if checked and activity.state == ActivityState.PLANNED:
        write(actor=actor, obj=activity, values={"state": ActivityState.HELD}, new=EDITED, changed=EDITED)


def _check(activity: Activity) -> None:
    if wrong := contradictions(tally_of(activity)):
        raise Refused(" ".join(wrong))
