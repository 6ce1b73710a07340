from typing import Any

from maillage.directory.models import Organization, TenantBody
from maillage.programs.models import Program, ProgramSite
from maillage.territories.models import Division, HousingSite

from .counter import following


def make_division(level: str = "mrc", **fields: Any) -> Division:
    """A territory with a code nobody else has."""
    number = following()
    values = {"code": f"T{number}", "name": f"Territoire {number}", **fields}
    return Division.objects.create(level=level, **values)


def make_organization(**fields: Any) -> Organization:
    """An organization."""
    return Organization.objects.create(**{"name": f"Organisme Inventé {following()}", **fields})


def make_site(program: Program | None = None, **fields: Any) -> HousingSite:
    """A housing site; in the first MRC of `program`'s territory and served by it when one is given."""
    number = following()
    served = fields.pop("is_served", True)
    if program is not None and "mrc" not in fields:
        fields["mrc"] = program.territory.children.order_by("code").first()
    values = {"reference": f"M{number:05d}", "name": f"Habitations {number}", "tenure": "omh", "units": 20, **fields}
    site = HousingSite.objects.create(**values)
    if program is not None:
        cover(program, site, is_served=served)
    return site


def cover(program: Program, site: HousingSite, **fields: Any) -> ProgramSite:
    """The programme covers the site."""
    return ProgramSite.objects.create(program=program, site=site, **{"is_served": True, **fields})


def make_tenant_body(*sites: HousingSite, **fields: Any) -> TenantBody:
    """A tenants' association, in its first steps."""
    body = TenantBody.objects.create(**{"kind": "adl", "name": f"Association {following()}", **fields})
    body.sites.set(sites)
    return body
