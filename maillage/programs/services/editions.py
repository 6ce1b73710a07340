"""The next edition of a programme."""

from datetime import date
from typing import Any

from django.db import transaction

from maillage.core.errors import require
from maillage.core.services import audit
from maillage.programs.models import Membership, PartnerOrganization, Program, ProgramSite, SupportHours
from maillage.programs.permissions import can_coordinate

from .frames import copy_frame
from .programs import create_program


@transaction.atomic
def open_next_edition(
    *,
    actor: Any,
    program: Program,
    name: str,
    start: date,
    end: date | None = None,
    slug: str = "",
    share_frame: bool = False,
    copy_partners: bool = True,
    copy_sites: bool = True,
    copy_hours: bool = True,
    copy_team: bool = False,
) -> Program:
    """A programme that follows `program`: same kind, territory and coverage, codes that compare.

    Its frame is a copy with the same codes (`CodingFrame.origin`), or the same frame when `share_frame`. Partners,
    sites (served, targeted), hours and current team are copied on choice; nothing of the first edition changes.
    """
    require(can_coordinate(actor, program))
    frame = program.frame if share_frame else copy_frame(actor=actor, frame=program.frame, name=name[:150])
    edition = create_program(
        actor=actor,
        name=name,
        start=start,
        end=end,
        slug=slug,
        kind=program.kind,
        description=program.description,
        territory=program.territory,
        frame=frame,
        coverage_tenures=list(program.coverage_tenures),
        previous_edition=program,
    )
    copies = ((copy_partners, _copy_partners), (copy_sites, _copy_sites), (copy_hours, _copy_hours))
    for wanted, copy in (*copies, (copy_team, _copy_team)):
        if wanted:
            copy(program, edition)
    audit(actor=actor, verb="programs.edition_opened", obj=edition, changes={"from": program.pk})
    return edition


def _copy_partners(program: Program, edition: Program) -> None:
    lines = [
        PartnerOrganization(program=edition, organization=line.organization, part=line.part, since=line.since)
        for line in program.partners.select_related("organization")
    ]
    PartnerOrganization.objects.bulk_create(lines)


def _copy_sites(program: Program, edition: Program) -> None:
    lines = [
        ProgramSite(
            program=edition,
            site_id=line.site_id,
            is_served=line.is_served,
            is_targeted=line.is_targeted,
            served_from=line.served_from,
        )
        for line in program.program_sites.filter(site__closed_on=None)
        if line.served_to is None or line.served_to >= edition.start
    ]
    ProgramSite.objects.bulk_create(lines)


def _copy_hours(program: Program, edition: Program) -> None:
    lines = [
        SupportHours(program=edition, division_id=line.division_id, role=line.role, hours_per_week=line.hours_per_week)
        for line in program.support_hours.all()
    ]
    SupportHours.objects.bulk_create(lines)


def _copy_team(program: Program, edition: Program) -> None:
    """Current members follow, but for one who already coordinates the new edition by opening it."""
    already = set(edition.memberships.values_list("user_id", "role"))
    for member in program.memberships.current().filter(user__is_active=True).prefetch_related("divisions"):
        if (member.user_id, member.role) in already:
            continue
        copy = Membership.objects.create(
            program=edition,
            user_id=member.user_id,
            label=member.label,
            role=member.role,
            organization_id=member.organization_id,
            start=edition.start,
        )
        copy.divisions.set(member.divisions.all())
