"""The organizations that take part in a programme."""

from datetime import date
from typing import Any

from django.db import transaction

from maillage.core.errors import require
from maillage.core.services import audit, differences
from maillage.directory.models import Organization
from maillage.programs.enums import PartnerPart
from maillage.programs.models import PartnerOrganization, Program
from maillage.programs.permissions import can_coordinate


@transaction.atomic
def add_partner(
    *,
    actor: Any,
    program: Program,
    organization: Organization,
    part: str = PartnerPart.SIGNATORY,
    since: date | None = None,
) -> PartnerOrganization:
    """`organization` takes part in `program`, with its part, since a day."""
    require(can_coordinate(actor, program))
    partner = PartnerOrganization(program=program, organization=organization, part=part, since=since)
    partner.full_clean()
    partner.save()
    audit(actor=actor, verb="programs.partner_added", obj=partner)
    return partner


@transaction.atomic
def edit_partner(*, actor: Any, partner: PartnerOrganization, part: str, since: date | None) -> PartnerOrganization:
    """Change the part of a partner, or since when."""
    require(can_coordinate(actor, partner.program))
    before = {"part": partner.part, "since": partner.since}
    partner.part, partner.since = part, since
    partner.full_clean()
    partner.save()
    if changes := differences(before, {"part": part, "since": since}):
        audit(actor=actor, verb="programs.partner_edited", obj=partner, changes=changes)
    return partner


@transaction.atomic
def remove_partner(*, actor: Any, partner: PartnerOrganization) -> None:
    """The organization is no longer a partner of the programme; it stays in the directory."""
    require(can_coordinate(actor, partner.program))
    audit(actor=actor, verb="programs.partner_removed", obj=partner)
    partner.delete()
