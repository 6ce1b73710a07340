"""Writes who owns or manages a site, since when and until when."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import Outcome, Written, audit
from maillage.directory.models import Organization, SiteOwnership
from maillage.directory.permissions import can_keep_directory
from maillage.territories.models import HousingSite


@transaction.atomic
def set_owner(
    *, actor: Any, site: HousingSite, organization: Organization, since: date | None = None
) -> Written[SiteOwnership]:
    """Make `organization` the owner of `site` since a day; the former owner is kept, ended the day before.

    Without `since`, a former owner ends today and the start of the new one is unknown.
    """
    require(can_keep_directory(actor))
    current = SiteOwnership.objects.filter(site=site, end=None).select_related("organization").first()
    if current is not None and current.organization_id == organization.pk:
        if since is None or current.start == since:
            return Written(current, Outcome.UNCHANGED)
        current.start = since
        current.save(update_fields=["start"])
        audit(actor=actor, verb="directory.owner_dated", obj=site, changes={"since": [None, str(since)]})
        return Written(current, Outcome.CHANGED)
    if current is not None:
        _end(current, since)
    ownership = SiteOwnership(site=site, organization=organization, start=since)
    ownership.full_clean()
    ownership.save()
    former = str(current.organization) if current else None
    audit(actor=actor, verb="directory.owner_set", obj=site, changes={"owner": [former, str(organization)]})
    return Written(ownership, Outcome.CHANGED if current else Outcome.NEW)


def _end(current: SiteOwnership, since: date | None) -> None:
    if since and current.start and since <= current.start:
        raise Refused(
            _("Le propriétaire actuel l'est depuis le {day} : le suivant ne peut pas commencer avant.").format(
                day=current.start.isoformat()
            )
        )
    current.end = (since or date.today()) - timedelta(days=1)
    current.save(update_fields=["end"])


@transaction.atomic
def hand_over(*, actor: Any, predecessor: Organization, successor: Organization, on: date | None) -> int:
    """Give the sites that `predecessor` owns to `successor` on a day; how many were."""
    require(can_keep_directory(actor))
    owned = SiteOwnership.objects.filter(organization=predecessor, end=None).select_related("site")
    for ownership in owned:
        set_owner(actor=actor, site=ownership.site, organization=successor, since=on)
    return len(owned)
