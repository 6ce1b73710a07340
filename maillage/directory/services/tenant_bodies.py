"""Writes bodies of tenants: their state and recognition, never who belongs to them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from maillage.core.errors import require
from maillage.core.services import Written, audit, write
from maillage.directory.models import TenantBody
from maillage.directory.permissions import can_keep_directory
from maillage.territories.models import HousingSite


@transaction.atomic
def save_tenant_body(
    *, actor: Any, body: TenantBody | None = None, sites: Iterable[HousingSite] | None = None, **values: Any
) -> Written[TenantBody]:
    """Create a body of tenants, or change `body`; only the `values` given are touched.

    `values`: kind, name, organization, status, recognised_on, dissolved_on, members_count, last_assembly_on. The
    history of a body is its audit lines.
    """
    require(can_keep_directory(actor))
    written = write(
        actor=actor,
        obj=body or TenantBody(),
        values=values,
        new="directory.tenant_body_added",
        changed="directory.tenant_body_edited",
    )
    if sites is not None:
        _set_sites(actor, written.obj, list(sites))
    return written


def _set_sites(actor: Any, body: TenantBody, sites: list[HousingSite]) -> None:
    before = set(body.sites.values_list("pk", flat=True))
    after = {site.pk for site in sites}
    if before == after:
        return
    body.sites.set(sites)
    audit(actor=actor, verb="directory.tenant_body_sites", obj=body, changes={"sites": [len(before), len(after)]})
