"""Writes housing sites."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import Written, write
from maillage.territories.enums import Clientele, Level
from maillage.territories.models import Division, HousingSite
from maillage.territories.permissions import can_keep_register
from maillage.territories.queries import mrc_of, site_search

# Their content stays out of the audit: the address of a site is for those who work there.
SECRET = ("address", "latitude", "longitude")


@transaction.atomic
def save_site(*, actor: Any, reference: str, site: HousingSite | None = None, **values: Any) -> Written[HousingSite]:
    """Create the housing site of this register number, or change it; only the `values` given are touched.

    With `site`, it is the one that changes, and takes this number. `values`: fields of `HousingSite`. Without `mrc`,
    the MRC is that of the municipality.
    """
    require(can_keep_register(actor))
    site = site or HousingSite.objects.filter(reference=reference).first() or HousingSite(reference=reference)
    if site.reference != reference:
        values["reference"] = reference
    municipality: Division | None = values.get("municipality")
    if municipality is not None and values.get("mrc") is None:
        values["mrc"] = mrc_of(municipality)
    _check_places(municipality, values.get("mrc"))
    _check_clienteles(values.get("clienteles", []))
    values["search"] = site_search(
        reference, values.get("name", site.name), values.get("municipality", site.municipality)
    )
    return write(
        actor=actor,
        obj=site,
        values=values,
        new="territories.site_added",
        changed="territories.site_edited",
        secret=SECRET,
    )


def _check_places(municipality: Division | None, mrc: Division | None) -> None:
    """Refuse a municipality or an MRC that is a division of another level."""
    if municipality is not None and municipality.level not in (Level.MUNICIPALITY, Level.BOROUGH):
        raise Refused(_("« {name} » n'est pas une municipalité.").format(name=municipality))
    if mrc is not None and mrc.level != Level.MRC:
        raise Refused(_("« {name} » n'est pas une MRC ou l'équivalent.").format(name=mrc))


def _check_clienteles(codes: list[str]) -> None:
    """Refuse a clientele that is not in the list."""
    unknown = [code for code in codes if code not in Clientele.values]
    if unknown:
        raise Refused(_("Clientèle inconnue : {codes}.").format(codes=", ".join(unknown)))
