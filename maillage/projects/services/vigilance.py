"""Vigilance schemes of sites: rules agreed, counts of sentinels and units, alerts. Never who takes part."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.programs.models import Program
from maillage.projects.models import VigilanceAlert, VigilanceCount, VigilanceScheme
from maillage.projects.permissions import can_work_in
from maillage.projects.unnamed import refuse_names
from maillage.territories.models import HousingSite

OPENED, EDITED = "projects.vigilance_opened", "projects.vigilance_edited"
COUNTED, RECOUNTED = "projects.vigilance_counted", "projects.vigilance_count_edited"
ALERTED, REALERTED = "projects.vigilance_alert_added", "projects.vigilance_alert_edited"
TEXTS = ("check_times", "rules", "escalation", "consents_kept")
LONGEST_DELAY = 7 * 24 * 60


@transaction.atomic
def open_scheme(*, actor: Any, program: Program, site: HousingSite, values: Mapping[str, Any]) -> VigilanceScheme:
    """Write that the people of `site` watch over one another, and by what rules.

    Raises `NotAllowed`, `Refused` (a site of another programme, or closed), `ValidationError` (a name, a telephone or a number of
    dwelling in the words; a scheme already under way).
    """
    require(can_work_in(actor, program))
    if not program.program_sites.filter(site=site).exists():
        raise Refused(_("Ce milieu n'est pas de ce programme."))
    if site.closed_on is not None:
        raise Refused(_("Ce milieu est fermé : il ne peut pas avoir de système de vigilance."))
    return _written(actor, VigilanceScheme(program=program, site=site), values)


@transaction.atomic
def edit_scheme(*, actor: Any, scheme: VigilanceScheme, values: Mapping[str, Any]) -> VigilanceScheme:
    """Change the rules or the dates. Raises as `open_scheme`."""
    require(can_work_in(actor, scheme.program))
    return _written(actor, held_scheme(pk=scheme.pk), values)


@transaction.atomic
def end_scheme(*, actor: Any, scheme: VigilanceScheme, on: date | None = None) -> VigilanceScheme:
    """Say that it stopped (today by default). Raises `NotAllowed`, `Refused`, `ValidationError`."""
    require(can_work_in(actor, scheme.program))
    held = held_scheme(pk=scheme.pk)
    if held.ended_on is not None:
        return held
    return write(
        actor=actor,
        obj=held,
        values={"ended_on": on or timezone.localdate()},
        new=OPENED,
        changed="projects.vigilance_ended",
    ).obj


@transaction.atomic
def count_scheme(*, actor: Any, scheme: VigilanceScheme, on: date, sentinels: int, units: int) -> VigilanceCount:
    """How many sentinels and units took part on a day; said again for the same day, it replaces what was said.

    Raises `NotAllowed`, `Refused` (a day outside of the scheme, more units than the site has), `ValidationError`.
    """
    require(can_work_in(actor, scheme.program))
    held = held_scheme(pk=scheme.pk)
    _check_day(held, on)
    whole = held.site.units
    if whole is not None and units > whole:
        raise Refused(
            _("Le milieu compte %(whole)d logements : %(units)d ne peuvent pas y prendre part.")
            % {"whole": whole, "units": units}
        )
    count = held.counts.filter(on=on).first() or VigilanceCount(scheme=held, on=on)
    return write(
        actor=actor, obj=count, values={"sentinels": sentinels, "units": units}, new=COUNTED, changed=RECOUNTED
    ).obj


@transaction.atomic
def remove_count(*, actor: Any, count: VigilanceCount) -> None:
    """Take back a count written by mistake. Raises `NotAllowed`."""
    require(can_work_in(actor, count.scheme.program))
    audit(actor=actor, verb="projects.vigilance_count_removed", obj=count)
    count.delete()


@transaction.atomic
def write_alert(
    *, actor: Any, scheme: VigilanceScheme, values: Mapping[str, Any], alert: VigilanceAlert | None = None
) -> VigilanceAlert:
    """Write an alert, or correct one: its day, the delay in minutes, how it ended. Raises `NotAllowed`, `Refused`, `ValidationError`."""
    require(can_work_in(actor, scheme.program))
    held = held_scheme(pk=scheme.pk)
    _check_day(held, values["on"])
    delay = values.get("delay_minutes")
    if delay is not None and delay > LONGEST_DELAY:
        raise Refused(_("Le délai dépasse une semaine : écrivez-le en minutes."))
    refuse_names({"words": values.get("words", "")}, held.program)
    found = VigilanceAlert(scheme=held) if alert is None else alert
    if found.scheme_id != held.pk:
        raise Refused(_("Cette alerte est d'un autre milieu."))
    return write(actor=actor, obj=found, values=values, new=ALERTED, changed=REALERTED).obj


@transaction.atomic
def remove_alert(*, actor: Any, alert: VigilanceAlert) -> None:
    """Take back an alert written by mistake. Raises `NotAllowed`."""
    require(can_work_in(actor, alert.scheme.program))
    audit(actor=actor, verb="projects.vigilance_alert_removed", obj=alert)
    alert.delete()


def held_scheme(*, pk: int) -> VigilanceScheme:
    """The scheme as it is now, held until the end of the transaction."""
    found = VigilanceScheme.objects.select_for_update(of=("self",)).select_related("program", "site")
    return found.get(pk=pk)


def _written(actor: Any, scheme: VigilanceScheme, values: Mapping[str, Any]) -> VigilanceScheme:
    refuse_names({name: values.get(name, "") for name in TEXTS}, scheme.program)
    if values.get("since") and values["since"] > timezone.localdate():
        raise Refused(_("Le début est dans l'avenir : inscrivez le système quand il est en marche."))
    return write(actor=actor, obj=scheme, values=values, new=OPENED, changed=EDITED).obj


def _check_day(scheme: VigilanceScheme, on: date) -> None:
    if on > timezone.localdate():
        raise Refused(_("Cette date est dans l'avenir : inscrivez ce qui a eu lieu."))
    if on < scheme.since or (scheme.ended_on is not None and on > scheme.ended_on):
        raise Refused(_("À cette date, le système n'était pas en marche : vérifiez la date."))
