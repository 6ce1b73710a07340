"""A group that is a body of tenants: its recognition, its assemblies, and the support that field teams gave it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from maillage.directory.enums import TenantBodyKind
from maillage.directory.models import TenantBody
from maillage.directory.permissions import can_keep_directory
from maillage.directory.queries import bodies_visible_to
from maillage.journal.models import Entry
from maillage.programs.models import Membership

from .enums import MeetingKind, MeetingState
from .models import Group, Meeting, Member

ASSOCIATION_CODE = "tenant_association"  # of the collective interventions of the shipped frame
MOST_ASSEMBLIES = 12
MOST_OF_CCR = 25  # members of a consultative committee of residents, by the law of the SHQ (art. 58.4)


@dataclass(frozen=True, slots=True)
class Assembly:
    """An assembly, and how many were there (named and counted), when that was noted."""

    meeting: Meeting
    present: int


@dataclass(frozen=True, slots=True)
class Support:
    """Interventions that the field teams wrote for the body, as far as the reader may know: `entries` of `hours`."""

    entries: int
    hours: float
    participations: int


def body_described(actor: Any, group: Group, start: date, end: date) -> dict[str, Any]:
    """What the page of a tenants' body shows; `support` is None for who is in no field team."""
    body = group.tenant_body
    assert body is not None
    members = Member.objects.current().filter(group=group).count()
    assemblies = assemblies_of(group)
    known = [body.last_assembly_on] if body.last_assembly_on else []
    known += [row.meeting.starts_at.date() for row in assemblies if row.meeting.state == MeetingState.HELD]  # type: ignore[union-attr]
    return {
        "body": body,
        "members_now": members,
        "too_many": body.kind == TenantBodyKind.CCR and members > MOST_OF_CCR,
        "most": MOST_OF_CCR,
        "assemblies": assemblies,
        "last_assembly": max(known) if known else None,
        "support": support_of(actor, body, start, end),
        "in_directory": bool(can_keep_directory(actor)) and bodies_visible_to(actor, True).filter(pk=body.pk).exists(),
        "start": start,
        "end": end,
    }


def assemblies_of(group: Group) -> list[Assembly]:
    """The last assemblies of a group, the newest first, with who was there."""
    rows = (
        Meeting.objects.filter(group=group, kind=MeetingKind.ASSEMBLY, starts_at__isnull=False)
        .exclude(state=MeetingState.CANCELLED)
        .annotate(named=Count("attendances", distinct=True))
        .order_by("-starts_at", "-id")[:MOST_ASSEMBLIES]
    )
    found = list(rows)
    counted = dict(
        Meeting.objects.filter(pk__in=[row.pk for row in found])
        .order_by()
        .values_list("pk")
        .annotate(counted=Coalesce(Sum("guests__count"), 0))
    )
    return [Assembly(row, row.named + counted.get(row.pk, 0)) for row in found]


def support_of(actor: Any, body: TenantBody, start: date, end: date) -> Support | None:
    """Collective interventions written for the body, or for tenants' associations at its sites when they name none,
    between two days: those of the journals that `actor` reads. None for who reads no journal."""
    if not actor.is_administrator and not Membership.objects.current().team().filter(user=actor).exists():
        return None
    at_its_sites = Q(
        tenant_body=None, collective_kind__code=ASSOCIATION_CODE, site__in=body.sites.order_by().values("pk")
    )
    found = Entry.objects.visible_to(actor).filter(Q(tenant_body=body) | at_its_sites, date__range=(start, end))
    told = found.aggregate(
        entries=Count("pk"), minutes=Coalesce(Sum("minutes"), 0), participations=Coalesce(Sum("participations"), 0)
    )
    return Support(told["entries"], round(told["minutes"] / 60, 1), told["participations"])
