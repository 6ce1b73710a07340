"""Creates and corrects one site of the register, with its owner and the programme that covers it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.directory.models import Organization
from maillage.directory.services import set_owner
from maillage.programs.models import Program
from maillage.programs.permissions import can_coordinate, can_edit_site
from maillage.territories.models import HousingSite
from maillage.territories.permissions import can_keep_register
from maillage.territories.services import save_site

from .sites import cover_sites


@transaction.atomic
def create_site(
    *,
    actor: Any,
    program: Program | None,
    reference: str,
    owner: Organization | None = None,
    owner_since: date | None = None,
    **values: Any,
) -> HousingSite:
    """Add a site that the register does not have, covered by `program`; only an administrator adds one without.

    `values`: fields of `HousingSite`. Raises `Refused` when the number is taken.
    """
    require(can_keep_register(actor))
    if program is not None:
        require(can_coordinate(actor, program))
    elif not actor.is_administrator:
        raise Refused(_("Dites quel programme couvre ce milieu."))
    if HousingSite.objects.filter(reference=reference).exists():
        raise Refused(_taken(reference))
    site = save_site(actor=actor, reference=reference, **values).obj
    if owner is not None:
        set_owner(actor=actor, site=site, organization=owner, since=owner_since)
    if program is not None:
        cover_sites(actor=actor, program=program, sites=[site])
    return site


@transaction.atomic
def edit_site(
    *,
    actor: Any,
    site: HousingSite,
    reference: str,
    owner: Organization | None = None,
    owner_since: date | None = None,
    **values: Any,
) -> HousingSite:
    """Correct a site; without `owner`, the owner stays. A new owner begins on `owner_since`, the former is kept."""
    require(can_edit_site(actor, site))
    if HousingSite.objects.filter(reference=reference).exclude(pk=site.pk).exists():
        raise Refused(_taken(reference))
    written = save_site(actor=actor, site=site, reference=reference, **values).obj
    if owner is not None:
        set_owner(actor=actor, site=written, organization=owner, since=owner_since)
    return written


def _taken(reference: str) -> str:
    """The sentence that refuses a number that another site bears."""
    return _("Le numéro « {reference} » est déjà celui d'un autre milieu du registre.").format(reference=reference)
