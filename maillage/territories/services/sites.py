"""Writes housing sites."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import Written, write
from maillage.core.text import stems
from maillage.territories.enums import Clientele, Level
from maillage.territories.models import Division, HousingSite
from maillage.territories.permissions import can_keep_register

# Their content stays out of the audit: the address of a site is for those who work there.
SECRET = ("address", "latitude", "longitude")


@transaction.atomic
def save_site(*, actor: Any, reference: str, **values: Any) -> Written[HousingSite]:
    """Create the housing site of this register number, or change it; only the `values` given are touched.

    `values`: fields of `HousingSite`. Without `mrc`, the MRC is that of the municipality.
    """
    require(can_keep_register(actor))
    site = HousingSite.objects.filter(reference=reference).first() or HousingSite(reference=reference)
    municipality: Division | None = values.get("municipality")
    if municipality is not None and values.get("mrc") is None:
        values["mrc"] = mrc_of(municipality)
    check_places(municipality, values.get("mrc"))
    check_clienteles(values.get("clienteles", []))
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


def mrc_of(division: Division | None) -> Division | None:
    """The MRC-level division that holds `division`, or None."""
    while division is not None and division.level != Level.MRC:
        division = division.parent
    return division


def check_places(municipality: Division | None, mrc: Division | None) -> None:
    """Refuse a municipality or an MRC that is a division of another level."""
    if municipality is not None and municipality.level not in (Level.MUNICIPALITY, Level.BOROUGH):
        raise Refused(_("« {name} » n'est pas une municipalité.").format(name=municipality))
    if mrc is not None and mrc.level != Level.MRC:
        raise Refused(_("« {name} » n'est pas une MRC ou l'équivalent.").format(name=mrc))


def check_clienteles(codes: list[str]) -> None:
    """Refuse a clientele that is not in the list."""
    unknown = [code for code in codes if code not in Clientele.values]
    if unknown:
        raise Refused(_("Clientèle inconnue : {codes}.").format(codes=", ".join(unknown)))


def site_search(reference: str, name: str, municipality: Division | None = None) -> str:
    """The text by which a site is searched: never its address."""
    return stems(f"{name} {reference} {municipality.name if municipality else ''}")[:600]
