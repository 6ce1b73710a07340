"""What a programme covers: sites, served or targeted, and hours a week by MRC and role."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import require
from maillage.core.services import audit, differences
from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Program, ProgramSite, SupportHours
from maillage.programs.permissions import can_coordinate
from maillage.territories.enums import Level
from maillage.territories.models import Division, HousingSite

_KEEP: Any = object()


@transaction.atomic
def cover_sites(
    *,
    actor: Any,
    program: Program,
    sites: Iterable[HousingSite],
    served: bool | None = None,
    targeted: bool | None = None,
    served_from: date | None = _KEEP,
    served_to: date | None = _KEEP,
) -> int:
    """Cover `sites`, and say whether they are served, targeted (which makes them served), between which days.

    None, or a date left out, keeps what a site already says. A site that stops being served stops being targeted.
    Returns how many sites were added or changed.
    """
    require(can_coordinate(actor, program))
    wanted = {site.pk: site for site in sites}
    stored = {line.site_id: line for line in program.program_sites.filter(site__in=wanted)}
    added, changed = [], []
    for key, site in wanted.items():
        line = stored.get(key) or ProgramSite(program=program, site=site)
        before = _flags(line)
        _set_flags(line, served, targeted)
        _set_days(line, served_from, served_to)
        if line.pk is None:
            added.append(line)
        elif _flags(line) != before:
            changed.append(line)
    ProgramSite.objects.bulk_create(added)
    ProgramSite.objects.bulk_update(changed, ["is_served", "is_targeted", "served_from", "served_to"])
    if added or changed:
        said = {"added": [line.site_id for line in added], "changed": [line.site_id for line in changed]}
        said |= {name: flag for name, flag in (("served", served), ("targeted", targeted)) if flag is not None}
        audit(actor=actor, verb="programs.sites_covered", obj=program, changes=said)
    return len(added) + len(changed)


@transaction.atomic
def uncover_sites(*, actor: Any, program: Program, sites: Iterable[HousingSite]) -> int:
    """Take `sites` out of what the programme covers; their entries stay. Returns how many were taken out."""
    require(can_coordinate(actor, program))
    lines = program.program_sites.filter(site__in=[site.pk for site in sites])
    removed = sorted(lines.values_list("site_id", flat=True))
    if removed:
        lines.delete()
        audit(actor=actor, verb="programs.sites_uncovered", obj=program, changes={"removed": removed})
    return len(removed)


@transaction.atomic
def set_hours(*, actor: Any, program: Program, hours: Mapping[tuple[Division, str], Decimal | None]) -> None:
    """Hours a week of each `(MRC, role)` given; None or 0 erases the line. What is not given stays."""
    require(can_coordinate(actor, program))
    stored = {(line.division_id, line.role): line for line in program.support_hours.all()}
    before, after = {}, {}
    for (division, role), value in hours.items():
        _check_cell(division, role)
        name, line = f"{division.code}/{role}", stored.get((division.pk, role))
        before[name] = line.hours_per_week if line else None
        after[name] = value or None
        if not value:
            if line:
                line.delete()
            continue
        line = line or SupportHours(program=program, division=division, role=role)
        line.hours_per_week = value
        line.full_clean(validate_unique=line.pk is None)
        line.save()
    if changes := differences(before, after):
        audit(actor=actor, verb="programs.hours_set", obj=program, changes=changes)


def _set_flags(line: ProgramSite, served: bool | None, targeted: bool | None) -> None:
    if served is not None:
        line.is_served = served
        line.is_targeted = line.is_targeted and served
    if targeted is not None:
        line.is_targeted = targeted
        line.is_served = line.is_served or targeted


def _set_days(line: ProgramSite, served_from: date | None, served_to: date | None) -> None:
    line.served_from = line.served_from if served_from is _KEEP else served_from
    line.served_to = line.served_to if served_to is _KEEP else served_to
    if line.served_from and line.served_to and line.served_to < line.served_from:
        raise ValidationError(_("Un milieu ne peut pas cesser d'être desservi avant de l'être."))


def _check_cell(division: Division, role: str) -> None:
    if division.level != Level.MRC:
        raise ValidationError(_("Les heures se donnent par MRC : « %(name)s » n'en est pas une.") % {"name": division})
    if role not in TEAM:
        raise ValidationError(
            _("Le rôle « %(role)s » ne donne pas d'heures de soutien.") % {"role": dict(Role.choices).get(role, role)}
        )


def _flags(line: ProgramSite) -> tuple[Any, ...]:
    return (line.is_served, line.is_targeted, line.served_from, line.served_to)
