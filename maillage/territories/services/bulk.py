"""Writes many divisions or sites in a few queries, by the same rules as one by one."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from maillage.core.errors import require
from maillage.core.services import Written, write_many
from maillage.territories.enums import Level
from maillage.territories.models import Boundary, Division, DivisionName, HousingSite
from maillage.territories.permissions import can_keep_register
from maillage.territories.queries import division_search, site_search

from .drafts import DivisionDraft, DivisionKey, SiteDraft
from .sites import SECRET


@transaction.atomic
def save_divisions(*, actor: Any, drafts: Sequence[DivisionDraft]) -> list[Written[Division]]:
    """Create or change the divisions of `drafts`, the larger levels first, with their names and limits."""
    require(can_keep_register(actor))
    known = {(d.level, d.code): d for d in Division.objects.filter(level__in={draft.level for draft in drafts})}
    wanted = {draft.parent for draft in drafts if draft.parent and draft.parent not in known}
    known |= {(d.level, d.code): d for d in Division.objects.filter(level__in={level for level, _code in wanted})}
    former = {key: division.name for key, division in known.items()}
    written: list[Written[Division]] = []
    for level in Level.values:
        pairs = [(_division(draft, known), _values(draft, known)) for draft in drafts if draft.level == level]
        written += write_many(
            actor=actor, pairs=pairs, new="territories.division_added", changed="territories.division_edited"
        )
        known |= {(d.level, d.code): d for d, _given in pairs}
    _keep_names(drafts, known, former)
    _set_boundaries([draft for draft in drafts if draft.boundary], known)
    return written


def _division(draft: DivisionDraft, known: dict[DivisionKey, Division]) -> Division:
    return known.get(draft.key) or Division(level=draft.level, code=draft.code)


def _values(draft: DivisionDraft, known: dict[DivisionKey, Division]) -> dict[str, Any]:
    division = _division(draft, known)
    values = dict(draft.values)
    if draft.parent and draft.parent in known:
        values["parent"] = known[draft.parent]
    name, designation = values.get("name", division.name), values.get("designation", division.designation)
    values["search"] = division_search(draft.code, name, designation)
    return values


def _keep_names(
    drafts: Sequence[DivisionDraft], known: dict[DivisionKey, Division], former: dict[DivisionKey, str]
) -> None:
    divisions = [known[draft.key] for draft in drafts]
    kept = set(DivisionName.objects.filter(division__in=divisions).values_list("division_id", "name"))
    added = []
    for draft in drafts:
        division = known[draft.key]
        names = list(draft.former_names)
        if (old := former.get(draft.key)) and old != division.name:
            names.append((old, None, draft.since - timedelta(days=1) if draft.since else None))
        for name, start, end in names:
            if (division.pk, name) not in kept and name != division.name:
                kept.add((division.pk, name))
                added.append(DivisionName(division=division, name=name[:150], valid_from=start, valid_to=end))
    DivisionName.objects.bulk_create(added)


def _set_boundaries(drafts: Sequence[DivisionDraft], known: dict[DivisionKey, Division]) -> None:
    stored: dict[int, list[Boundary]] = {}
    divisions = [known[draft.key].pk for draft in drafts]
    for limits in Boundary.objects.filter(division__in=divisions).defer("geometry"):
        stored.setdefault(limits.division_id, []).append(limits)
    added, ended, reopened = [], [], []
    for draft in drafts:
        digest = hashlib.sha256(draft.boundary.encode()).hexdigest()
        division = known[draft.key]
        mine = stored.get(division.pk, [])
        current = [limits for limits in mine if limits.valid_to is None]
        if any(limits.digest == digest for limits in current):
            continue
        last_day = (draft.since or date.today()) - timedelta(days=1)
        for limits in current:
            limits.valid_to = max(last_day, limits.valid_from) if limits.valid_from else last_day
        ended += current
        same = next((limits for limits in mine if limits.digest == digest), None)
        fresh = same or Boundary(division=division, digest=digest, geometry=draft.boundary)
        fresh.source, fresh.is_schematic = draft.source, draft.is_schematic
        fresh.valid_from, fresh.valid_to = draft.since, None
        (reopened if same else added).append(fresh)
    Boundary.objects.bulk_create(added, batch_size=100)
    Boundary.objects.bulk_update(ended, ["valid_to"], batch_size=500)
    Boundary.objects.bulk_update(reopened, ["source", "is_schematic", "valid_from", "valid_to"], batch_size=500)


@transaction.atomic
def save_sites(*, actor: Any, drafts: Sequence[SiteDraft]) -> list[Written[HousingSite]]:
    """Create or change the sites of `drafts`, by register number."""
    require(can_keep_register(actor))
    references = {draft.reference for draft in drafts}
    known = {
        site.reference: site
        for site in HousingSite.objects.select_related("municipality", "mrc")
        if site.reference in references
    }
    pairs = []
    for draft in drafts:
        site = known.get(draft.reference) or HousingSite(reference=draft.reference)
        values = dict(draft.values)
        name, municipality = values.get("name", site.name), values.get("municipality", site.municipality)
        values["search"] = site_search(draft.reference, name, municipality)
        pairs.append((site, values))
    return write_many(
        actor=actor, pairs=pairs, new="territories.site_added", changed="territories.site_edited", secret=SECRET
    )
