"""Writes many organizations or owners in a few queries, by the same rules as one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from maillage.core.errors import require
from maillage.core.services import Outcome, Written, audit, write_many
from maillage.directory.enums import OrganizationKind, PrivacyRegime
from maillage.directory.models import Organization, SiteOwnership
from maillage.directory.permissions import can_keep_directory
from maillage.directory.queries import organization_search
from maillage.territories.models import HousingSite

from .indexing import index_what_changed
from .organizations import REGIME_OF


@dataclass(slots=True)
class OrganizationDraft:
    """An organization to create (`organization` None) or change, and the fields given."""

    organization: Organization | None
    values: dict[str, Any]


@transaction.atomic
def save_organizations(*, actor: Any, drafts: Sequence[OrganizationDraft]) -> list[Written[Organization]]:
    """Create or change the organizations of `drafts`, in their order."""
    require(can_keep_directory(actor))
    pairs = []
    for draft in drafts:
        found = draft.organization or Organization()
        values = dict(draft.values)
        if found._state.adding:
            kind = values.get("kind", OrganizationKind.OTHER)
            values.setdefault("privacy_regime", REGIME_OF.get(kind, PrivacyRegime.HEALTH))
        name, short = values.get("name", found.name), values.get("short_name", found.short_name)
        values["search"] = organization_search(name, short)
        pairs.append((found, values))
    written = write_many(
        actor=actor, pairs=pairs, new="directory.organization_added", changed="directory.organization_edited"
    )
    index_what_changed(organizations=[one.obj.pk for one in written if one.outcome is Outcome.CHANGED])
    return written


@transaction.atomic
def set_owners(*, actor: Any, owners: Sequence[tuple[HousingSite, Organization, date | None]]) -> int:
    """Make each organization the owner of its site since a day; former owners end the day before. How many changed."""
    require(can_keep_directory(actor))
    wanted = {site.pk: (site, organization, since) for site, organization, since in owners}
    current = {o.site_id: o for o in SiteOwnership.objects.filter(end=None) if o.site_id in wanted}
    ended, added = [], []
    for key, (site, organization, since) in wanted.items():
        now = current.get(key)
        if now is not None and now.organization_id == organization.pk:
            continue
        if now is not None:
            last_day = (since or date.today()) - timedelta(days=1)
            now.end = max(last_day, now.start) if now.start else last_day
            ended.append(now)
        added.append(SiteOwnership(site=site, organization=organization, start=since))
    SiteOwnership.objects.bulk_update(ended, ["end"], batch_size=500)
    SiteOwnership.objects.bulk_create(added, batch_size=500)
    for ownership in added[:1]:
        changes = {"owners": [len(ended), len(added)]}
        audit(actor=actor, verb="directory.owners_set", obj=ownership.site, changes=changes)
    return len(added)
