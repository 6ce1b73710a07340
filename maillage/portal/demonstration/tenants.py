"""Bodies of tenants with their states: invented, and never a list of who belongs to them."""

import random
from datetime import date
from typing import Any

from maillage.directory.enums import TenantBodyKind, TenantBodyStatus
from maillage.directory.models import TenantBody
from maillage.directory.services import save_tenant_body
from maillage.territories.models import HousingSite

from .offices import Housing

SEED = 58
STATES = (
    [TenantBodyStatus.ACTIVE] * 19
    + [TenantBodyStatus.FORMING] * 7
    + [TenantBodyStatus.DORMANT] * 6
    + [TenantBodyStatus.DISSOLVED] * 3
)
ADVISORY = 14


def load(actor: Any, housing: Housing) -> dict[int, TenantBody]:
    """Write associations and advisory committees; give the association of each site that has one."""
    draw = random.Random(SEED)
    targeted = housing.targeted
    large = sorted(set(housing.served) - set(targeted), key=lambda site: (-(site.units or 0), site.reference))
    sites = (targeted + large)[: len(STATES)]
    found = {}
    for site, state in zip(sites, STATES, strict=True):
        found[site.pk] = _association(actor, draw, housing, site, state)
    for site in (targeted + large)[:ADVISORY]:
        save_tenant_body(
            actor=actor,
            sites=[site],
            kind=TenantBodyKind.CCR,
            name=f"CCR – {site.name}",
            organization=housing.owners[site.pk],
            status=TenantBodyStatus.ACTIVE,
            members_count=draw.randint(3, 12),
            last_assembly_on=date(2016, draw.randint(1, 11), draw.randint(1, 28)),
        )
    for site in housing.cooperatives[:6]:
        save_tenant_body(
            actor=actor,
            sites=[site],
            kind=TenantBodyKind.COMMITTEE,
            name=f"Comité des membres – {site.name}",
            organization=housing.owners[site.pk],
            status=TenantBodyStatus.ACTIVE,
            members_count=draw.randint(4, 15),
        )
    return found


def _association(actor: Any, draw: random.Random, housing: Housing, site: HousingSite, state: str) -> TenantBody:
    recognised = date(draw.randint(2009, 2013), draw.randint(1, 12), draw.randint(1, 28))
    forming, dissolved = state == TenantBodyStatus.FORMING, state == TenantBodyStatus.DISSOLVED
    return save_tenant_body(
        actor=actor,
        sites=[site],
        kind=TenantBodyKind.ASSOCIATION,
        name=f"Association de locataires – {site.name}",
        organization=housing.owners[site.pk],
        status=state,
        recognised_on=None if forming else recognised,
        dissolved_on=date(2016, draw.randint(2, 11), 15) if dissolved else None,
        members_count=None if forming or dissolved else draw.randint(5, 28),
        last_assembly_on=None if forming else date(2015, draw.randint(1, 12), draw.randint(1, 28)),
    ).obj
