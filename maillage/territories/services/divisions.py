"""Writes divisions, their names, limits and successions."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import Outcome, Written, audit, write
from maillage.territories.enums import Level
from maillage.territories.models import Boundary, Division, DivisionName, Succession
from maillage.territories.permissions import can_keep_register
from maillage.territories.queries import division_search


@transaction.atomic
def save_division(*, actor: Any, level: str, code: str, since: date | None = None, **values: Any) -> Written[Division]:
    """Create the division of this level and code, or change it; only the `values` given are touched.

    `values`: fields of `Division` (name, designation, parent, population, population_year, latitude, longitude,
    valid_from, valid_to). When the name changes, the former one is kept, until the day before `since` if it is given.
    """
    require(can_keep_register(actor))
    division = Division.objects.filter(level=level, code=code).first() or Division(level=level, code=code)
    former = "" if division._state.adding else division.name
    _check_parent(division, values.get("parent"))
    name = values.get("name", division.name)
    values["search"] = division_search(code, name, values.get("designation", division.designation))
    written = write(
        actor=actor,
        obj=division,
        values=values,
        new="territories.division_added",
        changed="territories.division_edited",
    )
    if former and former != division.name:
        _keep_name(division, former, None, since - timedelta(days=1) if since else None)
    return written


def _check_parent(division: Division, parent: Division | None) -> None:
    order = list(Level.values)
    if parent is None:
        return
    if parent.pk == division.pk or order.index(parent.level) >= order.index(division.level):
        raise Refused(
            _("« {parent} » ne peut pas contenir une division de niveau « {level} ».").format(
                parent=parent, level=Level(division.level).label
            )
        )


def _keep_name(division: Division, name: str, start: date | None, end: date | None) -> bool:
    known = DivisionName.objects.filter(division=division, name=name)
    if known.filter(valid_from=start, valid_to=end).exists() or (start is end is None and known.exists()):
        return False
    kept = DivisionName(division=division, name=name, valid_from=start, valid_to=end)
    kept.full_clean()
    kept.save()
    return True


@transaction.atomic
def record_name(
    *, actor: Any, division: Division, name: str, valid_from: date | None = None, valid_to: date | None = None
) -> bool:
    """Write a name that the division bore for a time; whether it was not known yet."""
    require(can_keep_register(actor))
    if not _keep_name(division, name, valid_from, valid_to):
        return False
    audit(actor=actor, verb="territories.name_recorded", obj=division, changes={"name": [None, name]})
    return True


@transaction.atomic
def set_boundary(
    *,
    actor: Any,
    division: Division,
    geometry: str | Mapping[str, Any],
    source: str = "",
    is_schematic: bool = False,
    since: date | None = None,
) -> Written[Boundary]:
    """Make `geometry` (GeoJSON, WGS84) the limits of the division since a day; the former limits are kept, ended.

    Without `since`, the former limits end today and the start of the new ones is unknown.
    """
    require(can_keep_register(actor))
    text = geometry if isinstance(geometry, str) else json.dumps(geometry, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    current = list(Boundary.objects.filter(division=division, valid_to=None))
    if any(limits.digest == digest for limits in current):
        return Written(next(limits for limits in current if limits.digest == digest), Outcome.UNCHANGED)
    last_day = (since or date.today()) - timedelta(days=1)
    for limits in current:
        limits.valid_to = max(last_day, limits.valid_from) if limits.valid_from else last_day
        limits.save(update_fields=["valid_to"])
    known = Boundary.objects.filter(division=division, digest=digest).first()
    boundary = known or Boundary(division=division, digest=digest, geometry=text)
    boundary.source, boundary.is_schematic, boundary.valid_from, boundary.valid_to = source, is_schematic, since, None
    boundary.full_clean()
    boundary.save()
    audit(actor=actor, verb="territories.boundary_set", obj=division, changes={"boundary": [None, digest[:12]]})
    return Written(boundary, Outcome.CHANGED if current or known else Outcome.NEW)


@transaction.atomic
def record_succession(*, actor: Any, predecessor: Division, successor: Division, on: date) -> Written[Succession]:
    """Write that `successor` took up all or part of `predecessor` on a day (merger, split, change of status)."""
    require(can_keep_register(actor))
    link = Succession.objects.filter(predecessor=predecessor, successor=successor).first()
    return write(
        actor=actor,
        obj=link or Succession(predecessor=predecessor, successor=successor),
        values={"on": on},
        new="territories.succession_added",
        changed="territories.succession_edited",
    )
