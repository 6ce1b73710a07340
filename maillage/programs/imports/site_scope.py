"""What the import of sites may touch, and what it makes of a site that has no number or name."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.tabular.heading import key
from maillage.programs.models import Program, ProgramSite
from maillage.programs.permissions import can_coordinate
from maillage.territories.models import Division


def asked_programs(actor: Any, asked: Any) -> list[Program]:
    """The programmes of these addresses, which `actor` must coordinate."""
    slugs = [asked] if isinstance(asked, str) else list(asked or [])
    programs = list(Program.objects.filter(slug__in=[slug for slug in slugs if slug]).order_by("pk"))
    if len(programs) != len(set(filter(None, slugs))):
        raise Refused(_("Le programme demandé n'existe pas : « {slugs} ».").format(slugs=", ".join(slugs)))
    for program in programs:
        require(can_coordinate(actor, program))
    return programs


def foreign_sites(actor: Any) -> set[int]:
    """Sites that only programmes which `actor` does not coordinate cover."""
    if actor.is_administrator:
        return set()
    mine = {p.pk for p in Program.objects.visible_to(actor) if can_coordinate(actor, p)}
    covered: dict[int, bool] = {}
    for site, program in ProgramSite.objects.order_by("pk").values_list("site_id", "program_id"):
        covered[site] = covered.get(site, False) or program in mine
    return {site for site, is_mine in covered.items() if not is_mine}


def divisions_inside(program: Program) -> set[int] | None:
    """Ids of the MRC in the programme's territory; None when it has none."""
    if program.territory_id is None:
        return None
    inside, frontier = {program.territory_id}, {program.territory_id}
    while frontier:
        frontier = set(Division.objects.filter(parent__in=frontier).values_list("pk", flat=True)) - inside
        inside |= frontier
    return inside


def name_from(address: str) -> str:
    """A name for a site that has only an address: its street, without the number."""
    street = re.sub(
        r"^[\d\s,\-–&/A-Za-z]{0,4}?\d[\d\s,\-–&/]*(?:[A-Za-z]\b)?[\s,]*", "", address.split(",")[0] or address
    )
    street = street.strip() or re.sub(r"\d+", "", address).strip(" ,-")
    return _("Immeuble, {street}").format(street=street[:150]) if street else ""


def reference_from(name: str, address: str, values: Mapping[str, Any]) -> str:
    """A number for a site whose file gives none: the same address and name always give the same."""
    told = "|".join(key(part) for part in (address or name, name, values.get("municipality") or ""))
    return "R" + hashlib.sha256(told.encode()).hexdigest()[:10].upper()
